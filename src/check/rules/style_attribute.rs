//! `style` attributes in HTML: styles that run code, styles that position elements outside their entry, and, under the
//! W3C profile, styles that the W3C validator does not recognize.

use std::ops::Range;

use crate::check::field::excerpt;
use crate::check::report::Collector;
use crate::feed::xml::Element;
use crate::finding::rules;

rules! { "style_attribute":
    UNSAFE = "html-style-unsafe", Warning, "a style runs code or can cover parts of the reader's interface", "RFC 4287 section 8.1", "DangerousStyleAttr";
}

/// Checks a `style` attribute.
pub(super) fn check(element: Option<&Element<'_>>, value: &str, range: Range<usize>, report: &mut Collector) {
    let lower = value.to_ascii_lowercase();
    // Browsers ignore white space and backslashes inside the words below, and attackers use both to hide the words from
    // filters.
    let squeezed: String = lower.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect();
    const FORBIDDEN: [&str; 7] = [
        // In old versions of Internet Explorer, these three can run scripts.
        "expression(",
        "javascript:",
        "behavior:",
        // This loads code from an XBL file in old versions of Firefox.
        "-moz-binding",
        "@import",
        // An element with one of these two declarations can cover the feed reader's buttons.
        "position:fixed",
        "position:absolute",
    ];
    let forbidden = FORBIDDEN.iter().find(|forbidden| squeezed.contains(*forbidden));
    let unsafe_part = match forbidden {
        Some(forbidden) => Some((*forbidden).to_owned()),
        None if report.is_w3c() => unknown_to_w3c(&lower),
        None => None,
    };
    if let Some(part) = unsafe_part {
        let violation = report.add(&UNSAFE, range, format!("the style contains `{}`", excerpt(&part)));
        violation.help("remove it: readers discard styles or replace them with their own");
        if let Some(element) = element {
            violation.about(element);
        }
    }
}

/// The properties that the W3C validator allows. The list dates from 2006 and lacks, for example, `max-width` and
/// `gap`, so only the W3C profile uses it.
const PROPERTIES: &[&str] = &[
    "azimuth",
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "clear",
    "color",
    "cursor",
    "direction",
    "display",
    "elevation",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "overflow",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "pause",
    "pause-after",
    "pause-before",
    "pitch",
    "pitch-range",
    "richness",
    "speak",
    "speak-header",
    "speak-numeral",
    "speak-punctuation",
    "speech-rate",
    "stress",
    "text-align",
    "text-decoration",
    "text-indent",
    "unicode-bidi",
    "vertical-align",
    "voice-family",
    "volume",
    "white-space",
    "width",
];

/// The words that the W3C validator allows as values, besides colors, lengths and numbers.
const WORDS: &[&str] = &[
    "auto",
    "aqua",
    "black",
    "block",
    "blue",
    "bold",
    "both",
    "bottom",
    "brown",
    "center",
    "collapse",
    "dashed",
    "dotted",
    "fuchsia",
    "gray",
    "green",
    "!important",
    "italic",
    "left",
    "lime",
    "maroon",
    "medium",
    "none",
    "navy",
    "normal",
    "nowrap",
    "olive",
    "pointer",
    "purple",
    "red",
    "right",
    "solid",
    "silver",
    "teal",
    "top",
    "transparent",
    "underline",
    "white",
    "yellow",
];

/// The properties whose values the W3C validator does not check.
const UNCHECKED: &[&str] = &[
    "azimuth",
    "clear",
    "cursor",
    "direction",
    "display",
    "elevation",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "overflow",
    "pause",
    "text-align",
    "text-decoration",
    "text-indent",
    "unicode-bidi",
    "vertical-align",
    "white-space",
    "width",
    "border-collapse",
    "color",
    "background-color",
    "border-color",
];

/// The first part of a style that the W3C validator does not accept. The validator's lists date from 2006.
fn unknown_to_w3c(style: &str) -> Option<String> {
    for declaration in style
        .split(';')
        .map(str::trim)
        .filter(|declaration| !declaration.is_empty())
    {
        let Some((property, value)) = declaration.split_once(':') else {
            return Some(declaration.to_owned());
        };
        let property = property.trim();
        if !PROPERTIES.contains(&property) {
            return Some(property.to_owned());
        }
        let base = property.split('-').next().unwrap_or("");
        // The W3C validator checks values only for these four groups of properties.
        let is_shorthand =
            matches!(base, "background" | "border" | "margin" | "padding") && !UNCHECKED.contains(&property);
        if is_shorthand && let Some(word) = value.split_whitespace().find(|word| !is_allowed_word(word)) {
            return Some(word.to_owned());
        }
    }
    None
}

fn is_allowed_word(word: &str) -> bool {
    if WORDS.contains(&word) {
        return true;
    }
    if let Some(color) = word.strip_prefix('#') {
        return !color.is_empty() && color.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if word.starts_with("rgb(") {
        return true;
    }
    let number = word.strip_prefix('-').unwrap_or(word);
    let digits = number
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
        .count();
    let whole = number[..digits].split('.').next().unwrap_or("").len();
    let unit = &number[digits..];
    digits > 0
        && whole <= 2
        && matches!(
            unit,
            "" | "cm" | "em" | "ex" | "in" | "mm" | "pc" | "pt" | "px" | "%" | ","
        )
}
