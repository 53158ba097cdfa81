//! The members of the objects in a JSON Feed: their types and values.

use std::collections::HashSet;
use std::ops::Range;

use crate::check::field::excerpt;
use crate::check::grammar::{address, date, language, media_type, number};
use crate::check::rules::{addresses, dates, html_content, plain_text, values};
use crate::feed::json::{Kind, Member, Value};
use crate::finding::Severity;

use super::{AUTHOR_EMPTY, AUTHOR_OLD, Checker, DATE_INVALID, NAME_DUPLICATE, TYPE_WRONG, find};

/// The required type of a member: a JSON type and, for strings, the kind of text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Html,
    Address,
    Date,
    Language,
    Media,
    Number,
    Bool,
    Strings,
    Objects,
}

pub(super) const FEED: &[(&str, Type)] = &[
    ("version", Type::Text),
    ("title", Type::Text),
    ("home_page_url", Type::Address),
    ("feed_url", Type::Address),
    ("description", Type::Text),
    ("user_comment", Type::Text),
    ("next_url", Type::Address),
    ("icon", Type::Address),
    ("favicon", Type::Address),
    ("language", Type::Language),
    ("expired", Type::Bool),
    ("authors", Type::Objects),
    ("hubs", Type::Objects),
    ("items", Type::Objects),
];

pub(super) const ITEM: &[(&str, Type)] = &[
    ("url", Type::Address),
    ("external_url", Type::Address),
    ("title", Type::Text),
    ("content_html", Type::Html),
    ("content_text", Type::Text),
    ("summary", Type::Text),
    ("image", Type::Address),
    ("banner_image", Type::Address),
    ("date_published", Type::Date),
    ("date_modified", Type::Date),
    ("language", Type::Language),
    ("tags", Type::Strings),
    ("authors", Type::Objects),
    ("attachments", Type::Objects),
];

pub(super) const AUTHOR: &[(&str, Type)] = &[("name", Type::Text), ("url", Type::Address), ("avatar", Type::Address)];
pub(super) const HUB: &[(&str, Type)] = &[("type", Type::Text), ("url", Type::Address)];
pub(super) const ATTACHMENT_MEMBERS: &[(&str, Type)] = &[
    ("url", Type::Address),
    ("mime_type", Type::Media),
    ("title", Type::Text),
    ("size_in_bytes", Type::Number),
    ("duration_in_seconds", Type::Number),
];

