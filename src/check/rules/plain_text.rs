//! Plain text that readers display: checks for markup, double escapes, template placeholders, and text that was decoded
//! with the wrong encoding.

use crate::check::field::{Field, excerpt};
use crate::check::html::elements::{self, SUPPORTED};
use crate::check::report::Collector;
use crate::feed::xml::Element;
use crate::finding::rules;

rules! { "plain_text":
    MARKUP        = "feed-text-markup",          Warning, "the text contains markup, which readers show literally",                "RSS 2.0; RFC 4287 section 3.1.1.1", "ContainsHTML";
    ESCAPED_TWICE = "feed-text-escaped-twice",   Warning, "the text contains a character reference, which readers show literally", "RSS 2.0; RFC 4287 section 3.1.1.1", "ContainsHTML";
    PLACEHOLDER   = "feed-template-placeholder", Warning, "a template placeholder was not filled in",                              "readers show it as it is";
    DAMAGED       = "feed-text-damaged",         Warning, "the text appears to have been decoded with the wrong encoding",         "Unicode 23.8; XML 1.0 section 2.2", "BadCharacters";
}

/// The names of HTML 4's character references: Latin-1, symbols and Greek, then markup and punctuation.
const ENTITY_NAMES: &str = " nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml \
Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times \
Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc \
euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute \
thorn yuml fnof Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma Tau \
Upsilon Phi Chi Psi Omega alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf \
sigma tau upsilon phi chi psi omega thetasym upsih piv bull hellip prime Prime oline frasl weierp image real trade \
alefsym larr uarr rarr darr harr crarr lArr uArr rArr dArr hArr forall part exist empty nabla isin notin ni prod sum \
minus lowast radic prop infin ang and or cap cup int there4 sim cong asymp ne equiv le ge sub sup nsub sube supe oplus \
otimes perp sdot lceil rceil lfloor rfloor lang rang loz spades clubs hearts diams quot amp lt gt apos OElig oelig Scaron \
scaron Yuml circ tilde ensp emsp thinsp zwnj zwj lrm rlm ndash mdash lsquo rsquo sbquo ldquo rdquo bdquo dagger Dagger \
permil lsaquo rsaquo euro ";

/// Whether this is the name of an HTML 4 character reference.
fn is_entity_name(name: &str) -> bool {
    // Every name in the list has a space on both sides, so that `ang` does not match inside `rang`.
    !name.is_empty() && memchr::memmem::find(ENTITY_NAMES.as_bytes(), format!(" {name} ").as_bytes()).is_some()
}

/// Checks plain text. `class` is the W3C validator's message class for markup in the text.
pub(super) fn check(field: &Field<'_, '_>, class: &'static str, report: &mut Collector) {
    let text = field.text;
    if let Some(tag) = find_tag(text) {
        field
            .add(
                report,
                &MARKUP,
                format!("{} contains markup: `{}`", field.name(), excerpt(tag)),
            )
            .help("remove the markup")
            .class(class);
    } else if let Some(escape) = find_double_escape(text, report.is_w3c()) {
        field
            .add(
                report,
                &ESCAPED_TWICE,
                format!("{} contains `{escape}`, which readers show literally", field.name()),
            )
            .help("escape the text only once: write `&` as `&amp;`, `<` as `&lt;`, and all other characters literally")
            .class(class);
    }
    check_placeholder(field, report);
}

fn check_placeholder(field: &Field<'_, '_>, report: &mut Collector) {
    if let Some(placeholder) = find_placeholder(field.text) {
        field
            .add(
                report,
                &PLACEHOLDER,
                format!("{} contains the placeholder `{}`", field.name(), excerpt(placeholder)),
            )
            .help("find out why the generator did not replace it");
    }
}

/// The first template placeholder in the text: a variable or a command of a template language.
pub(super) fn find_placeholder(text: &str) -> Option<&str> {
    // Nearly all strings contain neither `{` nor `%`, and this call is the fastest way to check that.
    memchr::memchr2(b'{', b'%', text.as_bytes())?;
    // Liquid, Jinja and Handlebars use `{{ … }}`, Liquid and Jinja also use `{% … %}`, and ERB and EJS use `<% … %>`.
    for (open, close) in [("{{", "}}"), ("{%", "%}"), ("<%", "%>")] {
        let Some(start) = memchr::memmem::find(text.as_bytes(), open.as_bytes()) else {
            continue;
        };
        let rest = &text[start..];
        if let Some(end) = memchr::memmem::find(&rest.as_bytes()[2..], close.as_bytes()) {
            return rest.get(..end + 4);
        }
    }
    None
}

/// The first HTML tag that is either an end tag or the tag of a void element.
///
/// Other start tags are ignored, because `a<b` and `<name>` also occur in ordinary text.
fn find_tag(text: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', text.as_bytes().get(from..)?).map(|at| from + at) {
        let rest = &text[at + 1..];
        let is_end = rest.starts_with('/');
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = &name[..length];
        let is_void = ["br", "hr", "img"].iter().any(|void| void.eq_ignore_ascii_case(name));
        if (is_end || is_void) && elements::traits(name) & SUPPORTED != 0 {
            // If there is no `>` after this `<`, there is none after the next `<` either.
            let close = rest.find('>')?;
            return text.get(at..at + close + 2);
        }
        from = at + 1;
    }
    None
}

