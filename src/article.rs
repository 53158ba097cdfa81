//! An [`Article`]: the front matter and body of one file, of any of the three kinds.

mod kind;

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use crate::{
    finding::{Finding, Location, article as rules},
    front_matter::{self, FrontMatter},
    markdown, page, plain_text,
    source::{
        self,
        decode::{self, Declares},
    },
    text::start_of,
};

/// What kind of text a body is, decided by looking and not by the extension alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// CommonMark with the usual extensions.
    Markdown,
    /// A page or a fragment of HTML.
    Html,
    /// Text without markup, as scraped from pages.
    PlainText,
}

/// One file below an input folder, split and decoded.
#[derive(Debug)]
pub struct Article<'a> {
    /// The path relative to its input folder, with `/`; bytes that are not UTF-8 are replaced.
    pub path: String,
    /// What the body is.
    pub kind: Kind,
    /// The key–value block at the top; empty if there is none.
    pub front_matter: FrontMatter,
    /// The rest, decoded, with line feeds as the only line ends.
    pub body: Cow<'a, str>,
    /// The line of the file on which the body starts, 1-based.
    pub body_line: u32,
    /// What is wrong with the file so far.
    pub findings: Vec<Finding>,
    outline: OnceLock<markdown::Outline>,
    page: OnceLock<page::Page>,
    layout: OnceLock<plain_text::Layout>,
    folder: OnceLock<Arc<plain_text::FolderPatterns>>,
    fingerprint: OnceLock<u128>,
}

impl<'a> Article<'a> {
    /// Splits and decodes the bytes of a file. Never fails: what is wrong with them is in `findings`, and an
    /// article with a finding of severity error is not fit to be published.
    pub fn parse(path: &str, bytes: &'a [u8]) -> Self {
        if bytes.len() > source::MAX_BYTES {
            return Self::refused(path, source::too_large());
        }
        let extension = extension(path);
        let declares = match extension.as_str() {
            "html" | "htm" | "xhtml" => Declares::Charset,
            _ if is_html(bytes) => Declares::Charset,
            _ => Declares::Nothing,
        };
        let decode::Decoded { text, mut findings } = decode::decode(bytes, declares);
        if let Some(finding) = not_an_article(&text, &findings) {
            findings.push(finding);
        }
        let split = front_matter::split(&text, &extension);
        findings.extend(split.findings);
        let body_line = memchr::memchr_iter(b'\n', &text.as_bytes()[..split.body_start]).count() + 1;
        let body = match text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[split.body_start..]),
            Cow::Owned(mut text) => Cow::Owned(text.split_off(split.body_start)),
        };
        let body_line = u32::try_from(body_line).unwrap_or(u32::MAX);
        let kind = kind::of(&body, &extension, &split.front_matter);
        if kind == Kind::Markdown {
            findings.extend(markdown::too_deep(&body, body_line));
        }
        Article {
            kind,
            front_matter: split.front_matter,
            body,
            body_line,
            findings,
            ..Self::refused(path, None)
        }
    }

    /// An article of which nothing is known but what is wrong with it.
    pub fn refused(path: &str, finding: impl Into<Option<Finding>>) -> Self {
        Article {
            path: path.to_owned(),
            kind: Kind::PlainText,
            front_matter: FrontMatter::default(),
            body: Cow::Borrowed(""),
            body_line: 1,
            findings: finding.into().into_iter().collect(),
            outline: OnceLock::new(),
            page: OnceLock::new(),
            layout: OnceLock::new(),
            folder: OnceLock::new(),
            fingerprint: OnceLock::new(),
        }
    }

    /// The same article, independent of the bytes that it was read from. The layout of a plain text is read anew when it
    /// is asked for: by then its folder may be known.
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

    /// What a Markdown body holds; parsed once, when first asked for.
    pub fn outline(&self) -> &markdown::Outline {
        self.outline
            .get_or_init(|| markdown::outline(&self.body, self.body_line))
    }

    /// What an HTML body holds; parsed once, when first asked for.
    pub fn page(&self) -> &page::Page {
        self.page.get_or_init(|| page::page(&self.body, self.body_line))
    }

    /// Tells a plain text what it shares with the others of its folder; of no effect once its layout was asked for.
    pub fn lies_in(&self, folder: Arc<plain_text::FolderPatterns>) {
        // One that is known already is the same one.
        let _ = self.folder.set(folder);
    }

    /// What a plain-text body holds; read once, when first asked for.
    pub fn layout(&self) -> &plain_text::Layout {
        self.layout.get_or_init(|| match self.folder.get() {
            Some(folder) => plain_text::layout_in_folder(&self.body, self.body_line, folder),
            None => plain_text::layout(&self.body, self.body_line),
        })
    }

    /// The body as raw HTML, without the heading that repeats the title, and without furniture. Not yet safe to publish.
    ///
    /// # Errors
    /// A limit that the HTML exceeds.
    pub fn content(&self, title: &str) -> Result<String, Finding> {
        match self.kind {
            Kind::Markdown => markdown::to_html(&self.body, title),
            Kind::Html => Ok(self.page().content.clone()),
            Kind::PlainText => Ok(plain_text::to_html(self.layout(), title)),
        }
    }

    /// The same for every copy of the file wherever it lies: a hash of the body without its white space; made once,
    /// when first asked for.
    pub fn fingerprint(&self) -> u128 {
        *self.fingerprint.get_or_init(|| self.hash_of_words())
    }

    fn hash_of_words(&self) -> u128 {
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        // Words go to the hasher by the page: one call for each word costs four times as much.
        let mut page = Vec::with_capacity(PAGE + 64);
        for word in self.body.split_ascii_whitespace() {
            page.extend_from_slice(word.as_bytes());
            page.push(b' ');
            if page.len() >= PAGE {
                hasher.update(&page);
                page.clear();
            }
        }
        hasher.update(&page);
        hasher.digest128()
    }
}

/// How many bytes are hashed at a time.
const PAGE: usize = 4096;

/// The extension of a path, in lower case; empty if it has none.
fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.to_ascii_lowercase()
}

/// Whether undecoded bytes start like a page.
fn is_html(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let start = &start[..start.len().min(16)];
    start.to_ascii_lowercase().starts_with(b"<!doctype html") || start.to_ascii_lowercase().starts_with(b"<html")
}

/// Why a text is no article, if nothing was said before.
fn not_an_article(text: &str, findings: &[Finding]) -> Option<Finding> {
    if findings.iter().any(|finding| finding.rule.id == rules::UNREADABLE.id) {
        return None;
    }
    if text
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
        .is_empty()
    {
        return Some(
            Finding::new(&rules::EMPTY, Location::file(), "the file is empty").help("write something, or delete it"),
        );
    }
    let head = start_of(text, 2048);
    (head.contains("\nMIME-Version:") && head.contains("multipart/related")).then(|| {
        Finding::new(
            &rules::UNREADABLE,
            Location::file(),
            "a page saved as a MIME archive (MHTML)",
        )
        .help("save the page as HTML only")
    })
}
