//! Which visible headline is the title: what it has in common with the declared titles, and where it stands.
//!
//! What a page shows may be a kicker, the site's banner, or the headline of another article. A headline that is
//! declared as well is right on 94 of 100 pages.

use super::page::{Declared, LONGEST};
use crate::{
    extract::{plain, site::SiteNames},
    page::{Headline, Page},
    text::{collapse, squash},
    time::written::{self, DateContext},
};

/// Headlines looked at.
pub(super) const MOST_HEADLINES: usize = 80;
/// What a headline has in common with the declared titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// Nothing, or too little to tell.
    Nothing,
    /// A fifth of the words or more.
    Word,
    /// Half of the words or more: the one is a rewording of the other.
    Words,
    /// It opens or ends one.
    End,
    /// It is one of the parts that a line divides one into.
    Part,
    /// It is one.
    Equal,
}

/// A headline that may be the title.
pub(super) struct Shown<'p> {
    pub(super) headline: &'p Headline,
    pub(super) text: String,
    pub(super) agreement: Agreement,
    pub(super) weight: f32,
}

/// The headlines that may be the title, the likeliest of equal weight first.
pub(super) fn shown<'p>(page: &'p Page, declared: &[Declared], site: &SiteNames) -> Vec<Shown<'p>> {
    let headlines = || page.headlines.iter().take(MOST_HEADLINES);
    // A theme that calls the box around its headline a sidebar calls everything so.
    let all_furniture = headlines().all(|h| h.level != 1 || h.is_link || h.in_boilerplate);
    let is_apart = |h: &Headline| h.in_boilerplate && !(h.level == 1 && all_furniture);
    let mut apart = headlines().map(is_apart);
    let first = apart.position(|is_apart| !is_apart);
    // 3 of 27 such links are the title; a declared title tells them apart better.
    let is_banner = |at: usize, h: &Headline| declared.is_empty() && h.is_link && h.level == 1 && Some(at) == first;
    let is_top = |(at, h): &(usize, &Headline)| h.level == 1 && !is_apart(h) && !is_banner(*at, h);
    let tops = headlines().enumerate().filter(is_top).count();
    let mut is_first = true;
    let mut is_first_below = true;
    let mut shown = Vec::new();
    for (at, headline) in headlines().enumerate() {
        let text = plain::without_breaks(&collapse(&headline.text));
        let text = without_kicker(site.strip(&text), declared);
        let agreement = agreement(text, headline, declared);
        let is_apart = is_apart(headline);
        let weight = match agreement {
            _ if !text.contains(char::is_alphanumeric) => continue,
            Agreement::Equal => equal(headline, is_apart),
            _ if is_apart => continue,
            Agreement::Part if headline.is_link && headline.level != 2 => LINKED_PART,
            Agreement::Part => PART,
            Agreement::End => END,
            _ if site.is_site(text) || is_filler(text) || is_banner(at, headline) => BANNER,
            _ if headline.level == 1 && declared.is_empty() => undeclared(headline, tops),
            _ if headline.level == 1 && tops == 1 => alone(text, agreement),
            Agreement::Words if std::mem::take(&mut is_first) => FIRST_REWORDED,
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
        shown.push(Shown {
            headline,
            text: text.to_owned(),
            agreement,
            weight,
        });
    }
    prefer_longest_part(&mut shown);
    shown
}

