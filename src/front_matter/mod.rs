//! The key–value block at the top of an article, in any dialect; every value keeps its text and its line.
//!
//! [`split`] recognizes the dialect by looking and hands the block to its reader. A reader never fails: what it
//! cannot read it reports, and goes on.

mod block;
mod culprit;
mod engine;
mod fence;
mod header;
mod js;
mod limits;
mod markup;
mod simple;
mod tolerant;
mod toml;
mod yaml;

use std::collections::{HashMap, HashSet};

use crate::finding::Finding;
use block::{Block, Syntax};

/// Which syntax the block is written in.
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
    /// Any other: Org, AsciiDoc, reST, comments, exports; see the reader.
    Other(&'static str),
}

/// The block, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// The syntax.
    pub dialect: Dialect,
    /// Its keys and values. A key that was written twice is here once, with its last value that is not empty.
    pub fields: Vec<Field>,
}

/// One key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key as written.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// The line of the file that the key stands on, 1-based.
    pub line: u32,
    /// The column that the value starts at, 1-based, in characters; 1 where unknown.
    pub column: u32,
}

/// A value that keeps what was written: `1984`, `no` and `1.10` stay text until a field asks for more.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// A single value.
    Scalar {
        /// Unescaped, otherwise as written.
        text: String,
        /// Whether it stood in quotes, which makes it text even where it reads like something else.
        quoted: bool,
    },
    /// A sequence.
    List(Vec<Value>),
    /// A mapping.
    Map(Vec<Field>),
}

impl FrontMatter {
    /// Whether there is no front matter at all.
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

/// What stood at the top of a text, and where the rest starts.
#[derive(Debug, Default)]
pub(super) struct Split {
    /// The block.
    pub(super) front_matter: FrontMatter,
    /// The byte that the body starts at.
    pub(super) body_start: usize,
    /// What is wrong with the block.
    pub(super) findings: Vec<Finding>,
}

/// Finds and reads the front matter of a text (line feeds only, no byte order mark).
///
/// `extension` (lower case) decides only where two markup languages write the same head.
pub(super) fn split(text: &str, extension: &str) -> Split {
    let start = after_comments(text);
    let block = fence::find(text)
        .or_else(|| markup::find(text, 0, extension))
        .or_else(|| fence::find_at(text, start).filter(|_| start > 0))
        .or_else(|| markup::find(text, start, extension).filter(|_| start > 0));
    let Some(block) = block else {
        return Split::default();
    };
    let mut split = block.read();
    if split.body_start == 0 {
        return Split::default();
    }
    merge_duplicates(&mut split.front_matter.fields);
    split
}

/// The byte after comments that stand above the front matter: notes to editors and linters.
fn after_comments(text: &str) -> usize {
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
        at = fence::next_line(text, start + end).map_or(text.len(), |(_, next)| next);
    }
}

/// The 1-based number of the line that a byte stands on.
fn line_number(text: &str, at: usize) -> u32 {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    u32::try_from(memchr::memchr_iter(b'\n', before).count() + 1).unwrap_or(u32::MAX)
}

const FEW: usize = 24;

/// Keeps one field per key: the last that is not empty, at the place of the first.
fn merge_duplicates(fields: &mut Vec<Field>) {
    // Pairs are compared faster than hashed, as long as they are few.
    let mut seen = HashSet::with_capacity(if fields.len() > FEW { fields.len() } else { 0 });
    let has_duplicate = fields.iter().enumerate().any(|(at, field)| match fields.len() {
        0..=FEW => fields[..at].iter().any(|earlier| earlier.key == field.key),
        _ => !seen.insert(field.key.as_str()),
    });
    if !has_duplicate {
        return;
    }
    let mut first_at = HashMap::with_capacity(fields.len());
    let mut kept: Vec<Field> = Vec::with_capacity(fields.len());
    for field in fields.drain(..) {
        let at = *first_at.entry(field.key.clone()).or_insert(kept.len());
        match kept.get_mut(at) {
            None => kept.push(field),
            Some(_) if field.value.is_blank() => {}
            Some(earlier) => *earlier = field,
        }
    }
    *fields = kept;
}

/// Keys that nothing but metadata starts a line with: they tell a head from prose. Lower case, letters only.
const KNOWN_KEYS: &[&str] = &[
    "abstract",
    "aliases",
    "auteur",
    "author",
    "authors",
    "autor",
    "autore",
    "categories",
    "category",
    "created",
    "data",
    "date",
    "datepublished",
    "datum",
    "description",
    "draft",
    "excerpt",
    "fecha",
    "guid",
    "id",
    "image",
    "keywords",
    "lang",
    "language",
    "lastmod",
    "layout",
    "link",
    "modified",
    "permalink",
    "pubdate",
    "publishdate",
    "published",
    "slug",
    "status",
    "subtitle",
    "summary",
    "tags",
    "template",
    "titel",
    "title",
    "titolo",
    "titre",
    "titulo",
    "título",
    "updated",
    "url",
    "автор",
    "дата",
    "заголовок",
    "作者",
    "日付",
    "日期",
    "标题",
    "標題",
    "제목",
];

/// Whether a key is one that names metadata rather than starts a sentence.
fn is_known_key(key: &str) -> bool {
    let mut name = String::with_capacity(key.len());
    for c in key.chars().filter(|c| c.is_alphanumeric()) {
        name.extend(c.to_lowercase());
    }
    KNOWN_KEYS.binary_search(&name.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_keys_are_sorted() {
        assert!(KNOWN_KEYS.is_sorted());
        assert!(is_known_key("Pub-Date"));
        assert!(!is_known_key("note"));
    }
}
