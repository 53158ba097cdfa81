//! Matches each article with its record in the ledger, even if its file was moved or renamed.

use std::collections::{BTreeMap, BTreeSet};

use super::id::original_id;
use crate::{
    compare::link_path,
    ledger::{LastPublished, Ledger, Record},
    text::squash,
    time::Timestamp,
    url::Id,
};

/// The properties of an article that are used to find its record.
#[derive(Debug, Clone, Copy)]
pub struct ArticleProperties<'a> {
    /// The path, relative to the input folder.
    pub path: &'a str,
    /// [`Article::fingerprint`](crate::article::Article::fingerprint).
    pub fingerprint: u128,
    /// The id that the article declares, if it is known yet.
    pub declared_id: Option<&'a Id>,
    /// The permalink, if it is known yet.
    pub link: Option<&'a str>,
    /// The title, if it is known yet.
    pub title: Option<&'a str>,
    /// The date in the article, if it has one.
    pub published: Option<Timestamp>,
}

/// Finds each article's record, and returns the record's path in the ledger.
///
/// The order of the steps matters. The most certain matches come first, so that no weaker property can claim their
/// records:
///
/// 1. same path and content: untouched;
/// 2. same content, and the file at the recorded path is gone or different: renamed;
/// 3. same declared id, then link, then title and date, each only if it is unique on both sides: renamed and edited;
/// 4. same path: edited. This comes last, because a new file may reuse the name of one that was renamed.
///
/// `exists` returns whether there is still a file at a path. Without this check, a copy would get the record of its
/// original.
pub fn match_records<'l>(
    articles: &[ArticleProperties<'_>],
    ledger: &'l Ledger,
    exists: impl Fn(&str) -> bool,
) -> Vec<Option<&'l str>> {
    let mut search = Search {
        ledger,
        by_path: articles.iter().map(|article| (article.path, article)).collect(),
        found: vec![None; articles.len()],
        claimed: BTreeSet::new(),
        exists: &exists,
    };
    // Nearly all articles in a build are untouched, and are matched here with one lookup each.
    search.match_by_path(articles, |article, record| article.fingerprint == record.fingerprint);
    // Content comes before single properties, because it moves with the file, whereas a new article that started as a
    // copy may still have the original's link or title.
    search.match_by_content(articles);
    // The most reliable property comes first. A site uses an id or an address only once. A title such as "Weekly links"
    // may be used again, so it counts only together with the date.
    for property in [&DECLARED_ID, &LINK, &TITLE_AND_DATE, &TITLE_AND_DAY] {
        search.match_by_property(articles, property);
    }
    // Records that are still unclaimed belong to articles that were edited in place.
    search.match_by_path(articles, |_, _| true);
    search.found
}

