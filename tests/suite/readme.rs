//! The README's transcripts are what the program says.

use std::fs;

use crate::site::{NOW, Site, root};

/// The repository's site, with the broken article that the README shows.
fn repository(with_broken_article: bool) -> Site {
    let site = Site::of_repository();
    if with_broken_article {
        site.write(
            "input/when.md",
            "---\ntitle: When?\ndate: yesterday\n---\n\nNobody wrote it down.\n",
        );
    }
    site
}

#[test]
fn transcripts_are_what_the_program_says() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let mut rewritten = String::new();
    let mut rest = readme.as_str();
    let mut transcripts = 0;
    while let Some((before, block)) = rest.split_once("```console\n$ feedwright ") {
        let (block, after) = block.split_once("```").unwrap();
        let (arguments, expected) = block.split_once('\n').unwrap();
        let site = repository(expected.contains("when.md"));
        let arguments_now: Vec<&str> = arguments.split(' ').chain(["--now", NOW]).collect();
        let output = site.run(&arguments_now);
        let said = [output.stderr, output.stdout].concat();
        rewritten += &format!(
            "{before}```console\n$ feedwright {arguments}\n{}```",
            String::from_utf8(said).unwrap()
        );
        rest = after;
        transcripts += 1;
    }
    assert!(transcripts >= 2);
    rewritten += rest;
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &rewritten).unwrap();
    }
    let difference = rewritten
        .lines()
        .zip(readme.lines())
        .find(|(said, written)| said != written);
    assert!(
        rewritten == readme,
        "UPDATE_SNAPSHOTS=1 rewrites the README; the first difference: {difference:#?}"
    );
}

#[test]
fn every_file_that_the_readme_names_is_there() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let names = readme.split(['`', '(', ')']).filter(|name| {
        ["tests/", "src/", "feeds/", "input/", "CONTRIBUTING"]
            .iter()
            .any(|start| name.starts_with(start))
            && !name.contains(' ')
    });
    let mut count = 0;
    for name in names {
        assert!(root().join(name).exists(), "{name}");
        count += 1;
    }
    assert!(count >= 8);
}
