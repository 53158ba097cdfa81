//! `feedwright.yaml`: the site, the folder of its articles, and its feeds.
//!
//! `yaml` reads the file into the structure that `file` declares. `value` declares the types of its values, and `read`
//! parses those from text. `load` turns the structure into a [`Config`]. Errors have line and column. `check_settings` is the section that
//! `feedwright check` uses. `schema` generates the JSON Schema from `file` and `value`.

mod check_settings;
mod fault;
mod file;
mod load;
mod read;
#[cfg(feature = "cli")]
mod schema;
mod value;
mod yaml;

use std::path::{Path, PathBuf};

use chrono::NaiveTime;

pub use check_settings::CheckSettings;

use crate::{
    extract::Defaults,
    html::Level,
    model::Person,
    render::Format,
    source::discover::Inputs,
    text::{PlainText, language::Language},
    time::{Timestamp, Zone},
    url::Url,
};

/// The settings of a site. Settings that the file omits have their defaults, and paths are resolved.
#[derive(Debug, Clone)]
pub struct Config {
    /// The site that the feeds belong to.
    pub site: Site,
    /// The folders of the articles.
    pub input: Inputs,
    /// The pattern of permalinks for articles that declare none, such as `{path}/`; see [`Config::LINK_FIELDS`].
    pub link_pattern: String,
    /// Which HTML of authors is kept.
    pub html: Level,
    /// The folder of the feeds.
    pub output: PathBuf,
    /// The address of the output folder, if it is not the site's.
    pub output_url: Option<Url>,
    /// The file of the ledger.
    pub ledger: PathBuf,
    /// The feeds to build; never empty.
    pub feeds: Vec<FeedSettings>,
    /// Additional front matter keys: pairs of field and key.
    pub aliases: Vec<(String, String)>,
    /// Language, authors and categories of articles that declare none, by folder.
    pub defaults: Vec<Defaults>,
    /// Whether an article without a date gets the modification time of its file.
    pub file_time_dates: bool,
    /// Whether an article without a date is dated by the Git history of its file.
    pub git_dates: bool,
    /// How much a build may change before a guard refuses it.
    pub guards: Guards,
}

