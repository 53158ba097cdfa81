//! `feedwright build`: articles to feeds.

use std::{fmt::Write, io, path::PathBuf};

use anstyle::{AnsiColor, Style};
use feedwright::{
    Error,
    finding::{Finding, Severity},
    html::Level,
    output::Outcome,
    publish::{self, Options, Publication},
};
use unicode_width::UnicodeWidthStr;

use crate::{
    args::{Build, Global},
    configuration, diagnostic, diff,
    print::{self, Terminal, count},
    progress,
};

/// So many findings of a severity are printed; more tell nobody more.
const SHOWN: usize = 50;

/// Builds, and prints findings and a summary.
pub(crate) fn run(args: &Build, global: &Global, terminal: &mut Terminal) -> Result<u8, Error> {
    let config = configuration::of_build(args, global)?;
    let options = Options {
        now: args.clock.read()?,
        write: !args.dry_run,
        strict: args.strict,
        fail_on_guess: args.fail_on_guess.clone(),
        allowed: args.overrides.allowed(),
        wait: args.wait,
        compare: args.diff,
    };
    let progress = progress::bar(terminal);
    let published = publish::publish(&config, &options, &|read| progress::show(&progress, read));
    progress.finish_and_clear();
    match &published {
        Ok(publication) => print_findings(&publication.findings, terminal),
        Err(Error::Refused { findings, changes, .. }) => {
            print_findings(findings, terminal);
            for line in changes {
                terminal.note(&format!("{}\n", print::printable(line)));
            }
        }
        Err(_) => {}
    }
    let publication = published?;
    if config.html == Level::Trusted {
        terminal
            .note("warning: `html: trusted` publishes scripts as they stand; whoever writes an article can run them\n");
    }
    let mut text = String::new();
    if args.diff {
        text += &diff::text(&diff::of_build(&publication), terminal.is_verbose);
    }
    text += &summary(&publication, args.dry_run, terminal);
    let is_told = tell(&text, terminal);
    let failed = publication.skipped > 0 || of_severity(&publication, Severity::Error) > 0;
    Ok(u8::from(failed || !is_told))
}

/// Prints the summary; gives whether that worked. What is published is published, so it is no failure of the build.
fn tell(text: &str, terminal: &mut Terminal) -> bool {
    match terminal.out(text) {
        Err(Error::Io { source, .. }) if source.kind() == io::ErrorKind::BrokenPipe => true,
        Err(error) => {
            terminal.error(&error);
            false
        }
        Ok(()) => true,
    }
}

fn of_severity(publication: &Publication, severity: Severity) -> usize {
    let findings = publication.findings.iter().flat_map(|(_, findings)| findings);
    findings.filter(|finding| finding.severity == severity).count()
}

/// Advice is for those who ask with `-v`; `-q` leaves only errors.
fn print_findings(findings: &[(PathBuf, Vec<Finding>)], terminal: &mut Terminal) {
    let least = match (terminal.is_quiet, terminal.is_verbose) {
        (true, _) => Severity::Error,
        (_, true) => Severity::Advice,
        _ => Severity::Warning,
    };
    let mut seen = [0usize; 3];
    for (path, findings) in findings {
        let path = path.display().to_string();
        for finding in findings.iter().filter(|finding| finding.severity >= least) {
            let number = &mut seen[finding.severity as usize];
            *number += 1;
            if *number <= SHOWN || terminal.is_verbose {
                let text = diagnostic::article_finding(&path, finding, terminal.width);
                terminal.note(&format!("{text}\n"));
            }
        }
    }
    for severity in [Severity::Error, Severity::Warning] {
        let more = seen[severity as usize].saturating_sub(SHOWN);
        if more > 0 && !terminal.is_verbose {
            let noun = format!("more {}", severity.as_str());
            terminal.note(&format!("{}; `--verbose` shows them\n", count(more, &noun)));
        }
    }
}

/// What happened to a feed, its file, its entries, its size.
type Row = (Outcome, String, String, String);

/// A line for each feed, and one for the articles.
fn summary(publication: &Publication, is_dry_run: bool, terminal: &Terminal) -> String {
    let has_news = publication.feeds.iter().any(|feed| feed.outcome != Outcome::Unchanged);
    let tells_all = terminal.is_interactive || terminal.is_verbose;
    if terminal.is_quiet || !(has_news || tells_all) {
        return String::new();
    }
    let rows: Vec<_> = publication
        .feeds
        .iter()
        .filter(|feed| tells_all || feed.outcome != Outcome::Unchanged)
        .map(|feed| {
            let name = print::printable(&feed.path.display().to_string());
            let entries = count(feed.entries, "entry|entries");
            (feed.outcome, name, entries, print::size(feed.bytes))
        })
        .collect();
    let width = |of: fn(&Row) -> &String| rows.iter().map(|row| of(row).width()).max().unwrap_or(0);
    let (names, entries, sizes) = (width(|row| &row.1), width(|row| &row.2), width(|row| &row.3));
    let mut text = String::new();
    for (outcome, name, number, size) in &rows {
        let (word, style) = match outcome {
            Outcome::New => ("new", AnsiColor::Green.on_default()),
            Outcome::Changed => ("changed", AnsiColor::Green.on_default()),
            Outcome::Unchanged => ("unchanged", Style::new().dimmed()),
        };
        // Not `{name:<names$}`: that counts characters, not columns.
        let pad = " ".repeat(names - name.width());
        let _ = writeln!(
            text,
            "{style}{word:<9}{style:#}  {name}{pad}  {number:>entries$}  {size:>sizes$}"
        );
    }
    let _ = writeln!(text, "{}", articles(publication, terminal));
    if is_dry_run {
        text.push_str("dry run: nothing was written\n");
    }
    text
}

/// `24 articles: 1 skipped, 2 drafts`.
fn articles(publication: &Publication, terminal: &Terminal) -> String {
    let mut parts = Vec::new();
    for (number, word) in [
        (publication.skipped, "skipped"),
        (publication.scheduled, "scheduled"),
        (publication.expired, "expired"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {word}"));
        }
    }
    if publication.drafts > 0 {
        parts.insert(usize::from(publication.skipped > 0), count(publication.drafts, "draft"));
    }
    for severity in [Severity::Error, Severity::Warning] {
        let number = of_severity(publication, severity);
        if number > 0 {
            parts.push(count(number, severity.as_str()));
        }
    }
    let advice = of_severity(publication, Severity::Advice);
    if advice > 0 && terminal.is_interactive && !terminal.is_verbose {
        parts.push(format!("{} (-v)", count(advice, "piece of advice|pieces of advice")));
    }
    let articles = count(publication.articles, "article");
    if parts.is_empty() {
        articles
    } else {
        format!("{articles}: {}", parts.join(", "))
    }
}
