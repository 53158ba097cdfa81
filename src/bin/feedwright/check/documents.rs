//! Which documents to judge: files as named, those that a glob matches, and the feeds in folders.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, ErrorKind, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use feedwright::{Error, glob};
use globset::GlobSet;

/// A document to judge.
pub(super) struct Document {
    /// Where it is read from; `-` is standard input.
    pub(super) path: PathBuf,
    /// Its path below the folder that it was found in.
    pub(super) below: PathBuf,
}

impl Document {
    /// Its name in messages.
    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// As much of a file as is looked at to tell whether it is a feed.
const SAMPLE: u64 = 64 * 1024;

/// The documents that `paths` stand for, each once, in the order given and of their names; and what is not there.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<Document>, Vec<Error>) {
    let mut documents = Vec::with_capacity(paths.len());
    let mut failures = Vec::new();
    for path in paths {
        let found = if path.is_dir() {
            walk(path, &|file| is_feed(file))
        } else if let Some((folder, glob)) = as_glob(path) {
            walk(&folder, &|file| {
                glob.is_match(file.strip_prefix(&folder).unwrap_or(file))
            })
        } else {
            Ok(vec![Document {
                path: path.clone(),
                below: path.clone(),
            }])
        };
        match found {
            Ok(found) if found.is_empty() => failures.push(nothing(path)),
            Ok(found) => documents.extend(found),
            Err(error) => failures.push(error),
        }
    }
    let mut seen = HashSet::new();
    documents.retain(|document| seen.insert(document.path.clone()));
    (documents, failures)
}

/// A pattern that the shell has not expanded, with the folder that it starts in.
fn as_glob(path: &Path) -> Option<(PathBuf, GlobSet)> {
    let text = path.to_str()?;
    let meta = text.find(['*', '?', '[', '{'])?;
    if path.exists() {
        return None;
    }
    let start = text[..meta].rfind('/').map_or(0, |at| at + 1);
    let (folder, pattern) = text.split_at(start);
    let folder = if folder.is_empty() { "." } else { folder };
    // A malformed pattern is treated as a file name, and reported as a missing file.
    let glob = glob::compile(&[pattern]).ok()?;
    Some((PathBuf::from(folder), glob))
}

/// The wanted files below a folder, in the order of their names. What Git ignores is judged too: it is often the
/// finished site.
fn walk(folder: &Path, is_wanted: &dyn Fn(&Path) -> bool) -> Result<Vec<Document>, Error> {
    let mut documents = Vec::new();
    let walk = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .filter_entry(|entry| entry.file_name() != "node_modules")
        .sort_by_file_name(std::cmp::Ord::cmp)
        .build();
    for found in walk {
        let found = found.map_err(|error| Error::Io {
            action: "list",
            path: folder.to_owned(),
            source: io::Error::other(error),
        })?;
        let path = found.path();
        if path.is_file() && is_wanted(path) {
            documents.push(Document {
                below: path.strip_prefix(folder).unwrap_or(path).to_owned(),
                // Below `.` the paths start with `./`, which nobody wrote.
                path: path.strip_prefix(".").unwrap_or(path).to_owned(),
            });
        }
    }
    Ok(documents)
}

fn nothing(path: &Path) -> Error {
    let message = if path.is_dir() {
        "there is no feed in it"
    } else {
        "no file matches it"
    };
    Error::Io {
        action: "judge",
        path: path.to_owned(),
        source: io::Error::new(ErrorKind::NotFound, message),
    }
}

/// Whether a file in a folder is a feed: by its extension, its name, or how it begins. Folders hold sitemaps,
/// manifests and stylesheets too.
fn is_feed(path: &Path) -> bool {
    let lower = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).unwrap_or("").to_ascii_lowercase();
    let stem = lower(path.file_stem());
    let is_named_so = ["feed", "rss", "atom", "podcast"]
        .iter()
        .any(|name| stem.split(['.', '-', '_']).any(|word| word == *name));
    match lower(path.extension()).as_str() {
        "rss" | "atom" | "rdf" | "opml" => true,
        "xml" => is_named_so || starts_as_feed(path, false),
        "json" => is_named_so || starts_as_feed(path, true),
        // As WordPress and others serve them, saved under their addresses.
        "" => is_named_so && starts_as_feed(path, false),
        _ => false,
    }
}

/// Whether what a file holds looks like a feed. One that cannot be read is taken, so that this is told.
fn starts_as_feed(path: &Path, is_json: bool) -> bool {
    let Ok(mut sample) = sample(path, is_json) else {
        return true;
    };
    // In UTF-16 every other byte is 0.
    sample.retain(|byte| *byte != 0);
    let has = |needle: &str| memchr::memmem::find(&sample, needle.as_bytes()).is_some();
    if is_json {
        return has("jsonfeed.org");
    }
    let is_empty = sample.iter().all(u8::is_ascii_whitespace);
    let has_root = has("<rss") || has("<opml") || has("<channel");
    let is_atom = (has("<feed") || has(":feed") || has("<entry")) && (has("/Atom") || has("purl.org/atom"));
    let is_rdf = has("RDF") && (has("purl.org/rss") || has("netscape.com/rdf"));
    is_empty || has_root || is_atom || is_rdf
}

/// The beginning of a file; of JSON its end too, since members have no order.
fn sample(path: &Path, with_end: bool) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut sample = Vec::new();
    file.by_ref().take(SAMPLE).read_to_end(&mut sample)?;
    if with_end && length > SAMPLE {
        file.seek(SeekFrom::Start(length.saturating_sub(SAMPLE).max(SAMPLE)))?;
        file.take(SAMPLE).read_to_end(&mut sample)?;
    }
    Ok(sample)
}
