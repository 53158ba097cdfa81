//! Matches each entry of an imported feed with an article: by address, path, name, or title and date.
//!
//! An article that shares a property with an entry is only a candidate: [`identity`] compares all properties to decide
//! which candidate, if any, matches the entry. A wrong match would permanently give an article the id of a different
//! article. Therefore, an entry that fits several articles is reported and not matched with any of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    compare::FeedEntry,
    identity::{self, Candidate, Evidence, Properties},
    text::{fold, squash},
    time::Timestamp,
    url::Url,
};

/// The property by which an entry was matched. The most reliable property comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchedBy {
    /// The id is in the ledger.
    Id,
    /// The address without its scheme, `www.`, a trailing slash and `index.html`, and with percent-encoding decoded.
    Link,
    /// The path of the address, without the extension.
    Path,
    /// The last part of the address.
    Name,
    /// The title and the date.
    Title,
}

impl MatchedBy {
    /// The name of the property, such as `link` in `by link`.
    pub fn as_str(self) -> &'static str {
        match self {
            MatchedBy::Id => "id",
            MatchedBy::Link => "link",
            MatchedBy::Path => "path",
            MatchedBy::Name => "name",
            MatchedBy::Title => "title",
        }
    }
}

/// The maximum number of days between the dates of an entry and its article: generators write dates in different time
/// zones, or omit the zone.
const MAX_DAYS_APART: i64 = 2;
/// A value that is shared by more articles than this, such as the title "Weekly links", identifies none of them.
const MAX_ALIKE: usize = 16;

/// The values by which an entry or an article can be matched.
#[derive(Debug, Default)]
pub(super) struct MatchKeys {
    links: Vec<String>,
    paths: Vec<String>,
    names: Vec<String>,
    titles: Vec<String>,
    title: String,
    published: Option<Timestamp>,
}

/// The result of matching an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    One(usize, MatchedBy),
    /// The articles that the entry matches: either several articles, or a single article that other entries match too.
    Ambiguous(Vec<usize>),
    /// The only article that shares a property with the entry. The other properties contradict the match, or are not
    /// enough to confirm it.
    Doubtful(usize, MatchedBy),
    None,
}

impl MatchKeys {
    pub(super) fn from_entry(entry: &FeedEntry) -> Self {
        let mut keys = MatchKeys::from_title(&entry.title, entry.published, |title, day| match day {
            Some(day) => {
                let near = (day - MAX_DAYS_APART..=day + MAX_DAYS_APART).map(|day| format!("{title} {day}"));
                near.chain([format!("{title} undated")]).collect()
            }
            None => vec![title],
        });
        // The id is used too, because many ids are addresses.
        for raw in entry.link.iter().chain([&entry.id]) {
            keys.add_address(raw);
        }
        keys
    }

    /// `addresses` are the current and earlier permalinks. `names` are other names that an address may end with.
    pub(super) fn from_article<'a>(
        addresses: impl IntoIterator<Item = &'a Url>,
        names: impl IntoIterator<Item = &'a str>,
        title: &str,
        published: Option<Timestamp>,
    ) -> Self {
        let mut keys = MatchKeys::from_title(title, published, |title, day| match day {
            Some(day) => vec![format!("{title} {day}"), title],
            None => vec![format!("{title} undated"), title],
        });
        for address in addresses {
            keys.add_address(address.as_str());
        }
        for name in names {
            keys.add_name(name);
        }
        keys
    }

    /// `keys` combines the title with the day, so a title that is used on several days has several keys.
    fn from_title(title: &str, published: Option<Timestamp>, keys: fn(String, Option<i64>) -> Vec<String>) -> Self {
        let title = squash(title);
        let day = published.map(|at| at.unix().div_euclid(24 * 60 * 60));
        MatchKeys {
            titles: if title.is_empty() {
                Vec::new()
            } else {
                keys(title.clone(), day)
            },
            title,
            published,
            ..MatchKeys::default()
        }
    }

    fn add_address(&mut self, raw: &str) {
        let Some(url) = Url::parse(raw) else { return };
        let (path, query) = path_and_query(&url);
        let host = url.host().trim_start_matches("www.");
        // An entry that links to the home page has no page of its own.
        if path.is_empty() && query.is_empty() {
            return;
        }
        self.links.push(format!("{host}{path}?{query}"));
        // In `/?p=17` or `/index.php?id=17`, the path does not identify the page.
        if path.is_empty() || !query.is_empty() {
            return;
        }
        let path = without_extension(&path);
        self.add_name(path.rsplit('/').next().unwrap_or_default());
        self.paths.push(path.to_owned());
    }

    fn add_name(&mut self, name: &str) {
        let name = squash(name);
        // A number alone, such as `17` in `/node/17`, is not a name.
        if name.chars().any(char::is_alphabetic) {
            self.names.push(name);
        }
    }

    fn values(&self, property: MatchedBy) -> &[String] {
        match property {
            MatchedBy::Id => &[],
            MatchedBy::Link => &self.links,
            MatchedBy::Path => &self.paths,
            MatchedBy::Name => &self.names,
            MatchedBy::Title => &self.titles,
        }
    }

    /// The articles that share a property with an entry, and whether there are so many of them that the shared property
    /// proves nothing. In that case, only the first articles are returned.
    fn sharing(&self, by_value: &BTreeMap<&str, Vec<usize>>, property: MatchedBy) -> (BTreeSet<usize>, bool) {
        let values = self.values(property).iter();
        let lists: Vec<&Vec<usize>> = values.filter_map(|value| by_value.get(value.as_str())).collect();
        let common = lists.iter().find(|alike| alike.len() > MAX_ALIKE);
        match common {
            Some(common) => (common.iter().copied().collect(), true),
            None => (lists.into_iter().flatten().copied().collect(), false),
        }
    }

    /// Compares an entry with an article that shares a property with it.
    fn evidence(&self, article: &MatchKeys, property: MatchedBy) -> Evidence {
        let apart = self
            .published
            .zip(article.published)
            .map(|(one, other)| one.unix().abs_diff(other.unix()));
        let is_near = apart.is_some_and(|apart| apart <= MAX_DAYS_APART.unsigned_abs() * 24 * 60 * 60);
        let published = |keys: &MatchKeys| keys.published.map(|at| at.unix());
        // A different address is not a contradiction, because the old site may have had other addresses. The feed's
        // text may differ too, because generators convert articles differently or publish only a summary.
        let link = (property != MatchedBy::Title).then(String::new);
        let properties = |title: &str, published| Properties {
            title: Properties::title(title),
            published,
            link: link.clone(),
            ..Properties::default()
        };
        let entry = properties(&self.title, published(self));
        let article_date = if is_near { published(self) } else { published(article) };
        Evidence::new(&entry, &properties(&article.title, article_date), 0)
    }
}

