//! TOML, and Franklin's page variables, which look like TOML.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Dialect, Field, Value,
    block::Block,
    keys::split_key,
    limits,
    lines::{column_in, line_number},
    tolerant,
};
use crate::finding::{Finding, article as rules};

/// Whether a block between dashes is TOML: its first line that is not a comment is `key = value` or `[table]`.
pub(super) fn looks_like_toml(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        let is_assignment = line.split_once('=').is_some_and(|(key, _)| {
            let key = key.trim();
            !key.is_empty()
                && key
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'"'))
        });
        // `[a, b]` is a YAML list, not the name of a table.
        is_assignment || line.starts_with('[') && line.ends_with(']') && !line.contains(',')
    })
}

/// Reads a block of TOML and reports the first mistake in it. Never fails.
pub(super) fn read(block: &Block<'_>, findings: &mut Vec<Finding>) -> (Dialect, Vec<Field>) {
    let text = block.text();
    if let Some(at) = limits::too_deep_at(text) {
        findings.push(limits::too_deep(block.location(at, at + 1)));
        return (Dialect::Toml, Vec::new());
    }
    // Unlike `toml::Table`, `DeTable` keeps the position of every key and value.
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        block,
        nodes: 0,
        depth: 0,
    };
    if let Some(error) = errors.first() {
        let fields = assignments(block);
        // Franklin's variables are Julia code, not TOML with mistakes, so nothing is reported.
        if is_franklin(text) {
            return (Dialect::Other("Franklin"), fields);
        }
        let span = error.span().unwrap_or(0..0);
        let message = format!("invalid TOML: {}", error.message().trim().replace('\n', ", "));
        findings.push(
            Finding::new(
                &rules::FRONT_MATTER_INVALID,
                block.location(span.start, span.end),
                message,
            )
            .help("correct the line, or write the front matter as YAML between `---` lines"),
        );
        return (Dialect::Toml, fields);
    }
    let fields = reader.table(table.get_ref());
    if reader.nodes > limits::NODES {
        findings.push(limits::too_deep_or_many(block.location(0, 1)));
        return (Dialect::Toml, Vec::new());
    }
    (Dialect::Toml, fields)
}

/// Whether a block that is not valid TOML comes from Franklin. Franklin's blocks contain Julia code, in which a date is
/// written as `Date(2026, 3, 1)`.
fn is_franklin(text: &str) -> bool {
    text.lines()
        .filter_map(|line| line.split_once('='))
        .any(|(_, value)| value.trim_start().starts_with("Date"))
}

/// Reads the top-level `key = value` lines, up to the first `[table]`, without the TOML parser. Used for Franklin's
/// variables and for invalid TOML.
pub(super) fn assignments(block: &Block<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut lines = block.text().lines().zip(block.first_line()..);
    while let Some((line, number)) = lines.next() {
        if line.trim_start().starts_with('[') && line.trim_end().ends_with(']') && !line.contains('=') {
            // The keys that follow belong to a table.
            break;
        }
        let line = line.trim_start().trim_start_matches("@def ");
        let Some((key, value)) = split_key(line, '=').filter(|(key, _)| !key.contains(' ')) else {
            continue;
        };
        let mut text = value.to_owned();
        if let Some(close) = unclosed_by(value) {
            for (line, _) in lines.by_ref() {
                text.push('\n');
                text.push_str(line);
                if line.contains(close) {
                    break;
                }
            }
        }
        fields.push(Field {
            key: key.trim_matches('"').to_owned(),
            value: assigned_value(&text),
            line: number,
            column: 1,
        });
    }
    fields
}

/// Quotes around strings that may span several lines.
const LONG_QUOTES: [&str; 2] = ["\"\"\"", "'''"];

/// The closing quote or bracket of a value, if it is missing from the first line of the value. In that case, the value
/// continues on the next line.
fn unclosed_by(value: &str) -> Option<&'static str> {
    if let Some(quote) = LONG_QUOTES.into_iter().find(|quote| value.starts_with(quote)) {
        return Some(quote).filter(|quote| !value[quote.len()..].contains(quote));
    }
    let close = match value.as_bytes().first()? {
        b'[' => "]",
        b'{' => "}",
        _ => return None,
    };
    Some(close).filter(|close| !value.contains(close))
}

fn assigned_value(text: &str) -> Value {
    for quote in LONG_QUOTES {
        if let Some(inner) = text.strip_prefix(quote) {
            let inner = inner.split(quote).next().unwrap_or(inner);
            return Value::quoted(inner.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    tolerant::scalar(text)
}

struct Reader<'b> {
    block: &'b Block<'b>,
    nodes: usize,
    depth: usize,
}

impl Reader<'_> {
    /// Reads the fields of a table and sorts them in file order, because the parser returns them sorted by key.
    fn table(&mut self, table: &DeTable<'_>) -> Vec<Field> {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
            .into_iter()
            .map(|(key, value)| self.field(key.get_ref(), key.span().start, value))
            .collect()
    }

    fn field(&mut self, key: &str, at: usize, value: &Spanned<DeValue<'_>>) -> Field {
        let file = self.block.file;
        let start = self.block.start + value.span().start;
        let line_start = file[..start].rfind('\n').map_or(0, |at| at + 1);
        // The value may start on a later line than the key.
        let column = if line_start <= self.block.start + at {
            column_in(&file[line_start..], start - line_start)
        } else {
            1
        };
        Field {
            key: key.to_owned(),
            line: line_number(file, self.block.start + at),
            column,
            value: self.value(value),
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) -> Value {
        self.nodes += 1;
        if self.nodes > limits::NODES || self.depth > limits::DEPTH {
            // Treat values that are nested too deeply as too many values, so that the caller has to check only one
            // limit.
            self.nodes = self.nodes.max(limits::NODES + 1);
            return Value::Null;
        }
        self.depth += 1;
        let read = match value.get_ref() {
            DeValue::String(text) => Value::quoted(text.as_ref()),
            DeValue::Array(items) => Value::List(items.iter().map(|item| self.value(item)).collect()),
            DeValue::Table(table) => Value::Map(self.table(table)),
            // Numbers, booleans and dates keep the text that the author wrote.
            _ => Value::plain(self.block.text().get(value.span()).unwrap_or_default()),
        };
        self.depth -= 1;
        read
    }
}
