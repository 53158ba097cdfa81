//! URNs (RFC 8141), including UUIDs (RFC 4122).

use super::{AddressFault, characters};

/// Checks a URN (RFC 8141): `urn:isbn:…`.
pub(super) fn check(text: &str) -> Result<(), AddressFault> {
    let Some((namespace, specific)) = text.get(4..).and_then(|rest| rest.split_once(':')) else {
        return Err(AddressFault::Urn);
    };
    if namespace.eq_ignore_ascii_case("uuid") {
        let groups: Vec<&str> = specific.split('-').collect();
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        let is_uuid =
            lengths == [8, 4, 4, 4, 12] && specific.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
        return if is_uuid { Ok(()) } else { Err(AddressFault::Uuid) };
    }
    // The namespace identifier (`NID` in RFC 8141 section 2).
    let is_namespace = (2..=32).contains(&namespace.len())
        && namespace
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !namespace.starts_with('-')
        && !namespace.ends_with('-');
    // Unlike its predecessor, RFC 2141, RFC 8141 allows `/`, `?` and `#`. RFC 8141 does not allow `[`, `]` or non-ASCII
    // characters.
    let is_specific = !specific.is_empty()
        && !specific.starts_with('/')
        && specific.is_ascii()
        && characters(specific).is_ok()
        && !specific.contains(['[', ']']);
    if is_namespace && is_specific {
        Ok(())
    } else {
        Err(AddressFault::Urn)
    }
}
