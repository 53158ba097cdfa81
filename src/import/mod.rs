//! Copies ids, links and dates from existing feeds to the ledger, so that a site can move to Feedwright without showing
//! subscribers any entry a second time.
//!
//! `articles` collects the site's articles, `matching` matches each feed entry with one of them, this file decides
//! which ids are imported, and `record` creates the ledger records.

mod articles;
mod matching;
mod record;

use std::collections::{BTreeMap, BTreeSet};

pub use matching::MatchedBy;

use crate::{
    compare::{FeedEntry, Generation},
    compose::id,
    config::Config,
    error::Error,
    ledger::Ledger,
    output::{self, Output},
    publish::{self, authority::authority, ledger_or_feeds, survey},
    source::files::article_exists,
    time::Timestamp,
    url::{Id, Url},
};
use articles::SiteArticle;
use matching::{Match, MatchKeys, assign};
use record::DraftRecord;

/// How to import.
#[derive(Debug, Clone)]
pub struct Options {
    /// The current time.
    pub now: Timestamp,
    /// Whether to write the ledger. If not, the result says what would happen.
    pub write: bool,
    /// Whether imported ids replace ids that are already in the ledger.
    pub replace: bool,
    /// Whether to wait for a running build to finish. If not, a lock held by a build is an error.
    pub wait: bool,
}

/// The result of an import.
#[derive(Debug)]
pub struct Imported {
    /// The feeds in the order given.
    pub feeds: Vec<FeedResult>,
    /// The paths of articles that match no entry, sorted.
    pub without_entry: Vec<String>,
    /// How many articles have an error. These articles are not matched with entries.
    pub broken: usize,
    /// Entries whose permalink will change.
    pub moved: Vec<Moved>,
}

/// The result for one feed.
#[derive(Debug, Default)]
pub struct FeedResult {
    /// Entries whose ids were imported, each with the property by which its article was found.
    pub imported: Vec<(FeedEntry, MatchedBy)>,
    /// How many entries were already in the ledger.
    pub recorded: usize,
    /// Entries that were not imported.
    pub skipped: Vec<(FeedEntry, SkipReason)>,
}

/// Why an entry is not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    /// No article matches.
    NoArticle,
    /// Several articles match, or the only matching article also matches other entries.
    Ambiguous(Vec<String>),
    /// One article shares a property with the entry, but the other properties contradict the match, or are not enough
    /// to confirm it.
    Doubtful {
        /// The path of the article.
        article: String,
        /// The property.
        property: MatchedBy,
    },
    /// The article declares a different id, which takes precedence.
    Declared {
        /// The path of the article.
        article: String,
        /// The id that the article declares.
        id: String,
    },
    /// The article has a different id in the ledger.
    Recorded {
        /// The path of the article.
        article: String,
        /// The id in the ledger.
        id: String,
    },
    /// This import already gave the article a different id, from another entry or feed.
    Assigned {
        /// The path of the article.
        article: String,
        /// The id that the article already has.
        id: String,
    },
    /// In the ledger, the id belongs to a different file, which still exists. The string is the path of that file.
    OtherFile(String),
    /// The entry has no id, or an id that is not valid in any format.
    NoId,
}

/// An entry whose permalink will change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The path of the entry's article.
    pub article: String,
    /// The permalink in the imported feed.
    pub old: String,
    /// The permalink that will be published.
    pub new: String,
}

