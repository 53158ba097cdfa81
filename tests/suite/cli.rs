//! Runs the program, and compares its output with transcripts.
//!
//! A case is a folder with `transcript.txt` and, if it needs files, `files/`. In the transcript, `$` starts a command.
//! The lines of its standard output follow after `>`, those of its standard error after `!`, and its exit code if it is
//! not 0. Commands are `feedwright …`, with `NAME=value` before it and `< FILE` after it, and `cat FILE`, `ls DIR`,
//! `cp` and `rm`.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::site::Site;
use crate::snapshot::{self, Snapshots};

#[test]
fn commands_print_what_their_transcripts_contain() {
    let mut snapshots = Snapshots::default();
    let mut cases: Vec<PathBuf> = fs::read_dir(snapshot::cases("cli"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    for case in cases {
        let transcript = case.join("transcript.txt");
        let text = fs::read_to_string(&transcript).unwrap_or_else(|_| panic!("{} has no transcript", case.display()));
        let folder = scratch(&case, "transcripts");
        let commands = text.lines().filter_map(|line| line.strip_prefix("$ "));
        let actual: Vec<String> = commands.map(|command| run(command, &folder)).collect();
        assert!(!actual.is_empty(), "{} has no command", case.display());
        snapshots.compare(&transcript, &actual.join("\n"));
    }
    snapshots.finish();
}

/// A folder for one test, with a copy of the files of a case.
fn scratch(case: &Path, test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli")
        .join(test)
        .join(case.file_name().unwrap());
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    if case.join("files").exists() {
        copy(&case.join("files"), &folder);
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Runs a command and returns its part of the transcript.
fn run(command: &str, folder: &Path) -> String {
    let words = words(command);
    let mut text = format!("$ {command}\n");
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cat", file] => append(&mut text, '>', &fs::read_to_string(folder.join(file)).unwrap()),
        ["ls", dir] => append(&mut text, '>', &list(&folder.join(dir))),
        ["cp", from, to] => drop(fs::copy(folder.join(from), folder.join(to)).unwrap()),
        ["rm", file] => fs::remove_file(folder.join(file)).unwrap(),
        _ => run_program(&words, folder, &mut text),
    }
    text
}

fn list(folder: &Path) -> String {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names.join("\n")
}

fn run_program(words: &[String], folder: &Path, text: &mut String) {
    let name = words
        .iter()
        .position(|word| word == "feedwright")
        .expect("an unknown command");
    let mut program = Command::new(env!("CARGO_BIN_EXE_feedwright"));
    program
        .env_clear()
        .env("COLUMNS", "100")
        // The folder is below the repository, but a case must give the same result in an archive of it.
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap())
        .current_dir(folder)
        .stdin(Stdio::null());
    for setting in &words[..name] {
        let (key, value) = setting.split_once('=').expect("NAME=value");
        program.env(key, value);
    }
    let mut arguments = words[name + 1..].iter();
    while let Some(argument) = arguments.next() {
        if argument == "<" {
            let file = folder.join(arguments.next().expect("a file"));
            program.stdin(fs::File::open(file).unwrap());
        } else {
            program.arg(argument);
        }
    }
    let output = program.output().unwrap();
    append(text, '>', &String::from_utf8(output.stdout).unwrap());
    append(text, '!', &String::from_utf8(output.stderr).unwrap());
    match output.status.code() {
        Some(0) => {}
        Some(code) => {
            let _ = writeln!(text, "exit {code}");
        }
        None => text.push_str("killed\n"),
    }
}

/// Appends lines to a transcript, each preceded by its stream's symbol.
///
/// Shows escapes as `␛`, and replaces what changes often: the version, and sizes of feeds.
fn append(text: &mut String, symbol: char, lines: &str) {
    for line in lines.lines() {
        let line = line
            .replace('\u{1b}', "␛")
            .replace(env!("CARGO_PKG_VERSION"), "VERSION");
        let line = replace_sizes(&line);
        let line = format!("{symbol} {line}");
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

/// Replaces sizes with `SIZE`, because they change with every improvement to a format's writer.
fn replace_sizes(line: &str) -> String {
    let mut words: Vec<&str> = line.split(' ').collect();
    for at in 1..words.len() {
        let is_number = words[at - 1].starts_with(|c: char| c.is_ascii_digit());
        if ["B", "kB", "MB"].contains(&words[at]) && is_number {
            (words[at - 1], words[at]) = ("SIZE", "");
        }
    }
    if words.contains(&"SIZE") {
        words.retain(|word| !word.is_empty());
    }
    words.join(" ")
}

/// Splits a command into words. Quotes keep spaces.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in command.chars() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (' ', None) => words.push(String::new()),
            (c, _) => words.last_mut().unwrap().push(c),
        }
    }
    words
}

#[test]
fn commented_settings_of_a_new_configuration_are_valid() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-template");
    fs::create_dir_all(&folder).unwrap();
    let mut transcript = String::new();
    run_program(&words("feedwright init --force --quiet"), &folder, &mut transcript);
    assert_eq!(transcript, "");
    let text = fs::read_to_string(folder.join("feedwright.yaml")).unwrap();
    // A comment is a setting if it starts with a key or is part of the example feed.
    let is_setting = |line: &str| {
        let first = line.split_whitespace().next().unwrap_or_default();
        line.starts_with("  ") || first == "-" || (first.ends_with(':') && first.to_lowercase() == first)
    };
    let mut settings = 0;
    let lines = text.lines().map(|line| match line.split_once("# ") {
        Some((indent, comment)) if indent.trim().is_empty() && is_setting(comment) => {
            settings += 1;
            format!("{indent}{comment}\n")
        }
        _ if line == "  url:" => "  url: https://almanac.example/\n".to_owned(),
        _ => format!("{line}\n"),
    });
    let text: String = lines.collect();
    let config = feedwright::config::Config::from_text(&text, Path::new("feedwright.yaml"), &folder);
    let config = config.unwrap_or_else(|error| panic!("{error}: {:?}\n{text}", error.help()));
    assert_eq!((settings, config.feeds.len()), (19, 4), "{text}");
    assert_eq!(config.feeds[3].limits.age_days, Some(365));
}

