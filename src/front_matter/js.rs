//! One reader for the three notations with braces: JSON, the object literals of MDX exports, YAML's flow collections.
//!
//! It reads all of them tolerantly and keeps numbers as written; for JSON, the first departure from RFC 8259 is
//! reported.

use super::{Block, Field, Value, limits};
use crate::finding::{Finding, article as rules};

/// Reads a block that holds a JSON object, its braces included or not (`;;;`).
pub(super) fn read_json(block: &Block<'_>, findings: &mut Vec<Finding>) -> Vec<Field> {
    let text = block.text();
    let mut reader = Reader::new(text, block.first_line(), Notation::Json);
    reader.skip_blanks();
    let has_braces = reader.peek() == Some(b'{');
    reader.at += usize::from(has_braces);
    let fields = reader.members(0);
    reader.skip_blanks();
    if reader.at < text.len() {
        reader.deviate(reader.at, "text after the object");
    }
    if reader.is_too_deep {
        findings.push(limits::too_deep(block.location(reader.at, reader.at + 1)));
    }
    let duplicate = super::yaml::first_duplicate(&fields);
    if let Some((key, first, second)) = duplicate {
        let line_at = byte_of_line(text, second - block.first_line());
        findings.push(super::yaml::Duplicate::new(key, first, line_at).finding(block));
    }
    if let Some((at, reason)) = reader.deviation.filter(|_| !block.is_unclosed) {
        let message = format!("not valid JSON: {reason}");
        findings.push(
            Finding::new(&rules::FRONT_MATTER_INVALID, block.location(at, at + 1), message)
                .help("correct it, or write the front matter in YAML between `---` lines"),
        );
    }
    fields
}

fn byte_of_line(text: &str, index: u32) -> usize {
    match index {
        0 => 0,
        _ => memchr::memchr_iter(b'\n', text.as_bytes())
            .nth(index as usize - 1)
            .map_or(0, |at| at + 1),
    }
}

/// The object literal at the start of a script's text, and the byte after its closing brace.
pub(super) fn read_literal(text: &str, first_line: u32) -> Option<(Vec<Field>, usize)> {
    let mut reader = Reader::new(text, first_line, Notation::Script);
    reader.skip_blanks();
    (reader.peek() == Some(b'{')).then_some(())?;
    reader.at += 1;
    let fields = reader.members(0);
    (reader.last == Some(b'}')).then_some((fields, reader.at))
}

/// A flow collection of YAML that makes up a whole text.
pub(super) fn read_flow(text: &str) -> Option<Value> {
    let mut reader = Reader::new(text, 1, Notation::Flow);
    let value = reader.value(0);
    reader.skip_blanks();
    let is_whole = reader.at == text.len() && !reader.is_too_deep && reader.deviation.is_none();
    is_whole.then_some(value)
}

