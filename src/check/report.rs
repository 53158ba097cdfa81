//! Collects violations with their byte ranges, and turns them into findings with lines and columns in one pass over the
//! text.

use std::borrow::Cow;
use std::ops::Range;

use super::outline::Outline;
use super::{Format, Level, Options, Profile, Report, w3c};
use crate::feed::{lines::Lines, xml::Element};
use crate::finding::{Finding, Rule, Severity};

/// A finding whose line and column have not been computed yet.
#[derive(Debug)]
pub(super) struct Violation {
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

impl Violation {
    /// Sets the help text, which says how to fix the problem.
    pub(super) fn help(&mut self, help: impl Into<Cow<'static, str>>) -> &mut Self {
        self.help = help.into();
        self
    }

    /// Sets the element that the violation is about.
    pub(super) fn about(&mut self, element: &Element<'_>) -> &mut Self {
        self.element = Some(element.qualified().to_owned());
        self.parent = element.parent().map(|parent| parent.qualified().to_owned());
        self
    }

    /// Sets the attribute that the violation is about.
    pub(super) fn attribute(&mut self, name: &str) -> &mut Self {
        self.attribute = Some(name.to_owned());
        self
    }

    /// Sets the name of the child that is missing from `parent`.
    pub(super) fn missing(&mut self, parent: &Element<'_>, name: &str) -> &mut Self {
        self.element = Some(name.to_owned());
        self.parent = Some(parent.qualified().to_owned());
        self
    }

    /// Sets the W3C validator's message class for this violation. The default is the rule's class.
    pub(super) fn class(&mut self, class: &'static str) -> &mut Self {
        self.class = Some(class);
        self
    }

    /// Sets the severity of this violation. The default is the rule's severity.
    pub(super) fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    fn new(rule: &'static Rule, range: Range<usize>, message: Cow<'static, str>) -> Self {
        Violation {
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

    fn into_finding(self, lines: &mut Lines<'_>) -> Finding {
        Finding {
            rule: self.rule,
            severity: self.severity,
            location: lines.location(self.range),
            message: self.message.into_owned(),
            help: (!self.help.is_empty()).then(|| self.help.into_owned()),
            element: self.element,
            parent: self.parent,
            attribute: self.attribute,
            w3c: self.class,
        }
    }
}

/// Violations that were found by comparing a document with others. [`Report::add`] turns them into findings.
#[derive(Debug, Default)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Whether there are no violations.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Collects the violations in one document.
pub(super) struct Collector {
    pub(super) options: Options,
    /// Whether some bytes could not be decoded. In the text, replacement characters take their place.
    pub(super) has_unreadable_bytes: bool,
    /// The values that are compared with those of other feeds, if the document is a feed and
    /// [`Options::include_outline`] is set.
    pub(super) outline: Option<Outline>,
    violations: Vec<Violation>,
    omitted: usize,
    /// The rules that are off but were violated. [`has`](Self::has) takes them into account, so that turning a rule off
    /// does not change what the other rules report.
    off: Vec<&'static Rule>,
    /// The last violation that was not collected. It is stored only so that [`add`](Self::add) can return a reference
    /// to it.
    discarded: Option<Violation>,
}

impl Collector {
    pub(super) fn new(options: Options) -> Self {
        Collector {
            options,
            has_unreadable_bytes: false,
            outline: None,
            violations: Vec::new(),
            omitted: 0,
            off: Vec::new(),
            discarded: None,
        }
    }

    /// A collector that already contains these violations. [`finish`](Self::finish) turns them into findings.
    pub(super) fn with_violations(violations: Violations, options: &Options) -> Self {
        let mut collector = Collector::new(options.clone());
        collector.violations = violations.0;
        collector
    }

    pub(super) fn into_violations(self) -> Violations {
        Violations(self.violations)
    }

    /// Whether the report includes an [`Outline`].
    pub(super) fn includes_outline(&self) -> bool {
        self.options.include_outline
    }

    /// Whether the W3C profile applies.
    pub(super) fn is_w3c(&self) -> bool {
        self.options.profile == Profile::W3c
    }

    /// Adds a violation of a rule. The caller may add details through the returned reference.
    pub(super) fn add(
        &mut self,
        rule: &'static Rule,
        range: Range<usize>,
        message: impl Into<Cow<'static, str>>,
    ) -> &mut Violation {
        let violation = Violation::new(rule, range, message.into());
        // This check comes before the check of the limit, so that violations of a rule that is off do not count toward
        // the limit.
        if self.options.levels.get(rule) == Some(Level::Off) {
            if !self.off.iter().any(|off| std::ptr::eq(*off, rule)) {
                self.off.push(rule);
            }
            return self.discarded.insert(violation);
        }
        if self.violations.len() >= Report::MAX_FINDINGS {
            self.omitted += 1;
            return self.discarded.insert(violation);
        }
        self.violations.push(violation);
        let last = self.violations.len() - 1;
        &mut self.violations[last]
    }

    /// Whether a rule has been violated. Violations of rules that are off count too.
    pub(super) fn has(&self, rule: &'static Rule) -> bool {
        let is_off = self.off.iter().any(|off| std::ptr::eq(*off, rule));
        is_off
            || self
                .violations
                .iter()
                .any(|violation| std::ptr::eq(violation.rule, rule))
    }

    /// Removes all violations of a rule. Callers use this method if a more specific rule reports the same problem.
    pub(super) fn withdraw(&mut self, rule: &'static Rule) {
        self.off.retain(|off| !std::ptr::eq(*off, rule));
        self.violations.retain(|violation| !std::ptr::eq(violation.rule, rule));
    }

    /// Returns the report, with findings in document order.
    pub(super) fn finish(mut self, text: &str, format: Option<Format>) -> Report {
        let options = &self.options;
        // The final severities are determined at the end, because callers may set the severity and the class after
        // `add` returns.
        self.violations.retain_mut(|violation| {
            let severity = severity(violation.rule, violation.severity, violation.class, options);
            violation.severity = severity.unwrap_or(violation.severity);
            severity.is_some()
        });
        // The sort is stable, so violations at the same position stay in the order in which they were added, and
        // reports are deterministic.
        self.violations.sort_by_key(|violation| violation.range.start);
        let mut lines = Lines::new(text);
        let findings = self
            .violations
            .into_iter()
            .map(|violation| violation.into_finding(&mut lines))
            .collect();
        Report {
            findings,
            format,
            omitted: self.omitted,
            outline: self.outline.filter(|_| self.options.include_outline),
        }
    }
}

/// The severity of a violation under these options, or `None` if the violation is not reported.
///
/// A level that the user set takes precedence over the profile, and the profile takes precedence over the violation's
/// own severity.
fn severity(rule: &Rule, own: Severity, class: Option<&str>, options: &Options) -> Option<Severity> {
    match (options.levels.get(rule), options.profile) {
        (Some(Level::Off), _) => None,
        (Some(Level::At(severity)), _) => Some(severity),
        // The W3C validator has no message for a violation without a class.
        (None, Profile::W3c) => class.and_then(w3c::severity),
        (None, Profile::Feedwright) => Some(own),
    }
}
