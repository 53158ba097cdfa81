//! The transcripts in README and docs are what the program prints.
//!
//! Each page is a story in a folder of its own. A block with `file=PATH` in its info string writes that file. In a
//! `console` block, a line that starts with `$ ` is run by `sh`, and the lines below it are what it prints, standard error
//! included. UPDATE_SNAPSHOTS=1 rewrites them. The README's story starts with a copy of this repository's site.
#![cfg(unix)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use feedwright::time::Timestamp;

use crate::{
    site::{NOW, Site, root},
    snapshot::Snapshots,
};

#[test]
fn transcripts_are_what_the_program_prints() {
    let mut snapshots = Snapshots::default();
    let mut transcripts = 0;
    for page in pages() {
        let site = if page.ends_with("README.md") {
            Site::copy_of_repository()
        } else {
            Site::empty()
        };
        let text = fs::read_to_string(&page).unwrap();
        let replayed = replay(&text, &site);
        transcripts += text.matches("```console\n").count();
        snapshots.compare(&page, &replayed);
    }
    assert!(transcripts >= 10);
    snapshots.finish();
}

#[test]
fn every_file_that_a_page_names_is_there() {
    let mut count = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for name in text.split(['`', '(', ')', ' ', '\n']) {
            let is_path = [
                "tests/",
                "src/",
                "benches/",
                "docs/",
                ".ci/",
                "CONTRIBUTING.md",
                "CHANGELOG.md",
            ]
            .iter()
            .any(|start| name.starts_with(start));
            if is_path && !name.contains(['*', '<']) {
                assert!(root().join(name).exists(), "{}: {name}", page.display());
                count += 1;
            }
        }
    }
    assert!(count >= 8);
}

/// The README, CONTRIBUTING, and the pages of the book.
fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md"), root().join("CONTRIBUTING.md")];
    let mut folders = vec![root().join("docs/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

/// The text of a page with what its commands print now.
fn replay(text: &str, site: &Site) -> String {
    let mut replayed = String::new();
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        replayed += line;
        let Some(info) = line.trim_end().strip_prefix("```").filter(|info| !info.is_empty()) else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| line.trim_end() != "```").collect();
        if info == "console" {
            for command in block.iter().filter(|line| line.starts_with("$ ")) {
                replayed += command;
                replayed += &run(command[2..].trim_end(), &site.folder);
            }
        } else {
            replayed += &block.concat();
            if let Some((_, path)) = info.split_once("file=") {
                site.write(path, block.concat());
            }
        }
        replayed += "```\n";
    }
    replayed
}

/// What a command prints, without spaces at the ends of lines.
fn run(command: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_feedwright")).parent().unwrap();
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .current_dir(folder)
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", program.display()))
        .env("COLUMNS", "100")
        .env("LC_ALL", "C")
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap())
        .env("SOURCE_DATE_EPOCH", now())
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// [`NOW`] in seconds since 1970.
fn now() -> String {
    Timestamp::parse_rfc3339(NOW).unwrap().unix().to_string()
}
