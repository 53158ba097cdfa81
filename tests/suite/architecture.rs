//! The architecture, checked on the source files: who may import whom, and who may touch files, terminal and clock.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Each top-level module of the library with the modules that it may import.
const IMPORTS: &[(&str, &[&str])] = &[
    ("body", &[]),
    ("error", &["finding"]),
    ("text", &[]),
    ("time", &[]),
    ("url", &[]),
    ("identity", &["text"]),
    ("finding", &[]),
    ("glob", &[]),
    ("html", &["text", "url"]),
    ("model", &["text", "time", "url", "html"]),
    ("source", &["error", "finding", "glob", "text"]),
    ("front_matter", &["finding", "text"]),
    ("markdown", &["body", "finding", "html", "text"]),
    ("plain_text", &["html", "text"]),
    ("page", &["body", "html", "plain_text", "text"]),
    (
        "article",
        &[
            "finding",
            "front_matter",
            "html",
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
            "body",
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
            "check", "error", "extract", "finding", "glob", "html", "model", "output", "render", "source", "text",
            "time", "url",
        ],
    ),
    ("ledger", &["error", "source", "time", "url"]),
    ("output", &["error", "source"]),
    (
        "compose",
        &[
            "article", "compare", "config", "extract", "finding", "html", "ledger", "model", "source", "text", "time",
            "url",
        ],
    ),
    ("select", &["model", "config", "glob", "text", "time"]),
    // The validator shares no code with the writer.
    ("check", &["feed", "finding", "identity"]),
    ("feed", &["finding"]),
    (
        "compare",
        &["feed", "identity", "ledger", "model", "text", "time", "url", "html"],
    ),
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
            "identity",
        ],
    ),
    (
        "import",
        &[
            "compare",
            "compose",
            "config",
            "error",
            "extract",
            "front_matter",
            "ledger",
            "output",
            "publish",
            "render",
            "source",
            "text",
            "time",
            "url",
            "identity",
        ],
    ),
];

