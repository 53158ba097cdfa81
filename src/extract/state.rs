//! Whether an article says that it is not to be published, and until when it is.

use super::{
    Evidence, Name,
    date::from_keys,
    evidence::{Derived, Found, Kind, Origin},
};
use crate::{
    article::Article,
    finding::{Finding, article},
    text::squash,
    time::WrittenDate,
};

/// A path is a convention of Jekyll and Obsidian and not a statement of the author.
const DRAFT_FOLDER: f32 = 0.8;

/// Whether the article says that it is a draft (`true`) or that it is none; `None` if it says nothing.
pub fn draft(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<bool>> {
    let mut found = Found::new();
    for claim in evidence.claims(Name::Draft) {
        let Some(raw) = claim.value.text() else { continue };
        if let Some(is_draft) = reads_as_draft(&squash(&claim.key), &squash(raw)) {
            // Whichever key says "draft" wins: publishing by mistake cannot be undone, waiting can.
            let weight = if is_draft { claim.weight } else { claim.weight - 0.02 };
            let origin = Origin::new(Kind::FrontMatter, claim.key.clone(), claim.line);
            found.add(is_draft, origin, raw, weight);
            if claim.note.is_some() {
                let message = format!("`{}` is read as `draft`", claim.key);
                findings.push(
                    Finding::new(&article::KEY_MISSPELLED, claim.location(), message)
                        .help("write `draft`, or remove it"),
                );
            }
        }
    }
    let path = &evidence.article.path;
    if path
        .split('/')
        .rev()
        .skip(1)
        .any(|folder| matches!(folder, "_drafts" | "drafts" | "_draft"))
    {
        found.add(true, Origin::new(Kind::FileName, "", 0), path, DRAFT_FOLDER);
    }
    found.decide(|is_draft| *is_draft)
}

/// Whether the article says that its last change is not worth telling: `minor: true`.
pub fn minor(article: &Article<'_>) -> bool {
    let said = own_key(article, "minor").map(squash);
    said.is_some_and(|said| matches!(said.as_str(), "true" | "yes" | "on" | "1" | "y"))
}

/// The key under which the article asks to be announced once more: `reannounce: second-edition`.
pub fn reannounce<'a>(article: &'a Article<'_>) -> Option<&'a str> {
    own_key(article, "reannounce").filter(|key| !matches!(squash(key).as_str(), "" | "false" | "no"))
}

/// The value of a key that is ours alone, so that no dialect spells it another way.
fn own_key<'a>(article: &'a Article<'_>, name: &str) -> Option<&'a str> {
    let field = article
        .front_matter
        .fields
        .iter()
        .find(|field| squash(&field.key) == name)?;
    field.value.text().map(str::trim)
}

/// When the article stops being published.
pub fn expires(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<WrittenDate>> {
    let mut found = Found::new();
    from_keys(evidence, Name::Expires, &mut found, findings);
    found.decide(|date| date.date)
}

/// What a key and its value, both squashed, say; a date under `published` says nothing here.
fn reads_as_draft(key: &str, value: &str) -> Option<bool> {
    let truth = match value {
        "true" | "yes" | "on" | "1" | "y" => Some(true),
        "false" | "no" | "off" | "0" | "n" => Some(false),
        _ => None,
    };
    let means_public =
        !key.starts_with("un") && (key.ends_with("publish") || key.ends_with("published") || key == "listed");
    match (truth, value) {
        (Some(truth), _) if !matches!(key, "status" | "visibility") => Some(truth != means_public),
        (_, "draft" | "private" | "pending" | "unpublished" | "hidden" | "wip" | "trash") => Some(true),
        (_, "public" | "publish" | "published" | "live" | "final") => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::reads_as_draft;

    #[test]
    fn keys_and_values_together_say_whether_it_is_a_draft() {
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
