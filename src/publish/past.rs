//! What was published before: as the ledger has it, or, where the ledger is lost, as the feeds themselves have it.

use std::collections::{BTreeMap, BTreeSet};

use super::memory;
use crate::{
    compare,
    compose::identity,
    config::{Config, Content, FeedSettings},
    error::Error,
    ledger::{Ledger, Record, Shown, pathless},
    output,
    render::Format,
    time::Timestamp,
    url::Id,
};

/// The ledger; where there is none, one made of what is published.
///
/// # Errors
/// A damaged ledger; no ledger, and a feed of ours that cannot be read.
pub(super) fn ledger(config: &Config) -> Result<Ledger, Error> {
    match Ledger::load(&config.ledger)? {
        Some(ledger) => Ok(ledger),
        None => taken_back(config),
    }
}

fn taken_back(config: &Config) -> Result<Ledger, Error> {
    let mut published = Vec::new();
    for settings in &config.feeds {
        let path = config.output.join(&settings.path);
        let is_feed = |bytes: &Vec<u8>| !bytes.trim_ascii().is_empty() && is_ours(bytes, &Ledger::default());
        let Some(bytes) = output::read(&path)?.filter(is_feed) else {
            continue;
        };
        let generation = compare::read(&bytes).map_err(|unreadable| Error::Refused {
            message: format!(
                "there is no ledger at {}, and the ids in {} cannot be read: {}",
                config.ledger.display(),
                path.display(),
                unreadable.0
            ),
            help:
                "take one of the two from your version control or a backup; or, to begin anew with new ids, move the \
                   feed away"
                    .to_owned(),
            changes: Vec::new(),
            findings: Vec::new(),
        })?;
        published.push((generation, settings));
    }
    let mut ledger = Ledger::default();
    // Atom has the URIs of those ids that are none elsewhere.
    published.sort_by_key(|(_, settings)| settings.format != Format::Atom);
    for (generation, settings) in published {
        learn(&mut ledger, generation, settings, config);
    }
    // An article's own id that is no URI stands below the authority as well.
    let named = |record: &Record| {
        let (authority, _) = record.id.as_str().strip_prefix("tag:")?.split_once(':')?;
        Some(authority.to_owned())
    };
    ledger.authority = ledger.authority.or_else(|| ledger.records.values().find_map(named));
    Ok(ledger)
}

fn learn(ledger: &mut Ledger, generation: compare::Generation, settings: &FeedSettings, config: &Config) {
    ledger.site = ledger.site.take().or(generation.home.clone());
    let known = Known::of(ledger, &generation);
    for seen in generation.entries {
        let Some(published) = seen.published else { continue };
        let Some(id) = known.id(&seen, published, settings.format, ledger, config) else {
            continue;
        };
        ledger.authority = ledger.authority.take().or_else(|| authority(id.as_str()));
        let record = ledger.records.entry(pathless(&id)).or_insert_with(|| Record {
            id: id.clone(),
            fingerprint: 0,
            first_seen: published,
            updated: seen.updated.unwrap_or(published),
            shown: Some(Shown {
                published,
                own_date: None,
                link: seen.link.unwrap_or_default(),
                title: seen.title,
                content: None,
                feeds: Default::default(),
                held: None,
            }),
        });
        record.id = id;
        if let Some(shown) = &mut record.shown {
            shown.feeds.insert(settings.path.clone(), true);
            // A summary tells nothing of changes in the text.
            if settings.content == Content::Full {
                shown.content = shown.content.or(seen.content);
            }
        }
    }
    if let Some(updated) = generation
        .updated
        .filter(|updated| Some(*updated) > ledger.date_of(&settings.path))
    {
        ledger.feeds.insert(settings.path.clone(), updated);
    }
}

/// What was learned from the feeds before, by what an entry of the next one may be known by.
struct Known {
    by_face: BTreeMap<String, Id>,
    /// Entries that the next feed does not have under the same id, by link and date.
    by_link: BTreeMap<(String, i64), Id>,
}

impl Known {
    fn of(ledger: &Ledger, next: &compare::Generation) -> Self {
        let ids: BTreeSet<&str> = next.entries.iter().map(|seen| seen.id.as_str()).collect();
        let (mut by_face, mut by_link) = (BTreeMap::new(), BTreeMap::new());
        for record in ledger.records.values() {
            by_face.extend(record.id.faces().map(|face| (face.to_owned(), record.id.clone())));
            if let Some(shown) = &record.shown
                && !record.id.faces().any(|face| ids.contains(face))
            {
                by_link.insert((shown.link.clone(), shown.published.unix()), record.id.clone());
            }
        }
        Known { by_face, by_link }
    }

    /// The id of an entry. In Atom it is the URI; elsewhere it may be the name of what Atom has under a URI.
    fn id(
        &self,
        seen: &compare::Seen,
        published: Timestamp,
        format: Format,
        ledger: &Ledger,
        config: &Config,
    ) -> Option<Id> {
        if format == Format::Atom {
            return Id::published(&seen.id);
        }
        if let Some(id) = self.by_face.get(&seen.id) {
            return Some(id.clone());
        }
        let link = (seen.link.clone().unwrap_or_default(), published.unix());
        match self.by_link.get(&link) {
            Some(id) => id.clone().named(&seen.id),
            None => {
                let authority = memory::authority(config, ledger, published).ok()?;
                identity::published_as(&seen.id, &authority)
            }
        }
    }
}

/// How an id looks that was minted here: `tag:AUTHORITY:` and twenty letters and digits.
fn authority(id: &str) -> Option<String> {
    let (authority, token) = id.strip_prefix("tag:")?.rsplit_once(':')?;
    let token = token.get(..20)?;
    let is_minted = token.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'));
    is_minted.then(|| authority.to_owned())
}

/// Whether we wrote a file: by the generator that it names, or, in a format that names none, by its ids. An empty file
/// is nobody's.
pub(super) fn is_ours(bytes: &[u8], ledger: &Ledger) -> bool {
    const GENERATOR: &[u8] = b"<generator>Feedwright</generator>";
    let text = bytes.trim_ascii();
    if text.is_empty() {
        return true;
    }
    if text.first() != Some(&b'{') {
        return memchr::memmem::find(text, GENERATOR).is_some();
    }
    let Ok(generation) = compare::read(bytes) else {
        return false;
    };
    let mut ids = generation.entries.iter().map(|seen| seen.id.as_str());
    let is_known = |id: &str| ledger.records.values().any(|record| record.id.name() == id);
    // One id is enough, so that an entry of which the ledger knows nothing any more does no harm.
    generation.entries.is_empty() || ids.any(|id| authority(id).is_some() || is_known(id))
}
