//! `feedwright check`: judges feeds.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use feedwright::{
    Error,
    check::{self, Options, Profile, Report},
    finding::{Finding, Severity},
};
use serde_json::{Value, json};

use crate::{
    args::{self, Check, CheckFormat, FailOn},
    diagnostic,
    print::{Terminal, count},
};

/// The extensions of feeds, for finding them in folders.
const EXTENSIONS: [&str; 4] = ["xml", "rss", "atom", "json"];

/// Judges every path in the order given.
pub(crate) fn run(args: &Check, terminal: &mut Terminal) -> Result<u8, Error> {
    let options = Options {
        now: Some(args.clock.read()?.unix()),
        profile: match args.profile {
            args::Profile::Default => Profile::Feedwright,
            args::Profile::W3c => Profile::W3c,
        },
    };
    let mut tally = Tally::default();
    let mut unreadable = None;
    for path in documents(&args.paths)? {
        match read(&path) {
            Ok(bytes) => {
                tally.documents += 1;
                let report = check::check(&bytes, &options);
                for finding in &report.findings {
                    tally.severities[finding.severity as usize] += 1;
                }
                terminal.out(&told(&path, &report, args.format, terminal))?;
            }
            Err(error) => {
                terminal.error(&error);
                unreadable = Some(error);
            }
        }
    }
    if args.format == CheckFormat::Text && !terminal.is_quiet && tally.documents > 0 {
        terminal.out(&tally.summary(terminal.is_verbose))?;
    }
    Ok(match unreadable {
        Some(error) if tally.documents == 0 => error.exit_code(),
        Some(_) => 1,
        None => u8::from(tally.fails(args.fail_on)),
    })
}

/// How much was judged, and how often each severity was found.
#[derive(Default)]
struct Tally {
    documents: usize,
    severities: [usize; 3],
}

impl Tally {
    fn fails(&self, fail_on: FailOn) -> bool {
        let errors = self.severities[Severity::Error as usize];
        match fail_on {
            FailOn::Error => errors > 0,
            FailOn::Warning => errors + self.severities[Severity::Warning as usize] > 0,
            FailOn::Never => false,
        }
    }

    fn summary(&self, is_verbose: bool) -> String {
        let advice = if is_verbose {
            "piece of advice|pieces of advice"
        } else {
            "piece of advice (-v)|pieces of advice (-v)"
        };
        let nouns = [
            (Severity::Error, "error"),
            (Severity::Warning, "warning"),
            (Severity::Advice, advice),
        ];
        let parts: Vec<String> = nouns
            .into_iter()
            .filter(|(severity, _)| self.severities[*severity as usize] > 0)
            .map(|(severity, noun)| count(self.severities[severity as usize], noun))
            .collect();
        let found = if parts.is_empty() {
            "nothing to say".to_owned()
        } else {
            parts.join(", ")
        };
        format!("{}: {found}\n", count(self.documents, "feed"))
    }
}

/// The documents to judge: files as given, and the feeds of folders in the order of their names.
fn documents(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut documents = Vec::with_capacity(paths.len());
    for path in paths {
        if !path.is_dir() {
            documents.push(path.clone());
            continue;
        }
        let walk = ignore::WalkBuilder::new(path)
            .sort_by_file_name(std::cmp::Ord::cmp)
            .build();
        for found in walk {
            let found = found.map_err(|error| Error::Io {
                action: "list",
                path: path.clone(),
                source: io::Error::other(error),
            })?;
            let extension = found.path().extension().and_then(|extension| extension.to_str());
            if found.file_type().is_some_and(|kind| kind.is_file())
                && extension.is_some_and(|e| EXTENSIONS.contains(&e))
            {
                // Below `.` the paths start with `./`, which nobody wrote.
                let found = found.path();
                documents.push(found.strip_prefix(".").unwrap_or(found).to_owned());
            }
        }
    }
    Ok(documents)
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    if path.as_os_str() != "-" {
        return fs::read(path).map_err(Error::io("read", path));
    }
    let mut bytes = Vec::new();
    io::stdin()
        .read_to_end(&mut bytes)
        .map_err(Error::io("read", "standard input".as_ref()))?;
    Ok(bytes)
}

/// Everything that is said about one document.
fn told(path: &Path, report: &Report, format: CheckFormat, terminal: &Terminal) -> String {
    let is_stdin = path.as_os_str() == "-" && format == CheckFormat::Text;
    let name = if is_stdin {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let least = match (terminal.is_quiet, terminal.is_verbose) {
        (true, _) => Severity::Error,
        (_, true) => Severity::Advice,
        _ => Severity::Warning,
    };
    let mut text = String::new();
    for finding in &report.findings {
        match format {
            CheckFormat::Jsonl => text += &format!("{}\n", object(&name, finding)),
            CheckFormat::Text if finding.severity >= least => {
                text += &diagnostic::finding(&name, finding, terminal.width);
                text.push('\n');
            }
            CheckFormat::Text => {}
        }
    }
    if report.omitted > 0 && format == CheckFormat::Text {
        text += &format!("{name}: {} left out\n\n", count(report.omitted, "more finding"));
    }
    text
}

fn object(file: &str, finding: &Finding) -> Value {
    let place = &finding.place;
    json!({
        "file": file,
        "rule": finding.rule.id,
        "severity": finding.severity.as_str(),
        "line": place.line,
        "column": place.column,
        "end": place.column.saturating_add(place.length),
        "message": finding.message,
        "help": finding.help,
        "element": finding.element,
        "parent": finding.parent,
        "attr": finding.attribute,
        "spec": finding.rule.spec,
        "w3c": finding.w3c,
    })
}
