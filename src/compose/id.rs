//! Chooses the id of an entry: the id that its article declares, the id in the ledger, or a new id.

use crate::{ledger::Record, url::Id};

/// Stands between the original id and the value of the `reannounce` key in the new id that is made from them. The
/// separator starts a fragment, which every URI may have, including a `tag:` URI (RFC 4151 section 2.1).
const REANNOUNCED: &str = "#again-";

/// Chooses an entry's id: the id that its article declares, or else the recorded id, or else a new `tag:` URI (RFC
/// 4151).
///
/// A declared id that is not a URI (`post-17`) becomes the specific part of a `tag:` URI, because RFC 4287 section
/// 4.2.6 requires an IRI. A `reannounce` key turns the chosen id into a new one. The same value of this key always
/// gives the same new id.
///
/// `None` if the authority is not valid in a `tag:` URI.
pub fn choose_id(
    declared: Option<&str>,
    reannounce: Option<&str>,
    record: Option<&Record>,
    path: &str,
    authority: &str,
    is_taken: impl Fn(&Id) -> bool,
) -> Option<Id> {
    let is_plain = declared.is_some_and(|declared| Id::new(declared).is_none());
    let recorded = record.map(|record| &record.id);
    let is_recorded_name = declared
        .zip(recorded)
        .is_some_and(|(declared, recorded)| declared.trim() == recorded.name());
    let declared = declared.and_then(|declared| declared_id(declared, authority));
    let id = match (declared, recorded) {
        // In the first three cases, the recorded id is only another form of the declared id. The recorded id is kept,
        // because readers have already stored it. Case 1: the declared id is the form that the recorded id has in RSS
        // and JSON Feed, for example after an import.
        (Some(_), Some(recorded)) if is_recorded_name => recorded.clone(),
        // Case 2: the recorded id was made from the declared id by a `reannounce` key that may have been removed since.
        (Some(declared), Some(recorded)) if original_id(recorded) == declared.as_str() => recorded.clone(),
        // Case 3: the recorded id is a `tag:` URI made from the declared id under an earlier authority.
        (Some(declared), Some(recorded))
            if is_plain && specific_part(recorded).is_some_and(|it| specific_part(&declared) == Some(it)) =>
        {
            recorded.clone()
        }
        (Some(declared), _) => declared,
        (None, Some(recorded)) => recorded.clone(),
        (None, None) => mint(path, authority, is_taken)?,
    };
    match reannounce {
        // The new id is made from the original id. If it were made from the current id, the values would accumulate,
        // and using the same value again would produce a different id. An imported id is not always a URI, so
        // `from_published` is used: it also accepts ids that are not URIs.
        Some(key) => {
            Id::from_published(&format!("{}{REANNOUNCED}{}", original_id(&id), percent_encode(key))).or(Some(id))
        }
        None => Some(id),
    }
}

/// The id that an article declares. An id that is not a URI becomes the specific part of a `tag:` URI.
pub fn declared_id(written: &str, authority: &str) -> Option<Id> {
    Id::new(written).or_else(|| Id::new(&format!("tag:{authority}:{}", percent_encode(written))))
}

/// An id that another generator published, unchanged byte for byte.
///
/// An id that is not a URI is kept in RSS and JSON Feed, where any string is valid. In Atom, a `tag:` URI that is made
/// from the id is used instead. `None` if the id is not valid in any format.
pub fn imported_id(name: &str, authority: &str) -> Option<Id> {
    Id::new(name).or_else(|| declared_id(name, authority)?.with_name(name))
}

/// `SPECIFIC` in `tag:AUTHORITY:SPECIFIC`.
fn specific_part(id: &Id) -> Option<&str> {
    let (_, specific) = original_id(id).strip_prefix("tag:")?.split_once(':')?;
    Some(specific)
}

/// The id without the part that was added when its article was reannounced.
pub fn original_id(id: &Id) -> &str {
    id.as_str().split(REANNOUNCED).next().unwrap_or(id.as_str())
}

/// Whether an id differs from an older id only because its article was reannounced.
pub fn is_reannounced(old: &str, new: &str) -> bool {
    let original = |id: &str| id.split(REANNOUNCED).next().unwrap_or_default().to_owned();
    new.contains(REANNOUNCED) && original(old) == original(new)
}

