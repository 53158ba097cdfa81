//! Which files are found and read, and what is said of those that cannot be.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

use feedwright::source::discover::{self, Roots};

/// An empty folder of this test alone.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("discover").join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn roots(folder: &Path) -> Roots {
    Roots {
        paths: vec![folder.to_owned()],
        include: Vec::new(),
        exclude: Vec::new(),
    }
}

/// What is found, in order: the path, and the reason if it cannot be read.
fn found(roots: &Roots) -> Vec<String> {
    let list = discover::list(roots).unwrap();
    let listed: Vec<_> = list
        .into_iter()
        .map(|(source, refused)| match refused {
            Some(finding) => format!("{}: {}", source.relative, finding.message),
            None => source.relative,
        })
        .collect();
    let walked = Mutex::new(Vec::new());
    discover::walk(roots, &|source, read| {
        walked.lock().unwrap().push(match read {
            Ok(_) => source.relative,
            Err(finding) => format!("{}: {}", source.relative, finding.message),
        });
    })
    .unwrap();
    let mut walked = walked.into_inner().unwrap();
    walked.sort();
    let mut sorted = listed.clone();
    sorted.sort();
    assert_eq!(walked, sorted, "reading finds what listing finds");
    listed
}

#[test]
fn articles_are_found_by_their_extension_in_order() {
    let folder = folder("extensions");
    for path in [
        "b.md",
        "a.txt",
        "sub/deep/c.HTML",
        "sub/d.Rmd",
        "e.png",
        "f",
        ".hidden.md",
        ".git/g.md",
    ] {
        write(&folder, path, "x");
    }
    assert_eq!(
        found(&roots(&folder)),
        ["a.txt", "b.md", "sub/d.Rmd", "sub/deep/c.HTML"]
    );
}

#[test]
fn ignore_files_are_honoured_outside_of_git_too() {
    let folder = folder("ignored");
    write(&folder, ".gitignore", "drafts/\n*.txt\n!keep.txt\n");
    write(&folder, "sub/.ignore", "secret.md\n");
    for path in ["a.md", "drafts/b.md", "c.txt", "keep.txt", "sub/secret.md", "sub/d.md"] {
        write(&folder, path, "x");
    }
    assert_eq!(found(&roots(&folder)), ["a.md", "keep.txt", "sub/d.md"]);
}

#[test]
fn globs_take_and_leave_out() {
    let folder = folder("globs");
    for path in ["a.md", "b.markup", "blog/c.md", "blog/old/d.md", "drafts/e.md"] {
        write(&folder, path, "x");
    }
    let mut roots = roots(&folder);
    roots.exclude = vec!["drafts".to_owned(), "blog/*/d.md".to_owned()];
    assert_eq!(found(&roots), ["a.md", "blog/c.md"]);
    roots.include = vec!["*.markup".to_owned(), "blog/**".to_owned()];
    assert_eq!(found(&roots), ["b.markup", "blog/c.md"]);
    roots.include = vec!["a[".to_owned()];
    assert_eq!(discover::list(&roots).unwrap_err().exit_code(), 2);
}

#[test]
fn a_root_that_is_not_there_stops_the_program() {
    let folder = folder("missing");
    assert_eq!(discover::list(&roots(&folder.join("none"))).unwrap_err().exit_code(), 4);
}

#[test]
fn a_root_may_be_a_file_and_roots_may_overlap() {
    let folder = folder("overlap");
    write(&folder, "blog/a.md", "x");
    let mut roots = roots(&folder);
    roots.paths.push(folder.join("blog"));
    assert_eq!(found(&roots), ["blog/a.md"]);
    roots.paths = vec![folder.join("blog/a.md")];
    assert_eq!(found(&roots), ["a.md"]);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_refused() {
    use std::os::unix::fs::symlink;
    let folder = folder("links");
    write(&folder, "in/a.md", "x");
    write(&folder, "in/.store/b", "x");
    write(&folder, "out.md", "x");
    for (target, link) in [
        ("../out.md", "in/out.md"),
        ("/etc/passwd", "in/passwd.md"),
        ("a.md", "in/again.md"),
        (".store/b", "in/stored.md"),
        ("nothing", "in/broken.md"),
        (".", "in/loop"),
        ("..", "in/up"),
    ] {
        symlink(target, folder.join(link)).unwrap();
    }
    let found = found(&roots(&folder.join("in")));
    let names: Vec<_> = found.iter().map(|found| found.split(" (os").next().unwrap()).collect();
    assert_eq!(
        names,
        [
            "a.md",
            "broken.md: a symbolic link to nothing: No such file or directory",
            "loop: a symbolic link to a folder, which is not followed",
            "out.md: a symbolic link that leaves the input folder",
            "passwd.md: a symbolic link that leaves the input folder",
            "stored.md",
            "up: a symbolic link that leaves the input folder",
        ]
    );
    let linked = folder.join("to-in");
    symlink("in", &linked).unwrap();
    assert!(
        self::found(&roots(&linked)).contains(&"a.md".to_owned()),
        "a root may be a link"
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_not_opened() {
    use std::os::unix::net::UnixListener;
    let folder = folder("odd");
    write(&folder, "a.md", "x");
    write(&folder, "folder.md/b.md", "x");
    let pipe = folder.join("pipe.md");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    // A socket's path may have 108 bytes; a shorter one by way of the working folder.
    let _socket = UnixListener::bind(folder.join("s.md")).ok();
    let found = found(&roots(&folder));
    assert!(found.contains(&"a.md".to_owned()));
    assert!(found.contains(&"folder.md/b.md".to_owned()));
    assert!(
        found.contains(&"pipe.md: a named pipe, not a file".to_owned()),
        "{found:?}"
    );
    let mut buffer = Vec::new();
    assert_eq!(
        discover::read_into(&pipe, &mut buffer).unwrap_err().message,
        "a named pipe, not a file"
    );
    assert!(discover::read_into(Path::new("/dev/zero"), &mut buffer).is_err());
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_refused() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder("names");
    fs::write(folder.join(std::ffi::OsStr::from_bytes(b"caf\xE9.md")), "x").unwrap();
    assert_eq!(found(&roots(&folder)), ["caf\u{FFFD}.md: its name is not UTF-8"]);
}

#[test]
fn a_file_is_read_whole_or_not_at_all() {
    let folder = folder("read");
    let mut buffer = b"what was there before".to_vec();
    for text in ["short", "", "a longer text than the one before it"] {
        write(&folder, "a.md", text);
        discover::read_into(&folder.join("a.md"), &mut buffer).unwrap();
        assert_eq!(buffer, text.as_bytes());
    }
    let large = fs::File::create(folder.join("large.md")).unwrap();
    large.set_len(16 * 1024 * 1024 + 1).unwrap();
    let refused = discover::read_into(&folder.join("large.md"), &mut buffer).unwrap_err();
    assert_eq!(refused.rule.id, "article-limit-exceeded");
}
