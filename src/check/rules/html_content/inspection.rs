//! Checks the elements and attributes of one piece of HTML, and the URLs in them.

use std::borrow::Cow;
use std::ops::Range;

use crate::check::field::excerpt;
use crate::check::grammar::address;
use crate::check::html::elements::{FORM as FORM_PART, UNSAFE};
use crate::check::html::{Tag, unescape};
use crate::check::report::Collector;
use crate::check::rules::{addresses, style_attribute};
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;
use crate::finding::Rule;

use super::{
    ADDRESS_FRAGMENT, ADDRESS_LOCAL, ADDRESS_RELATIVE, ADDRESS_UNSAFE, ELEMENT_UNSAFE, FORM, HANDLER, IMAGE_LAZY,
};

/// The maximum number of findings per rule in one piece of HTML. More findings of the same kind would not help the
/// author.
const MAX_SAME: usize = 3;

/// Attributes that contain a single URL.
#[rustfmt::skip]
const ADDRESSES: [&str; 11] = [
    "href", "src", "cite", "poster", "data", "action", "formaction", "background", "longdesc", "usemap", "xlink:href",
];

/// Attributes in which lazy-loading scripts expect an image's URL: lazysizes reads `data-src` and `data-srcset`, WP
/// Rocket reads `data-lazy-src`, and the jQuery plug-in Lazy Load reads `data-original`.
const LAZY: [&str; 4] = ["data-src", "data-lazy-src", "data-original", "data-srcset"];

/// Whether a name is in a list, ignoring case.
pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|listed| listed.eq_ignore_ascii_case(name))
}

/// A piece of HTML being checked: its context, and the findings so far.
pub(in crate::check::rules) struct Inspection<'r, 'd> {
    pub(in crate::check::rules) report: &'r mut Collector,
    /// The element that contains the HTML; `None` in JSON.
    element: Option<Element<'d>>,
    /// Whether `xml:base` gives relative URLs a base.
    has_base: bool,
    is_rss: bool,
    /// The number of violations per rule.
    counts: Vec<(&'static Rule, usize)>,
}

impl<'r, 'd> Inspection<'r, 'd> {
    /// Creates an inspection of the HTML in an element.
    pub(in crate::check::rules) fn of_element(element: &Element<'d>, report: &'r mut Collector) -> Self {
        let mut inspection = Inspection {
            element: Some(*element),
            is_rss: true,
            ..Inspection::of_json_string(report)
        };
        let mut ancestor = Some(*element);
        while let Some(current) = ancestor {
            let base = current.attribute_in(Ns::XML, "base");
            // A relative `xml:base` would itself need a base.
            inspection.has_base |= base.is_some_and(|base| address::scheme(base.value()).is_some());
            inspection.is_rss &= !current.is(Ns::ATOM, "feed") && !current.is(Ns::ATOM, "entry");
            ancestor = current.parent();
        }
        inspection
    }

    /// Creates an inspection for the HTML in a JSON string.
    pub(super) fn of_json_string(report: &'r mut Collector) -> Self {
        Inspection {
            report,
            element: None,
            has_base: false,
            is_rss: false,
            counts: Vec::new(),
        }
    }