/// The decoded path without a trailing slash or index page, and the query without tracking parameters.
fn path_and_query(url: &Url) -> (String, String) {
    let rest = url.as_str().split_once("://").map_or("", |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    // Feeds add `utm_source=rss` and the like for visitor statistics.
    let query: Vec<&str> = query.split('&').filter(|part| !part.starts_with("utm_")).collect();
    let path = fold(&decoded(url.path()));
    let path = path.trim_end_matches('/');
    let index = ["/index.html", "/index.htm", "/index.php"];
    let path = index.iter().find_map(|index| path.strip_suffix(index)).unwrap_or(path);
    (path.to_owned(), query.join("&"))
}

fn without_extension(path: &str) -> &str {
    // The new site may use `/spring/` where the old site used `/spring.html`.
    let extensions = [".html", ".htm", ".php", ".aspx", ".xhtml", ".md"];
    extensions.iter().find_map(|it| path.strip_suffix(it)).unwrap_or(path)
}

fn decoded(path: &str) -> String {
    let mut parts = path.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let byte = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(&part.as_bytes()[2..]);
            }
            None => {
                bytes.push(b'%');
                bytes.extend_from_slice(part.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Finds an article for each entry that has none yet.
///
/// The properties are tried in turn, the most reliable one first.
pub(super) fn assign(entries: &[MatchKeys], articles: &[MatchKeys], found: &mut [Match]) {
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for one in found.iter() {
        if let Match::One(article, _) = one {
            taken.insert(*article);
        }
    }
    for property in [MatchedBy::Link, MatchedBy::Path, MatchedBy::Name, MatchedBy::Title] {
        let by_value = index(articles, &taken, property);
        // For each entry, `alike` contains the articles that share the property with the entry. For each article,
        // `wanted` contains the number of entries that share the property with the article.
        let (mut alike, mut wanted): (BTreeMap<usize, BTreeSet<usize>>, BTreeMap<usize, usize>) = Default::default();
        let mut candidates: Vec<Candidate> = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            // If the match of an entry by one property is ambiguous or doubtful, the entry may have a clear match by
            // the next property.
            if matches!(found.get(at), Some(Match::One(..)) | None) {
                continue;
            }
            let (mut sharing, is_common) = entry.sharing(&by_value, property);
            if !is_common {
                let is_same_place = matches!(property, MatchedBy::Link | MatchedBy::Path);
                sharing.retain(|article| {
                    let evidence = entry.evidence(&articles[*article], property);
                    // Titles repeat from year to year, and so do names, which are usually made from titles: `review` is
                    // the name in both `/2019/review` and `/2024/review`. The dates must therefore not contradict each
                    // other. Addresses are unique, so an article with the same link or path remains a candidate even
                    // if the dates contradict each other: some generators write the day of the build as the date.
                    let is_plausible = is_same_place || !evidence.contradicts(identity::Property::Date);
                    candidates.extend(is_plausible.then_some(Candidate {
                        old: at,
                        new: *article,
                        is_same_place,
                        evidence,
                    }));
                    is_plausible
                });
            }
            for article in &sharing {
                *wanted.entry(*article).or_default() += 1;
            }
            alike.insert(at, sharing);
        }
        let likely = candidates.into_iter().filter(Candidate::is_likely);
        for (article, at) in identity::assign(likely).old_by_new {
            taken.insert(article);
            alike.remove(&at);
            found[at] = Match::One(article, property);
        }
        for (at, alike) in alike {
            let alike: Vec<usize> = alike.into_iter().collect();
            match alike[..] {
                [] => {}
                [one] if wanted.get(&one) == Some(&1) => found[at] = Match::Doubtful(one, property),
                _ => found[at] = Match::Ambiguous(alike),
            }
        }
    }
}

/// The articles that no entry has claimed yet, grouped by the values of a property. A group has at most
/// `MAX_ALIKE + 1` articles.
fn index<'a>(articles: &'a [MatchKeys], taken: &BTreeSet<usize>, property: MatchedBy) -> BTreeMap<&'a str, Vec<usize>> {
    let mut by_value: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, article) in articles.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
        for value in article.values(property) {
            let alike = by_value.entry(value).or_default();
            if alike.last() != Some(&at) && alike.len() <= MAX_ALIKE {
                alike.push(at);
            }
        }
    }
    by_value
}
