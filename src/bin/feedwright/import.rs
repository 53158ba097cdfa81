//! `feedwright import`: copies ids, links and dates from existing feeds to the ledger.

use feedwright::{
    Error,
    compare::{FeedEntry, Generation},
    import::{self, FeedResult, Imported, MatchedBy, Moved, Options, SkipReason},
};

use crate::{
    args::{Global, Import},
    configuration, diff,
    print::{MAX_LINES, Terminal, count, format_list, printable},
    progress,
};

/// Imports feeds, and prints how many entries were imported and which were skipped.
pub(crate) fn run(args: &Import, global: &Global, terminal: &mut Terminal) -> Result<u8, Error> {
    let config = configuration::for_site(global)?;
    let feeds = args.feeds.iter().map(|path| diff::read(path));
    let feeds = feeds.collect::<Result<Vec<Generation>, _>>()?;
    let options = Options {
        now: args.clock.read()?,
        write: !args.dry_run,
        replace: args.replace,
        wait: args.wait,
    };
    let progress = progress::bar(terminal);
    let imported = import::import(&config, &feeds, &options, &|read| progress::show(&progress, read));
    progress.finish_and_clear();
    let imported = imported?;
    if !terminal.is_quiet {
        terminal.out(&format_report(args, &imported, terminal.is_verbose))?;
    }
    Ok(u8::from(imported.feeds.iter().any(|feed| !feed.skipped.is_empty())))
}

fn format_report(args: &Import, imported: &Imported, is_verbose: bool) -> String {
    let limit = if is_verbose { usize::MAX } else { MAX_LINES };
    let mut text = String::new();
    for (path, feed) in args.feeds.iter().zip(&imported.feeds) {
        let path = path.display().to_string();
        text += &format!("{}: {}\n", printable(&path), format_counts(feed));
        let skipped = feed.skipped.iter().map(|(entry, reason)| format_skipped(entry, reason));
        text += &format_list(&skipped.collect::<Vec<_>>(), limit);
    }
    if !imported.moved.is_empty() {
        let number = count(imported.moved.len(), "entry gets|entries get");
        text += &format!("{number} a new address; to keep old addresses, change `link` in feedwright.yaml\n");
        let format_moved = |moved: &Moved| format!("{}: {} is now {}", moved.article, moved.old, moved.new);
        text += &format_list(&imported.moved.iter().map(format_moved).collect::<Vec<_>>(), limit);
    }
    if imported.broken > 0 {
        let number = count(imported.broken, "article was|articles were");
        text += &format!("{number} skipped because of errors; run `feedwright build --dry-run` to see the errors\n");
    }
    if !imported.without_entry.is_empty() {
        let number = count(imported.without_entry.len(), "article has|articles have");
        text += &format!("{number} no entry in these feeds\n");
        text += &format_list(&imported.without_entry, limit);
    }
    if args.dry_run {
        text += "dry run: nothing was written\n";
    }
    text
}

/// Formats `12 entries: 9 imported (8 by link, 1 by title), 1 already in the ledger, 2 skipped`.
fn format_counts(feed: &FeedResult) -> String {
    let all = feed.imported.len() + feed.recorded + feed.skipped.len();
    let by = [
        MatchedBy::Id,
        MatchedBy::Link,
        MatchedBy::Path,
        MatchedBy::Name,
        MatchedBy::Title,
    ]
    .map(|sign| {
        let number = feed.imported.iter().filter(|(_, other)| *other == sign).count();
        (number > 0).then(|| format!("{number} by {}", sign.as_str()))
    });
    let by: Vec<String> = by.into_iter().flatten().collect();
    let mut parts = vec![format!("{} imported", feed.imported.len())];
    if let Some(first) = parts.first_mut().filter(|_| !by.is_empty()) {
        *first += &format!(" ({})", by.join(", "));
    }
    for (number, word) in [
        (feed.recorded, "already in the ledger"),
        (feed.skipped.len(), "skipped"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {word}"));
        }
    }
    format!("{}: {}", count(all, "entry|entries"), parts.join(", "))
}

/// Formats `- 2026-03-01  Notes: no matching article`.
fn format_skipped(entry: &FeedEntry, reason: &SkipReason) -> String {
    let name = match &entry.link {
        _ if !entry.title.is_empty() => &entry.title,
        Some(link) => link,
        None => &entry.id,
    };
    let day = entry
        .published
        .map_or("no date".to_owned(), |at| at.rfc3339()[..10].to_owned());
    format!("- {day:<10}  {name}: {}", format_reason(entry, reason))
}

fn format_reason(entry: &FeedEntry, reason: &SkipReason) -> String {
    match reason {
        SkipReason::NoArticle => match &entry.link {
            Some(link) => format!("no matching article ({link})"),
            None => "no matching article".to_owned(),
        },
        SkipReason::Ambiguous(articles) => match &articles[..] {
            [one] => format!("{one} also matches other entries"),
            [first, second] => format!("matches both {first} and {second}"),
            [first, second, ..] => format!("matches {first}, {second} and {} more", articles.len() - 2),
            [] => "matches several articles".to_owned(),
        },
        SkipReason::Doubtful { article, property } => format!(
            "{article} has the same {}, but not enough other properties match; if the entry belongs to this article, \
             add `id: {}` to the article's front matter",
            property.as_str(),
            entry.id
        ),
        SkipReason::Declared { article, id } => format!(
            "{article} sets the id `{id}` in its front matter; remove it there to keep `{}`",
            entry.id
        ),
        SkipReason::Recorded { article, id } => {
            format!(
                "{article} has the id `{id}` in the ledger; use `--replace` to change it to `{}`",
                entry.id
            )
        }
        SkipReason::Assigned { article, id } => {
            format!("this import has already given {article} the id `{id}`, from another entry or feed")
        }
        SkipReason::OtherFile(path) => format!("the ledger assigns the entry's id to {path}"),
        SkipReason::NoId => "the entry has no id, or its id is not valid in any feed format".to_owned(),
    }
}
