//! What was published before: as the ledger has it, or, where the ledger is lost, as the feeds themselves have it.

use crate::{
    compare,
    config::{Config, Content, FeedSettings},
    error::Error,
    ledger::{Ledger, Record, Shown, pathless},
    output,
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
    let mut ledger = Ledger::default();
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
        learn(&mut ledger, generation, settings);
    }
    // An article's own id that is no URI stands below the authority as well.
    let named = |record: &Record| {
        let (authority, _) = record.id.as_str().strip_prefix("tag:")?.split_once(':')?;
        Some(authority.to_owned())
    };
    ledger.authority = ledger.authority.or_else(|| ledger.records.values().find_map(named));
    Ok(ledger)
}

fn learn(ledger: &mut Ledger, generation: compare::Generation, settings: &FeedSettings) {
    ledger.site = ledger.site.take().or(generation.home);
    for seen in generation.entries {
        let Some((id, published)) = Id::new(&seen.id).zip(seen.published) else {
            continue;
        };
        ledger.authority = ledger.authority.take().or_else(|| authority(&id));
        let record = ledger.records.entry(pathless(&id)).or_insert_with(|| Record {
            id,
            fingerprint: 0,
            first_seen: published,
            updated: seen.updated.unwrap_or(published),
            shown: Some(Shown {
                published,
                link: seen.link.unwrap_or_default(),
                title: seen.title,
                content: None,
                feeds: Default::default(),
                held: None,
            }),
        });
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

/// How an id looks that was minted here: `tag:AUTHORITY:` and twenty letters and digits.
fn authority(id: &Id) -> Option<String> {
    let (authority, token) = id.as_str().strip_prefix("tag:")?.rsplit_once(':')?;
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
    let ids = generation.entries.iter().filter_map(|seen| Id::new(&seen.id));
    let is_known = |id: &Id| ledger.records.values().any(|record| record.id == *id);
    let mut ids = ids.peekable();
    // One id is enough, so that an entry of which the ledger knows nothing any more does no harm.
    ids.peek().is_none() || ids.any(|id| authority(&id).is_some() || is_known(&id))
}
