//! Atom text constructs and `content`: RFC 4287 sections 3.1 and 4.1.3.

use crate::check::field::Field;
use crate::check::grammar::{media_type, number};
use crate::check::report::Collector;
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;
use crate::finding::rules;

use super::values::{ATTRIBUTE_EMPTY, MEDIA_TYPE_INVALID, check_media_type};
use super::{html_content, plain_text, structure, xhtml};

rules! { "atom_text":
    TYPE_INVALID     = "atom-text-type-invalid",    Error,   "the type of the text is not `text`, `html` or `xhtml`",            "RFC 4287 section 3.1.1", "InvalidTextType";
    DIV_MISSING      = "atom-xhtml-div-missing",    Error,   "the XHTML is not inside a single `div`",                           "RFC 4287 section 3.1.1.3", "MissingXhtmlDiv";
    NOT_INLINE       = "atom-xhtml-escaped",        Warning, "the XHTML is escaped, so readers show the tags as text",           "RFC 4287 section 3.1.1.3", "NotInline";
    UNDECLARED_HTML  = "atom-html-undeclared",      Warning, "the text contains markup, but its type is not `html`",             "RFC 4287 section 3.1.1.1", "ContainsUndeclaredHTML";
    NOT_BASE64       = "atom-content-not-base64",   Error,   "the binary content is not valid base64",                           "RFC 4287 section 4.1.3.3", "NotBase64";
    TYPE_MISSING     = "atom-content-type-missing", Advice,  "the external content has no type",                                 "RFC 4287 section 4.1.3.2", "MissingTypeAttr";
    CONTENT_TWICE    = "atom-content-twice",        Error,   "the content is both inline and external",                          "RFC 4287 section 4.1.3.2";
    FRAGMENT         = "atom-html-fragment",        Advice,  "the type requires a complete page, but the content is a fragment", "RFC 4287 section 4.1.3.3", "HtmlFragment";
    MARKUP_UNESCAPED = "atom-html-unescaped",       Error,   "the text contains elements instead of escaped markup",             "RFC 4287 section 3.1.1.2", "NotEscaped";
}

/// The three types of a text construct (RFC 4287 section 3.1.1).
#[derive(Clone, Copy, PartialEq, Eq)]
enum TextType {
    Text,
    Html,
    Xhtml,
}

/// Checks a text construct.
pub(super) fn check_construct(element: &Element<'_>, must_not_be_empty: bool, report: &mut Collector) {
    let declared = element.value("type");
    let text_type = match declared {
        None | Some("text") => TextType::Text,
        Some("html") => TextType::Html,
        Some("xhtml") => TextType::Xhtml,
        Some(other) => {
            if other.trim().is_empty() {
                report_empty_type(element, report);
            } else if let Some(field) = Field::find_attribute(element, "type") {
                field
                    .mismatch(report, &TYPE_INVALID, "`text`, `html` or `xhtml`")
                    .help("write `text`, `html` or `xhtml`");
            }
            // The content is checked as if it had the type that was probably meant.
            if other.eq_ignore_ascii_case("text/html") || other.contains("html") {
                if other.contains('/') && report.is_w3c() {
                    report_fragment(element, other, report);
                }
                TextType::Html
            } else {
                TextType::Text
            }
        }
    };
    check_text(element, text_type, must_not_be_empty, report);
}

fn check_text(element: &Element<'_>, text_type: TextType, must_not_be_empty: bool, report: &mut Collector) {
    if text_type == TextType::Xhtml {
        return check_xhtml(element, report);
    }
    plain_text::check_characters(element, report);
    let text = element.text();
    if let Some(child) = element.children().next() {
        report_element_in_text(element, &child, text_type, report);
    } else if text.trim().is_empty() && must_not_be_empty {
        structure::report_empty(element, report);
    }
    match text_type {
        TextType::Html => html_content::check(element, report),
        _ => plain_text::check_undeclared_html(&Field::from_element(element, &text), &UNDECLARED_HTML, report),
    }
}

