//! The keys and values of a head that was found.

use super::{
    super::{Block, Dialect, Field, Value, js, line_number, tolerant, toml, yaml::value_column},
    Head, is_adornment, mdx_object,
};

/// Reads a head that was found.
pub(in crate::front_matter) fn read(block: &Block<'_>, head: Head) -> (Dialect, Vec<Field>) {
    let fields = match head {
        Head::Pandoc => read_pandoc(block),
        Head::Mdx => {
            let open = mdx_object(block.file, block.start).map_or(block.start, |(_, open)| open);
            let literal = block.file.get(open..block.end).unwrap_or_default();
            js::read_literal(literal, line_number(block.file, open)).map_or_else(Vec::new, |(fields, _)| fields)
        }
        Head::Franklin => toml::assignments(block),
        _ => read_lines(block, head),
    };
    (Dialect::Other(head.name()), fields)
}

fn read_lines(block: &Block<'_>, head: Head) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (line, number) in block.text().lines().zip(block.first_line()..) {
        if let Some((key, value)) = head.line(line) {
            let value = match head {
                Head::Org | Head::Nikola | Head::AsciiDoc | Head::Rest
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
                // Org writes instants in brackets.
                Head::Org if value.starts_with('[') => Value::plain(value),
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
            if let Some(Field {
                value: Value::Scalar { text, .. },
                ..
            }) = fields.last_mut()
            {
                text.push(' ');
                text.push_str(line.trim());
            }
        } else {
            unkeyed(&mut fields, head, line, number);
        }
    }
    fields
}

/// The lines of a head that have no key: its title, and AsciiDoc's author and revision lines.
fn unkeyed(fields: &mut Vec<Field>, head: Head, line: &str, number: u32) {
    let mut push = |key: &str, value: &str| {
        fields.push(Field {
            key: key.to_owned(),
            value: Value::plain(value.trim()),
            line: number,
            column: 1,
        });
    };
    match head {
        Head::AsciiDoc if line.starts_with("= ") => push("title", &line[2..]),
        Head::AsciiDoc if line.starts_with("//") || line.trim().is_empty() => {}
        Head::AsciiDoc => {
            let is_revision = line.split([',', ':']).any(|part| {
                let part = part.trim();
                part.len() >= 8 && part.starts_with(|c: char| c.is_ascii_digit()) && part.contains(['-', '/', '.'])
            });
            if is_revision {
                let date = line.split_once(',').map_or(line, |(_, rest)| rest);
                push("date", date.split(": ").next().unwrap_or(date));
            } else {
                let author = line.split(['<', ';']).next().unwrap_or(line);
                push("author", author);
            }
        }
        Head::Rest if !is_adornment(line) && !line.trim().is_empty() => push("title", line),
        Head::Dataview if line.starts_with("# ") => push("title", &line[2..]),
        _ => {}
    }
}

fn read_pandoc(block: &Block<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut keys = ["title", "author", "date"].into_iter();
    for (line, number) in block.text().lines().zip(block.first_line()..) {
        match (line.strip_prefix('%'), fields.last_mut()) {
            (Some(text), _) => {
                let Some(key) = keys.next() else { break };
                let value = match key {
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
