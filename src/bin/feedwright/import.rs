//! `feedwright import`: ids and dates of existing feeds, for the ledger.

use feedwright::{
    Error,
    compare::{FeedEntry, Generation},
    import::{self, FeedResult, Imported, MatchedBy, Moved, Options, SkipReason},
};

use crate::{
    args::{Global, Import},
    configuration, diff,
    print::{LINES, Terminal, count, lines},
    progress,
};

/// Imports, and prints what was taken and what was left.
pub(crate) fn run(args: &Import, global: &Global, terminal: &mut Terminal) -> Result<u8, Error> {
    let config = configuration::of_site(global)?;
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
        terminal.out(&told(args, &imported, terminal.is_verbose))?;
    }
    Ok(u8::from(imported.feeds.iter().any(|feed| !feed.skipped.is_empty())))
}

fn told(args: &Import, imported: &Imported, is_verbose: bool) -> String {
    let limit = if is_verbose { usize::MAX } else { LINES };
    let mut text = String::new();
    for (path, feed) in args.feeds.iter().zip(&imported.feeds) {
        text += &format!("{}: {}\n", path.display(), counts(feed));
        let left = feed.skipped.iter().map(|(seen, reason)| left(seen, reason));
        text += &lines(&left.collect::<Vec<_>>(), limit);
    }
    if !imported.moved.is_empty() {
        let number = count(imported.moved.len(), "entry has|entries have");
        text += &format!("{number} another address now; `link` in feedwright.yaml is their pattern\n");
        let moved = |moved: &Moved| format!("{}: {} is now {}", moved.article, moved.old, moved.new);
        text += &lines(&imported.moved.iter().map(moved).collect::<Vec<_>>(), limit);
    }
    if imported.broken > 0 {
        let number = count(imported.broken, "article has an error|articles have errors");
        text += &format!("{number} and took no part; `feedwright build --dry-run` tells them\n");
    }
    if !imported.without_entry.is_empty() {
        let number = count(imported.without_entry.len(), "article has|articles have");
        text += &format!("{number} no entry\n");
        text += &lines(&imported.without_entry, limit);
    }
    if args.dry_run {
        text += "dry run: nothing was written\n";
    }
    text
}

/// `12 entries: 9 taken (8 by link, 1 by title), 1 known, 2 left`.
fn counts(feed: &FeedResult) -> String {
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
    let mut parts = vec![format!("{} taken", feed.imported.len())];
    if let Some(first) = parts.first_mut().filter(|_| !by.is_empty()) {
        *first += &format!(" ({})", by.join(", "));
    }
    for (number, word) in [(feed.recorded, "known"), (feed.skipped.len(), "left")] {
        if number > 0 {
            parts.push(format!("{number} {word}"));
        }
    }
    format!("{}: {}", count(all, "entry|entries"), parts.join(", "))
}

fn left(seen: &FeedEntry, reason: &SkipReason) -> String {
    let name = match &seen.link {
        _ if !seen.title.is_empty() => &seen.title,
        Some(link) => link,
        None => &seen.id,
    };
    let day = seen
        .published
        .map_or("no date".to_owned(), |at| at.rfc3339()[..10].to_owned());
    format!("- {day:<10}  {name}: {}", why(seen, reason))
}

fn why(seen: &FeedEntry, reason: &SkipReason) -> String {
    match reason {
        SkipReason::NoArticle => match &seen.link {
            Some(link) => format!("no article is it ({link})"),
            None => "no article is it".to_owned(),
        },
        SkipReason::Ambiguous(articles) => match &articles[..] {
            [one] => format!("other entries could be {one} as well"),
            [first, second] => format!("could be {first} or {second}"),
            [first, second, ..] => format!("could be {first}, {second} or others"),
            [] => "could be several articles".to_owned(),
        },
        SkipReason::Declared { article, id } => format!(
            "{article} gives itself the id `{id}`; remove it there to keep `{}`",
            seen.id
        ),
        SkipReason::Recorded { article, id } => {
            format!(
                "{article} has the id `{id}` in the ledger; `--replace` takes `{}`",
                seen.id
            )
        }
        SkipReason::Assigned { article, id } => format!("{article} has got the id `{id}` already, from another entry"),
        SkipReason::OtherFile(path) => format!("its id is that of {path}"),
        SkipReason::NoId => "it has no id that a feed can hold".to_owned(),
    }
}
