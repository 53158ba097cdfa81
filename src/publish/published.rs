//! The published feeds as they were before a build. Each file is read once, and parsed at most once.

use std::{
    cell::OnceCell,
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use memchr::memmem;

use crate::{
    compare::{self, Generation, Unreadable},
    compose::id::minted_authority,
    config::Config,
    error::Error,
    ledger::Ledger,
    output,
};

/// The feeds in an output folder. The key is the feed's path, as written in the configuration and the ledger. A feed
/// whose file does not exist is left out.
pub(super) struct PublishedFeeds(BTreeMap<String, PublishedFeed>);

/// A file that a build may replace. Feedwright or another program may have written it.
pub(super) struct PublishedFeed {
    path: PathBuf,
    bytes: Vec<u8>,
    generation: OnceCell<Result<Generation, Unreadable>>,
}

impl PublishedFeeds {
    /// Reads the files of the configured feeds.
    ///
    /// # Errors
    /// Returns an error if a path exists but cannot be read as a file.
    pub(super) fn read(output: &Path, config: &Config) -> Result<Self, Error> {
        let mut feeds = BTreeMap::new();
        for settings in &config.feeds {
            let path = output.join(&settings.path);
            if let Some(feed) = PublishedFeed::read(path)? {
                feeds.insert(settings.path.clone(), feed);
            }
        }
        Ok(PublishedFeeds(feeds))
    }

    pub(super) fn get(&self, feed: &str) -> Option<&PublishedFeed> {
        self.0.get(feed)
    }
}

impl PublishedFeed {
    /// Reads a file. Returns `None` if the file does not exist.
    ///
    /// # Errors
    /// Returns an error if the path exists but cannot be read as a file.
    pub(super) fn read(path: PathBuf) -> Result<Option<Self>, Error> {
        let bytes = output::read(&path)?;
        let generation = OnceCell::new();
        Ok(bytes.map(|bytes| PublishedFeed {
            path,
            bytes,
            generation,
        }))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether the file is empty or contains only white space. Some programs create such a file before they write a
    /// feed.
    pub(super) fn is_blank(&self) -> bool {
        self.bytes.trim_ascii().is_empty()
    }

    /// The feed as feed readers see it.
    pub(super) fn generation(&self) -> Result<&Generation, &Unreadable> {
        self.generation.get_or_init(|| compare::read(&self.bytes)).as_ref()
    }

    /// The authority in the id that Feedwright gave the feed, which only Atom contains.
    pub(super) fn authority(&self) -> Option<String> {
        let start = memmem::find(&self.bytes, b"<id>tag:")? + "<id>tag:".len();
        let length = memmem::find(&self.bytes[start..], b":feed/")?;
        let authority = std::str::from_utf8(&self.bytes[start..start + length]).ok()?;
        (!authority.contains(['<', ':'])).then(|| authority.to_owned())
    }

    /// Whether Feedwright wrote the file. XML feeds name their generator. JSON Feed has no member for the generator, so
    /// a JSON Feed is recognized by its ids.
    pub(super) fn is_ours(&self, ledger: &Ledger) -> bool {
        const GENERATOR: &[u8] = b"<generator>Feedwright</generator>";
        let text = self.bytes.trim_ascii();
        if text.first() != Some(&b'{') {
            return memmem::find(text, GENERATOR).is_some();
        }
        let Ok(generation) = self.generation() else {
            return false;
        };
        let mut ids = generation.entries.iter().map(|entry| entry.id.as_str());
        let is_recorded = |id: &str| ledger.records.values().any(|record| record.id.name() == id);
        // One recognized id is enough, because the records of other entries may be missing from the ledger.
        generation.entries.is_empty() || ids.any(|id| minted_authority(id).is_some() || is_recorded(id))
    }
}