/// The first character reference in text that has already been unescaped. If there is one, the text was escaped twice.
fn find_double_escape(text: &str, is_w3c: bool) -> Option<String> {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'&', text.as_bytes().get(from..)?).map(|at| from + at) {
        let rest = &text[at + 1..];
        from = at + 1;
        if let Some(number) = rest.strip_prefix('#') {
            let digits = number.trim_start_matches(['x', 'X']);
            let length = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
            let is_closed = digits.as_bytes().get(length) == Some(&b';') && length > 0;
            // The RSS Advisory Board tells publishers to write `&` and `<` as these references, even in CDATA sections.
            let is_profile = ["x26;", "x3C;", "x3c;"]
                .iter()
                .any(|reference| number.starts_with(reference));
            // The W3C validator also reports references without a semicolon, which browsers resolve too.
            if !is_profile && (is_closed || is_w3c) {
                let end = (length + 2 + number.len() - digits.len()).min(rest.len());
                return Some(format!("&{}", rest.get(..end).unwrap_or("#")));
            }
            continue;
        }
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let is_closed = rest.as_bytes().get(length) == Some(&b';');
        if (is_closed || is_w3c) && is_entity_name(&rest[..length]) {
            return Some(format!("&{}{}", &rest[..length], if is_closed { ";" } else { "" }));
        }
    }
    None
}

/// Reports characters that result from decoding text with the wrong encoding.
pub(super) fn check_characters(element: &Element<'_>, report: &mut Collector) {
    // Undecodable bytes have already been reported. They became replacement characters, which would be reported again
    // here.
    if report.has_unreadable_bytes && !report.is_w3c() {
        return;
    }
    for text in element.texts() {
        // In UTF-8, every character that `find_damage` looks for starts with one of three bytes: 0xC2 or 0xC3 (U+0080
        // to U+00FF), or 0xEF (U+FFFD).
        let bytes = text.value.as_bytes();
        let Some(first) = memchr::memchr3(0xC2, 0xC3, 0xEF, bytes) else {
            continue;
        };
        let Some(damage) = find_damage(&text.value[first..]) else {
            continue;
        };
        report
            .add(
                &DAMAGED,
                element.text_range(),
                format!("`{}` contains {damage}", element.qualified()),
            )
            .help("decode the text with the encoding that it was written in, and write it as UTF-8")
            .about(element);
        return;
    }
}

/// Describes the first sign that the text was decoded incorrectly, as a phrase for a message.
fn find_damage(text: &str) -> Option<&'static str> {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{FFFD}' => return Some("a replacement character"),
            // U+0085 is not reported, because it is a line break (NEL).
            '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}' => return Some("a control character"),
            // This character may represent the first byte of a UTF-8 sequence whose bytes were decoded as separate
            // characters.
            '\u{C2}'..='\u{F4}' => {
                // In UTF-8, U+0080 to U+00FF begin with 0xC2 or 0xC3, which are `Â` and `Ã` in Latin-1: for example,
                // `é` turns into `Ã©`.
                if chars.peek().is_some_and(|&next| is_continuation(next))
                    && c <= '\u{DF}'
                    && matches!(c, '\u{C2}' | '\u{C3}')
                {
                    return Some("UTF-8 text that was decoded as Latin-1");
                }
                // Curly quotes and dashes begin with 0xE2 0x80 in UTF-8, which is `â€` in windows-1252.
                if c == '\u{E2}' && matches!(chars.peek(), Some('\u{20AC}' | '\u{80}')) {
                    return Some("UTF-8 text that was decoded as windows-1252");
                }
            }
            _ => {}
        }
    }
    None
}

fn is_continuation(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{BF}')
}

/// Whether text contains an HTML tag.
pub(super) fn has_markup(text: &str) -> bool {
    find_tag(text).is_some()
}

/// Checks plain text in an element that could contain HTML if it declared `type="html"`. Markup in the text is reported
/// under `rule`.
pub(super) fn check_undeclared_html(
    field: &Field<'_, '_>,
    rule: &'static crate::finding::Rule,
    report: &mut Collector,
) {
    if let Some(tag) = find_tag(field.text) {
        field
            .add(
                report,
                rule,
                format!("{} contains markup: `{}`", field.name(), excerpt(tag)),
            )
            .help("write `type=\"html\"`, or remove the markup");
    } else if let Some(escape) = find_double_escape(field.text, report.is_w3c()) {
        field
            .add(
                report,
                &ESCAPED_TWICE,
                format!("{} contains `{escape}`, which readers show literally", field.name()),
            )
            .help("write `type=\"html\"`, or escape the text only once")
            .class("ContainsUndeclaredHTML");
    }
    check_placeholder(field, report);
}
