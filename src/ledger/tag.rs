//! New ids: `tag:` URIs (RFC 4151) of the site's authority and a hash of the path where an article was first seen.

use crate::url::Id;

/// 20 characters of 5 bits: among a million articles the chance of a clash is below one in 10¹⁸.
const LENGTH: usize = 20;
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A new id for the article at `path`, none that `is_taken`; `None` if `authority` [is none](is_authority).
///
/// An id is taken where its article moved away and another one came to its old path.
pub fn mint_id(authority: &str, path: &str, is_taken: impl Fn(&Id) -> bool) -> Option<Id> {
    if !is_authority(authority) {
        return None;
    }
    let base = format!("tag:{authority}:{}", name(path));
    let suffixed = (2u64..).map(|number| Id::new(&format!("{base}-{number}")));
    let mut ids = std::iter::once(Id::new(&base)).chain(suffixed).map_while(|id| id);
    ids.find(|id| !is_taken(id))
}

fn name(path: &str) -> String {
    let hash = xxhash_rust::xxh3::xxh3_128(path.as_bytes());
    let digits = (0..LENGTH).map(|at| (hash >> (123 - 5 * at)) as usize % BASE32.len());
    digits.map(|digit| char::from(BASE32[digit])).collect()
}

/// Whether a text is the `authority,date` of `tag:` URIs: a host name or mail address, and a day, month or year.
pub fn is_authority(text: &str) -> bool {
    let Some((name, date)) = text.split_once(',') else {
        return false;
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let (user, host) = name.split_once('@').unwrap_or(("user", name));
    let is_user = !user.is_empty() && user.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    is_user && name.len() <= 254 && host.split('.').all(is_label) && is_date(date)
}

/// `2026`, `2026-11` or `2026-11-21`.
fn is_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return false,
    };
    whole.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && chrono::NaiveDate::parse_from_str(&whole, "%Y-%m-%d").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_from_authority_and_path_alone() {
        let id = mint_id("example.org,2026-11-21", "posts/spring.md", |_| false).unwrap();
        assert_eq!(id.as_str(), "tag:example.org,2026-11-21:wypdyfc73ci5nsdc2olw");
        assert_eq!(mint_id("no authority", "posts/spring.md", |_| false), None);
    }

    #[test]
    fn a_taken_id_gets_a_number() {
        let first = mint_id("example.org,2026", "a.md", |_| false).unwrap();
        let second = mint_id("example.org,2026", "a.md", |id| *id == first).unwrap();
        let third = mint_id("example.org,2026", "a.md", |id| *id == first || *id == second).unwrap();
        assert_eq!(second.as_str(), format!("{first}-2"));
        assert_eq!(third.as_str(), format!("{first}-3"));
    }

    #[test]
    fn an_authority_is_a_name_and_a_date() {
        for (text, valid) in [
            ("example.org,2026-11-21", true),
            ("ada.l@example.org,2026-11", true),
            ("localhost,2026", true),
            ("example.org", false),
            ("example.org,", false),
            ("example.org,26", false),
            ("example.org,2026-13-01", false),
            ("example.org,2026-+1-01", false),
            (",2026", false),
            ("@example.org,2026", false),
            ("exa mple.org,2026", false),
            ("-example.org,2026", false),
            ("example..org,2026", false),
            ("bücher.example,2026", false),
        ] {
            assert_eq!(is_authority(text), valid, "{text}");
        }
    }
}
