//! Reads the keys and values of a document header.

use super::{is_adornment, start_of_mdx_object, syntax::Markup};
use crate::front_matter::{
    Dialect, Field, Value,
    block::Block,
    braces,
    lines::{line_number, value_column},
    tolerant, toml,
};

pub(in crate::front_matter) fn read(block: &Block<'_>, markup: Markup) -> (Dialect, Vec<Field>) {
    let fields = match markup {
        Markup::Pandoc => read_pandoc(block),
        Markup::Mdx => {
            let open = start_of_mdx_object(block.file, block.start).unwrap_or(block.start);
            let literal = block.file.get(open..block.end).unwrap_or_default();
            braces::read_literal(literal, line_number(block.file, open)).map_or_else(Vec::new, |(fields, _)| fields)
        }
        Markup::Franklin => toml::assignments(block),
        _ => read_lines(block, markup),
    };
    (Dialect::Other(markup.name()), fields)
}

fn read_lines(block: &Block<'_>, markup: Markup) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (line, number) in block.text().lines().zip(block.first_line()..) {
        if let Some((key, value)) = markup.split_line(line) {
            let value = match markup {
                // Org writes tags as `:shore:mud:`.
                Markup::Org | Markup::Nikola | Markup::AsciiDoc | Markup::Rest
                    if value.starts_with(':') && value.ends_with(':') =>
                {
                    Value::List(
                        value
                            .split(':')
                            .filter(|tag| !tag.is_empty())
                            .map(Value::plain)
                            .collect(),
                    )
                }
                // Org writes timestamps in brackets: `[2026-03-01]` is a date, not a list.
                Markup::Org if value.starts_with('[') => Value::plain(value),
                _ => tolerant::scalar(value),
            };
            let key_end = line.find(key).map_or(0, |at| at + key.len());
            fields.push(Field {
                key: key.to_owned(),
                value,
                line: number,
                column: value_column(line, key_end),
            });
        } else if line.starts_with([' ', '\t']) && !line.trim().is_empty() {
            // An indented line continues the value above it, as in the field lists of reStructuredText.
            if let Some(Field {
                value: Value::Scalar { text, .. },
                ..
            }) = fields.last_mut()
            {
                text.push(' ');
                text.push_str(line.trim());
            }
        } else {
            read_line_without_key(&mut fields, markup, line, number);
        }
    }
    fields
}

/// Reads a line without a key: the title, or the author line or revision line of an AsciiDoc header.
fn read_line_without_key(fields: &mut Vec<Field>, markup: Markup, line: &str, number: u32) {
    let mut push = |key: &str, value: &str| {
        fields.push(Field {
            key: key.to_owned(),
            value: Value::plain(value.trim()),
            line: number,
            column: 1,
        });
    };
    match markup {
        Markup::AsciiDoc if line.starts_with("= ") => push("title", &line[2..]),
        Markup::AsciiDoc if line.starts_with("//") || line.trim().is_empty() => {}
        Markup::AsciiDoc => {
            // `v1.0, 2026-03-01: remark` is a revision line; `Ada Reed <ada@example.org>` is an author line.
            let is_revision = line.split([',', ':']).any(|part| {
                let part = part.trim();
                // The shortest date, `2026-3-1`, has 8 characters. A version such as `1.0.2` is shorter.
                part.len() >= 8 && part.starts_with(|c: char| c.is_ascii_digit()) && part.contains(['-', '/', '.'])
            });
            if is_revision {
                // The version and the comma in front of the date are optional.
                let date = line.split_once(',').map_or(line, |(_, rest)| rest);
                push("date", date.split(": ").next().unwrap_or(date));
            } else {
                // In AsciiDoc, semicolons separate multiple authors. Only the first author is read, without the e-mail
                // address.
                let author = line.split(['<', ';']).next().unwrap_or(line);
                push("author", author);
            }
        }
        Markup::Rest if !is_adornment(line) && !line.trim().is_empty() => push("title", line),
        Markup::Dataview if line.starts_with("# ") => push("title", &line[2..]),
        _ => {}
    }
}

/// Reads Pandoc's `%` lines, which contain the title, the authors and the date, in this order.
fn read_pandoc(block: &Block<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut keys = ["title", "author", "date"].into_iter();
    for (line, number) in block.text().lines().zip(block.first_line()..) {
        match (line.strip_prefix('%'), fields.last_mut()) {
            (Some(text), _) => {
                let Some(key) = keys.next() else { break };
                let value = match key {
                    // Pandoc separates authors with semicolons: a comma may be part of a name.
                    "author" if text.contains(';') => {
                        Value::List(text.split(';').map(|name| Value::plain(name.trim())).collect())
                    }
                    _ => Value::plain(text.trim()),
                };
                fields.push(Field {
                    key: key.to_owned(),
                    value,
                    line: number,
                    column: 3,
                });
            }
            (
                None,
                Some(Field {
                    value: Value::Scalar { text, .. },
                    ..
                }),
            ) => {
                text.push(' ');
                text.push_str(line.trim());
            }
            _ => {}
        }
    }
    fields
}
