//! The shape of `feedwright.yaml`. The doc comments are what an editor shows: they go into the JSON Schema.

use std::num::{NonZeroU32, NonZeroUsize};

#[cfg(feature = "cli")]
use schemars::JsonSchema;
use serde::Deserialize;

use super::value::{
    Address, Authority, ContentName, FeedPath, FolderPath, FormatName, Glob, HtmlLevel, Key, LevelName, Line,
    LinkPattern, Mail, OneOrMany, Pairs, Percent, Reference, RuleId, SiteAddress, Tag, TimeOfDay, Written, ZoneName,
};

/// The configuration of a site's feeds. Only `site.title` and `site.url` are required, and for `check` not even these.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The site that the feeds belong to.
    pub(super) site: Option<Site>,
    /// Where the articles lie: a folder, a list of folders, or a mapping. By default `input`.
    pub(super) input: Option<Written<OneOrMany<FolderPath>, Input>>,
    /// The permalink of an article that names none, relative to `site.url`. In braces: path, folder, name, slug, year, month, day. By default `{path}/`.
    pub(super) link: Option<LinkPattern>,
    /// How much of an author's HTML passes: `strict` (text, lists, tables, links), `standard` (that, and pictures, sound and film; the default) or `trusted` (all of it, scripts included).
    pub(super) html: Option<HtmlLevel>,
    /// The folder that the feeds are written to. By default `feeds`.
    pub(super) output: Option<FolderPath>,
    /// The address that `output` is served at, for the feeds' own addresses. By default `site.url`.
    pub(super) output_url: Option<SiteAddress>,
    /// The file that remembers ids and dates; commit it. By default `feedwright.ledger`.
    pub(super) ledger: Option<FolderPath>,
    /// How dates are found.
    pub(super) dates: Option<Dates>,
    /// More names of front matter keys, for each field.
    pub(super) aliases: Option<Aliases>,
    /// What articles of a folder are when they say nothing themselves; the deepest folder counts.
    #[serde(default)]
    pub(super) defaults: Vec<Defaults>,
    /// The feeds to make: file names, or mappings. By default `rss.xml`, `atom.xml` and `feed.json`.
    #[cfg_attr(feature = "cli", schemars(length(min = 1)))]
    pub(super) feeds: Option<Vec<Written<FeedPath, Feed>>>,
    /// How much a build may change of what is published; more is refused, with the option that allows it for one build.
    pub(super) guards: Option<Guards>,
    /// How `feedwright check` judges feeds.
    pub(super) check: Option<Check>,
}

/// Rules with their levels.
pub(super) type Rules = Pairs<RuleId, LevelName>;

/// How `feedwright check` judges feeds.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    /// Globs of files to skip, relative to the configuration's folder. `*` stays within a folder, `**` crosses folders.
    #[serde(default)]
    pub(super) ignore: OneOrMany<Glob>,
    /// How bad breaches of a rule are in every feed: off, advice, warning or error.
    #[serde(default)]
    pub(super) rules: Rules,
    /// Levels of rules for the feeds that match a glob, relative to the configuration's folder. `*` stays within a folder, `**` crosses folders. If several globs match, the last one wins.
    #[serde(default)]
    pub(super) paths: Pairs<Glob, Rules>,
}

/// The site that the feeds belong to.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Site {
    /// The site's name.
    pub(super) title: Line,
    /// The site's absolute address; permalinks begin with it.
    pub(super) url: SiteAddress,
    /// One sentence about the site.
    pub(super) description: Option<Line>,
    /// The site's language, such as `en` or `pt-BR`.
    pub(super) language: Option<Tag>,
    /// Who writes what is not signed. By default the site's title.
    #[serde(default)]
    pub(super) authors: OneOrMany<Written<Line, Person>>,
    /// The copyright line.
    pub(super) rights: Option<Line>,
    /// The IANA time zone of dates without an offset, such as `Europe/Berlin`. By default UTC.
    pub(super) time_zone: Option<ZoneName>,
    /// The time of day of dates without a time. By default `00:00`.
    pub(super) default_time: Option<TimeOfDay>,
    /// A small square picture; may be relative to `site.url`.
    pub(super) icon: Option<Reference>,
    /// A larger picture; may be relative to `site.url`.
    pub(super) logo: Option<Reference>,
    /// Authority and date of new ids (RFC 4151), such as `example.org,2026`. By default the site's host when the ledger begins.
    pub(super) id_authority: Option<Authority>,
}

/// A person.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    /// The person's name.
    pub(super) name: Line,
    /// The person's e-mail address.
    pub(super) email: Option<Mail>,
    /// The person's page.
    pub(super) url: Option<Address>,
}

