//! `feedwright check`: judges feeds.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use feedwright::{
    Error,
    check::{self, Options},
    finding::{Finding, Severity},
};
use serde_json::json;

use crate::{
    args::{Check, CheckFormat, FailOn},
    print::{self, Terminal, count},
};

/// The extensions of feeds, for finding them in folders.
const EXTENSIONS: [&str; 4] = ["xml", "rss", "atom", "json"];

/// Judges every path in the order given.
pub(crate) fn run(args: &Check, terminal: &mut Terminal) -> Result<u8, Error> {
    let options = Options {
        now: Some(args.clock.read()?.unix()),
        ..Options::default()
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
                    terminal.out(&told(&path, finding, args.format, terminal))?;
                }
            }
            Err(error) => {
                terminal.error(&error);
                unreadable = Some(error);
            }
        }
    }
    if args.format == CheckFormat::Text && !terminal.is_quiet && tally.documents > 0 {
        terminal.out(&tally.summary())?;
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

    fn summary(&self) -> String {
        let documents = count(self.documents, "feed");
        let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Advice]
            .into_iter()
            .filter(|severity| self.severities[*severity as usize] > 0)
            .map(|severity| {
                let noun = if severity == Severity::Advice {
                    "piece of advice|pieces of advice"
                } else {
                    severity.as_str()
                };
                count(self.severities[severity as usize], noun)
            })
            .collect();
        let found = if parts.is_empty() {
            "nothing to say".to_owned()
        } else {
            parts.join(", ")
        };
        format!("{documents}: {found}\n")
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
                documents.push(found.into_path());
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

fn told(path: &Path, finding: &Finding, format: CheckFormat, terminal: &Terminal) -> String {
    let name = path.display().to_string();
    match format {
        CheckFormat::Text if terminal.is_quiet && finding.severity < Severity::Error => String::new(),
        CheckFormat::Text => print::finding(&name, finding, terminal.width) + "\n",
        CheckFormat::Jsonl => {
            let place = &finding.place;
            let object = json!({
                "file": name,
                "rule": finding.rule.id,
                "severity": finding.severity.as_str(),
                "line": place.line,
                "column": place.column,
                "end": place.column.saturating_add(place.length),
                "message": finding.message,
                "help": finding.help,
            });
            format!("{object}\n")
        }
    }
}