impl Config {
    /// The fields that the link pattern may contain in braces.
    pub const LINK_FIELDS: [&'static str; 7] = ["path", "folder", "name", "slug", "year", "month", "day"];

    /// The name of the configuration file.
    pub const FILE_NAME: &'static str = "feedwright.yaml";

    /// The default name of the ledger, next to the configuration.
    pub const LEDGER_NAME: &'static str = "feedwright.ledger";

    /// The settings of a site without a file: the defaults, with paths in `folder`.
    pub fn new(title: PlainText, url: Url, folder: &Path) -> Self {
        let authors = vec![Person {
            name: title.clone(),
            email: None,
            url: None,
        }];
        Config {
            site: Site {
                title,
                url,
                description: None,
                language: None,
                authors,
                rights: None,
                zone: Zone::utc(),
                default_time: NaiveTime::MIN,
                icon: None,
                logo: None,
                id_authority: None,
            },
            input: Inputs {
                paths: vec![folder.join("input")],
                include: Vec::new(),
                exclude: Vec::new(),
            },
            link_pattern: "{path}/".to_owned(),
            html: Level::default(),
            output: folder.join("feeds"),
            output_url: None,
            ledger: folder.join(Config::LEDGER_NAME),
            feeds: [Format::Rss, Format::Atom, Format::Json]
                .into_iter()
                .map(|format| FeedSettings::new(format.file_name().to_owned(), format))
                .collect(),
            aliases: Vec::new(),
            defaults: Vec::new(),
            file_time_dates: false,
            git_dates: false,
            guards: Guards::default(),
        }
    }

    /// Parses the address of a site: an absolute http(s) address, to which a final `/` is added.
    ///
    /// # Errors
    /// A message and its help.
    pub fn site_address(raw: &str) -> Result<Url, (String, String)> {
        read::site_address(raw).map_err(|fault| (fault.message, fault.help))
    }

    /// Sets the address of the site, and moves the icon and logo if their addresses start with the old one.
    pub fn move_to(&mut self, url: Url) {
        let old = std::mem::replace(&mut self.site.url, url);
        for image in [&mut self.site.icon, &mut self.site.logo].into_iter().flatten() {
            let moved = image
                .as_str()
                .strip_prefix(old.as_str())
                .and_then(|relative| self.site.url.join(relative));
            if let Some(moved) = moved {
                *image = moved;
            }
        }
    }

    /// Sets the title of the site, and renames the default author if it is the site's title.
    pub fn rename(&mut self, title: PlainText) {
        for author in &mut self.site.authors {
            if author.name == self.site.title {
                author.name = title.clone();
            }
        }
        self.site.title = title;
    }
}

/// The site.
#[derive(Debug, Clone)]
pub struct Site {
    /// The name of the site, and the default title of feeds.
    pub title: PlainText,
    /// The address, which ends with `/`.
    pub url: Url,
    /// One sentence about the site.
    pub description: Option<PlainText>,
    /// The language of the site.
    pub language: Option<Language>,
    /// The authors of articles that name none; by default the site's title. Never empty.
    pub authors: Vec<Person>,
    /// The copyright line.
    pub rights: Option<PlainText>,
    /// The time zone of dates without a UTC offset.
    pub zone: Zone,
    /// The time of dates without a time.
    pub default_time: NaiveTime,
    /// A small square image.
    pub icon: Option<Url>,
    /// A larger image.
    pub logo: Option<Url>,
    /// The authority of new ids (RFC 4151): `example.org,2026`.
    ///
    /// By default that of the ledger, which a new ledger gets from the site's host.
    pub id_authority: Option<String>,
}

/// The settings of a feed.
#[derive(Debug, Clone)]
pub struct FeedSettings {
    /// The path of the file, relative to the output folder, with `/`.
    pub path: String,
    /// The format, by default that of the file name.
    pub format: Format,
    /// The title, if it is not the site's.
    pub title: Option<PlainText>,
    /// The description, if it is not the site's.
    pub description: Option<PlainText>,
    /// Which articles it contains.
    pub selection: Selection,
    /// How many entries it contains.
    pub limits: Limits,
    /// How much of each article it contains.
    pub content: Content,
}

impl FeedSettings {
    /// The default settings of a feed.
    pub fn new(path: String, format: Format) -> Self {
        FeedSettings {
            path,
            format,
            title: None,
            description: None,
            selection: Selection::default(),
            limits: Limits::default(),
            content: Content::default(),
        }
    }
}

/// Which articles a feed contains: those that match every list that is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Folders, relative to the input folder.
    pub folders: Vec<String>,
    /// Categories, compared without case.
    pub categories: Vec<String>,
    /// Names of authors, compared without case.
    pub authors: Vec<String>,
    /// Languages; `de` matches `de-AT` too.
    pub languages: Vec<Language>,
    /// Globs of paths relative to the input folder; see [`glob`](crate::glob).
    pub globs: Vec<String>,
}

/// The limits of a feed, which contains the newest entries within them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The number of entries.
    pub entries: usize,
    /// The size of the file in bytes.
    pub bytes: Option<usize>,
    /// The age of entries, in days since publication.
    pub age_days: Option<u32>,
}

impl Default for Limits {
    // Readers handle 30 entries well. Google News fetches at most 60 entries and 2 MB.
    fn default() -> Self {
        Limits {
            entries: 30,
            bytes: None,
            age_days: None,
        }
    }
}

/// How much a build may change before a guard refuses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guards {
    /// The share of a feed's entries that may disappear, in percent.
    pub shrink: u32,
    /// The share of a feed's remaining entries that may change their publication date, in percent.
    pub redate: u32,
    /// The share of all articles that may have errors, in percent.
    pub failed: u32,
    /// The number of new entries that a feed may get in one build, if it had at least as many before.
    pub flood: usize,
    /// For how many days the entry of an unreadable or broken article stays published.
    pub hold_days: u32,
}

impl Default for Guards {
    fn default() -> Self {
        Guards {
            shrink: 30,
            redate: 20,
            failed: 10,
            flood: 20,
            hold_days: 7,
        }
    }
}

impl Limits {
    /// The earliest publication time within the age limit, in seconds since 1970.
    pub fn earliest(&self, now: Timestamp) -> Option<i64> {
        self.age_days.map(|days| now.unix() - i64::from(days) * 24 * 60 * 60)
    }
}

/// How much of each article a feed contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Content {
    /// The whole article as HTML.
    #[default]
    Full,
    /// Only the summary.
    Summary,
}
