//! Weighs the visible headlines that may be the title, by their position and by how closely they agree with the
//! declared titles.
//!
//! Not every visible headline is the title: it may be a kicker (a short label above the real headline), the site's
//! banner, or the headline of another article. A first-level headline that the page also declares as its title is right
//! in 94% of cases.

use super::declared::{Declared, without_date};
use crate::{
    extract::{plain, site::SiteNames},
    page::{Headline, Page},
    text::{collapse, squash},
};

/// Further headlines are ignored.
pub(super) const MAX_HEADLINES: usize = 80;

/// How closely a headline agrees with the declared titles. The closest agreement comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// The headline and each declared title share less than a fifth of their words.
    Nothing,
    /// The headline and a declared title share at least a fifth of their words.
    SomeWords,
    /// The headline and a declared title share at least half of their words, so one is a rewording of the other.
    MostWords,
    /// A declared title starts or ends with the headline.
    Edge,
    /// The headline is one part of a declared title, or several consecutive parts. Separators divide a title into
    /// parts.
    Part,
    /// The headline equals a declared title.
    Equal,
}

/// A headline that may be the title.
pub(super) struct ScoredHeadline<'p> {
    pub(super) headline: &'p Headline,
    /// The text, without the site's name, a date or a kicker.
    pub(super) text: String,
    pub(super) agreement: Agreement,
    pub(super) weight: f32,
}

/// The headlines that may be the title, in document order.
pub(super) fn scored_headlines<'p>(page: &'p Page, declared: &[Declared], site: &SiteNames) -> Vec<ScoredHeadline<'p>> {
    let headlines = || page.headlines.iter().take(MAX_HEADLINES);
    // Some themes put the headline in a box with a class such as `sidebar`. If every first-level headline is in such a
    // box, the class does not mean boilerplate.
    let all_boilerplate = headlines().all(|h| h.level != 1 || h.is_link || h.in_boilerplate);
    let is_boilerplate = |h: &Headline| h.in_boilerplate && !(h.level == 1 && all_boilerplate);
    let first = headlines().position(|headline| !is_boilerplate(headline));
    // If the first headline is a link, it is the title in only 3 of 27 cases, so it is treated as the site's banner. If
    // the page declares titles, those titles show which headline is right, so this assumption is not needed.
    let is_banner = |at: usize, h: &Headline| declared.is_empty() && h.is_link && h.level == 1 && Some(at) == first;
    let is_top = |(at, h): &(usize, &Headline)| h.level == 1 && !is_boilerplate(h) && !is_banner(*at, h);
    let tops = headlines().enumerate().filter(is_top).count();
    let mut is_first = true;
    let mut is_first_below = true;
    let mut scored = Vec::new();
    for (at, headline) in headlines().enumerate() {
        let text = plain::without_breaks(&collapse(&headline.text));
        let text = without_kicker(site.strip(&text), declared);
        let agreement = agreement(text, headline, declared);
        let is_boilerplate = is_boilerplate(headline);
        let weight = match agreement {
            _ if !text.contains(char::is_alphanumeric) => continue,
            Agreement::Equal => equal(headline, is_boilerplate),
            _ if is_boilerplate => continue,
            Agreement::Part if headline.is_link && headline.level != 2 => LINKED_PART,
            Agreement::Part => PART,
            Agreement::Edge => EDGE,
            _ if site.is_site(text) || is_filler(text) || is_banner(at, headline) => BANNER,
            _ if headline.level == 1 && declared.is_empty() => h1_without_declared(headline, tops),
            _ if headline.level == 1 && tops == 1 => only_h1(text, agreement),
            Agreement::MostWords if std::mem::take(&mut is_first) => FIRST_REWORDED,
            _ if headline.level == 1 && std::mem::take(&mut is_first) => FIRST_OF_SEVERAL,
            _ if headline.level != 1 && std::mem::take(&mut is_first_below) => {
                if declared.is_empty() && tops == 0 {
                    OPENING
                } else {
                    FIRST_BELOW
                }
            }
            _ => continue,
        };
        scored.push(ScoredHeadline {
            headline,
            text: text.to_owned(),
            agreement,
            weight,
        });
    }
    prefer_longest_part(&mut scored);
    scored
}

