//! Ids: Atom's `id` and RSS's `guid`.

use crate::check::grammar::address::{self, AddressFault};
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::finding::{Severity, rules};

use super::values::Spot;
use super::{addresses, dates};

rules! { "ids":
    GUID_NOT_ADDRESS   = "rss-guid-not-address",   Warning, "a guid that says it is an address, and is none", "RSS 2.0, guid", "InvalidHttpGUID";
    GUID_EMPTY         = "rss-guid-empty",         Error,   "a guid without a value",                         "RSS 2.0, guid", "NotBlank";
    GUID_SHORT_NUMBER  = "rss-guid-short-number",  Advice,  "a guid that others may well have too",           "RSS 2.0, guid", "NotSufficientlyUnique";
    ID_NOT_CANONICAL   = "atom-id-not-canonical",  Advice,  "an id that could be written in other ways",      "RFC 4287 section 4.2.6.1", "NonCanonicalURI";
    ID_RELATIVE        = "atom-id-relative",       Error,   "an id that is not a full address",               "RFC 4287 section 4.2.6", "InvalidFullLink";
}

/// Checks an Atom id.
pub(super) fn check_atom(spot: &Spot<'_, '_>, report: &mut Collector) {
    let text = spot.text.trim();
    if text.len() != spot.text.len() && !text.is_empty() {
        spot.add(
            report,
            &dates::DATE_WHITE_SPACE,
            format!("{} has white space around its address", spot.name()),
        )
        .help("ids are compared letter by letter: put it right between the tags");
    }
    match address::absolute(text) {
        Err(AddressFault::Relative) => {
            let found = spot.add(
                report,
                &ID_RELATIVE,
                format!("{} is `{}`, without a scheme", spot.name(), spot.shown()),
            );
            found.help("write a whole address, a tag URI or a UUID: `tag:example.org,2026:spring`");
            // A name such as Reddit's `t3_1abcde` is taken everywhere; a path is that of other sites too.
            if !text.contains('/') || spot.element.parent().is_some_and(|parent| parent.is(Ns::ATOM, "feed")) {
                found.severity(Severity::Warning);
            }
            return;
        }
        other => addresses::report_wrong(spot, other, report),
    }
    if report.is_w3c()
        && let Some(c) = address::first_non_ascii(text).filter(|_| address::absolute(text).is_ok())
    {
        addresses::report_wrong(spot, Err(AddressFault::NotAscii(c)), report);
    }
    if address::is_http(text)
        && address::absolute(text).is_ok()
        && let Some(canonical) = address::canonical(text)
    {
        spot.add(
            report,
            &ID_NOT_CANONICAL,
            format!("{} is `{}`", spot.name(), spot.shown()),
        )
        .help(format!(
            "an id once published stays; for the next one, write `{canonical}`"
        ));
    }
}

/// Checks a guid.
pub(super) fn check_guid(spot: &Spot<'_, '_>, report: &mut Collector) {
    let text = spot.text.trim();
    let is_permalink = spot
        .element
        .value("isPermaLink")
        .unwrap_or("true")
        .eq_ignore_ascii_case("true");
    if text.is_empty() {
        spot.add(report, &GUID_EMPTY, "the guid is empty".to_owned())
            .help("write what names this item for ever: its first address");
        if report.is_w3c() && is_permalink {
            spot.add(report, &GUID_NOT_ADDRESS, "the guid is no address".to_owned());
        }
        return;
    }
    if is_permalink {
        check_permalink(spot, text, report);
    }
    if text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        spot.add(report, &GUID_SHORT_NUMBER, format!("the guid is `{text}`"))
            .help("readers keep guids of all feeds in one place: write the item's address or a UUID");
    }
}

fn check_permalink(spot: &Spot<'_, '_>, text: &str, report: &mut Collector) {
    let wrong = match address::absolute(text) {
        Ok(()) if address::is_http(text) || address::has_scheme(text, "ftp") => None,
        Ok(()) if ["tag", "urn"].iter().any(|scheme| address::has_scheme(text, scheme)) => Some("InvalidPermalink"),
        Ok(()) if address::scheme(text).is_some() && !report.is_w3c() => Some("InvalidPermalink"),
        Ok(()) => None,
        Err(AddressFault::Tag | AddressFault::Urn | AddressFault::Uuid) => Some("InvalidPermalink"),
        Err(_) => Some("InvalidHttpGUID"),
    };
    if let Some(class) = wrong {
        let found = spot.add(
            report,
            &GUID_NOT_ADDRESS,
            format!("the guid `{}` is no address that a browser could open", spot.shown()),
        );
        found
            .help("add `isPermaLink=\"false\"`; the value itself may stay, and should")
            .class(class);
        // With nothing else to open, readers open the guid.
        let has = |name: &str| {
            spot.element
                .parent()
                .is_some_and(|item| item.child(Ns::NONE, name).is_some())
        };
        if !has("link") && !has("enclosure") {
            found.severity(Severity::Error);
        }
    } else {
        addresses::check_meaning(spot, text, report);
    }
}