/// Effects: what they are, the only modules that may have them, and the code that shows them.
const EFFECTS: &[(&str, &[&str], &[&str])] = &[
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
fn modules_import_only_what_the_table_allows() {
    let violations: Vec<String> = sources()
        .iter()
        .flat_map(|(file, text)| violations(file, text))
        .collect();
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn the_table_of_imports_has_no_cycle() {
    let table: Graph = IMPORTS
        .iter()
        .map(|(module, imports)| {
            (
                (*module).to_owned(),
                imports.iter().map(|it| (*it).to_owned()).collect(),
            )
        })
        .collect();
    assert_eq!(cycle(&table), None);
}

/// A module and the files in its folder are one unit: children use the private types of their parent, so an import of
/// an ancestor does not count. Every other import between two files does.
#[test]
fn files_do_not_import_each_other_in_a_cycle() {
    let graph = file_graph(&sources());
    assert!(
        graph.values().map(BTreeSet::len).sum::<usize>() > 300,
        "the imports were not found"
    );
    assert_eq!(cycle(&graph), None);
}

#[test]
fn a_cycle_of_files_is_found() {
    let cycle_of = |files: &[(&str, &str)]| {
        let files = files
            .iter()
            .map(|(file, text)| ((*file).to_owned(), (*text).to_owned()));
        cycle(&file_graph(&files.collect::<Vec<_>>()))
    };
    let reexport = "mod one; mod two; pub use one::One;";
    for files in [
        [
            ("text/mod.rs", ""),
            ("text/one.rs", "use super::two::Two;"),
            ("text/two.rs", "use crate::text::one::One;"),
        ],
        [
            ("text/mod.rs", ""),
            ("text/one.rs", "fn f() { super::two::f() }"),
            ("text/two.rs", "use super::{one};"),
        ],
        [
            ("text/mod.rs", reexport),
            ("text/one.rs", "use super::two;"),
            ("text/two.rs", "use super::One;"),
        ],
        [
            ("a.rs", "use crate::b::B;"),
            ("b.rs", "vec![crate::c::f()]"),
            ("c.rs", "use super::a as x;"),
        ],
    ] {
        assert!(cycle_of(&files).is_some(), "{files:?}");
    }
    let parent_and_child = [
        ("text/mod.rs", "mod one; use one::f; pub struct Text;"),
        ("text/one.rs", "use super::Text; // use super::two;"),
        (
            "text/two.rs",
            "use super::one::f;\n#[cfg(test)]\nmod tests { use super::super::one; }",
        ),
    ];
    assert_eq!(cycle_of(&parent_and_child), None);
}

#[test]
fn the_map_of_the_library_names_each_module() {
    let library = fs::read_to_string(source_folder().join("lib.rs")).unwrap();
    let rows: Vec<&str> = library.lines().filter(|line| line.starts_with("//! |")).collect();
    for (module, _) in IMPORTS {
        let is_named =
            |row: &&str| row.contains(&format!("[`{module}`]")) || row.contains(&format!("[`mod@{module}`]"));
        assert_eq!(rows.iter().copied().filter(is_named).count(), 1, "{module}");
    }
}

#[test]
fn the_program_starts_on_one_screen() {
    let main = fs::read_to_string(source_folder().join("bin/feedwright/main.rs")).unwrap();
    let lines = main.lines().count();
    assert!(lines <= 60, "main.rs has {lines} lines");
}

#[test]
fn a_violation_is_found() {
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
        ("attic.rs", "", "attic is not in the table of imports"),
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
        let found = violations(file, text);
        assert!(
            found.iter().any(|violation| violation.ends_with(expected)),
            "{file}: {expected}: {found:?}"
        );
    }
}

#[test]
fn comments_strings_and_tests_are_not_violations() {
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
            "use super::super::outline::Entry;\nuse crate::check::outline;",
        ),
        (
            "check/mod.rs",
            "fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::render;\n}\n",
        ),
        ("text/mod.rs", "let sprint = blueprint!(x);"),
    ] {
        assert_eq!(violations(file, text), Vec::<String>::new(), "{file}: {text}");
    }
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The library's source files, by path below `src`.
fn sources() -> Vec<(String, String)> {
    let root = source_folder();
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
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

/// Describes how a library file violates the tables.
fn violations(file: &str, text: &str) -> Vec<String> {
    let code = Code::new(text);
    let module = module_of(file);
    let top = module[0].clone();
    let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == top) else {
        return vec![format!("{file}: {top} is not in the table of imports")];
    };
    let imports: BTreeSet<String> = code
        .paths()
        .iter()
        .filter_map(|(path, _)| absolute(&module, path)?.first().cloned())
        // `crate::Error` is another name of `crate::error::Error`.
        .map(|name| if name == "Error" { "error".to_owned() } else { name })
        .collect();
    let mut violations = Vec::new();
    for import in imports {
        let is_module = IMPORTS.iter().any(|(name, _)| *name == import);
        if is_module && import != top && !allowed.contains(&&*import) {
            violations.push(format!("{file}: {top} may not import {import}"));
        }
    }
    for (effect, modules, patterns) in EFFECTS {
        if !modules.contains(&&*top) && patterns.iter().any(|pattern| code.contains(pattern)) {
            violations.push(format!("{file}: {top} {effect}"));
        }
    }
    violations
}

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Which file imports which. For each path, this is the file that defines the module, after following re-exports.
fn file_graph(sources: &[(String, String)]) -> Graph {
    let files: BTreeMap<Vec<String>, &str> = sources
        .iter()
        .map(|(file, _)| (module_of(file), file.as_str()))
        .collect();
    let codes: Vec<(Vec<String>, Code)> = sources
        .iter()
        .map(|(file, text)| (module_of(file), Code::new(text)))
        .collect();
    let mut exports: BTreeMap<(Vec<String>, String), Vec<String>> = BTreeMap::new();
    for (module, code) in &codes {
        for (path, is_export) in code.paths() {
            if let (true, Some(name), Some(path)) =
                (is_export, path.last(), relative_or_absolute(module, &path, &files))
            {
                exports.insert((module.clone(), name.clone()), path);
            }
        }
    }
    let defining_module = |mut path: Vec<String>| {
        // A chain of re-exports is short; a longer one is a loop.
        for _ in 0..8 {
            let depth = (1..=path.len())
                .rev()
                .find(|depth| files.contains_key(&path[..*depth]))?;
            let module = path[..depth].to_vec();
            let Some(export) = path
                .get(depth)
                .and_then(|name| exports.get(&(module.clone(), name.clone())))
            else {
                return Some(module);
            };
            path = [export.clone(), path[depth + 1..].to_vec()].concat();
        }
        None
    };
    let mut graph = Graph::new();
    for (module, code) in &codes {
        let imports = graph.entry(files[module].to_owned()).or_default();
        for (path, _) in code.paths() {
            let defining = relative_or_absolute(module, &path, &files).and_then(defining_module);
            if let Some(other) = defining.filter(|other| !module.starts_with(other)) {
                imports.insert(files[&other].to_owned());
            }
        }
    }
    graph
}

/// A path from the root of the crate; `None` if its first name is neither `crate`, `self`, `super` nor a child module.
fn relative_or_absolute(
    module: &[String],
    path: &[String],
    files: &BTreeMap<Vec<String>, &str>,
) -> Option<Vec<String>> {
    absolute(module, path).or_else(|| {
        let child = [module, &path[..1]].concat();
        files.contains_key(&child).then(|| [module, path].concat())
    })
}

