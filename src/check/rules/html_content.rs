//! HTML inside entries: what readers remove, what breaks outside its page, what no browser would take as written.

use std::borrow::Cow;
use std::ops::Range;

use crate::check::document::{Element, Text};
use crate::check::grammar::address;
use crate::check::html::{Tag, Token, Tokens, unescape};
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::check::vocabulary::extensions;
use crate::finding::{Rule, rules};

use super::plain_text::{self, HTML_NAMES};
use super::values::shown;
use super::{structure, style};

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

/// Deepest nesting that is thought honest: libxml2's limit, which readers in PHP and Python share.
const MAX_DEPTH: usize = 256;
/// How many findings of one rule one entry gets: more of the same help no one.
const MAX_SAME: usize = 3;

/// Elements that readers and the W3C validator take away, with or without what is inside.
const UNSAFE: &[&str] = &[
    "applet", "base", "basefont", "bgsound", "body", "embed", "frame", "frameset", "head", "html", "iframe", "isindex",
    "layer", "link", "meta", "noframes", "object", "param", "script", "style", "title",
];

const FORM_NAMES: &[&str] = &["form", "input", "button", "select", "textarea"];

/// Attributes that hold one address.
const ADDRESSES: &[&str] = &[
    "href",
    "src",
    "cite",
    "poster",
    "data",
    "action",
    "formaction",
    "background",
    "longdesc",
    "usemap",
    "xlink:href",
];

/// Names of elements that have no end tag.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "command", "embed", "frame", "hr", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];

/// Elements whose end tag may be left out.
const OPTIONAL_END: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "caption",
    "rp", "rt", "html", "head", "body",
];

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What is known about where the HTML stands.
struct Context<'e, 'd> {
    element: &'e Element<'d>,
    /// Whether addresses have something to be relative to.
    has_base: bool,
    is_rss: bool,
    /// How often each rule has been broken here.
    counts: Vec<(&'static Rule, usize)>,
}

impl<'e, 'd> Context<'e, 'd> {
    fn new(element: &'e Element<'d>) -> Self {
        let mut has_base = false;
        let mut around = Some(*element);
        let mut is_rss = true;
        while let Some(current) = around {
            let base = current.attribute_in(Ns::XML, "base");
            has_base |= base.is_some_and(|base| address::scheme(base.value()).is_some());
            is_rss &= !current.is(Ns::ATOM, "feed") && !current.is(Ns::ATOM, "entry");
            around = current.parent();
        }
        Context {
            element,
            has_base,
            is_rss,
            counts: Vec::new(),
        }
    }

