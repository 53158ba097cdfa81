//! JSON Feed 1.0 and 1.1.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use crate::check::grammar::{address, date, language, media_type, number};
use crate::check::html::{Token, Tokens};
use crate::check::json::{self, Kind, Member, Value};
use crate::check::outline::{self, Brief, Depth, Outline, Spot};
use crate::check::report::Collector;
use crate::finding::{Severity, rules};

use super::values::shown;
use super::{addresses, care, dates, html_content, plain_text, values};

rules! { "json_feed":
    NOT_WELL_FORMED   = "json-not-well-formed",      Error,   "not JSON",                                     "RFC 8259";
    LIMIT             = "json-limit-exceeded",       Error,   "nested deeper than anyone reads",              "Feedwright's limits";
    NOT_OBJECT        = "json-feed-not-object",      Error,   "JSON, but no feed",                            "JSON Feed 1.1, Structure";
    ENCODING          = "json-encoding-invalid",     Error,   "not UTF-8",                                    "RFC 8259 section 8.1";
    VERSION_MISSING   = "json-version-missing",      Error,   "no version of JSON Feed",                      "JSON Feed 1.1, version";
    TITLE_MISSING     = "json-title-missing",        Error,   "the feed has no title",                        "JSON Feed 1.1, title";
    ITEMS_MISSING     = "json-items-missing",        Error,   "the feed has no list of items",                "JSON Feed 1.1, items";
    ID_MISSING        = "json-id-missing",           Error,   "an item without an id",                        "JSON Feed 1.1, id";
    ID_NUMBER         = "json-id-not-string",        Warning, "an id that is not a string",                   "JSON Feed 1.1, id";
    ID_DUPLICATE      = "json-id-duplicate",         Error,   "two items with one id",                        "JSON Feed 1.1, id";
    CONTENT_MISSING   = "json-content-missing",      Error,   "an item without content",                      "JSON Feed 1.1, content_html, content_text";
    TYPE_WRONG        = "json-type-wrong",           Error,   "a value of another type",                      "JSON Feed 1.1";
    NAME_DUPLICATE    = "json-name-duplicate",       Error,   "a name twice in one object",                   "RFC 8259 section 4";
    DATE_INVALID      = "json-date-invalid",         Error,   "not a date by RFC 3339",                       "JSON Feed 1.1, date_published";
    AUTHOR_EMPTY      = "json-author-empty",         Warning, "an author who is no one",                      "JSON Feed 1.1, authors";
    AUTHOR_OLD        = "json-author-old",           Advice,  "one author, where version 1.1 has a list",     "JSON Feed 1.1, authors";
    ATTACHMENT        = "json-attachment-invalid",   Error,   "an attachment without address or type",        "JSON Feed 1.1, attachments";
    HUB_INVALID       = "json-hub-invalid",          Warning, "a hub without type or address",                "JSON Feed 1.1, hubs";
    FEED_URL_MISSING  = "json-feed-url-missing",     Advice,  "the feed does not say where it is",            "JSON Feed 1.1, feed_url";
}

/// What a member of the feed, an item, an author or the like must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
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