/// Where the articles lie.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Input {
    /// The folders. By default `input`.
    #[serde(default)]
    pub(super) folders: OneOrMany<FolderPath>,
    /// Globs of the files to read, relative to the input folder. `*` stays within a folder, `**` crosses folders. By default, every file with the extension of an article.
    #[serde(default)]
    pub(super) include: OneOrMany<Glob>,
    /// Globs of the files to skip, relative to the input folder. `*` stays within a folder, `**` crosses folders.
    #[serde(default)]
    pub(super) exclude: OneOrMany<Glob>,
}

/// How dates are found.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Dates {
    /// Whether an article without a date takes its file's modification time. By default false: copies and checkouts change it.
    #[serde(default)]
    pub(super) from_file_time: bool,
    /// Whether an article without a date is dated by the first commit of its file, and its last change by the last one. By default false: needs all of Git's history.
    #[serde(default)]
    pub(super) from_git: bool,
}

/// More names of front matter keys, for each field.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub(super) struct Aliases {
    /// Keys that hold the title.
    pub(super) title: OneOrMany<Key>,
    /// Keys that hold the date of publication.
    pub(super) published: OneOrMany<Key>,
    /// Keys that hold the date of the last change.
    pub(super) updated: OneOrMany<Key>,
    /// Keys that hold the summary.
    pub(super) summary: OneOrMany<Key>,
    /// Keys that hold the authors.
    pub(super) authors: OneOrMany<Key>,
    /// Keys that hold the permalink.
    pub(super) link: OneOrMany<Key>,
    /// Keys that hold the main picture.
    pub(super) image: OneOrMany<Key>,
    /// Keys that hold categories.
    pub(super) categories: OneOrMany<Key>,
    /// Keys that hold the language.
    pub(super) language: OneOrMany<Key>,
    /// Keys that hold the id.
    pub(super) id: OneOrMany<Key>,
    /// Keys that hold whether it is a draft.
    pub(super) draft: OneOrMany<Key>,
    /// Keys that hold the date of expiry.
    pub(super) expires: OneOrMany<Key>,
    /// Keys that hold enclosures.
    pub(super) enclosures: OneOrMany<Key>,
}

/// What articles of a folder are when they say nothing themselves.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Defaults {
    /// The folder, below the input folder; `.` for all articles.
    pub(super) folder: FolderPath,
    /// Their language, such as `en` or `pt-BR`.
    pub(super) language: Option<Tag>,
    /// Their authors.
    #[serde(default)]
    pub(super) authors: OneOrMany<Written<Line, Person>>,
    /// Their categories.
    #[serde(default)]
    pub(super) categories: OneOrMany<Line>,
}

/// How much a build may change of what is published.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Guards {
    /// The share of a feed's entries that may go, such as `30%`; two may always. By default 30%.
    pub(super) shrink: Option<Percent>,
    /// The share of a feed's kept entries that may change their date of publication; two may always. By default 20%.
    pub(super) redate: Option<Percent>,
    /// The share of all articles that may have errors; one may always. By default 10%.
    pub(super) failed: Option<Percent>,
    /// The number of new entries that a feed may get which held as many before. By default 20.
    pub(super) flood: Option<NonZeroUsize>,
    /// For how many days a published entry stays whose article cannot be read or is broken. By default 7.
    pub(super) hold_days: Option<NonZeroU32>,
}

/// A feed.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Feed {
    /// The file, relative to `output`.
    pub(super) path: FeedPath,
    /// The format, if the file name does not tell it.
    pub(super) format: Option<FormatName>,
    /// The feed's title. By default the site's.
    pub(super) title: Option<Line>,
    /// The feed's description. By default the site's.
    pub(super) description: Option<Line>,
    /// Which articles the feed holds: those that meet each list given here. By default all.
    pub(super) select: Option<Select>,
    /// How much the feed holds; the newest entries win.
    pub(super) limit: Option<Limit>,
    /// Whether entries carry the whole article or only its summary. By default full.
    pub(super) content: Option<ContentName>,
}

/// Which articles a feed holds.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Select {
    /// Folders below the input folder.
    #[serde(default)]
    pub(super) folders: OneOrMany<FolderPath>,
    /// Categories, whatever their case.
    #[serde(default)]
    pub(super) categories: OneOrMany<Line>,
    /// Names of authors, whatever their case.
    #[serde(default)]
    pub(super) authors: OneOrMany<Line>,
    /// Languages: `de` takes `de-AT` too.
    #[serde(default)]
    pub(super) languages: OneOrMany<Tag>,
    /// Globs of articles, relative to the input folder. `*` stays within a folder, `**` crosses folders.
    #[serde(default)]
    pub(super) globs: OneOrMany<Glob>,
}

/// How much a feed holds.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    /// The number of entries. By default 30.
    pub(super) entries: Option<NonZeroUsize>,
    /// The size of the file in bytes.
    pub(super) bytes: Option<NonZeroUsize>,
    /// The age of an entry in days.
    pub(super) age_days: Option<NonZeroU32>,
}
