//! The items of a JSON Feed: each item, and all items together.

use std::collections::HashSet;
use std::ops::Range;

use crate::check::field::excerpt;
use crate::check::outline::EntryFields;
use crate::check::rules::whole_feed;
use crate::feed::json::{Kind, Member, Value};
use crate::feed::{Entry, Feed};

use super::members::{ATTACHMENT_MEMBERS, ITEM};
use super::{ATTACHMENT, CONTENT_MISSING, Checker, ID_DUPLICATE, ID_MISSING, ID_NUMBER, TYPE_WRONG, find};

impl Checker<'_, '_> {
    pub(super) fn check_items(&mut self, items: &[Value<'_>], feed: &[Member<'_>], range: Range<usize>) {
        let mut ids = HashSet::new();
        let mut entries = Vec::new();
        for item in items {
            // `check_members` has already reported an item that is not an object.
            let Kind::Object(members) = &item.kind else {
                continue;
            };
            self.check_members(members, ITEM);
            self.check_item(item, members, &mut ids);
            entries.push(EntryFields::new(&Entry::Json(members)));
        }
        whole_feed::check(&Feed::Json(feed), &entries, range, self.report);
    }

    fn check_item(&mut self, item: &Value<'_>, members: &[Member<'_>], ids: &mut HashSet<String>) {
        let start = item.range.start..item.range.start + 1;
        self.check_id(members, start.clone(), ids);
        if find(members, "content_html").is_none() && find(members, "content_text").is_none() {
            self.report
                .add(
                    &CONTENT_MISSING,
                    start,
                    "the item has neither `content_html` nor `content_text`",
                )
                .help("add `content_html` or `content_text`");
        }
        self.check_old_author(members);
        self.check_authors(members);
        self.check_attachments(members);
    }

    fn check_id(&mut self, members: &[Member<'_>], start: Range<usize>, ids: &mut HashSet<String>) {
        match find(members, "id") {
            None => {
                self.report
                    .add(&ID_MISSING, start, "the item has no `id`")
                    .help("add a permanent id, such as the item's original URL");
            }
            Some(id) => match &id.kind {
                Kind::String(text) if text.trim().is_empty() => {
                    self.report
                        .add(&ID_MISSING, id.range.clone(), "the item's `id` is empty")
                        .help("write a permanent id, such as the item's original URL");
                }
                Kind::String(text) => {
                    if !ids.insert(text.clone().into_owned()) {
                        self.report
                            .add(
                                &ID_DUPLICATE,
                                id.range.clone(),
                                format!("another item has the id `{}`", excerpt(text)),
                            )
                            .help("give each item a unique id: readers show only one of two items with the same id");
                    }
                }
                // JSON Feed, id: readers must convert a number to a string, so the item is usable.
                Kind::Number(_) => {
                    self.report
                        .add(&ID_NUMBER, id.range.clone(), "the item's `id` is a number")
                        .help("put the id in quotes: readers convert numbers to strings in different ways");
                }
                _ => {
                    self.report
                        .add(&TYPE_WRONG, id.range.clone(), format!("`id` is {}", id.kind_name()))
                        .help("write a string");
                }
            },
        }
    }

    fn check_attachments(&mut self, members: &[Member<'_>]) {
        if let Some(Kind::Array(attachments)) = find(members, "attachments").map(|attachments| &attachments.kind) {
            for attachment in attachments {
                let Kind::Object(parts) = &attachment.kind else {
                    continue;
                };
                self.check_members(parts, ATTACHMENT_MEMBERS);
                for name in ["url", "mime_type"] {
                    if find(parts, name).is_none() {
                        self.report
                            .add(
                                &ATTACHMENT,
                                attachment.range.start..attachment.range.start + 1,
                                format!("the attachment has no `{name}`"),
                            )
                            .help(format!("add `{name}`: without it, readers do not offer the file"));
                    }
                }
            }
        }
    }
}
