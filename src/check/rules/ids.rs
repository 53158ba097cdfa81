//! Ids: Atom's `id` and RSS's `guid`.

use crate::check::field::Field;
use crate::check::grammar::address::{self, AddressFault};
use crate::check::report::Collector;
use crate::feed::namespace::Ns;
use crate::finding::{Severity, rules};

use super::{addresses, dates};

rules! { "ids":
    GUID_NOT_ADDRESS  = "rss-guid-not-address",  Warning, "the guid is not a URL, although `isPermaLink` is not `false`",  "RSS 2.0, guid", "InvalidHttpGUID";
    GUID_EMPTY        = "rss-guid-empty",        Error,   "the guid is empty",                                             "RSS 2.0, guid", "NotBlank";
    GUID_SHORT_NUMBER = "rss-guid-short-number", Advice,  "the guid is a short number, which other feeds may use too",     "RSS 2.0, guid", "NotSufficientlyUnique";
    ID_NOT_CANONICAL  = "atom-id-not-canonical", Advice,  "the id is not in canonical form",                               "RFC 4287 section 4.2.6.1", "NonCanonicalURI";
    ID_RELATIVE       = "atom-id-relative",      Error,   "the id has no scheme",                                          "RFC 4287 section 4.2.6", "InvalidFullLink";
}

/// Checks an Atom id.
pub(super) fn check_atom(field: &Field<'_, '_>, report: &mut Collector) {
    let text = field.text.trim();
    if text.len() != field.text.len() && !text.is_empty() {
        field
            .add(
                report,
                &dates::DATE_WHITE_SPACE,
                format!("{} has white space around its value", field.name()),
            )
            .help("remove the white space between the tags and the id: ids are compared character by character");
    }
    match address::absolute(text) {
        Err(AddressFault::Relative) => {
            let found = field.add(
                report,
                &ID_RELATIVE,
                format!("{} is `{}`, which has no scheme", field.name(), field.excerpt()),
            );
            found.help("write a full URL, a UUID URN, or a tag URI such as `tag:example.org,2026:spring`");
            // Every reader accepts an id that is only a name, such as Reddit's `t3_1abcde`, and a feed id that is a
            // path, such as Reddit's `/r/knots.rss`. As an entry id, however, a path is not unique: other sites may use
            // the same path.
            if !text.contains('/') || field.element.parent().is_some_and(|parent| parent.is(Ns::ATOM, "feed")) {
                found.severity(Severity::Warning);
            }
            return;
        }
        other => addresses::report_invalid(field, other, report),
    }
    // RFC 4287 section 4.2.6 allows any IRI as an id, but the W3C validator accepts only ASCII.
    if report.is_w3c()
        && let Some(c) = address::first_non_ascii(text).filter(|_| address::absolute(text).is_ok())
    {
        addresses::report_invalid(field, Err(AddressFault::NotAscii(c)), report);
    }
    if address::is_http(text)
        && address::absolute(text).is_ok()
        && let Some(canonical) = address::canonical(text)
    {
        field
            .add(
                report,
                &ID_NOT_CANONICAL,
                format!(
                    "{} is `{}`, which is not in canonical form",
                    field.name(),
                    field.excerpt()
                ),
            )
            .help(format!(
                "write `{canonical}` in new entries, but do not change published ids"
            ));
    }
}

/// Checks an RSS guid.
pub(super) fn check_guid(field: &Field<'_, '_>, report: &mut Collector) {
    let text = field.text.trim();
    // RSS 2.0: the default value of `isPermaLink` is `true`.
    let is_permalink = field
        .element
        .value("isPermaLink")
        .unwrap_or("true")
        .eq_ignore_ascii_case("true");
    if text.is_empty() {
        field
            .add(report, &GUID_EMPTY, "the guid is empty".to_owned())
            .help("write a permanent id, such as the item's original URL");
        if report.is_w3c() && is_permalink {
            field.add(report, &GUID_NOT_ADDRESS, "the guid is not a URL".to_owned());
        }
        return;
    }
    if is_permalink {
        check_permalink(field, text, report);
    }
    // The W3C validator uses the same limit of eight digits.
    if text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        field
            .add(
                report,
                &GUID_SHORT_NUMBER,
                format!("the guid is `{text}`, which other feeds may use too"),
            )
            .help("write the item's URL or a UUID: some readers look up guids across all feeds");
    }
}

fn check_permalink(field: &Field<'_, '_>, text: &str, report: &mut Collector) {
    let class = match address::absolute(text) {
        Ok(()) if address::is_http(text) || address::has_scheme(text, "ftp") => None,
        Ok(()) if ["tag", "urn"].iter().any(|scheme| address::has_scheme(text, scheme)) => Some("InvalidPermalink"),
        // Browsers cannot open URLs with schemes such as `at:` either, but the W3C validator accepts them.
        Ok(()) if address::scheme(text).is_some() && !report.is_w3c() => Some("InvalidPermalink"),
        Ok(()) => None,
        Err(AddressFault::Tag | AddressFault::Urn | AddressFault::Uuid) => Some("InvalidPermalink"),
        Err(_) => Some("InvalidHttpGUID"),
    };
    if let Some(class) = class {
        let found = field.add(
            report,
            &GUID_NOT_ADDRESS,
            format!(
                "the guid `{}` is not a URL, although `isPermaLink` is not `false`",
                field.excerpt()
            ),
        );
        found
            .help("add `isPermaLink=\"false\"`, and do not change the guid itself")
            .class(class);
        // If the item has neither a link nor an enclosure, readers use the guid as its link.
        let has = |name: &str| {
            field
                .element
                .parent()
                .is_some_and(|item| item.child(Ns::NONE, name).is_some())
        };
        if !has("link") && !has("enclosure") {
            found.severity(Severity::Error);
        }
    } else {
        addresses::check_meaning(field, text, report);
    }
}
