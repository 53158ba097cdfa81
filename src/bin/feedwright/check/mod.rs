//! `feedwright check`: judges feeds, and tells what it found in the format asked for.

mod documents;
mod format;
mod settings;
mod several;

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
    args::{self, Check, FailOn, Global},
    print::Terminal,
};
use documents::Document;
use settings::Settings;
use several::Previous;

/// The exit code when something could not be read, whatever was found in the rest.
const UNREADABLE: u8 = 4;

/// A document and what is wrong with it.
struct Judged {
    document: Document,
    options: Options,
    report: Report,
    /// What cannot be read a second time: standard input, pipes.
    kept: Option<Vec<u8>>,
}

/// Everything that one run found.
struct Run {
    judged: Vec<Judged>,
    /// What could not be read.
    failures: Vec<Error>,
    profile: Profile,
    fail_on: FailOn,
}

/// Judges every path in the order given.
pub(crate) fn run(args: &Check, global: &Global, terminal: &mut Terminal) -> Result<u8, Error> {
    let settings = Settings::of(args, global)?;
    let now = Some(args.clock.read()?.unix());
    let profile = match args.profile {
        args::Profile::Default => Profile::Feedwright,
        args::Profile::W3c => Profile::W3c,
    };
    let previous = Previous::of(args.previous.as_deref(), &args.paths)?;
    let (mut documents, mut failures) = documents::find(&args.paths);
    documents.retain(|document| !settings.ignores(&document.path));
    let include_outline = documents.len() > 1 || args.previous.is_some();
    let mut judged = Vec::with_capacity(documents.len());
    for document in documents {
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
                let kept = (include_outline && !document.path.is_file()).then_some(bytes);
                judged.push(Judged {
                    document,
                    options,
                    report,
                    kept,
                });
            }
            Err(error) => failures.push(error),
        }
    }
    failures.extend(several::against_previous(&mut judged, &previous));
    failures.extend(several::vanished(&judged, &previous, &args.paths, &settings));
    failures.extend(several::together(&mut judged));
    let run = Run {
        judged,
        failures,
        profile,
        fail_on: args.fail_on,
    };
    terminal.out(&format::told(&run, args.format, terminal))?;
    for error in &run.failures {
        terminal.error(error);
    }
    Ok(run.exit_code())
}

/// The bytes of a file, or of standard input.
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
        u8::from(self.findings().any(|finding| self.fails(finding)))
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.judged.iter().flat_map(|judged| &judged.report.findings)
    }

    /// Whether a finding makes the exit code 1.
    fn fails(&self, finding: &Finding) -> bool {
        match self.fail_on {
            FailOn::Error => finding.severity == Severity::Error,
            FailOn::Warning => finding.severity >= Severity::Warning,
            FailOn::Never => false,
        }
    }
}
