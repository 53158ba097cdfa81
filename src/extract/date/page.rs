//! The dates of an HTML page: structured data, metas, the address, and what a reader sees near the headline.

use crate::{
    extract::{
        Evidence,
        evidence::{Found, Kind, Origin},
        json_ld::{self, Graph, Subject},
        page_meta, site,
    },
    html,
    page::{Page, PageTime, TimeKind},
    time::{WrittenDate, written},
};

use chrono::{Datelike, FixedOffset, NaiveTime, Timelike};

/// Which of the two dates is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) enum Which {
    Published,
    Updated,
}

// How often each place gives the day: html_real, 352 pages with a known day, the first such place of each page.

const PUBLISHED_METAS: &[(&str, f32)] = &[
    // 128 of 136
    ("article:published_time", 0.941),
    // 22 of 22
    ("datepublished", 0.97),
    // Met on fewer than 8 pages each, together right on 31 of 32: the weight that their kind has on the larger set of
    // which these pages are a part, 90.8 of 100.
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
    // 2 of 2, but a page may be made long before it is published: as JSON-LD's.
    ("datecreated", 0.889),
    ("created", 0.889),
    // 17 of 23 together: they do not say which date they are.
    ("date", 0.739),
    ("dc.date", 0.739),
    ("dc:date", 0.739),
    ("dcterms.date", 0.739),
    // Not met.
    ("time", 0.6),
];
/// The cases name no day of update. What these say is the day of publication on 77 (JSON-LD) to 59 (`og:updated_time`)
/// of 100 pages, as most are never changed: that orders them, and each says itself that it is the update.
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
/// 88 of 96.
const ARTICLE_LD: f32 = 0.917;
/// 63 of 63.
const PAGE_LD: f32 = 0.97;
/// 17 of 19.
const CREATED_LD: f32 = 0.889;
/// Not met on its own.
const UPLOAD_LD: f32 = 0.7;
/// As above, 119 of 155.
const MODIFIED_LD: f32 = 0.85;
/// 57 of 58.
const ADDRESS: f32 = 0.983;
/// 14 of 15.
const ITEMPROP: f32 = 0.933;
/// 74 of 78 where the date opens what is shown, 11 of 12 elsewhere.
const TIME_ELEMENT: (f32, f32) = (0.949, 0.917);
/// 125 of 134, and 36 of 43.
const DATE_CLASS: (f32, f32) = (0.933, 0.837);
/// A short text with a date, without markup that says what it dates: 76 of 93, and 38 of 66.
const SHORT_TEXT: (f32, f32) = (0.817, 0.576);
/// Among more than 60 other letters, 11 of 27 instead of 77 of 112.
const AMONG_WORDS: f32 = 0.6;
/// Inside of furniture or comments it dates something else, unless the theme calls everything so: 67 of 132 instead of
/// 275 of 305.
const IN_FURNITURE: f32 = 0.56;
/// WordPress marks the only date that it shows as updated: 56 of 65.
const OF_UPDATE: f32 = 0.95;
/// As declarations of the update say the day of publication.
const OF_MODIFICATION: f32 = 0.77;
/// A date that opens the text is its dateline: 9 of 9.
const FIRST_WORDS: f32 = 0.95;
/// A date near the start of one of the first paragraphs: 17 of 24.
const OPENING: f32 = 0.7;
/// Of doubtful places the best: enough to stay a date where the next best nearly wins.
const SETTLED: f32 = 0.54;
/// Bytes that hold such a date.
const LONGEST_START: usize = 60;
/// Bytes before a date that still opens the text: `(Pescasseroli, 14 January 2020)`.
const LATEST_OPENING: usize = 40;
/// The first full date in the text, where nothing else gives one.
const ANYWHERE: f32 = 0.5;
/// Pages with more list other articles.
const MOST_TIMES: usize = 40;

