//! `feedwright diff`: what subscribers see of a change, between two feeds or of the next build.

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
pub(crate) use text::text;

/// A feed as it was and as it is.
pub(crate) struct Compared {
    name: String,
    old: Generation,
    new: Generation,
}

impl Compared {
    fn changes(&self) -> Changes<'_> {
        compare::changes(&self.old, &self.new)
    }
}

/// Compares, and prints what changes.
pub(crate) fn run(args: &Diff, global: &Global, terminal: &mut Terminal) -> Result<u8, Error> {
    let compared = match (&args.old, &args.new) {
        (Some(old), Some(new)) => vec![Compared {
            name: format!("{} → {}", old.display(), new.display()),
            old: read(old)?,
            new: read(new)?,
        }],
        _ => of_build(&next_build(args, global, terminal)?),
    };
    match args.format {
        DiffFormat::Json => terminal.out_plain(&json::json(&compared))?,
        DiffFormat::Text if terminal.is_quiet => {}
        DiffFormat::Text => terminal.out(&text(&compared, terminal.is_verbose))?,
    }
    Ok(u8::from(compared.iter().any(|feed| !feed.changes().are_none())))
}

/// A feed that is given, as its subscribers read it.
pub(crate) fn read(path: &Path) -> Result<Generation, Error> {
    let bytes = check::read(path)?;
    compare::read(&bytes).map_err(|unreadable| Error::io("read", path)(std::io::Error::other(unreadable.0)))
}

/// What the next build would do if no guard refused it.
fn next_build(args: &Diff, global: &Global, terminal: &Terminal) -> Result<Publication, Error> {
    let config = configuration::of_site(global)?;
    let options = Options {
        now: args.clock.read()?,
        write: false,
        strict: false,
        fail_on_guess: Vec::new(),
        allowed: Guard::ALL.to_vec(),
        wait: false,
        compare: true,
    };
    let progress = progress::bar(terminal);
    let publication = publish::publish(&config, &options, &|read| progress::show(&progress, read));
    progress.finish_and_clear();
    publication
}

/// The feeds of a build that was asked to compare them.
pub(crate) fn of_build(publication: &Publication) -> Vec<Compared> {
    let feeds = publication.feeds.iter().filter_map(|feed| {
        let (old, new) = feed.generations.clone()?;
        let name = feed.path.display().to_string();
        Some(Compared { name, old, new })
    });
    feeds.collect()
}
