//! The rules of the house, read from the sources: who may import whom, and who may touch files, terminal and clock.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Each room of the library with the rooms that it may import; `lib.rs` is the door to all.
const IMPORTS: &[(&str, &[&str])] = &[
    ("error", &["finding"]),
    ("text", &[]),
    ("time", &[]),
    ("url", &[]),
    ("finding", &[]),
    ("glob", &[]),
    ("html", &["text", "url"]),
    ("model", &["text", "time", "url", "html"]),
    ("source", &["error", "finding", "glob", "text"]),
    ("front_matter", &["finding", "text"]),
    ("markdown", &["finding", "html", "text"]),
    ("plain_text", &["text"]),
    ("page", &["html", "markdown", "plain_text", "text"]),
    (
        "article",
        &[
            "finding",
            "front_matter",
            "markdown",
            "page",
            "plain_text",
            "source",
            "text",
        ],
    ),
    (
        "extract",
        &[
            "article",
            "finding",
            "front_matter",
            "html",
            "markdown",
            "page",
            "plain_text",
            "source",
            "text",
            "time",
            "url",
        ],
    ),
    ("render", &["model", "text", "time", "url", "html"]),
    (
        "config",
        &[
            "check", "error", "extract", "finding", "glob", "html", "model", "render", "source", "text", "time", "url",
        ],
    ),
    ("ledger", &["error", "time", "url"]),
    ("output", &["error"]),
    (
        "compose",
        &[
            "article", "compare", "config", "extract", "finding", "html", "ledger", "model", "source", "text", "time",
            "url",
        ],
    ),
    ("select", &["model", "config", "glob", "text", "time"]),
    // The judge shares nothing with the defendant.
    ("check", &["finding"]),
    ("compare", &["ledger", "model", "text", "time", "url", "html"]),
    (
        "publish",
        &[
            "article",
            "check",
            "compare",
            "compose",
            "config",
            "error",
            "extract",
            "finding",
            "front_matter",
            "html",
            "ledger",
            "model",
            "output",
            "plain_text",
            "render",
            "select",
            "source",
            "text",
            "time",
            "url",
        ],
    ),
];

/// What only these rooms may do, and what doing it looks like.
const DEEDS: &[(&str, &[&str], &[&str])] = &[
    (
        "touches the file system",
        &["config", "ledger", "output", "source"],
        &[
            "std::fs",
            "fs::",
            "File::",
            "OpenOptions",
            ".exists()",
            ".is_file()",
            ".is_dir()",
            ".canonicalize()",
            ".metadata()",
            "WalkBuilder",
        ],
    ),
    ("runs programs", &["source"], &["Command::new"]),
    (
        "prints",
        &[],
        &[
            "println!",
            "print!",
            "eprintln!",
            "eprint!",
            "dbg!",
            "stdout()",
            "stderr()",
            "stdin()",
        ],
    ),
    (
        "reads the clock",
        &[],
        &[
            "SystemTime::now",
            "Instant::now",
            "Utc::now",
            "Local::now",
            "Zoned::now",
            "Timestamp::now",
        ],
    ),
    (
        "reads the environment or ends the process",
        &[],
        &[
            "env::var",
            "env::args",
            "env::vars",
            "current_dir",
            "temp_dir",
            "TimeZone::system",
            "process::exit",
            "process::abort",
        ],
    ),
];

