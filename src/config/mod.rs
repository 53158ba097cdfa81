//! The configuration file `feedwright.yaml`: the site, the folders with its articles, and its feeds.
//!
//! `yaml` reads the file into the structure that `file` declares. `value` declares the types of values, and `read`
//! parses the values. `load` turns the structure into a [`Config`]. Errors have a line and a column. `paths` checks
//! where the paths in a [`Config`] lead. `check_settings` contains the settings for `feedwright check`. `schema`
//! generates the JSON Schema from `file` and `value`.

mod check_settings;
mod fault;
mod file;
mod load;
mod paths;
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

/// A site's settings, with defaults for the settings that the file omits. Relative paths have been joined to the
/// configuration's folder.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder that contains the configuration: the site's folder. Empty for the current folder.
    pub folder: PathBuf,
    /// Whether input and output outside the site's folder are rejected; see [`Config::check_paths`].
    pub sandbox: bool,
    /// The site that the feeds belong to.
    pub site: Site,
    /// The folders with the articles.
    pub input: Inputs,
    /// The pattern, such as `{path}/`, for the permalinks of articles that do not declare a permalink; see
    /// [`Config::LINK_FIELDS`].
    pub link_pattern: String,
    /// How much of the articles' HTML is kept.
    pub html: Level,
    /// The folder that the feeds are written to.
    pub output: PathBuf,
    /// The output folder as the configuration names it; `None` if the command line names a different one.
    pub output_setting: Option<String>,
    /// The address of the output folder, if it differs from the site's address.
    pub output_url: Option<Url>,
    /// The ledger file.
    pub ledger: PathBuf,
    /// Where the site is published, if the build is only a preview. A preview does not change the published files.
    pub previewed: Option<PublishedSite>,
    /// The feeds to build; never empty.
    pub feeds: Vec<FeedSettings>,
    /// Additional front matter keys, each as a pair of the field and the key.
    pub aliases: Vec<(String, String)>,
    /// Default values by folder: the language, authors and categories of articles that do not declare their own.
    pub defaults: Vec<Defaults>,
    /// Whether an article without a date gets the modification time of its file as its date.
    pub file_time_dates: bool,
    /// Whether an article without a date gets its dates from the Git history of its file.
    pub git_dates: bool,
    /// How much may change in the published feeds within a window of time before a guard refuses the build.
    pub guards: Guards,
}

/// Where a site is published.
#[derive(Debug, Clone)]
pub struct PublishedSite {
    /// The folder that contains the feeds.
    pub output: PathBuf,
    /// The ledger file.
    pub ledger: PathBuf,
}

