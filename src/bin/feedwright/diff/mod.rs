//! `feedwright diff`: what changes for subscribers between two feeds, or with the next build.

mod json;
mod text;

use std::path::Path;

use feedwright::{
    Error,
    compare::{self, Changes, Generation},
    publish::{self, Guard, Options, Publication},
};

use crate::{
    args::{Diff, DiffFormat, Global},
    check, configuration,
    print::Terminal,
    progress,
};
pub(crate) use text::format_text;

/// The old and the new version of a feed.
pub(crate) struct Comparison {
    name: String,
    old: Generation,
    new: Generation,
}

impl Comparison {
    fn changes(&self) -> Changes<'_> {
        compare::changes(&self.old, &self.new)
    }
}

/// Compares feeds, and prints the changes.
pub(crate) fn run(args: &Diff, global: &Global, terminal: &mut Terminal) -> Result<u8, Error> {
    let comparisons = match (&args.old, &args.new) {
        (Some(old), Some(new)) => vec![Comparison {
            name: format!("{} → {}", old.display(), new.display()),
            old: read(old)?,
            new: read(new)?,
        }],
        _ => from_publication(&next_build(args, global, terminal)?),
    };
    match args.format {
        DiffFormat::Json => terminal.out_plain(&json::format_json(&comparisons))?,
        // With `--quiet`, only the exit code shows whether anything changes.
        DiffFormat::Text if terminal.is_quiet => {}
        DiffFormat::Text => terminal.out(&format_text(&comparisons, terminal.is_verbose))?,
    }
    Ok(u8::from(comparisons.iter().any(|feed| !feed.changes().are_none())))
}

/// Reads a feed of any format.
pub(crate) fn read(path: &Path) -> Result<Generation, Error> {
    let bytes = check::read(path)?;
    compare::read(&bytes).map_err(|unreadable| Error::io("read", path)(std::io::Error::other(unreadable.0)))
}

/// Runs the next build without writing anything, and without guards.
fn next_build(args: &Diff, global: &Global, terminal: &Terminal) -> Result<Publication, Error> {
    let config = configuration::for_site(global)?;
    let options = Options {
        now: args.clock.read()?,
        write: false,
        strict: false,
        fail_on_guess: Vec::new(),
        // The preview must also show the changes that a guard would refuse.
        allowed: Guard::ALL.to_vec(),
        wait: false,
        compare: true,
    };
    let progress = progress::bar(terminal);
    let publication = publish::publish(&config, &options, &|read| progress::show(&progress, read));
    progress.finish_and_clear();
    publication
}

/// The feeds of a build that ran with `Options::compare`.
pub(crate) fn from_publication(publication: &Publication) -> Vec<Comparison> {
    let feeds = publication.feeds.iter().filter_map(|feed| {
        let (old, new) = feed.generations.clone()?;
        let name = feed.path.display().to_string();
        Some(Comparison { name, old, new })
    });
    feeds.collect()
}
