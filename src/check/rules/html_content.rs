//! HTML in entries: parts that readers remove, URLs that do not work outside the page, and markup that browsers have to
//! repair.

pub(super) mod inspection;
mod nesting;
mod source_range;

use std::borrow::Cow;
use std::ops::Range;

use crate::check::html::{Token, Tokens};
use crate::check::report::Collector;
use crate::feed::json;
use crate::feed::xml::{Element, Text};
use crate::finding::rules;

use inspection::{Inspection, is_one_of};
use nesting::{MAX_DEPTH, Nesting};

rules! { "html_content":
    ELEMENT_UNSAFE   = "html-element-unsafe",   Warning, "the HTML contains an element that readers remove",                "RFC 4287 section 8.1; Feedly, FreshRSS, Miniflux sanitize", "SecurityRisk";
    FORM             = "html-form",             Warning, "the HTML contains a form, which readers remove",                  "RFC 4287 section 8.1";
    HANDLER          = "html-event-handler",    Warning, "an attribute in the HTML contains a script",                      "RFC 4287 section 8.1", "SecurityRiskAttr";
    ADDRESS_UNSAFE   = "html-address-unsafe",   Warning, "a URL in the HTML runs code",                                     "RFC 4287 section 8.5";
    ADDRESS_RELATIVE = "html-address-relative", Warning, "a URL in the HTML is relative and has no base",                   "RFC 4287 section 2, xml:base; RSS has no base", "ContainsRelRef";
    ADDRESS_FRAGMENT = "html-address-fragment", Advice,  "a link in the HTML points to a part of the same page",            "readers show entries away from their page";
    ADDRESS_LOCAL    = "html-address-local",    Warning, "a URL in the HTML works only on the author's machine or network", "readers cannot follow it";
    IMAGE_LAZY       = "html-image-lazy",       Warning, "an image needs a script to load",                                 "readers run no scripts";
    ESCAPED_TWICE    = "html-escaped-twice",    Warning, "the HTML is escaped twice",                                       "RSS 2.0, description; RFC 4287 section 3.1.1.2";
    INVALID          = "html-invalid",          Advice,  "the HTML contains a mistake that browsers have to repair",        "WHATWG HTML section 13.2", "NotHtml";
    TOO_DEEP         = "html-too-deep",         Warning, "the HTML is nested too deeply",                                   "Feedwright's limits; libxml2 stops at 256";
}

/// Checks an element that contains escaped HTML.
pub(super) fn check(element: &Element<'_>, report: &mut Collector) {
    let mut texts = element.texts();
    let Some(first) = texts.next() else {
        return;
    };
    // If there are several runs of text, such as two CDATA sections, they are joined into a copy, whose offsets do not
    // match the document.
    match texts.next() {
        None => check_html(element, first.value, Some(first), report),
        Some(_) => check_html(element, &element.text(), None, report),
    }
}

/// Checks HTML that an element contains.
///
/// `run` is the run of text that contains the HTML. If `run` is `None`, findings are located at the whole element
/// instead of at a part of the HTML.
pub(super) fn check_html(element: &Element<'_>, html: &str, run: Option<Text<'_>>, report: &mut Collector) {
    if !may_contain_markup(html) {
        return;
    }
    let document = element.document().text();
    let locate = |range: Range<usize>| match &run {
        Some(run) => source_range::source_range(document, run, range),
        None => element.text_range(),
    };
    inspect(
        &mut Inspection::of_element(element, report),
        html,
        element.range(),
        &locate,
    );
}

/// Checks HTML in a JSON string. `range` is the string's range in the document.
pub(super) fn check_string(document: &str, range: Range<usize>, html: &str, report: &mut Collector) {
    if !may_contain_markup(html) {
        return;
    }
    let locate = |part: Range<usize>| json::range_in_string(document, range.clone(), part);
    inspect(&mut Inspection::of_json_string(report), html, range.clone(), &locate);
}

