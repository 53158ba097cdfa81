//! Reads a configuration file into a [`Config`]. Each error has a position in the file and a fix.

use std::{
    collections::BTreeSet,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use super::{
    Config, FeedSettings, Guards, Limits, Selection,
    fault::Fault,
    file,
    value::{self, FeedPath, Glob, OneOrMany, Written},
    yaml,
};
use crate::{
    error::Error,
    extract::{Author, Defaults},
    model::Person,
    render::Format,
    source::discover::Inputs,
    url::is_tag_authority,
};

impl Config {
    /// Reads a configuration file. Paths in the file are relative to the file's folder.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read or is not a valid configuration.
    pub fn load(path: &Path) -> Result<Self, Error> {
        Config::from_text(&yaml::read(path)?, path, path.parent().unwrap_or(Path::new("")))
    }

    /// Parses the text of a configuration. Errors name `path`, and paths in the text are relative to `folder`.
    ///
    /// # Errors
    /// Returns an error if the text is not a valid configuration.
    pub fn from_text(text: &str, path: &Path, folder: &Path) -> Result<Self, Error> {
        let file = yaml::parse(text, path)?;
        // `yaml::parse` ignores the byte order mark too, so columns are counted in the same way for all errors.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let Some(site) = file.site else {
            return Err(Fault::missing("site").at(path, Some((1, 1))));
        };
        let mut config = Config::new(site.title.0.clone(), site.url.0.clone(), folder);
        let aliases = file.aliases.unwrap_or_default();
        config.aliases = alias_pairs(aliases);
        config.defaults = folder_defaults(file.defaults, text, path)?;
        if let Some(dates) = file.dates {
            config.file_time_dates = dates.from_file_time;
            config.git_dates = dates.from_git;
        }
        apply_site(&mut config, site, text, path)?;
        if let Some(input) = file.input {
            config.input = roots(input, folder);
        }
        if let Some(link) = file.link {
            config.link_pattern = link.0;
        }
        if let Some(html) = file.html {
            config.html = html.0;
        }
        if let Some(output) = file.output {
            config.output = folder.join(&output.0);
            config.output_setting = Some(output.0);
        }
        config.output_url = file.output_url.map(|address| address.0);
        if let Some(ledger) = file.ledger {
            config.ledger = folder.join(ledger.0);
        }
        if let Some(guards) = file.guards {
            config.guards = guards_from(guards);
        }
        if let Some(feeds) = file.feeds {
            config.feeds = feed_settings(feeds, text, path)?;
        }
        for feed in &config.feeds {
            let base = config.output_url.as_ref().unwrap_or(&config.site.url);
            if base.join(&feed.path).is_none() {
                let fault = Fault::new("the address of this feed is too long", "shorten the path of the feed");
                return Err(fault.at(path, position_of(text, &feed.path, 1)));
            }
        }
        Ok(config)
    }
}

fn apply_site(config: &mut Config, written: file::Site, text: &str, path: &Path) -> Result<(), Error> {
    let site = &mut config.site;
    let host = site.url.host();
    // Without `id_authority`, new ids contain the host.
    if written.id_authority.is_none() && !is_tag_authority(&format!("{host},2026")) {
        let message = format!("ids cannot contain the host `{host}`, which is not a domain name (RFC 4151)");
        let help =
            "add `id_authority` to `site`: a domain and a date on which you owned it, such as `example.org,2026`";
        let position = occurrences(text, host).next().map(|found| found.position);
        return Err(Fault::new(message, help).at(path, position));
    }
    let image = |key: &str, reference: Option<value::Reference>| {
        let Some(reference) = reference else { return Ok(None) };
        let url = site.url.join(&reference.0);
        let fault = || Fault::new(format!("the address of the `{key}` is too long"), "shorten it");
        let url = url.ok_or_else(|| fault().at(path, position_of(text, &format!("{key}:"), 1)))?;
        Ok::<_, Error>(Some(url))
    };
    let (icon, logo) = (image("icon", written.icon)?, image("logo", written.logo)?);
    (site.icon, site.logo) = (icon, logo);
    site.description = written.description.map(|line| line.0);
    site.language = written.language.map(|tag| tag.0);
    site.rights = written.rights.map(|line| line.0);
    site.id_authority = written.id_authority.map(|authority| authority.0);
    if let Some(zone) = written.time_zone {
        site.zone = zone.0;
    }
    if let Some(time) = written.default_time {
        site.default_time = time.0;
    }
    if !written.authors.0.is_empty() {
        site.authors = written.authors.0.into_iter().map(person).collect();
    }
    Ok(())
}

