//! Ids and dates of feeds that others made, taken into the ledger: a move to Feedwright shows nobody an entry anew.
//!
//! `here` is the articles, `matching` finds which of them an entry is; what is taken is decided here, and `record` writes it
//! down.

mod here;
mod matching;
mod record;

use std::collections::{BTreeMap, BTreeSet};

pub use matching::Sign;

use super::{lock, memory, past, survey};
use crate::{
    compare::{Generation, Seen},
    compose::identity,
    config::Config,
    error::Error,
    ledger::Ledger,
    output::{self, Output},
    source::beside::lies_below,
    time::Timestamp,
    url::{Id, Url},
};
use here::Here;
use matching::{Found, Marks, assign};
use record::Draft;

/// How to import.
#[derive(Debug, Clone)]
pub struct Options {
    /// The present.
    pub now: Timestamp,
    /// Whether the ledger is written; otherwise the outcome says what would happen.
    pub write: bool,
    /// Whether ids give way that the ledger has already.
    pub replace: bool,
    /// Whether to wait for a build to end; otherwise it is an error.
    pub wait: bool,
}

/// What an import did.
#[derive(Debug)]
pub struct Imported {
    /// The feeds, in the order given.
    pub feeds: Vec<Taken>,
    /// Articles that no entry is: their paths, in order.
    pub without_entry: Vec<String>,
    /// Articles with an error: no entry can be one of them.
    pub broken: usize,
    /// Entries whose address will be another.
    pub moved: Vec<Moved>,
}

/// What became of the entries of a feed.
#[derive(Debug, Default)]
pub struct Taken {
    /// Those whose ids were taken, by what they were recognized by.
    pub taken: Vec<(Seen, Sign)>,
    /// Those that the ledger had already.
    pub known: usize,
    /// Those that were left, and why.
    pub left: Vec<(Seen, Reason)>,
}

/// Why the id of an entry is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No article is it.
    NoArticle,
    /// These could be it; or this one, which other entries could be as well.
    Ambiguous(Vec<String>),
    /// Its article gives itself another id, which counts.
    OwnId(String, String),
    /// Its article has another id in the ledger.
    Recorded(String, String),
    /// Another feed, or another entry, has given its article another id.
    Otherwise(String, String),
    /// The ledger has the id for another file that is there.
    Elsewhere(String),
    /// It has none that a feed can hold.
    NoId,
}

/// An entry whose permalink is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The path of its article.
    pub article: String,
    /// As the feed has it.
    pub old: String,
    /// As it will be.
    pub new: String,
}

/// Takes ids, links and dates of feeds into the ledger. `progress` is called with the number of articles read so far.
///
/// # Errors
/// What stops the program; then the ledger is as it was.
pub fn import(
    config: &Config,
    feeds: &[Generation],
    options: &Options,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Imported, Error> {
    let now = options.now;
    let lock = options.write.then(|| lock(config, options.wait)).transpose()?;
    let ledger = past::ledger(config)?;
    let authority = memory::authority(config, &ledger, now)?;
    let history = super::history(config)?;
    let context = super::context(config, history.as_ref());
    let survey = survey::survey(&here::of_everything(config), &context, &ledger, now, progress)?;
    let articles = here::articles(&survey, &context, &ledger, config, now);
    let marks: Vec<Marks> = articles.iter().map(|here| here.marks(now, config)).collect();

    let mut import = Import::new(&articles, &ledger, config, options, authority);
    let taken: Vec<Taken> = feeds.iter().map(|feed| import.feed(feed, &marks)).collect();
    let Import {
        drafts,
        matched,
        addresses,
        authority,
        ..
    } = import;
    let without_entry = articles.iter().enumerate().filter(|(at, _)| !matched.contains(at));
    let mut without_entry: Vec<String> = without_entry.map(|(_, here)| here.path().to_owned()).collect();
    without_entry.sort();
    let is_news = !drafts.is_empty();
    let after = record::with_drafts(&ledger, &articles, drafts, authority, config, now);
    let moved = moved(&articles, &addresses, &after, config, now);
    if let Some(lock) = lock.filter(|_| is_news) {
        let text = after.to_text();
        let output = Output {
            path: config.ledger.clone(),
            bytes: text.as_bytes(),
        };
        output::write(&lock, &[output])?;
    }
    Ok(Imported {
        feeds: taken,
        without_entry,
        broken: survey.skipped(),
        moved,
    })
}

/// An import under way.
struct Import<'a, 'l> {
    articles: &'a [Here<'l>],
    options: &'a Options,
    /// Of `tag:` URIs, for Atom, of ids that are no URIs.
    authority: String,
    /// The articles of ids that the ledger has, or will have.
    by_id: BTreeMap<String, usize>,
    /// Files that are there and no articles now, by ids that the ledger has.
    elsewhere: BTreeMap<&'l str, &'l str>,
    drafts: BTreeMap<usize, Draft>,
    /// Articles that an entry is, taken or not.
    matched: BTreeSet<usize>,
    /// The first address that a feed has for an article.
    addresses: BTreeMap<usize, String>,
}

