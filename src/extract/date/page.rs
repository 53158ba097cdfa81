//! The dates of an HTML page: structured data, metas, the address, and what a reader sees near the headline.

use crate::{
    article::html::{Page, PageTime},
    extract::{
        Evidence,
        evidence::{Found, Kind, Origin},
        json_ld::{self, Graph, Subject},
        page_meta, site,
    },
    time::{WrittenDate, written},
};

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
/// A date that is shown without markup that says what it dates.
const SHOWN: f32 = 0.75;
/// Inside of furniture or comments it dates something else.
const IN_FURNITURE: f32 = 0.35;
/// What was updated was published before; the day is right for 3 of 4 pages.
const OF_UPDATE: f32 = 0.6;

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
        reader.found.add(
            super::day(date),
            Origin::new(Kind::FileName, "address", 0),
            address,
            ADDRESS,
        );
    }
    reader.times(&page.times, which);
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

    fn times(&mut self, times: &[PageTime], which: Which) {
        for time in times.iter().take(40) {
            let updated = time.updated
                || time.itemprop.as_deref() == Some("datemodified")
                || time.itemprop.as_deref() == Some("dateModified");
            if updated != (which == Which::Updated) && which == Which::Updated {
                continue;
            }
            let (kind, mut weight) = match (&time.itemprop, &time.datetime) {
                (Some(_), _) => (Kind::StructuredData, ITEMPROP),
                (None, Some(_)) => (Kind::Visible, TIME_ELEMENT),
                (None, None) => (Kind::Visible, SHOWN),
            };
            if kind == Kind::Visible {
                weight *= nearness(time.distance);
            }
            if time.in_furniture {
                weight *= IN_FURNITURE;
            }
            if updated && which == Which::Published {
                weight *= OF_UPDATE;
            }
            let key = time.itemprop.clone().unwrap_or_else(|| "time".to_owned());
            let by_attribute = time
                .datetime
                .as_deref()
                .is_some_and(|raw| self.read(raw, Origin::new(kind, key.clone(), time.line), weight));
            if !by_attribute && !time.text.is_empty() && time.text.chars().count() <= 200 {
                self.read(&time.text, Origin::new(kind, key, time.line), weight);
            }
        }
    }
}

/// Dates stand beside the headline; farther away they date other things.
fn nearness(distance: u32) -> f32 {
    match distance {
        0..=20 => 1.0,
        21..=60 => 0.9,
        61..=150 => 0.75,
        _ => 0.6,
    }
}