fn person(written: Written<value::Line, file::Person>) -> Person {
    match written {
        Written::Short(name) => Person {
            name: name.0,
            email: None,
            url: None,
        },
        Written::Long(person) => Person {
            name: person.name.0,
            email: person.email.map(|email| email.0),
            url: person.url.map(|url| url.0),
        },
    }
}

fn roots(written: Written<OneOrMany<value::FolderPath>, file::Input>, folder: &Path) -> Inputs {
    let (folders, include, exclude) = match written {
        Written::Short(folders) => (folders, OneOrMany::default(), OneOrMany::default()),
        Written::Long(input) => (input.folders, input.include, input.exclude),
    };
    let mut paths: Vec<PathBuf> = folders.0.into_iter().map(|path| folder.join(path.0)).collect();
    if paths.is_empty() {
        paths.push(folder.join("input"));
    }
    Inputs {
        paths,
        include: globs(include),
        exclude: globs(exclude),
    }
}

fn globs(written: OneOrMany<Glob>) -> Vec<String> {
    written.0.into_iter().map(|glob| glob.0).collect()
}

fn alias_pairs(aliases: file::Aliases) -> Vec<(String, String)> {
    [
        ("title", aliases.title),
        ("published", aliases.published),
        ("updated", aliases.updated),
        ("summary", aliases.summary),
        ("authors", aliases.authors),
        ("link", aliases.link),
        ("image", aliases.image),
        ("categories", aliases.categories),
        ("language", aliases.language),
        ("id", aliases.id),
        ("draft", aliases.draft),
        ("expires", aliases.expires),
        ("enclosures", aliases.enclosures),
    ]
    .into_iter()
    .flat_map(|(field, keys)| keys.0.into_iter().map(move |key| (field.to_owned(), key.0)))
    .collect()
}

fn folder_defaults(written: Vec<file::Defaults>, text: &str, path: &Path) -> Result<Vec<Defaults>, Error> {
    let mut folders = BTreeSet::new();
    let mut all = Vec::with_capacity(written.len());
    for (number, defaults) in (1..).zip(written) {
        let name = defaults.folder.0;
        // `./de/`, `de/` and `de` are the same folder.
        let folder = name.trim_start_matches("./").trim_matches('/');
        let folder = if folder == "." { "" } else { folder }.to_owned();
        if !folders.insert(folder.clone()) {
            let fault = Fault::new(
                format!("the folder `{name}` has two entries in `defaults`"),
                "merge them",
            );
            return Err(fault.at(path, position_of(text, "folder", number)));
        }
        let author = |written| {
            let person = person(written);
            Author {
                name: person.name.to_string(),
                email: person.email.map(|email| email.as_str().to_owned()),
                url: person.url.map(|url| url.to_string()),
            }
        };
        all.push(Defaults {
            folder,
            language: defaults.language.map(|tag| tag.0),
            authors: defaults.authors.0.into_iter().map(author).collect(),
            categories: defaults
                .categories
                .0
                .into_iter()
                .map(|line| line.0.to_string())
                .collect(),
        });
    }
    Ok(all)
}

fn feed_settings(
    written: Vec<Written<FeedPath, file::Feed>>,
    text: &str,
    path: &Path,
) -> Result<Vec<FeedSettings>, Error> {
    if written.is_empty() {
        let help = "add a feed, or remove `feeds` to get `rss.xml`, `atom.xml` and `feed.json`";
        return Err(Fault::new("`feeds` is empty", help).at(path, position_of(text, "feeds", 1)));
    }
    // The paths of the feeds, in lowercase. A file system that ignores case would store two feeds in one file if their
    // paths differed only in case.
    let mut paths = BTreeSet::new();
    let mut feeds = Vec::with_capacity(written.len());
    for feed in written {
        let (file, feed) = match feed {
            Written::Short(file) => (file.0, None),
            Written::Long(feed) => (feed.path.0.clone(), Some(feed)),
        };
        if !paths.insert(file.to_lowercase()) {
            let fault = Fault::new(format!("two feeds have the path `{file}`"), "rename one of them");
            return Err(fault.at(path, position_of(text, &file, 2)));
        }
        let format = feed.as_ref().and_then(|feed| feed.format.as_ref()).map(|name| name.0);
        let Some(format) = format.or_else(|| format_of(&file)) else {
            let fault = Fault::new(
                format!("the feed's format cannot be determined from the file name `{file}`"),
                format!("write `path: {file}`, and add the line `format: rss`, `format: atom` or `format: json`"),
            );
            return Err(fault.at(path, position_of(text, &file, 1)));
        };
        let mut settings = FeedSettings::new(file, format);
        if let Some(feed) = feed {
            apply_feed(&mut settings, feed);
        }
        feeds.push(settings);
    }
    Ok(feeds)
}

