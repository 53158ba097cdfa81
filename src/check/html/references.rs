//! Character references in attribute values.

use std::borrow::Cow;

/// Resolves the references that can disguise a URL or a style: numeric references, and named references to some ASCII
/// characters.
///
/// HTML defines more than 2,000 other names, but the characters that they represent do not occur in URL schemes or
/// style properties.
pub(in crate::check) fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match reference(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Resolves the reference at the start of `text`, which begins after the `&`; returns the character and the length of
/// the reference.
fn reference(text: &str) -> Option<(char, usize)> {
    const NAMES: [(&str, char); 12] = [
        ("amp;", '&'),
        ("lt;", '<'),
        ("gt;", '>'),
        ("quot;", '"'),
        ("apos;", '\''),
        ("colon;", ':'),
        ("Tab;", '\t'),
        ("NewLine;", '\n'),
        ("lpar;", '('),
        ("rpar;", ')'),
        ("sol;", '/'),
        // Browsers also accept `&amp` without a semicolon. `amp` is last in the list, so that `amp;` is matched first.
        ("amp", '&'),
    ];
    if let Some(number) = text.strip_prefix('#') {
        let (digits, radix, lead) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 2),
            None => (number, 10, 1),
        };
        let length = digits
            .bytes()
            .take_while(|byte| char::from(*byte).is_digit(radix))
            .count();
        if length == 0 {
            return None;
        }
        // Browsers ignore leading zeros, so even a reference with many digits can have a small value.
        let code = digits[..length]
            .chars()
            .filter_map(|digit| digit.to_digit(radix))
            .fold(0u32, |code, digit| code.saturating_mul(radix).saturating_add(digit));
        // Browsers also resolve numeric references without a semicolon, so such references can disguise a scheme.
        let closed = usize::from(digits.as_bytes().get(length) == Some(&b';'));
        return Some((char::from_u32(code).unwrap_or('\u{FFFD}'), lead + length + closed));
    }
    NAMES
        .iter()
        .find(|(name, _)| text.starts_with(name))
        .map(|&(name, c)| (c, name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_as_browsers_do() {
        for (raw, expected) in [
            ("&#106;avascript:", "javascript:"),
            ("&#0000000106;avascript:", "javascript:"),
            ("&#x000000006A;avascript&colon;", "javascript:"),
            ("&#106avascript:", "javascript:"),
            ("&#99999999999;", "\u{FFFD}"),
            ("&#;&#x;&#xg", "&#;&#x;&#xg"),
            ("a&b&amp;c", "a&b&c"),
        ] {
            assert_eq!(unescape(raw), expected, "{raw}");
        }
    }
}