impl Checker<'_, '_> {
    /// Checks the types and values of an object's members, and that no name occurs twice.
    ///
    /// Members that are not in `types` are extensions and are ignored.
    pub(super) fn check_members(&mut self, members: &[Member<'_>], types: &[(&str, Type)]) {
        let mut names: HashSet<&str> = HashSet::new();
        for member in members {
            if !names.insert(&member.name) {
                self.report
                    .add(
                        &NAME_DUPLICATE,
                        member.name_range.clone(),
                        format!(
                            "the object contains the name `{}` more than once",
                            excerpt(&member.name)
                        ),
                    )
                    .help("remove one, because some readers use the first and others the last");
            }
            if let Some((_, expected)) = types.iter().find(|(name, _)| *name == member.name) {
                self.check_type(&member.name, &member.value, *expected);
            }
        }
    }

    fn check_type(&mut self, name: &str, value: &Value<'_>, expected: Type) {
        let is_type = match (&value.kind, expected) {
            (Kind::String(text), _) => {
                let is_text = !matches!(expected, Type::Number | Type::Bool | Type::Strings | Type::Objects);
                if is_text {
                    self.check_text(name, text, value, expected);
                }
                is_text
            }
            (Kind::Number(text), Type::Number) => {
                // The only numbers are sizes and durations, so no number can be negative. `decimal` does not parse
                // exponents, which JSON allows, so `-1e3` is recognized by its sign.
                if number::decimal(text).is_some_and(|number| number < 0.0) || text.starts_with('-') {
                    self.report
                        .add(
                            &values::NUMBER_INVALID,
                            value.range.clone(),
                            format!("`{name}` is `{}`, a negative number", excerpt(text)),
                        )
                        .help("write 0 or a positive number");
                }
                true
            }
            (Kind::Bool, Type::Bool) => true,
            (Kind::Array(list), Type::Strings) => {
                self.check_array(name, list, |kind| matches!(kind, Kind::String(_)), "strings")
            }
            (Kind::Array(list), Type::Objects) => {
                self.check_array(name, list, |kind| matches!(kind, Kind::Object(_)), "objects")
            }
            _ => false,
        };
        if !is_type {
            let expected = match expected {
                Type::Number => "a number",
                Type::Bool => "`true` or `false`",
                Type::Strings | Type::Objects => "an array",
                _ => "a string",
            };
            self.report
                .add(
                    &TYPE_WRONG,
                    value.range.start..value.range.start + 1,
                    format!("`{name}` is {}", value.kind_name()),
                )
                .help(format!("write {expected}"));
        }
    }

    /// Checks the values of an array; returns `true`, because the array itself has the right type.
    fn check_array(
        &mut self,
        name: &str,
        list: &[Value<'_>],
        is_element: fn(&Kind<'_>) -> bool,
        expected: &str,
    ) -> bool {
        for value in list.iter().filter(|value| !is_element(&value.kind)) {
            self.report
                .add(
                    &TYPE_WRONG,
                    value.range.start..value.range.start + 1,
                    format!("`{name}` contains {}", value.kind_name()),
                )
                .help(format!("write an array of {expected}"));
        }
        true
    }

    fn check_text(&mut self, name: &str, text: &str, value: &Value<'_>, expected: Type) {
        let range = value.range.clone();
        match expected {
            Type::Address => self.check_address(name, text, range),
            Type::Date => self.check_date(name, text, range),
            Type::Language if !language::is_language(text) => {
                self.report
                    .add(
                        &values::LANGUAGE_INVALID,
                        range,
                        format!("`{name}` is `{}`, not a language tag", excerpt(text)),
                    )
                    .help("write it as `en`, `en-US` or `zh-Hant`")
                    .severity(Severity::Error);
            }
            Type::Media if !media_type::is_media_type(text) => {
                self.report
                    .add(
                        &values::MEDIA_TYPE_INVALID,
                        range,
                        format!("`{name}` is `{}`, which is not a media type", excerpt(text)),
                    )
                    .help("write a type and a subtype, such as `audio/mpeg`");
            }
            Type::Html => html_content::check_string(self.text, range, text, self.report),
            Type::Text if name == "title" => {
                if let Some(placeholder) = plain_text::find_placeholder(text) {
                    self.report
                        .add(
                            &plain_text::PLACEHOLDER,
                            range,
                            format!("`title` contains the placeholder `{}`", excerpt(placeholder)),
                        )
                        .help("find out why the generator did not replace it");
                }
            }
            _ => {}
        }
    }

    fn check_address(&mut self, name: &str, text: &str, range: Range<usize>) {
        let scheme = address::scheme(text).map(str::to_ascii_lowercase);
        match scheme.as_deref() {
            None => {
                self.report
                    .add(
                        &addresses::RELATIVE,
                        range,
                        format!("`{name}` is `{}`, a URL without a scheme", excerpt(text)),
                    )
                    .help("write the full URL, starting with `https://`");
            }
            // The scheme is checked before the syntax, because the scheme is what the author has to change.
            Some("javascript" | "vbscript" | "data" | "file") => {
                self.report
                    .add(
                        &addresses::UNSAFE,
                        range,
                        format!("`{name}` is a `{}:` URL", scheme.as_deref().unwrap_or("")),
                    )
                    .help("replace it with an https URL: readers remove the current URL");
            }
            Some(_) if address::absolute(text).is_err() => {
                self.report
                    .add(
                        &addresses::INVALID,
                        range,
                        format!("`{name}` is `{}`, not a valid URL", excerpt(text)),
                    )
                    .help("write the full URL: `https://`, the host and the path, with `%20` for spaces");
            }
            Some(_) if addresses::is_local(text) => {
                self.report
                    .add(
                        &addresses::LOCAL,
                        range,
                        format!("`{name}` is `{}`, which readers cannot reach", excerpt(text)),
                    )
                    .help("build the feed with the site's public URL");
            }
            Some(_) => {}
        }
    }

    fn check_date(&mut self, name: &str, text: &str, range: Range<usize>) {
        let Some(moment) = date::rfc3339(text) else {
            self.report
                .add(
                    &DATE_INVALID,
                    range,
                    format!("`{name}` is `{}`, not an RFC 3339 date", excerpt(text)),
                )
                .help("write it as `2026-03-01T09:00:00+01:00`");
            return;
        };
        if dates::is_improbable(moment, self.report) {
            self.report
                .add(
                    &dates::DATE_IMPROBABLE,
                    range,
                    format!("`{name}` is `{}`, which is before 1990 or in the future", excerpt(text)),
                )
                .help("correct the date");
        }
    }

    /// Reports an `author` member if there is no `authors` member, because `authors` replaced `author` in version 1.1.
    /// If both are present, `author` is for readers such as Feedjira, which support only version 1.
    pub(super) fn check_old_author(&mut self, members: &[Member<'_>]) {
        if let Some(author) = find(members, "author")
            && find(members, "authors").is_none()
        {
            self.report
                .add(
                    &AUTHOR_OLD,
                    author.range.start..author.range.start + 1,
                    "`author` is from version 1; version 1.1 uses `authors`",
                )
                .help("write `\"authors\": [{…}]`; you can keep `author` for readers that support only version 1");
        }
    }

    /// Checks the authors of a feed or an item.
    pub(super) fn check_authors(&mut self, members: &[Member<'_>]) {
        let mut authors: Vec<&Value<'_>> = Vec::new();
        if let Some(Kind::Array(list)) = find(members, "authors").map(|authors| &authors.kind) {
            authors.extend(list);
        }
        authors.extend(find(members, "author"));
        for author in authors {
            let Kind::Object(parts) = &author.kind else {
                self.report
                    .add(
                        &TYPE_WRONG,
                        author.range.clone(),
                        format!("the author is {}", author.kind_name()),
                    )
                    .help("write an object with a `name` member");
                continue;
            };
            self.check_members(parts, AUTHOR);
            if AUTHOR.iter().all(|(name, _)| find(parts, name).is_none()) {
                self.report
                    .add(
                        &AUTHOR_EMPTY,
                        author.range.clone(),
                        "the author has no `name`, `url` or `avatar`",
                    )
                    .help("add at least one of them, or remove the author");
            }
        }
    }
}