const FEED: &[(&str, Type)] = &[
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

const ITEM: &[(&str, Type)] = &[
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

const AUTHOR: &[(&str, Type)] = &[("name", Type::Line), ("url", Type::Address), ("avatar", Type::Address)];
const HUB: &[(&str, Type)] = &[("type", Type::Line), ("url", Type::Address)];
const ATTACHMENT_MEMBERS: &[(&str, Type)] = &[
    ("url", Type::Address),
    ("mime_type", Type::Media),
    ("title", Type::Line),
    ("size_in_bytes", Type::Number),
    ("duration_in_seconds", Type::Number),
];

fn find<'v, 't>(members: &'v [Member<'t>], name: &str) -> Option<&'v Value<'t>> {
    members
        .iter()
        .find(|member| member.name == name)
        .map(|member| &member.value)
}

fn string<'v>(members: &'v [Member<'_>], name: &str) -> Option<(&'v str, Range<usize>)> {
    match find(members, name) {
        Some(Value {
            kind: Kind::String(text),
            range,
        }) => Some((text, range.clone())),
        _ => None,
    }
}

/// Checks a document that looks like JSON.
pub(super) fn check(text: &str, report: &mut Collector) {
    let value = match json::read(text) {
        Ok(value) => value,
        Err(fault) => {
            let rule = if fault.is_limit { &LIMIT } else { &NOT_WELL_FORMED };
            report
                .add(rule, fault.at, fault.message)
                .help("write the feed with a JSON library, not with a template")
                .class("SAXError");
            return;
        }
    };
    let Kind::Object(members) = &value.kind else {
        report
            .add(
                &NOT_OBJECT,
                value.range.clone(),
                format!("the document is {}", value.kind_name()),
            )
            .help("a feed is an object with `version`, `title` and `items`");
        return;
    };
    check_members(members, FEED, report);
    check_feed(members, report);
}

fn check_feed(members: &[Member<'_>], report: &mut Collector) {
    let start = members.first().map_or(0..1, |member| member.name_range.clone());
    let version = string(members, "version");
    let is_version = |text: &str| {
        let path = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .unwrap_or("");
        matches!(path, "jsonfeed.org/version/1" | "jsonfeed.org/version/1.1")
    };
    match &version {
        None if find(members, "version").is_none() => {
            report
                .add(&VERSION_MISSING, start.clone(), "the feed has no `version`")
                .help("write `\"version\": \"https://jsonfeed.org/version/1.1\"`");
        }
        Some((text, range)) if !is_version(text) => {
            report
                .add(
                    &VERSION_MISSING,
                    range.clone(),
                    format!("`{}` is not a version of JSON Feed", shown(text)),
                )
                .help("write `https://jsonfeed.org/version/1.1`");
        }
        _ => {}
    }
    if find(members, "title").is_none() {
        report
            .add(&TITLE_MISSING, start.clone(), "the feed has no `title`")
            .help("add one");
    }
    if find(members, "feed_url").is_none() {
        report
            .add(&FEED_URL_MISSING, start.clone(), "the feed has no `feed_url`")
            .help("add it: readers that have the feed as a file find it by this");
    }
    check_author(members, version.is_some_and(|(text, _)| text.ends_with("1.1")), report);
    let Some(items) = find(members, "items") else {
        report
            .add(&ITEMS_MISSING, start, "the feed has no `items`")
            .help("add the list, even if it is empty");
        return;
    };
    if let Some(Kind::Array(hubs)) = find(members, "hubs").map(|hubs| &hubs.kind) {
        for hub in hubs {
            let Kind::Object(hub_members) = &hub.kind else {
                continue;
            };
            check_members(hub_members, HUB, report);
            if find(hub_members, "type").is_none() || find(hub_members, "url").is_none() {
                report
                    .add(&HUB_INVALID, hub.range.clone(), "a hub without `type` or `url`")
                    .help("write `{\"type\": \"WebSub\", \"url\": \"https://…\"}`");
            }
        }
    }
    if let Kind::Array(items) = &items.kind {
        let range = find(members, "items").map_or(0..1, |items| items.range.start..items.range.start + 1);
        check_items(items, members, range, report);
    }
}

fn check_items(items: &[Value<'_>], feed: &[Member<'_>], range: Range<usize>, report: &mut Collector) {
    let mut ids: HashMap<String, ()> = HashMap::new();
    let mut entries = Vec::new();
    let mut kept = Vec::new();
    for item in items {
        let Kind::Object(members) = &item.kind else {
            continue;
        };
        check_members(members, ITEM, report);
        check_item(item, members, &mut ids, report);
        let brief = brief(members);
        if report.depth() == Depth::Others {
            let title = string(members, "title").map(|(text, range)| (outline::plain(text), range));
            kept.push(brief.keep(title, content(members)));
        }
        entries.push(brief);
    }
    let address = |name: &str| string(feed, name).map(|(text, _)| text);
    let (own, home) = (address("feed_url"), address("home_page_url"));
    care::check(&entries, own.or(home), None, range.clone(), report);
    if report.depth() == Depth::Others {
        report.outline = Some(Outline {
            home: home.map(str::to_owned),
            own: own.map(str::to_owned),
            entries: kept,
            range,
        });
    }
}

/// What is compared of an item with the others of its feed.
fn brief<'v>(members: &'v [Member<'_>]) -> Brief<'v> {
    let moment = |name: &str| {
        let (text, range) = string(members, name)?;
        Some((date::rfc3339(text)?.seconds, Spot::Range(range)))
    };
    let text = |name: &str| string(members, name).map(|(text, range)| (Cow::Borrowed(text), Spot::Range(range)));
    Brief {
        id: text("id"),
        link: text("url"),
        published: moment("date_published"),
        updated: moment("date_modified"),
    }
}

/// Stands for all that an item says apart from its dates.
fn content(members: &[Member<'_>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for member in members {
        if let Kind::String(text) = &member.value.kind
            && !member.name.starts_with("date_")
        {
            (&member.name, text).hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn check_item(item: &Value<'_>, members: &[Member<'_>], ids: &mut HashMap<String, ()>, report: &mut Collector) {
    let start = item.range.start..item.range.start + 1;
    match find(members, "id") {
        None => {
            report
                .add(&ID_MISSING, start.clone(), "the item has no `id`")
                .help("add one that never changes: the item's first address");
        }
        Some(id) => match &id.kind {
            Kind::String(text) if text.trim().is_empty() => {
                report
                    .add(&ID_MISSING, id.range.clone(), "the item's `id` is empty")
                    .help("write the item's first address");
            }
            Kind::String(text) => {
                if ids.insert(text.clone().into_owned(), ()).is_some() {
                    report
                        .add(
                            &ID_DUPLICATE,
                            id.range.clone(),
                            format!("another item has the id `{}`", shown(text)),
                        )
                        .help("give each item an id of its own: readers show only one of the two");
                }
            }
            Kind::Number(_) => {
                report
                    .add(&ID_NUMBER, id.range.clone(), "the item's `id` is a number")
                    .help("put it in quotes; readers make a string of it, not all the same one");
            }
            _ => {
                report
                    .add(&TYPE_WRONG, id.range.clone(), format!("`id` is {}", id.kind_name()))
                    .help("write a string");
            }
        },
    }
    if find(members, "content_html").is_none() && find(members, "content_text").is_none() {
        report
            .add(
                &CONTENT_MISSING,
                start,
                "the item has neither `content_html` nor `content_text`",
            )
            .help("add one of them");
    }
    check_author(members, true, report);
    if let Some(Kind::Array(attachments)) = find(members, "attachments").map(|attachments| &attachments.kind) {
        for attachment in attachments {
            let Kind::Object(parts) = &attachment.kind else {
                continue;
            };
            check_members(parts, ATTACHMENT_MEMBERS, report);
            for name in ["url", "mime_type"] {
                if find(parts, name).is_none() {
                    report
                        .add(
                            &ATTACHMENT,
                            attachment.range.start..attachment.range.start + 1,
                            format!("the attachment has no `{name}`"),
                        )
                        .help("add it: without it no reader offers the file");
                }
            }
        }
    }
}

fn check_author(members: &[Member<'_>], is_current: bool, report: &mut Collector) {
    let mut authors: Vec<&Value<'_>> = Vec::new();
    if let Some(Kind::Array(list)) = find(members, "authors").map(|authors| &authors.kind) {
        authors.extend(list);
    }
    if let Some(author) = find(members, "author") {
        if is_current && find(members, "authors").is_none() {
            report
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
            report
                .add(
                    &TYPE_WRONG,
                    author.range.clone(),
                    format!("an author is {}", author.kind_name()),
                )
                .help("write an object with `name`");
            continue;
        };
        check_members(parts, AUTHOR, report);
        if AUTHOR.iter().all(|(name, _)| find(parts, name).is_none()) {
            report
                .add(
                    &AUTHOR_EMPTY,
                    author.range.clone(),
                    "an author without `name`, `url` and `avatar`",
                )
                .help("give at least one of them, or leave the author out");
        }
    }
}

/// Checks the members of an object against what they must be, and that none occurs twice.
fn check_members(members: &[Member<'_>], known: &[(&str, Type)], report: &mut Collector) {
    let mut seen: HashMap<&str, ()> = HashMap::new();
    for member in members {
        if seen.insert(&member.name, ()).is_some() {
            report
                .add(
                    &NAME_DUPLICATE,
                    member.name_range.clone(),
                    format!("another `{}`", shown(&member.name)),
                )
                .help("keep one: readers take the first or the last");
        }
        if let Some((_, wanted)) = known.iter().find(|(name, _)| *name == member.name) {
            check_type(&member.name, &member.value, *wanted, report);
        }
    }
}

fn check_type(name: &str, value: &Value<'_>, wanted: Type, report: &mut Collector) {
    let is_right = match (&value.kind, wanted) {
        (Kind::String(text), _) => {
            let is_text = !matches!(wanted, Type::Number | Type::Flag | Type::Strings | Type::Objects);
            if is_text {
                check_text(name, text, value, wanted, report);
            }
            is_text
        }
        (Kind::Number(text), Type::Number) => {
            if number::decimal(text).is_some_and(|number| number < 0.0) || text.starts_with('-') {
                report
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
            each(name, list, |kind| matches!(kind, Kind::String(_)), "strings", report)
        }
        (Kind::Array(list), Type::Objects) => {
            each(name, list, |kind| matches!(kind, Kind::Object(_)), "objects", report)
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
        report
            .add(
                &TYPE_WRONG,
                value.range.start..value.range.start + 1,
                format!("`{name}` is {}", value.kind_name()),
            )
            .help(format!("write {wanted}"));
    }
}

/// Notes what does not belong in a list; the list itself is right.
fn each(name: &str, list: &[Value<'_>], is_right: fn(&Kind<'_>) -> bool, wanted: &str, report: &mut Collector) -> bool {
    for value in list.iter().filter(|value| !is_right(&value.kind)) {
        report
            .add(
                &TYPE_WRONG,
                value.range.start..value.range.start + 1,
                format!("{} in `{name}`", value.kind_name()),
            )
            .help(format!("`{name}` is a list of {wanted}"));
    }
    true
}

fn check_text(name: &str, text: &str, value: &Value<'_>, wanted: Type, report: &mut Collector) {
    let range = value.range.clone();
    match wanted {
        Type::Address => check_address(name, text, range, report),
        Type::Date => check_date(name, text, range, report),
        Type::Language if !language::is_language(text) => {
            report
                .add(
                    &values::LANGUAGE_INVALID,
                    range,
                    format!("`{name}` is `{}`, not a language tag", shown(text)),
                )
                .help("write it as `en`, `en-US` or `zh-Hant`, with hyphens")
                .severity(Severity::Error);
        }
        Type::Media if !media_type::is_media_type(text) => {
            report
                .add(
                    &values::MEDIA_TYPE_INVALID,
                    range,
                    format!("`{name}` is `{}`, not a media type", shown(text)),
                )
                .help("write a type and a subtype: `audio/mpeg`");
        }
        Type::Html => check_html(text, range, report),
        Type::Line if name == "title" => {
            if let Some(placeholder) = plain_text::placeholder(text) {
                report
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

fn check_address(name: &str, text: &str, range: Range<usize>, report: &mut Collector) {
    let scheme = address::scheme(text).map(str::to_ascii_lowercase);
    match scheme.as_deref() {
        None => {
            report
                .add(
                    &addresses::RELATIVE,
                    range,
                    format!("`{name}` is `{}`, without a scheme", shown(text)),
                )
                .help("write the whole address, from `https://` on");
        }
        Some("javascript" | "vbscript" | "data" | "file") => {
            report
                .add(
                    &addresses::UNSAFE,
                    range,
                    format!("`{name}` is a `{}:` address", scheme.as_deref().unwrap_or("")),
                )
                .help("readers drop it: write an http address");
        }
        Some(_) if address::absolute(text).is_err() => {
            report
                .add(
                    &addresses::INVALID,
                    range,
                    format!("`{name}` is `{}`, not an address", shown(text)),
                )
                .help("write `https://`, the host and the path, and percent-encode spaces");
        }
        Some(_) if addresses::is_local(text) => {
            report
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

fn check_date(name: &str, text: &str, range: Range<usize>, report: &mut Collector) {
    let Some(moment) = date::rfc3339(text) else {
        report
            .add(
                &DATE_INVALID,
                range,
                format!("`{name}` is `{}`, not a date by RFC 3339", shown(text)),
            )
            .help("write it as `2026-03-01T09:00:00+01:00`");
        return;
    };
    if moment.year < 1990 || report.options.now.is_some_and(|now| moment.seconds > now + 2 * 86_400) {
        report
            .add(&dates::DATE_IMPROBABLE, range, format!("`{name}` is `{}`", shown(text)))
            .help("check the year");
    }
}

/// Checks HTML in a string; its places are those of the string, for escapes move everything inside.
fn check_html(html: &str, range: Range<usize>, report: &mut Collector) {
    for token in Tokens::new(html) {
        let Token::Open(tag) = token else {
            continue;
        };
        html_content::check_tag_of_json(&tag, range.clone(), report);
    }
}