impl Config {
    /// The fields that the link pattern may contain in braces.
    pub const LINK_FIELDS: [&'static str; 7] = ["path", "folder", "name", "slug", "year", "month", "day"];

    /// The name of the configuration file.
    pub const FILE_NAME: &'static str = "feedwright.yaml";

    /// The default name of the output folder, which is in the configuration's folder.
    pub const OUTPUT_NAME: &'static str = "feeds";

    /// The default name of the ledger file, which is in the configuration's folder.
    pub const LEDGER_NAME: &'static str = "feedwright.ledger";

    /// The default settings of a site. The input folder, the output folder and the ledger are in `folder`.
    pub fn new(title: PlainText, url: Url, folder: &Path) -> Self {
        // Atom requires an author (RFC 4287 section 4.1.1). The name of the default author is the site's title.
        let authors = vec![Person {
            name: title.clone(),
            email: None,
            url: None,
        }];
        Config {
            folder: folder.to_owned(),
            sandbox: false,
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
            output: folder.join(Config::OUTPUT_NAME),
            output_setting: Some(Config::OUTPUT_NAME.to_owned()),
            output_url: None,
            ledger: folder.join(Config::LEDGER_NAME),
            previewed: None,
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

    /// Parses a site's absolute http(s) address, and adds a final `/` if it is missing.
    ///
    /// # Errors
    /// Returns an error message and its help if `raw` is not a valid address for a site.
    pub fn site_address(raw: &str) -> Result<Url, (String, String)> {
        read::site_address(raw).map_err(|fault| (fault.message, fault.help))
    }

    /// Sets the site's address, and updates the addresses of the icon and the logo if they start with the old address.
    pub fn move_to(&mut self, url: Url) {
        let old = std::mem::replace(&mut self.site.url, url);
        for image in [&mut self.site.icon, &mut self.site.logo].into_iter().flatten() {
            // Images outside the site keep their addresses.
            let moved = image
                .as_str()
                .strip_prefix(old.as_str())
                .and_then(|relative| self.site.url.join(relative));
            if let Some(moved) = moved {
                *image = moved;
            }
        }
    }

    /// Sets the site's title, and renames the authors whose name is the old title, such as the default author.
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
    /// The site's name, and the default title of feeds.
    pub title: PlainText,
    /// The address, which ends with `/`.
    pub url: Url,
    /// One sentence about the site.
    pub description: Option<PlainText>,
    /// The site's language.
    pub language: Option<Language>,
    /// The authors of articles that do not name an author. Never empty: the default is one author with the site's title
    /// as the name.
    pub authors: Vec<Person>,
    /// The copyright notice.
    pub rights: Option<PlainText>,
    /// The time zone for dates without a UTC offset.
    pub zone: Zone,
    /// The time of day for dates without a time.
    pub default_time: NaiveTime,
    /// A small square image.
    pub icon: Option<Url>,
    /// A larger image.
    pub logo: Option<Url>,
    /// The authority of new ids (RFC 4151), such as `example.org,2026`.
    ///
    /// The default is the authority recorded in the ledger. If the ledger is new, the default is the site's host and
    /// the current date.
    pub id_authority: Option<String>,
}

/// A feed's settings.
#[derive(Debug, Clone)]
pub struct FeedSettings {
    /// The path of the file, relative to the output folder, with `/` between folders.
    pub path: String,
    /// The format. By default, the file name determines it.
    pub format: Format,
    /// The title, if it is not the site's title.
    pub title: Option<PlainText>,
    /// The description, if it is not the site's description.
    pub description: Option<PlainText>,
    /// Which articles the feed contains.
    pub selection: Selection,
    /// The limits on the number and age of the feed's entries, and on the size of the file.
    pub limits: Limits,
    /// How much of each article the feed contains.
    pub content: Content,
}

impl FeedSettings {
    /// A feed's default settings.
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

/// The articles that a feed contains. An article must match at least one item in each list that is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Folders, relative to the input folder. The article must be in one of them.
    pub folders: Vec<String>,
    /// Categories to match, ignoring case. The article must have at least one of them.
    pub categories: Vec<String>,
    /// Author names to match, ignoring case. The article must have at least one of these authors.
    pub authors: Vec<String>,
    /// Languages to match. The article must be in one of them; `de` also matches `de-AT`.
    pub languages: Vec<Language>,
    /// Globs for paths relative to the input folder; see [`glob`](crate::glob).
    pub globs: Vec<String>,
}

/// Limits on the number and age of a feed's entries, and on the size of its file. The feed contains as many of the
/// newest entries as the limits allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The maximum number of entries.
    pub entries: usize,
    /// The maximum size of the file, in bytes.
    pub bytes: Option<usize>,
    /// The maximum age of an entry, in days since its publication. If all entries are older, the feed contains only the
    /// newest one.
    pub age_days: Option<u32>,
}

impl Default for Limits {
    // Readers handle 30 entries well. Flipboard wants at least 20 to 30 entries, and Google News fetches at most 60
    // entries and 2 MB.
    fn default() -> Self {
        Limits {
            entries: 30,
            bytes: None,
            age_days: None,
        }
    }
}

/// How much may change in the published feeds within a window of time before a guard refuses the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guards {
    /// The maximum share of a feed's entries that may disappear within the window, in percent.
    pub shrink: u32,
    /// Of the entries that stay in a feed, the maximum share whose publication date may change within the window, in
    /// percent.
    pub redate: u32,
    /// Of the entries that stay in a feed, the maximum share whose title or text may change within the window, in
    /// percent.
    pub rewrite: u32,
    /// Of all articles, the maximum share that may have errors, in percent.
    pub failed: u32,
    /// The maximum number of new entries that a feed may get within the window. The limit applies only to feeds that
    /// already have at least this many entries.
    pub flood: usize,
    /// The length of the window, in hours.
    pub window_hours: u32,
    /// The number of days that an entry stays published after its article becomes unreadable or broken.
    pub hold_days: u32,
}

impl Default for Guards {
    fn default() -> Self {
        Guards {
            shrink: 30,
            redate: 20,
            rewrite: 50,
            failed: 10,
            flood: 20,
            window_hours: 24,
            hold_days: 7,
        }
    }
}

impl Limits {
    /// The earliest publication time within the age limit, in seconds since 1970. `None` if there is no age limit.
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
