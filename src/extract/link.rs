//! The permalink: what the article or the page calls its own address, mended where it was mistyped.

use super::{
    Evidence, Name,
    evidence::{Derived, Found, Kind, Origin},
    keys::Claim,
    plain,
};
use crate::{
    article::front_matter::Value,
    finding::{Finding, article},
    url,
};

/// An address that had to be mended, or that looks like a file of the source, is its author's but not surely the page's.
const DOUBTFUL: f32 = 0.75;

/// The article's address, repaired; may be relative to the site.
pub fn link(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<String>> {
    let mut found = Found::new();
    for claim in evidence.claims(Name::Link) {
        from_key(&claim, &mut found, findings);
    }
    found.decide(|a, b| a.trim_end_matches('/') == b.trim_end_matches('/'))
}

fn from_key(claim: &Claim<'_>, found: &mut Found<String>, findings: &mut Vec<Finding>) {
    let raw = match claim.value {
        Value::Scalar { text, .. } => text.as_str(),
        Value::List(items) => items.iter().find_map(Value::text).unwrap_or_default(),
        _ => return,
    };
    let origin = Origin::new(Kind::FrontMatter, claim.key.clone(), claim.line);
    if raw.trim().is_empty() || matches!(raw.trim(), "true" | "false") {
        return;
    }
    if plain::is_placeholder(raw) || has_pattern(raw) {
        found.refuse(origin, raw, "a pattern and not an address");
        return;
    }
    let Some(repaired) = url::repair(raw) else {
        found.refuse(origin, raw, "not an address");
        findings.push(
            Finding::new(
                &article::LINK_INVALID,
                claim.place(),
                format!("`{}` is not an address", raw.trim()),
            )
            .help("write it as https://example.org/path or /path"),
        );
        return;
    };
    let doubts = doubts(&repaired.reference);
    let weight = if repaired.repairs.is_empty() && doubts.is_empty() {
        claim.weight
    } else {
        DOUBTFUL
    };
    if !repaired.repairs.is_empty() {
        let message = format!(
            "`{}` is read as `{}`: {}",
            raw.trim(),
            repaired.reference,
            repaired.repairs.join(", ")
        );
        findings.push(
            Finding::new(&article::LINK_REPAIRED, claim.place(), message)
                .help(format!("write `{}`", repaired.reference)),
        );
    }
    found.add(repaired.reference, origin, raw, weight);
    repaired
        .repairs
        .iter()
        .chain(&doubts)
        .for_each(|note| found.note(*note));
}

/// Jekyll's `/:year/:title/` and Eleventy's `/{{ slug }}/` are rules for addresses.
fn has_pattern(raw: &str) -> bool {
    raw.split('/').any(|part| {
        part.strip_prefix(':')
            .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    })
}

fn doubts(address: &str) -> Vec<&'static str> {
    let mut doubts = Vec::new();
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let ends = |extension: &str| path.len() > extension.len() && path.to_ascii_lowercase().ends_with(extension);
    if ends(".md") || ends(".mdx") || ends(".markdown") {
        doubts.push("the path looks like a source file's");
    }
    let host = address
        .split_once("://")
        .map(|(_, rest)| rest.split(['/', ':', '?']).next().unwrap_or_default());
    if host.is_some_and(|host| host == "localhost" || host == "127.0.0.1" || host.ends_with("example.com")) {
        doubts.push("the host is nobody's public site");
    }
    doubts
}
