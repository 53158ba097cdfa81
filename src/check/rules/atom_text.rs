//! Text constructs and content of Atom: RFC 4287 sections 3.1 and 4.1.3.

use crate::check::document::Element;
use crate::check::grammar::{media_type, number};
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::check::vocabulary::Def;
use crate::finding::rules;

use super::values::{ATTRIBUTE_EMPTY, attribute_spot, check_media_type, element_spot};
use super::{html_content, plain_text, structure};

rules! { "atom_text":
    TYPE_INVALID      = "atom-text-type-invalid",      Error,   "a type that a text cannot have",                    "RFC 4287 section 3.1.1", "InvalidTextType";
    DIV_MISSING       = "atom-xhtml-div-missing",      Error,   "XHTML without the `div` around it",                 "RFC 4287 section 3.1.1.3", "MissingXhtmlDiv";
    NOT_INLINE        = "atom-xhtml-escaped",          Warning, "XHTML that is escaped, and so is text",             "RFC 4287 section 3.1.1.3", "NotInline";
    UNDECLARED_HTML   = "atom-html-undeclared",        Warning, "markup in a text that says it has none",            "RFC 4287 section 3.1.1.1", "ContainsUndeclaredHTML";
    NOT_BASE64        = "atom-content-not-base64",     Error,   "content of a binary type that is not base64",       "RFC 4287 section 4.1.3.3", "NotBase64";
    TYPE_MISSING      = "atom-content-type-missing",   Advice,  "content elsewhere, of an unknown type",             "RFC 4287 section 4.1.3.2", "MissingTypeAttr";
    CONTENT_TWICE     = "atom-content-twice",          Error,   "content here and elsewhere",                        "RFC 4287 section 4.1.3.2";
    FRAGMENT          = "atom-html-fragment",          Advice,  "a part of a page that says it is a whole one",      "RFC 4287 section 4.1.3.3", "HtmlFragment";
    MARKUP_UNESCAPED  = "atom-html-unescaped",         Error,   "elements where escaped markup must be",             "RFC 4287 section 3.1.1.2", "NotEscaped";
}

/// How the text of a construct is to be taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Html,
    Xhtml,
}

/// Checks a text construct.
pub(super) fn check_construct(element: &Element<'_>, def: &Def, report: &mut Collector) {
    let given = element.value("type");
    let kind = match given {
        None | Some("text") => Kind::Text,
        Some("html") => Kind::Html,
        Some("xhtml") => Kind::Xhtml,
        Some(other) => {
            let spot = attribute_spot(element, "type");
            if let Some(spot) = spot {
                if other.trim().is_empty() {
                    empty_type(element, report);
                } else {
                    spot.add(
                        report,
                        &TYPE_INVALID,
                        format!("the type of `{}` is `{}`", element.qualified(), spot.shown()),
                    )
                    .help("write `text`, `html` or `xhtml`");
                }
            }
            if other.eq_ignore_ascii_case("text/html") || other.contains("html") {
                if !other.trim().is_empty() && other.contains('/') && report.is_w3c() {
                    fragment(element, other, report);
                }
                Kind::Html
            } else {
                Kind::Text
            }
        }
    };
    check_kind(element, kind, def.is_blank_odd, report);
}

fn check_kind(element: &Element<'_>, kind: Kind, is_blank_odd: bool, report: &mut Collector) {
    if kind == Kind::Xhtml {
        return check_xhtml(element, report);
    }
    plain_text::check_characters(element, report);
    let text = element.text();
    if let Some(child) = element.children().next() {
        elements_in_text(element, &child, kind, report);
    } else if text.trim().is_empty() && is_blank_odd {
        structure::blank(element, report);
    }
    match kind {
        Kind::Html => html_content::check(element, report),
        _ => plain_text::check_as(&element_spot(element, &text), &UNDECLARED_HTML, report),
    }
}

fn elements_in_text(element: &Element<'_>, child: &Element<'_>, kind: Kind, report: &mut Collector) {
    report
        .add(
            &MARKUP_UNESCAPED,
            child.range(),
            format!(
                "`{}` inside `{}`, which holds only text",
                child.qualified(),
                element.qualified()
            ),
        )
        .help("escape the markup, or say `type=\"xhtml\"` and put a `div` around it")
        .about(child)
        .class(match kind {
            Kind::Html if element.value("mode") == Some("escaped") => "NotEscaped",
            _ => "UndefinedElement",
        });
}

/// Checks XHTML inside a construct or content.
fn check_xhtml(element: &Element<'_>, report: &mut Collector) {
    let mut children = element.children();
    let first = children.next();
    let is_div = first.is_some_and(|first| first.is(Ns::XHTML, "div"));
    let text = element.text();
    let is_escaped = !text.trim().is_empty() && plain_text::has_markup(&text);
    if is_escaped {
        report
            .add(
                &NOT_INLINE,
                element.text_range(),
                format!("the XHTML in `{}` is escaped", element.qualified()),
            )
            .help("write the elements themselves, or say `type=\"html\"`")
            .about(element);
    }
    let is_whole = is_div && children.next().is_none() && text.trim().is_empty();
    if !is_whole && (!is_escaped || report.is_w3c()) {
        report
            .add(
                &DIV_MISSING,
                element.range(),
                format!("no XHTML `div` around what is in `{}`", element.qualified()),
            )
            .help("write `<div xmlns=\"http://www.w3.org/1999/xhtml\">` around it")
            .about(element);
    }
    if let Some(first) = first.filter(|first| first.ns() != Ns::XHTML) {
        report
            .add(
                &html_content::INVALID,
                first.range(),
                format!("`{}` is not in the namespace of XHTML", first.qualified()),
            )
            .help("declare `xmlns=\"http://www.w3.org/1999/xhtml\"`")
            .about(element);
        if first.ns() == Ns::ATOM {
            return;
        }
    }
    html_content::check_xhtml(element, report);
}

