//! An [`Article`]: the front matter and body of one file, whether Markdown, HTML or plain text.

mod kind;
mod limits;

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use crate::{
    finding::{Finding, Location, article as rules},
    front_matter::{self, FrontMatter},
    html, markdown, page, plain_text,
    source::{
        self,
        decode::{self, MetaCharset},
    },
    text::start_of,
};

/// The kind of a body, detected from its content and the file extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// CommonMark with extensions such as tables and footnotes.
    Markdown,
    /// An HTML page or a fragment of one.
    Html,
    /// Text without markup, such as text scraped from web pages.
    PlainText,
}

/// One file in an input folder, decoded and split into front matter and body.
///
/// The body is not parsed until its content is first needed.
#[derive(Debug)]
pub struct Article<'a> {
    /// The path relative to the input folder, with `/` as the separator. Bytes that are not valid UTF-8 are replaced
    /// with U+FFFD.
    pub path: String,
    /// The kind of the body.
    pub kind: Kind,
    /// The front matter; empty if there is none.
    pub front_matter: FrontMatter,
    /// The text after the front matter, with all line endings normalized to line feeds.
    pub body: Cow<'a, str>,
    /// The line of the file on which the body starts, counted from 1.
    pub body_line: u32,
    /// The problems found in the file. An article that has a finding with the severity `error` must not be published.
    pub findings: Vec<Finding>,
    outline: OnceLock<markdown::Outline>,
    page: OnceLock<page::Page>,
    layout: OnceLock<plain_text::Layout>,
    folder: OnceLock<Arc<plain_text::FolderPatterns>>,
    fingerprint: OnceLock<u128>,
}

impl<'a> Article<'a> {
    /// Decodes the bytes of a file and splits them into front matter and body. Never fails: problems are reported in
    /// `findings`.
    pub fn parse(path: &str, bytes: &'a [u8]) -> Self {
        if bytes.len() > source::MAX_BYTES {
            return Self::unreadable(path, source::too_large());
        }
        let extension = extension(path);
        // The decoder must know whether to honor a `<meta charset>`, but the kind of the body can be detected only in
        // decoded text. The decision is therefore based on the extension and the first bytes.
        let meta_charset = match extension.as_str() {
            "html" | "htm" | "xhtml" => MetaCharset::Honor,
            // Real folders also contain HTML pages with extensions such as `.txt`. In a file that is not an HTML page,
            // a `<meta charset>` is ordinary text.
            _ if is_html(bytes) => MetaCharset::Honor,
            _ => MetaCharset::Ignore,
        };
        let decode::Decoded { text, mut findings } = decode::decode(bytes, meta_charset);
        if let Some(finding) = not_an_article(&text, &findings) {
            findings.push(finding);
        }
        let split = front_matter::split(&text, &extension);
        findings.extend(split.findings);
        let body_line = memchr::memchr_iter(b'\n', &text.as_bytes()[..split.body_start]).count() + 1;
        // If decoding changed nothing, `text` borrows from `bytes`. The body can then borrow from `bytes` too, without
        // a copy.
        let mut body = match text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[split.body_start..]),
            Cow::Owned(mut text) => Cow::Owned(text.split_off(split.body_start)),
        };
        let body_line = u32::try_from(body_line).unwrap_or(u32::MAX);
        let kind = kind::detect(&body, &extension, &split.front_matter);
        if let Some((end, finding)) = limits::excess(&body, kind, body_line) {
            body = match body {
                Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
                Cow::Owned(text) => Cow::Owned(text[..end].to_owned()),
            };
            findings.push(finding);
        }
        if kind == Kind::Markdown {
            findings.extend(markdown::too_deep(&body, body_line));
        }
        Article {
            kind,
            front_matter: split.front_matter,
            body,
            body_line,
            findings,
            ..Self::empty(path)
        }
    }

    /// Returns an empty article for a file that could not be read, with a finding that gives the reason.
    pub fn unreadable(path: &str, finding: Finding) -> Self {
        Article {
            findings: vec![finding],
            ..Self::empty(path)
        }
    }

    fn empty(path: &str) -> Self {
        Article {
            path: path.to_owned(),
            kind: Kind::PlainText,
            front_matter: FrontMatter::default(),
            body: Cow::Borrowed(""),
            body_line: 1,
            findings: Vec::new(),
            outline: OnceLock::new(),
            page: OnceLock::new(),
            layout: OnceLock::new(),
            folder: OnceLock::new(),
            fingerprint: OnceLock::new(),
        }
    }

    /// Converts the article so that it owns its body instead of borrowing it from the parsed bytes.
    ///
    /// The layout of a plain-text body is dropped, because the layout depends on the folder's patterns, which may be
    /// set later.
    pub fn into_owned(self) -> Article<'static> {
        Article {
            path: self.path,
            kind: self.kind,
            front_matter: self.front_matter,
            body: Cow::Owned(self.body.into_owned()),
            body_line: self.body_line,
            findings: self.findings,
            outline: self.outline,
            page: self.page,
            layout: OnceLock::new(),
            folder: self.folder,
            fingerprint: self.fingerprint,
        }
    }

    /// The outline of a Markdown body.
    pub fn outline(&self) -> &markdown::Outline {
        self.outline
            .get_or_init(|| markdown::outline(&self.body, self.body_line))
    }

    /// The content and metadata of an HTML body.
    pub fn page(&self) -> &page::Page {
        self.page.get_or_init(|| {
            let _guard = limits::one_at_a_time(&self.body);
            page::page(&self.body, self.body_line)
        })
    }

    /// Sets the patterns that the plain-text articles in the folder have in common. Must be called before
    /// [`layout`](Self::layout).
    pub fn set_folder(&self, folder: Arc<plain_text::FolderPatterns>) {
        // Patterns that are already set are from the same folder, so there is no need to replace them.
        let _ = self.folder.set(folder);
    }

    /// The layout of a plain-text body.
    pub fn layout(&self) -> &plain_text::Layout {
        self.layout.get_or_init(|| {
            let _guard = limits::one_at_a_time(&self.body);
            match self.folder.get() {
                Some(folder) => plain_text::layout_in_folder(&self.body, self.body_line, folder),
                None => plain_text::layout(&self.body, self.body_line),
            }
        })
    }

    /// The body as HTML, without boilerplate and without a heading that repeats the title. It is not sanitized.
    ///
    /// # Errors
    /// Returns an error if the HTML exceeds a limit.
    pub fn content(&self, title: &str) -> Result<String, Finding> {
        match self.kind {
            Kind::Markdown => markdown::to_html(&self.body, title),
            Kind::Html => Some(&self.page().content)
                .filter(|html| html.len() <= html::MAX_BYTES)
                .cloned()
                .ok_or_else(limits::too_large_html),
            Kind::PlainText => Some(plain_text::to_html(self.layout(), title))
                .filter(|html| html.len() <= html::MAX_BYTES)
                .ok_or_else(limits::too_large_html),
        }
    }

    /// A hash of the words in the body. Copies of an article have the same hash even if their paths, front matter or
    /// white space differ.
    pub fn fingerprint(&self) -> u128 {
        *self.fingerprint.get_or_init(|| self.hash_words())
    }

    /// The length of the body, not counting the white space around it.
    pub fn text_length(&self) -> TextLength {
        match self.body.trim_ascii().len() {
            0 => TextLength::Empty,
            1..80 => TextLength::Short,
            80..500 => TextLength::Medium,
            _ => TextLength::Long,
        }
    }

    fn hash_words(&self) -> u128 {
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        // The words are hashed in large chunks, because hashing each word separately takes four times as long.
        let mut chunk = Vec::with_capacity(CHUNK_BYTES + 64);
        for word in self.body.split_ascii_whitespace() {
            chunk.extend_from_slice(word.as_bytes());
            // Without a separator, `a b` and `ab` would have the same hash.
            chunk.push(b' ');
            if chunk.len() >= CHUNK_BYTES {
                hasher.update(&chunk);
                chunk.clear();
            }
        }
        hasher.update(&chunk);
        hasher.digest128()
    }
}