    fn add(
        &mut self,
        report: &mut Collector,
        rule: &'static Rule,
        range: Range<usize>,
        message: String,
        help: &'static str,
    ) -> bool {
        let at = match self.counts.iter().position(|(counted, _)| std::ptr::eq(*counted, rule)) {
            Some(at) => at,
            None => {
                self.counts.push((rule, 0));
                self.counts.len() - 1
            }
        };
        self.counts[at].1 += 1;
        if self.counts[at].1 > MAX_SAME {
            return false;
        }
        report.add(rule, range, message).help(help).about(self.element);
        true
    }
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
    if memchr::memchr2(b'<', b'&', html.as_bytes()).is_none() {
        return;
    }
    let mut context = Context::new(element);
    let document = element.document().text();
    let place = |range: Range<usize>| match &run {
        Some(run) => in_source(document, run, range),
        None => element.text_range(),
    };
    let mut open: Vec<&str> = Vec::new();
    let mut deepest = 0;
    let mut mistake: Option<(usize, Cow<'static, str>)> = None;
    let mut code = 0usize;
    let mut has_tags = false;
    let mut tokens = Tokens::new(html);
    for token in tokens.by_ref() {
        match token {
            Token::Open(tag) => {
                has_tags = true;
                check_tag(&mut context, &tag, &place, report);
                if !is_one_of(tag.name, HTML_NAMES) && !tag.name.contains('-') && !is_foreign(&open) {
                    mistake.get_or_insert((
                        tag.range.start,
                        Cow::Owned(format!("there is no element `{}`", shown(tag.name))),
                    ));
                }
                if is_one_of(tag.name, VOID)
                    || is_one_of(tag.name, &["plaintext"])
                    || html.as_bytes().get(tag.range.end.wrapping_sub(2)) == Some(&b'/') && is_foreign(&open)
                {
                    continue;
                }
                code += usize::from(is_one_of(tag.name, &["pre", "code"]));
                if open.len() < 4 * MAX_DEPTH {
                    open.push(tag.name);
                }
                deepest = deepest.max(open.len());
            }
            Token::Close(name, range) => {
                let at = open.iter().rposition(|open| open.eq_ignore_ascii_case(name));
                match at {
                    Some(at) => {
                        if open[at + 1..].iter().any(|left| !is_one_of(left, OPTIONAL_END)) {
                            mistake.get_or_insert((
                                range.start,
                                Cow::Owned(format!("`</{}>` closes more than one element", shown(name))),
                            ));
                        }
                        code -= open[at..]
                            .iter()
                            .filter(|name| is_one_of(name, &["pre", "code"]))
                            .count()
                            .min(code);
                        open.truncate(at);
                    }
                    None if !is_one_of(name, &["br", "p"]) => {
                        mistake
                            .get_or_insert((range.start, Cow::Owned(format!("`</{}>` closes nothing", shown(name)))));
                    }
                    None => {}
                }
            }
            Token::Comment(range) => check_comment(&mut context, html, range, &place, report),
            Token::Text => {}
        }
    }
    if let Some((at, what)) = tokens.mistake
        && mistake.as_ref().is_none_or(|(other, _)| at < *other)
    {
        mistake = Some((at, Cow::Borrowed(what)));
    }
    if mistake.is_none()
        && deepest <= MAX_DEPTH
        && let Some(left) = open.iter().find(|left| !is_one_of(left, OPTIONAL_END))
    {
        mistake = Some((html.len(), Cow::Owned(format!("`<{}>` is never closed", shown(left)))));
    }
    if deepest > MAX_DEPTH {
        context.add(
            report,
            &TOO_DEEP,
            element.range(),
            format!("elements are nested {deepest} deep or more"),
            "close what is opened; readers cut such entries off",
        );
    }
    if let Some((at, what)) = mistake {
        context.add(
            report,
            &INVALID,
            place(at..at + 1),
            what.into_owned(),
            "close what is opened, quote values, escape `<` and `&`",
        );
    }
    if !has_tags {
        check_escaped_twice(&mut context, html, &place, report);
    }
}

/// Whether the innermost elements are SVG or MathML, which have names of their own.
fn is_foreign(open: &[&str]) -> bool {
    open.iter().rev().take(64).any(|name| is_one_of(name, &["svg", "math"]))
}

fn check_comment(
    context: &mut Context<'_, '_>,
    html: &str,
    range: Range<usize>,
    place: &impl Fn(Range<usize>) -> Range<usize>,
    report: &mut Collector,
) {
    if html.get(range.clone()).is_some_and(|text| {
        text.get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case("<?import"))
    }) {
        context.add(
            report,
            &ELEMENT_UNSAFE,
            place(range),
            "an instruction to import code".to_owned(),
            "remove it",
        );
    }
}

/// What a whole text of escaped tags means: it was escaped once too often.
fn check_escaped_twice(
    context: &mut Context<'_, '_>,
    html: &str,
    place: &impl Fn(Range<usize>) -> Range<usize>,
    report: &mut Collector,
) {
    let Some(at) = memchr::memmem::find(html.as_bytes(), b"&lt;") else {
        return;
    };
    let rest = &html[at + 4..];
    let name = rest.trim_start_matches('/');
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let has_end = memchr::memmem::find(rest.as_bytes(), b"&lt;/").is_some();
    if has_end
        && is_one_of(
            &name[..length],
            &[
                "p", "div", "a", "img", "br", "span", "strong", "em", "ul", "h1", "h2", "h3",
            ],
        )
    {
        context.add(
            report,
            &ESCAPED_TWICE,
            place(at..at + 4 + length),
            "the markup is escaped once too often".to_owned(),
            "escape once, or put the HTML into a CDATA section as it is",
        );
    }
}

fn check_tag(
    context: &mut Context<'_, '_>,
    tag: &Tag<'_>,
    place: &impl Fn(Range<usize>) -> Range<usize>,
    report: &mut Collector,
) {
    check_name(context, tag.name, || place(tag.range.clone()), report);
    let mut lazy: Option<&str> = None;
    let mut source: Option<Cow<'_, str>> = None;
    for attribute in &tag.attributes {
        let value = unescape(attribute.raw);
        if is_one_of(
            attribute.name,
            &["data-src", "data-lazy-src", "data-original", "data-srcset"],
        ) {
            lazy = Some(attribute.name);
        }
        check_attribute(
            context,
            tag.name,
            attribute.name,
            &value,
            || place(attribute.range.clone()),
            report,
        );
        if attribute.name.eq_ignore_ascii_case("src") {
            source = Some(value);
        }
    }
    check_lazy(
        context,
        tag.name,
        lazy,
        source.as_deref(),
        || place(tag.range.clone()),
        report,
    );
}

fn check_lazy(
    context: &mut Context<'_, '_>,
    name: &str,
    lazy: Option<&str>,
    source: Option<&str>,
    place: impl Fn() -> Range<usize>,
    report: &mut Collector,
) {
    let Some(attribute) = lazy.filter(|_| is_one_of(name, &["img", "source", "iframe", "video"])) else {
        return;
    };
    let is_placeholder =
        source.is_none_or(|source| source.trim().is_empty() || source.trim_start().starts_with("data:"));
    if is_placeholder {
        context.add(
            report,
            &IMAGE_LAZY,
            place(),
            format!("the image is in `{attribute}`, and its `src` is empty or a placeholder"),
            "put the image's address into `src`; `loading=\"lazy\"` does the rest without a script",
        );
    }
}

fn check_name(context: &mut Context<'_, '_>, name: &str, place: impl Fn() -> Range<usize>, report: &mut Collector) {
    if is_one_of(name, UNSAFE) {
        context.add(
            report,
            &ELEMENT_UNSAFE,
            place(),
            format!("`{name}` in an entry"),
            "readers remove it: leave it out, and link to what it shows",
        );
    } else if is_one_of(name, FORM_NAMES) {
        context.add(
            report,
            &FORM,
            place(),
            format!("`{name}` in an entry"),
            "readers remove it: link to the page with the form",
        );
    }
}

fn check_attribute(
    context: &mut Context<'_, '_>,
    tag: &str,
    name: &str,
    value: &str,
    place: impl Fn() -> Range<usize>,
    report: &mut Collector,
) {
    let is_handler = name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) && name.len() > 2;
    if is_handler {
        context.add(
            report,
            &HANDLER,
            place(),
            format!("`{name}` on `{tag}`"),
            "readers remove it: leave scripts to the page",
        );
    } else if name.eq_ignore_ascii_case("style") {
        style::check(context.element, value, place(), report);
    } else if is_one_of(name, ADDRESSES) {
        check_address(context, tag, name, value, &place, report);
    } else if is_one_of(name, &["srcset", "imagesrcset"]) {
        for candidate in value
            .split(',')
            .filter_map(|candidate| candidate.split_whitespace().next())
        {
            check_address(context, tag, name, candidate, &place, report);
        }
    }
}