/// A path that starts with `crate::`, or with `self::` or `super::` in a module, as a path from the root of the crate.
fn absolute(module: &[String], path: &[String]) -> Option<Vec<String>> {
    let supers = path.iter().take_while(|name| *name == "super").count();
    let base = match path.first()?.as_str() {
        "crate" => &[],
        "self" => module,
        "super" => &module[..module.len().checked_sub(supers)?],
        _ => return None,
    };
    Some([base, &path[supers.max(1)..]].concat())
}

/// The module of a source file, as names from the root of the crate.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

/// A cycle in a graph, if there is one.
fn cycle(graph: &Graph) -> Option<Vec<String>> {
    let mut left = graph.clone();
    loop {
        let leaf = left
            .iter()
            .find(|(_, imports)| !imports.iter().any(|import| left.contains_key(import)))
            .map(|(name, _)| name.clone());
        match leaf {
            Some(leaf) => left.remove(&leaf),
            None => break,
        };
    }
    // Every remaining node imports another remaining node, so following these imports leads into a cycle.
    let mut path = vec![left.keys().next()?.clone()];
    loop {
        let next = left[path.last()?]
            .iter()
            .find(|import| left.contains_key(*import))?
            .clone();
        if let Some(start) = path.iter().position(|name| *name == next) {
            return Some(path.split_off(start));
        }
        path.push(next);
    }
}

/// The tokens in a file, without comments, test modules and the content of literals.
struct Code(Vec<String>);

impl Code {
    fn new(text: &str) -> Self {
        let mut tokens = Vec::new();
        flatten(text.parse().unwrap(), &mut tokens);
        Code(tokens)
    }

    /// Whether the tokens of a pattern (`fs::`, `.exists()`, `println!`) follow each other in the code.
    fn contains(&self, pattern: &str) -> bool {
        let pattern = Code::new(pattern).0;
        self.0.windows(pattern.len()).any(|window| window == pattern)
    }

    /// Every path, and whether `pub use` exports it. A `use` group yields one path for each of its members.
    fn paths(&self) -> Vec<(Vec<String>, bool)> {
        let mut paths = Vec::new();
        let mut at = 0;
        while at < self.0.len() {
            if is_name(&self.0[at]) && (at == 0 || !["::", "."].contains(&&*self.0[at - 1])) {
                let is_export = at > 1 && self.0[at - 1] == "use" && (self.0[at - 2] == "pub" || self.0[at - 2] == ")");
                let mut found = Vec::new();
                at = self.path(at, &[], &mut found);
                paths.extend(found.into_iter().map(|path| (path, is_export)));
            } else {
                at += 1;
            }
        }
        paths
    }

    /// Adds the path at a token, or each path of its group, to `found`; returns where it ends.
    fn path(&self, mut at: usize, prefix: &[String], found: &mut Vec<Vec<String>>) -> usize {
        let mut path = prefix.to_vec();
        loop {
            match self.0.get(at).map(String::as_str) {
                Some("{") if path.len() > prefix.len() || !prefix.is_empty() => {
                    at += 1;
                    while self.0.get(at).is_some_and(|token| token != "}") {
                        at = if is_name(&self.0[at]) {
                            self.path(at, &path, found)
                        } else {
                            at + 1
                        };
                    }
                    return at + 1;
                }
                // `a::{self}` is `a`.
                Some("self") if !path.is_empty() => at += 1,
                Some(name) if is_name(name) => {
                    path.push(name.to_owned());
                    at += 1;
                }
                _ => {}
            }
            if self.0.get(at).is_some_and(|token| token == "::") {
                at += 1;
            } else {
                break;
            }
        }
        if self.0.get(at).is_some_and(|token| token == "as") {
            at += 2;
        }
        found.push(path);
        at
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && !["use", "pub", "as", "in", "mod", "fn"].contains(&token)
}

/// Appends the tokens in a stream. `::` becomes one token, and the tokens of a group come between its delimiters.
fn flatten(stream: TokenStream, tokens: &mut Vec<String>) {
    let test_module = ["#", "[", "cfg", "(", "test", ")", "]", "mod", "tests"].map(str::to_owned);
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                let is_test_module = open == "{" && tokens.ends_with(&test_module);
                tokens.push(open.to_owned());
                if !is_test_module {
                    flatten(group.stream(), tokens);
                }
                tokens.push(close.to_owned());
            }
            TokenTree::Literal(_) => tokens.push("\"\"".to_owned()),
            TokenTree::Punct(punct) if punct.as_char() == ':' && tokens.last().is_some_and(|token| token == ":") => {
                *tokens.last_mut().unwrap() = "::".to_owned();
            }
            other => tokens.push(other.to_string()),
        }
    }
}
