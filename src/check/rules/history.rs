//! Paged, archived and complete feeds: RFC 5005.

use crate::check::document::Element;
use crate::check::link::relation;
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::finding::rules;

rules! { "history":
    IN_ENTRY          = "history-link-in-entry",          Warning, "a link between pages of the feed, in an entry",    "RFC 5005 section 3", "FeedHistoryRelInEntry";
    IN_COMPLETE       = "history-link-in-complete",       Warning, "a complete feed that has more pages",              "RFC 5005 section 2", "FeedRelInCompleteFeed";
    CURRENT_NOT_SELF  = "history-complete-not-current",   Warning, "a complete feed whose newest version is elsewhere", "RFC 5005 section 2", "CurrentNotSelfInCompleteFeed";
    PAST_END          = "history-link-past-end",          Warning, "a page beyond the first or the last",              "RFC 5005 section 3", "LinkPastEnd";
    CURRENT_MISSING   = "history-archive-without-current", Warning, "an archive that does not name the feed itself",   "RFC 5005 section 4", "MissingCurrentInArchive";
    INCOMPLETE        = "history-archive-incomplete",     Advice,  "an archive without its neighbors",                 "RFC 5005 section 4", "ArchiveIncomplete";
}

/// Relations that lead to other pages of a feed.
const PAGES: [&str; 8] = [
    "first",
    "last",
    "next",
    "previous",
    "prev",
    "next-archive",
    "prev-archive",
    "current",
];

fn links<'d>(container: &Element<'d>) -> impl Iterator<Item = Element<'d>> + use<'d> {
    container
        .children()
        .filter(|child| child.is(Ns::ATOM, "link"))
        .take(1000)
}

/// Checks a whole feed or channel.
pub(super) fn check(feed: &Element<'_>, report: &mut Collector) {
    let href = |wanted: &str| {
        links(feed)
            .find(|link| relation(link).eq_ignore_ascii_case(wanted))
            .and_then(|link| link.value("href"))
    };
    let own = href("self");
    if feed.child(Ns::HISTORY, "complete").is_some() {
        for link in links(feed).filter(|link| relation(link) != "current" && PAGES.contains(&relation(link))) {
            report
                .add(
                    &IN_COMPLETE,
                    link.range(),
                    format!("a complete feed with a `{}` page", relation(&link)),
                )
                .help("a complete feed is all in one document: remove `fh:complete` or the link")
                .about(&link);
        }
        if let Some(current) = href("current").filter(|current| Some(*current) != own) {
            report
                .add(
                    &CURRENT_NOT_SELF,
                    feed.range(),
                    format!("the current version is at `{}`", super::values::shown(current)),
                )
                .help("a complete feed is its own current version: let `current` and `self` agree")
                .about(feed);
        }
    }
    if let Some(archive) = feed.child(Ns::HISTORY, "archive") {
        if href("current").is_none() {
            report
                .add(&CURRENT_MISSING, archive.range(), "an archive without a `current` link")
                .help("add `<link rel=\"current\" href=\"…\"/>` with the address of the feed itself")
                .about(&archive);
        }
        let is_complete = feed.child(Ns::HISTORY, "complete").is_some();
        if href("prev-archive").is_none() && href("next-archive").is_none() && !is_complete {
            report
                .add(
                    &INCOMPLETE,
                    archive.range(),
                    "an archive without `prev-archive` and `next-archive`",
                )
                .help("link the archives to each other, so that readers can follow them")
                .about(&archive);
        }
    }
    for (end, beyond) in [("first", "previous"), ("last", "next")] {
        if let Some(own) = own.filter(|own| href(end) == Some(*own))
            && let Some(link) = links(feed).find(|link| relation(link) == beyond)
        {
            report
                .add(
                    &PAST_END,
                    link.range(),
                    format!("`{own}` is the {end} page, and has a `{beyond}` one"),
                )
                .help("remove one of the two links")
                .about(&link);
        }
    }
}

/// Checks an entry or an item.
pub(super) fn check_entry(entry: &Element<'_>, report: &mut Collector) {
    if entry.parent().is_none() || !matches!(entry.ns(), Ns::ATOM | Ns::NONE) {
        return;
    }
    for link in links(entry).filter(|link| PAGES.contains(&relation(link))) {
        report
            .add(
                &IN_ENTRY,
                link.range(),
                format!("a `{}` link in an entry", relation(&link)),
            )
            .help("entries have no pages: move it to the feed, or use `related`")
            .about(&link);
    }
}
