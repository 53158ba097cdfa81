//! The structure of `feedwright.yaml`. The JSON Schema uses the doc comments as descriptions, so editors show them.

use std::num::NonZeroUsize;

#[cfg(feature = "cli")]
use schemars::JsonSchema;
use serde::Deserialize;

use super::value::{
    Address, Authority, ContentName, Days, FeedPath, FolderPath, FormatName, Glob, Hours, HtmlLevel, Key, LevelName,
    Line, LinkPattern, Mail, OneOrMany, Pairs, Percent, Reference, RuleId, SiteAddress, Tag, TimeOfDay, Written,
    ZoneName,
};

/// The configuration of a site's feeds. `site.title` and `site.url` are required, except in a file that is used only by `feedwright check`.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The site that the feeds belong to.
    pub(super) site: Option<Site>,
    /// The articles: a folder, a list of folders, or a mapping. The default is the folder `input`.
    pub(super) input: Option<Written<OneOrMany<FolderPath>, Input>>,
    /// The pattern for the permalinks of articles that do not declare a permalink. The pattern is relative to `site.url`, and can contain these fields in braces: path, folder, name, slug, year, month, day. The default is `{path}/`.
    pub(super) link: Option<LinkPattern>,
    /// How much of the articles' HTML is kept: `strict` (text, lists, tables and links), `standard` (also images, audio and video; the default) or `trusted` (everything, including scripts).
    pub(super) html: Option<HtmlLevel>,
    /// The folder that the feeds are written to. The default is `feeds`.
    pub(super) output: Option<FolderPath>,
    /// The address of the `output` folder. The feeds' addresses start with it. The default is `site.url`.
    pub(super) output_url: Option<SiteAddress>,
    /// The file that records ids and dates. Commit it. The default is `feedwright.ledger`.
    pub(super) ledger: Option<FolderPath>,
    /// Additional sources of dates.
    pub(super) dates: Option<Dates>,
    /// Additional front matter keys for each field.
    pub(super) aliases: Option<Aliases>,
    /// Default values by folder: the language, authors and categories of articles that do not declare their own. If folders are nested, the value of the innermost folder takes precedence.
    #[serde(default)]
    pub(super) defaults: Vec<Defaults>,
    /// The feeds to build: file names or mappings. The default is `rss.xml`, `atom.xml` and `feed.json`.
    #[cfg_attr(feature = "cli", schemars(length(min = 1)))]
    pub(super) feeds: Option<Vec<Written<FeedPath, Feed>>>,
    /// How much of the published feeds a build may change. A build that exceeds one of these limits is refused, and the error message names the option that lifts the limit for a single build.
    pub(super) guards: Option<Guards>,
    /// Settings for `feedwright check`.
    pub(super) check: Option<Check>,
}

/// Rules and their levels.
pub(super) type Rules = Pairs<RuleId, LevelName>;

/// Settings for `feedwright check`.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    /// Globs for files to skip, relative to the configuration's folder. `*` matches within one folder, and `**` matches across folders.
    #[serde(default)]
    pub(super) ignore: OneOrMany<Glob>,
    /// Rule levels for all feeds: off, advice, warning or error.
    #[serde(default)]
    pub(super) rules: Rules,
    /// Rule levels for the feeds whose paths match a glob. The paths are relative to the configuration's folder. `*` matches within one folder, and `**` matches across folders. If several globs match, the last one wins.
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
    /// The site's absolute address. Permalinks start with it.
    pub(super) url: SiteAddress,
    /// One sentence about the site.
    pub(super) description: Option<Line>,
    /// The site's language, such as `en` or `pt-BR`.
    pub(super) language: Option<Tag>,
    /// The authors of articles that do not name an author. The default is one author with the site's title as the name.
    #[serde(default)]
    pub(super) authors: OneOrMany<Written<Line, Person>>,
    /// The copyright notice.
    pub(super) rights: Option<Line>,
    /// The IANA time zone for dates without a UTC offset, such as `Europe/Berlin`. The default is `UTC`.
    pub(super) time_zone: Option<ZoneName>,
    /// The time of day for dates without a time. The default is `00:00`.
    pub(super) default_time: Option<TimeOfDay>,
    /// The address of a small square image, absolute or relative to `site.url`.
    pub(super) icon: Option<Reference>,
    /// The address of a larger image, absolute or relative to `site.url`.
    pub(super) logo: Option<Reference>,
    /// A domain and a date on which you owned it, such as `example.org,2026`. New ids contain both (RFC 4151). The default is the host that the site had when the ledger was created, and the date of that day. Required if the host is not a domain name, as in `https://my_blog.example.org/`.
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
    /// The person's website.
    pub(super) url: Option<Address>,
}

/// Which files are articles.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Input {
    /// The folders with the articles. The default is `input`.
    #[serde(default)]
    pub(super) folders: OneOrMany<FolderPath>,
    /// Globs for files to read, relative to the input folder. `*` matches within one folder, and `**` matches across folders. By default, every file with an article extension, such as `.md`, is read.
    #[serde(default)]
    pub(super) include: OneOrMany<Glob>,
    /// Globs for files to skip, relative to the input folder. `*` matches within one folder, and `**` matches across folders.
    #[serde(default)]
    pub(super) exclude: OneOrMany<Glob>,
}

