//! Reads `key: value` lines as people write them, even if the lines are not valid YAML. Never fails.
//!
//! The first colon ends the key, and the rest of the line is the value, whatever it contains (`title: Foo: a bar`,
//! `author: @jane`, `tool: "The "best" one"`). Indentation determines the nesting. Of 25 typical mistakes in front
//! matter, no YAML crate for Rust accepts more than 15.

use super::{
    Field, Value,
    block::Block,
    braces,
    keys::{split_key, unquote_key},
    limits,
    lines::{column_in, offset_in},
};

/// Reads the lines of a block.
pub(super) fn read(block: &Block<'_>) -> Vec<Field> {
    let lines = block.text().lines().zip(block.first_line()..);
    let mut reader = Reader {
        lines: lines.filter_map(|(line, number)| Line::new(line, number)).collect(),
        at: 0,
    };
    let indent = reader.lines.first().map_or(0, |line| line.indent);
    reader.map(indent, 0)
}

/// A line that is neither blank nor a comment.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    whole: &'a str,
    /// The line without the white space around it.
    text: &'a str,
    /// The indentation in spaces; a tab counts as two spaces.
    indent: usize,
    number: u32,
}

impl<'a> Line<'a> {
    fn new(whole: &'a str, number: u32) -> Option<Self> {
        let text = whole.trim();
        if text.is_empty() || text.starts_with('#') {
            return None;
        }
        let before = &whole[..whole.len() - whole.trim_start().len()];
        let indent = before.chars().map(|c| if c == '\t' { 2 } else { 1 }).sum();
        Some(Line {
            whole,
            text,
            indent,
            number,
        })
    }

    fn column_of(&self, part: &str) -> u32 {
        column_in(self.whole, offset_in(self.whole, part))
    }
}

struct Reader<'a> {
    lines: Vec<Line<'a>>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<Line<'a>> {
        self.lines.get(self.at).copied()
    }

    /// Reads the keys that are indented by at least `indent`, up to the first line that is indented less.
    fn map(&mut self, indent: usize, depth: usize) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        while let Some(line) = self.peek().filter(|line| line.indent >= indent) {
            self.at += 1;
            let Some((key, rest)) = split_key(line.text, ':') else {
                // Some authors continue a long value on the next line without indenting that line.
                if let Some(field) = fields.last_mut() {
                    append(&mut field.value, line.text);
                }
                continue;
            };
            let value = self.value(rest, line.indent, depth);
            fields.push(Field {
                key: unquote_key(key),
                value,
                line: line.number,
                column: if rest.is_empty() { 1 } else { line.column_of(rest) },
            });
        }
        fields
    }

    /// Reads the value of a key at `indent`; `rest` is the part of the value on the key's own line.
    fn value(&mut self, rest: &'a str, indent: usize, depth: usize) -> Value {
        let rest = without_comment(rest);
        if is_block_scalar(rest) {
            return self.block_scalar(if rest.starts_with('|') { '\n' } else { ' ' }, indent);
        }
        if rest.is_empty() {
            return self.value_below(indent, depth);
        }
        let mut text = rest.to_owned();
        while let Some(line) = self.peek().filter(|line| line.indent > indent) {
            // A line that is indented more than the key continues the value, unless the value is complete and the line
            // starts with a key or is a list item.
            let is_open = is_open(&text);
            if !is_open && (split_key(line.text, ':').is_some() || line.text.starts_with("- ")) {
                break;
            }
            text.push(' ');
            text.push_str(line.text);
            self.at += 1;
        }
        scalar(&text)
    }

    /// Reads the value below a key whose own line contains no value.
    fn value_below(&mut self, indent: usize, depth: usize) -> Value {
        match self.peek() {
            // YAML allows list items to have the same indentation as their key.
            Some(line) if is_item(line.text) && line.indent >= indent => self.list(line.indent, depth),
            Some(line) if line.indent <= indent => Value::Null,
            // Each level of nesting is a recursive call, so without a limit, hostile front matter could overflow the
            // stack.
            Some(line) if split_key(line.text, ':').is_some() && depth < limits::DEPTH => {
                Value::Map(self.map(line.indent, depth + 1))
            }
            Some(line) => {
                let mut text = line.text.to_owned();
                self.at += 1;
                while let Some(line) = self.peek().filter(|line| line.indent > indent) {
                    text.push(' ');
                    text.push_str(line.text);
                    self.at += 1;
                }
                scalar(&text)
            }
            None => Value::Null,
        }
    }

    fn list(&mut self, indent: usize, depth: usize) -> Value {
        let mut items = Vec::new();
        while let Some(line) = self.peek().filter(|line| line.indent >= indent && is_item(line.text)) {
            let item = line.text[1..].trim_start();
            match split_key(item, ':') {
                Some(_) if depth < limits::DEPTH && !item.starts_with(['"', '\'', '[', '{']) => {
                    // The item is a mapping whose first key follows the dash. Read that key as if it were on a line of
                    // its own.
                    let inner = line.indent + (line.text.len() - item.len());
                    self.lines[self.at] = Line {
                        text: item,
                        indent: inner,
                        ..line
                    };
                    items.push(Value::Map(self.map(inner, depth + 1)));
                }
                _ => {
                    self.at += 1;
                    items.push(self.value(item, line.indent, depth));
                }
            }
        }
        Value::List(items)
    }

    fn block_scalar(&mut self, line_break: char, indent: usize) -> Value {
        let mut text = String::new();
        while let Some(line) = self.peek().filter(|line| line.indent > indent) {
            if !text.is_empty() {
                text.push(line_break);
            }
            text.push_str(line.text);
            self.at += 1;
        }
        Value::quoted(text)
    }
}

