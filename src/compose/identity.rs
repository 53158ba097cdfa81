//! Which entry of the ledger an article is: the same wherever its file lies and whatever it is called.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    ledger::{Ledger, Record},
    url::Id,
};

/// An article as the ledger knows it.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Its path, relative to the input folder.
    pub path: &'a str,
    /// [`Article::fingerprint`](crate::article::Article::fingerprint).
    pub fingerprint: u128,
}

/// Finds each article's record: first the one of its path and content, then the one of its content whose file is
/// gone (a rename), then the one of its path (an edit). Gives the path under which the ledger has it.
///
/// `exists` tells whether a file still lies at a path.
pub fn recognize<'l>(
    articles: &[Known<'_>],
    ledger: &'l Ledger,
    exists: impl Fn(&str) -> bool,
) -> Vec<Option<&'l str>> {
    let mut found: Vec<Option<&str>> = vec![None; articles.len()];
    let mut claimed: BTreeSet<&str> = BTreeSet::new();
    let here: BTreeMap<&str, u128> = articles.iter().map(|known| (known.path, known.fingerprint)).collect();

    for (article, found) in articles.iter().zip(&mut found) {
        if let Some((path, record)) = ledger.records.get_key_value(article.path)
            && record.fingerprint == article.fingerprint
        {
            claimed.insert(path);
            *found = Some(path);
        }
    }
    if found.iter().any(Option::is_none) {
        let by_content = ledger.by_fingerprint();
        // A file that lies there with other content has moved away just as well: a chain of renames keeps every id.
        let gone =
            |path: &str, fingerprint: u128| here.get(path).map_or_else(|| !exists(path), |now| *now != fingerprint);
        for (article, found) in articles.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let mut paths = by_content.paths(article.fingerprint);
            if let Some(path) = paths.find(|path| !claimed.contains(path) && gone(path, article.fingerprint)) {
                claimed.insert(path);
                *found = Some(path);
            }
        }
    }
    for (article, found) in articles.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
        if let Some((path, _)) = ledger.records.get_key_value(article.path)
            && claimed.insert(path)
        {
            *found = Some(path);
        }
    }
    found
}

/// The id of an entry: the article's own one wins, then the ledger's, then a new `tag:` URI (RFC 4151).
///
/// An own id that is no URI (`post-17`) becomes the specific part of a `tag:` URI, because Atom ids are URIs.
/// `None` if the authority cannot stand in a URI.
pub fn id(
    own: Option<&str>,
    record: Option<&Record>,
    path: &str,
    authority: &str,
    taken: impl Fn(&Id) -> bool,
) -> Option<Id> {
    let own = own.and_then(|own| Id::new(own).or_else(|| Id::new(&format!("tag:{authority}:{}", encoded(own)))));
    let own = own.or_else(|| record.map(|record| record.id.clone()));
    own.or_else(|| mint(path, authority, taken))
}

/// A new name, from the path where the article was first seen: should the ledger be lost, most ids come out again.
fn mint(path: &str, authority: &str, taken: impl Fn(&Id) -> bool) -> Option<Id> {
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
    use crate::time::Timestamp;

    fn ledger(records: &[(&str, u128)]) -> Ledger {
        let day = Timestamp::from_unix(1_700_000_000).unwrap();
        let record = |path: &str, fingerprint| Record {
            id: Id::new(&format!("tag:x,2026:{path}")).unwrap(),
            fingerprint,
            first_seen: day,
            updated: day,
        };
        let records = records
            .iter()
            .map(|(path, fingerprint)| ((*path).to_owned(), record(path, *fingerprint)))
            .collect();
        Ledger {
            authority: None,
            records,
        }
    }

    #[track_caller]
    fn check(remembered: &[(&str, u128)], now: &[(&str, u128)], elsewhere: &[&str], expected: &[Option<&str>]) {
        let articles: Vec<_> = now
            .iter()
            .map(|(path, fingerprint)| Known {
                path,
                fingerprint: *fingerprint,
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
        let id = |own, record| id(own, record, "a", "example.org,2026", |_| false).unwrap().to_string();
        assert_eq!(id(Some("urn:x:1"), record), "urn:x:1");
        assert_eq!(id(Some("Post 17"), record), "tag:example.org,2026:Post%2017");
        assert_eq!(id(None, record), "tag:x,2026:a");
        assert!(id(None, None).starts_with("tag:example.org,2026:"));
        assert_eq!(id(None, None), id(None, None));
    }

    #[test]
    fn a_taken_name_is_not_minted_again() {
        let first = id(None, None, "a", "x,2026", |_| false).unwrap();
        let second = id(None, None, "a", "x,2026", |name| *name == first)
            .unwrap()
            .to_string();
        assert_eq!(second, format!("{first}-2"));
    }
}
