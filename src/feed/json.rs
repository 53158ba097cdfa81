//! A strict JSON reader (RFC 8259) that records the byte range of every value.
//!
//! serde_json cannot be used instead: it reports positions only for errors. The tests compare the two readers.

use std::borrow::Cow;
use std::ops::Range;

/// The maximum nesting depth. JSON Feed needs five levels, and extensions a few more. Values are read recursively, so
/// without a limit, a document full of opening brackets would overflow the stack.
const MAX_DEPTH: usize = 100;

/// The maximum number of values. A real feed of 100 MB has fewer than half as many. A value takes twenty times as much
/// memory as the text `1,`, so without a limit, a document of 100 MB could take gigabytes.
const MAX_VALUES: usize = 2_000_000;

/// The maximum length of a number, in bytes.
const MAX_NUMBER: usize = 1000;

/// A value and its range in the document.
#[derive(Debug)]
pub(crate) struct Value<'t> {
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind<'t>,
}

/// The kind of a value, with its content.
#[derive(Debug)]
pub(crate) enum Kind<'t> {
    Null,
    Bool,
    /// A number as written. No rule needs its value as a float.
    Number(&'t str),
    String(Cow<'t, str>),
    Array(Vec<Value<'t>>),
    /// The members in document order. Members with the same name are all kept, so that a rule can report them.
    Object(Vec<Member<'t>>),
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member<'t> {
    pub(crate) name: Cow<'t, str>,
    pub(crate) name_range: Range<usize>,
    pub(crate) value: Value<'t>,
}

/// The error that stopped the reader: invalid syntax, or a limit that was exceeded.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) at: Range<usize>,
    pub(crate) message: &'static str,
    /// Whether the document exceeds a limit of this reader. Otherwise, its syntax is invalid.
    pub(crate) is_limit: bool,
}

impl<'t> Value<'t> {
    /// The string, if this value is a string.
    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number as written, if this value is a number.
    pub(crate) fn as_number(&self) -> Option<&'t str> {
        match self.kind {
            Kind::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// The members, if this value is an object.
    pub(crate) fn as_object(&self) -> Option<&[Member<'t>]> {
        match &self.kind {
            Kind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The values in the array, if this value is an array.
    pub(crate) fn as_array(&self) -> Option<&[Value<'t>]> {
        match &self.kind {
            Kind::Array(values) => Some(values),
            _ => None,
        }
    }

    /// The name that messages use for this kind of value.
    pub(crate) fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "`null`",
            Kind::Bool => "`true` or `false`",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
        }
    }
}

/// The value of the member with this name. If several members have this name, the last one counts, as in the JSON
/// libraries that feed readers use.
pub(crate) fn member<'v, 't>(members: &'v [Member<'t>], name: &str) -> Option<&'v Value<'t>> {
    let member = members.iter().rfind(|member| member.name == name)?;
    Some(&member.value)
}

/// Reads a document.
pub(crate) fn read(text: &str) -> Result<Value<'_>, Fault> {
    let mut reader = Reader { text, at: 0, values: 0 };
    reader.space();
    let value = reader.value(0)?;
    reader.space();
    if reader.at < text.len() {
        return Err(reader.fault("unexpected content after the end of the JSON value"));
    }
    Ok(value)
}

/// Converts a range in the value of a string to a range in the document.
///
/// `range` is the range of the string in the document, including the quotes; `part` is a range in the value of the
/// string. In the value, each escape is replaced by the character that it represents.
pub(crate) fn range_in_string(document: &str, range: Range<usize>, part: Range<usize>) -> Range<usize> {
    let mut reader = Reader {
        text: &document[..range.end],
        at: range.start + 1,
        values: 0,
    };
    let mut value_at = 0;
    let mut start = reader.at;
    while value_at < part.end && reader.at < range.end {
        // After the loop, `start` is the offset of the last character that begins at or before the start of the part.
        // If that character is written as an escape, the whole escape is included.
        if value_at <= part.start {
            start = reader.at;
        }
        let before = reader.at;
        value_at += match reader.text[before..].chars().next() {
            Some('\\') => reader.escape().map_or(1, char::len_utf8),
            c => {
                let length = c.map_or(1, char::len_utf8);
                reader.at += length;
                length
            }
        };
        // An invalid escape does not advance the reader. Without this line, the loop would not end.
        reader.at = reader.at.max(before + 1);
    }
    start..reader.at.max(start + 1)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// The number of values whose start has been read.
    values: usize,
}

impl<'t> Reader<'t> {
    fn fault(&self, message: &'static str) -> Fault {
        Fault {
            // At the end of the document, this range is one byte too long. It is shortened when it is converted to a
            // line and a column.
            at: self.at..self.at + 1,
            message,
            is_limit: false,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    // The recursion depth is limited by `MAX_DEPTH`.
    fn value(&mut self, depth: usize) -> Result<Value<'t>, Fault> {
        let start = self.at;
        if depth > MAX_DEPTH {
            return Err(Fault {
                is_limit: true,
                ..self.fault("values are nested more than 100 levels deep")
            });
        }
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(Fault {
                is_limit: true,
                ..self.fault("the document has more than 2,000,000 values")
            });
        }
        let kind = match self.peek() {
            None => return Err(self.fault("the document ends where a value is expected")),
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Kind::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(_) => self.word()?,
        };
        Ok(Value {
            range: start..self.at,
            kind,
        })
    }

    fn word(&mut self) -> Result<Kind<'t>, Fault> {
        let words = [("null", Kind::Null), ("true", Kind::Bool), ("false", Kind::Bool)];
        // A longer word, such as `nullable`, is reported by the caller, because `able` is not valid after a value.
        for (word, kind) in words {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(kind);
            }
        }
        Err(self.fault("not a JSON value: strings must be in double quotes"))
    }

    fn number(&mut self) -> Result<Kind<'t>, Fault> {
        let start = self.at;
        let digits = |reader: &mut Self| {
            let start = reader.at;
            while reader.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                reader.at += 1;
            }
            reader.at - start
        };
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let first = self.peek();
        let whole = digits(self);
        // RFC 8259 section 6: no leading zeros, and digits on both sides of the decimal point.
        if whole == 0 || whole > 1 && first == Some(b'0') {
            return Err(self.fault("not a number"));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if digits(self) == 0 {
                return Err(self.fault("not a number"));
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if digits(self) == 0 {
                return Err(self.fault("not a number"));
            }
        }
        if self.at - start > MAX_NUMBER {
            return Err(Fault {
                is_limit: true,
                ..self.fault("a number is longer than 1,000 bytes")
            });
        }
        Ok(Kind::Number(&self.text[start..self.at]))
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Fault> {
        self.at += 1;
        let start = self.at;
        let mut owned: Option<String> = None;
        let mut copied = start;
        loop {
            match self.peek() {
                None => return Err(self.fault("a string is not closed")),
                Some(b'"') => {
                    // A string without escapes, which is the usual case, is borrowed from the document.
                    let tail = &self.text[copied..self.at];
                    self.at += 1;
                    return Ok(match owned {
                        None => Cow::Borrowed(tail),
                        Some(mut owned) => {
                            owned.push_str(tail);
                            Cow::Owned(owned)
                        }
                    });
                }
                Some(b'\\') => {
                    let out = owned.get_or_insert_with(String::new);
                    out.push_str(&self.text[copied..self.at]);
                    let c = self.escape()?;
                    owned.get_or_insert_with(String::new).push(c);
                    copied = self.at;
                }
                Some(byte) if byte < 0x20 => {
                    return Err(self.fault("a control character in a string must be escaped"));
                }
                // All bytes of a multi-byte character are 0x80 or higher, so they cannot be mistaken for a quote or a
                // backslash.
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let c = match self.text.as_bytes().get(self.at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.fault("not a valid JSON escape")),
        };
        self.at += 2;
        Ok(c)
    }

    /// Reads one `\uXXXX` escape, or two that form a surrogate pair. RFC 8259 allows lone surrogates, but a Rust
    /// `String` cannot contain them, so each of them becomes U+FFFD.
    fn unicode(&mut self) -> Result<char, Fault> {
        let high = self.hexadecimal()?;
        if !(0xD800..0xE000).contains(&high) {
            return Ok(char::from_u32(high).unwrap_or('\u{FFFD}'));
        }
        if high < 0xDC00 && self.text[self.at..].starts_with("\\u") {
            let back = self.at;
            let low = self.hexadecimal()?;
            if (0xDC00..0xE000).contains(&low) {
                let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or('\u{FFFD}'));
            }
            // The escape after this high surrogate is not a low surrogate. Go back, because that escape is decoded
            // separately.
            self.at = back;
        }
        Ok('\u{FFFD}')
    }

    fn hexadecimal(&mut self) -> Result<u32, Fault> {
        let digits = self
            .text
            .get(self.at + 2..self.at + 6)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let Some(code) = code else {
            return Err(self.fault("`\\u` must be followed by four hexadecimal digits"));
        };
        self.at += 6;
        Ok(code)
    }

    fn array(&mut self, depth: usize) -> Result<Kind<'t>, Fault> {
        self.at += 1;
        let mut values = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Kind::Array(values));
        }
        loop {
            self.space();
            values.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Kind::Array(values));
                }
                _ => return Err(self.fault("expected `,` or `]` in an array")),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Kind<'t>, Fault> {
        self.at += 1;
        let mut members = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Kind::Object(members));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.fault("expected a double-quoted name in an object"));
            }
            let start = self.at;
            let name = self.string()?;
            let name_range = start..self.at;
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.fault("expected `:` after a name in an object"));
            }
            self.at += 1;
            self.space();
            let value = self.value(depth + 1)?;
            members.push(Member {
                name,
                name_range,
                value,
            });
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Kind::Object(members));
                }
                _ => return Err(self.fault("expected `,` or `}` in an object")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_serde_json_accepts() {
        for text in [
            "{}",
            "[]",
            "null",
            "{\"a\":[1,-2.5e3,\"\\u00e9\\ud83d\\ude00\"]}",
            " [true, false] ",
            "01",
            "1.",
            "[1,]",
            "{\"a\"}",
            "{a:1}",
            "nul",
            "\"\u{1}\"",
            "\"\\x\"",
            "{} {}",
            "",
            "[1 2]",
            "NaN",
            "\"a",
            "{\"a\":1,}",
            "-",
        ] {
            let expected = serde_json::from_str::<serde_json::Value>(text).is_ok();
            assert_eq!(read(text).is_ok(), expected, "{text}");
        }
    }

    #[test]
    fn deep_nesting_does_not_overflow_the_stack() {
        assert!(read(&"[".repeat(100_000)).is_err_and(|fault| fault.is_limit));
    }
}
