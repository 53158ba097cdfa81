//! `feedwright check`: validates feeds, and prints the findings in one of several formats.

mod comparison;
mod documents;
mod format;
mod settings;

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use feedwright::{
    Error,
    check::{self, Options, Profile, Report},
    finding::{Finding, Severity},
};

use crate::{
    args::{self, Check, CheckFormat, FailOn, Global},
    print::Terminal,
};
use comparison::Previous;
use documents::Document;
use settings::Settings;

/// The exit code if a document could not be read, regardless of findings in other documents.
const UNREADABLE: u8 = 4;

/// A document with its findings.
struct Checked {
    document: Document,
    options: Options,
    report: Report,
    /// The bytes of a document that cannot be read a second time, such as standard input or a pipe. `None` for files.
    bytes: Option<Vec<u8>>,
}

/// The results of one run.
struct Run {
    documents: Vec<Checked>,
    /// The errors for documents that could not be read or compared.
    failures: Vec<Error>,
    profile: Profile,
    fail_on: FailOn,
}

/// Checks the documents in the order given, and prints the results.
pub(crate) fn run(args: &Check, global: &Global, terminal: &mut Terminal) -> Result<u8, Error> {
    let settings = Settings::load(args, global)?;
    let now = Some(args.clock.read()?.unix());
    let profile = match args.profile {
        args::Profile::Default => Profile::Feedwright,
        args::Profile::W3c => Profile::W3c,
    };
    let previous = Previous::new(args.previous.as_deref(), &args.paths)?;
    let (mut found, mut failures) = documents::find(&args.paths);
    found.retain(|document| !settings.ignores(&document.path));
    // An outline contains a feed's ids, dates and titles. It is needed only to compare the feed with other feeds or
    // with its previous version.
    let include_outline = found.len() > 1 || args.previous.is_some();
    let mut documents = Vec::with_capacity(found.len());
    for document in found {
        match read(&document.path) {
            Ok(bytes) => {
                let levels = settings.levels(&document.path);
                let options = Options {
                    now,
                    profile,
                    levels,
                    include_outline,
                };
                let report = check::check(&bytes, &options);
                // A comparison may add findings that quote lines of the document. A file can be read again for that,
                // but standard input and pipes cannot, so their bytes are kept.
                let bytes = (include_outline && !document.path.is_file()).then_some(bytes);
                documents.push(Checked {
                    document,
                    options,
                    report,
                    bytes,
                });
            }
            Err(error) => failures.push(error),
        }
    }
    failures.extend(comparison::compare_with_previous(&mut documents, &previous));
    failures.extend(comparison::missing_documents(
        &documents,
        &previous,
        &args.paths,
        &settings,
    ));
    failures.extend(comparison::compare_with_each_other(&mut documents));
    let run = Run {
        documents,
        failures,
        profile,
        fail_on: args.fail_on,
    };
    let text = format::render(&run, args.format, terminal);
    match args.format {
        CheckFormat::Text | CheckFormat::Summary => terminal.out(&text)?,
        _ => terminal.out_plain(&text)?,
    }
    for error in &run.failures {
        terminal.error(error);
    }
    Ok(run.exit_code())
}

/// Reads a file, or standard input if the path is `-`.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    if path.as_os_str() != "-" {
        return fs::read(path).map_err(Error::io("read", path));
    }
    let mut bytes = Vec::new();
    io::stdin()
        .read_to_end(&mut bytes)
        .map_err(Error::io("read", "standard input".as_ref()))?;
    Ok(bytes)
}

impl Run {
    fn exit_code(&self) -> u8 {
        if !self.failures.is_empty() {
            return UNREADABLE;
        }
        u8::from(self.findings().any(|finding| self.is_failure(finding)))
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.documents.iter().flat_map(|checked| &checked.report.findings)
    }

    /// Whether a finding makes the exit code 1, according to `--fail-on`.
    fn is_failure(&self, finding: &Finding) -> bool {
        match self.fail_on {
            FailOn::Error => finding.severity == Severity::Error,
            FailOn::Warning => finding.severity >= Severity::Warning,
            FailOn::Never => false,
        }
    }
}
