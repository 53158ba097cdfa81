use super::{Entry, Person};
use crate::{
    text::{PlainText, language::Language},
    time::Timestamp,
    url::{Id, Url},
};

/// A feed. What Atom requires is not optional, so rendering cannot produce an invalid feed in any format.
#[derive(Debug, Clone)]
pub struct Feed {
    /// – / `id` / –. Required, never changed.
    pub id: Id,
    /// `title`. Required.
    pub title: PlainText,
    /// `description` (required in RSS: the title if there is no description) / `subtitle` / `description`.
    pub description: Option<PlainText>,
    /// The page that the feed belongs to: `link` / `link rel=alternate` / `home_page_url`. Required.
    pub home: Url,
    /// The feed's own address: `atom:link rel=self` / `link rel=self` / `feed_url`. Required.
    pub self_link: Url,
    /// `language` / `xml:lang` / `language`.
    pub language: Option<Language>,
    /// `managingEditor` if there is a mail address / `author` each / `authors`. At least one.
    pub authors: Vec<Person>,
    /// `copyright` / `rights` / –.
    pub rights: Option<PlainText>,
    /// A small square picture: – / `icon` / `favicon`.
    pub icon: Option<Url>,
    /// A larger picture: `image` / `logo` / `icon`.
    pub logo: Option<Url>,
    /// Whether entries have their content, or only a summary.
    pub full_content: bool,
    /// The last significant change: `lastBuildDate` / `updated` / –. It comes from the entries and the ledger, not from
    /// the clock.
    pub updated: Timestamp,
    /// `item` / `entry` / `items`, newest first.
    pub entries: Vec<Entry>,
}
