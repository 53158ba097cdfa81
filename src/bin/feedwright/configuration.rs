//! Loads the configuration for a command, and applies the options that override it.

use std::path::{Path, PathBuf};

use feedwright::{
    Error,
    config::{Config, PublishedSite},
    text::PlainText,
    url::Url,
};

use crate::args::{Build, Global};

/// Loads the configuration for a build, and applies the command-line options.
pub(crate) fn for_build(args: &Build, global: &Global) -> Result<Config, Error> {
    let (file, is_in_input) = match (&global.config, &args.input) {
        // With `--config`, INPUT always means the articles, even if INPUT contains a feedwright.yaml.
        (Some(file), _) => (Some(file.clone()), false),
        (None, Some(input)) if file_in(input).is_file() => (Some(file_in(input)), true),
        (None, _) => (file_in_current_folder(), false),
    };
    let mut config = match &file {
        Some(file) => Config::load(file)?,
        None => without_file(args)?,
    };
    let mut has_configured_articles = file.is_some();
    // If INPUT contains a feedwright.yaml, INPUT is a site's folder, and that file says where the articles are.
    if let (Some(input), false) = (&args.input, is_in_input) {
        config.input.paths = vec![input.clone()];
        has_configured_articles = false;
    }
    if let Some(url) = &args.url {
        config.move_to(site_address(url)?);
    }
    if let Some(title) = &args.title {
        let title = PlainText::new(title)
            .ok_or_else(|| usage_error("`--title` is empty", "write a title, or remove the option"))?;
        config.rename(title);
    }
    if let Some(output) = &args.output {
        redirect(&mut config, output, has_configured_articles);
    }
    if let Some(ledger) = &args.ledger {
        config.ledger.clone_from(ledger);
    }
    config.sandbox = global.sandbox;
    require_input(&config)?;
    Ok(config)
}

/// Changes the configuration so that a build writes its feeds to the folder `output`.
///
/// The guards compare new feeds with the ledger, so the configured ledger must match the feeds that subscribers have.
/// If the configured folder contains feeds, subscribers have these feeds. A build to another folder is then a preview:
/// it starts from the configured ledger, but writes its own. If a preview wrote to the configured ledger, every change
/// that is allowed for the preview would also be allowed for the next scheduled build.
///
/// If the configured folder contains no feeds, subscribers have the feeds in the other folder, so the build uses the
/// configured ledger.
fn redirect(config: &mut Config, output: &Path, has_configured_articles: bool) {
    let is_published = config.feeds.iter().any(|feed| config.output.join(&feed.path).exists());
    let is_elsewhere = is_published && !feedwright::output::is_same_folder(output, &config.output);
    let configured = std::mem::replace(&mut config.output, output.to_owned());
    config.output_setting = None;
    if !has_configured_articles {
        // Articles given on the command line must not be recorded in the ledger of the configured articles.
        config.ledger = output.join(Config::LEDGER_NAME);
    } else if is_elsewhere {
        let ledger = std::mem::replace(&mut config.ledger, output.join(Config::LEDGER_NAME));
        config.previewed = Some(PublishedSite {
            output: configured,
            ledger,
        });
    }
}

/// Returns an error if an input folder does not exist, for example because its path is misspelled or because the
/// default folder was never created.
fn require_input(config: &Config) -> Result<(), Error> {
    match config.input.paths.iter().find(|path| !path.exists()) {
        Some(path) => Err(usage_error(
            format!("the input {} does not exist", path.display()),
            "set `input:` in feedwright.yaml to the folder with the articles, or run `feedwright build FOLDER`",
        )),
        None => Ok(()),
    }
}

/// Loads the configuration for a command that requires one.
pub(crate) fn for_site(global: &Global) -> Result<Config, Error> {
    let Some(config) = optional(global)? else {
        let help = "run `feedwright init` to write one, or give its path with `--config`";
        return Err(usage_error("there is no feedwright.yaml", help));
    };
    require_input(&config)?;
    Ok(config)
}

/// Loads the configuration for a command that works without one.
pub(crate) fn optional(global: &Global) -> Result<Option<Config>, Error> {
    let load = |file: PathBuf| {
        let mut config = Config::load(&file)?;
        config.sandbox = global.sandbox;
        Ok(config)
    };
    file(global).map(load).transpose()
}

/// The path given with `--config`, or `./feedwright.yaml` if it exists.
pub(crate) fn file(global: &Global) -> Option<PathBuf> {
    global.config.clone().or_else(file_in_current_folder)
}

/// The path of the configuration in a folder, whether or not it exists.
fn file_in(folder: &Path) -> PathBuf {
    // Joining `.` and the name would put `./` in front of the path in every message.
    if folder == Path::new(".") {
        Config::FILE_NAME.into()
    } else {
        folder.join(Config::FILE_NAME)
    }
}

fn file_in_current_folder() -> Option<PathBuf> {
    let file = PathBuf::from(Config::FILE_NAME);
    file.is_file().then_some(file)
}

fn without_file(args: &Build) -> Result<Config, Error> {
    let Some(url) = &args.url else {
        return Err(usage_error(
            "there is no feedwright.yaml, and `--url` is not given",
            "run `feedwright init` to write one, or give the site's address: `--url https://example.org/`",
        ));
    };
    let url = site_address(url)?;
    let title = PlainText::new(url.host()).ok_or_else(|| usage_error("the site has no title", "add `--title`"))?;
    Ok(Config::new(title, url, Path::new("")))
}

fn site_address(raw: &str) -> Result<Url, Error> {
    Config::site_address(raw).map_err(|(message, help)| usage_error(format!("`--url`: {message}"), help))
}

/// An error in the command line or the environment.
pub(crate) fn usage_error(message: impl Into<String>, help: impl Into<String>) -> Error {
    Error::Config {
        path: None,
        position: None,
        message: message.into(),
        help: Some(help.into()),
    }
}
