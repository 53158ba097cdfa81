use crate::{text::PlainText, url::Url};

/// An author, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// `dc:creator` / `author/name` / `authors[].name`. Required.
    pub name: PlainText,
    /// – / `author/email` / –. Never in RSS: nine of 29 readers show it as part of the name.
    pub email: Option<String>,
    /// – / `author/uri` / `authors[].url`.
    pub url: Option<Url>,
}