/// A property that an article shares with its record.
struct Property {
    of_article: fn(&ArticleProperties<'_>) -> Option<String>,
    of_record: fn(&Id, &LastPublished) -> Option<String>,
    /// How far apart the two dates may be, in seconds.
    max_apart: u64,
}

const DECLARED_ID: Property = Property {
    of_article: |article| article.declared_id.map(Id::to_string),
    // An article still declares its original id after it was reannounced.
    of_record: |id, _| Some(original_id(id).to_owned()),
    max_apart: u64::MAX,
};
const LINK: Property = Property {
    // Compared without scheme and host, so that a site that moves keeps its ids. For ids and links the date does not
    // matter, because it may be changed at the same time.
    of_article: |article| Some(link_path(article.link?).to_owned()),
    of_record: |_, last| Some(link_path(&last.link).to_owned()),
    max_apart: u64::MAX,
};
/// Tried before [`TITLE_AND_DAY`]: in a daily column, only the exact date distinguishes the entries of neighboring
/// days.
const TITLE_AND_DATE: Property = Property {
    of_article: |article| join_title(article.title?, article.published?),
    of_record: |_, last| join_title(&last.title, last.article_date()),
    max_apart: 0,
};
/// Changing a site's time zone shifts all dates by up to 26 hours, the difference between UTC−12 and UTC+14.
const TITLE_AND_DAY: Property = Property {
    of_article: |article| article.published.and(Some(squash(article.title?))),
    of_record: |_, last| Some(squash(&last.title)).filter(|title| !title.is_empty()),
    max_apart: 26 * 60 * 60,
};

fn join_title(title: &str, published: Timestamp) -> Option<String> {
    let title = squash(title);
    // Articles without a title must not match each other.
    (!title.is_empty()).then(|| format!("{} {title}", published.unix()))
}

/// The search for the records of all articles. Each record is claimed by at most one article.
struct Search<'a, 'l, E> {
    ledger: &'l Ledger,
    by_path: BTreeMap<&'a str, &'a ArticleProperties<'a>>,
    found: Vec<Option<&'l str>>,
    claimed: BTreeSet<&'l str>,
    exists: &'a E,
}

impl<'l, E: Fn(&str) -> bool> Search<'_, 'l, E> {
    fn match_by_path(
        &mut self,
        articles: &[ArticleProperties<'_>],
        is_same: fn(&ArticleProperties<'_>, &Record) -> bool,
    ) {
        for (article, found) in articles
            .iter()
            .zip(&mut self.found)
            .filter(|(_, found)| found.is_none())
        {
            if let Some((path, record)) = self.ledger.records.get_key_value(article.path)
                && is_same(article, record)
                && self.claimed.insert(path)
            {
                *found = Some(path);
            }
        }
    }

    fn match_by_content(&mut self, articles: &[ArticleProperties<'_>]) {
        // The fingerprints of the whole ledger are sorted only if an article is still unmatched.
        if self.found.iter().all(Option::is_some) {
            return;
        }
        let by_content = self.ledger.by_fingerprint();
        for (article, found) in articles
            .iter()
            .zip(&mut self.found)
            .filter(|(_, found)| found.is_none())
        {
            let mut paths = by_content.paths(article.fingerprint);
            // A file whose content has changed counts as gone too, so that all ids are kept if files are renamed in a
            // chain (b to c, then a to b) or swap names.
            let is_gone = |path: &str| match self.by_path.get(path) {
                Some(other) => other.fingerprint != article.fingerprint,
                // Drafts and articles too old for a feed are not among the articles, but their files exist.
                None => !(self.exists)(path),
            };
            if let Some(path) = paths.find(|path| !self.claimed.contains(path) && is_gone(path)) {
                self.claimed.insert(path);
                *found = Some(path);
            }
        }
    }

    fn match_by_property(&mut self, articles: &[ArticleProperties<'_>], property: &Property) {
        let Property {
            of_article,
            of_record,
            max_apart,
        } = property;
        // `None` if several articles share the value, because it then identifies none of them. The articles are indexed
        // rather than the ledger, because only a few articles are left at this step, while the ledger contains
        // everything ever published.
        let mut wanted: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (at, article) in articles.iter().enumerate() {
            if self.found.get(at).is_some_and(Option::is_none)
                && let Some(value) = of_article(article)
            {
                wanted
                    .entry(value)
                    .and_modify(|other| *other = None)
                    .or_insert(Some(at));
            }
        }
        if wanted.is_empty() {
            return;
        }
        let mut matches: BTreeMap<usize, Option<&str>> = BTreeMap::new();
        for (path, record) in &self.ledger.records {
            // A record that was never published has no link and no title to compare, and no subscriber has its id.
            let Some(last) = &record.last_published else { continue };
            let value = of_record(&record.id, last);
            let Some((value, Some(at))) = value.and_then(|value| wanted.get_key_value(&value)) else {
                continue;
            };
            let apart = articles[*at]
                .published
                .map(|at| at.unix().abs_diff(last.article_date().unix()));
            if apart.is_some_and(|apart| apart > *max_apart) {
                continue;
            }
            // If the file at the recorded path still has this value, the record belongs to that file.
            let is_gone = match self.by_path.get(path.as_str()) {
                // This is the same article, which was edited in place.
                Some(other) if other.path == articles[*at].path => true,
                Some(other) => of_article(other).as_ref() != Some(value),
                // A record rebuilt from a feed has a key that is not the path of any file, so it is always free.
                None => !(self.exists)(path),
            };
            if is_gone && !self.claimed.contains(path.as_str()) {
                matches
                    .entry(*at)
                    .and_modify(|other| *other = None)
                    .or_insert(Some(path));
            }
        }
        // Claimed only after the whole ledger was searched, because a value that two records share identifies neither.
        for (at, path) in matches {
            if let (Some(path), Some(found)) = (path, self.found.get_mut(at)) {
                self.claimed.insert(path);
                *found = Some(path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(records: &[(&str, u128)]) -> Ledger {
        let day = Timestamp::from_unix(1_700_000_000).unwrap();
        let record = |path: &str, fingerprint| Record {
            id: Id::new(&format!("tag:x,2026:{path}")).unwrap(),
            fingerprint,
            first_seen: day,
            updated: day,
            last_published: None,
        };
        let records = records
            .iter()
            .map(|(path, fingerprint)| ((*path).to_owned(), record(path, *fingerprint)))
            .collect();
        Ledger {
            records,
            ..Ledger::default()
        }
    }

    #[track_caller]
    fn check(recorded: &[(&str, u128)], now: &[(&str, u128)], other_files: &[&str], expected: &[Option<&str>]) {
        let articles: Vec<_> = now
            .iter()
            .map(|(path, fingerprint)| ArticleProperties {
                path,
                fingerprint: *fingerprint,
                declared_id: None,
                link: None,
                title: None,
                published: None,
            })
            .collect();
        assert_eq!(
            match_records(&articles, &ledger(recorded), |path| other_files.contains(&path)),
            expected
        );
    }

    #[test]
    fn an_edit_keeps_the_record_of_its_path() {
        check(&[("a", 1)], &[("a", 2)], &[], &[Some("a")]);
    }

    #[test]
    fn a_rename_keeps_the_record_of_its_content() {
        check(&[("a", 1)], &[("b", 1)], &[], &[Some("a")]);
    }

    #[test]
    fn a_copy_is_a_new_article() {
        check(&[("a", 1)], &[("a", 1), ("b", 1)], &[], &[Some("a"), None]);
        check(&[("a", 1)], &[("b", 1)], &["a"], &[None]);
    }

    #[test]
    fn a_chain_of_renames_keeps_every_record() {
        check(
            &[("a", 1), ("b", 2)],
            &[("b", 1), ("c", 2)],
            &[],
            &[Some("a"), Some("b")],
        );
    }

    #[test]
    fn two_files_that_swap_names_swap_records() {
        check(
            &[("a", 1), ("b", 2)],
            &[("a", 2), ("b", 1)],
            &[],
            &[Some("b"), Some("a")],
        );
    }

    #[test]
    fn a_new_file_with_the_name_of_a_renamed_one_does_not_get_its_record() {
        check(&[("a", 1)], &[("a", 2), ("b", 1)], &[], &[None, Some("a")]);
    }

    /// The path, title, link and day of each recorded and each current article. Their content never matches.
    #[track_caller]
    fn check_properties(
        recorded: &[(&str, &str, &str, i64)],
        now: &[(&str, &str, &str, i64)],
        expected: &[Option<&str>],
    ) {
        let day = |day: i64| Timestamp::from_unix(1_700_000_000 + day * 86_400).unwrap();
        let mut ledger = ledger(&recorded.iter().map(|it| (it.0, 1)).collect::<Vec<_>>());
        for (path, title, link, published) in recorded {
            ledger.records.get_mut(*path).unwrap().last_published = Some(LastPublished {
                published: day(*published),
                link: format!("https://old.example{link}"),
                title: (*title).to_owned(),
                declared_date: None,
                content: None,
                feeds: BTreeMap::new(),
                retained_since: None,
            });
        }
        let links: Vec<String> = now.iter().map(|it| format!("https://new.example{}", it.2)).collect();
        let articles: Vec<_> = now
            .iter()
            .zip(&links)
            .map(|((path, title, _, published), link)| ArticleProperties {
                path,
                fingerprint: 2,
                declared_id: None,
                link: Some(link),
                title: Some(title),
                published: Some(day(*published)),
            })
            .collect();
        assert_eq!(match_records(&articles, &ledger, |_| false), expected);
    }

    #[test]
    fn a_file_that_was_renamed_and_rewritten_is_matched_by_link_or_by_title_and_date() {
        check_properties(&[("a", "T", "/x/", 1)], &[("b", "New", "/x", 2)], &[Some("a")]);
        check_properties(
            &[("a", "The title", "/a/", 1)],
            &[("b", "the Title!", "/b/", 1)],
            &[Some("a")],
        );
        check_properties(&[("a", "T", "/a/", 1)], &[("b", "T", "/b/", 2)], &[Some("a")]);
        check_properties(&[("a", "T", "/a/", 1)], &[("b", "T", "/b/", 3)], &[None]);
        check_properties(&[("a", "T", "/a/", 1)], &[("b", "U", "/b/", 1)], &[None]);
    }

    #[test]
    fn a_property_that_is_not_unique_matches_nothing() {
        check_properties(
            &[("a", "T", "/a/", 1), ("b", "T", "/b/", 1)],
            &[("c", "T", "/c/", 1)],
            &[None],
        );
        check_properties(
            &[("a", "T", "/a/", 1)],
            &[("b", "T", "/b/", 1), ("c", "T", "/c/", 1)],
            &[None, None],
        );
        check_properties(
            &[("a", "T", "/a/", 1)],
            &[("a", "T", "/a/", 1), ("b", "T", "/b/", 1)],
            &[Some("a"), None],
        );
    }

    #[test]
    fn a_new_file_with_the_name_of_a_moved_one_is_new() {
        check_properties(
            &[("a", "Old", "/old/", 1)],
            &[("a", "New", "/new/", 5), ("b", "Old, revised", "/old/", 1)],
            &[None, Some("a")],
        );
    }
}
