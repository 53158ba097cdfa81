//! `feedwright init`: a commented configuration from what lies in a folder.

mod site;
mod survey;
mod template;

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
};

use feedwright::{Error, config::Config};

use crate::{args::Init, configuration::refused, print::Terminal};
use site::Site;
use survey::Survey;

/// Looks, writes, says what it found and what comes next.
pub(crate) fn run(args: &Init, terminal: &mut Terminal) -> Result<u8, Error> {
    let file = match args.dir.to_str() {
        Some(".") => Config::FILE_NAME.into(),
        _ => args.dir.join(Config::FILE_NAME),
    };
    // Looking may take long, so a refusal comes first.
    if file.exists() && !args.force {
        return Err(exists(&file));
    }
    let site = Site::find(&args.dir);
    let survey = Survey::take(&args.dir)?;
    write(&file, &template::text(&args.dir, &site, &survey), args.force)?;
    if !terminal.is_quiet {
        terminal.out(&told(&file, &site, &survey))?;
    }
    Ok(0)
}

fn exists(file: &Path) -> Error {
    refused(
        format!("{} exists", file.display()),
        "edit it, or replace it with `--force`",
    )
}

fn write(file: &Path, text: &str, is_forced: bool) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true);
    if is_forced {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    options
        .open(file)
        .and_then(|mut open| open.write_all(text.as_bytes()))
        .map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => exists(file),
            _ => Error::io("write", file)(error),
        })
}

fn told(file: &Path, site: &Site, survey: &Survey) -> String {
    let mut text = match survey.articles {
        0 => format!("no articles yet: put .md, .txt or .html files into {}\n", survey.folder),
        _ => format!("found {}\n", survey.told()),
    };
    if let Some(origin) = site.origin {
        let known: Vec<&str> = [
            ("title", site.title.is_some()),
            ("address", site.url.is_some()),
            ("description", site.description.is_some()),
            ("language", site.language.is_some()),
            ("authors", !site.authors.is_empty()),
            ("time zone", site.time_zone.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, is_known)| is_known.then_some(name))
        .collect();
        if !known.is_empty() {
            text += &format!("took {} from {origin}\n", known.join(", "));
        }
    }
    text += &format!("wrote {}\n", file.display());
    let folder = file
        .parent()
        .filter(|folder| !matches!(folder.to_str(), Some("" | ".")));
    let build = match folder {
        Some(folder) => format!("feedwright build {}", folder.display()),
        None => "feedwright build".to_owned(),
    };
    let first = if site.url.is_some() {
        ""
    } else {
        "write the site's address into it (`url:`), then "
    };
    text += &format!("next: {first}run `{build}`\n");
    text
}
