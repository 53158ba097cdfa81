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

/// The factor for the weights of declared titles on a page whose headline is worded differently. On the 498 labeled
/// HTML pages described in `declared.rs`, 2 of 14 such titles are right.
const BESIDE_A_HEADLINE: f32 = 0.15;

/// Adds the candidates from a page.
pub(super) fn from_page(page: &Page, found: &mut CandidateSet<String>) {
    let graph = Graph::new(page);
    let mut site = SiteNames::new(page, &graph);
    // The banner is added to the site's names first, because these names are then removed from all titles.
    add_linked_banner(page, &mut site);
    let mut declared = declared_titles(page, &graph, &site);
    // Headlines and declared titles depend on each other: the weight of a headline depends on the declared titles, and
    // declared titles are then shortened to the headlines that they contain.
    let headlines = scored_headlines(page, &declared, &site);
    cut_to_headlines(&headlines, &mut declared);
    let best = headlines
        .iter()
        .reduce(|best, other| if other.weight > best.weight { other } else { best });
    // If the best headline is reliable but no declared title contains it, the declared titles were worded for other
    // sites.
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

/// Adds the site's banner to the site's names. The banner is a linked headline that is also the last part of the
/// `title` element. On the 3 labeled pages that have such a headline, it is never the title.
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

/// Shortens declared titles that contain a headline, because the rest is the name of a section or of the site.
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
