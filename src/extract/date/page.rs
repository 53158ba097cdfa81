//! The dates on an HTML page: structured data, `meta` elements, the address, and visible dates near the headline.

use crate::{
    extract::{
        Evidence,
        evidence::{CandidateSet, Origin, OriginKind},
        json_ld::{self, Graph, Subject},
        page_meta, site,
    },
    html,
    page::{Page, PageTime, TimeKind},
    time::{WrittenDate, written},
};

use super::DateField;
use chrono::{Datelike, FixedOffset, NaiveTime, Timelike};

// A weight is the share of pages on which the origin gives the day of publication. The day of publication is known for
// 352 of the 498 labeled HTML pages, and the shares were counted on these 352 pages; `128 of 136` means that the origin
// is right on 128 of the 136 pages that have it. If a page has several dates from one origin, only the first is
// counted. Most of these pages are from news sites and blogs. For forums, shops and documentation, the weights would be
// different, especially those of visible dates.

const PUBLISHED_METAS: &[(&str, f32)] = &[
    // 128 of 136
    ("article:published_time", 0.941),
    // 22 of 22
    ("datepublished", 0.97),
    // Each of these names occurs on fewer than 8 pages. Together, they are right on 31 of 32 pages. They share one
    // weight, which was measured for all of them together on a larger set of 1,107 pages.
    ("og:article:published_time", 0.908),
    ("article:published", 0.908),
    ("published_time", 0.908),
    ("parsely-pub-date", 0.908),
    ("sailthru.date", 0.908),
    ("citation_publication_date", 0.908),
    ("citation_online_date", 0.908),
    ("dc.date.issued", 0.908),
    ("dcterms.issued", 0.908),
    ("dc.date.created", 0.908),
    ("dcterms.created", 0.908),
    ("pubdate", 0.908),
    ("publishdate", 0.908),
    ("publish-date", 0.908),
    ("publish_date", 0.908),
    ("publication_date", 0.908),
    ("publicationdate", 0.908),
    ("publication-date", 0.908),
    ("og:release_date", 0.908),
    ("og:pubdate", 0.908),
    ("cxenseparse:recs:publishtime", 0.908),
    ("cxenseparse:publishtime", 0.908),
    ("vr:published-time", 0.908),
    ("bepress_citation_date", 0.908),
    ("sw-pubdate", 0.908),
    ("originalpublicationdate", 0.908),
    ("article_date_original", 0.908),
    // Together, these names are right on 2 of 2 pages. However, a page may be created long before it is published, so
    // the names have the weight of `dateCreated` in JSON-LD.
    ("datecreated", 0.889),
    ("created", 0.889),
    // Together, these names are right on 17 of 23 pages. They do not show whether the date is the date of publication
    // or of the last update.
    ("date", 0.739),
    ("dc.date", 0.739),
    ("dc:date", 0.739),
    ("dcterms.date", 0.739),
    // This name occurs on none of the pages, so its weight was set by hand.
    ("time", 0.6),
];
/// The weights were set by hand, because the labels do not include the day of the last update. Most pages are never
/// updated, so this day should usually be the day of publication. The names are therefore ordered by how often they
/// give the day of publication: from 77% for JSON-LD to 59% for `og:updated_time`.
const UPDATED_METAS: &[(&str, f32)] = &[
    ("article:modified_time", 0.85),
    ("article:modified", 0.85),
    ("article:updated_time", 0.85),
    ("og:updated_time", 0.8),
    ("og:modified_time", 0.8),
    ("datemodified", 0.8),
    ("dateupdate", 0.8),
    ("dcterms.modified", 0.8),
    ("dc.date.modified", 0.8),
    ("dc.modified", 0.8),
    ("last-modified", 0.7),
    ("lastmod", 0.7),
    ("revised", 0.7),
];
/// `datePublished` of an article in JSON-LD: right on 88 of 96 pages.
const ARTICLE_LD: f32 = 0.917;
/// `datePublished` of a page in JSON-LD: right on 63 of 63 pages.
const PAGE_LD: f32 = 0.97;
/// `dateCreated` in JSON-LD: right on 17 of 19 pages.
const CREATED_LD: f32 = 0.889;
/// `uploadDate` in JSON-LD. It is never the only date on a page, so its weight was set by hand.
const UPLOAD_LD: f32 = 0.7;
/// `dateModified` in JSON-LD. The weight was set by hand, because the labels do not include the day of the last update.
/// The value is the day of publication on 119 of 155 pages.
const MODIFIED_LD: f32 = 0.85;
/// A date in the page's address: right on 57 of 58 pages.
const ADDRESS: f32 = 0.983;
/// A date marked up with an `itemprop` or as `pubdate`: right on 14 of 15 pages.
const ITEMPROP: f32 = 0.933;
/// A `time` element: right on 74 of 78 pages if its visible text starts with the date, and on 11 of 12 pages otherwise.
const TIME_ELEMENT: (f32, f32) = (0.949, 0.917);
/// An element with a class or id for dates: right on 125 of 134 pages if its text starts with the date, and on 36 of 43
/// pages otherwise.
const DATE_CLASS: (f32, f32) = (0.933, 0.837);
/// Short text that is not marked up as a date: right on 76 of 93 pages if the text starts with the date, and on
/// 38 of 66 pages otherwise.
const SHORT_TEXT: (f32, f32) = (0.817, 0.576);
/// A factor for a date that is surrounded by more than 60 bytes of other text: 11 of 27 such dates are right, compared
/// to 77 of 112 dates with less text around them.
const AMONG_WORDS: f32 = 0.6;
/// A factor for a date in boilerplate or comments, where many dates belong to something else: 67 of 132 such dates are
/// right, compared to 275 of 305 elsewhere.
const IN_BOILERPLATE: f32 = 0.56;
/// A factor for a visible date that is marked as the updated date. WordPress themes mark a date in this way even if it
/// is the only one: 56 of 65 such dates are the day of publication.
const MARKED_UPDATED: f32 = 0.95;
/// A factor for `dateModified`: the share of pages on which it gives the day of publication.
const MARKED_MODIFIED: f32 = 0.77;
/// The weight of a date at the very start of the text: such dates are right on 9 of 9 pages.
const FIRST_WORDS: f32 = 0.95;
/// The weight of a date near the start of one of the first paragraphs: such dates are right on 17 of 24 pages.
const OPENING: f32 = 0.7;
/// The weight to which the best of several doubtful candidates is raised. With this weight, the date is not a guess
/// even if the second-best candidate has almost the same weight.
const BEST_DOUBTFUL: f32 = 0.54;
/// How many bytes at the start of the text are searched for a date.
const MAX_START: usize = 60;
/// How many bytes of other text may precede a date near the start of a paragraph, as in `(Pescasseroli, 14 January
/// 2020)`.
const MAX_BEFORE_OPENING: usize = 40;
/// The weight of the first full date in the text. This date is considered only if there is no reliable date. The weight
/// was set by hand to the lowest value at which a date is not a guess.
const ANYWHERE: f32 = 0.5;
/// The maximum number of dates that are read. A page with more dates contains a list of other articles.
const MAX_TIMES: usize = 40;

