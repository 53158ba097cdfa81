//! Finds the documents to check: named files, files that match a glob, and feeds in folders.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, ErrorKind, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use feedwright::{Error, glob};
use globset::GlobSet;

/// A document to check.
pub(super) struct Document {
    /// The path; `-` is standard input.
    pub(super) path: PathBuf,
    /// The path relative to the folder in which the document was found, or the path as given. Used to match the
    /// document to its previous version.
    pub(super) relative: PathBuf,
}

impl Document {
    /// The name to show in messages.
    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// The number of bytes at the start of a file in which to look for a feed's root element.
const SAMPLE_SIZE: u64 = 64 * 1024;

/// Finds the documents for `paths`, in the order of `paths` and without duplicates. Files in a folder are sorted by
/// name.
///
/// Also returns an error for each path for which no document is found.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<Document>, Vec<Error>) {
    let mut documents = Vec::with_capacity(paths.len());
    let mut failures = Vec::new();
    for path in paths {
        let found = if path.is_dir() {
            walk(path, &|file| is_feed(file))
        } else if let Some((folder, glob)) = parse_glob(path) {
            walk(&folder, &|file| {
                glob.is_match(file.strip_prefix(&folder).unwrap_or(file))
            })
        } else {
            Ok(vec![Document {
                path: path.clone(),
                relative: path.clone(),
            }])
        };
        match found {
            Ok(found) if found.is_empty() => failures.push(not_found(path)),
            Ok(found) => documents.extend(found),
            Err(error) => failures.push(error),
        }
    }
    let mut paths = HashSet::new();
    documents.retain(|document| paths.insert(document.path.clone()));
    (documents, failures)
}

/// For a glob that the shell did not expand, returns the leading folder and the rest of the glob.
fn parse_glob(path: &Path) -> Option<(PathBuf, GlobSet)> {
    let text = path.to_str()?;
    let meta = text.find(['*', '?', '[', '{'])?;
    // A file name may contain these characters, as in `notes[1].xml`, so an existing file takes precedence.
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

/// The files in a folder and its subfolders for which `accepts` returns `true`, sorted by name.
///
/// Files that Git ignores are included, because the folder of the built site is often listed in `.gitignore`.
fn walk(folder: &Path, accepts: &dyn Fn(&Path) -> bool) -> Result<Vec<Document>, Error> {
    let mut documents = Vec::new();
    let walk = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        // `node_modules` contains the tools that build a site, not the site itself.
        .filter_entry(|entry| entry.file_name() != "node_modules")
        // File systems list files in different orders, but every run must print the findings in the same order.
        .sort_by_file_name(std::cmp::Ord::cmp)
        .build();
    for found in walk {
        let found = found.map_err(|error| Error::Io {
            action: "list",
            path: folder.to_owned(),
            source: io::Error::other(error),
        })?;
        let path = found.path();
        if path.is_file() && accepts(path) {
            documents.push(Document {
                relative: path.strip_prefix(folder).unwrap_or(path).to_owned(),
                // Walking `.` puts `./` in front of every path. This prefix is removed, because the user did not write
                // it.
                path: path.strip_prefix(".").unwrap_or(path).to_owned(),
            });
        }
    }
    Ok(documents)
}

fn not_found(path: &Path) -> Error {
    let message = if path.is_dir() {
        "the folder contains no feed"
    } else {
        "no file matches this glob"
    };
    Error::Io {
        action: "check",
        path: path.to_owned(),
        source: io::Error::new(ErrorKind::NotFound, message),
    }
}

/// Whether a file in a folder is a feed, judging by the file's extension, name or content.
///
/// The extension is not enough, because sites also contain sitemaps (`.xml`), manifests (`.json`) and other files.
fn is_feed(path: &Path) -> bool {
    let lower = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).unwrap_or("").to_ascii_lowercase();
    let stem = lower(path.file_stem());
    // Only whole words count: `feed` is a word in `news-feed.en.xml`, but not in `feedback.xml`.
    let has_feed_name = ["feed", "rss", "atom", "podcast"]
        .iter()
        .any(|name| stem.split(['.', '-', '_']).any(|word| word == *name));
    match lower(path.extension()).as_str() {
        "rss" | "atom" | "rdf" | "opml" => true,
        // An XML or JSON file whose name contains such a word is always checked. If it does not look like a feed, it
        // may be a broken feed, which must not be skipped silently.
        "xml" => has_feed_name || looks_like_feed(path, false),
        "json" => has_feed_name || looks_like_feed(path, true),
        // WordPress and other systems serve feeds at addresses such as `/feed/`, so a saved feed may have no extension.
        "" => has_feed_name && looks_like_feed(path, false),
        _ => false,
    }
}

/// Whether the content of a file looks like a feed.
///
/// Returns true for an empty or unreadable file, so that `check` reports the problem.
fn looks_like_feed(path: &Path, is_json: bool) -> bool {
    let Ok(mut sample) = sample(path, is_json) else {
        return true;
    };
    // Removing NUL bytes turns UTF-16 text that contains only ASCII characters into ASCII.
    sample.retain(|byte| *byte != 0);
    let has = |needle: &str| memchr::memmem::find(&sample, needle.as_bytes()).is_some();
    if is_json {
        // The `version` member of a JSON Feed is a URL on this host.
        return has("jsonfeed.org");
    }
    let is_empty = sample.iter().all(u8::is_ascii_whitespace);
    let has_root = has("<rss") || has("<opml") || has("<channel");
    // The namespaces of Atom 1.0 and 0.3, and of RSS 1.0 and 0.90.
    let is_atom = (has("<feed") || has(":feed") || has("<entry")) && (has("/Atom") || has("purl.org/atom"));
    let is_rdf = has("RDF") && (has("purl.org/rss") || has("netscape.com/rdf"));
    is_empty || has_root || is_atom || is_rdf
}

/// Reads the beginning of a file. If `with_end` is true, also reads the end, because JSON members may be in any order.
fn sample(path: &Path, with_end: bool) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut sample = Vec::new();
    file.by_ref().take(SAMPLE_SIZE).read_to_end(&mut sample)?;
    if with_end && length > SAMPLE_SIZE {
        file.seek(SeekFrom::Start(length.saturating_sub(SAMPLE_SIZE).max(SAMPLE_SIZE)))?;
        file.take(SAMPLE_SIZE).read_to_end(&mut sample)?;
    }
    Ok(sample)
}
