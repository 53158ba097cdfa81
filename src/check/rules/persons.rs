//! Persons: names and e-mail addresses.

use crate::check::field::Field;
use crate::check::grammar::mail::{self, Person};
use crate::check::report::Collector;
use crate::finding::{Severity, rules};

use super::plain_text;

rules! { "persons":
    PERSON_WITHOUT_MAIL = "rss-person-without-mail", Warning, "the person has no e-mail address",                         "RSS 2.0, author, managingEditor, webMaster", "InvalidContact";
    PERSON_ORDER        = "rss-person-unusual",      Advice,  "the e-mail address and the name are in an unusual format", "RSS Advisory Board profile, author", "EmailFormat";
    PERSON_UNNAMED      = "rss-person-unnamed",      Advice,  "the person has an e-mail address but no name",             "RSS Advisory Board profile, author", "MissingRealName";
    MAIL_INVALID        = "feed-mail-invalid",       Error,   "the value is not an e-mail address",                       "RFC 4287 section 3.2.3; RFC 5322 section 3.4.1", "InvalidAddrSpec";
    NAME_IS_MAIL        = "atom-name-is-mail",       Advice,  "the name contains an e-mail address",                      "RFC 4287 section 3.2.1", "ContainsEmail";
}

/// Checks a person in RSS: an e-mail address with a name in parentheses.
pub(super) fn check(field: &Field<'_, '_>, report: &mut Collector) {
    match mail::person(field.text) {
        Person::AddressAndName => {}
        Person::Address => {
            field
                .add(
                    report,
                    &PERSON_UNNAMED,
                    format!("{} is an e-mail address without a name", field.name()),
                )
                .help("write `jo@example.org (Jo Doe)`");
        }
        Person::Other => {
            field
                .add(
                    report,
                    &PERSON_ORDER,
                    format!("{} is `{}`, which has an unusual format", field.name(), field.excerpt()),
                )
                .help("write `jo@example.org (Jo Doe)`");
        }
        // Gitea, Lobsters and gorilla/feeds write a name without an address, and most readers show it, so this is only
        // a warning.
        Person::NoAddress => {
            field
                .add(
                    report,
                    &PERSON_WITHOUT_MAIL,
                    format!(
                        "{} is `{}`, which contains no e-mail address",
                        field.name(),
                        field.excerpt()
                    ),
                )
                .help("write `jo@example.org (Jo Doe)`, or use `dc:creator`, which needs only a name");
        }
    }
    plain_text::check(field, "ContainsHTML", report);
}

/// Checks an e-mail address without a name.
pub(super) fn check_mail(field: &Field<'_, '_>, report: &mut Collector) {
    if !mail::is_address(field.text.trim()) {
        let found = field.add(
            report,
            &MAIL_INVALID,
            format!("{} is `{}`, not an e-mail address", field.name(), field.excerpt()),
        );
        found.help("write only the address, `jo@example.org`, or remove the element");
        // GitLab writes an empty element for users who hide their address. Readers accept it, so this is only a
        // warning.
        if field.text.trim().is_empty() {
            found.severity(Severity::Warning);
        }
    }
}

/// Checks the name of an Atom person.
pub(super) fn check_name(field: &Field<'_, '_>, report: &mut Collector) {
    // The address is often in brackets: `Jo Doe <jo@example.org>`.
    if field
        .text
        .split_whitespace()
        .any(|word| mail::is_address(word.trim_matches(['<', '>', '(', ')'])))
    {
        field
            .add(
                report,
                &NAME_IS_MAIL,
                format!("{} contains an e-mail address", field.name()),
            )
            .help("move the address to `email`, or remove it to protect it from spammers");
    }
    plain_text::check(field, "ContainsHTML", report);
}