/// Adds the candidates of a page.
pub(in crate::extract) fn from_page(evidence: &Evidence<'_>, which: Which, found: &mut Found<WrittenDate>) {
    let page = evidence.article.page();
    let graph = Graph::of(page);
    let mut reader = Reader { evidence, found };
    reader.structured(&graph, which);
    reader.metas(page, which);
    if which == Which::Published
        && let Some(address) = site::address(page)
        && let Some(date) = super::super::file_name::date_in_address(address)
    {
        reader
            .found
            .add(date, Origin::new(Kind::FileName, "address", 0), address, ADDRESS);
    }
    reader.times(page, which);
    if which == Which::Published {
        reader.first_words(page);
    }
    let is_found = reader
        .found
        .candidates
        .iter()
        .any(|candidate| candidate.weight >= SETTLED);
    if which == Which::Published && !is_found {
        reader.search(page);
        reader.settle_for_less();
    }
}

struct Reader<'r, 'a> {
    evidence: &'r Evidence<'a>,
    found: &'r mut Found<WrittenDate>,
}

impl Reader<'_, '_> {
    fn read(&mut self, raw: &str, origin: Origin, weight: f32) -> bool {
        match written::parse(raw, &super::date_context(self.evidence)) {
            Ok(reading) => {
                let context = super::date_context(self.evidence);
                let at_home = context
                    .language
                    .and_then(|language| midnight_at_home(reading.date, language));
                self.found.add(at_home.unwrap_or(reading.date), origin, raw, weight);
                if at_home.is_some() {
                    self.found
                        .note("midnight where this language is spoken, written in UTC");
                }
                reading.notes.iter().for_each(|note| self.found.note(*note));
                true
            }
            Err(refused) => {
                self.found.refuse(origin, raw, refused.0);
                false
            }
        }
    }

    fn structured(&mut self, graph: &Graph<'_>, which: Which) {
        for (subject, weight) in [(Subject::Article, ARTICLE_LD), (Subject::Page, PAGE_LD)] {
            for node in graph.about(subject).take(3) {
                let keys: &[(&str, f32)] = match which {
                    Which::Published => &[
                        ("datePublished", weight),
                        ("dateCreated", CREATED_LD),
                        ("uploadDate", UPLOAD_LD),
                    ],
                    Which::Updated => &[("dateModified", MODIFIED_LD)],
                };
                for (key, weight) in keys {
                    if let Some(raw) = node.fields.get(*key).and_then(json_ld::text) {
                        self.read(raw, Origin::new(Kind::StructuredData, *key, node.line), *weight);
                    }
                }
            }
        }
    }

    fn metas(&mut self, page: &Page, which: Which) {
        let table = match which {
            Which::Published => PUBLISHED_METAS,
            Which::Updated => UPDATED_METAS,
        };
        for (name, weight) in table {
            for meta in page_meta(page, name).take(2).filter(|meta| !meta.content.is_empty()) {
                self.read(&meta.content, Origin::new(Kind::Head, *name, meta.line), *weight);
            }
        }
    }

    fn times(&mut self, page: &Page, which: Which) {
        // A theme that calls the box around its headline a sidebar calls everything so.
        let all_furniture = page
            .headlines
            .iter()
            .all(|headline| headline.level != 1 || headline.is_link || headline.in_boilerplate);
        for (at, time) in page.times.iter().take(MOST_TIMES).enumerate() {
            let itemprop = time.itemprop.as_deref().unwrap_or_default().to_ascii_lowercase();
            let updated = time.updated || itemprop.contains("modified");
            if (which == Which::Updated && !updated) || is_copyright(&time.text) {
                continue;
            }
            let mut weight = match time.kind {
                TimeKind::Property => ITEMPROP,
                TimeKind::Element => of_opening(TIME_ELEMENT, time),
                TimeKind::Class => of_opening(DATE_CLASS, time),
                TimeKind::Text => of_opening(SHORT_TEXT, time),
            };
            if time.kind != TimeKind::Property {
                weight *= nearness(time.distance);
            }
            if time.in_boilerplate && !all_furniture {
                weight *= IN_FURNITURE;
            }
            if which == Which::Published && updated {
                weight *= if itemprop.contains("modified") {
                    OF_MODIFICATION
                } else {
                    OF_UPDATE
                };
            }
            // The first date near a headline is its own.
            weight -= 0.004 * f32::min(at as f32, 25.0);
            let kind = if time.kind == TimeKind::Property {
                Kind::StructuredData
            } else {
                Kind::Visible
            };
            self.time(time, kind, weight);
        }
    }