impl<'a, 'l> Import<'a, 'l> {
    fn new(
        articles: &'a [Here<'l>],
        ledger: &'l Ledger,
        config: &'a Config,
        options: &'a Options,
        authority: String,
    ) -> Self {
        let mut by_id = BTreeMap::new();
        let mut here = BTreeSet::new();
        for (at, article) in articles.iter().enumerate() {
            let Some((path, record)) = article.known else { continue };
            here.insert(path);
            // An id that nobody was shown is free to change.
            if record.shown.is_some() {
                by_id.extend(record.id.faces().map(|face| (face.to_owned(), at)));
            }
        }
        let others = ledger.records.iter().filter(|(path, record)| {
            record.shown.is_some() && !here.contains(path.as_str()) && lies_below(&config.input.paths, path)
        });
        let elsewhere = others.flat_map(|(path, record)| record.id.faces().map(move |face| (face, path.as_str())));
        Import {
            articles,
            options,
            authority,
            by_id,
            elsewhere: elsewhere.collect(),
            drafts: BTreeMap::new(),
            matched: BTreeSet::new(),
            addresses: BTreeMap::new(),
        }
    }

    fn feed(&mut self, feed: &Generation, marks: &[Marks]) -> Taken {
        let mut ids = BTreeSet::new();
        let entries = feed.entries.iter().filter(|seen| ids.insert(seen.id.as_str()));
        let entries: Vec<&Seen> = entries.collect();
        let mut found: Vec<Found> = entries.iter().map(|seen| self.by_id(seen)).collect();
        let of_entries: Vec<Marks> = entries.iter().map(|seen| Marks::of_entry(seen)).collect();
        assign(&of_entries, marks, &mut found);
        let mut taken = Taken::default();
        for (seen, found) in entries.into_iter().zip(found) {
            let reason = match found {
                Found::None => Reason::NoArticle,
                Found::Several(articles) => {
                    let paths = articles.iter().filter_map(|at| self.articles.get(*at));
                    let mut paths: Vec<String> = paths.map(|here| here.path().to_owned()).collect();
                    paths.sort();
                    Reason::Ambiguous(paths)
                }
                Found::One(at, sign) => {
                    self.note(at, seen);
                    if sign == Sign::Id && !self.drafts.contains_key(&at) {
                        taken.known += 1;
                        continue;
                    }
                    match self.draft(at, seen, feed.is_atom) {
                        Ok(()) => {
                            taken.taken.push((seen.clone(), sign));
                            continue;
                        }
                        Err(reason) => reason,
                    }
                }
            };
            taken.left.push((seen.clone(), reason));
        }
        taken
    }

    fn by_id(&self, seen: &Seen) -> Found {
        let known = self.by_id.get(&seen.id);
        known.map_or(Found::None, |at| Found::One(*at, Sign::Id))
    }

    fn note(&mut self, at: usize, seen: &Seen) {
        self.matched.insert(at);
        if let Some(link) = &seen.link {
            self.addresses.entry(at).or_insert_with(|| link.clone());
        }
    }

    /// Takes the id of an entry for its article, or says why not.
    fn draft(&mut self, at: usize, seen: &Seen, is_atom: bool) -> Result<(), Reason> {
        let Some(here) = self.articles.get(at) else {
            return Err(Reason::NoArticle);
        };
        let path = || here.path().to_owned();
        // Where there is neither id nor link, what `Seen` has is the title: readers that key on it show it anew anyway.
        let is_title = seen.link.is_none() && seen.id == seen.title.trim();
        let id = identity::published_as(&seen.id, &self.authority).filter(|_| !is_title);
        let id = id.ok_or(Reason::NoId)?;
        if let Some(own) = &here.own_id
            && *own != seen.id
            && identity::own_id(own, &self.authority).as_ref() != Some(&id)
        {
            return Err(Reason::OwnId(path(), own.clone()));
        }
        if let Some((_, record)) = here.known
            && record.shown.is_some()
            && !self.options.replace
            && record.id.faces().all(|face| face != seen.id)
        {
            return Err(Reason::Recorded(path(), record.id.name().to_owned()));
        }
        if let Some(path) = self.elsewhere.get(seen.id.as_str()) {
            return Err(Reason::Elsewhere((*path).to_owned()));
        }
        let draft = self.drafts.entry(at).or_insert_with(|| Draft::of(seen));
        // An id with blanks is none in Atom; elsewhere it is.
        let face = match is_atom && Id::published(&seen.id).is_some() {
            true => &mut draft.uri,
            false => &mut draft.name,
        };
        match face {
            Some(other) if *other != seen.id => return Err(Reason::Otherwise(path(), other.clone())),
            _ => *face = Some(seen.id.clone()),
        }
        draft.complete(seen);
        self.by_id.insert(seen.id.clone(), at);
        Ok(())
    }
}

/// The entries whose address will be another than the feeds have.
fn moved(
    articles: &[Here<'_>],
    addresses: &BTreeMap<usize, String>,
    after: &Ledger,
    config: &Config,
    now: Timestamp,
) -> Vec<Moved> {
    let moved = addresses.iter().filter_map(|(at, old)| {
        let here = articles.get(*at)?;
        let record = after.records.get(here.path());
        let shown = record.and_then(|record| record.shown.as_ref());
        let published = shown.map_or(now, |shown| shown.published.in_zone(&config.site.zone));
        let new = here.link(published, config);
        (Url::parse(old).as_ref() != Some(&new)).then(|| Moved {
            article: here.path().to_owned(),
            old: old.clone(),
            new: new.to_string(),
        })
    });
    let mut moved: Vec<Moved> = moved.collect();
    moved.sort_by(|one, other| one.article.cmp(&other.article));
    moved
}
