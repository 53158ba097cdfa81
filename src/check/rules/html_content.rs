//! HTML inside entries: what readers remove, what breaks outside its page, what no browser would take as written.

mod inspection;
mod nesting;
mod places;
mod xhtml;

use std::borrow::Cow;
use std::ops::Range;

use crate::check::document::{Element, Text};
use crate::check::html::{Token, Tokens};
use crate::check::json;
use crate::check::report::Collector;
use crate::finding::rules;

use inspection::{Inspection, is_one_of};
use nesting::{MAX_DEPTH, Nesting};
pub(super) use xhtml::check_xhtml;

rules! { "html_content":
    ELEMENT_UNSAFE     = "html-element-unsafe",     Warning, "an element that readers remove",                   "RFC 4287 section 8.1; Feedly, FreshRSS, Miniflux sanitize", "SecurityRisk";
    FORM               = "html-form",               Warning, "a form, which readers remove",                     "RFC 4287 section 8.1";
    HANDLER            = "html-event-handler",      Warning, "a script in an attribute",                         "RFC 4287 section 8.1", "SecurityRiskAttr";
    ADDRESS_UNSAFE     = "html-address-unsafe",     Warning, "an address that runs code",                        "RFC 4287 section 8.5";
    ADDRESS_RELATIVE   = "html-address-relative",   Warning, "an address that is relative to nothing",           "RFC 4287 section 2, xml:base; RSS has no base", "ContainsRelRef";
    ADDRESS_FRAGMENT   = "html-address-fragment",   Advice,  "an address inside the page, which is not there",   "readers show entries away from their page";
    ADDRESS_LOCAL      = "html-address-local",      Warning, "an address that only the author's machine knows",  "readers cannot follow it";
    IMAGE_LAZY         = "html-image-lazy",         Warning, "an image that a script should load later",         "readers run no scripts";
    ESCAPED_TWICE      = "html-escaped-twice",      Warning, "markup that readers show as text",                 "RSS 2.0, description; RFC 4287 section 3.1.1.2";
    INVALID            = "html-invalid",            Advice,  "markup that browsers have to mend",                "WHATWG HTML section 13.2", "NotHtml";
    TOO_DEEP           = "html-too-deep",           Warning, "elements nested deeper than anyone reads",         "Feedwright's limits; libxml2 stops at 256";
}

/// Checks an element that holds escaped HTML.
pub(super) fn check(element: &Element<'_>, report: &mut Collector) {
    let mut texts = element.texts();
    let Some(first) = texts.next() else {
        return;
    };
    match texts.next() {
        None => check_html(element, first.value, Some(first), report),
        Some(_) => check_html(element, &element.text(), None, report),
    }
}

/// Checks HTML that an element holds; `run` is the text it stands in, for the places of what is found.
pub(super) fn check_html(element: &Element<'_>, html: &str, run: Option<Text<'_>>, report: &mut Collector) {
    if !may_hold_markup(html) {
        return;
    }
    let document = element.document().text();
    let place = |range: Range<usize>| match &run {
        Some(run) => places::in_source(document, run, range),
        None => element.text_range(),
    };
    inspect(&mut Inspection::of(element, report), html, element.range(), &place);
}

/// Checks HTML that a string of JSON holds; `range` is its place in the document.
pub(super) fn check_string(document: &str, range: Range<usize>, html: &str, report: &mut Collector) {
    if !may_hold_markup(html) {
        return;
    }
    let place = |part: Range<usize>| json::range_in_string(document, range.clone(), part);
    inspect(&mut Inspection::of_json(report), html, range.clone(), &place);
}

fn may_hold_markup(html: &str) -> bool {
    memchr::memchr2(b'<', b'&', html.as_bytes()).is_some()
}

fn inspect(
    inspection: &mut Inspection<'_, '_>,
    html: &str,
    whole: Range<usize>,
    place: &impl Fn(Range<usize>) -> Range<usize>,
) {
    let mut nesting = Nesting::default();
    let mut has_tags = false;
    let mut tokens = Tokens::new(html);
    for token in tokens.by_ref() {
        match token {
            Token::Open(tag) => {
                has_tags = true;
                inspection.check_tag(&tag, place);
                let is_self_closed = html.as_bytes().get(tag.range.end.wrapping_sub(2)) == Some(&b'/');
                nesting.open(&tag, is_self_closed);
            }
            Token::Close(name, range) => nesting.close(name, range.start),
            Token::Comment(range) => check_comment(inspection, html, range, place),
            Token::Text => {}
        }
    }
    nesting.end(html.len());
    let mistake = match (tokens.mistake, nesting.mistake) {
        (Some((at, what)), None) => Some((at, Cow::Borrowed(what))),
        (Some((at, what)), Some((other, _))) if at < other => Some((at, Cow::Borrowed(what))),
        (_, mistake) => mistake,
    };
    if nesting.deepest > MAX_DEPTH {
        inspection.add(
            &TOO_DEEP,
            whole,
            format!("elements are nested {} deep or more", nesting.deepest),
            "close what is opened; readers cut such entries off",
        );
    }
    if let Some((at, what)) = mistake {
        inspection.add(
            &INVALID,
            place(at..at + 1),
            what.into_owned(),
            "close what is opened, quote values, escape `<` and `&`",
        );
    }
    if !has_tags {
        check_escaped_twice(inspection, html, place);
    }
}

fn check_comment(
    inspection: &mut Inspection<'_, '_>,
    html: &str,
    range: Range<usize>,
    place: &impl Fn(Range<usize>) -> Range<usize>,
) {
    let start = html.get(range.start..range.start + 8);
    if start.is_some_and(|start| start.eq_ignore_ascii_case("<?import")) {
        inspection.add(
            &ELEMENT_UNSAFE,
            place(range),
            "an instruction to import code".to_owned(),
            "remove it",
        );
    }
}

/// What a whole text of escaped tags means: it was escaped once too often.
fn check_escaped_twice(inspection: &mut Inspection<'_, '_>, html: &str, place: &impl Fn(Range<usize>) -> Range<usize>) {
    const USUAL: [&str; 12] = [
        "p", "div", "a", "img", "br", "span", "strong", "em", "ul", "h1", "h2", "h3",
    ];
    let Some(at) = memchr::memmem::find(html.as_bytes(), b"&lt;") else {
        return;
    };
    let rest = &html[at + 4..];
    let name = rest.trim_start_matches('/');
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let has_end = memchr::memmem::find(rest.as_bytes(), b"&lt;/").is_some();
    if has_end && is_one_of(&name[..length], &USUAL) {
        inspection.add(
            &ESCAPED_TWICE,
            place(at..at + 4 + length),
            "the markup is escaped once too often".to_owned(),
            "escape once, or put the HTML into a CDATA section as it is",
        );
    }
}
