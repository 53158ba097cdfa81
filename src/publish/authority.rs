//! The authority of new ids: the host and date in `tag:example.org,2026-11-21:…` (RFC 4151).

use crate::{config::Config, error::Error, ledger::Ledger, time::Timestamp, url::is_tag_authority};

/// Returns the configured authority or, if there is none, the ledger's. If the ledger has none either, as in a first
/// build, returns the site's host and the current day.
///
/// The ledger's authority stays in use after the site moves to another host: RFC 4151 requires only that you owned the
/// host on the date in the authority, and ids that do not depend on the current host survive the move.
///
/// # Errors
/// Returns an error if the authority is not valid in a `tag:` URI.
pub(crate) fn authority(config: &Config, ledger: &Ledger, now: Timestamp) -> Result<String, Error> {
    let recorded = ledger
        .authority
        .as_ref()
        .filter(|authority| is_tag_authority(authority));
    let fixed = config.site.id_authority.as_ref().or(recorded);
    let authority = fixed
        .cloned()
        .unwrap_or_else(|| format!("{},{}", config.site.url.host(), &now.rfc3339()[..10]));
    if is_tag_authority(&authority) {
        return Ok(authority);
    }
    Err(Error::Config {
        path: None,
        position: None,
        message: format!("`{authority}` is not a valid authority for ids"),
        help: Some(
            "write a domain and a date on which you owned it, such as `id_authority: example.org,2026`".to_owned(),
        ),
    })
}
