use super::{Entry, Person};
use crate::{
    text::{PlainText, language::Language},
    time::Timestamp,
    url::{Id, Url},
};

/// A feed. The fields that Atom requires are not `Option`s, so rendering cannot produce a feed that lacks one of them.
#[derive(Debug, Clone)]
pub struct Feed {
    /// – / `id` / –. Required, never changed.
    pub id: Id,
    /// `title`. Required.
    pub title: PlainText,
    /// `description` (required in RSS, where the title is used if there is no description) / `subtitle` /
    /// `description`.
    pub description: Option<PlainText>,
    /// The page that the feed belongs to: `link` / `link rel=alternate` / `home_page_url`. Required.
    pub home: Url,
    /// The feed's own address: `atom:link rel=self` / `link rel=self` / `feed_url`. Required.
    pub self_link: Url,
    /// `language` / `xml:lang` / `language`.
    pub language: Option<Language>,
    /// `managingEditor` with the first author who has an e-mail address / one `author` per author / `authors`. Never
    /// empty.
    pub authors: Vec<Person>,
    /// `copyright` / `rights` / –.
    pub rights: Option<PlainText>,
    /// A small square picture: – / `icon` / `favicon`.
    pub icon: Option<Url>,
    /// A larger picture: `image` / `logo` / `icon`.
    pub logo: Option<Url>,
    /// Whether the entries contain their whole content rather than only a summary.
    pub full_content: bool,
    /// The last significant change: `lastBuildDate` / `updated` / –. The date comes from the entries and the ledger,
    /// not from the system clock.
    pub updated: Timestamp,
    /// `item` / `entry` / `items`, newest first.
    pub entries: Vec<Entry>,
}