#[test]
fn every_room_keeps_the_rules_of_the_house() {
    let faults: Vec<String> = sources().iter().flat_map(|(file, text)| faults(file, text)).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn rooms_do_not_import_each_other_in_a_circle() {
    let mut open: BTreeMap<&str, BTreeSet<&str>> = IMPORTS
        .iter()
        .map(|(room, rooms)| (*room, rooms.iter().copied().collect()))
        .collect();
    while let Some(leaf) = open.iter().find(|(_, rooms)| rooms.is_empty()).map(|(room, _)| *room) {
        open.remove(leaf);
        for rooms in open.values_mut() {
            rooms.remove(leaf);
        }
    }
    assert!(open.is_empty(), "in a circle: {open:?}");
}

#[test]
fn the_program_begins_on_one_screen() {
    let main = fs::read_to_string(source_folder().join("bin/feedwright/main.rs")).unwrap();
    let lines = main.lines().count();
    assert!(lines <= 60, "main.rs has {lines} lines");
}

#[test]
fn a_planted_breach_is_found() {
    for (file, text, expected) in [
        (
            "check/rules/dates.rs",
            "use crate::time::Timestamp;",
            "check may not import time",
        ),
        (
            "check/mod.rs",
            "fn f() { crate::render::render(x) }",
            "check may not import render",
        ),
        ("check/mod.rs", "use super::model::Feed;", "check may not import model"),
        (
            "check/rules/link.rs",
            "use super::super::super::url::Url;",
            "check may not import url",
        ),
        (
            "html/mod.rs",
            "use crate::{\n    text::PlainText,\n    model::{Entry, Feed},\n};",
            "html may not import model",
        ),
        ("text/mod.rs", "use crate::{url};", "text may not import url"),
        (
            "html/deep/mod.rs",
            "use super::super::article::Article;",
            "html may not import article",
        ),
        (
            "extract/mod.rs",
            "use crate::{self as feedwright, compose as c};",
            "extract may not import compose",
        ),
        ("model/mod.rs", "use crate::Error;", "model may not import error"),
        ("attic.rs", "", "attic is a room without rules: add it to the table"),
        (
            "render/rss.rs",
            "let text = std::fs::read(path);",
            "render touches the file system",
        ),
        ("select.rs", "let x = path.exists();", "select touches the file system"),
        ("output.rs", "println!(\"hi\");", "output prints"),
        ("compose.rs", "let now = chrono::Utc::now();", "compose reads the clock"),
        (
            "time/mod.rs",
            "std::env::var(\"TZ\")",
            "time reads the environment or ends the process",
        ),
    ] {
        let found = faults(file, text);
        assert!(
            found.iter().any(|fault| fault.ends_with(expected)),
            "{file}: {expected}: {found:?}"
        );
    }
}

#[test]
fn what_only_looks_like_a_breach_is_none() {
    for (file, text) in [
        (
            "check/mod.rs",
            "// use crate::render;\n/// See [`crate::model`].\n/* crate::url */ use crate::finding::Finding;",
        ),
        (
            "check/mod.rs",
            "const TEXT: &str = \"crate::render println! \\\" crate::url\";",
        ),
        (
            "check/mod.rs",
            "const TEXT: &str = r#\"use crate::render; \" crate::url\"#;",
        ),
        (
            "check/mod.rs",
            "fn f<'a>(c: char) -> bool { c == '\"' || c == '\\'' } // crate::url \"",
        ),
        (
            "check/rules/link.rs",
            "use super::super::document::Node;\nuse crate::check::document;",
        ),
        (
            "check/mod.rs",
            "fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::render;\n}\n",
        ),
        ("text/mod.rs", "let sprint = blueprint!(x);"),
    ] {
        assert_eq!(faults(file, text), Vec::<String>::new(), "{file}: {text}");
    }
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The library's sources, by path below `src`.
fn sources() -> Vec<(String, String)> {
    let root = source_folder();
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() && name != "bin" {
                folders.push(path);
            } else if name.ends_with(".rs") && name != "lib.rs" && !name.ends_with("/tests.rs") {
                sources.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    assert!(sources.len() > 20);
    sources.sort();
    sources
}

/// What a file of the library does against the rules.
fn faults(file: &str, text: &str) -> Vec<String> {
    let code = code_of(text);
    let room = file.split(['/', '.']).next().unwrap_or(file);
    let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{file}: {room} is a room without rules: add it to the table")];
    };
    let mut faults = Vec::new();
    for import in imports(file, &code) {
        let is_room = IMPORTS.iter().any(|(name, _)| *name == import);
        if is_room && import != room && !allowed.contains(&&*import) {
            faults.push(format!("{file}: {room} may not import {import}"));
        }
    }
    for (deed, rooms, signs) in DEEDS {
        let is_done = |sign: &&str| {
            let starts_word = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            code.match_indices(*sign)
                .any(|(at, _)| sign.starts_with('.') || starts_word(at))
        };
        if !rooms.contains(&room) && signs.iter().any(is_done) {
            faults.push(format!("{file}: {room} {deed}"));
        }
    }
    faults
}

/// The names at the root of the crate that the code of a file speaks of.
fn imports(file: &str, code: &str) -> BTreeSet<String> {
    // How often `super::` leads from the file to the root: once for each folder, and once for the file itself.
    let depth = file.split('/').count() - usize::from(file.ends_with("mod.rs"));
    let mut names = BTreeSet::new();
    for prefix in ["crate::".to_owned(), "super::".repeat(depth)] {
        for (at, _) in code.match_indices(&prefix) {
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            names.extend(names_after(&code[at + prefix.len()..]));
        }
    }
    // `crate::Error` is another name of `crate::error::Error`.
    if names.contains("Error") {
        names.insert("error".to_owned());
    }
    names
}

/// The first names of a path or of a group of paths.
fn names_after(code: &str) -> Vec<String> {
    let first_name = |path: &str| {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        path.trim_start()
            .chars()
            .take_while(|c| is_part(*c))
            .collect::<String>()
    };
    let Some(group) = code.trim_start().strip_prefix('{') else {
        return vec![first_name(code)];
    };
    let mut depth = 0;
    let mut names = Vec::new();
    let mut start = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(first_name(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
        if c == '}' && depth == 0 && start == at + 1 {
            break;
        }
    }
    names
}

/// The code of a file without comments, without what stands in quotes, and without its tests.
fn code_of(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let raw_hashes = rest
            .strip_prefix('r')
            .map(|after| after.len() - after.trim_start_matches('#').len());
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some(hashes) = raw_hashes.filter(|hashes| rest[1 + hashes..].starts_with('"')) {
            let close = format!("\"{}", "#".repeat(hashes));
            let open = 2 + hashes;
            rest[open..]
                .find(&close)
                .map_or(rest.len(), |at| open + at + close.len())
        } else if c == '"' {
            quoted_length(rest, '"')
        } else if c == '\'' && (rest.starts_with("'\\") || rest.chars().nth(2) == Some('\'')) {
            quoted_length(rest, '\'')
        } else {
            0
        };
        if skipped == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            code.push(' ');
            rest = &rest[skipped..];
        }
    }
    code
}

fn quoted_length(text: &str, quote: char) -> usize {
    let mut is_escaped = true;
    for (at, c) in text.char_indices() {
        if c == quote && !is_escaped {
            return at + 1;
        }
        is_escaped = at > 0 && c == '\\' && !is_escaped;
    }
    text.len()
}
