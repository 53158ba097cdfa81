//! Which entry of the ledger an article is: the same wherever its file lies and whatever it is called.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    compare::address,
    ledger::{Ledger, Record, Shown},
    text::squash,
    time::Timestamp,
    url::Id,
};

/// An article as the ledger knows it.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Its path, relative to the input folder.
    pub path: &'a str,
    /// [`Article::fingerprint`](crate::article::Article::fingerprint).
    pub fingerprint: u128,
    /// The id that it gives itself, if that is known.
    pub own_id: Option<&'a Id>,
    /// Its permalink, if it is known.
    pub link: Option<&'a str>,
    /// Its title, if it is known.
    pub title: Option<&'a str>,
    /// Its own date, if it has one.
    pub published: Option<Timestamp>,
}

/// Finds each article's record: first the one of its path and content, then the one of its content whose file is
/// gone (a rename), then one with its own id, one with its link, then one with its title and date, each where no other is meant (a rename
/// with an edit), then the one of its path (an edit). Gives the path under which the ledger has it.
///
/// `exists` tells whether a file still lies at a path.
pub fn recognize<'l>(
    articles: &[Known<'_>],
    ledger: &'l Ledger,
    exists: impl Fn(&str) -> bool,
) -> Vec<Option<&'l str>> {
    let mut search = Search {
        ledger,
        here: articles.iter().map(|known| (known.path, known)).collect(),
        found: vec![None; articles.len()],
        claimed: BTreeSet::new(),
        exists: &exists,
    };
    search.by_path(articles, |article, record| article.fingerprint == record.fingerprint);
    search.by_content(articles);
    for sign in [&OWN_ID, &LINK, &TITLE_AND_DATE, &TITLE_AND_DAY] {
        search.by_sign(articles, sign);
    }
    search.by_path(articles, |_, _| true);
    search.found
}