/// Additional sources of dates.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Dates {
    /// For articles without a date, use the modification time of the file. Copying a file or checking it out changes its modification time, so the default is false.
    #[serde(default)]
    pub(super) from_file_time: bool,
    /// For articles without a date, use the time of the file's first Git commit as the publication date, and the time of its last commit as the date of the last change. This requires the complete Git history, so the default is false.
    #[serde(default)]
    pub(super) from_git: bool,
}

/// Additional front matter keys for each field.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub(super) struct Aliases {
    /// Keys for the title.
    pub(super) title: OneOrMany<Key>,
    /// Keys for the publication date.
    pub(super) published: OneOrMany<Key>,
    /// Keys for the date of the last change.
    pub(super) updated: OneOrMany<Key>,
    /// Keys for the summary.
    pub(super) summary: OneOrMany<Key>,
    /// Keys for the authors.
    pub(super) authors: OneOrMany<Key>,
    /// Keys for the permalink.
    pub(super) link: OneOrMany<Key>,
    /// Keys for the main image.
    pub(super) image: OneOrMany<Key>,
    /// Keys for the categories.
    pub(super) categories: OneOrMany<Key>,
    /// Keys for the language.
    pub(super) language: OneOrMany<Key>,
    /// Keys for the id.
    pub(super) id: OneOrMany<Key>,
    /// Keys that mark an article as a draft.
    pub(super) draft: OneOrMany<Key>,
    /// Keys for the expiry date.
    pub(super) expires: OneOrMany<Key>,
    /// Keys for the enclosures.
    pub(super) enclosures: OneOrMany<Key>,
}

/// The default language, authors and categories for the articles in a folder.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Defaults {
    /// The folder, relative to the input folder; `.` for all articles.
    pub(super) folder: FolderPath,
    /// The default language of the folder's articles, such as `en` or `pt-BR`.
    pub(super) language: Option<Tag>,
    /// The default authors of the folder's articles.
    #[serde(default)]
    pub(super) authors: OneOrMany<Written<Line, Person>>,
    /// The default categories of the folder's articles.
    #[serde(default)]
    pub(super) categories: OneOrMany<Line>,
}

/// How much of the published feeds a build may change.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Guards {
    /// The maximum share of a feed's entries that may disappear, such as `30%`. Up to two entries may disappear regardless of this limit. The default is 30%.
    pub(super) shrink: Option<Percent>,
    /// Of the entries that stay in a feed, the maximum share whose publication date may change. The dates of up to two entries may change regardless of this limit. The default is 20%.
    pub(super) redate: Option<Percent>,
    /// Of the entries that stay in a feed, the maximum share whose title or text may change. Up to two entries may change regardless of this limit. The default is 50%.
    pub(super) rewrite: Option<Percent>,
    /// Of all articles, the maximum share that may have errors. One article may have errors regardless of this limit. The default is 10%.
    pub(super) failed: Option<Percent>,
    /// The maximum number of new entries that a feed may get within `window_hours`. The limit applies only to feeds that already have at least this many entries. If a feed usually gets more than half this many new entries in that time, its limit is twice the usual number. The default is 20.
    pub(super) flood: Option<NonZeroUsize>,
    /// The period, in hours, over which changes are added up: `shrink`, `redate`, `rewrite` and `flood` limit the total changes made by all builds within this period. The default is 24.
    pub(super) window_hours: Option<Hours>,
    /// The number of days that an entry stays published after its article becomes unreadable or broken. The default is 7.
    pub(super) hold_days: Option<Days>,
}

/// A feed.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Feed {
    /// The path of the file, relative to `output`.
    pub(super) path: FeedPath,
    /// The format. Required if it cannot be determined from the file name.
    pub(super) format: Option<FormatName>,
    /// The feed's title. The default is the site's title.
    pub(super) title: Option<Line>,
    /// The feed's description. The default is the site's description.
    pub(super) description: Option<Line>,
    /// The articles that the feed contains. An article must match at least one item in each list given here. By default, the feed contains all articles.
    pub(super) select: Option<Select>,
    /// The feed's limits. The feed contains as many of the newest entries as the limits allow.
    pub(super) limit: Option<Limit>,
    /// Whether entries contain the full article or only its summary. The default is `full`.
    pub(super) content: Option<ContentName>,
}

/// The articles that a feed contains.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Select {
    /// Folders, relative to the input folder. The article must be in one of them.
    #[serde(default)]
    pub(super) folders: OneOrMany<FolderPath>,
    /// Categories to match, ignoring case. The article must have at least one of them.
    #[serde(default)]
    pub(super) categories: OneOrMany<Line>,
    /// Author names to match, ignoring case. The article must have at least one of these authors.
    #[serde(default)]
    pub(super) authors: OneOrMany<Line>,
    /// Languages to match. The article must be in one of them; `de` also matches `de-AT`.
    #[serde(default)]
    pub(super) languages: OneOrMany<Tag>,
    /// Globs for the paths of articles, relative to the input folder. `*` matches within one folder, and `**` matches across folders.
    #[serde(default)]
    pub(super) globs: OneOrMany<Glob>,
}

/// Limits on the number and age of a feed's entries, and on the size of its file.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    /// The maximum number of entries. The default is 30.
    pub(super) entries: Option<NonZeroUsize>,
    /// The maximum size of the file, in bytes.
    pub(super) bytes: Option<NonZeroUsize>,
    /// The maximum age of an entry, in days since its publication. If all entries are older, the feed contains only the
    /// newest one.
    pub(super) age_days: Option<Days>,
}
