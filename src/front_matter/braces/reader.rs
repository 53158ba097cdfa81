//! The recursive reader that all three notations share.

use super::strings::{end_of_string, unescape};
use crate::front_matter::{Field, Value, limits};

/// The notation of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    Json,
    /// A JavaScript object literal.
    Script,
    /// A YAML flow collection.
    Flow,
}

pub(super) struct Reader<'a> {
    text: &'a str,
    /// The offset of the next byte.
    pub(super) at: usize,
    notation: Notation,
    /// The byte offset, line and column of the last position that was computed. The next computation continues from
    /// that position: counting from the start of the text for each key would take quadratic time.
    position: (usize, u32, u32),
    /// The number of values read so far.
    nodes: usize,
    /// Whether the last object ended at a closing brace rather than at the end of the text.
    pub(super) is_closed: bool,
    pub(super) is_too_deep: bool,
    /// The byte offset and a description of the first violation of RFC 8259.
    pub(super) deviation: Option<(usize, String)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, first_line: u32, notation: Notation) -> Self {
        Reader {
            text,
            at: 0,
            notation,
            position: (0, first_line, 1),
            nodes: 0,
            is_closed: false,
            is_too_deep: false,
            deviation: None,
        }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn deviate(&mut self, at: usize, reason: impl Into<String>) {
        self.deviation.get_or_insert_with(|| (at, reason.into()));
    }

    /// The line and column of the next byte.
    fn line_and_column(&mut self) -> (u32, u32) {
        let (from, mut line, mut column) = self.position;
        for c in self.text.get(from..self.at).unwrap_or_default().chars() {
            if c == '\n' {
                line += 1;
                column = 1;
            } else {
                column += 1;
            }
        }
        self.position = (self.at, line, column);
        (line, column)
    }

    /// Skips white space and comments.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            let rest = &self.text[self.at..];
            // In YAML, `//` and `/*` do not start a comment.
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

    /// Reads the members of an object up to and including the closing brace, or up to the end of the text if the brace
    /// is missing.
    pub(super) fn members(&mut self, depth: usize) -> Vec<Field> {
        let mut fields = Vec::new();
        self.is_closed = false;
        loop {
            self.skip_blanks();
            let start = self.at;
            match self.peek() {
                None => return fields,
                Some(b'}') => {
                    self.at += 1;
                    self.is_closed = true;
                    return fields;
                }
                Some(b',') => {
                    self.deviate(start, "a comma without a value");
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            let (line, _) = self.line_and_column();
            let Some(key) = self.key() else {
                // Without a key, we cannot tell where the next member starts.
                self.deviate(start, "expected a key in double quotes");
                self.at = self.text.len();
                return fields;
            };
            self.skip_blanks();
            let has_colon = self.peek() == Some(b':');
            if !has_colon {
                self.deviate(self.at, "expected a colon");
            }
            self.at += usize::from(has_colon);
            self.skip_blanks();
            // A field stores the line of its key but not the line of its value, so the column of a value on a later
            // line would be misleading.
            let column = match self.line_and_column() {
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
            // If the value is an object, its closing brace has set `is_closed`.
            self.is_closed = false;
            if self.is_too_deep {
                return fields;
            }
            if !self.skip_comma(b'}') {
                self.skip_line();
            }
        }
    }

    /// Skips the comma between two values. Returns `false` if what follows is neither a comma nor the closing bracket.
    fn skip_comma(&mut self, closing: u8) -> bool {
        self.skip_blanks();
        let comma = self.at;
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.skip_blanks();
                let is_last = self.peek().is_none_or(|byte| byte == closing);
                // JavaScript and YAML allow a trailing comma, but RFC 8259 does not.
                if is_last && self.notation == Notation::Json {
                    self.deviate(comma, "a trailing comma");
                }
                true
            }
            Some(byte) if byte == closing => true,
            None => true,
            Some(_) => {
                self.deviate(comma, "expected a comma");
                false
            }
        }
    }

    /// Skips the rest of the line after a missing comma. Reading continues with the next line.
    fn skip_line(&mut self) {
        let rest = &self.text[self.at..];
        // Stop at a closing brace too, because the object may end on this line.
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
                self.deviate_in_json("a key that is not in double quotes");
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

    pub(super) fn value(&mut self, depth: usize) -> Value {
        self.skip_blanks();
        self.nodes += 1;
        if depth > limits::DEPTH || self.nodes > limits::NODES {
            // Skip the rest of the text, so that all open levels of nesting end.
            self.is_too_deep = true;
            self.at = self.text.len();
            return Value::Null;
        }
        match self.peek() {
            Some(b'{') => {
                self.at += 1;
                Value::Map(self.members(depth))
            }
            // `[[page]]` is an Obsidian link, not a nested list.
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
                    self.deviate(self.at, "an array that is never closed");
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
            // Stop if the reader does not advance: otherwise, this loop would never end.
            let before = self.at;
            items.push(self.value(depth + 1));
            if !self.skip_comma(b']') && self.at == before {
                self.at = self.text.len();
            }
        }
    }

    /// Reads a quoted string. If the closing quote is missing, returns `None` and does not advance.
    fn string(&mut self) -> Option<String> {
        let bytes = self.text.as_bytes();
        let quote = *bytes.get(self.at)?;
        let end = end_of_string(bytes, self.at)?;
        if quote != b'"' {
            self.deviate_in_json("a string in single quotes");
        }
        let raw = &self.text[self.at + 1..end];
        let text = if raw.contains('\\') {
            let (text, deviation) = unescape(raw);
            if let Some(reason) = deviation {
                self.deviate_in_json(reason);
            }
            text
        } else {
            // RFC 8259, section 7, requires control characters to be escaped.
            if raw.bytes().any(|byte| byte < b' ') {
                self.deviate_in_json("a control character in a string");
            }
            raw.to_owned()
        };
        self.at = end + 1;
        Some(text)
    }

    /// Reads an unquoted value, up to the comma, bracket or line break that ends it.
    fn bare(&mut self) -> Value {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut open = 0usize;
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                // A comma inside brackets does not end the value: `new Date(2026, 2, 1)`.
                b'(' | b'[' | b'{' => open += 1,
                b']' | b'}' if open == 0 => break,
                b')' | b']' | b'}' => open = open.saturating_sub(1),
                b',' if open == 0 => break,
                // In YAML, a value may continue on the next line.
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
            Notation::Json if !is_json_literal(text) => self.deviate(start, format!("`{text}` is not a JSON value")),
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

fn is_json_literal(text: &str) -> bool {
    matches!(text, "true" | "false" | "null") || text.parse::<serde_json::Number>().is_ok()
}

/// Whether an unquoted JavaScript value is an expression that we cannot evaluate. `new Date("…")` does not count,
/// because we can read its argument.
fn is_expression(text: &str) -> bool {
    !text.starts_with("new Date(")
        && !matches!(text, "true" | "false" | "null")
        && text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$' | '(' | '.'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::front_matter::braces::end_of_object;

    /// Converts a value to a `serde_json` value.
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
        fn json_is_read_as_serde_json_reads_it(values in prop::collection::btree_map("[a-z]{1,3}", json(), 1..5), pretty: bool) {
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
