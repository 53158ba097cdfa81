//! One entry's HTML under inspection: its elements, their attributes, their addresses.

use std::borrow::Cow;
use std::ops::Range;

use crate::check::document::Element;
use crate::check::grammar::address;
use crate::check::html::elements::{FORM as FORM_PART, UNSAFE};
use crate::check::html::{Tag, unescape};
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::check::rules::values::shown;
use crate::check::rules::{addresses, style};
use crate::finding::Rule;

use super::{
    ADDRESS_FRAGMENT, ADDRESS_LOCAL, ADDRESS_RELATIVE, ADDRESS_UNSAFE, ELEMENT_UNSAFE, FORM, HANDLER, IMAGE_LAZY,
};

/// How many findings of one rule one entry gets: more of the same help no one.
const MAX_SAME: usize = 3;

/// Attributes that hold one address.
#[rustfmt::skip]
const ADDRESSES: [&str; 11] = [
    "href", "src", "cite", "poster", "data", "action", "formaction", "background", "longdesc", "usemap", "xlink:href",
];

/// Attributes in which scripts keep the address of an image.
const LAZY: [&str; 4] = ["data-src", "data-lazy-src", "data-original", "data-srcset"];

pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What is known about where the HTML stands, and what has been found in it.
pub(super) struct Inspection<'r, 'd> {
    pub(super) report: &'r mut Collector,
    /// The element that it stands in; none in JSON.
    element: Option<Element<'d>>,
    /// Whether addresses have something to be relative to.
    has_base: bool,
    is_rss: bool,
    /// How often each rule has been broken here.
    counts: Vec<(&'static Rule, usize)>,
}

impl<'r, 'd> Inspection<'r, 'd> {
    /// That of what an element holds.
    pub(super) fn of(element: &Element<'d>, report: &'r mut Collector) -> Self {
        let mut inspection = Inspection {
            element: Some(*element),
            is_rss: true,
            ..Inspection::of_json(report)
        };
        let mut around = Some(*element);
        while let Some(current) = around {
            let base = current.attribute_in(Ns::XML, "base");
            inspection.has_base |= base.is_some_and(|base| address::scheme(base.value()).is_some());
            inspection.is_rss &= !current.is(Ns::ATOM, "feed") && !current.is(Ns::ATOM, "entry");
            around = current.parent();
        }
        inspection
    }

    /// That of what a string of JSON holds.
    pub(super) fn of_json(report: &'r mut Collector) -> Self {
        Inspection {
            report,
            element: None,
            has_base: false,
            is_rss: false,
            counts: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, rule: &'static Rule, range: Range<usize>, message: String, help: &'static str) {
        let at = match self.counts.iter().position(|(counted, _)| std::ptr::eq(*counted, rule)) {
            Some(at) => at,
            None => {
                self.counts.push((rule, 0));
                self.counts.len() - 1
            }
        };
        self.counts[at].1 += 1;
        if self.counts[at].1 > MAX_SAME {
            return;
        }
        let violation = self.report.add(rule, range, message);
        violation.help(help);
        if let Some(element) = &self.element {
            violation.about(element);
        }
    }

    /// Checks a start tag.
    pub(super) fn check_tag(&mut self, tag: &Tag<'_>, place: &impl Fn(Range<usize>) -> Range<usize>) {
        self.check_name(tag.name, tag.traits, || place(tag.range.clone()));
        let mut lazy: Option<&str> = None;
        let mut source: Option<Cow<'_, str>> = None;
        for attribute in &tag.attributes {
            let value = unescape(attribute.raw);
            if is_one_of(attribute.name, &LAZY) {
                lazy = Some(attribute.name);
            }
            self.check_attribute(tag.name, attribute.name, &value, &|| place(attribute.range.clone()));
            if attribute.name.eq_ignore_ascii_case("src") {
                source = Some(value);
            }
        }
        if let Some(lazy) = lazy {
            self.check_lazy(tag.name, lazy, source.as_deref(), || place(tag.range.clone()));
        }
    }

    /// Checks whether readers show an element.
    pub(super) fn check_name(&mut self, name: &str, traits: u8, place: impl Fn() -> Range<usize>) {
        if traits & UNSAFE != 0 {
            self.add(
                &ELEMENT_UNSAFE,
                place(),
                format!("`{name}` in an entry"),
                "readers remove it: leave it out, and link to what it shows",
            );
        } else if traits & FORM_PART != 0 {
            self.add(
                &FORM,
                place(),
                format!("`{name}` in an entry"),
                "readers remove it: link to the page with the form",
            );
        }
    }

    /// Checks an image whose address is in an attribute that only a script reads.
    pub(super) fn check_lazy(
        &mut self,
        name: &str,
        attribute: &str,
        source: Option<&str>,
        place: impl Fn() -> Range<usize>,
    ) {
        let is_placeholder = |source: &str| source.trim().is_empty() || source.trim_start().starts_with("data:");
        if is_one_of(name, &["img", "source", "iframe", "video"]) && source.is_none_or(is_placeholder) {
            self.add(
                &IMAGE_LAZY,
                place(),
                format!("the image is in `{attribute}`, and its `src` is empty or a placeholder"),
                "put the image's address into `src`; `loading=\"lazy\"` does the rest without a script",
            );
        }
    }

    /// Checks an attribute by what kind it is of.
    pub(super) fn check_attribute(&mut self, tag: &str, name: &str, value: &str, place: &impl Fn() -> Range<usize>) {
        let is_handler = name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) && name.len() > 2;
        if is_handler {
            self.add(
                &HANDLER,
                place(),
                format!("`{name}` on `{tag}`"),
                "readers remove it: leave scripts to the page",
            );
        } else if name.eq_ignore_ascii_case("style") {
            style::check(self.element.as_ref(), value, place(), self.report);
        } else if is_one_of(name, &ADDRESSES) {
            self.check_address(tag, name, value, place);
        } else if is_one_of(name, &["srcset", "imagesrcset"]) {
            let candidates = value
                .split(',')
                .filter_map(|candidate| candidate.split_whitespace().next());
            for candidate in candidates {
                self.check_address(tag, name, candidate, place);
            }
        }
    }

