//! `feedwright init`: writes a commented configuration for a folder of articles.

mod articles;
mod attributes;
mod site;
mod template;

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
};

use feedwright::{Error, config::Config};

use crate::{args::Init, configuration::usage_error, print::Terminal};
use articles::Articles;
use site::Site;

/// Scans the folder, writes the configuration and the ledger's Git attribute, and prints what was found and what to do
/// next.
pub(crate) fn run(args: &Init, terminal: &mut Terminal) -> Result<u8, Error> {
    let file = match args.dir.to_str() {
        Some(".") => Config::FILE_NAME.into(),
        _ => args.dir.join(Config::FILE_NAME),
    };
    // Check this before the scan, because the scan may take a long time.
    if file.exists() && !args.force {
        return Err(already_exists(&file));
    }
    let site = Site::find(&args.dir);
    let articles = Articles::scan(&args.dir)?;
    write(&file, &template::fill(&args.dir, &site, &articles), args.force)?;
    // The template leaves the ledger at its default path.
    let merges = attributes::write(&args.dir, Config::LEDGER_NAME, args.force)?;
    if !terminal.is_quiet {
        terminal.out(&format_report(&file, &site, &articles, merges.as_deref()))?;
    }
    Ok(0)
}

fn already_exists(file: &Path) -> Error {
    usage_error(
        format!("{} already exists", file.display()),
        "edit it, or use `--force` to replace it",
    )
}

fn write(file: &Path, text: &str, is_forced: bool) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true);
    if is_forced {
        options.create(true).truncate(true);
    } else {
        // Fails if another process has created the file since `run` looked for it.
        options.create_new(true);
    }
    options
        .open(file)
        .and_then(|mut open| open.write_all(text.as_bytes()))
        .map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => already_exists(file),
            _ => Error::io("write", file)(error),
        })
}

fn format_report(file: &Path, site: &Site, articles: &Articles, merges: Option<&str>) -> String {
    let mut text = match articles.count {
        0 => format!(
            "found no articles; put .md, .txt or .html files in {}\n",
            articles.folder
        ),
        _ => format!("found {}\n", articles.format()),
    };
    if let Some(origin) = site.origin {
        let found: Vec<&str> = [
            ("title", site.title.is_some()),
            ("address", site.url.is_some()),
            ("description", site.description.is_some()),
            ("language", site.language.is_some()),
            ("authors", !site.authors.is_empty()),
            ("time zone", site.time_zone.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, is_found)| is_found.then_some(name))
        .collect();
        if !found.is_empty() {
            text += &format!("read {} from {origin}\n", found.join(", "));
        }
    }
    text += &format!("wrote {}\n", file.display());
    text.extend(merges.map(|merges| format!("{merges}\n")));
    let folder = file
        .parent()
        .filter(|folder| !matches!(folder.to_str(), Some("" | ".")));
    let build = match folder {
        Some(folder) => format!("feedwright build {}", folder.display()),
        None => "feedwright build".to_owned(),
    };
    // Without an address, the new configuration is not valid yet.
    let first_step = if site.url.is_some() {
        ""
    } else {
        "set `url` to the site's address, then "
    };
    text += &format!("next: {first_step}run `{build}`\n");
    text
}