/// Checks `content`.
pub(super) fn check_content(element: &Element<'_>, report: &mut Collector) {
    let given = element.value("type");
    let is_elsewhere = element.attribute("src").is_some();
    if given.is_some_and(|given| given.trim().is_empty()) {
        empty_type(element, report);
        return;
    }
    if is_elsewhere {
        return check_elsewhere(element, given, report);
    }
    let text = element.text();
    let is_empty = text.trim().is_empty() && element.children().next().is_none();
    if is_empty {
        structure::blank(element, report);
    }
    match given {
        None | Some("text") => check_kind(element, Kind::Text, false, report),
        Some("html") => check_kind(element, Kind::Html, false, report),
        Some("xhtml") => check_xhtml(element, report),
        Some(other) => check_typed(element, other, &text, report),
    }
}

fn check_elsewhere(element: &Element<'_>, given: Option<&str>, report: &mut Collector) {
    match given {
        None => {
            report
                .add(&TYPE_MISSING, element.range(), "content elsewhere, and no type")
                .help("say what it is: `type=\"text/html\"`")
                .about(element)
                .attribute("type");
        }
        Some(_) => {
            if let Some(spot) = attribute_spot(element, "type") {
                check_media_type(&spot, "InvalidMIMEType", report);
            }
        }
    }
    if !element.text().trim().is_empty() || element.children().next().is_some() {
        report
            .add(
                &CONTENT_TWICE,
                element.range(),
                "content here, and `src` says it is elsewhere",
            )
            .help("with `src`, the element must be empty: put a text into `summary`")
            .about(element);
    }
}

/// Checks content of a media type.
fn check_typed(element: &Element<'_>, given: &str, text: &str, report: &mut Collector) {
    if let Some(spot) = attribute_spot(element, "type") {
        check_media_type(&spot, "InvalidMIMEType", report);
        let essence = media_type::essence(given);
        if essence.starts_with("multipart/") || essence.starts_with("message/") {
            spot.add(
                report,
                &super::values::MEDIA_TYPE_INVALID,
                format!("content cannot be `{essence}`"),
            )
            .help("RFC 4287 has no composite content: say `html` or a single type");
        }
    }
    let essence = media_type::essence(given);
    let is_xml = essence.ends_with("+xml") || essence.ends_with("/xml");
    if matches!(essence.as_str(), "text/html" | "application/xhtml+xml") {
        fragment_unless_whole(element, &essence, text, report);
    }
    if is_xml {
        if !text.trim().is_empty() && element.children().next().is_some() {
            report
                .add(
                    &structure::TEXT_UNEXPECTED,
                    element.text_range(),
                    format!("text beside the one element of `{essence}`"),
                )
                .help("the content must be one XML element")
                .about(element);
        }
        if essence == "application/xhtml+xml" {
            html_content::check_xhtml(element, report);
        }
        return;
    }
    if essence.starts_with("text/") {
        if let Some(child) = element.children().next() {
            elements_in_text(
                element,
                &child,
                if essence == "text/html" { Kind::Html } else { Kind::Text },
                report,
            );
            if report.is_w3c() && !text.trim().is_empty() {
                report
                    .add(
                        &structure::TEXT_UNEXPECTED,
                        element.text_range(),
                        "text beside elements",
                    )
                    .about(element);
            }
        }
        if essence == "text/html" {
            html_content::check(element, report);
        }
        return;
    }
    if !number::is_base64(text) {
        report
            .add(
                &NOT_BASE64,
                element.text_range(),
                format!("content of type `{essence}` that is not base64"),
            )
            .help("encode it in base64, or link to it with `src`")
            .about(element);
    } else if essence == "application/html" || essence == "text/html" {
        check_encoded(element, text, report);
    }
}

/// Checks HTML that is encoded in base64.
fn check_encoded(element: &Element<'_>, text: &str, report: &mut Collector) {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut buffer = 0u32;
    let mut bits = 0;
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        buffer = (buffer << 6 | u32::from(value)) & 0xFF_FFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(((buffer >> bits) & 0xFF) as u8);
        }
    }
    html_content::check_html(element, &String::from_utf8_lossy(&bytes), None, report);
}

fn empty_type(element: &Element<'_>, report: &mut Collector) {
    let range = element
        .attribute("type")
        .map_or(element.range(), |attribute| attribute.range());
    report
        .add(
            &ATTRIBUTE_EMPTY,
            range,
            format!("the type of `{}` is empty", element.qualified()),
        )
        .help("leave it out, or write `text`, `html` or `xhtml`")
        .about(element)
        .attribute("type");
}

fn fragment_unless_whole(element: &Element<'_>, essence: &str, text: &str, report: &mut Collector) {
    let has_root = element
        .children()
        .next()
        .is_some_and(|child| child.name().eq_ignore_ascii_case("html"));
    let lower = text.get(..text.len().min(2048)).unwrap_or("").to_ascii_lowercase();
    if !has_root && !lower.contains("<html") && !lower.contains("<!doctype") {
        fragment(element, essence, report);
    }
}

fn fragment(element: &Element<'_>, essence: &str, report: &mut Collector) {
    report
        .add(
            &FRAGMENT,
            element.range(),
            format!("`{essence}` is a whole page, and this is not one"),
        )
        .help("say `html` or `xhtml`")
        .about(element);
}