/// What of an article and of a record is the same if they are one.
struct Sign {
    of_article: fn(&Known<'_>) -> Option<String>,
    of_record: fn(&Id, &Shown) -> Option<String>,
    /// How far apart their dates may be, in seconds.
    dates: u64,
}

const OWN_ID: Sign = Sign {
    of_article: |article| article.own_id.map(Id::to_string),
    of_record: |id, _| Some(first_of(id).to_owned()),
    dates: u64::MAX,
};
const LINK: Sign = Sign {
    of_article: |article| Some(address(article.link?).to_owned()),
    of_record: |_, shown| Some(address(&shown.link).to_owned()),
    dates: u64::MAX,
};
const TITLE_AND_DATE: Sign = Sign {
    of_article: |article| titled(article.title?, article.published?),
    of_record: |_, shown| titled(&shown.title, shown.article_date()),
    dates: 0,
};
/// A site that moves to another zone shifts every date by a day at most.
const TITLE_AND_DAY: Sign = Sign {
    of_article: |article| article.published.and(Some(squash(article.title?))),
    of_record: |_, shown| Some(squash(&shown.title)).filter(|title| !title.is_empty()),
    dates: 26 * 60 * 60,
};

fn titled(title: &str, published: Timestamp) -> Option<String> {
    let title = squash(title);
    (!title.is_empty()).then(|| format!("{} {title}", published.unix()))
}

/// The records that are not claimed yet, for the articles that are not found yet.
struct Search<'a, 'l, E> {
    ledger: &'l Ledger,
    here: BTreeMap<&'a str, &'a Known<'a>>,
    found: Vec<Option<&'l str>>,
    claimed: BTreeSet<&'l str>,
    exists: &'a E,
}

impl<'l, E: Fn(&str) -> bool> Search<'_, 'l, E> {
    fn by_path(&mut self, articles: &[Known<'_>], is_same: fn(&Known<'_>, &Record) -> bool) {
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

    fn by_content(&mut self, articles: &[Known<'_>]) {
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
            // A file that lies there with other content has moved away just as well: a chain of renames keeps every id.
            let gone = |path: &str| match self.here.get(path) {
                Some(now) => now.fingerprint != article.fingerprint,
                None => !(self.exists)(path),
            };
            if let Some(path) = paths.find(|path| !self.claimed.contains(path) && gone(path)) {
                self.claimed.insert(path);
                *found = Some(path);
            }
        }
    }

    fn by_sign(&mut self, articles: &[Known<'_>], sign: &Sign) {
        let Sign {
            of_article,
            of_record,
            dates,
        } = sign;
        let mut wanted: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (at, article) in articles.iter().enumerate() {
            if self.found.get(at).is_some_and(Option::is_none)
                && let Some(sign) = of_article(article)
            {
                wanted.entry(sign).and_modify(|other| *other = None).or_insert(Some(at));
            }
        }
        if wanted.is_empty() {
            return;
        }
        let mut meant: BTreeMap<usize, Option<&str>> = BTreeMap::new();
        for (path, record) in &self.ledger.records {
            let Some(shown) = &record.shown else { continue };
            let sign = of_record(&record.id, shown);
            let Some((sign, Some(at))) = sign.and_then(|sign| wanted.get_key_value(&sign)) else {
                continue;
            };
            let apart = articles[*at]
                .published
                .map(|at| at.unix().abs_diff(shown.article_date().unix()));
            if apart.is_some_and(|apart| apart > *dates) {
                continue;
            }
            // A file that still lies there with the same sign is the one that is meant.
            let gone = match self.here.get(path.as_str()) {
                Some(now) if now.path == articles[*at].path => true,
                Some(now) => of_article(now).as_ref() != Some(sign),
                None => !(self.exists)(path),
            };
            if gone && !self.claimed.contains(path.as_str()) {
                meant.entry(*at).and_modify(|other| *other = None).or_insert(Some(path));
            }
        }
        for (at, path) in meant {
            if let (Some(path), Some(found)) = (path, self.found.get_mut(at)) {
                self.claimed.insert(path);
                *found = Some(path);
            }
        }
    }
}

/// What stands in an id of which its article asked for a new one.
const AGAIN: &str = "#again-";

/// The id of an entry: the article's own one wins, then the ledger's, then a new `tag:` URI (RFC 4151). A key under
/// which the article asks to be announced once more makes another of it, the same one for the same key.
///
/// An own id that is no URI (`post-17`) becomes the specific part of a `tag:` URI, because Atom ids are URIs.
/// `None` if the authority cannot stand in a URI.
pub fn id(
    own: Option<&str>,
    again: Option<&str>,
    record: Option<&Record>,
    path: &str,
    authority: &str,
    taken: impl Fn(&Id) -> bool,
) -> Option<Id> {
    let is_written = own.is_some_and(|own| Id::new(own).is_none());
    let known = record.map(|record| &record.id);
    let is_known = own.zip(known).is_some_and(|(own, known)| own.trim() == known.name());
    let own = own.and_then(|own| own_id(own, authority));
    let id = match (own, known) {
        (Some(_), Some(known)) if is_known => known.clone(),
        // Announced again, and the key removed afterwards; or under the authority of an earlier day.
        (Some(own), Some(known)) if first_of(known) == own.as_str() => known.clone(),
        (Some(own), Some(known)) if is_written && specific(known).is_some_and(|it| specific(&own) == Some(it)) => {
            known.clone()
        }
        (Some(own), _) => own,
        (None, Some(known)) => known.clone(),
        (None, None) => mint(path, authority, taken)?,
    };
    match again {
        Some(key) => Id::new(&format!("{}{AGAIN}{}", first_of(&id), encoded(key))),
        None => Some(id),
    }
}

/// The id that an article gives itself; one that is no URI becomes the specific part of a `tag:` URI.
pub fn own_id(written: &str, authority: &str) -> Option<Id> {
    Id::new(written).or_else(|| Id::new(&format!("tag:{authority}:{}", encoded(written))))
}

/// An id that was published elsewhere, byte for byte; one that is no URI is so for RSS and JSON Feed, and Atom has a
/// `tag:` URI made of it. `None` if it cannot be written.
pub fn published_as(name: &str, authority: &str) -> Option<Id> {
    Id::new(name).or_else(|| own_id(name, authority)?.named(name))
}

/// `SPECIFIC` of `tag:AUTHORITY:SPECIFIC`.
fn specific(id: &Id) -> Option<&str> {
    let (_, specific) = first_of(id).strip_prefix("tag:")?.split_once(':')?;
    Some(specific)
}

/// An id as it was before its article was announced again.
pub fn first_of(id: &Id) -> &str {
    id.as_str().split(AGAIN).next().unwrap_or(id.as_str())
}

/// Whether an id is another one only because its article asked for that.
pub fn is_announced_again(old: &str, new: &str) -> bool {
    let first = |id: &str| id.split(AGAIN).next().unwrap_or_default().to_owned();
    new.contains(AGAIN) && first(old) == first(new)
}

/// A new name, from the path where the article was first seen: should the ledger be lost, most ids come out again.
pub fn mint(path: &str, authority: &str, taken: impl Fn(&Id) -> bool) -> Option<Id> {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let hash = xxhash_rust::xxh3::xxh3_128(path.as_bytes());
    let token: String = (0..20)
        .map(|digit| char::from(ALPHABET[(hash >> (digit * 5)) as usize % 32]))
        .collect();
    let name = Id::new(&format!("tag:{authority}:{token}"))?;
    if !taken(&name) {
        return Some(name);
    }
    (2u32..)
        .filter_map(|copy| Id::new(&format!("{name}-{copy}")))
        .find(|name| !taken(name))
}

fn encoded(own: &str) -> String {
    let mut out = String::with_capacity(own.len());
    for byte in own.trim().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
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
            shown: None,
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
    fn check(remembered: &[(&str, u128)], now: &[(&str, u128)], elsewhere: &[&str], expected: &[Option<&str>]) {
        let articles: Vec<_> = now
            .iter()
            .map(|(path, fingerprint)| Known {
                path,
                fingerprint: *fingerprint,
                own_id: None,
                link: None,
                title: None,
                published: None,
            })
            .collect();
        assert_eq!(
            recognize(&articles, &ledger(remembered), |path| elsewhere.contains(&path)),
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
    fn a_new_file_under_an_old_name_does_not_take_the_id_of_the_renamed_one() {
        check(&[("a", 1)], &[("a", 2), ("b", 1)], &[], &[None, Some("a")]);
    }

    #[test]
    fn an_id_is_the_articles_own_then_the_ledgers_then_new() {
        let remembered = ledger(&[("a", 1)]);
        let record = remembered.records.get("a");
        let id = |own, record| {
            let id = id(own, None, record, "a", "example.org,2026", |_| false);
            id.unwrap().to_string()
        };
        assert_eq!(id(Some("urn:x:1"), record), "urn:x:1");
        assert_eq!(id(Some("Post 17"), record), "tag:example.org,2026:Post%2017");
        assert_eq!(id(Some("a"), record), "tag:x,2026:a", "the authority is of another day");
        assert_eq!(id(None, record), "tag:x,2026:a");
        let mut imported = record.unwrap().clone();
        imported.id = published_as("post 17", "example.org,2026").unwrap();
        let faces: Vec<&str> = imported.id.faces().collect();
        assert_eq!(faces, ["tag:example.org,2026:post%2017", "post 17"]);
        let kept = super::id(Some("post 17"), None, Some(&imported), "a", "y,2027", |_| false);
        assert_eq!(
            kept.as_ref(),
            Some(&imported.id),
            "its own word is what it was imported under"
        );
        assert!(id(None, None).starts_with("tag:example.org,2026:"));
        assert_eq!(id(None, None), id(None, None));
    }

    #[test]
    fn a_taken_name_is_not_minted_again() {
        let first = id(None, None, None, "a", "x,2026", |_| false).unwrap();
        let second = id(None, None, None, "a", "x,2026", |name| *name == first)
            .unwrap()
            .to_string();
        assert_eq!(second, format!("{first}-2"));
    }

    #[test]
    fn an_announcement_makes_a_new_id_once() {
        let remembered = ledger(&[("a", 1)]);
        let mut record = remembered.records.get("a").unwrap().clone();
        let id = |own, again, record: &Record| id(own, again, Some(record), "a", "x,2026", |_| false).unwrap();
        let second = id(None, Some("2nd edition"), &record);
        assert_eq!(second.as_str(), "tag:x,2026:a#again-2nd%20edition");
        assert!(is_announced_again(record.id.as_str(), second.as_str()));
        record.id = second.clone();
        assert_eq!(
            id(None, Some("2nd edition"), &record),
            second,
            "the same key changes nothing"
        );
        assert_eq!(id(None, None, &record), second, "nor does its removal");
        assert_eq!(id(Some("tag:x,2026:a"), None, &record), second, "whose id it may be");
        let third = id(None, Some("3rd"), &record);
        assert_eq!(third.as_str(), "tag:x,2026:a#again-3rd");
        assert!(is_announced_again(second.as_str(), third.as_str()));
        assert!(!is_announced_again("tag:x,2026:b", third.as_str()));
    }

    /// Path, title, link and day of what is remembered and of what is there now; content never fits.
    #[track_caller]
    fn check_signs(remembered: &[(&str, &str, &str, i64)], now: &[(&str, &str, &str, i64)], expected: &[Option<&str>]) {
        let day = |day: i64| Timestamp::from_unix(1_700_000_000 + day * 86_400).unwrap();
        let mut ledger = ledger(&remembered.iter().map(|it| (it.0, 1)).collect::<Vec<_>>());
        for (path, title, link, published) in remembered {
            ledger.records.get_mut(*path).unwrap().shown = Some(Shown {
                published: day(*published),
                link: format!("https://old.example{link}"),
                title: (*title).to_owned(),
                own_date: None,
                content: None,
                feeds: BTreeMap::new(),
                held: None,
            });
        }
        let links: Vec<String> = now.iter().map(|it| format!("https://new.example{}", it.2)).collect();
        let articles: Vec<_> = now
            .iter()
            .zip(&links)
            .map(|((path, title, _, published), link)| Known {
                path,
                fingerprint: 2,
                own_id: None,
                link: Some(link),
                title: Some(title),
                published: Some(day(*published)),
            })
            .collect();
        assert_eq!(recognize(&articles, &ledger, |_| false), expected);
    }

    #[test]
    fn a_file_that_was_renamed_and_rewritten_is_known_by_its_link_or_by_title_and_date() {
        check_signs(&[("a", "T", "/x/", 1)], &[("b", "New", "/x", 2)], &[Some("a")]);
        check_signs(
            &[("a", "The title", "/a/", 1)],
            &[("b", "the Title!", "/b/", 1)],
            &[Some("a")],
        );
        check_signs(&[("a", "T", "/a/", 1)], &[("b", "T", "/b/", 2)], &[Some("a")]);
        check_signs(&[("a", "T", "/a/", 1)], &[("b", "T", "/b/", 3)], &[None]);
        check_signs(&[("a", "T", "/a/", 1)], &[("b", "U", "/b/", 1)], &[None]);
    }

    #[test]
    fn where_two_could_be_meant_none_is() {
        check_signs(
            &[("a", "T", "/a/", 1), ("b", "T", "/b/", 1)],
            &[("c", "T", "/c/", 1)],
            &[None],
        );
        check_signs(
            &[("a", "T", "/a/", 1)],
            &[("b", "T", "/b/", 1), ("c", "T", "/c/", 1)],
            &[None, None],
        );
        check_signs(
            &[("a", "T", "/a/", 1)],
            &[("a", "T", "/a/", 1), ("b", "T", "/b/", 1)],
            &[Some("a"), None],
        );
    }

    #[test]
    fn a_new_file_under_the_name_of_one_that_moved_is_new() {
        check_signs(
            &[("a", "Old", "/old/", 1)],
            &[("a", "New", "/new/", 5), ("b", "Old, revised", "/old/", 1)],
            &[None, Some("a")],
        );
    }
}