/// The feed format that a file name implies.
fn format_of(path: &str) -> Option<Format> {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let (stem, extension) = name.rsplit_once('.')?;
    match extension {
        // `feed.xml` and `index.xml` may be RSS or Atom, so they need `format`.
        "json" => Some(Format::Json),
        "rss" => Some(Format::Rss),
        "atom" => Some(Format::Atom),
        "xml" if stem.contains("atom") => Some(Format::Atom),
        "xml" if stem.contains("rss") => Some(Format::Rss),
        _ => None,
    }
}

fn guards_from(written: file::Guards) -> Guards {
    let default = Guards::default();
    Guards {
        shrink: written.shrink.map_or(default.shrink, |share| share.0),
        redate: written.redate.map_or(default.redate, |share| share.0),
        rewrite: written.rewrite.map_or(default.rewrite, |share| share.0),
        failed: written.failed.map_or(default.failed, |share| share.0),
        flood: written.flood.map_or(default.flood, NonZeroUsize::get),
        window_hours: written.window_hours.map_or(default.window_hours, |hours| hours.0),
        hold_days: written.hold_days.map_or(default.hold_days, |days| days.0),
    }
}

fn apply_feed(settings: &mut FeedSettings, feed: file::Feed) {
    settings.title = feed.title.map(|line| line.0);
    settings.description = feed.description.map(|line| line.0);
    settings.content = feed.content.map(|name| name.0).unwrap_or_default();
    if let Some(limit) = feed.limit {
        let default = Limits::default();
        settings.limits = Limits {
            entries: limit.entries.map_or(default.entries, NonZeroUsize::get),
            bytes: limit.bytes.map(NonZeroUsize::get),
            age_days: limit.age_days.map(|days| days.0),
        };
    }
    if let Some(select) = feed.select {
        settings.selection = Selection {
            folders: select.folders.0.into_iter().map(|folder| folder.0).collect(),
            categories: select.categories.0.into_iter().map(|line| line.0.to_string()).collect(),
            authors: select.authors.0.into_iter().map(|line| line.0.to_string()).collect(),
            languages: select.languages.0.into_iter().map(|tag| tag.0).collect(),
            globs: globs(select.globs),
        };
    }
}

/// The position of the `nth` occurrence of `value` as a whole word, outside comments.
///
/// The text is searched for the value, because the YAML parser does not keep the positions of parsed values.
fn position_of(text: &str, value: &str, nth: usize) -> Option<(u32, u32)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    let words = occurrences(text, value).filter(|found| {
        // In the file, the path of a feed may start with `./`, which is not part of the parsed `FeedPath`.
        let before = found.before.trim_end_matches("./");
        !before.ends_with(is_part) && !found.after.starts_with(is_part)
    });
    words.map(|found| found.position).nth(nth.checked_sub(1)?)
}

/// An occurrence of a value in the text of a configuration.
struct Occurrence<'t> {
    /// The part of the line before the value.
    before: &'t str,
    /// The part of the line after the value.
    after: &'t str,
    position: (u32, u32),
}

/// The occurrences of the value in the text, outside comments. Case is ignored.
fn occurrences<'t>(text: &'t str, value: &str) -> impl Iterator<Item = Occurrence<'t>> {
    let lines = (1u32..).zip(text.lines());
    let lines = lines.filter(|(_, line)| !line.trim_start().starts_with('#'));
    // Feed paths that differ only in case are duplicates, so a search for one of them must also find the other.
    let value = value.to_ascii_lowercase();
    lines.flat_map(move |(number, line)| {
        let lower = line.to_ascii_lowercase();
        let found: Vec<usize> = lower.match_indices(&value).map(|(at, _)| at).collect();
        let length = value.len();
        found.into_iter().filter_map(move |at| {
            let column = u32::try_from(line[..at].chars().count() + 1).ok()?;
            Some(Occurrence {
                before: &line[..at],
                after: &line[at + length..],
                position: (number, column),
            })
        })
    })
}
