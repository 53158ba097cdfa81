//! The key–value block at the top of an article, in any dialect; every value keeps its text and its line.

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
    /// Its keys and values.
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
}