#[test]
fn generated_texts_contain_every_command() {
    let output = |command: &str| {
        let mut transcript = String::new();
        run_program(&words(command), Path::new(env!("CARGO_TARGET_TMPDIR")), &mut transcript);
        assert!(
            !transcript.contains("\n!") && !transcript.contains("\nexit"),
            "{transcript}"
        );
        transcript
    };
    for command in [
        "feedwright man",
        "feedwright completions bash",
        "feedwright completions elvish",
        "feedwright completions fish",
        "feedwright completions powershell",
        "feedwright completions zsh",
    ] {
        let text = output(command);
        for name in [
            "build",
            "explain",
            "check",
            "rule",
            "init",
            "schema",
            "completions",
            "dry-run",
            "fail-on",
        ] {
            let escaped = name.replace('-', "\\-");
            assert!(text.contains(name) || text.contains(&escaped), "{command}: no {name}");
        }
    }
    assert!(output("feedwright schema").contains("https://json-schema.org/draft/2020-12/schema"));
}

#[test]
fn a_build_while_another_one_runs_exits_with_75() {
    let folder = scratch(&snapshot::cases("cli").join("exit-codes"), "locked");
    let _lock = feedwright::output::Lock::acquire(&folder.join("feeds")).unwrap();
    let mut transcript = String::new();
    run_program(&words("feedwright build"), &folder, &mut transcript);
    assert!(
        transcript.starts_with("! error: another build") && transcript.ends_with("exit 75\n"),
        "{transcript}"
    );
}

#[test]
fn every_rule_can_be_listed_and_read() {
    let output = |command: &str| {
        let mut transcript = String::new();
        run_program(&words(command), Path::new(env!("CARGO_TARGET_TMPDIR")), &mut transcript);
        transcript
    };
    let list = output("feedwright rule");
    for rule in feedwright::finding::article::RULES
        .iter()
        .chain(&feedwright::check::rules()[..3])
    {
        let line = list.lines().find(|line| line.starts_with(&format!("> {} ", rule.id)));
        assert!(line.is_some_and(|line| line.ends_with(rule.title)), "{}", rule.id);
        let page = output(&format!("feedwright rule {}", rule.id));
        let head = format!("> {}  {}\n> {}\n", rule.id, rule.severity.as_str(), rule.title);
        assert!(page.starts_with(&head) && page.contains(rule.spec), "{page}");
        assert!(!page.contains("\n> # "), "{page}");
    }
}