/// Imports feeds. `progress` is called with the number of articles read so far.
///
/// # Errors
/// Returns an error if the import cannot be completed. In that case, the ledger has not been changed.
pub fn import(
    config: &Config,
    feeds: &[Generation],
    options: &Options,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Imported, Error> {
    config.check_paths()?;
    let now = options.now;
    // The lock is taken before the ledger is read, so that no build can publish until the import has written the
    // ledger.
    let lock = options
        .write
        .then(|| publish::lock_output(config, options.wait))
        .transpose()?;
    let ledger = ledger_or_feeds::load(config)?.ledger;
    let authority = authority(config, &ledger, now)?;
    let history = publish::history(config)?;
    let context = publish::context(config, history.as_ref());
    let survey = survey::survey(&articles::with_everything(config), &context, &ledger, now, 0, progress)?;
    let articles = articles::collect(&survey, &context, &ledger, config, now);
    let keys: Vec<MatchKeys> = articles.iter().map(|article| article.match_keys(now, config)).collect();

    let mut import = Import::new(&articles, &ledger, config, options, authority);
    let feeds: Vec<FeedResult> = feeds.iter().map(|feed| import.add_feed(feed, &keys)).collect();
    let Import {
        drafts,
        matched,
        links,
        authority,
        ..
    } = import;
    let without_entry = articles.iter().enumerate().filter(|(at, _)| !matched.contains(at));
    let mut without_entry: Vec<String> = without_entry.map(|(_, article)| article.path().to_owned()).collect();
    without_entry.sort();
    let is_changed = !drafts.is_empty();
    let after = record::apply(&ledger, &articles, drafts, authority, config, now);
    let moved = moved(&articles, &links, &after, config, now);
    if let Some(lock) = lock.filter(|_| is_changed) {
        let text = after.to_text();
        let output = Output {
            path: config.ledger.clone(),
            bytes: text.as_bytes(),
        };
        output::write(&lock, &[output])?;
    }
    Ok(Imported {
        feeds,
        without_entry,
        broken: survey.skipped(),
        moved,
    })
}

/// The state of an import, to which feeds are added one by one.
struct Import<'a, 'l> {
    articles: &'a [SiteArticle<'l>],
    options: &'a Options,
    /// The authority of `tag:` URIs. In Atom, they replace ids that are not URIs.
    authority: String,
    /// The articles, by id. The ids come from the ledger and from the entries imported so far.
    by_id: BTreeMap<String, usize>,
    /// The recorded ids of files that exist but are not currently public articles, with the paths of these files.
    other_files: BTreeMap<&'l str, &'l str>,
    drafts: BTreeMap<usize, DraftRecord>,
    /// The articles that match an entry, even if the entry's id is not imported.
    matched: BTreeSet<usize>,
    /// For each article, the first permalink that was found in a feed.
    links: BTreeMap<usize, String>,
}

