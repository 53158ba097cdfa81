//! An article's state: whether it is a draft, when it expires, and how an update is announced.

use super::{
    Evidence, Target,
    date::from_keys,
    evidence::{CandidateSet, Derived, Origin, OriginKind},
};
use crate::{
    article::Article,
    finding::{Finding, article},
    text::squash,
    time::WrittenDate,
};

/// The weight of a drafts folder. It was set by hand: a folder such as `_drafts` is a convention in Jekyll and
/// Obsidian, but it is less explicit than a key.
const DRAFT_FOLDER: f32 = 0.8;

/// Whether the article is a draft; `None` if the article does not say.
pub fn draft(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<bool>> {
    let mut found = CandidateSet::new();
    for key in evidence.keys_for(Target::Draft) {
        let Some(raw) = key.value.text() else { continue };
        if let Some(is_draft) = reads_as_draft(&squash(&key.path), &squash(raw)) {
            // If two keys are equally reliable, the key that says "draft" wins: a publication cannot be undone, but a
            // draft can still be published.
            let weight = if is_draft { key.weight } else { key.weight - 0.02 };
            found.add_key(is_draft, &key, raw, weight);
            // If the author did not mean `draft`, the article is held back by mistake. It can still be published later,
            // but the author must learn why it is missing.
            if key.note.is_some() {
                let message = format!("`{}` is read as `draft`", key.path);
                findings.push(
                    Finding::new(&article::KEY_MISSPELLED, key.location(), message)
                        .help("write `draft`, or remove the key"),
                );
            }
        }
    }
    let path = &evidence.article.path;
    if path
        .split('/')
        .rev()
        // This skips the file name, because only folders are compared.
        .skip(1)
        .any(|folder| matches!(folder, "_drafts" | "drafts" | "_draft"))
    {
        found.add(true, Origin::new(OriginKind::FileName, "", 0), path, DRAFT_FOLDER);
    }
    found.decide(|is_draft| *is_draft)
}

/// Whether the last change is minor and should not be announced: `minor: true`.
pub fn minor(article: &Article<'_>) -> bool {
    let value = own_key(article, "minor").map(squash);
    value.is_some_and(|value| matches!(value.as_str(), "true" | "yes" | "on" | "1" | "y"))
}

/// The name of the new announcement, if the article should be announced again: `reannounce: second-edition`.
pub fn reannounce<'a>(article: &'a Article<'_>) -> Option<&'a str> {
    own_key(article, "reannounce").filter(|key| !matches!(squash(key).as_str(), "" | "false" | "no"))
}

/// The value of a key that only Feedwright defines. Such a key has no alternative names.
fn own_key<'a>(article: &'a Article<'_>, name: &str) -> Option<&'a str> {
    let field = article
        .front_matter
        .fields
        .iter()
        .find(|field| squash(&field.key) == name)?;
    field.value.text().map(str::trim)
}

/// When the article should be removed from the feeds.
pub fn expires(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<WrittenDate>> {
    let mut found = CandidateSet::new();
    from_keys(evidence, Target::Expires, &mut found, findings);
    found.decide(|date| date.date)
}

/// Whether a key and its value, both squashed, mean that the article is a draft; `None` if they do not say. For
/// example, `published` says nothing about drafts if its value is a date.
fn reads_as_draft(key: &str, value: &str) -> Option<bool> {
    let truth = match value {
        "true" | "yes" | "on" | "1" | "y" => Some(true),
        "false" | "no" | "off" | "0" | "n" => Some(false),
        _ => None,
    };
    // `unpublished: true` means the opposite of `published: true`.
    let means_public =
        !key.starts_with("un") && (key.ends_with("publish") || key.ends_with("published") || key == "listed");
    match (truth, value) {
        (Some(truth), _) if !matches!(key, "status" | "visibility") => Some(truth != means_public),
        // `publish`, `private`, `pending` and `trash` are the names of post statuses in WordPress.
        (_, "draft" | "private" | "pending" | "unpublished" | "hidden" | "wip" | "trash") => Some(true),
        (_, "public" | "publish" | "published" | "live" | "final") => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::reads_as_draft;

    #[test]
    fn key_and_value_together_mark_a_draft() {
        let cases = [
            ("draft", "true", Some(true)),
            ("draft", "false", Some(false)),
            ("published", "false", Some(true)),
            ("published", "true", Some(false)),
            ("published", "20241214", None),
            ("unpublished", "true", Some(true)),
            ("unlisted", "false", Some(false)),
            ("listed", "false", Some(true)),
            ("status", "draft", Some(true)),
            ("status", "published", Some(false)),
            ("status", "active", None),
            ("visibility", "private", Some(true)),
        ];
        for (key, value, expected) in cases {
            assert_eq!(reads_as_draft(key, value), expected, "{key}: {value}");
        }
    }
}