/// Whether there is anything to check: HTML that contains neither `<` nor `&` is plain text.
fn may_contain_markup(html: &str) -> bool {
    memchr::memchr2(b'<', b'&', html.as_bytes()).is_some()
}

fn inspect(
    inspection: &mut Inspection<'_, '_>,
    html: &str,
    whole: Range<usize>,
    locate: &impl Fn(Range<usize>) -> Range<usize>,
) {
    let mut nesting = Nesting::default();
    let mut has_tags = false;
    let mut tokens = Tokens::new(html);
    for token in tokens.by_ref() {
        match token {
            Token::Open(tag) => {
                has_tags = true;
                inspection.check_tag(&tag, locate);
                // Whether the tag ends with `/>`.
                let is_self_closed = html.as_bytes().get(tag.range.end.wrapping_sub(2)) == Some(&b'/');
                nesting.open(&tag, is_self_closed);
            }
            Token::Close(name, range) => nesting.close(name, range.start),
            Token::Comment(range) => check_comment(inspection, html, range, locate),
            Token::Text => {}
        }
    }
    nesting.end(html.len());
    // The tokenizer and `nesting` each record their first mistake. Only the earlier of the two is reported, because
    // later mistakes are often consequences of earlier ones.
    let mistake = match (tokens.mistake, nesting.mistake) {
        (Some((at, message)), None) => Some((at, Cow::Borrowed(message))),
        (Some((at, message)), Some((other, _))) if at < other => Some((at, Cow::Borrowed(message))),
        (_, mistake) => mistake,
    };
    if nesting.deepest > MAX_DEPTH {
        inspection.add(
            &TOO_DEEP,
            whole,
            format!("elements are nested at least {} levels deep", nesting.deepest),
            "close all elements: readers cut off HTML that is nested this deeply",
        );
    }
    if let Some((at, message)) = mistake {
        inspection.add(
            &INVALID,
            locate(at..at + 1),
            message.into_owned(),
            "close all elements, quote attribute values, and escape `<` and `&`",
        );
    }
    // If the HTML also contains real tags, the escaped tags are meant to be shown, as in an article about HTML.
    if !has_tags {
        check_escaped_twice(inspection, html, locate);
    }
}

fn check_comment(
    inspection: &mut Inspection<'_, '_>,
    html: &str,
    range: Range<usize>,
    locate: &impl Fn(Range<usize>) -> Range<usize>,
) {
    let start = html.get(range.start..range.start + 8);
    // Old versions of Internet Explorer used `<?import` to load code that defined the behavior of elements.
    if start.is_some_and(|start| start.eq_ignore_ascii_case("<?import")) {
        inspection.add(
            &ELEMENT_UNSAFE,
            locate(range),
            "`<?import` loads code".to_owned(),
            "remove it",
        );
    }
}

/// Reports HTML that was escaped twice: it contains escaped tags, but no real tags.
fn check_escaped_twice(
    inspection: &mut Inspection<'_, '_>,
    html: &str,
    locate: &impl Fn(Range<usize>) -> Range<usize>,
) {
    // Escaped names are often meant to be shown, as in `Vec&lt;T&gt;`, so only the names of common elements count.
    const COMMON_ELEMENTS: [&str; 12] = [
        "p", "div", "a", "img", "br", "span", "strong", "em", "ul", "h1", "h2", "h3",
    ];
    let Some(at) = memchr::memmem::find(html.as_bytes(), b"&lt;") else {
        return;
    };
    let rest = &html[at + 4..];
    let name = rest.trim_start_matches('/');
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    // Text that merely mentions an element, such as `&lt;p&gt;`, contains no escaped end tag.
    let has_end = memchr::memmem::find(rest.as_bytes(), b"&lt;/").is_some();
    if has_end && is_one_of(&name[..length], &COMMON_ELEMENTS) {
        inspection.add(
            &ESCAPED_TWICE,
            locate(at..at + 4 + length),
            "the markup is escaped twice".to_owned(),
            "escape the HTML once, or put it in a CDATA section without escaping it",
        );
    }
}
