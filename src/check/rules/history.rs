//! Paged, archived and complete feeds: RFC 5005.

use crate::check::field::excerpt;
use crate::check::report::Collector;
use crate::feed::link::relation;
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;
use crate::finding::rules;

use super::atom_link::MAX_LINKS;

rules! { "history":
    IN_ENTRY         = "history-link-in-entry",           Warning, "an entry has a link to another page of the feed",          "RFC 5005 section 3", "FeedHistoryRelInEntry";
    IN_COMPLETE      = "history-link-in-complete",        Warning, "a complete feed has a link to another page of the feed",   "RFC 5005 section 2", "FeedRelInCompleteFeed";
    CURRENT_NOT_SELF = "history-complete-not-current",    Warning, "a complete feed has a `current` link to another document", "RFC 5005 section 2", "CurrentNotSelfInCompleteFeed";
    PAST_END         = "history-link-past-end",           Warning, "the first page has a `previous` link, or the last page has a `next` link", "RFC 5005 section 3", "LinkPastEnd";
    CURRENT_MISSING  = "history-archive-without-current", Warning, "the archive has no link to the current feed",              "RFC 5005 section 4", "MissingCurrentInArchive";
    INCOMPLETE       = "history-archive-incomplete",      Advice,  "the archive has no links to other archives",               "RFC 5005 section 4", "ArchiveIncomplete";
}

/// The link relations that point to other documents of the same feed.
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
        .take(MAX_LINKS)
}

/// Checks a feed or channel as a whole.
pub(super) fn check(feed: &Element<'_>, report: &mut Collector) {
    let href = |wanted: &str| {
        links(feed)
            .find(|link| relation(link).eq_ignore_ascii_case(wanted))
            .and_then(|link| link.value("href"))
    };
    let own = href("self");
    if feed.child(Ns::HISTORY, "complete").is_some() {
        // A `current` link has its own rule, below.
        for link in links(feed).filter(|link| relation(link) != "current" && PAGES.contains(&relation(link))) {
            report
                .add(
                    &IN_COMPLETE,
                    link.range(),
                    format!("the feed is complete, but has a `{}` link", relation(&link)),
                )
                .help("remove the link or `fh:complete`: a complete feed is a single document")
                .about(&link);
        }
        if let Some(current) = href("current").filter(|current| Some(*current) != own) {
            report
                .add(
                    &CURRENT_NOT_SELF,
                    feed.range(),
                    format!(
                        "the feed is complete, but its `current` link points to `{}`",
                        excerpt(current)
                    ),
                )
                .help(
                    "write the same URL in the `current` and `self` links: a complete feed is its own current version",
                )
                .about(feed);
        }
    }
    if let Some(archive) = feed.child(Ns::HISTORY, "archive") {
        if href("current").is_none() {
            report
                .add(&CURRENT_MISSING, archive.range(), "the archive has no `current` link")
                .help("add `<link rel=\"current\" href=\"…\"/>` with the current feed's URL")
                .about(&archive);
        }
        let is_complete = feed.child(Ns::HISTORY, "complete").is_some();
        // The first and the last archive each have only one neighbor, so one of the two links is enough.
        if href("prev-archive").is_none() && href("next-archive").is_none() && !is_complete {
            report
                .add(
                    &INCOMPLETE,
                    archive.range(),
                    "the archive has neither a `prev-archive` nor a `next-archive` link",
                )
                .help("link the archives to each other: readers find them only through these links")
                .about(&archive);
        }
    }
    // RFC 5005 section 3 defines these four relations for paged feeds. If the first page has a `previous` link, or the
    // last page has a `next` link, readers may follow links forever.
    for (end, beyond) in [("first", "previous"), ("last", "next")] {
        if let Some(own) = own.filter(|own| href(end) == Some(*own))
            && let Some(link) = links(feed).find(|link| relation(link) == beyond)
        {
            report
                .add(
                    &PAST_END,
                    link.range(),
                    format!("`{own}` is the {end} page, but has a `{beyond}` link"),
                )
                .help("remove this link, or the `first` or `last` link that contradicts it")
                .about(&link);
        }
    }
}

/// Checks an entry or an item as a whole.
pub(super) fn check_entry(entry: &Element<'_>, report: &mut Collector) {
    // An entry document has no feed to which the link could be moved.
    if entry.parent().is_none() || !matches!(entry.ns(), Ns::ATOM | Ns::NONE) {
        return;
    }
    for link in links(entry).filter(|link| PAGES.contains(&relation(link))) {
        report
            .add(
                &IN_ENTRY,
                link.range(),
                format!("the entry has a `{}` link", relation(&link)),
            )
            .help("make the link a child of `feed` or `channel`, or change its relation to `related`")
            .about(&link);
    }
}