/// Makes a new id from the path where the article was first found.
///
/// The id does not depend on randomness or on the time, so that most ids can be made again if both the ledger and the
/// feeds are lost.
pub fn mint(path: &str, authority: &str, is_taken: impl Fn(&Id) -> bool) -> Option<Id> {
    // The hash, alphabet and length must never change. Otherwise, an id that is minted again after the ledger and the
    // feeds are lost would differ from the published id. In addition, `ledger_or_feeds` recognizes Feedwright's ids by
    // their alphabet and length.
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let hash = xxhash_rust::xxh3::xxh3_128(path.as_bytes());
    // The token contains 100 bits of the hash: 20 characters of 5 bits each.
    let token: String = (0..20)
        .map(|digit| char::from(ALPHABET[(hash >> (digit * 5)) as usize % 32]))
        .collect();
    let id = Id::new(&format!("tag:{authority}:{token}"))?;
    if !is_taken(&id) {
        return Some(id);
    }
    // An earlier article at this path was renamed and kept its id, so the new id gets a number.
    (2u32..)
        .filter_map(|copy| Id::new(&format!("{id}-{copy}")))
        .find(|id| !is_taken(id))
}

/// The part of a minted id that was made from the path, and the number that follows; 1 if there is no number.
pub(crate) fn minted_number(id: &str) -> Option<(&str, u32)> {
    minted_authority(id)?;
    let (_, token) = id.rsplit_once(':')?;
    let (first, number) = id.split_at(id.len() - token.len() + 20);
    match number.strip_prefix('-') {
        Some(number) => Some((first, number.parse().ok()?)),
        None => number.is_empty().then_some((first, 1)),
    }
}

/// The authority of an id that was made by [`mint`]. Such an id starts with `tag:AUTHORITY:` and twenty base32
/// characters; a number and the suffix of a reannounced id may follow.
pub(crate) fn minted_authority(id: &str) -> Option<String> {
    let id = id.split(REANNOUNCED).next().unwrap_or(id);
    let (authority, token) = id.strip_prefix("tag:")?.rsplit_once(':')?;
    let (token, number) = token.split_at_checked(20)?;
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let is_minted = token.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
        && (number.is_empty() || number.strip_prefix('-').is_some_and(is_number));
    is_minted.then(|| authority.to_owned())
}

fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.trim().bytes() {
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

    fn record(id: &str) -> Record {
        let day = Timestamp::from_unix(1_700_000_000).unwrap();
        Record {
            id: Id::new(id).unwrap(),
            fingerprint: 1,
            first_seen: day,
            updated: day,
            last_published: None,
        }
    }

    #[test]
    fn a_declared_id_wins_over_the_recorded_one_and_that_over_a_new_one() {
        let recorded = record("tag:x,2026:a");
        let record = Some(&recorded);
        let id = |declared, record| {
            let id = choose_id(declared, None, record, "a", "example.org,2026", |_| false);
            id.unwrap().to_string()
        };
        assert_eq!(id(Some("urn:x:1"), record), "urn:x:1");
        assert_eq!(id(Some("Post 17"), record), "tag:example.org,2026:Post%2017");
        assert_eq!(id(Some("a"), record), "tag:x,2026:a", "made under an earlier authority");
        assert_eq!(id(None, record), "tag:x,2026:a");
        let mut imported = recorded.clone();
        imported.id = imported_id("post 17", "example.org,2026").unwrap();
        let faces: Vec<&str> = imported.id.all_names().collect();
        assert_eq!(faces, ["tag:example.org,2026:post%2017", "post 17"]);
        let kept = choose_id(Some("post 17"), None, Some(&imported), "a", "y,2027", |_| false);
        assert_eq!(
            kept.as_ref(),
            Some(&imported.id),
            "the declared id is the one that was imported"
        );
        assert!(id(None, None).starts_with("tag:example.org,2026:"));
        assert_eq!(id(None, None), id(None, None));
    }

    #[test]
    fn a_taken_id_is_not_minted_again() {
        let first = choose_id(None, None, None, "a", "x,2026", |_| false).unwrap();
        let second = choose_id(None, None, None, "a", "x,2026", |id| *id == first)
            .unwrap()
            .to_string();
        assert_eq!(second, format!("{first}-2"));
    }

    #[test]
    fn each_reannounce_key_makes_one_new_id() {
        let mut record = record("tag:x,2026:a");
        let id =
            |declared, key, record: &Record| choose_id(declared, key, Some(record), "a", "x,2026", |_| false).unwrap();
        let second = id(None, Some("2nd edition"), &record);
        assert_eq!(second.as_str(), "tag:x,2026:a#again-2nd%20edition");
        assert!(is_reannounced(record.id.as_str(), second.as_str()));
        record.id = second.clone();
        assert_eq!(
            id(None, Some("2nd edition"), &record),
            second,
            "the same key changes nothing"
        );
        assert_eq!(id(None, None, &record), second, "nor does removing the key");
        assert_eq!(
            id(Some("tag:x,2026:a"), None, &record),
            second,
            "nor does declaring the original id"
        );
        let third = id(None, Some("3rd"), &record);
        assert_eq!(third.as_str(), "tag:x,2026:a#again-3rd");
        assert!(is_reannounced(second.as_str(), third.as_str()));
        assert!(!is_reannounced("tag:x,2026:b", third.as_str()));
    }
}
