//! The permalink: what the article or the page calls its own address, mended where it was mistyped.

use super::{
    Evidence, Name,
    evidence::{Derived, Found, Kind, Origin},
    json_ld::{self, Graph, Subject},
    keys::Claim,
    page_meta, plain,
};
use crate::{
    article::Kind as Body,
    finding::{Finding, article},
    front_matter::Value,
    page::Page,
    text::squash,
    url,
};

/// An address that had to be mended, or that looks like a file of the source, is its author's but not surely the page's.
const DOUBTFUL: f32 = 0.75;

/// The article's address, repaired; may be relative to the site.
pub fn link(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<String>> {
    let mut found = Found::new();
    let mut refused = Vec::new();
    for claim in evidence.claims(Name::Link) {
        from_key(&claim, &mut found, findings, &mut refused);
    }
    // A second key that cannot be used does no harm beside one that can.
    if found.candidates.is_empty() {
        findings.extend(refused.into_iter().next());
    }
    if evidence.article.kind == Body::Html {
        from_page(evidence.article.page(), &mut found);
    }
    found.decide(|link| link.trim_end_matches('/').to_owned())
}

/// The last part of the address that the front matter asks for.
pub fn slug(evidence: &Evidence<'_>) -> Option<String> {
    let claims = evidence.claims(Name::Path);
    let is_slug = |claim: &&Claim<'_>| claim.note.is_none() && squash(&claim.key).ends_with("slug");
    let slug = claims.iter().find(is_slug)?.value.text()?.trim().trim_matches('/');
    let is_one_part =
        !slug.is_empty() && !slug.contains(['/', '\\']) && !has_pattern(slug) && !plain::is_placeholder(slug);
    (is_one_part && !plain::is_template(slug)).then(|| slug.to_owned())
}

fn from_key(claim: &Claim<'_>, found: &mut Found<String>, findings: &mut Vec<Finding>, invalid: &mut Vec<Finding>) {
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
    // What a slip of the finger cannot have written is not mended.
    let is_forged = raw.trim().contains(char::is_control) || raw.contains(":///");
    let Some(repaired) = url::repair(raw).filter(|_| !is_forged) else {
        found.refuse(origin, raw, "not an address");
        invalid.push(
            Finding::new(
                &article::LINK_INVALID,
                claim.location(),
                format!("`{}` is not an address", raw.trim().escape_debug()),
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
            Finding::new(&article::LINK_REPAIRED, claim.location(), message)
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

// How often each is the address that the page was fetched from (html_real). The rest has moved
// since, or was fetched by another of its addresses.

/// 318 of 376. It is made to say which address is the right one, so it goes before the others.
const CANONICAL: f32 = 0.87;
/// 306 of 353.
const OG_URL: f32 = 0.867;
/// 182 of 215.
const ADDRESS_LD: f32 = 0.847;

fn from_page(page: &Page, found: &mut Found<String>) {
    let mut add = |raw: &str, origin: Origin, weight: f32| {
        let relative = !raw.contains("://");
        match url::repair(raw) {
            Some(repaired) if !raw.trim().is_empty() && !has_pattern(raw) => {
                // A page that is published knows its host; a relative address there is a template's slip.
                let weight = if relative { weight - 0.2 } else { weight };
                found.add(repaired.reference, origin, raw, weight);
                repaired.repairs.iter().for_each(|note| found.note(*note));
            }
            _ => found.refuse(origin, raw, "not an address"),
        }
    };
    if let Some(canonical) = &page.canonical {
        add(
            &canonical.text,
            Origin::new(Kind::Head, "canonical", canonical.line),
            CANONICAL,
        );
    }
    for meta in page_meta(page, "og:url").take(1) {
        add(&meta.content, Origin::new(Kind::Head, "og:url", meta.line), OG_URL);
    }
    let graph = Graph::of(page);
    for node in graph.about(Subject::Article).chain(graph.about(Subject::Page)).take(4) {
        for key in ["url", "mainEntityOfPage"] {
            if let Some(text) = node
                .fields
                .get(key)
                .and_then(json_ld::text)
                .filter(|text| text.contains("://"))
            {
                add(text, Origin::new(Kind::StructuredData, key, node.line), ADDRESS_LD);
            }
        }
    }
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
