//! What a pull request, an archive or another program can put on the disk must not make a build read or write anything
//! else, run a program, or hang.

use std::{fs, os::unix::fs::symlink, process::Command};

use crate::site::{CONFIG, NOW, Site, stderr};

/// A pull request can make the input folder a link. The configuration itself may name any folder.
#[test]
fn an_input_that_is_a_link_out_of_the_site_is_refused() {
    let site = Site::empty();
    site.write("private/token.txt", "The token is known to nobody.\n");
    site.write("site/feedwright.yaml", CONFIG);
    symlink("../private", site.folder.join("site/input")).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = site.command(&[arguments, &["--now", NOW][..]].concat());
        let output = command.current_dir(site.folder.join("site")).output().unwrap();
        (output.status.code().unwrap(), stderr(&output))
    };
    let (code, message) = run(&["build"]);
    let is_refused =
        |(code, message): (i32, String)| code == 2 && message.contains("is a symbolic link that points outside");
    assert!(is_refused((code, message)));
    assert!(!site.folder.join("site/feeds").exists());
    for (link, target) in [
        ("notes", "/"),
        ("folder/notes", "../../private"),
        ("chain", "other"),
        ("other", "../site/private"),
        ("folder/inner", "../../site"),
        ("loop", "loop"),
    ] {
        fs::create_dir_all(site.folder.join("site").join(link).parent().unwrap()).unwrap();
        symlink(target, site.folder.join("site").join(link)).unwrap();
    }
    fs::create_dir_all(site.folder.join("site/private")).unwrap();
    for input in [
        "notes",
        "folder/notes",
        "./chain",
        "other",
        "folder/inner/private",
        "folder/../other",
    ] {
        site.write("site/feedwright.yaml", format!("{CONFIG}input: {input}\n"));
        assert!(is_refused(run(&["build"])), "{input}");
    }
    fs::remove_file(site.folder.join("site/notes")).unwrap();
    site.write("site/feedwright.yaml", CONFIG);
    // A link to a folder of the site, and one that the configuration replaces with the folder it points to.
    site.write("site/notes/a.md", "# Low tide\n\nMud and gulls.\n");
    fs::remove_file(site.folder.join("site/input")).unwrap();
    symlink("notes", site.folder.join("site/input")).unwrap();
    assert_eq!(run(&["build"]).0, 0);
    site.write("site/feedwright.yaml", format!("{CONFIG}input: ../private\n"));
    assert_eq!(run(&["build", "--dry-run", "--allow-shrink", "--allow-flood"]).0, 0);
    let (code, message) = run(&["build", "--sandbox"]);
    assert!(
        code == 2 && message.contains("the input ../private is outside"),
        "{code}: {message}"
    );
}

/// `--sandbox` is for configurations from other people.
#[test]
fn a_sandboxed_build_writes_nothing_outside_the_site() {
    for (settings, name) in [
        ("output: ../elsewhere\n", "../elsewhere/rss.xml"),
        ("output: linked\n", "linked/rss.xml"),
        ("ledger: ../elsewhere/ledger\n", "../elsewhere/ledger"),
        ("ledger: dangling\n", "dangling"),
    ] {
        let site = Site::empty();
        site.write("site/feedwright.yaml", format!("{CONFIG}{settings}"));
        site.write("site/input/a.md", "# Low tide\n\nMud and gulls.\n");
        fs::create_dir(site.folder.join("elsewhere")).unwrap();
        symlink("../elsewhere", site.folder.join("site/linked")).unwrap();
        symlink("../elsewhere/new", site.folder.join("site/dangling")).unwrap();
        let mut command = site.command(&["build", "--sandbox", "--now", NOW]);
        let output = command.current_dir(site.folder.join("site")).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{settings}");
        let message = stderr(&output);
        assert!(message.contains(&format!("the output {name} is outside")), "{message}");
        assert_eq!(fs::read_dir(site.folder.join("elsewhere")).unwrap().count(), 0);
    }
}

/// Git stores symbolic links, so a pull request can add such files.
#[test]
fn ignore_files_and_the_ledger_that_are_not_regular_files_are_not_read() {
    for (path, code) in [
        ("input/.gitignore", 4),
        ("input/.ignore", 4),
        (".gitignore", 4),
        ("input/notes/.gitignore", 1),
        ("feedwright.ledger", 4),
    ] {
        for kind in ["device", "pipe"] {
            let site = Site::new();
            site.write("input/a.md", "# Low tide\n\nMud and gulls.\n");
            site.write("input/notes/b.md", "# High tide\n\nWater and gulls.\n");
            match kind {
                "device" => symlink("/dev/zero", site.folder.join(path)).unwrap(),
                _ => assert!(
                    Command::new("mkfifo")
                        .arg(site.folder.join(path))
                        .status()
                        .unwrap()
                        .success()
                ),
            }
            let output = site.build(code);
            let message = stderr(&output);
            let expected = match kind {
                "device" => "a device, not a regular file",
                _ => "a named pipe, not a regular file",
            };
            assert!(message.contains(expected), "{path}: {message}");
            if code == 1 {
                assert_eq!(site.each("title"), ["Low tide"]);
            }
        }
    }
    let site = Site::new();
    site.write("input/a.md", "# Low tide\n\nMud and gulls.\n");
    site.write("input/.ignore", "x\n".repeat(200_000));
    assert!(stderr(&site.build(4)).contains("larger than 256 KiB"));
}

#[test]
fn feeds_ledger_and_lock_must_be_different_files() {
    for settings in [
        "ledger: feeds/rss.xml\nfeeds: [rss.xml]\n",
        "ledger: feeds/RSS.xml\nfeeds: [rss.xml]\n",
        "ledger: linked/rss.xml\nfeeds: [rss.xml]\n",
        "ledger: feeds/.feedwright.lock\n",
        "feeds: [{path: .feedwright.lock, format: rss}]\n",
        "output: .\nfeeds: [{path: feedwright.ledger, format: rss}]\n",
        "output: .\nfeeds: [{path: feedwright.yaml, format: rss}]\n",
    ] {
        let site = Site::new();
        site.write("feedwright.yaml", format!("{CONFIG}{settings}"));
        site.write("input/a.md", "# Low tide\n\nMud and gulls.\n");
        fs::create_dir(site.folder.join("feeds")).unwrap();
        symlink("feeds", site.folder.join("linked")).unwrap();
        let message = stderr(&site.build(2));
        assert!(message.contains("is used twice"), "{settings}: {message}");
    }
}
