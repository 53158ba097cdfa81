//! JSON Feed 1.0 and 1.1.

mod items;
mod members;

use std::ops::Range;

use crate::check::field::excerpt;
use crate::check::report::Collector;
use crate::feed::json::{self, Kind, Member, Value};
use crate::finding::rules;

use members::{FEED, HUB};

rules! { "json_feed":
    NOT_WELL_FORMED  = "json-not-well-formed",    Error,   "the document is not valid JSON",              "RFC 8259";
    LIMIT            = "json-limit-exceeded",     Error,   "the JSON exceeds a limit of the parser",        "Feedwright's limits";
    NOT_OBJECT       = "json-feed-not-object",    Error,   "the document is not a JSON object",           "JSON Feed 1.1, Structure";
    ENCODING         = "json-encoding-invalid",   Error,   "the JSON is not encoded in UTF-8",            "RFC 8259 section 8.1";
    VERSION_MISSING  = "json-version-missing",    Error,   "the feed has no valid JSON Feed version",     "JSON Feed 1.1, version";
    TITLE_MISSING    = "json-title-missing",      Error,   "the feed has no title",                       "JSON Feed 1.1, title";
    ITEMS_MISSING    = "json-items-missing",      Error,   "the feed has no `items`",                     "JSON Feed 1.1, items";
    ID_MISSING       = "json-id-missing",         Error,   "the item has no id",                          "JSON Feed 1.1, id";
    ID_NUMBER        = "json-id-not-string",      Warning, "the item's id is not a string",               "JSON Feed 1.1, id";
    ID_DUPLICATE     = "json-id-duplicate",       Error,   "two items have the same id",                  "JSON Feed 1.1, id";
    CONTENT_MISSING  = "json-content-missing",    Error,   "the item has no content",                     "JSON Feed 1.1, content_html, content_text";
    TYPE_WRONG       = "json-type-wrong",         Error,   "the value has the wrong type",                "JSON Feed 1.1";
    NAME_DUPLICATE   = "json-name-duplicate",     Error,   "an object contains the same name twice",      "RFC 8259 section 4";
    DATE_INVALID     = "json-date-invalid",       Error,   "the date is not an RFC 3339 date",            "JSON Feed 1.1, date_published";
    AUTHOR_EMPTY     = "json-author-empty",       Warning, "the author has no name, URL or avatar",       "JSON Feed 1.1, authors";
    AUTHOR_OLD       = "json-author-old",         Advice,  "the author is in the form used by version 1", "JSON Feed 1.1, authors";
    ATTACHMENT       = "json-attachment-invalid", Error,   "the attachment lacks a URL or a type",        "JSON Feed 1.1, attachments";
    HUB_INVALID      = "json-hub-invalid",        Warning, "the hub lacks a type or a URL",               "JSON Feed 1.1, hubs";
    FEED_URL_MISSING = "json-feed-url-missing",   Advice,  "the feed does not contain its own URL",       "JSON Feed 1.1, feed_url";
}

/// The value of the member with this name.
fn find<'v, 't>(members: &'v [Member<'t>], name: &str) -> Option<&'v Value<'t>> {
    members
        .iter()
        .find(|member| member.name == name)
        .map(|member| &member.value)
}

/// The string in the member with this name, and its range. `None` if the member is missing or its value is not a
/// string.
fn string<'v>(members: &'v [Member<'_>], name: &str) -> Option<(&'v str, Range<usize>)> {
    match find(members, name) {
        Some(Value {
            kind: Kind::String(text),
            range,
        }) => Some((text, range.clone())),
        _ => None,
    }
}

/// A feed that is being checked: its text and its report.
struct Checker<'t, 'r> {
    text: &'t str,
    report: &'r mut Collector,
}

/// Checks a document that starts like JSON.
pub(super) fn check(text: &str, report: &mut Collector) {
    let value = match json::read(text) {
        Ok(value) => value,
        Err(fault) => {
            let rule = if fault.is_limit { &LIMIT } else { &NOT_WELL_FORMED };
            report
                .add(rule, fault.at, fault.message)
                .help("write the feed with a JSON library instead of a text template")
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
            .help("write an object with `version`, `title` and `items`");
        return;
    };
    let mut checker = Checker { text, report };
    checker.check_members(members, FEED);
    checker.check_feed(members);
}

impl Checker<'_, '_> {
    fn check_feed(&mut self, members: &[Member<'_>]) {
        // A missing member has no location, so it is reported at the first member.
        let start = members.first().map_or(0..1, |member| member.name_range.clone());
        self.check_version(members, start.clone());
        if find(members, "title").is_none() {
            self.report
                .add(&TITLE_MISSING, start.clone(), "the feed has no `title`")
                .help("add `title`");
        }
        if find(members, "feed_url").is_none() {
            self.report
                .add(&FEED_URL_MISSING, start.clone(), "the feed has no `feed_url`")
                .help("add the feed's URL: otherwise, a reader that received the feed as a file does not know the URL");
        }
        let version = string(members, "version");
        // Version 1 defines `author` but not `authors`, so `author` is not reported in a feed of version 1.
        if version.is_some_and(|(text, _)| text.ends_with("1.1")) {
            self.check_old_author(members);
        }
        self.check_authors(members);
        let Some(items) = find(members, "items") else {
            self.report
                .add(&ITEMS_MISSING, start, "the feed has no `items`")
                .help("add `items`, even if the array is empty");
            return;
        };
        self.check_hubs(members);
        if let Kind::Array(items) = &items.kind {
            // The range is only the opening bracket, because the whole array would cover nearly the entire document.
            let range = find(members, "items").map_or(0..1, |items| items.range.start..items.range.start + 1);
            self.check_items(items, members, range);
        }
    }

    fn check_version(&mut self, members: &[Member<'_>], start: Range<usize>) {
        let is_version = |text: &str| {
            let path = text
                .strip_prefix("https://")
                .or_else(|| text.strip_prefix("http://"))
                .unwrap_or("");
            matches!(path, "jsonfeed.org/version/1" | "jsonfeed.org/version/1.1")
        };
        match string(members, "version") {
            None if find(members, "version").is_none() => {
                self.report
                    .add(&VERSION_MISSING, start, "the feed has no `version`")
                    .help("write `\"version\": \"https://jsonfeed.org/version/1.1\"`");
            }
            Some((text, range)) if !is_version(text) => {
                self.report
                    .add(
                        &VERSION_MISSING,
                        range,
                        format!("there is no JSON Feed version `{}`", excerpt(text)),
                    )
                    .help("write `https://jsonfeed.org/version/1.1`");
            }
            // `check_members` has already reported a version that is not a string.
            _ => {}
        }
    }

    fn check_hubs(&mut self, members: &[Member<'_>]) {
        if let Some(Kind::Array(hubs)) = find(members, "hubs").map(|hubs| &hubs.kind) {
            for hub in hubs {
                // `check_members` has already reported a hub that is not an object.
                let Kind::Object(hub_members) = &hub.kind else {
                    continue;
                };
                self.check_members(hub_members, HUB);
                if find(hub_members, "type").is_none() || find(hub_members, "url").is_none() {
                    self.report
                        .add(&HUB_INVALID, hub.range.clone(), "the hub lacks a `type` or a `url`")
                        .help("write `{\"type\": \"WebSub\", \"url\": \"https://…\"}`");
                }
            }
        }
    }
}