fn report_element_in_text(element: &Element<'_>, child: &Element<'_>, text_type: TextType, report: &mut Collector) {
    report
        .add(
            &MARKUP_UNESCAPED,
            child.range(),
            format!(
                "`{}` is inside `{}`, which may contain only text",
                child.qualified(),
                element.qualified()
            ),
        )
        .help("escape the markup, or write `type=\"xhtml\"` and wrap the markup in a `div`")
        .about(child)
        .class(match text_type {
            // In Atom 0.3, `mode="escaped"` declared that the markup was escaped.
            TextType::Html if element.value("mode") == Some("escaped") => "NotEscaped",
            _ => "UndefinedElement",
        });
}

/// Checks XHTML in a text construct or in `content`.
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
            .help("write the tags without escaping them, or write `type=\"html\"`")
            .about(element);
    }
    let is_whole = is_div && children.next().is_none() && text.trim().is_empty();
    // Escaped XHTML contains no `div` element, but the fix is to unescape the XHTML, so the finding above is enough.
    if !is_whole && (!is_escaped || report.is_w3c()) {
        report
            .add(
                &DIV_MISSING,
                element.range(),
                format!(
                    "the content of `{}` is not inside a single XHTML `div`",
                    element.qualified()
                ),
            )
            .help("wrap it in `<div xmlns=\"http://www.w3.org/1999/xhtml\">`")
            .about(element);
    }
    if let Some(first) = first.filter(|first| first.ns() != Ns::XHTML) {
        report
            .add(
                &html_content::INVALID,
                first.range(),
                format!("`{}` is not in the XHTML namespace", first.qualified()),
            )
            .help("add `xmlns=\"http://www.w3.org/1999/xhtml\"`")
            .about(element);
        // If the `div` has no `xmlns`, every element inside it is in the Atom namespace too, so one finding is enough.
        if first.ns() == Ns::ATOM {
            return;
        }
    }
    xhtml::check(element, report);
}

/// Checks `content`.
pub(super) fn check_content(element: &Element<'_>, report: &mut Collector) {
    let declared = element.value("type");
    let is_external = element.attribute("src").is_some();
    if declared.is_some_and(|declared| declared.trim().is_empty()) {
        report_empty_type(element, report);
        return;
    }
    if is_external {
        return check_external(element, declared, report);
    }
    let text = element.text();
    let is_empty = text.trim().is_empty() && element.children().next().is_none();
    if is_empty {
        structure::report_empty(element, report);
    }
    match declared {
        None | Some("text") => check_text(element, TextType::Text, false, report),
        Some("html") => check_text(element, TextType::Html, false, report),
        Some("xhtml") => check_xhtml(element, report),
        Some(other) => check_typed(element, other, &text, report),
    }
}

fn check_external(element: &Element<'_>, declared: Option<&str>, report: &mut Collector) {
    match declared {
        None => {
            report
                .add(&TYPE_MISSING, element.range(), "the external content has no type")
                .help("add the content's media type, such as `type=\"text/html\"`")
                .about(element)
                .attribute("type");
        }
        Some(_) => {
            if let Some(field) = Field::find_attribute(element, "type") {
                check_media_type(&field, "InvalidMIMEType", report);
            }
        }
    }
    if !element.text().trim().is_empty() || element.children().next().is_some() {
        report
            .add(
                &CONTENT_TWICE,
                element.range(),
                "the content is inline, but `src` refers to external content",
            )
            .help("remove `src` or the inline content; put alternative text in `summary`")
            .about(element);
    }
}

