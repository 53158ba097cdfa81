//! From a file to an [`Article`]: which files are articles, what they say in front matter, what their body holds.

pub mod beside;
pub mod decode;
pub mod discover;
pub mod front_matter;
pub mod html;
pub mod markdown;
pub mod plain_text;

use std::{borrow::Cow, sync::OnceLock};

use crate::finding::Finding;
use front_matter::FrontMatter;

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
    page: OnceLock<html::Page>,
    layout: OnceLock<plain_text::Layout>,
}

impl<'a> Article<'a> {
    /// Splits and decodes the bytes of a file. Never fails: what is wrong with them is in `findings`.
    pub fn parse(path: &str, bytes: &'a [u8]) -> Self {
        let body = String::from_utf8_lossy(bytes);
        Article {
            path: path.to_owned(),
            kind: Kind::Markdown,
            front_matter: FrontMatter::default(),
            body,
            body_line: 1,
            findings: Vec::new(),
            outline: OnceLock::new(),
            page: OnceLock::new(),
            layout: OnceLock::new(),
        }
    }

    /// The same article, independent of the bytes that it was read from.
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
            layout: self.layout,
        }
    }

    /// What a Markdown body holds; parsed once, when first asked for.
    pub fn outline(&self) -> &markdown::Outline {
        self.outline
            .get_or_init(|| markdown::outline(&self.body, self.body_line))
    }

    /// What an HTML body holds; parsed once, when first asked for.
    pub fn page(&self) -> &html::Page {
        self.page.get_or_init(|| html::page(&self.body, self.body_line))
    }

    /// What a plain-text body holds; read once, when first asked for.
    pub fn layout(&self) -> &plain_text::Layout {
        self.layout
            .get_or_init(|| plain_text::layout(&self.body, self.body_line))
    }

    /// The body as raw HTML, without the heading that repeats the title, and without furniture. Not yet safe to publish.
    pub fn content(&self, title: &str) -> String {
        match self.kind {
            Kind::Markdown => markdown::to_html(&self.body, title),
            Kind::Html => self.page().content.clone(),
            Kind::PlainText => plain_text::to_html(self.layout()),
        }
    }

    /// The same for every copy of the file wherever it lies: a hash of the body without its white space.
    pub fn fingerprint(&self) -> u128 {
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        for word in self.body.split_ascii_whitespace() {
            hasher.update(word.as_bytes());
            hasher.update(b" ");
        }
        hasher.digest128()
    }
}
