//! Dates from Git, in repositories that the tests create with fixed dates.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use crate::site::{CONFIG, Site, copy, stderr};

const TEXT: &str = "The tide came in at four, and nobody had written down when it went out again.\n";

/// A site with `dates.from_git`.
fn site() -> Site {
    let site = Site::new();
    site.write("feedwright.yaml", format!("{CONFIG}dates: {{ from_git: true }}\n"));
    site
}

fn git(site: &Site, date: &str, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org"])
        .args(arguments)
        .current_dir(&site.folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_DATE", date)
        .env("GIT_COMMITTER_DATE", date)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
}

fn commit(site: &Site, date: &str) {
    git(site, date, &["add", "input"]);
    git(site, date, &["commit", "-q", "-m", "a commit"]);
}

/// The published and modified dates of the entry with this title.
fn dates_of(site: &Site, title: &str) -> (String, String) {
    let entry = site
        .entries()
        .into_iter()
        .find(|entry| entry["title"] == title)
        .unwrap_or_else(|| panic!("no entry `{title}`"));
    let date = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    (date("date_published"), date("date_modified"))
}

#[test]
fn an_undated_article_gets_the_dates_of_its_first_and_last_commit_across_renames() {
    let site = site();
    let article = |name: &str, more: &str| format!("# {name}\n\n{TEXT}{more}");
    git(&site, "", &["init", "-q"]);
    for name in ["Eins", "Zwei", "Drei", "Vier"] {
        site.write(&format!("input/{name}.md"), article(name, ""));
    }
    site.write(
        "input/own.md",
        format!("---\ntitle: Own\ndate: 2020-02-02\n---\n\n{TEXT}"),
    );
    commit(&site, "2024-03-01T09:00:00+01:00");
    site.write("input/Eins.md", article("Eins", "It rained.\n"));
    commit(&site, "2024-04-01T09:00:00+02:00");
    fs::create_dir(site.folder.join("input/ü")).unwrap();
    fs::rename(site.folder.join("input/Eins.md"), site.folder.join("input/ü/ein s.md")).unwrap();
    site.write(
        "input/own.md",
        format!("---\ntitle: Own\ndate: 2020-02-02\n---\n\n{TEXT}More.\n"),
    );
    commit(&site, "2024-05-01T09:00:00+02:00");
    site.write("input/new.md", article("New", ""));
    site.build(0);

    let dates = |first: &str, last: &str| (first.to_owned(), last.to_owned());
    let first = "2024-03-01T08:00:00Z";
    assert_eq!(dates_of(&site, "Eins"), dates(first, "2024-04-01T07:00:00Z"));
    assert_eq!(dates_of(&site, "Zwei"), dates(first, first));
    let (published, updated) = dates_of(&site, "Own");
    assert!(
        published.starts_with("2020-02-01T23") && published == updated,
        "{published} {updated}"
    );
    // An article that was never committed is dated by the ledger.
    assert_eq!(dates_of(&site, "New").0, crate::site::NOW);

    let output = site.run(&["explain", "input/ü/ein s.md"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        text.contains("Git first commit") && text.contains("Git last commit"),
        "{text}"
    );
}

#[test]
fn a_commit_that_changes_most_files_is_not_an_update() {
    let site = site();
    git(&site, "", &["init", "-q"]);
    let write = |more: &str| {
        for name in ["Eins", "Zwei", "Drei", "Vier", "Sechs"] {
            site.write(&format!("input/{name}.md"), format!("# {name}\n\n{TEXT}{more}"));
        }
    };
    write("");
    commit(&site, "2024-03-01T09:00:00+01:00");
    write("All at once.\n");
    commit(&site, "2024-04-01T09:00:00+01:00");
    site.build(0);
    assert_eq!(dates_of(&site, "Zwei").1, "2024-03-01T08:00:00Z");
}

#[test]
fn a_missing_or_shallow_history_is_an_error_with_a_fix() {
    let site = site();
    site.write("input/a.md", format!("# Eins\n\n{TEXT}"));
    let assert_error = |expected: &str| {
        let output = site
            .command(&["build"])
            .env("GIT_CEILING_DIRECTORIES", site.folder.parent().unwrap())
            .output()
            .unwrap();
        let message = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(expected) && message.contains("help: "), "{message}");
    };
    assert_error("not a git repository");
    git(&site, "", &["init", "-q"]);
    assert_error("does not have any commits yet");
    commit(&site, "2024-03-01T09:00:00+01:00");
    site.write("input/a.md", format!("# Eins\n\n{TEXT}{TEXT}"));
    commit(&site, "2024-04-01T09:00:00+01:00");
    let address = format!("file://{}", site.folder.display());
    git(&site, "", &["clone", "-q", "--depth", "1", &address, "clone"]);
    fs::remove_dir_all(site.folder.join(".git")).unwrap();
    fs::rename(site.folder.join("clone/.git"), site.folder.join(".git")).unwrap();
    assert_error("git fetch --unshallow");
    assert!(!site.folder.join("feeds/rss.xml").exists());
}

/// A repository that comes with the articles, as in an archive, may have any settings.
#[test]
fn settings_of_the_repository_neither_change_dates_nor_run_programs() {
    let site = site();
    git(&site, "", &["init", "-q"]);
    for name in ["Eins", "Zwei", "Drei"] {
        site.write(&format!("input/{name}.md"), format!("# {name}\n\n{TEXT}"));
    }
    commit(&site, "2024-03-01T09:00:00+01:00");
    site.write("input/Eins.md", format!("# Eins\n\n{TEXT}It rained.\n"));
    commit(&site, "2024-04-01T09:00:00+02:00");
    site.write("run.sh", "#!/bin/sh\n: > ran\n");
    fs::set_permissions(site.folder.join("run.sh"), fs::Permissions::from_mode(0o755)).unwrap();
    let program = site.folder.join("run.sh").display().to_string();
    let hooks = site.folder.display().to_string();
    for (key, value) in [
        ("log.showRoot", "false"),
        ("log.showSignature", "true"),
        ("gpg.program", &program),
        ("i18n.logOutputEncoding", "UTF-16"),
        ("diff.orderFile", "nowhere"),
        ("diff.external", &program),
        ("diff.renames", "false"),
        ("diff.noPrefix", "true"),
        ("diff.relative", "false"),
        ("diff.ignoreSubmodules", "all"),
        ("diff.wsErrorHighlight", "all"),
        ("diff.statNameWidth", "2"),
        ("log.date", "relative"),
        ("log.decorate", "full"),
        ("log.follow", "true"),
        ("log.diffMerges", "on"),
        ("log.mailmap", "false"),
        ("format.pretty", "oneline"),
        ("color.ui", "always"),
        ("core.pager", &program),
        ("core.fsmonitor", &program),
        ("core.hooksPath", &hooks),
        ("core.sshCommand", &program),
        ("core.quotePath", "true"),
        ("core.precomposeUnicode", "true"),
        ("core.commentString", "x"),
        ("pager.log", "true"),
        ("alias.log", "!./run.sh"),
        ("alias.ls-files", "!./run.sh"),
        ("notes.displayRef", "*"),
    ] {
        git(&site, "", &["config", key, value]);
        for path in ["feeds", "feedwright.ledger"] {
            remove(&site.folder.join(path));
        }
        site.build(0);
        let (first, last) = dates_of(&site, "Eins");
        assert_eq!(first, "2024-03-01T08:00:00Z", "{key}");
        assert_eq!(last, "2024-04-01T07:00:00Z", "{key}");
        assert!(!site.folder.join("ran").exists(), "{key} ran a program");
        git(&site, "", &["config", "--unset", key]);
    }
}

/// The files of a bare repository can be added to the input folder by a pull request.
#[test]
fn a_repository_inside_the_input_folder_runs_nothing() {
    let site = site();
    git(&site, "", &["init", "-q"]);
    for number in 1..=3 {
        site.write(&format!("input/{number}.md"), format!("# Note {number}\n\n{TEXT}"));
        commit(&site, "2024-03-01T09:00:00+01:00");
    }
    let tree = git_output(&site, &["rev-parse", "HEAD~1^{tree}"]);
    let head = git_output(&site, &["rev-parse", "HEAD"]);
    // Without this tree, Git fetches it from the remote repository, with the command that the settings name.
    copy(
        &site.folder.join(".git/objects"),
        &site.folder.join("input/objects"),
        false,
    );
    fs::copy(site.folder.join(".git/index"), site.folder.join("input/index")).unwrap();
    remove(&site.folder.join(format!("input/objects/{}/{}", &tree[..2], &tree[2..])));
    site.write("input/refs/heads/main", &head);
    site.write("input/fetch.sh", ": > ran\n");
    site.write("input/HEAD", "ref: refs/heads/main\n");
    site.write(
        "input/config",
        "[core]\nrepositoryformatversion = 1\nbare = false\nworktree = .\n[extensions]\npartialClone = x\n\
         [remote \"x\"]\nurl = \"ext::sh fetch.sh\"\npromisor = true\n[protocol \"ext\"]\nallow = always\n",
    );
    let ran = |site: &Site| ["ran", "input/ran"].map(|path| site.folder.join(path).exists());
    site.build(2);
    assert_eq!(ran(&site), [false, false]);
    // The same files as an ordinary repository, as in an archive.
    fs::create_dir(site.folder.join("input/.git")).unwrap();
    for file in ["objects", "index", "refs", "HEAD", "config"] {
        let from = site.folder.join("input").join(file);
        fs::rename(from, site.folder.join("input/.git").join(file)).unwrap();
    }
    let config = site.read("input/.git/config").replace("worktree = .\n", "");
    site.write("input/.git/config", config);
    site.build(2);
    assert_eq!(ran(&site), [false, false]);
}

fn remove(path: &Path) {
    let _ = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
}

fn git_output(site: &Site, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(&site.folder)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