    fn time(&mut self, time: &PageTime, kind: Kind, weight: f32) {
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

    /// The first date in a short text; the more other words stand around it, the less it dates the page.
    fn find(&mut self, text: &str, origin: Origin, weight: f32) {
        let dates = written::find(text, &super::date_context(self.evidence));
        let Some(first) = dates.first() else { return };
        let others = text.len().saturating_sub(first.range.len());
        let weight = if others > 60 { weight * AMONG_WORDS } else { weight };
        self.found.add(first.reading.date, origin, text, weight);
        first.reading.notes.iter().for_each(|note| self.found.note(*note));
    }

    /// Where only doubtful places name a day, the best of them is as good as a guess: right on 4 of 7 such pages.
    fn settle_for_less(&mut self) {
        let candidates = &mut self.found.candidates;
        if candidates.iter().any(|candidate| candidate.weight >= SETTLED) {
            return;
        }
        let best = candidates
            .iter_mut()
            .reduce(|best, other| if other.weight > best.weight { other } else { best });
        if let Some(best) = best {
            best.weight = SETTLED;
        }
    }

    /// The date that the text begins with: `(3 May 2026) The harbor …`.
    fn first_words(&mut self, page: &Page) {
        let Some(first) = page.paragraphs.first() else { return };
        let start = first
            .text
            .get(..first.text.len().min(LONGEST_START))
            .unwrap_or(&first.text);
        let dates = written::find(start, &super::date_context(self.evidence));
        if let Some(date) = dates
            .first()
            .filter(|date| !start[..date.range.start].contains(char::is_alphanumeric))
        {
            let origin = Origin::new(Kind::Visible, "opening", first.line);
            self.found.add(date.reading.date, origin, start, FIRST_WORDS);
        }
    }

    /// The dates that a reader would look for last: at the opening of the text, then anywhere in it.
    fn search(&mut self, page: &Page) {
        let context = super::date_context(self.evidence);
        for paragraph in page.paragraphs.iter().take(3) {
            let dates = written::find(&paragraph.text, &context);
            if let Some(first) = dates.first()
                && first.range.start < LATEST_OPENING
            {
                let origin = Origin::new(Kind::Visible, "opening", paragraph.line);
                self.found.add(first.reading.date, origin, &paragraph.text, OPENING);
                return;
            }
        }
        let text = html::to_text(&page.content);
        let dates = written::find(&text, &context);
        if let Some(first) = dates.iter().find(|date| date.reading.date.date.year() >= 1995) {
            let raw = text.get(first.range.clone()).unwrap_or_default();
            self.found
                .add(first.reading.date, Origin::new(Kind::Visible, "text", 0), raw, ANYWHERE);
        }
    }
}

/// A day that a program wrote as its first instant, in UTC: `2026-11-06T23:00:00Z` is the seventh on a German page.
/// The instant stays the same; only the offset is told.
fn midnight_at_home(date: WrittenDate, language: &str) -> Option<WrittenDate> {
    let time = date.time?;
    let is_utc = date.offset?.local_minus_utc() == 0;
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

fn of_opening((opens, elsewhere): (f32, f32), time: &PageTime) -> f32 {
    if time.opens { opens } else { elsewhere }
}

/// Years of copyright are no dates of articles.
fn is_copyright(text: &str) -> bool {
    text.contains('©') || text.to_ascii_lowercase().contains("copyright")
}

/// Dates stand beside the headline; farther away they date other things more often.
fn nearness(distance: u32) -> f32 {
    1.0 - 0.25 * f32::min(distance as f32, 400.0) / 400.0
}