/// The length of an article's body. The longer two identical bodies are, the less likely it is that they belong to
/// different articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextLength {
    /// The body is empty or contains only white space.
    Empty,
    /// The body has fewer than about a dozen words, so two articles may have the same body by chance.
    Short,
    /// The body has up to about eighty words, which may all be boilerplate.
    Medium,
    /// The body has more than about eighty words.
    Long,
}

/// How many bytes are hashed at once.
const CHUNK_BYTES: usize = 4096;

/// The lowercase extension of a path; empty if the path has none.
fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.to_ascii_lowercase()
}

/// Whether undecoded bytes start like an HTML page.
fn is_html(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let start = &start[..start.len().min(16)];
    start.to_ascii_lowercase().starts_with(b"<!doctype html") || start.to_ascii_lowercase().starts_with(b"<html")
}

/// Reports a file whose text cannot be an article, unless the file was already reported as unreadable.
fn not_an_article(text: &str, findings: &[Finding]) -> Option<Finding> {
    if findings.iter().any(|finding| finding.rule.id == rules::UNREADABLE.id) {
        return None;
    }
    if text
        // In Unicode, the byte order mark is not white space.
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
        .is_empty()
    {
        return Some(
            Finding::new(&rules::EMPTY, Location::file(), "the file is empty").help("add text, or delete the file"),
        );
    }
    // An MHTML file starts with e-mail headers. Only the start of the text is searched for them, because an article
    // about MHTML may quote these headers later in the text.
    let start = start_of(text, 2048);
    (start.contains("\nMIME-Version:") && start.contains("multipart/related")).then(|| {
        Finding::new(
            &rules::UNREADABLE,
            Location::file(),
            "the file is a web page saved as a MIME archive (MHTML)",
        )
        .help("save the page as plain HTML")
    })
}
