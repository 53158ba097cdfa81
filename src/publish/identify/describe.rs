//! Describes articles and records, so that [`identity`](crate::identity) can compare them.

use super::Records;
use crate::{
    article::TextLength,
    compose::id::{self, original_id},
    identity::{Description, Properties, Text},
    ledger::{self, Record},
    source::files::other_path,
    time::Timestamp,
    url::Id,
};

/// The properties of an article that are used to find its record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleProperties<'a> {
    /// The path in the ledger, as returned by [`article_path`](crate::source::files::article_path).
    pub(crate) path: &'a str,
    /// [`Article::fingerprint`](crate::article::Article::fingerprint).
    pub(crate) fingerprint: u128,
    /// The length of the text. The longer the text is, the more it counts that a record has the same text.
    pub(crate) length: TextLength,
    /// The declared id; `None` if the article declares none or if the id is not known yet.
    pub(crate) declared_id: Option<&'a Id>,
    /// The permalink, if it is already known.
    pub(crate) link: Option<&'a str>,
    /// Whether the article declares the permalink. A permalink made from the path proves no more than the path does.
    pub(crate) is_link_declared: bool,
    /// The title, if it is already known and is not just the file name.
    pub(crate) title: Option<&'a str>,
    /// Whether the title was derived from the text, because the article declares none.
    pub(crate) is_title_derived: bool,
    /// The date in the article, if it has one.
    pub(crate) published: Option<Timestamp>,
}

impl Records<'_, '_> {
    /// Describes an article. `copies` is the number of articles that have its text.
    ///
    /// The article's record may have the path that the file had before a folder was added to `input`. A record that was
    /// rebuilt from a feed has no path, but the record's permalink may be that of the article, or the record's id may
    /// have been made from the article's path.
    pub(super) fn describe_article<'a>(&self, article: &ArticleProperties<'a>, copies: usize) -> Description<'a> {
        let mut paths = vec![article.path.to_owned()];
        let mut link = None;
        // If there is a record at the article's own path, the other places belong to earlier articles at this path.
        if !self.ledger.records.contains_key(article.path) {
            paths.extend(other_path(&self.config.input.paths, article.path));
            paths.extend(self.minted_key(article.path));
            link = article.link.and_then(|link| self.addresses.normalize(link));
        }
        Description {
            places: places(paths, link),
            properties: self.properties(article, self.text(article, copies)),
        }
    }

    /// Describes a record.
    pub(super) fn describe_record<'a>(&self, path: &str, record: &'a Record) -> Description<'a> {
        let properties = self.properties_of(record);
        let link = properties.link.clone().filter(|_| ledger::is_articleless(path));
        Description {
            places: places([path.to_owned()], link),
            properties,
        }
    }

    /// The ledger key of a record that has no path and whose id was made from this path.
    fn minted_key(&self, path: &str) -> Option<String> {
        let id = id::mint(path, self.authority.as_deref()?, |_| false)?;
        Some(ledger::key_without_article(&id))
    }

    /// The text of an article, and how much it proves. Returns `None` if the text is empty. A text that occurs in
    /// several articles or records proves nothing by itself.
    pub(super) fn text(&self, article: &ArticleProperties<'_>, copies: usize) -> Option<Text> {
        let hash = article.fingerprint;
        if article.length == TextLength::Empty {
            return None;
        }
        let by_fingerprint = self.by_fingerprint.get_or_init(|| self.ledger.by_fingerprint());
        let records = by_fingerprint.paths(hash).take(2).count();
        Some(match article.length {
            _ if copies > 1 || records > 1 => Text::Repeated(hash),
            TextLength::Long => Text::Distinctive(hash),
            TextLength::Medium => Text::Plain(hash),
            TextLength::Short | TextLength::Empty => Text::Short(hash),
        })
    }

    pub(super) fn properties<'a>(&self, article: &ArticleProperties<'a>, text: Option<Text>) -> Properties<'a> {
        let link = article.link.filter(|_| article.is_link_declared);
        Properties {
            id: article.declared_id.map(|id| self.comparable(id.as_str()).into()),
            title: article.title.and_then(Properties::title),
            published: article.published.map(|at| at.unix()),
            link: link.and_then(|link| self.addresses.normalize(link)),
            text,
        }
    }

    /// The form in which ids are compared: without `tag:` and the authority, if the authority is the site's current or
    /// recorded one. A declared id that is not a URI becomes part of a `tag:` URI, and the site's authority may have
    /// changed since then.
    pub(super) fn comparable<'a>(&self, id: &'a str) -> &'a str {
        let authorities = [self.authority.as_deref(), self.ledger.authority.as_deref()];
        let without = |authority: &str| id.strip_prefix("tag:")?.strip_prefix(authority)?.strip_prefix(':');
        authorities.into_iter().flatten().find_map(without).unwrap_or(id)
    }

    pub(super) fn properties_of<'a>(&self, record: &'a Record) -> Properties<'a> {
        let last = record.last_published.as_ref();
        Properties {
            // An article still declares its original id after it has been reannounced.
            id: Some(self.comparable(original_id(&record.id)).into()),
            title: last.and_then(|last| Properties::title(&last.title)),
            published: last.map(|last| last.article_date().unix()),
            link: last.and_then(|last| self.addresses.normalize(&last.link)),
            // 0 is the fingerprint of a record that was rebuilt from a feed.
            text: (record.fingerprint != 0).then_some(Text::Distinctive(record.fingerprint)),
        }
    }
}

/// The places of an article or a record. A path and a link are different places even if they are spelled the same.
///
/// A link to another site is not a place: a link blog may link to the same page again.
fn places(paths: impl IntoIterator<Item = String>, link: Option<String>) -> Vec<String> {
    let link = link.filter(|link| link.starts_with(['/', '?', '#']) || link.is_empty());
    let paths = paths.into_iter().map(|path| format!("path {path}"));
    paths.chain(link.map(|link| format!("link {link}"))).collect()
}