/// Checks content whose type is a media type.
fn check_typed(element: &Element<'_>, declared: &str, text: &str, report: &mut Collector) {
    if let Some(field) = Field::find_attribute(element, "type") {
        check_media_type(&field, "InvalidMIMEType", report);
        let essence = media_type::essence(declared);
        if essence.starts_with("multipart/") || essence.starts_with("message/") {
            field
                .add(
                    report,
                    &MEDIA_TYPE_INVALID,
                    format!("content must not have the composite type `{essence}`"),
                )
                .help("write `html` or a type other than `multipart/*` and `message/*` (RFC 4287 section 4.1.3.1)");
        }
    }
    let essence = media_type::essence(declared);
    let is_xml = essence.ends_with("+xml") || essence.ends_with("/xml");
    if matches!(essence.as_str(), "text/html" | "application/xhtml+xml") {
        check_whole_page(element, &essence, text, report);
    }
    if is_xml {
        if !text.trim().is_empty() && element.children().next().is_some() {
            report
                .add(
                    &structure::TEXT_UNEXPECTED,
                    element.text_range(),
                    format!("content of type `{essence}` contains text outside its XML element"),
                )
                .help("remove the text: the content must be one XML element")
                .about(element);
        }
        if essence == "application/xhtml+xml" {
            xhtml::check(element, report);
        }
        return;
    }
    // RFC 4287 section 4.1.3.3: content of a text type must not contain child elements.
    if essence.starts_with("text/") {
        if let Some(child) = element.children().next() {
            report_element_in_text(
                element,
                &child,
                if essence == "text/html" {
                    TextType::Html
                } else {
                    TextType::Text
                },
                report,
            );
            if report.is_w3c() && !text.trim().is_empty() {
                report
                    .add(
                        &structure::TEXT_UNEXPECTED,
                        element.text_range(),
                        "the content contains both text and elements",
                    )
                    .about(element);
            }
        }
        if essence == "text/html" {
            html_content::check(element, report);
        }
        return;
    }
    // RFC 4287 section 4.1.3.3: content of any type that is neither text nor XML must be encoded as base64.
    if !number::is_base64(text) {
        report
            .add(
                &NOT_BASE64,
                element.text_range(),
                format!("content of type `{essence}` is not valid base64"),
            )
            .help("encode it in base64, or refer to it with `src`")
            .about(element);
    } else if essence == "application/html" || essence == "text/html" {
        check_base64_html(element, text, report);
    }
}

/// Checks HTML that is encoded in base64.
///
/// Offsets in the decoded text do not correspond to offsets in the document, so findings point to the element.
fn check_base64_html(element: &Element<'_>, text: &str, report: &mut Collector) {
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
            // Padding and white space are skipped: padding encodes no data, and base64 in a feed may contain line
            // breaks and indentation.
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

fn report_empty_type(element: &Element<'_>, report: &mut Collector) {
    let range = element
        .attribute("type")
        .map_or(element.range(), |attribute| attribute.range());
    report
        .add(
            &ATTRIBUTE_EMPTY,
            range,
            format!("the type of `{}` is empty", element.qualified()),
        )
        .help("remove the attribute, or write `text`, `html` or `xhtml`")
        .about(element)
        .attribute("type");
}

/// Reports content that has no `html` root element, although its type requires a complete page.
fn check_whole_page(element: &Element<'_>, essence: &str, text: &str, report: &mut Collector) {
    let has_root = element
        .children()
        .next()
        .is_some_and(|child| child.name().eq_ignore_ascii_case("html"));
    // The doctype and the root element are at the start of a page, so the rest need not be searched. The text is
    // searched as bytes, because the limit may fall inside a character.
    let start = text.as_bytes()[..text.len().min(2048)].to_ascii_lowercase();
    let contains = |tag: &[u8]| memchr::memmem::find(&start, tag).is_some();
    if !has_root && !contains(b"<html") && !contains(b"<!doctype") {
        report_fragment(element, essence, report);
    }
}

fn report_fragment(element: &Element<'_>, essence: &str, report: &mut Collector) {
    report
        .add(
            &FRAGMENT,
            element.range(),
            format!("the type `{essence}` requires a complete page, but the content is a fragment"),
        )
        .help("set the type to `html` or `xhtml`")
        .about(element);
}