    /// Reports a violation, unless the rule has reached its maximum number of findings.
    pub(in crate::check::rules) fn add(
        &mut self,
        rule: &'static Rule,
        range: Range<usize>,
        message: String,
        help: &'static str,
    ) {
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
    pub(super) fn check_tag(&mut self, tag: &Tag<'_>, locate: &impl Fn(Range<usize>) -> Range<usize>) {
        self.check_name(tag.name, tag.traits, || locate(tag.range.clone()));
        let mut lazy: Option<&str> = None;
        let mut source: Option<Cow<'_, str>> = None;
        for attribute in &tag.attributes {
            let value = unescape(attribute.raw);
            if is_one_of(attribute.name, &LAZY) {
                lazy = Some(attribute.name);
            }
            self.check_attribute(tag.name, attribute.name, &value, &|| locate(attribute.range.clone()));
            if attribute.name.eq_ignore_ascii_case("src") {
                source = Some(value);
            }
        }
        if let Some(lazy) = lazy {
            self.check_lazy(tag.name, lazy, source.as_deref(), || locate(tag.range.clone()));
        }
    }

    /// Checks whether readers remove an element with this name and these traits.
    pub(in crate::check::rules) fn check_name(&mut self, name: &str, traits: u8, locate: impl Fn() -> Range<usize>) {
        if traits & UNSAFE != 0 {
            self.add(
                &ELEMENT_UNSAFE,
                locate(),
                format!("the HTML contains `{name}`, which readers remove"),
                "remove it, and link to its content",
            );
        } else if traits & FORM_PART != 0 {
            self.add(
                &FORM,
                locate(),
                format!("the HTML contains `{name}`, which readers remove"),
                "remove it, and link to a page with the form",
            );
        }
    }

    /// Checks an image whose URL is in an attribute that only scripts read.
    pub(in crate::check::rules) fn check_lazy(
        &mut self,
        name: &str,
        attribute: &str,
        source: Option<&str>,
        locate: impl Fn() -> Range<usize>,
    ) {
        // Until the script runs, `src` often contains a transparent image as a `data:` URL.
        let is_placeholder = |source: &str| source.trim().is_empty() || source.trim_start().starts_with("data:");
        if is_one_of(name, &["img", "source", "iframe", "video"]) && source.is_none_or(is_placeholder) {
            self.add(
                &IMAGE_LAZY,
                locate(),
                format!("the image's URL is in `{attribute}`, and `src` is missing, empty or a placeholder"),
                "put the URL in `src`; `loading=\"lazy\"` delays the download without a script",
            );
        }
    }

    /// Checks an attribute that is an event handler or a style, or that contains URLs.
    pub(in crate::check::rules) fn check_attribute(
        &mut self,
        tag: &str,
        name: &str,
        value: &str,
        locate: &impl Fn() -> Range<usize>,
    ) {
        // The names of all event handlers start with `on`. A list of them would be incomplete, because browsers add new
        // events.
        let is_handler = name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) && name.len() > 2;
        if is_handler {
            self.add(
                &HANDLER,
                locate(),
                format!("`{name}` of `{tag}` contains a script, which readers remove"),
                "remove the attribute",
            );
        } else if name.eq_ignore_ascii_case("style") {
            style_attribute::check(self.element.as_ref(), value, locate(), self.report);
        } else if is_one_of(name, &ADDRESSES) {
            self.check_address(tag, name, value, locate);
        } else if is_one_of(name, &["srcset", "imagesrcset"]) {
            // Each candidate is a URL that may be followed by a width or a pixel density.
            let candidates = value
                .split(',')
                .filter_map(|candidate| candidate.split_whitespace().next());
            for candidate in candidates {
                self.check_address(tag, name, candidate, locate);
            }
        }
    }

    fn check_address(&mut self, tag: &str, name: &str, value: &str, locate: &impl Fn() -> Range<usize>) {
        let plain = without_controls(value);
        let text = plain.trim();
        if text.is_empty() {
            return;
        }
        let Some(scheme) = address::scheme(text) else {
            return self.check_relative(tag, name, text, locate);
        };
        let is_scheme = |other: &str| scheme.eq_ignore_ascii_case(other);
        if is_scheme("javascript") || is_scheme("vbscript") {
            self.add(
                &ADDRESS_UNSAFE,
                locate(),
                format!("`{name}` of `{tag}` runs a script"),
                "link to a page instead: readers remove this URL",
            );
        // An image in a `data:` URL is harmless, but a document in a `data:` URL can contain scripts.
        } else if is_scheme("data") && is_one_of(tag, &["a", "iframe", "object", "embed"]) {
            self.add(
                &ADDRESS_UNSAFE,
                locate(),
                format!("`{name}` of `{tag}` contains a whole document"),
                "link to a page instead: readers remove this URL",
            );
        } else if addresses::is_local(text) {
            self.add(
                &ADDRESS_LOCAL,
                locate(),
                format!("`{name}` of `{tag}` is `{}`, which readers cannot reach", excerpt(text)),
                "build the feed with the site's public URL",
            );
        }
    }

    fn check_relative(&mut self, tag: &str, name: &str, text: &str, locate: &impl Fn() -> Range<usize>) {
        if text.starts_with('#') {
            // `usemap` refers to an image map in the same entry, so it also works outside the page.
            if !name.eq_ignore_ascii_case("usemap") {
                self.add(
                    &ADDRESS_FRAGMENT,
                    locate(),
                    format!(
                        "`{name}` of `{tag}` is `{}`, which works only on the original page",
                        excerpt(text)
                    ),
                    "put the page's full URL before the `#`",
                );
            }
            return;
        }
        // `//host/path` lacks only the scheme, which readers add.
        if self.has_base || text.starts_with("//") {
            return;
        }
        // The W3C validator checks only these elements and attributes, and only in RSS.
        let has_class = self.is_rss && is_one_of(tag, &["a", "img"]) && is_one_of(name, &["href", "src"]);
        if has_class || !self.report.is_w3c() {
            self.add(
                &ADDRESS_RELATIVE,
                locate(),
                format!(
                    "`{name}` of `{tag}` is `{}`, a relative URL without a base",
                    excerpt(text)
                ),
                "write the full URL, starting with `https://`",
            );
        }
    }
}

/// Removes control characters from a URL. Browsers ignore tabs and line breaks inside a URL, and other control
/// characters before it, so a tab in `java\tscript:` does not prevent the script from running.
fn without_controls(value: &str) -> Cow<'_, str> {
    if value.bytes().any(|byte| byte < 0x20) {
        Cow::Owned(value.chars().filter(|c| *c >= ' ').collect())
    } else {
        Cow::Borrowed(value)
    }
}
