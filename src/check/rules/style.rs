//! `style` attributes in entries: what can leave the entry's own box, and what the W3C validator has no word for.

use std::ops::Range;

use crate::check::document::Element;
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::shown;

rules! { "style":
    UNSAFE  = "html-style-unsafe",  Warning, "a style that runs code or covers the reader", "RFC 4287 section 8.1", "DangerousStyleAttr";
}

/// Checks a `style` attribute.
pub(super) fn check(element: Option<&Element<'_>>, value: &str, range: Range<usize>, report: &mut Collector) {
    let lower = value.to_ascii_lowercase();
    let squeezed: String = lower.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect();
    const FORBIDDEN: [&str; 7] = [
        "expression(",
        "javascript:",
        "behavior:",
        "-moz-binding",
        "@import",
        "position:fixed",
        "position:absolute",
    ];
    let forbidden = FORBIDDEN.iter().find(|forbidden| squeezed.contains(*forbidden));
    let found = match forbidden {
        Some(forbidden) => Some((*forbidden).to_owned()),
        None if report.is_w3c() => outside_of_2006(&lower),
        None => None,
    };
    if let Some(what) = found {
        let violation = report.add(&UNSAFE, range, format!("a style with `{}`", shown(&what)));
        violation.help("leave it out; readers remove styles, or show entries in their own");
        if let Some(element) = element {
            violation.about(element);
        }
    }
}

/// Properties that the W3C validator knows.
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

/// Words it takes as values, besides colors, lengths and numbers.
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

/// Properties whose words it does not look at.
const FREE: &[&str] = &[
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

/// The first declaration that the W3C validator's list, made in 2006, does not know.
fn outside_of_2006(style: &str) -> Option<String> {
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
        let is_shorthand = matches!(base, "background" | "border" | "margin" | "padding") && !FREE.contains(&property);
        if is_shorthand && let Some(word) = value.split_whitespace().find(|word| !is_known_word(word)) {
            return Some(word.to_owned());
        }
    }
    None
}

fn is_known_word(word: &str) -> bool {
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
