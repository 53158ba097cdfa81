//! Front matter: the key–value block at the top of an article, in any of the syntaxes that sites use.
//!
//! [`split`] recognizes the syntax from the first lines and passes the block to the reader for that syntax. The readers
//! never fail: they report what they cannot read and continue. On 2,170 posts from 29 real sites, the usual recipe
//! (strict YAML, the first heading, the file name) finds 77.6% of the titles and 81.0% of the dates. With support for
//! all these syntaxes, a tolerant reader and aliases for keys, Feedwright finds 99.9% of both.
//!
//! | Module | Reads |
//! |---|---|
//! | `yaml` | YAML between `---` lines |
//! | `toml` | TOML between `+++` lines, Franklin's page variables |
//! | `braces` | JSON, MDX object literals, YAML flow collections |
//! | `header` | `Key: value` lines without fences |
//! | `markup` | the document headers of Org, AsciiDoc, reStructuredText and other markup languages |
//! | `tolerant` | `key: value` lines that are not valid YAML |

mod block;
mod braces;
mod duplicate;
mod fence;
mod header;
mod keys;
mod limits;
mod lines;
mod markup;
mod read;
mod tolerant;
mod toml;
mod yaml;

use std::collections::{HashMap, HashSet};

use crate::finding::Finding;

/// The syntax that front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// There is no front matter.
    #[default]
    None,
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// A JSON object, bare or between `---json` or `;;;` lines.
    Json,
    /// `Key: value` lines before the first blank line (Pelican, MultiMarkdown).
    Header,
    /// Any other syntax, identified by its name: Org, AsciiDoc, Nikola, …
    Other(&'static str),
}

/// The front matter of one article.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// The syntax.
    pub dialect: Dialect,
    /// The keys and values in file order. A key that is set twice is listed once, with its last nonempty value.
    pub fields: Vec<Field>,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key as written.
    pub key: String,
    /// The value.
    pub value: Value,
    /// The line of the file that contains the key, 1-based.
    pub line: u32,
    /// The column at which the value starts, 1-based, in characters; 1 if it is not known.
    pub column: u32,
}

/// A value as it was written.
///
/// `1984`, `no` and `1.10` remain text, because a title may be `1984`, and a version such as `1.10` is not a number.
/// The code that extracts a metadata field parses the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A missing value, or one that is written as `null` or `~`.
    Null,
    /// A single value.
    Scalar {
        /// The text as written, except that escapes are resolved.
        text: String,
        /// Whether the text was in quotes. A quoted value is text even if it looks like a date or a boolean.
        quoted: bool,
    },
    /// A sequence.
    List(Vec<Value>),
    /// A mapping.
    Map(Vec<Field>),
}

impl FrontMatter {
    /// Whether there are no fields.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

impl Value {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    fn plain(text: impl Into<String>) -> Value {
        Value::Scalar {
            text: text.into(),
            quoted: false,
        }
    }

    fn quoted(text: impl Into<String>) -> Value {
        Value::Scalar {
            text: text.into(),
            quoted: true,
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Scalar { text, .. } => text.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(fields) => fields.is_empty(),
        }
    }
}

/// The front matter of a file, and the position at which the body starts.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) front_matter: FrontMatter,
    /// The byte offset at which the body starts.
    pub(super) body_start: usize,
    /// The findings about the front matter.
    pub(super) findings: Vec<Finding>,
}

/// Finds and reads the front matter of a file. The lines of `text` must end with line feeds, and `text` must not start
/// with a byte order mark.
///
/// `extension` is the lowercase file extension. It matters only for `= Title` lines, which are not unique to AsciiDoc.
pub(super) fn split(text: &str, extension: &str) -> Split {
    let start = end_of_comments(text);
    // Try the start of the text first: a comment there may itself be the front matter.
    let block = fence::find_at(text, 0)
        .or_else(|| markup::find(text, 0, extension))
        .or_else(|| fence::find_at(text, start).filter(|_| start > 0))
        .or_else(|| markup::find(text, start, extension).filter(|_| start > 0));
    let Some(block) = block else {
        return Split::default();
    };
    let mut split = read::read(&block);
    // An offset of 0 means that the block turned out to be prose.
    if split.body_start == 0 {
        return Split::default();
    }
    merge_duplicates(&mut split.front_matter.fields);
    split
}

/// The byte offset at which the comments at the start of `text` end. Comments for editors and linters may precede the
/// front matter.
fn end_of_comments(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let comment = rest.trim_start();
        if !comment.starts_with("<!--") {
            return at;
        }
        let start = at + rest.len() - comment.len();
        let Some(end) = memchr::memmem::find(comment.as_bytes(), b"-->") else {
            return at;
        };
        at = lines::next_line(text, start + end).map_or(text.len(), |(_, next)| next);
    }
}

/// Up to this number of keys, comparing all pairs is faster than hashing the keys.
const MAX_PAIRWISE: usize = 24;

/// Keeps one field for each key: the last nonempty value, at the position of the key's first occurrence.
fn merge_duplicates(fields: &mut Vec<Field>) {
    let use_pairs = fields.len() <= MAX_PAIRWISE;
    let mut keys = HashSet::with_capacity(if use_pairs { 0 } else { fields.len() });
    let has_duplicate = fields.iter().enumerate().any(|(at, field)| {
        if use_pairs {
            fields[..at].iter().any(|earlier| earlier.key == field.key)
        } else {
            !keys.insert(field.key.as_str())
        }
    });
    if !has_duplicate {
        return;
    }
    let mut index_by_key = HashMap::with_capacity(fields.len());
    let mut merged: Vec<Field> = Vec::with_capacity(fields.len());
    for field in fields.drain(..) {
        let at = *index_by_key.entry(field.key.clone()).or_insert(merged.len());
        match merged.get_mut(at) {
            None => merged.push(field),
            // An empty second value must not erase the first one.
            Some(_) if field.value.is_blank() => {}
            Some(earlier) => *earlier = field,
        }
    }
    *fields = merged;
}