    fn check_address(&mut self, tag: &str, name: &str, value: &str, place: &impl Fn() -> Range<usize>) {
        let plain = without_controls(value);
        let text = plain.trim();
        if text.is_empty() {
            return;
        }
        let Some(scheme) = address::scheme(text) else {
            return self.check_relative(tag, name, text, place);
        };
        let is_scheme = |other: &str| scheme.eq_ignore_ascii_case(other);
        if is_scheme("javascript") || is_scheme("vbscript") {
            self.add(
                &ADDRESS_UNSAFE,
                place(),
                format!("`{name}` of `{tag}` runs a script"),
                "readers remove it: link to a page",
            );
        } else if is_scheme("data") && is_one_of(tag, &["a", "iframe", "object", "embed"]) {
            self.add(
                &ADDRESS_UNSAFE,
                place(),
                format!("`{name}` of `{tag}` holds a whole document"),
                "readers remove it: link to a page",
            );
        } else if addresses::is_local(text) {
            self.add(
                &ADDRESS_LOCAL,
                place(),
                format!("`{}`, which no reader can reach", shown(text)),
                "build the feed with the address of the public site",
            );
        }
    }

    fn check_relative(&mut self, tag: &str, name: &str, text: &str, place: &impl Fn() -> Range<usize>) {
        if text.starts_with('#') {
            if !name.eq_ignore_ascii_case("usemap") {
                self.add(
                    &ADDRESS_FRAGMENT,
                    place(),
                    format!("`{}` leads nowhere outside its page", shown(text)),
                    "write the page's address before it",
                );
            }
            return;
        }
        if self.has_base || text.starts_with("//") {
            return;
        }
        // The W3C validator looks at these two only, and only in RSS.
        let has_class = self.is_rss && is_one_of(tag, &["a", "img"]) && is_one_of(name, &["href", "src"]);
        if has_class || !self.report.is_w3c() {
            self.add(
                &ADDRESS_RELATIVE,
                place(),
                format!(
                    "`{name}=\"{}\"` is relative, and a feed has no page to be relative to",
                    shown(text)
                ),
                "write the whole address, from `https://` on",
            );
        }
    }
}

/// An address as browsers take it: without the tabs and line ends inside, and the controls before it.
fn without_controls(value: &str) -> Cow<'_, str> {
    if value.bytes().any(|byte| byte < 0x20) {
        Cow::Owned(value.chars().filter(|c| *c >= ' ').collect())
    } else {
        Cow::Borrowed(value)
    }
}
