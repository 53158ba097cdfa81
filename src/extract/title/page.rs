//! The title of an HTML page: visible headlines and declared titles confirm or contradict each other.

use super::{
    declared::{Declared, declared_titles, split_last},
    headline::{Agreement, MAX_HEADLINES, PART, ScoredHeadline, is_edge, is_part, scored_headlines},
};
use crate::{
    extract::{
        evidence::{CandidateSet, GUESS, Origin, OriginKind},
        json_ld::Graph,
        site::SiteNames,
    },
    page::{Headline, Page},
    text::squash,
};

/// The factor for declared titles next to a headline with another wording: 2 of 14 are right, on the 498 labeled HTML
/// pages that `declared.rs` describes.
const BESIDE_A_HEADLINE: f32 = 0.15;

/// Adds the candidates of a page.
pub(super) fn from_page(page: &Page, found: &mut CandidateSet<String>) {
    let graph = Graph::new(page);
    let mut site = SiteNames::new(page, &graph);
    // First, because the names of the site are cut from all titles.
    add_linked_banner(page, &mut site);
    let mut declared = declared_titles(page, &graph, &site);
    // Each needs the other: headlines are weighed by the declared titles, which are then cut to the headlines in them.
    let headlines = scored_headlines(page, &declared, &site);
    cut_to_headlines(&headlines, &mut declared);
    let best = headlines
        .iter()
        .reduce(|best, other| if other.weight > best.weight { other } else { best });
    // A reliable headline that no declared title contains: those were then worded for other sites.
    let is_reworded = best.is_some_and(|best| best.agreement < Agreement::Edge && best.weight >= GUESS);
    for scored in headlines {
        let key = match scored.headline.level {
            0 => "headline".to_owned(),
            level => format!("h{level}"),
        };
        let origin = Origin::new(OriginKind::Visible, key, scored.headline.line);
        found.add(scored.text, origin, &scored.headline.text, scored.weight);
    }
    for declared in declared {
        let weight = if is_reworded {
            declared.weight * BESIDE_A_HEADLINE
        } else {
            declared.weight
        };
        found.add(declared.text, declared.origin, &declared.raw, weight);
    }
}

/// Adds the site's banner to the names of the site: a linked headline that is also the end of the `title` element. It
/// was the title on none of 3 pages.
fn add_linked_banner(page: &Page, site: &mut SiteNames) {
    let Some((_, tail)) = page.title.as_ref().and_then(|title| split_last(&title.text)) else {
        return;
    };
    let tail = squash(tail);
    let is_banner = |headline: &&Headline| headline.is_link && headline.level == 1 && squash(&headline.text) == tail;
    if let Some(banner) = page.headlines.iter().take(MAX_HEADLINES).find(is_banner) {
        site.add(&banner.text);
    }
}

/// Shortens declared titles that contain a headline: the rest is the name of a section or of the site.
fn cut_to_headlines(headlines: &[ScoredHeadline<'_>], declared: &mut [Declared]) {
    for declared in declared {
        if headlines.iter().any(|scored| squash(&scored.text) == declared.squashed) {
            continue;
        }
        let is_contained = |scored: &&ScoredHeadline<'_>| {
            let squashed = squash(&scored.text);
            match scored.agreement {
                Agreement::Part => scored.weight >= PART && is_part(&squashed, declared),
                Agreement::Edge => is_edge(&squashed, declared),
                _ => false,
            }
        };
        if let Some(scored) = headlines.iter().find(is_contained) {
            declared.text.clone_from(&scored.text);
        }
    }
}
