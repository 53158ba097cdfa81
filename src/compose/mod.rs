//! From an article's metadata, the ledger and the site's settings to an [`Entry`]: absolute addresses, safe HTML,
//! a stable id.

pub mod identity;
mod permalink;

use std::path::Path;

use crate::{
    article::{Article, Kind},
    config::Config,
    extract::{
        self, Metadata,
        evidence::{self, Derived},
    },
    finding::{Finding, Location, Severity, article as rules},
    html::{self, Html},
    model::{Category, Email, Enclosure, Entry, Image, MediaType, Person},
    source::beside::size_beside,
    text::PlainText,
    time::Timestamp,
    url::{Id, Url},
};
use permalink::permalink;

/// When readers could first see an entry, and when it last changed.
#[derive(Debug, Clone, Copy)]
pub struct Dates {
    /// Its own date, or the day on which it was first seen.
    pub published: Timestamp,
    /// The last change worth telling.
    pub updated: Timestamp,
}

/// The last change as the article itself tells it; one that lies in the future has not happened yet.
pub fn own_update(metadata: &Metadata, config: &Config, now: Timestamp) -> Option<Timestamp> {
    let written = metadata.updated.as_ref()?;
    let updated = written.value.at(&config.site.zone, config.site.default_time);
    (updated <= now).then_some(updated)
}

/// Composes an entry, and tells what had to be left out.
///
/// `file` is where the article lies, for the sizes of files beside it. `None` if there is nothing to publish.
pub fn entry(
    article: &Article<'_>,
    metadata: Metadata,
    id: Id,
    dates: Dates,
    config: &Config,
    file: &Path,
) -> (Option<Entry>, Vec<Finding>) {
    let mut findings = metadata.findings;
    if has_error(&findings) {
        return (None, findings);
    }
    let site = &config.site;
    let is_titled = metadata
        .title
        .as_ref()
        .is_some_and(|title| title.origin.kind != evidence::Kind::FileName);
    let title = metadata.title.map(|title| title.value).unwrap_or_default();
    let (published, finding) = not_too_early(dates.published);
    findings.extend(finding);
    let (link, finding) = link(
        metadata.link.as_ref(),
        metadata.slug.as_deref(),
        &article.path,
        published,
        config,
    );
    findings.extend(finding);

    let content = match content(article, &title, &link, config.html, &mut findings) {
        Ok(content) => content,
        Err(finding) => {
            findings.push(finding);
            return (None, findings);
        }
    };
    let mut summary = metadata.summary.and_then(|summary| PlainText::new(&summary.value));
    let has_text = content.is_some() || summary.is_some();
    let Some(title) = shown_title(article, &title, is_titled, has_text) else {
        findings.push(Finding::new(&rules::EMPTY, Location::file(), "neither title nor text"));
        return (None, findings);
    };
    if !has_text {
        // JSON Feed wants content in every item: a title that is all there is stands for it.
        findings.push(Finding::new(
            &rules::NO_TEXT,
            Location::file(),
            "there is a title, and no text",
        ));
        summary = Some(title.clone());
    }

    let authors = metadata
        .authors
        .map_or_else(Vec::new, |authors| persons(&authors.value, &link));
    let folder = permalink::folder(&article.path, &site.url);
    let enclosures = metadata.enclosures.map_or_else(Vec::new, |enclosures| {
        enclosures
            .value
            .iter()
            .filter_map(|source| enclosure(source, &link, &folder, file, &mut findings))
            .collect()
    });
    if has_error(&findings) {
        return (None, findings);
    }
    let entry = Entry {
        id,
        title,
        published,
        updated: dates.updated.max(published),
        summary,
        content,
        authors: if authors.is_empty() {
            site.authors.clone()
        } else {
            authors
        },
        categories: metadata
            .categories
            .map_or_else(Vec::new, |categories| terms(&categories.value)),
        image: metadata.image.and_then(|picture| image(&picture.value, &link)),
        enclosures,
        language: metadata.language.map(|language| language.value),
        rights: None,
        link,
    };
    (Some(entry), findings)
}

/// The first day that every reader shows as written, in place of an earlier one, with a warning.
fn not_too_early(written: Timestamp) -> (Timestamp, Option<Finding>) {
    let published = Timestamp::from_unix(Timestamp::EARLIEST).map_or(written, |day| written.max(day));
    if published == written {
        return (published, None);
    }
    let message = format!("`{}` is published as {}", written.day(), published.day());
    let mut finding = Finding::new(&rules::DATE_INVALID, Location::file(), message)
        .help("readers with 32-bit clocks show earlier dates as 2104; say the true date in the text");
    // newsboat, Thunderbird and Akregator show an earlier date as the year 2104, on top for ever.
    finding.severity = Severity::Warning;
    (published, Some(finding))
}

/// The article's body as safe HTML; `None` if nothing is in it.
///
/// # Errors
/// A limit that the body exceeds.
fn content(
    article: &Article<'_>,
    title: &str,
    link: &Url,
    level: html::Level,
    findings: &mut Vec<Finding>,
) -> Result<Option<Html>, Finding> {
    let cleaned = html::clean_to(level, &article.content(title)?, link);
    if !cleaned.removed.is_empty() {
        let message = format!("removed from the content: {}", cleaned.removed.join(", "));
        findings.push(Finding::new(&rules::CONTENT_REMOVED, Location::file(), message));
    }
    Ok(Some(cleaned.html).filter(|html| !html.as_str().trim().is_empty()))
}