/// The byte after the brace that closes the object which opens at byte `from`.
pub(super) fn end_of_object(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b'"' => at = end_of_string(bytes, at)?,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The byte of the quote that closes the string which opens at byte `from`.
fn end_of_string(bytes: &[u8], from: usize) -> Option<usize> {
    let quote = *bytes.get(from)?;
    let mut at = from + 1;
    loop {
        at += memchr::memchr3(quote, b'\\', b'\n', bytes.get(at..)?)?;
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'\n' if quote != b'`' => return None,
            b'\n' => at += 1,
            _ => return Some(at),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notation {
    Json,
    Script,
    Flow,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    notation: Notation,
    /// Where the last place was counted up to: byte, line, column.
    counted: (usize, u32, u32),
    nodes: usize,
    /// The bracket that ended the last collection.
    last: Option<u8>,
    is_too_deep: bool,
    deviation: Option<(usize, String)>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, first_line: u32, notation: Notation) -> Self {
        Reader {
            text,
            at: 0,
            notation,
            counted: (0, first_line, 1),
            nodes: 0,
            last: None,
            is_too_deep: false,
            deviation: None,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn deviate(&mut self, at: usize, reason: impl Into<String>) {
        self.deviation.get_or_insert_with(|| (at, reason.into()));
    }

    /// Line and column of the byte that the reader is at.
    fn place(&mut self) -> (u32, u32) {
        let (from, mut line, mut column) = self.counted;
        for c in self.text.get(from..self.at).unwrap_or_default().chars() {
            if c == '\n' {
                line += 1;
                column = 1;
            } else {
                column += 1;
            }
        }
        self.counted = (self.at, line, column);
        (line, column)
    }

    /// Skips blanks and comments.
    fn skip_blanks(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            let rest = &self.text[self.at..];
            let length = if self.notation == Notation::Flow {
                None
            } else if rest.starts_with("//") {
                Some(rest.find('\n').unwrap_or(rest.len()))
            } else if rest.starts_with("/*") {
                Some(rest.find("*/").map_or(rest.len(), |end| end + 2))
            } else {
                None
            };
            let Some(length) = length else { return };
            self.deviate(self.at, "a comment");
            self.at += length;
        }
    }

    /// Members up to a closing brace, which is taken, or the end.
    fn members(&mut self, depth: usize) -> Vec<Field> {
        let mut fields = Vec::new();
        self.last = None;
        loop {
            self.skip_blanks();
            let start = self.at;
            match self.peek() {
                None => return fields,
                Some(b'}') => {
                    self.at += 1;
                    self.last = Some(b'}');
                    return fields;
                }
                Some(b',') => {
                    self.deviate(start, "a comma without a value");
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            let (line, _) = self.place();
            let Some(key) = self.key() else {
                self.deviate(start, "a key in double quotes is missing");
                self.at = self.text.len();
                return fields;
            };
            self.skip_blanks();
            let has_colon = self.peek() == Some(b':');
            if !has_colon {
                self.deviate(self.at, "a colon is missing");
            }
            self.at += usize::from(has_colon);
            self.skip_blanks();
            let column = match self.place() {
                (value_line, column) if value_line == line => column,
                _ => 1,
            };
            let value = if has_colon { self.value(depth + 1) } else { Value::Null };
            fields.push(Field {
                key,
                value,
                line,
                column,
            });
            self.last = None;
            if self.is_too_deep {
                return fields;
            }
            if !self.take_comma(b'}') {
                self.skip_line();
            }
        }
    }

    /// Takes the comma between two values; a comma before the closing bracket is a departure from JSON.
    fn take_comma(&mut self, closing: u8) -> bool {
        self.skip_blanks();
        let comma = self.at;
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.skip_blanks();
                let is_last = self.peek().is_none_or(|byte| byte == closing);
                if is_last && self.notation == Notation::Json {
                    self.deviate(comma, "a comma after the last value");
                }
                true
            }
            Some(byte) if byte == closing => true,
            None => true,
            Some(_) => {
                self.deviate(comma, "a comma is missing");
                false
            }
        }
    }

    /// After a missing comma the rest of the line is lost, the next line is not.
    fn skip_line(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.find(['\n', '}']).unwrap_or(rest.len());
    }

    fn key(&mut self) -> Option<String> {
        match self.peek()? {
            b'"' | b'\'' => self.string(),
            _ => {
                let rest = &self.text[self.at..];
                let end = rest.find([':', ',', '}', '\n']).unwrap_or(rest.len());
                let key = rest[..end].trim();
                (!key.is_empty() && !key.contains(['{', '[', '"'])).then_some(())?;
                self.deviate_in_json("a key without double quotes");
                self.at += end;
                Some(key.to_owned())
            }
        }
    }

    fn deviate_in_json(&mut self, reason: &str) {
        if self.notation == Notation::Json {
            self.deviate(self.at, reason);
        }
    }

    fn value(&mut self, depth: usize) -> Value {
        self.skip_blanks();
        self.nodes += 1;
        if depth > limits::DEPTH || self.nodes > limits::NODES {
            self.is_too_deep = true;
            self.at = self.text.len();
            return Value::Null;
        }
        match self.peek() {
            Some(b'{') => {
                self.at += 1;
                Value::Map(self.members(depth))
            }
            Some(b'[') if self.notation == Notation::Flow && self.text[self.at..].starts_with("[[") => self.bare(),
            Some(b'[') => {
                self.at += 1;
                self.items(depth)
            }
            Some(b'"' | b'\'') => match self.string() {
                Some(text) => Value::quoted(text),
                None => self.bare(),
            },
            Some(b'`') if self.notation == Notation::Script => match self.string() {
                Some(text) => Value::quoted(text),
                None => self.bare(),
            },
            _ => self.bare(),
        }
    }

    fn items(&mut self, depth: usize) -> Value {
        let mut items = Vec::new();
        loop {
            self.skip_blanks();
            match self.peek() {
                None => {
                    self.deviate(self.at, "the list is never closed");
                    return Value::List(items);
                }
                Some(b']') => {
                    self.at += 1;
                    return Value::List(items);
                }
                Some(b',') => {
                    self.deviate(self.at, "a comma without a value");
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            let before = self.at;
            items.push(self.value(depth + 1));
            if !self.take_comma(b']') && self.at == before {
                self.at = self.text.len();
            }
        }
    }

    /// A string in quotes; the reader stays where it is if the closing quote is missing.
    fn string(&mut self) -> Option<String> {
        let bytes = self.text.as_bytes();
        let quote = *bytes.get(self.at)?;
        let end = end_of_string(bytes, self.at)?;
        if quote != b'"' {
            self.deviate_in_json("a string in single quotes");
        }
        let raw = &self.text[self.at + 1..end];
        let text = if raw.contains('\\') {
            self.unescape(raw)
        } else {
            if raw.bytes().any(|byte| byte < b' ') {
                self.deviate_in_json("a control character in a string");
            }
            raw.to_owned()
        };
        self.at = end + 1;
        Some(text)
    }

    fn unescape(&mut self, raw: &str) -> String {
        let mut out = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find('\\') {
            out.push_str(&rest[..at]);
            let mut chars = rest[at + 1..].chars();
            let c = chars.next().unwrap_or('\\');
            rest = chars.as_str();
            match c {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                'r' => out.push('\r'),
                'b' => out.push('\u{8}'),
                'f' => out.push('\u{C}'),
                '"' | '\\' | '/' => out.push(c),
                'u' => match code_point(rest) {
                    Some((c, length)) => {
                        out.push(c);
                        rest = &rest[length..];
                    }
                    None => {
                        self.deviate_in_json("half a surrogate pair");
                        out.push('\u{FFFD}');
                        rest = rest.get(4..).unwrap_or_default();
                    }
                },
                _ => {
                    self.deviate_in_json("an unknown escape");
                    out.push(c);
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// A value without quotes, up to the comma or bracket that ends it.
    fn bare(&mut self) -> Value {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut open = 0usize;
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'(' | b'[' | b'{' => open += 1,
                b']' | b'}' if open == 0 => break,
                b')' | b']' | b'}' => open = open.saturating_sub(1),
                b',' if open == 0 => break,
                b'\n' if open == 0 && self.notation != Notation::Flow => break,
                b'"' | b'\'' if self.notation == Notation::Script => {
                    self.at = end_of_string(bytes, self.at).unwrap_or(self.at);
                }
                _ => {}
            }
            self.at += 1;
        }
        let text = self.text[start..self.at].trim();
        match self.notation {
            Notation::Json if !is_json_literal(text) => self.deviate(start, format!("`{text}` is no JSON value")),
            Notation::Script if is_expression(text) => return Value::Null,
            _ => {}
        }
        match text {
            "" | "null" | "undefined" => Value::Null,
            "~" if self.notation == Notation::Flow => Value::Null,
            _ => Value::plain(text),
        }
    }
}

/// The character that the digits after `\u` stand for, and how many bytes it takes.
fn code_point(digits: &str) -> Option<(char, usize)> {
    let unit = |from: usize| u32::from_str_radix(digits.get(from..from + 4)?, 16).ok();
    let high = unit(0)?;
    if let Some(c) = char::from_u32(high) {
        return Some((c, 4));
    }
    (digits.get(4..6)? == "\\u" && high < 0xDC00).then_some(())?;
    let low = unit(6).filter(|low| (0xDC00..0xE000).contains(low))?;
    char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).map(|c| (c, 10))
}

fn is_json_literal(text: &str) -> bool {
    matches!(text, "true" | "false" | "null") || text.parse::<serde_json::Number>().is_ok()
}

/// Whether a bare value of a script is something to be computed. A date made on the spot is as good as written.
fn is_expression(text: &str) -> bool {
    !text.starts_with("new Date(")
        && !matches!(text, "true" | "false" | "null")
        && text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$' | '(' | '.'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same value as another reader of JSON sees it; text and numbers alike as text.
    fn as_json(value: &Value) -> serde_json::Value {
        match value {
            Value::Null => serde_json::Value::Null,
            Value::Scalar { text, quoted: true } => text.clone().into(),
            Value::Scalar { text, .. } => serde_json::from_str(text).unwrap_or_default(),
            Value::List(items) => items.iter().map(as_json).collect(),
            Value::Map(fields) => map_as_json(fields),
        }
    }

    fn map_as_json(fields: &[Field]) -> serde_json::Value {
        serde_json::Value::Object(
            fields
                .iter()
                .map(|field| (field.key.clone(), as_json(&field.value)))
                .collect(),
        )
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<i32>().prop_map(|quarters| (f64::from(quarters) / 4.0).into()),
            "[a-z\"\\\\\n\u{1}é😀{}\\[\\]:,/ ]{0,8}".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 30, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
                prop::collection::btree_map("[a-z\"\\\\é]{0,4}", inner, 0..4)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn json_is_read_as_by_another_reader(values in prop::collection::btree_map("[a-z]{1,3}", json(), 1..5), pretty: bool) {
            let object = serde_json::Value::Object(values.into_iter().collect());
            let text = if pretty { format!("{object:#}") } else { object.to_string() };
            prop_assert_eq!(end_of_object(&text, 0), Some(text.len()));
            let mut reader = Reader::new(&text, 1, Notation::Json);
            reader.at = 1;
            let fields = reader.members(0);
            prop_assert_eq!(&reader.deviation, &None, "{}", text);
            prop_assert_eq!(map_as_json(&fields), object, "{}", text);
        }
    }
}