fn check_address(
    context: &mut Context<'_, '_>,
    tag: &str,
    name: &str,
    value: &str,
    place: &impl Fn() -> Range<usize>,
    report: &mut Collector,
) {
    // Browsers drop tabs and line ends inside addresses, and controls before them.
    let plain: Cow<'_, str> = if value.bytes().any(|byte| byte < 0x20) {
        Cow::Owned(
            value
                .chars()
                .filter(|c| !matches!(c, '\t' | '\n' | '\r' | '\0'..='\u{1F}'))
                .collect(),
        )
    } else {
        Cow::Borrowed(value)
    };
    let text = plain.trim();
    if text.is_empty() {
        return;
    }
    match address::scheme(text).map(str::to_ascii_lowercase).as_deref() {
        Some("javascript" | "vbscript") => {
            context.add(
                report,
                &ADDRESS_UNSAFE,
                place(),
                format!("`{name}` of `{tag}` runs a script"),
                "readers remove it: link to a page",
            );
        }
        Some("data") if is_one_of(tag, &["a", "iframe", "object", "embed"]) => {
            context.add(
                report,
                &ADDRESS_UNSAFE,
                place(),
                format!("`{name}` of `{tag}` holds a whole document"),
                "readers remove it: link to a page",
            );
        }
        Some(_) if super::addresses::is_local(text) => {
            context.add(
                report,
                &ADDRESS_LOCAL,
                place(),
                format!("`{}`, which no reader can reach", shown(text)),
                "build the feed with the address of the public site",
            );
        }
        Some(_) => {}
        None if text.starts_with('#') => {
            if !name.eq_ignore_ascii_case("usemap") {
                context.add(
                    report,
                    &ADDRESS_FRAGMENT,
                    place(),
                    format!("`{}` leads nowhere outside its page", shown(text)),
                    "write the page's address before it",
                );
            }
        }
        None if context.has_base || text.starts_with("//") => {}
        None => {
            let is_w3c = report.is_w3c();
            // The W3C validator looks at these two only, and only in RSS.
            let has_class = context.is_rss && is_one_of(tag, &["a", "img"]) && is_one_of(name, &["href", "src"]);
            if !is_w3c || has_class {
                context.add(
                    report,
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
}

/// Checks XHTML elements below `container`.
pub(super) fn check_xhtml(container: &Element<'_>, report: &mut Collector) {
    let mut context = Context::new(container);
    for element in container.descendants() {
        plain_text::check_characters(&element, report);
        if element.ns() != Ns::XHTML {
            check_foreign(&mut context, &element, report);
            continue;
        }
        let name = element.name();
        check_name(&mut context, name, || element.range(), report);
        if !is_one_of(name, HTML_NAMES) && !name.contains('-') {
            context.add(
                report,
                &INVALID,
                element.range(),
                format!("there is no element `{}`", shown(name)),
                "check its spelling; XHTML is written in lower case",
            );
        }
        let mut lazy = None;
        for attribute in element.attributes() {
            if attribute.name().starts_with("data-src") || attribute.name() == "data-original" {
                lazy = Some(attribute.name());
            }
            check_attribute(
                &mut context,
                name,
                attribute.qualified(),
                attribute.value(),
                || attribute.range(),
                report,
            );
        }
        check_lazy(
            &mut context,
            name,
            lazy,
            element.value("src"),
            || element.range(),
            report,
        );
    }
}

/// What MathML and SVG may hold in the eyes of the W3C validator, as far as its messages can be told from its cases.
const MATHML: &[&str] = &[
    "maction",
    "annotation",
    "annotation-xml",
    "math",
    "menclose",
    "merror",
    "mfenced",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "none",
    "semantics",
];
const MATHML_ATTRIBUTES: &[&str] = &[
    "actiontype",
    "align",
    "columnalign",
    "columnlines",
    "columnspacing",
    "columnspan",
    "depth",
    "dir",
    "display",
    "displaystyle",
    "encoding",
    "equalcolumns",
    "equalrows",
    "fence",
    "fontstyle",
    "fontweight",
    "form",
    "frame",
    "height",
    "linethickness",
    "lspace",
    "mathbackground",
    "mathcolor",
    "mathsize",
    "mathvariant",
    "maxsize",
    "minsize",
    "open",
    "close",
    "other",
    "rowalign",
    "rowlines",
    "rowspacing",
    "rowspan",
    "rspace",
    "scriptlevel",
    "selection",
    "separator",
    "separators",
    "stretchy",
    "symmetric",
    "width",
    "class",
    "id",
    "style",
    "xref",
    "notation",
    "accent",
];

fn check_foreign(context: &mut Context<'_, '_>, element: &Element<'_>, report: &mut Collector) {
    let name = element.name();
    if element.ns() == Ns::MATHML && report.is_w3c() {
        if !MATHML.contains(&name) {
            context.add(
                report,
                &ELEMENT_UNSAFE,
                element.range(),
                format!("there is no `{name}` in MathML"),
                "remove it",
            );
        }
        for attribute in element.attributes().filter(|attribute| attribute.ns() == Ns::NONE) {
            if !MATHML_ATTRIBUTES.contains(&attribute.name()) {
                context.add(
                    report,
                    &HANDLER,
                    attribute.range(),
                    format!("there is no `{}` in MathML", attribute.name()),
                    "remove it",
                );
            }
        }
    }
    let is_of_feeds =
        extensions::of(element.ns()).is_some_and(|table| table.iter().any(|extension| extension.def.name == name));
    if is_of_feeds {
        report
            .add(
                &structure::EXTENSION_MISPLACED,
                element.range(),
                format!("`{}` has no meaning inside XHTML", element.qualified()),
            )
            .help("move it to where its specification puts it")
            .about(element);
    }
    let is_script =
        name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("foreignObject") && element.ns() == Ns::SVG;
    if is_script {
        context.add(
            report,
            &ELEMENT_UNSAFE,
            element.range(),
            format!("`{name}` in an entry"),
            "readers remove it: leave it out",
        );
    }
    for attribute in element
        .attributes()
        .filter(|attribute| attribute.name().starts_with("on"))
    {
        context.add(
            report,
            &HANDLER,
            attribute.range(),
            format!("`{}` on `{name}`", attribute.name()),
            "readers remove it: leave scripts to the page",
        );
    }
}

/// The range in the document of a range of a run of text: escapes are longer there.
fn in_source(document: &str, run: &Text<'_>, range: Range<usize>) -> Range<usize> {
    let source = run.range();
    let raw = document.get(source.clone()).unwrap_or("");
    if raw.len() == run.value.len() {
        return source.start + range.start..source.start + range.end;
    }
    let start = offset(raw, range.start);
    let end = start + offset(&raw[start..], range.end - range.start);
    source.start + start..source.start + end
}

/// How many bytes of raw text make `length` bytes of its meaning.
fn offset(raw: &str, length: usize) -> usize {
    let bytes = raw.as_bytes();
    let mut at = 0;
    let mut made = 0;
    while made < length && at < bytes.len() {
        match bytes[at] {
            b'&' => {
                let end = memchr::memchr(b';', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
                made += match raw.get(at..end) {
                    Some(reference) if reference.starts_with("&#") => character_length(reference),
                    _ => 1,
                };
                at = end;
            }
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => at += 1,
            _ => {
                at += 1;
                made += 1;
            }
        }
    }
    while !raw.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn character_length(reference: &str) -> usize {
    let digits = reference.trim_start_matches("&#").trim_end_matches(';');
    let code = match digits.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    code.ok().and_then(char::from_u32).map_or(1, char::len_utf8)
}

/// Checks a tag of HTML that stands in a JSON string, whose place is that of the string.
pub(super) fn check_tag_of_json(tag: &Tag<'_>, range: Range<usize>, report: &mut Collector) {
    if is_one_of(tag.name, UNSAFE) && !is_one_of(tag.name, &["html", "head", "body", "title"]) {
        report
            .add(&ELEMENT_UNSAFE, range, format!("`{}` in an entry", shown(tag.name)))
            .help("readers remove it: leave it out, and link to what it shows");
        return;
    }
    for attribute in &tag.attributes {
        let value = unescape(attribute.raw);
        let scheme = address::scheme(value.trim()).map(str::to_ascii_lowercase);
        if attribute
            .name
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case("on"))
        {
            report
                .add(
                    &HANDLER,
                    range,
                    format!("`{}` on `{}`", shown(attribute.name), shown(tag.name)),
                )
                .help("readers remove it: leave scripts to the page");
            return;
        }
        if is_one_of(attribute.name, ADDRESSES) && matches!(scheme.as_deref(), Some("javascript" | "vbscript")) {
            report
                .add(
                    &ADDRESS_UNSAFE,
                    range,
                    format!("`{}` of `{}` runs a script", attribute.name, shown(tag.name)),
                )
                .help("readers remove it: link to a page");
            return;
        }
        let is_relative = scheme.is_none() && !value.starts_with(['#', '/']) && !value.trim().is_empty()
            || value.starts_with('/') && !value.starts_with("//");
        if is_one_of(attribute.name, &["href", "src", "poster"]) && is_relative {
            report
                .add(
                    &ADDRESS_RELATIVE,
                    range,
                    format!(
                        "`{}=\"{}\"` is relative, and a feed has no page to be relative to",
                        attribute.name,
                        shown(&value)
                    ),
                )
                .help("write the whole address, from `https://` on");
            return;
        }
    }
}
