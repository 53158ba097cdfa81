//! The reader for what people really write: it takes the first colon as the end of the key and the rest of the line
//! as the value, whatever it holds, and uses indentation for the rest. It never fails.

use super::{Block, Field, Value, js, limits, line_number};

/// Reads the lines of a block.
pub(super) fn read(block: &Block<'_>) -> Vec<Field> {
    read_text(block.text(), block.first_line())
}

/// Reads lines of which the first has the number `first_line`.
pub(super) fn read_text(text: &str, first_line: u32) -> Vec<Field> {
    let mut reader = Reader {
        lines: text.lines().zip(first_line..).filter_map(Line::new).collect(),
        at: 0,
    };
    let indent = reader.lines.first().map_or(0, |line| line.indent);
    reader.map(indent, 0)
}

/// A line that is neither blank nor a comment.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    whole: &'a str,
    text: &'a str,
    /// In blanks; a tab counts two.
    indent: usize,
    number: u32,
}

impl<'a> Line<'a> {
    fn new((whole, number): (&'a str, u32)) -> Option<Self> {
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

    /// The column of a part of the line.
    fn column(&self, part: &str) -> u32 {
        let before = self.whole.get(..offset(self.whole, part).min(4096)).unwrap_or_default();
        u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX)
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

    /// Keys at this indent or deeper, up to the first line that is further out.
    fn map(&mut self, indent: usize, depth: usize) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        while let Some(line) = self.peek().filter(|line| line.indent >= indent) {
            self.at += 1;
            let Some((key, rest)) = split_key(line.text, ':') else {
                if let Some(field) = fields.last_mut() {
                    append(&mut field.value, line.text);
                }
                continue;
            };
            let value = self.value(rest, line.indent, depth);
            fields.push(Field {
                key: unquote(key),
                value,
                line: line.number,
                column: if rest.is_empty() { 1 } else { line.column(rest) },
            });
        }
        fields
    }

    /// The value of a key at `indent`, of which `rest` stands on the key's line.
    fn value(&mut self, rest: &'a str, indent: usize, depth: usize) -> Value {
        let rest = without_comment(rest);
        if is_block_scalar(rest) {
            return self.block_scalar(rest.starts_with('|'), indent);
        }
        if rest.is_empty() {
            return self.inner(indent, depth);
        }
        let mut text = rest.to_owned();
        while let Some(line) = self.peek().filter(|line| line.indent > indent) {
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

    /// What stands below a key that has nothing on its own line.
    fn inner(&mut self, indent: usize, depth: usize) -> Value {
        match self.peek() {
            Some(line) if is_item(line.text) && line.indent >= indent => self.list(line.indent, depth),
            Some(line) if line.indent <= indent => Value::Null,
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
                    // The item is a map: its first key stands after the dash, as if on a line of its own.
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

    fn block_scalar(&mut self, keeps_lines: bool, indent: usize) -> Value {
        let mut text = String::new();
        while let Some(line) = self.peek().filter(|line| line.indent > indent) {
            if !text.is_empty() {
                text.push(if keeps_lines { '\n' } else { ' ' });
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

/// Adds a line that has no key to the value before it.
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

/// Whether a quote or bracket at the start of a value is still open at its end.
fn is_open(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => text.len() == 1 || !text.ends_with(*quote as char),
        Some(b'[') => !text.ends_with(']'),
        Some(b'{') => !text.ends_with('}'),
        _ => false,
    }
}

/// Splits a line at the separator that ends its key: followed by a blank or the end, or, after a known key, by
/// anything but `//`. A key is short, and is no sentence, address or markup.
pub(super) fn split_key(line: &str, separator: char) -> Option<(&str, &str)> {
    let line = line.trim();
    let (key, rest) = if line.starts_with(['"', '\'']) {
        let quote = line.as_bytes().first().copied()?;
        let end = 1 + memchr::memchr(quote, line.as_bytes().get(1..)?)?;
        let rest = line[end + 1..].trim_start().strip_prefix(separator)?;
        (&line[..=end], rest)
    } else {
        let window = &line[..line.char_indices().nth(80).map_or(line.len(), |(at, _)| at)];
        let at = window.find(separator)?;
        let (key, rest) = (line[..at].trim_end(), &line[at + separator.len_utf8()..]);
        let is_separated = rest.is_empty() || rest.starts_with([' ', '\t']) || separator == '=';
        if !is_separated && (rest.starts_with("//") || !super::is_known_key(key)) {
            return None;
        }
        (key, rest)
    };
    let is_key = !key.is_empty()
        && !key.starts_with(['-', '#', '>', '[', '{', '*', '!', '|', '&', '`', '=', '/'])
        && !key.contains(['(', '<', '|', '`', ';', ','])
        && key.split_whitespace().count() <= 4;
    is_key.then(|| (key, rest.trim()))
}

/// A comment starts with a `#` after a blank; inside of quotes it is text.
fn without_comment(text: &str) -> &str {
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

/// A value on one line.
pub(super) fn scalar(text: &str) -> Value {
    let text = text.trim();
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") || is_template(text) {
        return Value::Null;
    }
    if text.starts_with(['[', '{'])
        && !text.starts_with("[[")
        && let Some(value) = js::read_flow(text)
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

/// `{{ … }}` and `<% … %>` that an archetype left behind are no values.
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

fn unquote(key: &str) -> String {
    let inner = ['"', '\'']
        .iter()
        .find_map(|quote| key.strip_prefix(*quote)?.strip_suffix(*quote));
    inner.unwrap_or(key).to_owned()
}

/// Keys that stand twice at the outermost level.
pub(super) fn duplicates(block: &Block<'_>) -> Vec<super::yaml::Duplicate> {
    let text = block.text();
    let mut seen = std::collections::HashMap::new();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((line, next)) = super::fence::next_line(text, at) {
        let start = std::mem::replace(&mut at, next);
        if line.starts_with([' ', '\t', '#', '-']) {
            continue;
        }
        let Some((key, _)) = split_key(line, ':') else { continue };
        let number = line_number(text, start) + block.first_line() - 1;
        if let Some(first_line) = seen.insert(key, number) {
            found.push(super::yaml::Duplicate {
                key: unquote(key),
                first_line,
                at: start,
            });
        }
    }
    found
}

/// The byte of `text` at which a slice of it starts.
pub(super) fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize)
        .saturating_sub(text.as_ptr() as usize)
        .min(text.len())
}