/// The title that readers see: the article's, else, over a text, the name of the file. A title alone will do where the
/// article has it of its own.
fn shown_title(article: &Article<'_>, title: &str, is_titled: bool, has_text: bool) -> Option<PlainText> {
    // The text of a page of frames lies in other files; its title alone says nothing.
    let is_titled = is_titled && !(article.kind == Kind::Html && article.body.contains("<frameset"));
    let title = PlainText::new(title).or_else(|| PlainText::new(file_title(&article.path)).filter(|_| has_text));
    title.filter(|_| has_text || is_titled)
}

fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// The permalink of an article: its own word, else by the pattern of the configuration; and why not its own word.
pub fn link(
    own: Option<&Derived<String>>,
    slug: Option<&str>,
    path: &str,
    published: Timestamp,
    config: &Config,
) -> (Url, Option<Finding>) {
    let site = &config.site.url;
    let by_pattern = || permalink(&config.link_pattern, path, slug, published, site);
    match own.map(|own| address(own, site)) {
        Some(Ok(address)) => (address, None),
        Some(Err(finding)) => (by_pattern(), Some(finding)),
        None => (by_pattern(), None),
    }
}

/// The address that an article names as its own. A page's own word does not move an entry to another host: templates
/// are copied with their canonical links, and hostile pages name what they like.
fn address(link: &Derived<String>, site: &Url) -> Result<Url, Finding> {
    let place = Location::line(link.origin.line);
    let Some(address) = site.join(&link.value) else {
        let message = format!(
            "`{}` is no address that a feed can link to",
            link.raw.trim().escape_debug()
        );
        return Err(Finding::new(&rules::LINK_INVALID, place, message).help("write it as https://example.org/path"));
    };
    let is_own_word = matches!(
        link.origin.kind,
        evidence::Kind::FrontMatter | evidence::Kind::Configuration
    );
    if !is_own_word && !is_kin(address.host(), site.host()) {
        let message = format!("the page calls `{address}` its home, which is not on {}", site.host());
        let help = "if that is right, write it under `link` in front matter above the page";
        return Err(Finding::new(&rules::LINK_FOREIGN, place, message).help(help));
    }
    Ok(address)
}

/// Whether two hosts are one, or one lies below the other; `www.` aside.
fn is_kin(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_start_matches("www."), b.trim_start_matches("www."));
    let lies_below = |inner: &str, outer: &str| inner.strip_suffix(outer).is_some_and(|rest| rest.ends_with('.'));
    a == b || lies_below(a, b) || lies_below(b, a)
}

/// The name of a file as a title of last resort.
fn file_title(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn persons(authors: &[extract::Author], link: &Url) -> Vec<Person> {
    let person = |author: &extract::Author| {
        let url = author.url.as_deref().and_then(|url| link.join(url));
        Some(Person {
            name: PlainText::new(&author.name)?,
            email: author.email.as_deref().and_then(Email::new),
            url,
        })
    };
    authors.iter().filter_map(person).collect()
}

fn terms(categories: &[String]) -> Vec<Category> {
    let mut terms: Vec<Category> = Vec::with_capacity(categories.len());
    for term in categories.iter().filter_map(|term| PlainText::new(term)) {
        if !terms.iter().any(|known| known.term == term) {
            terms.push(Category { term, scheme: None });
        }
    }
    terms
}

fn image(picture: &extract::Picture, link: &Url) -> Option<Image> {
    let text = |text: &Option<String>| text.as_deref().and_then(PlainText::new);
    let url = link.join(&picture.src)?;
    Some(Image {
        media_type: MediaType::of_path(url.path()),
        url,
        alt: text(&picture.alt),
        caption: text(&picture.caption),
        credit: text(&picture.credit),
        license: text(&picture.license),
        license_url: picture.license_url.as_deref().and_then(|url| link.join(url)),
    })
}

/// An enclosure at its address: below the permalink, or, if the file lies beside the article, in the article's folder.
fn enclosure(
    source: &extract::EnclosureSource,
    link: &Url,
    folder: &Url,
    file: &Path,
    findings: &mut Vec<Finding>,
) -> Option<Enclosure> {
    let mut tell = |severity: Severity, message: String, help: &str| {
        let mut finding = Finding::new(&rules::ENCLOSURE_INVALID, Location::file(), message).help(help);
        finding.severity = severity;
        findings.push(finding);
    };
    let beside = size_beside(file, &source.src);
    let base = if beside.is_some() { folder } else { link };
    let Some(url) = base.join(&source.src) else {
        tell(
            Severity::Error,
            format!("the enclosure `{}` has no usable address", source.src),
            "write its full http(s) address",
        );
        return None;
    };
    let stated = source.media_type.as_deref().map(MediaType::new);
    if let Some(None) = stated {
        let raw = source.media_type.as_deref().unwrap_or_default();
        tell(
            Severity::Error,
            format!("`{}` is no media type", raw.escape_debug()),
            "state it as `type: audio/mpeg`",
        );
        return None;
    }
    let Some(media_type) = stated.flatten().or_else(|| MediaType::of_path(url.path())) else {
        tell(
            Severity::Error,
            format!("the enclosure `{url}` has no media type"),
            "state it, for example `type: audio/mpeg`",
        );
        return None;
    };
    let length = source.length.or(beside);
    if length.is_none() {
        tell(
            Severity::Warning,
            format!("the length of the enclosure `{url}` is not known, and no such file lies beside the article"),
            "state it in bytes, for example `length: 4096`, or put the file there",
        );
    }
    Some(Enclosure {
        url,
        length,
        media_type,
        title: source.title.as_deref().and_then(PlainText::new),
    })
}
