//! The names of a page's site, which occur in titles and bylines but are neither titles nor authors.

use super::{
    json_ld::{self, Graph, Subject},
    page_meta,
};
use crate::{page::Page, text::squash};

/// The names of a page's site, squashed.
#[derive(Debug, Default)]
pub(super) struct SiteNames {
    names: Vec<String>,
    /// The host without `www` and without its last label: `example` for `www.example.org`.
    host: String,
}

/// Separators between a title and the site's name.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " : ", " / ", "｜", "_", " ~ ", ": ", "| ", " |",
    "- ",
];

impl SiteNames {
    /// Collects the names from the page's `meta` elements, structured data and address.
    pub(super) fn new(page: &Page, graph: &Graph<'_>) -> Self {
        let mut site = SiteNames::default();
        for name in [
            "og:site_name",
            "application-name",
            "apple-mobile-web-app-title",
            "twitter:site",
            "dc.publisher",
            "publisher",
            "cre",
        ] {
            page_meta(page, name).for_each(|meta| site.add(&meta.content));
        }
        for node in graph.about(Subject::Site).chain(graph.about(Subject::Organization)) {
            node.fields
                .get("name")
                .and_then(json_ld::text)
                .into_iter()
                .for_each(|name| site.add(name));
        }
        for node in graph.about(Subject::Article).chain(graph.about(Subject::Page)) {
            let name = node
                .fields
                .get("publisher")
                .map(|value| graph.resolve(value))
                .and_then(json_ld::text);
            name.into_iter().for_each(|name| site.add(name));
        }
        if let Some(address) = address(page) {
            let host = address
                .split_once("://")
                .map_or("", |(_, rest)| rest.split(['/', ':', '?']).next().unwrap_or_default());
            let host = host.strip_prefix("www.").unwrap_or(host);
            site.add(host);
            site.host = squash(host.rsplit_once('.').map_or(host, |(name, _)| name));
        }
        site
    }

    /// Adds a name, unless it is too long for a site name.
    pub(super) fn add(&mut self, name: &str) {
        // Some templates write the page's title where the site's name belongs.
        if name.len() > 200 || name.split_whitespace().count() > 6 {
            return;
        }
        let name = squash(name);
        if name.chars().count() >= 2 && name.chars().count() <= 60 && !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    /// Whether the text is the site's name or host, possibly with a few letters or digits added or missing. Also `true`
    /// for any other host name, and for a text without letters and digits.
    pub(super) fn is_site(&self, text: &str) -> bool {
        let squashed = squash(text);
        if squashed.is_empty() || self.names.contains(&squashed) || is_domain(text.trim()) {
            return true;
        }
        // Short names occur inside too many other words, so they must match exactly.
        let long = |name: &str| name.chars().count() >= 4;
        let host = &self.host;
        (long(host)
            && long(&squashed)
            && (squashed.contains(host.as_str()) && squashed.len() <= host.len() + 12 || host.contains(&squashed)))
            || self.names.iter().any(|name| {
                long(name)
                    && long(&squashed)
                    && (squashed.starts_with(name) && squashed.len() <= name.len() + 15
                        || name.starts_with(&squashed) && name.len() <= squashed.len() + 12)
            })
    }

    /// Removes the site's name from a title.
    pub(super) fn strip<'t>(&self, title: &'t str) -> &'t str {
        let mut title = title.trim();
        for _ in 0..4 {
            let Some(shorter) = self.strip_once(title) else { break };
            title = shorter;
        }
        title
    }

    fn strip_once<'t>(&self, title: &'t str) -> Option<&'t str> {
        for separator in SEPARATORS {
            // A separator that does not have spaces on both sides may be ordinary punctuation, as in `Harbor- and river
            // boats` and `Harbor: the first day`.
            let has_spaces = separator.starts_with(' ') && separator.ends_with(' ');
            if let Some((head, tail)) = title.rsplit_once(separator)
                && (self.is_named(tail) || (has_spaces && self.is_site(tail)))
                // A title that consists only of the site's names is not shortened.
                && !self.is_site(head)
            {
                return Some(head.trim());
            }
            if let Some((head, tail)) = title.split_once(separator)
                && self.is_named(head)
                && !self.is_site(tail)
            {
                return Some(tail.trim());
            }
        }
        None
    }

    /// Whether the text is exactly the site's name or host.
    pub(super) fn is_named(&self, text: &str) -> bool {
        let squashed = squash(text);
        self.names.contains(&squashed) || squashed == self.host || is_domain(text.trim())
    }
}

/// Whether the text is a host name: `example.org`, but not `Node.js 18.2` or a sentence.
fn is_domain(text: &str) -> bool {
    let Some((name, end)) = text.rsplit_once('.') else {
        return false;
    };
    !text.contains(char::is_whitespace)
        && name.chars().count() >= 2
        && (2..=6).contains(&end.len())
        && end.bytes().all(|b| b.is_ascii_lowercase())
        && !matches!(end, "js" | "py" | "rs" | "md" | "txt" | "html")
}

/// The absolute address that the page declares for itself.
pub(super) fn address(page: &Page) -> Option<&str> {
    let canonical = page.canonical.as_ref().map(|canonical| canonical.text.as_str());
    let og = page_meta(page, "og:url").next().map(|meta| meta.content.as_str());
    canonical
        .filter(|url| url.contains("://"))
        .or(og)
        .filter(|url| url.contains("://"))
}
