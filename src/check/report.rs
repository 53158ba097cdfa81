//! Collects breaches by their byte ranges, and turns them into findings with lines and columns in one pass.

mod lines;

use std::borrow::Cow;
use std::ops::Range;

use super::document::Element;
use super::outline::{Depth, Outline};
use super::{Format, Level, Options, Profile, Report, w3c};
use crate::finding::{Finding, Rule, Severity};
use lines::Lines;

/// A finding before its place is known.
#[derive(Debug)]
pub(super) struct Breach {
    rule: &'static Rule,
    severity: Severity,
    range: Range<usize>,
    message: Cow<'static, str>,
    help: Cow<'static, str>,
    element: Option<String>,
    parent: Option<String>,
    attribute: Option<String>,
    class: Option<&'static str>,
}

impl Breach {
    /// Says the way out.
    pub(super) fn help(&mut self, help: impl Into<Cow<'static, str>>) -> &mut Self {
        self.help = help.into();
        self
    }

    /// Says which element it is about.
    pub(super) fn about(&mut self, element: &Element<'_>) -> &mut Self {
        self.element = Some(element.qualified().to_owned());
        self.parent = element.parent().map(|parent| parent.qualified().to_owned());
        self
    }

    /// Says which attribute it is about.
    pub(super) fn attribute(&mut self, name: &str) -> &mut Self {
        self.attribute = Some(name.to_owned());
        self
    }

    /// Says which child of `parent` is missing.
    pub(super) fn missing(&mut self, parent: &Element<'_>, name: &str) -> &mut Self {
        self.element = Some(name.to_owned());
        self.parent = Some(parent.qualified().to_owned());
        self
    }

    /// Says which of W3C's messages means the same, where the rule's table does not.
    pub(super) fn class(&mut self, class: &'static str) -> &mut Self {
        self.class = Some(class);
        self
    }

    /// Says how bad it is here, where that is not the rule's severity.
    pub(super) fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }
}

/// Breaches that were found by comparing a document with others; [`Report::add`] gives them their places.
#[derive(Debug, Default)]
pub struct Breaches(Vec<Breach>);

impl Breaches {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// All breaches in one document so far.
pub(super) struct Collector {
    /// How the document is judged.
    pub(super) options: Options,
    /// Whether some bytes could not be decoded, so that the text holds replacement characters.
    pub(super) has_unreadable_bytes: bool,
    /// What the document says of itself and its entries, if it is a feed.
    pub(super) outline: Option<Outline>,
    breaches: Vec<Breach>,
    omitted: usize,
    /// The rules that are off and were broken: other rules ask.
    off: Vec<&'static Rule>,
    /// What is not kept: past the limit, or of a rule that is off.
    spare: Breach,
}

impl Collector {
    pub(super) fn new(options: Options) -> Self {
        Collector {
            options,
            has_unreadable_bytes: false,
            outline: None,
            breaches: Vec::new(),
            omitted: 0,
            off: Vec::new(),
            spare: breach(&super::rules::xml::NOT_WELL_FORMED, 0..0, Cow::Borrowed("")),
        }
    }

    /// What was found before, to be placed and judged by these options.
    pub(super) fn of(breaches: Breaches, options: &Options) -> Self {
        let mut collector = Collector::new(options.clone());
        collector.breaches = breaches.0;
        collector
    }

    /// What was found, without places.
    pub(super) fn into_breaches(self) -> Breaches {
        Breaches(self.breaches)
    }

    /// How much of entries is read.
    pub(super) fn depth(&self) -> Depth {
        if self.options.keeps_outline {
            Depth::Others
        } else {
            Depth::Feed
        }
    }

    /// Whether the W3C profile is asked for.
    pub(super) fn is_w3c(&self) -> bool {
        self.options.profile == Profile::W3c
    }

    /// Notes a breach of a rule.
    pub(super) fn add(
        &mut self,
        rule: &'static Rule,
        range: Range<usize>,
        message: impl Into<Cow<'static, str>>,
    ) -> &mut Breach {
        let found = breach(rule, range, message.into());
        if self.options.levels.of(rule) == Some(Level::Off) {
            if !self.off.iter().any(|off| std::ptr::eq(*off, rule)) {
                self.off.push(rule);
            }
            self.spare = found;
            return &mut self.spare;
        }
        if self.breaches.len() >= Report::MAX_FINDINGS {
            self.omitted += 1;
            self.spare = found;
            return &mut self.spare;
        }
        self.breaches.push(found);
        let last = self.breaches.len() - 1;
        &mut self.breaches[last]
    }

    /// Whether a rule has been broken.
    pub(super) fn has(&self, rule: &'static Rule) -> bool {
        let is_off = self.off.iter().any(|off| std::ptr::eq(*off, rule));
        is_off || self.breaches.iter().any(|breach| std::ptr::eq(breach.rule, rule))
    }

    /// Takes back what a more particular rule says better.
    pub(super) fn withdraw(&mut self, rule: &'static Rule) {
        self.off.retain(|off| !std::ptr::eq(*off, rule));
        self.breaches.retain(|breach| !std::ptr::eq(breach.rule, rule));
    }

    /// The findings, in the order of the document.
    pub(super) fn finish(mut self, text: &str, format: Option<Format>) -> Report {
        let options = &self.options;
        self.breaches.retain_mut(
            |breach| match severity(breach.rule, breach.severity, breach.class, options) {
                Some(severity) => {
                    breach.severity = severity;
                    true
                }
                None => false,
            },
        );
        self.breaches.sort_by_key(|breach| breach.range.start);
        let mut lines = Lines::new(text);
        let findings = self
            .breaches
            .into_iter()
            .map(|breach| breach.into_finding(&mut lines))
            .collect();
        Report {
            findings,
            format,
            omitted: self.omitted,
            outline: self.outline.filter(|_| self.options.keeps_outline),
        }
    }
}

/// How bad a breach is for whoever asks, if it counts at all.
fn severity(rule: &Rule, own: Severity, class: Option<&str>, options: &Options) -> Option<Severity> {
    match (options.levels.of(rule), options.profile) {
        (Some(Level::Off), _) => None,
        (Some(Level::At(severity)), _) => Some(severity),
        (None, Profile::W3c) => class.and_then(w3c::severity),
        (None, Profile::Feedwright) => Some(own),
    }
}

fn breach(rule: &'static Rule, range: Range<usize>, message: Cow<'static, str>) -> Breach {
    Breach {
        rule,
        severity: rule.severity,
        range,
        message,
        help: Cow::Borrowed(""),
        element: None,
        parent: None,
        attribute: None,
        class: rule.w3c,
    }
}

impl Breach {
    fn into_finding(self, lines: &mut Lines<'_>) -> Finding {
        Finding {
            rule: self.rule,
            severity: self.severity,
            location: lines.place(self.range),
            message: self.message.into_owned(),
            help: (!self.help.is_empty()).then(|| self.help.into_owned()),
            element: self.element,
            parent: self.parent,
            attribute: self.attribute,
            w3c: self.class,
        }
    }
}
