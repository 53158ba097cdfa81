//! Tag URIs (RFC 4151).

use super::characters;

/// Whether the text is a tag URI (RFC 4151 section 2.1): `tag:example.org,2026-03:name`.
pub(super) fn is_tag(text: &str) -> bool {
    let Some((entity, specific)) = text.strip_prefix("tag:").and_then(|rest| rest.split_once(':')) else {
        return false;
    };
    let Some((authority, date)) = entity.split_once(',') else {
        return false;
    };
    let domain = match authority.split_once('@') {
        Some((user, domain)) => {
            // RFC 4151 section 2.1 allows a much smaller set of characters before the `@` than RFC 5322 allows in
            // e-mail addresses.
            let is_user = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
            if user.is_empty() || !user.bytes().all(is_user) {
                return false;
            }
            domain
        }
        None => authority,
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // RFC 4151 allows a single `#`, which begins the fragment.
    let specific = specific.split_once('#').map_or((specific, ""), |parts| parts);
    let is_specific = |text: &str| {
        characters(text).is_ok()
            && text
                .bytes()
                .all(|byte| byte.is_ascii() && !matches!(byte, b'#' | b'[' | b']'))
    };
    domain.split('.').all(is_label) && is_tag_date(date) && is_specific(specific.0) && is_specific(specific.1)
}

/// Whether the text is a date: `2026`, `2026-03` or `2026-03-01`.
fn is_tag_date(date: &str) -> bool {
    let mut parts = date.split('-');
    let is_number = |part: Option<&str>, length: usize, most: u32| {
        part.is_some_and(|part| {
            part.len() == length
                && part.bytes().all(|byte| byte.is_ascii_digit())
                && part.parse().is_ok_and(|number: u32| number >= 1 && number <= most)
        })
    };
    if !is_number(parts.next(), 4, 9999) {
        return false;
    }
    match (parts.next(), parts.next(), parts.next()) {
        (None, None, None) => true,
        (month, None, None) => is_number(month, 2, 12),
        (month, day, None) => is_number(month, 2, 12) && is_number(day, 2, 31),
        _ => false,
    }
}
