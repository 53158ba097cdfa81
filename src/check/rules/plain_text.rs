//! Text for people: markup where none is shown, escapes too many, placeholders, characters that tell of damage.

use crate::check::document::Element;
use crate::check::html::elements::{self, SUPPORTED};
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::{Spot, shown};

rules! { "plain_text":
    MARKUP            = "feed-text-markup",          Warning, "markup where readers show text as it is",       "RSS 2.0; RFC 4287 section 3.1.1.1", "ContainsHTML";
    ESCAPED_TWICE     = "feed-text-escaped-twice",   Warning, "an escape that readers show as it is",          "RSS 2.0; RFC 4287 section 3.1.1.1", "ContainsHTML";
    PLACEHOLDER       = "feed-template-placeholder", Warning, "a placeholder that its template did not fill",  "readers show it as it is";
    DAMAGED           = "feed-text-damaged",         Warning, "characters that tell of a wrong encoding",      "Unicode 23.8; XML 1.0 section 2.2", "BadCharacters";
}

/// The names of HTML 4's references, in the order of their code points' blocks: Latin 1, symbols, Greek, punctuation.
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

/// Whether it is the name of one of HTML 4's references.
fn is_entity_name(name: &str) -> bool {
    !name.is_empty() && memchr::memmem::find(ENTITY_NAMES.as_bytes(), format!(" {name} ").as_bytes()).is_some()
}

/// Checks text that is shown as it is.
pub(super) fn check(spot: &Spot<'_, '_>, class: &'static str, report: &mut Collector) {
    let text = spot.text;
    if let Some(name) = end_tag(text) {
        spot.add(
            report,
            &MARKUP,
            format!("{} holds markup: `{}`", spot.name(), shown(name)),
        )
        .help("write the words alone")
        .class(class);
    } else if let Some(escape) = escape(text, report.is_w3c()) {
        spot.add(
            report,
            &ESCAPED_TWICE,
            format!("{} holds `{escape}`, which readers show as it is", spot.name()),
        )
        .help("escape once: `&amp;` in the file for `&`, and the character itself for all others")
        .class(class);
    }
    check_placeholder(spot, report);
}

/// Notes what a template left in.
pub(super) fn check_placeholder(spot: &Spot<'_, '_>, report: &mut Collector) {
    if let Some(placeholder) = placeholder(spot.text) {
        spot.add(
            report,
            &PLACEHOLDER,
            format!("{} holds `{}`", spot.name(), shown(placeholder)),
        )
        .help("find out why the generator did not fill it in");
    }
}

/// What looks like a variable or a command of a template language.
pub(super) fn placeholder(text: &str) -> Option<&str> {
    memchr::memchr2(b'{', b'%', text.as_bytes())?;
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

/// The first end tag of HTML, or void tag, in a text.
fn end_tag(text: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', text.as_bytes().get(from..)?).map(|at| from + at) {
        let rest = &text[at + 1..];
        let is_end = rest.starts_with('/');
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = &name[..length];
        let is_void = ["br", "hr", "img"].iter().any(|void| void.eq_ignore_ascii_case(name));
        if (is_end || is_void) && elements::traits(name) & SUPPORTED != 0 {
            // Where no `>` follows, none follows the next `<` either.
            let close = rest.find('>')?;
            return text.get(at..at + close + 2);
        }
        from = at + 1;
    }
    None
}

/// The first reference that was escaped once more than it should be.
fn escape(text: &str, is_w3c: bool) -> Option<String> {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'&', text.as_bytes().get(from..)?).map(|at| from + at) {
        let rest = &text[at + 1..];
        from = at + 1;
        if let Some(number) = rest.strip_prefix('#') {
            let digits = number.trim_start_matches(['x', 'X']);
            let length = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
            let is_closed = digits.as_bytes().get(length) == Some(&b';') && length > 0;
            // The hexadecimal reference to `&` or `<` in CDATA is what the RSS profile tells publishers to write.
            let is_profile = ["x26;", "x3C;", "x3c;"].iter().any(|known| number.starts_with(known));
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

/// Notes characters that were made by reading text in the wrong encoding, or that no one sees.
pub(super) fn check_characters(element: &Element<'_>, report: &mut Collector) {
    // Bytes that could not be read have been replaced here, and reported.
    if report.has_unreadable_bytes && !report.is_w3c() {
        return;
    }
    for text in element.texts() {
        // Only lead bytes of U+0080–U+00FF and of U+FFFD can begin one of these.
        let bytes = text.value.as_bytes();
        let Some(first) = memchr::memchr3(0xC2, 0xC3, 0xEF, bytes) else {
            continue;
        };
        let Some(what) = damage(&text.value[first..]) else {
            continue;
        };
        report
            .add(
                &DAMAGED,
                element.text_range(),
                format!("`{}` holds {what}", element.qualified()),
            )
            .help("text was read in another encoding than it was written in; read it as what it is, and write UTF-8")
            .about(element);
        return;
    }
}

fn damage(text: &str) -> Option<&'static str> {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{FFFD}' => return Some("a replacement character"),
            '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}' => return Some("a control character"),
            // The bytes of a UTF-8 sequence, each read as a character of its own.
            '\u{C2}'..='\u{F4}' => {
                if chars.peek().is_some_and(|&next| is_continuation(next))
                    && c <= '\u{DF}'
                    && matches!(c, '\u{C2}' | '\u{C3}')
                {
                    return Some("UTF-8 that was read as Latin 1");
                }
                if c == '\u{E2}' && matches!(chars.peek(), Some('\u{20AC}' | '\u{80}')) {
                    return Some("UTF-8 that was read as windows-1252");
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

/// Whether a text holds an end tag of HTML.
pub(super) fn has_markup(text: &str) -> bool {
    end_tag(text).is_some()
}

/// Checks text that is shown as it is, with a rule of its own for what looks like markup.
pub(super) fn check_as(spot: &Spot<'_, '_>, rule: &'static crate::finding::Rule, report: &mut Collector) {
    if let Some(name) = end_tag(spot.text) {
        spot.add(report, rule, format!("{} holds markup: `{}`", spot.name(), shown(name)))
            .help("say `type=\"html\"`, or write the words alone");
    } else if let Some(escape) = escape(spot.text, report.is_w3c()) {
        spot.add(
            report,
            &ESCAPED_TWICE,
            format!("{} holds `{escape}`, which readers show as it is", spot.name()),
        )
        .help("say `type=\"html\"`, or escape once")
        .class("ContainsUndeclaredHTML");
    }
    check_placeholder(spot, report);
}