fn is_item(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}

/// Appends a line without a key to the value above it.
fn append(value: &mut Value, line: &str) {
    match value {
        Value::List(items) if is_item(line) => items.push(scalar(line[1..].trim())),
        Value::Scalar { text, .. } => {
            text.push(' ');
            text.push_str(line);
        }
        Value::Null if !is_item(line) => *value = scalar(line),
        _ => {}
    }
}

fn is_block_scalar(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(chars.next(), Some('|' | '>')) && chars.all(|c| matches!(c, '+' | '-' | '0'..='9'))
}

/// Whether a value starts with a quote or an opening bracket, but does not end with the matching quote or bracket.
fn is_open(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => text.len() == 1 || !text.ends_with(*quote as char),
        Some(b'[') => !text.ends_with(']'),
        Some(b'{') => !text.ends_with('}'),
        _ => false,
    }
}

/// Removes a comment from the end of a value. A comment starts with a `#` that follows a space and is outside quotes.
fn without_comment(text: &str) -> &str {
    // The last quote closes the value, because people put quotes inside quotes: `"The "best" one"`.
    let closing = match text.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => text.rfind(*quote as char).filter(|at| *at > 0),
        Some(b'#') => return "",
        _ => Some(0),
    };
    match closing.and_then(|from| text[from..].find(" #").map(|at| from + at)) {
        Some(at) => text[..at].trim_end(),
        None => text,
    }
}

/// Parses a value on one line.
pub(super) fn scalar(text: &str) -> Value {
    let text = text.trim();
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") || is_template(text) {
        return Value::Null;
    }
    // `[[page]]` is an Obsidian link, not a nested list.
    if text.starts_with(['[', '{'])
        && !text.starts_with("[[")
        && let Some(value) = braces::read_flow(text)
    {
        return value;
    }
    if text.len() >= 2 {
        for quote in ['"', '\''] {
            if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
                return Value::quoted(unescape(inner, quote));
            }
        }
    }
    Value::plain(text)
}

/// Whether a value is a template placeholder (`{{ … }}`, `<% … %>`), left over from an archetype that was not filled
/// in.
fn is_template(text: &str) -> bool {
    let text = text.trim_matches(['"', '\'']);
    (text.starts_with("{{") && text.ends_with("}}")) || (text.starts_with("<%") && text.ends_with("%>"))
}

fn unescape(inner: &str, quote: char) -> String {
    if quote == '\'' {
        return inner.replace("''", "'");
    }
    inner.replace("\\\"", "\"").replace("\\\\", "\\")
}
