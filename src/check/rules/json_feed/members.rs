//! Members of objects: what each must be, and what it may say.

use std::collections::HashSet;
use std::ops::Range;

use crate::check::grammar::{address, date, language, media_type, number};
use crate::check::json::{Kind, Member, Value};
use crate::check::rules::values::{self, shown};
use crate::check::rules::{addresses, dates, html_content, plain_text};
use crate::finding::Severity;

use super::{AUTHOR_EMPTY, AUTHOR_OLD, DATE_INVALID, Judge, NAME_DUPLICATE, TYPE_WRONG, find};

/// What a member of the feed, an item, an author or the like must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Line,
    Html,
    Address,
    Date,
    Language,
    Media,
    Number,
    Flag,
    Strings,
    Objects,
}

pub(super) const FEED: &[(&str, Type)] = &[
    ("version", Type::Line),
    ("title", Type::Line),
    ("home_page_url", Type::Address),
    ("feed_url", Type::Address),
    ("description", Type::Line),
    ("user_comment", Type::Line),
    ("next_url", Type::Address),
    ("icon", Type::Address),
    ("favicon", Type::Address),
    ("language", Type::Language),
    ("expired", Type::Flag),
    ("authors", Type::Objects),
    ("hubs", Type::Objects),
    ("items", Type::Objects),
];

pub(super) const ITEM: &[(&str, Type)] = &[
    ("url", Type::Address),
    ("external_url", Type::Address),
    ("title", Type::Line),
    ("content_html", Type::Html),
    ("content_text", Type::Line),
    ("summary", Type::Line),
    ("image", Type::Address),
    ("banner_image", Type::Address),
    ("date_published", Type::Date),
    ("date_modified", Type::Date),
    ("language", Type::Language),
    ("tags", Type::Strings),
    ("authors", Type::Objects),
    ("attachments", Type::Objects),
];

pub(super) const AUTHOR: &[(&str, Type)] = &[("name", Type::Line), ("url", Type::Address), ("avatar", Type::Address)];
pub(super) const HUB: &[(&str, Type)] = &[("type", Type::Line), ("url", Type::Address)];
pub(super) const ATTACHMENT_MEMBERS: &[(&str, Type)] = &[
    ("url", Type::Address),
    ("mime_type", Type::Media),
    ("title", Type::Line),
    ("size_in_bytes", Type::Number),
    ("duration_in_seconds", Type::Number),
];