#[test]
fn every_id_and_alias_belongs_to_one_rule() {
    let rules = feedwright::finding::article::RULES.iter().copied();
    let rules = rules.chain(feedwright::check::rules());
    let mut names = std::collections::BTreeSet::new();
    for rule in rules {
        for name in std::iter::once(&rule.id).chain(rule.aliases) {
            assert!(names.insert(*name), "{name} is used twice");
        }
    }
}

#[test]
fn jsonl_findings_have_every_key() {
    let mut expected = vec![
        "file", "rule", "severity", "line", "column", "end", "message", "help", "element", "parent", "attr", "spec",
    ];
    for options in ["", " --profile w3c"] {
        let lines = check_format(&format!("jsonl{options} 'public/Möwen, 100 % wild.xml'"));
        let objects: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(!objects.is_empty());
        for object in objects {
            assert_eq!(object.as_object().unwrap().keys().collect::<Vec<_>>(), expected);
            assert_eq!(object["file"], "public/Möwen, 100 % wild.xml");
        }
        expected.push("w3c");
    }
}

/// The output of `check --format` for the files of the case `check-formats`.
fn check_format(arguments: &str) -> String {
    // Tests run in parallel, so each needs its own folder.
    let test = format!("formats-{}", arguments.replace(|c: char| !c.is_alphanumeric(), "-"));
    let folder = scratch(&snapshot::cases("cli").join("check-formats"), &test);
    let mut transcript = String::new();
    run_program(
        &words(&format!("feedwright check --format {arguments}")),
        &folder,
        &mut transcript,
    );
    let lines = transcript.lines().filter_map(|line| line.strip_prefix('>'));
    lines
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect()
}

/// Tests the properties that SARIF requires. The whole log was once validated by hand against the SARIF schema.
#[test]
fn sarif_log_has_the_required_properties() {
    let log: serde_json::Value = serde_json::from_str(&check_format("sarif public")).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert!(run["invocations"][0]["executionSuccessful"].as_bool().unwrap());
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!((rules.len(), results.len()), (4, 5));
    let mut fingerprints = std::collections::BTreeSet::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], rules[index]["id"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            location["artifactLocation"]["uri"],
            "public/M%C3%B6wen%2C%20100%20%25%20wild.xml"
        );
        assert!(location["region"]["startColumn"].as_u64() < location["region"]["endColumn"].as_u64());
        assert!(fingerprints.insert(result["partialFingerprints"].to_string()));
    }
    // SARIF reads `{0}` as a placeholder and `[text](0)` as a link, so both must be escaped.
    assert!(
        results[0]["message"]["text"]
            .as_str()
            .unwrap()
            .contains("{{{{ title }}}}")
    );
    assert!(
        results[1]["message"]["text"]
            .as_str()
            .unwrap()
            .contains("\\[hier\\](0)")
    );
}

#[test]
fn sarif_fingerprints_do_not_depend_on_line_numbers() {
    let fingerprints = |text: &str| -> Vec<String> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-fingerprints");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("rss.xml"), text).unwrap();
        let mut transcript = String::new();
        run_program(
            &words("feedwright check --format sarif rss.xml"),
            &folder,
            &mut transcript,
        );
        let is_print = |line: &&str| line.contains("primaryLocationLineHash");
        transcript.lines().filter(is_print).map(str::to_owned).collect()
    };
    let case = snapshot::cases("cli").join("check-formats/files/public/Möwen, 100 % wild.xml");
    let text = fs::read_to_string(case).unwrap();
    let later = text.replacen("<rss ", "<!-- one -->\n\n<!-- two -->\n<rss ", 1);
    assert_eq!(fingerprints(&text).len(), 5);
    assert_eq!(fingerprints(&text), fingerprints(&later));
}

#[test]
fn junit_report_is_xml_with_correct_totals() {
    let report = check_format("junit public nowhere.xml");
    let document = roxmltree::Document::parse(&report).unwrap();
    let number = |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<usize>().unwrap();
    let count = |node: roxmltree::Node<'_, '_>, name: &str| node.descendants().filter(|n| n.has_tag_name(name)).count();
    for node in document
        .descendants()
        .filter(|node| node.tag_name().name().starts_with("testsuite"))
    {
        for (attribute, element) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
            assert_eq!(number(node, attribute), count(node, element), "{attribute}");
        }
    }
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    let names: Vec<_> = cases
        .map(|node| (node.attribute("classname"), node.attribute("name")))
        .collect();
    let unique: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(
        names.len(),
        unique.len(),
        "GitLab keeps only one test with a given name"
    );
}

