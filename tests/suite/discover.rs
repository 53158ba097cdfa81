//! Which files are found and read, and what is reported about files that cannot be read.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

use feedwright::source::discover::{self, Inputs};

/// An empty folder for one test.
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

fn inputs(folder: &Path) -> Inputs {
    Inputs {
        paths: vec![folder.to_owned()],
        include: Vec::new(),
        exclude: Vec::new(),
    }
}

/// The paths that are found, in order, each with the message if it cannot be read.
fn found(inputs: &Inputs) -> Vec<String> {
    let list = discover::list(inputs).unwrap();
    let listed: Vec<_> = list
        .into_iter()
        .map(|(file, refused)| match refused {
            Some(finding) => format!("{}: {}", file.relative, finding.message),
            None => file.relative,
        })
        .collect();
    let walked = Mutex::new(Vec::new());
    discover::walk(inputs, &|file, read| {
        walked.lock().unwrap().push(match read {
            Ok(_) => file.relative,
            Err(finding) => format!("{}: {}", file.relative, finding.message),
        });
    })
    .unwrap();
    let mut walked = walked.into_inner().unwrap();
    walked.sort();
    let mut sorted = listed.clone();
    sorted.sort();
    assert_eq!(walked, sorted, "`walk` and `list` find the same files");
    listed
}

#[test]
fn articles_are_found_by_extension_and_sorted() {
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
        found(&inputs(&folder)),
        ["a.txt", "b.md", "sub/d.Rmd", "sub/deep/c.HTML"]
    );
}

#[test]
fn ignore_files_apply_outside_of_git_repositories() {
    let folder = folder("ignored");
    write(&folder, ".gitignore", "drafts/\n*.txt\n!keep.txt\n");
    write(&folder, "sub/.ignore", "secret.md\n");
    for path in ["a.md", "drafts/b.md", "c.txt", "keep.txt", "sub/secret.md", "sub/d.md"] {
        write(&folder, path, "x");
    }
    assert_eq!(found(&inputs(&folder)), ["a.md", "keep.txt", "sub/d.md"]);
}

#[test]
fn globs_include_and_exclude() {
    let folder = folder("globs");
    for path in ["a.md", "b.markup", "blog/c.md", "blog/old/d.md", "drafts/e.md"] {
        write(&folder, path, "x");
    }
    let mut inputs = inputs(&folder);
    inputs.exclude = vec!["drafts".to_owned(), "blog/*/d.md".to_owned()];
    assert_eq!(found(&inputs), ["a.md", "blog/c.md"]);
    inputs.include = vec!["*.markup".to_owned(), "blog/**".to_owned()];
    assert_eq!(found(&inputs), ["b.markup", "blog/c.md"]);
    inputs.include = vec!["a[".to_owned()];
    assert_eq!(discover::list(&inputs).unwrap_err().exit_code(), 2);
}

#[test]
fn a_missing_input_folder_is_an_error() {
    let folder = folder("missing");
    assert_eq!(
        discover::list(&inputs(&folder.join("none"))).unwrap_err().exit_code(),
        4
    );
}

#[test]
fn an_input_may_be_a_file_and_inputs_may_overlap() {
    let folder = folder("overlap");
    write(&folder, "blog/a.md", "x");
    let mut inputs = inputs(&folder);
    inputs.paths.push(folder.join("blog"));
    assert_eq!(found(&inputs), ["blog/a.md"]);
    inputs.paths = vec![folder.join("blog/a.md")];
    assert_eq!(found(&inputs), ["a.md"]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_outside_the_input_folder_are_rejected() {
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
    let found = found(&inputs(&folder.join("in")));
    let names: Vec<_> = found.iter().map(|found| found.split(" (os").next().unwrap()).collect();
    assert_eq!(
        names,
        [
            "a.md",
            "broken.md: a broken symbolic link: No such file or directory",
            "loop: a symbolic link to a folder; such links are not followed",
            "out.md: a symbolic link that points outside the input folder",
            "passwd.md: a symbolic link that points outside the input folder",
            "stored.md",
            "up: a symbolic link that points outside the input folder",
        ]
    );
    let linked = folder.join("to-in");
    symlink("in", &linked).unwrap();
    assert!(
        self::found(&inputs(&linked)).contains(&"a.md".to_owned()),
        "an input folder may be a link"
    );
}

#[cfg(unix)]
#[test]
fn special_files_are_reported_and_not_opened() {
    use std::os::unix::net::UnixListener;
    let folder = folder("special");
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
    // A socket's path is limited to 108 bytes, so this can fail in a deep folder.
    let _socket = UnixListener::bind(folder.join("s.md")).ok();
    let found = found(&inputs(&folder));
    assert!(found.contains(&"a.md".to_owned()));
    assert!(found.contains(&"folder.md/b.md".to_owned()));
    assert!(
        found.contains(&"pipe.md: a named pipe, not a regular file".to_owned()),
        "{found:?}"
    );
    let mut buffer = Vec::new();
    assert_eq!(
        discover::read_into(&pipe, &mut buffer).unwrap_err().message,
        "a named pipe, not a regular file"
    );
    assert!(discover::read_into(Path::new("/dev/zero"), &mut buffer).is_err());
}

#[cfg(target_os = "linux")]
#[test]
fn file_names_that_are_not_utf8_are_rejected() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder("names");
    fs::write(folder.join(std::ffi::OsStr::from_bytes(b"caf\xE9.md")), "x").unwrap();
    assert_eq!(
        found(&inputs(&folder)),
        ["caf\u{FFFD}.md: the file name is not valid UTF-8"]
    );
}

#[test]
fn a_file_replaces_the_contents_of_the_buffer() {
    let folder = folder("read");
    let mut buffer = b"the contents of another file".to_vec();
    for text in ["short", "", "a longer text than the one before it"] {
        write(&folder, "a.md", text);
        discover::read_into(&folder.join("a.md"), &mut buffer).unwrap();
        assert_eq!(buffer, text.as_bytes());
    }
    let large = fs::File::create(folder.join("large.md")).unwrap();
    large.set_len(16 * 1024 * 1024 + 1).unwrap();
    let finding = discover::read_into(&folder.join("large.md"), &mut buffer).unwrap_err();
    assert_eq!(finding.rule.id, "article-limit-exceeded");
}
