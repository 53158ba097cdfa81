//! A site in a temporary folder, on which tests run the program.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::{AtomicU32, Ordering},
};

use serde_json::Value;

/// A folder with the articles and the configuration of a site. It is removed when dropped.
pub(crate) struct Site {
    pub(crate) folder: PathBuf,
}

pub(crate) const NOW: &str = "2026-11-21T12:00:00Z";
pub(crate) const CONFIG: &str = "site:\n  title: Test & Co.\n  url: https://example.org/\n  time_zone: Europe/Berlin\n";

impl Site {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("site-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Site { folder }
    }

    /// A site without articles, with the configuration [`CONFIG`].
    pub(crate) fn new() -> Self {
        let site = Site::empty();
        fs::create_dir(site.folder.join("input")).unwrap();
        site.write("feedwright.yaml", CONFIG);
        site
    }

    /// A site with a copy of a folder of articles.
    pub(crate) fn with_articles(articles: &Path) -> Self {
        let site = Site::new();
        copy(articles, &site.folder.join("input"), false);
        site
    }

    /// A copy of the repository's own site, with its published feeds.
    pub(crate) fn copy_of_repository() -> Self {
        let site = Site::with_articles(&root().join("input"));
        for name in ["feedwright.yaml", "feedwright.ledger"] {
            fs::copy(root().join(name), site.folder.join(name)).unwrap();
        }
        copy(&root().join("feeds"), &site.folder.join("feeds"), false);
        site
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A command that runs the program in the site's folder, without environment variables.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_feedwright"));
        command.args(arguments).current_dir(&self.folder).env_clear();
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Builds the feeds at the time [`NOW`], and asserts the exit code.
    #[track_caller]
    pub(crate) fn build(&self, code: i32) -> Output {
        let output = self.run(&["build", "--now", NOW]);
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        output
    }

    /// The contents of the three feeds and the ledger.
    pub(crate) fn published(&self) -> Vec<String> {
        [
            "feeds/rss.xml",
            "feeds/atom.xml",
            "feeds/feed.json",
            "feedwright.ledger",
        ]
        .map(|path| self.read(path))
        .into()
    }

    /// The entries of the JSON feed.
    pub(crate) fn entries(&self) -> Vec<Value> {
        let feed: Value = serde_json::from_str(&self.read("feeds/feed.json")).unwrap();
        feed["items"].as_array().unwrap().clone()
    }

    /// A member of each entry of the JSON feed, as text.
    pub(crate) fn each(&self, member: &str) -> Vec<String> {
        self.entries()
            .iter()
            .map(|entry| entry[member].as_str().unwrap_or_default().to_owned())
            .collect()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The folder of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of cases that are not part of the repository. If the folder does not exist, returns `None`, and the test is
/// skipped.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let folder = root().join("../shared").join(path);
    if !folder.exists() {
        eprintln!("skipped: ../shared/{path} does not exist");
    }
    folder.exists().then_some(folder)
}

/// Copies a folder. `backwards` creates the files in reverse order, so that the file system lists them in another order.
pub(crate) fn copy(from: &Path, to: &Path, backwards: bool) {
    fs::create_dir_all(to).unwrap();
    let mut paths: Vec<PathBuf> = fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    if backwards {
        paths.reverse();
    }
    for path in paths {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target, backwards);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
