//! Attached files, such as podcast episodes and documents.

use super::{
    EnclosureSource, Evidence, Target,
    evidence::{CandidateSet, Derived},
    keys::{MatchedKey, display_value},
    plain,
};
use crate::{
    finding::{Finding, article},
    front_matter::{Field, Value},
    text::squash,
    url,
};

/// The maximum number of files under one key. Further files are ignored.
const MAX_FILES: usize = 20;

/// The files that the front matter attaches to the article.
pub fn enclosures(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<Vec<EnclosureSource>>> {
    let mut found = CandidateSet::new();
    for key in evidence.keys_for(Target::Enclosure) {
        let files = read(&key, findings);
        if files.is_empty() {
            continue;
        }
        found.add_key(files, &key, &display_value(key.value), key.weight);
    }
    let mut derived = found.decide(Vec::clone)?;
    // If there are several files, nothing shows which file the length and the type belong to.
    if let [only] = derived.value.as_mut_slice() {
        let text = |name| evidence.keys.first_text(name);
        only.length = only.length.or_else(|| text(Target::EnclosureLength).and_then(length));
        only.media_type = only
            .media_type
            .take()
            .or_else(|| text(Target::EnclosureType).map(str::to_owned));
    }
    Some(derived)
}

fn read(key: &MatchedKey<'_>, findings: &mut Vec<Finding>) -> Vec<EnclosureSource> {
    let values = match key.value {
        Value::List(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    let mut files = Vec::new();
    for value in values.iter().take(MAX_FILES) {
        match value {
            Value::Scalar { text, .. } if !text.trim().is_empty() => files.extend(parse_text(text)),
            Value::Map(fields) => match from_map(fields) {
                Some(file) => files.push(file),
                None => findings.push(
                    Finding::new(&article::ENCLOSURE_INVALID, key.location(), "an enclosure has no URL")
                        .help("add a `url` to the enclosure"),
                ),
            },
            _ => {}
        }
    }
    files
}

/// Parses an address, or the three lines that WordPress writes: address, length and type.
fn parse_text(text: &str) -> Option<EnclosureSource> {
    let mut parts = text.split_whitespace();
    let first = parts.next()?;
    // `audio: yes` and `download: true` are flags, not addresses.
    let is_file = first.contains('/')
        || first
            .rsplit_once('.')
            .is_some_and(|(_, end)| (2..=5).contains(&end.len()));
    if !is_file || plain::is_template(text) {
        return None;
    }
    let second = parts.next().and_then(length);
    // If the second word is not a length, the whole text is the address: a file name may contain spaces.
    let src = if second.is_some() { first } else { text.trim() };
    Some(EnclosureSource {
        src: url::repair(src)?.reference,
        length: second,
        media_type: parts.next().filter(|_| second.is_some()).map(str::to_owned),
        title: None,
    })
}

fn from_map(fields: &[Field]) -> Option<EnclosureSource> {
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

/// Parses a number of bytes, with or without thousands separators: `12,345,678`.
fn length(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | '_' | '\'' | ' ')).collect();
    digits.parse().ok()
}
