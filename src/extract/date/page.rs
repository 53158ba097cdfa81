//! The dates of an HTML page: structured data, metas, the address, and what a reader sees near the headline.

use crate::{
    article::html::{Page, PageTime, TimePlace},
    extract::{
        Evidence,
        evidence::{Found, GUESS, Kind, Origin},
        json_ld::{self, Graph, Subject},
        page_meta, site,
    },
    html,
    time::{WrittenDate, written},
};

use chrono::Datelike;

/// Which of the two dates is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) enum Which {
    Published,
    Updated,
}

/// How often each declaration gives the day (html_real).
const PUBLISHED_METAS: &[(&str, f32)] = &[
    ("article:published_time", 0.936),
    ("og:article:published_time", 0.93),
    ("datepublished", 0.92),
    ("article:published", 0.92),
    ("published_time", 0.908),
    ("parsely-pub-date", 0.908),
    ("sailthru.date", 0.908),
    ("citation_publication_date", 0.908),
    ("citation_online_date", 0.908),
    ("dc.date.issued", 0.908),
    ("dcterms.issued", 0.908),
    ("dc.date.created", 0.9),
    ("dcterms.created", 0.9),
    ("dcterms.date", 0.9),
    ("dc.date", 0.9),
    ("dc:date", 0.9),
    ("pubdate", 0.908),
    ("publishdate", 0.908),
    ("publish-date", 0.908),
    ("publish_date", 0.908),
    ("publication_date", 0.908),
    ("publicationdate", 0.908),
    ("publication-date", 0.908),
    ("og:release_date", 0.9),
    ("og:pubdate", 0.9),
    ("cxenseparse:recs:publishtime", 0.9),
    ("cxenseparse:publishtime", 0.9),
    ("vr:published-time", 0.9),
    ("bepress_citation_date", 0.9),
    ("sw-pubdate", 0.9),
    ("originalpublicationdate", 0.9),
    ("article_date_original", 0.9),
    ("datecreated", 0.85),
    ("created", 0.85),
    ("date", 0.82),
    ("time", 0.6),
];
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
const ARTICLE_LD: f32 = 0.912;
const PAGE_LD: f32 = 0.9;
const MODIFIED_LD: f32 = 0.85;
const ADDRESS: f32 = 0.959;
const ITEMPROP: f32 = 0.956;
const TIME_ELEMENT: f32 = 0.9;
const DATE_CLASS: f32 = 0.85;
/// A short text with a date, without markup that says what it dates.
const SHORT_TEXT: f32 = 0.7;
const AMONG_WORDS: f32 = 0.8;
/// Inside of furniture or comments it dates something else, unless the theme calls everything so.
const IN_FURNITURE: f32 = 0.68;
/// WordPress marks the only date that it shows as updated.
const OF_UPDATE: f32 = 0.9;
const OF_MODIFICATION: f32 = 0.7;
/// A date that opens the text is its dateline.
const OPENING: f32 = 0.6;
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
    let is_found = reader
        .found
        .candidates
        .iter()
        .any(|candidate| candidate.weight >= GUESS);
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
                self.found.add(reading.date, origin, raw, weight);
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
                    Which::Published => &[("datePublished", weight), ("dateCreated", 0.8), ("uploadDate", 0.7)],
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
            .all(|headline| headline.level != 1 || headline.is_link || headline.in_furniture);
        for (at, time) in page.times.iter().take(MOST_TIMES).enumerate() {
            let itemprop = time.itemprop.as_deref().unwrap_or_default().to_ascii_lowercase();
            let updated = time.updated || itemprop.contains("modified");
            if (which == Which::Updated && !updated) || is_copyright(&time.text) {
                continue;
            }
            let mut weight = match time.place {
                TimePlace::Property => ITEMPROP,
                TimePlace::Element => TIME_ELEMENT,
                TimePlace::Class => DATE_CLASS,
                TimePlace::Text => SHORT_TEXT,
            };
            if time.place != TimePlace::Property {
                weight *= nearness(time.distance);
            }
            if time.in_furniture && !all_furniture {
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
            let kind = if time.place == TimePlace::Property {
                Kind::StructuredData
            } else {
                Kind::Visible
            };
            self.time(time, kind, weight);
        }
    }

    fn time(&mut self, time: &PageTime, kind: Kind, weight: f32) {
        let key = match time.place {
            TimePlace::Property => time.itemprop.as_deref().unwrap_or("itemprop"),
            TimePlace::Element => "time",
            TimePlace::Class => "class",
            TimePlace::Text => "text",
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

    /// Where only doubtful places name a day, the best of them is as good as a guess: right on most such pages.
    fn settle_for_less(&mut self) {
        let candidates = &mut self.found.candidates;
        if candidates.iter().any(|candidate| candidate.weight >= GUESS) {
            return;
        }
        let best = candidates
            .iter_mut()
            .reduce(|best, other| if other.weight > best.weight { other } else { best });
        if let Some(best) = best {
            best.weight = GUESS;
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

/// Years of copyright are no dates of articles.
fn is_copyright(text: &str) -> bool {
    text.contains('©') || text.to_ascii_lowercase().contains("copyright")
}

/// Dates stand beside the headline; farther away they date other things more often.
fn nearness(distance: u32) -> f32 {
    1.0 - 0.25 * f32::min(distance as f32, 400.0) / 400.0
}
