//! Which configuration counts: the one named, or the one found, with the options of the command line on top.

use std::path::{Path, PathBuf};

use feedwright::{Error, config::Config, text::PlainText, url::Url};

use crate::args::{Build, Global};

/// The configuration of a build.
pub(crate) fn of_build(args: &Build, global: &Global) -> Result<Config, Error> {
    let (file, is_of_input) = match (&global.config, &args.input) {
        (Some(file), _) => (Some(file.clone()), false),
        (None, Some(input)) if beside(input).is_file() => (Some(beside(input)), true),
        (None, _) => (found_here(), false),
    };
    let mut config = match &file {
        Some(file) => Config::load(file)?,
        None => without_file(args)?,
    };
    let mut is_configured = file.is_some();
    // A folder with a configuration of its own is a site, which knows where its articles are.
    if let (Some(input), false) = (&args.input, is_of_input) {
        config.input.paths = vec![input.clone()];
        is_configured = false;
    }
    if let Some(url) = &args.url {
        config.move_to(site_address(url)?);
    }
    if let Some(title) = &args.title {
        config.rename(PlainText::new(title).ok_or_else(|| refused("`--title` is empty", "leave it out"))?);
    }
    if let Some(output) = &args.output {
        config.output.clone_from(output);
        // The ledger belongs to the articles: other ones than the configured have none yet, and must not enter theirs.
        if !is_configured {
            config.ledger = output.join(Config::LEDGER_NAME);
        }
    }
    if let Some(ledger) = &args.ledger {
        config.ledger.clone_from(ledger);
    }
    refuse_nowhere(&config)?;
    Ok(config)
}

/// An input folder that is not there is a slip of the pen, most often the default of a new configuration.
fn refuse_nowhere(config: &Config) -> Result<(), Error> {
    match config.input.paths.iter().find(|path| !path.exists()) {
        Some(path) => Err(refused(
            format!("there are no articles at {}: no such folder or file", path.display()),
            "say where they are: `input:` in feedwright.yaml, or `feedwright build FOLDER`",
        )),
        None => Ok(()),
    }
}

/// The configuration of a site that must have one.
pub(crate) fn of_site(global: &Global) -> Result<Config, Error> {
    let Some(config) = if_any(global)? else {
        let help = "`feedwright init` writes one; or name it with `--config`";
        return Err(refused("there is no feedwright.yaml", help));
    };
    refuse_nowhere(&config)?;
    Ok(config)
}

/// The configuration for looking at articles, if there is one.
pub(crate) fn if_any(global: &Global) -> Result<Option<Config>, Error> {
    file_if_any(global).map(|file| Config::load(&file)).transpose()
}

/// The configuration file named, or the one found here.
pub(crate) fn file_if_any(global: &Global) -> Option<PathBuf> {
    global.config.clone().or_else(found_here)
}

fn beside(folder: &Path) -> PathBuf {
    // Otherwise every path in messages would start with `./`.
    if folder == Path::new(".") {
        Config::FILE_NAME.into()
    } else {
        folder.join(Config::FILE_NAME)
    }
}

fn found_here() -> Option<PathBuf> {
    let file = PathBuf::from(Config::FILE_NAME);
    file.is_file().then_some(file)
}

fn without_file(args: &Build) -> Result<Config, Error> {
    let Some(url) = &args.url else {
        return Err(refused(
            "there is no feedwright.yaml, and no `--url`",
            "`feedwright init` writes one; or give the address of the site: `--url https://example.org/`",
        ));
    };
    let url = site_address(url)?;
    let title = PlainText::new(url.host()).ok_or_else(|| refused("the site has no title", "give `--title`"))?;
    Ok(Config::new(title, url, Path::new("")))
}

fn site_address(raw: &str) -> Result<Url, Error> {
    Config::site_address(raw).map_err(|(message, help)| refused(format!("`--url`: {message}"), help))
}

/// A command line, or an environment, that cannot be used.
pub(crate) fn refused(message: impl Into<String>, help: impl Into<String>) -> Error {
    Error::Config {
        path: None,
        position: None,
        message: message.into(),
        help: Some(help.into()),
    }
}