/// Adds the candidates from a page.
pub(super) fn from_page(evidence: &Evidence<'_>, field: DateField, found: &mut CandidateSet<WrittenDate>) {
    let page = evidence.article.page();
    let graph = Graph::new(page);
    let mut dates = PageDates { evidence, found };
    dates.json_ld(&graph, field);
    dates.metas(page, field);
    if field == DateField::Published
        && let Some(address) = site::address(page)
        && let Some(date) = super::super::file_name::date_in_address(address)
    {
        dates
            .found
            .add(date, Origin::new(OriginKind::FileName, "address", 0), address, ADDRESS);
    }
    dates.times(page, field);
    if field == DateField::Published {
        dates.first_words(page);
    }
    let is_found = dates
        .found
        .candidates
        .iter()
        .any(|candidate| candidate.weight >= BEST_DOUBTFUL);
    // Running text is searched only if there is no reliable date, because most dates in running text are dates of
    // events.
    if field == DateField::Published && !is_found {
        dates.search(page);
        dates.raise_best_doubtful();
    }
}

struct PageDates<'r, 'a> {
    evidence: &'r Evidence<'a>,
    found: &'r mut CandidateSet<WrittenDate>,
}

impl PageDates<'_, '_> {
    /// Parses the string as a date and adds it; returns `false` if the string is not a date.
    fn read(&mut self, raw: &str, origin: Origin, weight: f32) -> bool {
        match written::parse(raw, &super::date_context(self.evidence)) {
            Ok(reading) => {
                let context = super::date_context(self.evidence);
                let local = context
                    .language
                    .and_then(|language| local_midnight(reading.date, language));
                self.found.add(local.unwrap_or(reading.date), origin, raw, weight);
                if local.is_some() {
                    self.found
                        .note("read as midnight in the time zone that the page's language suggests");
                }
                reading.notes.iter().for_each(|note| self.found.note(*note));
                true
            }
            Err(refused) => {
                self.found.reject(origin, raw, refused.0);
                false
            }
        }
    }

