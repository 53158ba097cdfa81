//! People: names and e-mail addresses.

use crate::check::grammar::mail::{self, Person};
use crate::check::report::Collector;
use crate::finding::{Severity, rules};

use super::plain_text;
use super::values::Spot;

rules! { "persons":
    PERSON_WITHOUT_MAIL = "rss-person-without-mail",  Warning, "a person without an e-mail address",     "RSS 2.0, author, managingEditor, webMaster", "InvalidContact";
    PERSON_ORDER        = "rss-person-unusual",       Advice,  "a person written in another way",        "RSS Advisory Board profile, author", "EmailFormat";
    PERSON_UNNAMED      = "rss-person-unnamed",       Advice,  "an e-mail address without a name",       "RSS Advisory Board profile, author", "MissingRealName";
    MAIL_INVALID        = "feed-mail-invalid",        Error,   "not an e-mail address",                  "RFC 4287 section 3.2.3; RFC 5322 section 3.4.1", "InvalidAddrSpec";
    NAME_IS_MAIL        = "atom-name-is-mail",        Advice,  "an e-mail address as a name",            "RFC 4287 section 3.2.1", "ContainsEmail";
}

/// Checks a person of RSS.
pub(super) fn check(spot: &Spot<'_, '_>, report: &mut Collector) {
    match mail::person(spot.text) {
        Person::AddressAndName => {}
        Person::Address => {
            spot.add(
                report,
                &PERSON_UNNAMED,
                format!("{} is an address without a name", spot.name()),
            )
            .help("write `jo@example.org (Jo Doe)`");
        }
        Person::Other => {
            spot.add(report, &PERSON_ORDER, format!("{} is `{}`", spot.name(), spot.shown()))
                .help("write `jo@example.org (Jo Doe)`");
        }
        Person::NoAddress => {
            spot.add(
                report,
                &PERSON_WITHOUT_MAIL,
                format!("{} is `{}`, without an e-mail address", spot.name(), spot.shown()),
            )
            .help("write `jo@example.org (Jo Doe)`, or use `dc:creator`, which takes a name alone");
        }
    }
    plain_text::check(spot, "ContainsHTML", report);
}

/// Checks a bare address.
pub(super) fn check_mail(spot: &Spot<'_, '_>, report: &mut Collector) {
    if !mail::is_address(spot.text.trim()) {
        let found = spot.add(
            report,
            &MAIL_INVALID,
            format!("{} is `{}`, not an e-mail address", spot.name(), spot.shown()),
        );
        found.help("write the address alone: `jo@example.org`, or leave the element out");
        // As GitLab writes it for those who show no address.
        if spot.text.trim().is_empty() {
            found.severity(Severity::Warning);
        }
    }
}

/// Checks the name of a person of Atom.
pub(super) fn check_name(spot: &Spot<'_, '_>, report: &mut Collector) {
    if spot
        .text
        .split_whitespace()
        .any(|word| mail::is_address(word.trim_matches(['<', '>', '(', ')'])))
    {
        spot.add(
            report,
            &NAME_IS_MAIL,
            format!("{} holds an e-mail address", spot.name()),
        )
        .help("put it into `email`, or leave it out: it will be read by robots");
    }
    plain_text::check(spot, "ContainsHTML", report);
}
