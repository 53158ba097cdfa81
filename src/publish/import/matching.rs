//! Which article an entry of a feed is: by address, by path, by the name in it, or by title and date.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    compare::Seen,
    text::{fold, squash},
    time::Timestamp,
    url::Url,
};

/// What tells that an entry and an article are one, from the surest to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// The ledger knows the id.
    Id,
    /// The address, whatever its scheme, `www.`, slash at the end, `index.html` and encoding.
    Link,
    /// The same on another host, whatever the extension.
    Path,
    /// The last part of the address.
    Name,
    /// The title, and the date where both have one.
    Title,
}

impl Sign {
    /// As in `by link`.
    pub fn as_str(self) -> &'static str {
        match self {
            Sign::Id => "id",
            Sign::Link => "link",
            Sign::Path => "path",
            Sign::Name => "name",
            Sign::Title => "title",
        }
    }
}

/// So far apart are dates of one day at most, as zones and generators that forget them write it.
const DAYS: i64 = 2;
/// What more articles than this have in common is no sign of one.
const MOST_ALIKE: usize = 16;

/// What an entry or an article can be known by.
#[derive(Debug, Default)]
pub(super) struct Marks {
    links: Vec<String>,
    paths: Vec<String>,
    names: Vec<String>,
    titles: Vec<String>,
    title: String,
    published: Option<Timestamp>,
}

/// The article that an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    One(usize, Sign),
    /// These, or this one, which several entries could be.
    Several(Vec<usize>),
    None,
}

impl Marks {
    pub(super) fn of_entry(seen: &Seen) -> Self {
        let mut marks = Marks::titled(&seen.title, seen.published, |title, day| match day {
            Some(day) => {
                let near = (day - DAYS..=day + DAYS).map(|day| format!("{title} {day}"));
                near.chain([format!("{title} undated")]).collect()
            }
            None => vec![title],
        });
        for raw in seen.link.iter().chain([&seen.id]) {
            marks.add_address(raw);
        }
        marks
    }

    /// `addresses` are its permalink and those that it had before, `names` what else its address may end with.
    pub(super) fn of_article<'a>(
        addresses: impl IntoIterator<Item = &'a Url>,
        names: impl IntoIterator<Item = &'a str>,
        title: &str,
        published: Option<Timestamp>,
    ) -> Self {
        let mut marks = Marks::titled(title, published, |title, day| match day {
            Some(day) => vec![format!("{title} {day}"), title],
            None => vec![format!("{title} undated"), title],
        });
        for address in addresses {
            marks.add_address(address.as_str());
        }
        for name in names {
            marks.add_name(name);
        }
        marks
    }

    /// `keys` of the title and the day, so that one title on many days stays many.
    fn titled(title: &str, published: Option<Timestamp>, keys: fn(String, Option<i64>) -> Vec<String>) -> Self {
        let title = squash(title);
        let day = published.map(|at| at.unix().div_euclid(24 * 60 * 60));
        Marks {
            titles: if title.is_empty() {
                Vec::new()
            } else {
                keys(title.clone(), day)
            },
            title,
            published,
            ..Marks::default()
        }
    }

    fn add_address(&mut self, raw: &str) {
        let Some(url) = Url::parse(raw) else { return };
        let (path, query) = path_and_query(&url);
        let host = url.host().trim_start_matches("www.");
        // The home page is no address of an entry.
        if path.is_empty() && query.is_empty() {
            return;
        }
        self.links.push(format!("{host}{path}?{query}"));
        if path.is_empty() || !query.is_empty() {
            return;
        }
        let path = without_extension(&path);
        self.add_name(path.rsplit('/').next().unwrap_or_default());
        self.paths.push(path.to_owned());
    }

    fn add_name(&mut self, name: &str) {
        let name = squash(name);
        if name.chars().any(char::is_alphabetic) {
            self.names.push(name);
        }
    }

    fn keys(&self, sign: Sign) -> &[String] {
        match sign {
            Sign::Id => &[],
            Sign::Link => &self.links,
            Sign::Path => &self.paths,
            Sign::Name => &self.names,
            Sign::Title => &self.titles,
        }
    }

    /// Whether nothing speaks against a sign.
    fn fits(&self, other: &Marks, sign: Sign) -> bool {
        let apart = self
            .published
            .zip(other.published)
            .map(|(one, other)| one.unix().abs_diff(other.unix()));
        let is_of_other_day = apart.is_some_and(|apart| apart > DAYS.unsigned_abs() * 24 * 60 * 60);
        match sign {
            Sign::Name => !is_of_other_day || (self.title == other.title && !self.title.is_empty()),
            Sign::Title => !is_of_other_day,
            Sign::Id | Sign::Link | Sign::Path => true,
        }
    }
}

/// The path, decoded, without what says nothing; and the query without what counts visitors.
fn path_and_query(url: &Url) -> (String, String) {
    let rest = url.as_str().split_once("://").map_or("", |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    let query: Vec<&str> = query.split('&').filter(|part| !part.starts_with("utm_")).collect();
    let path = fold(&decoded(url.path()));
    let path = path.trim_end_matches('/');
    let index = ["/index.html", "/index.htm", "/index.php"];
    let path = index.iter().find_map(|index| path.strip_suffix(index)).unwrap_or(path);
    (path.to_owned(), query.join("&"))
}

fn without_extension(path: &str) -> &str {
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

/// Finds the article of each entry that has none yet: sign by sign, where it is of one entry and of one article that
/// are not found yet.
pub(super) fn assign(entries: &[Marks], articles: &[Marks], found: &mut [Found]) {
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for one in found.iter() {
        if let Found::One(article, _) = one {
            taken.insert(*article);
        }
    }
    for sign in [Sign::Link, Sign::Path, Sign::Name, Sign::Title] {
        let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, article) in articles.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            for key in article.keys(sign) {
                let alike = by_key.entry(key).or_default();
                if alike.last() != Some(&at) && alike.len() <= MOST_ALIKE {
                    alike.push(at);
                }
            }
        }
        let mut meant: Vec<(usize, BTreeSet<usize>)> = Vec::new();
        let mut wanted: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            if matches!(found.get(at), Some(Found::One(..)) | None) {
                continue;
            }
            let lists = entry.keys(sign).iter().filter_map(|key| by_key.get(key.as_str()));
            let lists: Vec<&Vec<usize>> = lists.collect();
            if let Some(common) = lists.iter().find(|alike| alike.len() > MOST_ALIKE) {
                meant.push((at, common.iter().copied().collect()));
                continue;
            }
            let alike = lists.into_iter().flatten().copied();
            let alike = alike.filter(|article| entry.fits(&articles[*article], sign));
            let alike: BTreeSet<usize> = alike.collect();
            for article in &alike {
                *wanted.entry(*article).or_default() += 1;
            }
            meant.push((at, alike));
        }
        for (at, alike) in meant {
            let Some(found) = found.get_mut(at) else { continue };
            let mut several = alike.iter().copied();
            match (several.next(), several.next()) {
                (Some(article), None) if wanted.get(&article) == Some(&1) => {
                    taken.insert(article);
                    *found = Found::One(article, sign);
                }
                (Some(_), _) => *found = Found::Several(alike.into_iter().collect()),
                (None, _) => {}
            }
        }
    }
}