#[test]
fn rule_html_is_one_page_with_an_anchor_per_rule() {
    let output = |command: &str| {
        let mut transcript = String::new();
        run_program(&words(command), Path::new(env!("CARGO_TARGET_TMPDIR")), &mut transcript);
        transcript
            .lines()
            .filter_map(|line| line.strip_prefix('>'))
            .fold(String::new(), |mut text, line| {
                text += line.strip_prefix(' ').unwrap_or(line);
                text + "\n"
            })
    };
    let page = output("feedwright rule --html");
    let ids: Vec<String> = output("feedwright rule")
        .lines()
        .filter_map(|line| line.split(' ').next().map(str::to_owned))
        .collect();
    assert!(ids.len() > 250);
    for id in &ids {
        let count = |needle: String| page.matches(&needle).count();
        assert_eq!(count(format!("<section id=\"{id}\">")), 1, "{id}");
        assert_eq!(count(format!("<li><a href=\"#{id}\">")), 1, "{id}");
    }
    assert_eq!(page.matches("<section ").count(), ids.len());
    assert_eq!(page.matches("<h4>Bad</h4>").count(), ids.len());
    // Examples are escaped, so the page neither runs scripts nor loads anything.
    for needle in [
        "<script",
        "<link",
        "<img",
        "<iframe",
        "<video",
        "<object",
        "@import",
        "<a href=\"http",
    ] {
        assert!(!page.contains(needle), "{needle}");
    }
}

/// Names and values from other people reach the terminal and the logs of CI: no control character, no change of
/// direction, and no line that a GitHub runner obeys.
#[test]
fn names_and_values_cannot_control_a_terminal_or_a_runner() {
    let site = Site::new();
    let hostile = "x\n::error::forged ##[error]forged\u{9b}31m\u{202e}\u{2028}\u{1b}[31m\r";
    let name = hostile.replace('/', "");
    let yaml = "x\\n::error::forged ##[error]forged\\u009b31m\\u202e\\u2028\\e[31m\\r";
    for (file, front_matter) in [
        (format!("{name}.md"), format!("title: \"{yaml}\"\ndate: 2026-01-01")),
        (
            "::error::date.md".to_owned(),
            format!("title: T\ndate: \"{yaml}\"\nlink: \"{yaml}\"\nauthor: \"{yaml}\""),
        ),
        (
            "plain.md".to_owned(),
            format!("\"{yaml}\": 1\ntitle: ok\ndate: 2026-01-01\nid: x"),
        ),
    ] {
        site.write(
            &format!("input/{file}"),
            format!("---\n{front_matter}\n---\n\nThe tide came in.\n"),
        );
    }
    let feed =
        format!("<rss version=\"2.0\"><channel><title>{hostile}</title><pubDate>{hostile}</pubDate></channel></rss>");
    site.write(&format!("other/{name}.xml"), feed.replace(['\u{1b}', '\u{9b}'], ""));
    site.write(&format!("other/{name}.json"), "{");
    site.write(
        "bad.yaml",
        format!("site: {{title: T, url: https://example.org/}}\n\"{yaml}\": 1\n"),
    );
    site.write("link.yaml", format!("site: {{title: T, url: \"{yaml}\"}}\n"));
    let other = format!("other/{name}.xml");
    for arguments in [
        &["build", "--verbose", "--dry-run", "--diff"][..],
        &["build", "--config", "bad.yaml"],
        &["build", "--config", "link.yaml"],
        &["build"],
        &["explain", "input"],
        &["explain", "--verbose", "input"],
        &["check", "other", "--verbose"],
        &["check", "other", "--format", "summary"],
        &["check", "nowhere\n::error::forged"],
        &["import", &other, "--dry-run"],
        &["diff", &other, "feeds/rss.xml"],
        &["rule", "x\n::error::forged"],
    ] {
        let mut command = site.command(arguments);
        command.env("GITHUB_ACTIONS", "true").env("NO_COLOR", "1");
        let output = command.output().unwrap();
        for bytes in [output.stdout, output.stderr] {
            let text = String::from_utf8(bytes).unwrap();
            let is_hostile = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202e}' | '\u{2028}');
            assert!(!text.contains(is_hostile), "{arguments:?}: {text:?}");
            let is_command = |line: &str| line.trim_start().starts_with("::") || line.contains("##[");
            assert!(!text.lines().any(is_command), "{arguments:?}: {text}");
        }
    }
}