/// If a page declares `Section - Headline` and shows both parts as headlines, the longer part is the title.
fn prefer_longest_part(headlines: &mut [ScoredHeadline<'_>]) {
    let is_part = |scored: &ScoredHeadline<'_>| scored.agreement == Agreement::Part && scored.weight >= PART;
    let longest = headlines
        .iter()
        .filter(|scored| is_part(scored))
        .map(|scored| scored.text.len())
        .max();
    for scored in headlines {
        if is_part(scored) && Some(scored.text.len()) < longest {
            scored.weight = SHORTER_PART;
        }
    }
}

// How often each kind of headline is the title, counted on the labeled HTML pages described in `declared.rs`. For
// example, `193 of 205` means that 193 of the 205 headlines of this kind are the title. If a kind has only a few
// headlines, its weight is below 1 even if all of them are the title.

/// The weight of a headline that is also a declared title.
fn equal(headline: &Headline, is_boilerplate: bool) -> f32 {
    match headline.level {
        // 28 of 32. Most of these headlines are the last part of the breadcrumbs.
        _ if is_boilerplate => 0.875,
        // 193 of 205
        1 => 0.941,
        // 34 of 35
        _ if headline.itemprop || headline.title_class => 0.97,
        // 18 of 22
        _ => 0.82,
    }
}
/// The weight of a headline that is part of a declared title: 24 of 27 are right.
pub(super) const PART: f32 = 0.89;
/// The weight of a headline that is part of a declared title and is a link: 1 of 8 is right. The others link to the
/// page's section or to another page. An `h2` is exempt, because on blogs, an `h2` headline often links to its own
/// post.
const LINKED_PART: f32 = 0.13;
/// The weight of a headline that is part of a declared title, if a longer part is also shown as a headline. In that
/// case, the shorter part is the name of the section.
const SHORTER_PART: f32 = 0.4;
/// The weight of a headline that is the start or the end of a declared title: 6 of 6 are right.
const EDGE: f32 = 0.9;

/// The weight of the only first-level headline, if its wording differs from that of the declared titles.
fn only_h1(text: &str, agreement: Agreement) -> f32 {
    match agreement {
        // Right on 7 of 8 pages. Pages that are fixtures from a test suite were not counted.
        Agreement::MostWords | Agreement::SomeWords => 0.875,
        // Right on 1 of 4 pages. On the other pages, the headline names a section of the site, such as `News` or
        // `Inhalt`.
        _ if text.split_whitespace().count() <= 2 => 0.25,
        // Right on 2 of 4 pages.
        _ => 0.5,
    }
}

/// The weight of a first-level headline on a page that declares no title. Such pages are rare, so the counts include
/// pages that declare a title.
fn h1_without_declared(headline: &Headline, tops: usize) -> f32 {
    let is_marked = headline.in_article || headline.title_class;
    match (tops, is_marked) {
        // 162 of 170
        (..=1, true) => 0.953,
        // 28 of 36
        (..=1, false) => 0.778,
        // 17 of 26
        (_, true) => 0.654,
        // 7 of 16
        (_, false) => 0.438,
    }
}

/// The first of several first-level headlines: right on 0 of 6 pages. The declared titles are right on 4 of these 6
/// pages.
const FIRST_OF_SEVERAL: f32 = 0.3;
/// The first headline that rewords a declared title, on a page with several first-level headlines: right on the only
/// such page. This weight was set by hand. It is below the weight of a reworded headline that is the only first-level
/// headline, because here, another headline may be the title.
const FIRST_REWORDED: f32 = 0.7;
/// A lower-level headline that does not agree with any declared title: right in 9 of 1,700 cases.
const FIRST_BELOW: f32 = 0.1;
/// The first headline on a page that has no first-level headline and declares no title: right on 19 of 25 pages.
const OPENING: f32 = 0.76;
/// The site's name, a banner or filler text. Each of these is still better than no title.
const BANNER: f32 = 0.1;
/// Whether the text is a template's filler text.
fn is_filler(text: &str) -> bool {
    text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("lorem"))
}