    fn json_ld(&mut self, graph: &Graph<'_>, field: DateField) {
        for (subject, weight) in [(Subject::Article, ARTICLE_LD), (Subject::Page, PAGE_LD)] {
            for node in graph.about(subject).take(3) {
                let keys: &[(&str, f32)] = match field {
                    DateField::Published => &[
                        ("datePublished", weight),
                        ("dateCreated", CREATED_LD),
                        ("uploadDate", UPLOAD_LD),
                    ],
                    DateField::Updated => &[("dateModified", MODIFIED_LD)],
                };
                for (key, weight) in keys {
                    if let Some(raw) = node.fields.get(*key).and_then(json_ld::text) {
                        self.read(raw, Origin::new(OriginKind::StructuredData, *key, node.line), *weight);
                    }
                }
            }
        }
    }

    fn metas(&mut self, page: &Page, field: DateField) {
        let table = match field {
            DateField::Published => PUBLISHED_METAS,
            DateField::Updated => UPDATED_METAS,
        };
        for (name, weight) in table {
            for meta in page_meta(page, name).take(2).filter(|meta| !meta.content.is_empty()) {
                self.read(&meta.content, Origin::new(OriginKind::Head, *name, meta.line), *weight);
            }
        }
    }

    fn times(&mut self, page: &Page, field: DateField) {
        // Some themes put the whole article in a box with a class such as `sidebar`. If the headline is in one of these
        // boxes too, the class does not mean that a date is boilerplate.
        let all_boilerplate = page
            .headlines
            .iter()
            .all(|headline| headline.level != 1 || headline.is_link || headline.in_boilerplate);
        for (at, time) in page.times.iter().take(MAX_TIMES).enumerate() {
            let itemprop = time.itemprop.as_deref().unwrap_or_default().to_ascii_lowercase();
            let updated = time.updated || itemprop.contains("modified");
            if (field == DateField::Updated && !updated) || is_copyright(&time.text) {
                continue;
            }
            let mut weight = match time.kind {
                TimeKind::Property => ITEMPROP,
                TimeKind::Element => weight_of(TIME_ELEMENT, time),
                TimeKind::Class => weight_of(DATE_CLASS, time),
                TimeKind::Text => weight_of(SHORT_TEXT, time),
            };
            if time.kind != TimeKind::Property {
                weight *= nearness(time.distance);
            }
            if time.in_boilerplate && !all_boilerplate {
                weight *= IN_BOILERPLATE;
            }
            if field == DateField::Published && updated {
                weight *= if itemprop.contains("modified") {
                    MARKED_MODIFIED
                } else {
                    MARKED_UPDATED
                };
            }
            // If several dates near the headline are otherwise equally likely, the first belongs to the article, so
            // each later date has a slightly lower weight.
            weight -= 0.004 * f32::min(at as f32, 25.0);
            let kind = if time.kind == TimeKind::Property {
                OriginKind::StructuredData
            } else {
                OriginKind::Visible
            };
            self.time(time, kind, weight);
        }
    }

    fn time(&mut self, time: &PageTime, kind: OriginKind, weight: f32) {
        let key = match time.kind {
            TimeKind::Property => time.itemprop.as_deref().unwrap_or("itemprop"),
            TimeKind::Element => "time",
            TimeKind::Class => "class",
            TimeKind::Text => "text",
        };
        let origin = Origin::new(kind, key, time.line);
        if let Some(raw) = &time.datetime
            && self.read(raw, origin.clone(), weight)
        {
            return;
        }
        self.find(&time.text, origin, weight);
    }

    /// Adds the first date in a short text. A date that is surrounded by a lot of other text is less likely to be the
    /// page's date.
    fn find(&mut self, text: &str, origin: Origin, weight: f32) {
        let dates = written::find(text, &super::date_context(self.evidence));
        let Some(first) = dates.first() else { return };
        let others = text.len().saturating_sub(first.range.len());
        let weight = if others > 60 { weight * AMONG_WORDS } else { weight };
        self.found.add(first.reading.date, origin, text, weight);
        first.reading.notes.iter().for_each(|note| self.found.note(*note));
    }