impl Judge<'_, '_> {
    /// Checks the members of an object against what they must be, and that none occurs twice.
    pub(super) fn check_members(&mut self, members: &[Member<'_>], known: &[(&str, Type)]) {
        let mut seen: HashSet<&str> = HashSet::new();
        for member in members {
            if !seen.insert(&member.name) {
                self.report
                    .add(
                        &NAME_DUPLICATE,
                        member.name_range.clone(),
                        format!("another `{}`", shown(&member.name)),
                    )
                    .help("keep one: readers take the first or the last");
            }
            if let Some((_, wanted)) = known.iter().find(|(name, _)| *name == member.name) {
                self.check_type(&member.name, &member.value, *wanted);
            }
        }
    }

    fn check_type(&mut self, name: &str, value: &Value<'_>, wanted: Type) {
        let is_right = match (&value.kind, wanted) {
            (Kind::String(text), _) => {
                let is_text = !matches!(wanted, Type::Number | Type::Flag | Type::Strings | Type::Objects);
                if is_text {
                    self.check_text(name, text, value, wanted);
                }
                is_text
            }
            (Kind::Number(text), Type::Number) => {
                if number::decimal(text).is_some_and(|number| number < 0.0) || text.starts_with('-') {
                    self.report
                        .add(
                            &values::NUMBER_INVALID,
                            value.range.clone(),
                            format!("`{name}` is `{}`", shown(text)),
                        )
                        .help("write 0 or more");
                }
                true
            }
            (Kind::Bool, Type::Flag) => true,
            (Kind::Array(list), Type::Strings) => {
                self.each(name, list, |kind| matches!(kind, Kind::String(_)), "strings")
            }
            (Kind::Array(list), Type::Objects) => {
                self.each(name, list, |kind| matches!(kind, Kind::Object(_)), "objects")
            }
            _ => false,
        };
        if !is_right {
            let wanted = match wanted {
                Type::Number => "a number",
                Type::Flag => "`true` or `false`",
                Type::Strings | Type::Objects => "an array",
                _ => "a string",
            };
            self.report
                .add(
                    &TYPE_WRONG,
                    value.range.start..value.range.start + 1,
                    format!("`{name}` is {}", value.kind_name()),
                )
                .help(format!("write {wanted}"));
        }
    }

    /// Notes what does not belong in a list; the list itself is right.
    fn each(&mut self, name: &str, list: &[Value<'_>], is_right: fn(&Kind<'_>) -> bool, wanted: &str) -> bool {
        for value in list.iter().filter(|value| !is_right(&value.kind)) {
            self.report
                .add(
                    &TYPE_WRONG,
                    value.range.start..value.range.start + 1,
                    format!("{} in `{name}`", value.kind_name()),
                )
                .help(format!("`{name}` is a list of {wanted}"));
        }
        true
    }

    fn check_text(&mut self, name: &str, text: &str, value: &Value<'_>, wanted: Type) {
        let range = value.range.clone();
        match wanted {
            Type::Address => self.check_address(name, text, range),
            Type::Date => self.check_date(name, text, range),
            Type::Language if !language::is_language(text) => {
                self.report
                    .add(
                        &values::LANGUAGE_INVALID,
                        range,
                        format!("`{name}` is `{}`, not a language tag", shown(text)),
                    )
                    .help("write it as `en`, `en-US` or `zh-Hant`, with hyphens")
                    .severity(Severity::Error);
            }
            Type::Media if !media_type::is_media_type(text) => {
                self.report
                    .add(
                        &values::MEDIA_TYPE_INVALID,
                        range,
                        format!("`{name}` is `{}`, not a media type", shown(text)),
                    )
                    .help("write a type and a subtype: `audio/mpeg`");
            }
            Type::Html => html_content::check_string(self.text, range, text, self.report),
            Type::Line if name == "title" => {
                if let Some(placeholder) = plain_text::placeholder(text) {
                    self.report
                        .add(
                            &plain_text::PLACEHOLDER,
                            range,
                            format!("`title` holds `{}`", shown(placeholder)),
                        )
                        .help("find out why the generator did not fill it in");
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
                        format!("`{name}` is `{}`, without a scheme", shown(text)),
                    )
                    .help("write the whole address, from `https://` on");
            }
            Some("javascript" | "vbscript" | "data" | "file") => {
                self.report
                    .add(
                        &addresses::UNSAFE,
                        range,
                        format!("`{name}` is a `{}:` address", scheme.as_deref().unwrap_or("")),
                    )
                    .help("readers drop it: write an http address");
            }
            Some(_) if address::absolute(text).is_err() => {
                self.report
                    .add(
                        &addresses::INVALID,
                        range,
                        format!("`{name}` is `{}`, not an address", shown(text)),
                    )
                    .help("write `https://`, the host and the path, and percent-encode spaces");
            }
            Some(_) if addresses::is_local(text) => {
                self.report
                    .add(
                        &addresses::LOCAL,
                        range,
                        format!("`{name}` is `{}`, which no reader can reach", shown(text)),
                    )
                    .help("build the feed with the address of the public site");
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
                    format!("`{name}` is `{}`, not a date by RFC 3339", shown(text)),
                )
                .help("write it as `2026-03-01T09:00:00+01:00`");
            return;
        };
        if moment.year < 1990
            || self
                .report
                .options
                .now
                .is_some_and(|now| moment.seconds > now + 2 * 86_400)
        {
            self.report
                .add(&dates::DATE_IMPROBABLE, range, format!("`{name}` is `{}`", shown(text)))
                .help("check the year");
        }
    }

    pub(super) fn check_author(&mut self, members: &[Member<'_>], is_current: bool) {
        let mut authors: Vec<&Value<'_>> = Vec::new();
        if let Some(Kind::Array(list)) = find(members, "authors").map(|authors| &authors.kind) {
            authors.extend(list);
        }
        if let Some(author) = find(members, "author") {
            if is_current && find(members, "authors").is_none() {
                self.report
                    .add(
                        &AUTHOR_OLD,
                        author.range.start..author.range.start + 1,
                        "`author` is of version 1",
                    )
                    .help("write `\"authors\": [{…}]`, and keep `author` beside it for old readers if you like");
            }
            authors.push(author);
        }
        for author in authors {
            let Kind::Object(parts) = &author.kind else {
                self.report
                    .add(
                        &TYPE_WRONG,
                        author.range.clone(),
                        format!("an author is {}", author.kind_name()),
                    )
                    .help("write an object with `name`");
                continue;
            };
            self.check_members(parts, AUTHOR);
            if AUTHOR.iter().all(|(name, _)| find(parts, name).is_none()) {
                self.report
                    .add(
                        &AUTHOR_EMPTY,
                        author.range.clone(),
                        "an author without `name`, `url` and `avatar`",
                    )
                    .help("give at least one of them, or leave the author out");
            }
        }
    }
}
