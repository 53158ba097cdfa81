//! `feedwright.yaml`: what the site is, where its articles lie, and which feeds to make of them.
//!
//! `file` is the shape of the file, `value` its single values as types that `read` reads, `load` makes a [`Config`] of it or says at which
//! line and column it cannot, `judging` is the part that `check` needs, `schema` describes the shape to editors.

mod fault;
mod file;
mod judging;
mod load;
mod read;
#[cfg(feature = "cli")]
mod schema;
mod value;

use std::path::{Path, PathBuf};

use chrono::NaiveTime;

pub use judging::Judging;

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

/// Everything a build needs to know. What the file leaves out has its default; paths are resolved.
#[derive(Debug, Clone)]
pub struct Config {
    /// The site that the feeds belong to.
    pub site: Site,
    /// Where the articles lie.
    pub input: Inputs,
    /// The permalink of an article that names none: `{path}/`, see [`Config::LINK_FIELDS`].
    pub link_pattern: String,
    /// How much of an author's HTML passes.
    pub html: Level,
    /// The folder that feeds are written to.
    pub output: PathBuf,
    /// The address that the output folder is served at, if it is not the site's.
    pub output_url: Option<Url>,
    /// The ledger file.
    pub ledger: PathBuf,
    /// The feeds to make; never empty.
    pub feeds: Vec<FeedSettings>,
    /// More names for a field's front matter key: (field, key).
    pub aliases: Vec<(String, String)>,
    /// What articles of a folder are when they say nothing themselves.
    pub defaults: Vec<Defaults>,
    /// Whether an article without any date may take its file's modification time.
    pub file_time_dates: bool,
    /// Whether an article without any date is dated by Git's history of its file.
    pub git_dates: bool,
    /// How much a build may change before it is refused.
    pub guards: Guards,
}

impl Config {
    /// What can stand in braces in the link pattern.
    pub const LINK_FIELDS: [&'static str; 7] = ["path", "folder", "name", "slug", "year", "month", "day"];

    /// The name of the file, beside which relative paths begin.
    pub const FILE_NAME: &'static str = "feedwright.yaml";

    /// The usual name of the ledger.
    pub const LEDGER_NAME: &'static str = "feedwright.ledger";

    /// The settings of a site that has no file: every default, with paths below `folder`.
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

    /// Reads the address of a site, as `site.url` holds it: absolute http(s), ending with `/`.
    ///
    /// # Errors
    /// What is wrong with it, and the way out.
    pub fn site_address(raw: &str) -> Result<Url, (String, String)> {
        read::site_address(raw).map_err(|fault| (fault.message, fault.help))
    }

    /// Gives the site another address; pictures below the old one move along.
    pub fn move_to(&mut self, url: Url) {
        let old = std::mem::replace(&mut self.site.url, url);
        for picture in [&mut self.site.icon, &mut self.site.logo].into_iter().flatten() {
            let moved = picture
                .as_str()
                .strip_prefix(old.as_str())
                .and_then(|below| self.site.url.join(below));
            if let Some(moved) = moved {
                *picture = moved;
            }
        }
    }

    /// Gives the site another title, and with it the author of what nobody signs.
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
    /// Its name, and the title of feeds that have none of their own.
    pub title: PlainText,
    /// Its address, ending with `/`.
    pub url: Url,
    /// One sentence about it.
    pub description: Option<PlainText>,
    /// Its language.
    pub language: Option<Language>,
    /// Who writes what is not signed; the site's title where nobody is named. Never empty.
    pub authors: Vec<Person>,
    /// The copyright line.
    pub rights: Option<PlainText>,
    /// The zone of dates without an offset.
    pub zone: Zone,
    /// The time of day of dates without a time.
    pub default_time: NaiveTime,
    /// A small square picture.
    pub icon: Option<Url>,
    /// A larger picture.
    pub logo: Option<Url>,
    /// `example.org,2026`: authority and date of new ids (RFC 4151); without it, the ledger's, at first the site's host.
    pub id_authority: Option<String>,
}

/// One feed.
#[derive(Debug, Clone)]
pub struct FeedSettings {
    /// The file, relative to the output folder, with `/`.
    pub path: String,
    /// Its format, by default told by the file name.
    pub format: Format,
    /// Its title, if not the site's.
    pub title: Option<PlainText>,
    /// Its description, if not the site's.
    pub description: Option<PlainText>,
    /// Which articles it holds.
    pub selection: Selection,
    /// How many.
    pub limits: Limits,
    /// How much of each.
    pub content: Content,
}

impl FeedSettings {
    /// The settings of a feed of which only path and format are known.
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

/// Which articles a feed holds: all that meet each list that is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Folders below the input folder.
    pub folders: Vec<String>,
    /// Categories, compared without case.
    pub categories: Vec<String>,
    /// Names of authors, compared without case.
    pub authors: Vec<String>,
    /// Languages: `de` takes `de-AT` too.
    pub languages: Vec<Language>,
    /// Globs of relative paths.
    pub globs: Vec<String>,
}

/// How much a feed holds; the newest entries win.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Entries.
    pub entries: usize,
    /// Bytes of the finished file.
    pub bytes: Option<usize>,
    /// Days since publication.
    pub age_days: Option<u32>,
}

impl Default for Limits {
    // Readers take 30 well; Google News fetches 60 at most and 2 MB.
    fn default() -> Self {
        Limits {
            entries: 30,
            bytes: None,
            age_days: None,
        }
    }
}

/// How much a build may change of what is published; more is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guards {
    /// The share of a feed's entries that may go, in percent.
    pub shrink: u32,
    /// The share of a feed's kept entries that may change their date of publication, in percent.
    pub redate: u32,
    /// The share of all articles that may have errors, in percent.
    pub failed: u32,
    /// The number of new entries in a feed that had as many.
    pub flood: usize,
    /// For how many days a published entry stays whose article cannot be read.
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
    /// The first second whose entries are young enough, counted from 1970.
    pub fn earliest(&self, now: Timestamp) -> Option<i64> {
        self.age_days.map(|days| now.unix() - i64::from(days) * 24 * 60 * 60)
    }
}

/// How much of each article a feed holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Content {
    /// The whole article as HTML.
    #[default]
    Full,
    /// Only its summary.
    Summary,
}