    /// Raises the weight of the best candidate if all candidates are doubtful. On 4 of 7 such pages, this candidate is
    /// right, which is more often than its original weight suggests.
    fn raise_best_doubtful(&mut self) {
        let candidates = &mut self.found.candidates;
        if candidates.iter().any(|candidate| candidate.weight >= BEST_DOUBTFUL) {
            return;
        }
        let best = candidates
            .iter_mut()
            .reduce(|best, other| if other.weight > best.weight { other } else { best });
        if let Some(best) = best {
            best.weight = BEST_DOUBTFUL;
        }
    }

    /// Adds the date at the very start of the text: `(3 May 2026) The harbor …`.
    fn first_words(&mut self, page: &Page) {
        let Some(first) = page.paragraphs.first() else { return };
        let start = first.text.get(..first.text.len().min(MAX_START)).unwrap_or(&first.text);
        let dates = written::find(start, &super::date_context(self.evidence));
        if let Some(date) = dates
            .first()
            .filter(|date| !start[..date.range.start].contains(char::is_alphanumeric))
        {
            let origin = Origin::new(OriginKind::Visible, "opening", first.line);
            self.found.add(date.reading.date, origin, start, FIRST_WORDS);
        }
    }

    /// Adds a date near the start of one of the first paragraphs, or else the first date in the text.
    fn search(&mut self, page: &Page) {
        let context = super::date_context(self.evidence);
        for paragraph in page.paragraphs.iter().take(3) {
            let dates = written::find(&paragraph.text, &context);
            if let Some(first) = dates.first()
                && first.range.start < MAX_BEFORE_OPENING
            {
                let origin = Origin::new(OriginKind::Visible, "opening", paragraph.line);
                self.found.add(first.reading.date, origin, &paragraph.text, OPENING);
                return;
            }
        }
        let text = html::to_text(&page.content);
        let dates = written::find(&text, &context);
        // Few web pages are older than 1995, so an earlier date probably belongs to the subject of the article.
        if let Some(first) = dates.iter().find(|date| date.reading.date.date.year() >= 1995) {
            let raw = text.get(first.range.clone()).unwrap_or_default();
            self.found.add(
                first.reading.date,
                Origin::new(OriginKind::Visible, "text", 0),
                raw,
                ANYWHERE,
            );
        }
    }
}

/// Converts an instant in UTC to local time if the local time is midnight in the country of the page's language.
///
/// A program that knows only the day may write the first instant of that day in UTC: on a German page,
/// `2026-11-06T23:00:00Z` means November 7. The instant is preserved; only the offset changes. Both standard time and
/// daylight saving time are considered.
fn local_midnight(date: WrittenDate, language: &str) -> Option<WrittenDate> {
    let time = date.time?;
    let is_utc = date.offset?.local_minus_utc() == 0;
    // West of Greenwich, local midnight is in the morning of the same day in UTC, so the day is already right.
    if !is_utc || time.minute() != 0 || time.second() != 0 || time.hour() < 21 {
        return None;
    }
    let east = 24 - time.hour() as i32;
    let in_winter = match language.get(..2)?.to_ascii_lowercase().as_str() {
        "de" | "fr" | "it" | "es" | "nl" | "pl" | "cs" | "sk" | "sv" | "da" | "nb" | "no" | "hu" | "sl" | "hr" => 1,
        "fi" | "el" | "ro" | "bg" | "uk" | "et" | "lv" | "lt" => 2,
        _ => return None,
    };
    let is_offset = match date.date.month() {
        4..=9 => east == in_winter + 1,
        3 | 10 => east == in_winter || east == in_winter + 1,
        _ => east == in_winter,
    };
    is_offset.then_some(WrittenDate {
        date: date.date.succ_opt()?,
        time: NaiveTime::from_hms_opt(0, 0, 0),
        offset: FixedOffset::east_opt(east * 3600),
    })
}

/// The first weight if the visible text starts with the date, otherwise the second.
fn weight_of((opens, elsewhere): (f32, f32), time: &PageTime) -> f32 {
    if time.opens { opens } else { elsewhere }
}

/// Whether the text is a copyright notice, whose year says nothing about the article.
fn is_copyright(text: &str) -> bool {
    text.contains('©') || text.to_ascii_lowercase().contains("copyright")
}

/// A factor that decreases with the number of elements between the date and the headline, because distant dates often
/// belong to something else.
fn nearness(distance: u32) -> f32 {
    1.0 - 0.25 * f32::min(distance as f32, 400.0) / 400.0
}
