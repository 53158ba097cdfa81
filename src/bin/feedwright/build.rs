//! `feedwright build`: builds feeds from articles, and prints findings and a summary.

use std::{fmt::Write, path::PathBuf};

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

/// The maximum number of findings printed per severity without `--verbose`. The rest are only counted.
const MAX_FINDINGS: usize = 50;

/// Builds the feeds. The exit code is 1 if an article has an error, or if the summary could not be printed.
pub(crate) fn run(args: &Build, global: &Global, terminal: &mut Terminal) -> Result<u8, Error> {
    let config = configuration::for_build(args, global)?;
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
    // A refused build prints its findings too, because articles with errors may be the reason for the refusal.
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
            .note("warning: `html: trusted` publishes scripts unchanged, so any author can run scripts in readers\n");
    }
    for (file, entries) in &publication.abandoned {
        let (file, entries) = (file.display().to_string(), count(*entries, "entry|entries"));
        terminal.note(&format!(
            "warning: {} was published with {entries}, but is no longer in the configuration, so its subscribers get \
             no new entries\nhelp: add the feed again, or redirect its address to another feed and delete the file\n",
            print::printable(&file)
        ));
    }
    let mut text = String::new();
    if args.diff {
        text += &diff::format_text(&diff::from_publication(&publication), terminal.is_verbose);
    }
    text += &format_summary(&publication, args.dry_run, terminal);
    let is_printed = print_summary(&text, terminal);
    let failed = publication.skipped > 0 || count_findings(&publication, Severity::Error) > 0;
    Ok(u8::from(failed || !is_printed))
}

/// Prints the summary, and returns whether that succeeded.
///
/// If printing fails, the program must not exit with code 4, which would mean that no published file was changed.
fn print_summary(text: &str, terminal: &mut Terminal) -> bool {
    match terminal.out(text) {
        Err(error) => terminal.error(&error) == 0,
        Ok(()) => true,
    }
}

fn count_findings(publication: &Publication, severity: Severity) -> usize {
    let findings = publication.findings.iter().flat_map(|(_, findings)| findings);
    findings.filter(|finding| finding.severity == severity).count()
}

/// Prints findings to standard error: errors and warnings by default, all findings with `-v`, only errors with `-q`.
fn print_findings(findings: &[(PathBuf, Vec<Finding>)], terminal: &mut Terminal) {
    let min_severity = match (terminal.is_quiet, terminal.is_verbose) {
        (true, _) => Severity::Error,
        (_, true) => Severity::Advice,
        _ => Severity::Warning,
    };
    // Findings are counted per severity, so that many warnings cannot hide an error.
    let mut counts = [0usize; 3];
    for (path, findings) in findings {
        let path = path.display().to_string();
        for finding in findings.iter().filter(|finding| finding.severity >= min_severity) {
            let number = &mut counts[finding.severity as usize];
            *number += 1;
            if *number <= MAX_FINDINGS || terminal.is_verbose {
                let text = diagnostic::format_article_finding(&path, finding, terminal.width);
                terminal.note(&format!("{text}\n"));
            }
        }
    }
    // Advice is never cut short: it is printed only with `--verbose`, and `--verbose` prints all findings.
    for severity in [Severity::Error, Severity::Warning] {
        let more = counts[severity as usize].saturating_sub(MAX_FINDINGS);
        if more > 0 && !terminal.is_verbose {
            let noun = format!("more {}", severity.as_str());
            terminal.note(&format!("{}; use `--verbose` to show them\n", count(more, &noun)));
        }
    }
}

/// A feed's outcome, and its path, entry count and size as text.
type Row = (Outcome, String, String, String);

/// Formats one line per feed, and one line for the articles.
fn format_summary(publication: &Publication, is_dry_run: bool, terminal: &Terminal) -> String {
    let has_changes = publication.feeds.iter().any(|feed| feed.outcome != Outcome::Unchanged);
    let shows_all = terminal.is_interactive || terminal.is_verbose;
    // Cron mails everything that a job prints, so a build that changes nothing prints nothing.
    if terminal.is_quiet || !(has_changes || shows_all) {
        return String::new();
    }
    let rows: Vec<_> = publication
        .feeds
        .iter()
        .filter(|feed| shows_all || feed.outcome != Outcome::Unchanged)
        .map(|feed| {
            let name = print::printable(&feed.path.display().to_string()).into_owned();
            let entries = count(feed.entries, "entry|entries");
            (feed.outcome, name, entries, print::format_size(feed.bytes))
        })
        .collect();
    let width = |column: fn(&Row) -> &String| rows.iter().map(|row| column(row).width()).max().unwrap_or(0);
    let (names, entries, sizes) = (width(|row| &row.1), width(|row| &row.2), width(|row| &row.3));
    let mut text = String::new();
    for (outcome, name, number, size) in &rows {
        let (word, style) = match outcome {
            Outcome::New => ("new", AnsiColor::Green.on_default()),
            Outcome::Changed => ("changed", AnsiColor::Green.on_default()),
            Outcome::Unchanged => ("unchanged", Style::new().dimmed()),
        };
        // `{name:<names$}` would count characters, but a wide character takes up two columns.
        let pad = " ".repeat(names - name.width());
        let _ = writeln!(
            text,
            "{style}{word:<9}{style:#}  {name}{pad}  {number:>entries$}  {size:>sizes$}"
        );
    }
    let _ = writeln!(text, "{}", format_articles(publication, terminal));
    if is_dry_run {
        text.push_str("dry run: nothing was written\n");
    }
    text
}

/// Formats `24 articles: 1 skipped, 2 drafts`.
fn format_articles(publication: &Publication, terminal: &Terminal) -> String {
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
    // Drafts come after the skipped articles. Unlike the other words, `draft` is a noun, so it needs a plural.
    if publication.drafts > 0 {
        parts.insert(usize::from(publication.skipped > 0), count(publication.drafts, "draft"));
    }
    for severity in [Severity::Error, Severity::Warning] {
        let number = count_findings(publication, severity);
        if number > 0 {
            parts.push(count(number, severity.as_str()));
        }
    }
    let advice = count_findings(publication, Severity::Advice);
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