/// Separators between a kicker and a headline in the same element.
const KICKER_ENDS: &[&str] = &[" :", " / ", " // ", " | "];

/// Removes a date. Also removes a kicker, such as `News` in `News :Headline`, if the rest of the headline is a declared
/// title or one part of it.
fn without_kicker<'t>(text: &'t str, declared: &[Declared]) -> &'t str {
    let text = without_date(text);
    let Some((_, rest)) = KICKER_ENDS.iter().find_map(|end| text.split_once(end)) else {
        return text;
    };
    let (whole, squashed) = (squash(text), squash(rest));
    let is_declared = |d: &Declared| d.squashed == squashed || d.parts.contains(&squashed);
    if squashed.is_empty() || declared.iter().any(|d| d.squashed == whole) || !declared.iter().any(is_declared) {
        return text;
    }
    rest.trim()
}

/// How closely the declared titles agree with a headline.
fn agreement(text: &str, headline: &Headline, declared: &[Declared]) -> Agreement {
    let squashed = squash(text);
    let any = |is: &dyn Fn(&Declared) -> bool| declared.iter().any(is);
    if any(&|d| d.squashed == squashed) {
        Agreement::Equal
    } else if any(&|d| is_part(&squashed, d)) {
        Agreement::Part
    } else if headline.level != 1 {
        Agreement::Nothing
    } else if any(&|d| is_edge(&squashed, d)) {
        Agreement::Edge
    } else {
        // In German and related languages, the headline may be a compound word that contains the declared title:
        // `Chorgeschichte`, declared as `Geschichte | …`.
        let is_compound = any(&|d| {
            d.parts
                .iter()
                .any(|part| part.chars().count() >= 6 && squashed.contains(part.as_str()))
        });
        let likeness = declared.iter().map(|d| likeness(&d.text, text)).fold(0.0, f32::max);
        match likeness {
            l if l >= 0.5 => Agreement::MostWords,
            l if l >= 0.2 || is_compound => Agreement::SomeWords,
            _ => Agreement::Nothing,
        }
    }
}

/// Whether a headline is one part of a declared title, or several consecutive parts.
pub(super) fn is_part(squashed: &str, declared: &Declared) -> bool {
    (0..declared.parts.len()).any(|from| {
        let mut rest = squashed;
        for part in declared.parts.iter().skip(from) {
            let Some(after) = rest.strip_prefix(part.as_str()) else {
                return false;
            };
            if after.is_empty() {
                return true;
            }
            rest = after;
        }
        false
    })
}

/// Whether a declared title starts or ends with the headline. Headlines with fewer than 8 letters and digits are
/// ignored, because they may match by coincidence.
pub(super) fn is_edge(squashed: &str, declared: &Declared) -> bool {
    squashed.chars().count() >= 8 && (declared.squashed.starts_with(squashed) || declared.squashed.ends_with(squashed))
}

/// The share of words that two titles have in common (F1).
fn likeness(a: &str, b: &str) -> f32 {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(60)
            .map(str::to_lowercase)
            .collect()
    };
    let (a, mut b) = (words(a), words(b));
    let all = a.len() + b.len();
    let mut common = 0;
    for word in &a {
        if let Some(at) = b.iter().position(|other| other == word) {
            b.swap_remove(at);
            common += 1;
        }
    }
    if all == 0 {
        0.0
    } else {
        2.0 * common as f32 / all as f32
    }
}