/// `Section - Headline`: where a page shows both, the longer is its headline.
fn prefer_longest_part(shown: &mut [Shown<'_>]) {
    let is_part = |shown: &Shown<'_>| shown.agreement == Agreement::Part && shown.weight >= PART;
    let longest = shown
        .iter()
        .filter(|shown| is_part(shown))
        .map(|shown| shown.text.len())
        .max();
    for shown in shown {
        if is_part(shown) && Some(shown.text.len()) < longest {
            shown.weight = SHORTER_PART;
        }
    }
}

// How often such a headline is the title (html_real, as above).

/// The weight of a headline that is a declared title too.
fn equal(headline: &Headline, is_apart: bool) -> f32 {
    match headline.level {
        // 28 of 32: a crumb of the way to the page.
        _ if is_apart => 0.875,
        // 193 of 205
        1 => 0.941,
        // 34 of 35
        _ if headline.itemprop || headline.title_class => 0.97,
        // 18 of 22
        _ => 0.82,
    }
}
/// 24 of 27.
pub(super) const PART: f32 = 0.89;
/// 1 of 8: a link to the section that the page stands in, or to another page. Blogs link their own headlines as `h2`.
const LINKED_PART: f32 = 0.13;
/// Beside a longer part, this one is the section.
const SHORTER_PART: f32 = 0.4;
/// 6 of 6.
const END: f32 = 0.9;

/// The weight of the only first-level headline, where it is not as declared.
fn alone(text: &str, agreement: Agreement) -> f32 {
    match agreement {
        // 7 of 8, the made-up pages of a test suite aside.
        Agreement::Words | Agreement::Word => 0.875,
        // `News`, `Inhalt`: 1 of 4 is the title, and the others name a section of the site.
        _ if text.split_whitespace().count() <= 2 => 0.25,
        // 2 of 4
        _ => 0.5,
    }
}

/// The weight of a first-level headline on a page that declares no title: how often such a headline is the title,
/// whatever the page declares.
fn undeclared(headline: &Headline, tops: usize) -> f32 {
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

/// 0 of 6, but of the declared titles beside them 4 of 6 are right.
const FIRST_OF_SEVERAL: f32 = 0.3;
/// 1 of 1; as the only one that is worded otherwise, less what several cost.
const FIRST_REWORDED: f32 = 0.7;
/// A headline below the first level that agrees with nothing: 9 of 1,700.
const FIRST_BELOW: f32 = 0.1;
/// The first headline on a page without one of the first level that declares no title: 19 of 25.
const OPENING: f32 = 0.76;
/// The name of the site; better than no title.
const BANNER: f32 = 0.1;
/// Declared titles beside the only headline that is worded otherwise: 2 of 14 are right.
pub(super) const BESIDE_A_HEADLINE: f32 = 0.15;

/// The filler text of templates.
fn is_filler(text: &str) -> bool {
    text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("lorem"))
}

/// What stands between a kicker and a headline that have lost their elements.
const KICKER_ENDS: &[&str] = &[" :", " / ", " // ", " | "];

/// `News :Headline`, where a declared title is the headline alone; `1 May 2026 - Headline`.
fn without_kicker<'t>(text: &'t str, declared: &[Declared]) -> &'t str {
    let text = without_date(text);
    let Some((_, rest)) = KICKER_ENDS.iter().find_map(|end| text.split_once(end)) else {
        return text;
    };
    let (whole, squashed) = (squash(text), squash(rest));
    let is_known = |d: &Declared| d.squashed == squashed || d.parts.contains(&squashed);
    if squashed.is_empty() || declared.iter().any(|d| d.squashed == whole) || !declared.iter().any(is_known) {
        return text;
    }
    rest.trim()
}

/// A text without the date that a template has put before it.
pub(super) fn without_date(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > LONGEST {
        return text;
    }
    let dates = written::find(text, &DateContext::default());
    let Some(date) = dates.first().map(|date| &date.range).filter(|range| range.start == 0) else {
        return text;
    };
    let rest = text.get(date.end..).unwrap_or_default();
    let title = [" - ", " – ", " — ", " | ", ": ", " · "]
        .iter()
        .find_map(|end| rest.strip_prefix(end));
    title.map(str::trim).filter(|title| !title.is_empty()).unwrap_or(text)
}

/// How well declared titles fit a headline.
fn agreement(text: &str, headline: &Headline, declared: &[Declared]) -> Agreement {
    let squashed = squash(text);
    let any = |is: &dyn Fn(&Declared) -> bool| declared.iter().any(is);
    if any(&|d| d.squashed == squashed) {
        Agreement::Equal
    } else if any(&|d| is_part(&squashed, d)) {
        Agreement::Part
    } else if headline.level != 1 {
        Agreement::Nothing
    } else if any(&|d| is_end(&squashed, d)) {
        Agreement::End
    } else {
        // `Chorgeschichte` beside `Geschichte | …`.
        let is_compound = any(&|d| {
            d.parts
                .iter()
                .any(|part| part.chars().count() >= 6 && squashed.contains(part.as_str()))
        });
        let likeness = declared.iter().map(|d| likeness(&d.text, text)).fold(0.0, f32::max);
        match likeness {
            l if l >= 0.5 => Agreement::Words,
            l if l >= 0.2 || is_compound => Agreement::Word,
            _ => Agreement::Nothing,
        }
    }
}

/// Whether a headline is a part of a declared title, or a run of parts.
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

/// Whether a headline of some length opens or ends a declared title.
pub(super) fn is_end(squashed: &str, declared: &Declared) -> bool {
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
