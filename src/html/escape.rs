//! Escapes text as HTML.

use crate::text::is_xml_char;

/// Escapes text as HTML that is also well-formed XML, and appends the result to `out`. The result can be used as
/// element content and in double-quoted attribute values.
///
/// Characters that XML 1.0 cannot represent are left out, and so are the C1 controls, which HTML forbids. A carriage
/// return becomes a line feed, as it would in any parser.
pub(crate) fn escape(text: &str, out: &mut String) {
    let (mut from, mut at) = (0, 0);
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| may_need_escape(*byte)) {
        at += next;
        let Some(c) = text[at..].chars().next() else { break };
        let start = at;
        at += c.len_utf8();
        let replacement = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            // XML does not allow `]]>` in text (XML 1.0 section 2.4).
            '>' => "&gt;",
            // An apostrophe needs no escaping, because attribute values are always written in double quotes.
            '"' => "&quot;",
            '\r' => "\n",
            _ if is_xml_char(c) && !matches!(c, '\u{7F}'..='\u{9F}') => continue,
            _ => "",
        };
        out.push_str(&text[from..start]);
        out.push_str(replacement);
        from = at;
    }
    out.push_str(&text[from..]);
}

/// Whether a byte may be the first byte of a character that [`escape`] replaces or leaves out: a markup character, a
/// control character, U+FFFE or U+FFFF.
///
/// Such bytes are rare outside markup, so most characters are never decoded.
fn may_need_escape(byte: u8) -> bool {
    matches!(
        byte,
        // In UTF-8, the characters U+0080 to U+00BF start with 0xC2, and U+F000 to U+FFFF start with 0xEF.
        0..=0x08 | 0x0B..=0x1F | b'&' | b'<' | b'>' | b'"' | 0x7F | 0xC2 | 0xEF
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_forbidden_characters_are_left_out() {
        for (text, expected) in [
            ("", ""),
            ("plain – text", "plain – text"),
            ("a < b & \"c\" > 'd'", "a &lt; b &amp; &quot;c&quot; &gt; 'd'"),
            ("&amp;", "&amp;amp;"),
            ("one\rtwo\tthree\nfour", "one\ntwo\tthree\nfour"),
            ("\0\u{8}\u{7F}\u{85}\u{FFFE}\u{FFFF}", ""),
            ("\u{A0}\u{FFFD}\u{1F600}", "\u{A0}\u{FFFD}\u{1F600}"),
        ] {
            let mut out = String::from("<p>");
            escape(text, &mut out);
            assert_eq!(out, format!("<p>{expected}"), "{text:?}");
        }
    }
}