impl<'a, 'l> Import<'a, 'l> {
    fn new(
        articles: &'a [SiteArticle<'l>],
        ledger: &'l Ledger,
        config: &'a Config,
        options: &'a Options,
        authority: String,
    ) -> Self {
        let mut by_id = BTreeMap::new();
        let mut paths = BTreeSet::new();
        for (at, article) in articles.iter().enumerate() {
            let Some((path, record)) = article.recorded else {
                continue;
            };
            paths.insert(path);
            // An id that was never published may still change.
            if record.last_published.is_some() {
                by_id.extend(record.id.all_names().map(|face| (face.to_owned(), at)));
            }
        }
        let others = ledger.records.iter().filter(|(path, record)| {
            record.last_published.is_some()
                && !paths.contains(path.as_str())
                && article_exists(&config.input.paths, path)
        });
        let other_files =
            others.flat_map(|(path, record)| record.id.all_names().map(move |face| (face, path.as_str())));
        Import {
            articles,
            options,
            authority,
            by_id,
            other_files: other_files.collect(),
            drafts: BTreeMap::new(),
            matched: BTreeSet::new(),
            links: BTreeMap::new(),
        }
    }

    fn add_feed(&mut self, feed: &Generation, keys: &[MatchKeys]) -> FeedResult {
        let mut ids = BTreeSet::new();
        // If several entries have the same id, readers show only one of them, so only the first is imported.
        let entries = feed.entries.iter().filter(|entry| ids.insert(entry.id.as_str()));
        let entries: Vec<&FeedEntry> = entries.collect();
        let mut found: Vec<Match> = entries.iter().map(|entry| self.match_by_id(entry)).collect();
        let entry_keys: Vec<MatchKeys> = entries.iter().map(|entry| MatchKeys::from_entry(entry)).collect();
        // Ids come first: an entry whose id is in the ledger must not be matched by a weaker property.
        assign(&entry_keys, keys, &mut found);
        let mut result = FeedResult::default();
        for (entry, found) in entries.into_iter().zip(found) {
            let reason = match found {
                Match::None => SkipReason::NoArticle,
                Match::Ambiguous(articles) => {
                    let paths = articles.iter().filter_map(|at| self.articles.get(*at));
                    let mut paths: Vec<String> = paths.map(|article| article.path().to_owned()).collect();
                    paths.sort();
                    SkipReason::Ambiguous(paths)
                }
                Match::Doubtful(at, property) => SkipReason::Doubtful {
                    article: self.articles.get(at).map_or("", SiteArticle::path).to_owned(),
                    property,
                },
                Match::One(at, property) => {
                    self.add_match(at, entry);
                    // If the article already has a draft, the id comes from another feed of this import, not from the
                    // ledger. In this case, the entry can complete the draft with a date, or with the id for the
                    // other formats.
                    if property == MatchedBy::Id && !self.drafts.contains_key(&at) {
                        result.recorded += 1;
                        continue;
                    }
                    match self.add_draft(at, entry, feed.is_atom) {
                        Ok(()) => {
                            result.imported.push((entry.clone(), property));
                            continue;
                        }
                        Err(reason) => reason,
                    }
                }
            };
            result.skipped.push((entry.clone(), reason));
        }
        result
    }

    fn match_by_id(&self, entry: &FeedEntry) -> Match {
        let article = self.by_id.get(&entry.id);
        article.map_or(Match::None, |at| Match::One(*at, MatchedBy::Id))
    }

    fn add_match(&mut self, at: usize, entry: &FeedEntry) {
        self.matched.insert(at);
        if let Some(link) = &entry.link {
            self.links.entry(at).or_insert_with(|| link.clone());
        }
    }

    /// Imports an entry's id for its article, or returns the reason why it is not imported.
    fn add_draft(&mut self, at: usize, entry: &FeedEntry, is_atom: bool) -> Result<(), SkipReason> {
        let Some(article) = self.articles.get(at) else {
            return Err(SkipReason::NoArticle);
        };
        let path = || article.path().to_owned();
        // If an entry has neither an id nor a link, `FeedEntry` uses the title as the id. Such an id is not imported,
        // because the title may change.
        let is_title = entry.link.is_none() && entry.id == entry.title.trim();
        let id = id::imported_id(&entry.id, &self.authority).filter(|_| !is_title);
        let id = id.ok_or(SkipReason::NoId)?;
        // The declared id takes precedence in the next build, so no other id may be imported.
        if let Some(declared) = &article.declared_id
            && *declared != entry.id
            && id::declared_id(declared, &self.authority).as_ref() != Some(&id)
        {
            return Err(SkipReason::Declared {
                article: path(),
                id: declared.clone(),
            });
        }
        // Feedwright or an imported feed has already published the recorded id, and readers remember it, so it is
        // replaced only if `--replace` is given.
        if let Some((_, record)) = article.recorded
            && record.last_published.is_some()
            && !self.options.replace
            && record.id.all_names().all(|face| face != entry.id)
        {
            return Err(SkipReason::Recorded {
                article: path(),
                id: record.id.name().to_owned(),
            });
        }
        // The file with this id is currently a draft, is scheduled, or has an error. It will need the id when it
        // becomes public again.
        if let Some(path) = self.other_files.get(entry.id.as_str()) {
            return Err(SkipReason::OtherFile((*path).to_owned()));
        }
        let draft = self.drafts.entry(at).or_insert_with(|| DraftRecord::new(entry));
        // An entry can have one id in Atom and another in RSS and JSON Feed. An id with spaces is not a URI, so it
        // cannot be the Atom id even if it was published in an Atom feed.
        let face = match is_atom && Id::from_published(&entry.id).is_some() {
            true => &mut draft.uri,
            false => &mut draft.name,
        };
        match face {
            Some(other) if *other != entry.id => {
                return Err(SkipReason::Assigned {
                    article: path(),
                    id: other.clone(),
                });
            }
            _ => *face = Some(entry.id.clone()),
        }
        draft.complete(entry);
        self.by_id.insert(entry.id.clone(), at);
        Ok(())
    }
}

/// The entries whose permalinks will differ from those in the imported feeds.
fn moved(
    articles: &[SiteArticle<'_>],
    links: &BTreeMap<usize, String>,
    after: &Ledger,
    config: &Config,
    now: Timestamp,
) -> Vec<Moved> {
    let moved = links.iter().filter_map(|(at, old)| {
        let article = articles.get(*at)?;
        let record = after.records.get(article.path());
        let last = record.and_then(|record| record.last_published.as_ref());
        let published = last.map_or(now, |last| last.published.in_zone(&config.site.zone));
        let new = article.permalink(published, config).url;
        (Url::parse(old).as_ref() != Some(&new)).then(|| Moved {
            article: article.path().to_owned(),
            old: old.clone(),
            new: new.to_string(),
        })
    });
    let mut moved: Vec<Moved> = moved.collect();
    moved.sort_by(|one, other| one.article.cmp(&other.article));
    moved
}
