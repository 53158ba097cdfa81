//! Files offered with an article: an episode, a document.

use super::{
    EnclosureSource, Evidence, Name,
    evidence::{Derived, Found, Kind, Origin},
    keys::{Claim, written},
    plain,
};
use crate::{
    finding::{Finding, article},
    front_matter::{Field, Value},
    text::squash,
    url,
};

/// More files than any entry offers.
const MOST: usize = 20;

/// The files that the front matter offers with the article.
pub fn enclosures(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<Vec<EnclosureSource>>> {
    let mut found = Found::new();
    for claim in evidence.claims(Name::Enclosure) {
        let files = read(&claim, findings);
        if files.is_empty() {
            continue;
        }
        let origin = Origin::new(Kind::FrontMatter, claim.key.clone(), claim.line);
        found.add(files, origin, &written(claim.value), claim.weight);
    }
    let mut derived = found.decide(Vec::clone)?;
    if let [only] = derived.value.as_mut_slice() {
        let text = |name| evidence.keys.first_text(name);
        only.length = only.length.or_else(|| text(Name::EnclosureLength).and_then(length));
        only.media_type = only
            .media_type
            .take()
            .or_else(|| text(Name::EnclosureType).map(str::to_owned));
    }
    Some(derived)
}

fn read(claim: &Claim<'_>, findings: &mut Vec<Finding>) -> Vec<EnclosureSource> {
    let values = match claim.value {
        Value::List(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    let mut files = Vec::new();
    for value in values.iter().take(MOST) {
        match value {
            Value::Scalar { text, .. } if !text.trim().is_empty() => files.extend(of_text(text)),
            Value::Map(fields) => match of_map(fields) {
                Some(file) => files.push(file),
                None => findings.push(
                    Finding::new(
                        &article::ENCLOSURE_INVALID,
                        claim.location(),
                        "an enclosure without an address",
                    )
                    .help("give it a `url`"),
                ),
            },
            _ => {}
        }
    }
    files
}

/// An address, or the lines of WordPress: address, length, type.
fn of_text(text: &str) -> Option<EnclosureSource> {
    let mut parts = text.split_whitespace();
    let first = parts.next()?;
    let is_file = first.contains('/')
        || first
            .rsplit_once('.')
            .is_some_and(|(_, end)| (2..=5).contains(&end.len()));
    if !is_file || plain::is_template(text) {
        return None;
    }
    let second = parts.next().and_then(length);
    // A file name may hold blanks; an address followed by its length does not.
    let src = if second.is_some() { first } else { text.trim() };
    Some(EnclosureSource {
        src: url::repair(src)?.reference,
        length: second,
        media_type: parts.next().filter(|_| second.is_some()).map(str::to_owned),
        title: None,
    })
}

fn of_map(fields: &[Field]) -> Option<EnclosureSource> {
    let get = |names: &[&str]| {
        names.iter().find_map(|name| {
            let field = fields.iter().find(|field| squash(&field.key) == *name)?;
            field.value.text().map(str::trim).filter(|text| !text.is_empty())
        })
    };
    Some(EnclosureSource {
        src: url::repair(get(&["url", "href", "src", "file", "link", "path"])?)?.reference,
        length: get(&["length", "size", "bytes", "sizeinbytes", "filesize"]).and_then(length),
        media_type: get(&["type", "mime", "mimetype", "mediatype", "contenttype"]).map(str::to_owned),
        title: get(&["title", "name"]).map(str::to_owned),
    })
}

/// A number of bytes, also in groups: `12,345,678`.
fn length(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | '_' | '\'' | ' ')).collect();
    digits.parse().ok()
}
