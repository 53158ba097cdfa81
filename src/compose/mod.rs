//! Composes an [`Entry`] from an article's metadata, the ledger and the site's settings. The entry has absolute URLs,
//! safe HTML and a permanent id.

pub mod id;
mod permalink;

use std::path::Path;

use crate::{
    article::{Article, Kind},
    config::Config,
    extract::{
        self, Metadata,
        evidence::{self, Derived},
    },
    finding::{Finding, Location, Severity, article as rules, has_error},
    html::{self, Html},
    model::{ByteLength, Category, Email, Enclosure, Entry, Image, MediaType, Person},
    source::files::size_of_reference,
    text::PlainText,
    time::Timestamp,
    url::{Id, Url},
};

/// The two dates of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Dates {
    /// The date in the article, or the time at which a build first found the article.
    pub published: Timestamp,
    /// When the entry last changed significantly.
    pub updated: Timestamp,
}

/// The date that the article declares for its last change. A future date is ignored, because that change has not
/// happened yet.
pub fn declared_update(metadata: &Metadata, config: &Config, now: Timestamp) -> Option<Timestamp> {
    let written = metadata.updated.as_ref()?;
    let updated = written.value.at(&config.site.zone, config.site.default_time);
    (updated <= now).then_some(updated)
}

/// Composes an entry, with findings about what had to be left out. `None` if there is nothing to publish.
///
/// `file` is the article's path on disk. It is used to find the sizes of enclosures next to the article.
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
    let has_title = metadata.title.as_ref().is_some_and(|title| !title.is_file_name());
    let title = metadata.title.map(|title| title.value).unwrap_or_default();
    // This must happen before the permalink is built, because the `link` pattern may contain the date.
    let (published, finding) = clamp_published(dates.published);
    findings.extend(finding);
    let Permalink { url: link, finding, .. } = permalink(
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
    // An entry needs something to read. A title that the author wrote is enough, but a file name is not.
    let has_text = content.is_some() || summary.is_some();
    let Some(title) = display_title(article, &title, has_title, has_text) else {
        findings.push(Finding::new(
            &rules::EMPTY,
            Location::file(),
            "the article has neither a title nor text",
        ));
        return (None, findings);
    };
    if !has_text {
        // A JSON Feed item must have content, so the title also becomes the summary, which `render` writes as the
        // content.
        findings.push(Finding::new(
            &rules::NO_TEXT,
            Location::file(),
            "the article has a title but no text",
        ));
        summary = Some(title.clone());
    }

    let authors = metadata
        .authors
        .map_or_else(Vec::new, |authors| persons(&authors, &link, &mut findings));
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
        // RFC 4287 section 4.1.2 requires an author in the entry or in its feed. The site's authors are better than
        // none: without an author, rss2email prints a literal `<author>`.
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

/// Replaces a date before [`Timestamp::EARLIEST`], with a warning.
///
/// newsboat, Thunderbird and Akregator store dates in 32 bits and show an earlier date as a date far in the future, so
/// the entry stays at the top of the list.
fn clamp_published(written: Timestamp) -> (Timestamp, Option<Finding>) {
    let published = Timestamp::from_unix(Timestamp::EARLIEST).map_or(written, |day| written.max(day));
    if published == written {
        return (published, None);
    }
    let message = format!("`{}` is published as {}", written.day(), published.day());
    let mut finding = Finding::new(&rules::DATE_INVALID, Location::file(), message)
        .help("some readers show such early dates as dates far in the future; mention the true date in the text");
    finding.severity = Severity::Warning;
    (published, Some(finding))
}

/// The article's body as safe HTML; `None` if it is empty.
///
/// # Errors
/// Returns an error if the body exceeds a limit.
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

/// The title of the entry, or the file name if the article has text but no title. `None` if there is nothing to
/// publish: an article without text needs a title that is not just its file name.
fn display_title(article: &Article<'_>, title: &str, has_title: bool, has_text: bool) -> Option<PlainText> {
    // The text of a frameset is in other files, and its title alone is not worth an entry.
    let has_title = has_title && !(article.kind == Kind::Html && article.body.contains("<frameset"));
    let title = PlainText::new(title).or_else(|| PlainText::new(file_title(&article.path)).filter(|_| has_text));
    title.filter(|_| has_text || has_title)
}

/// The permalink of an article.
#[derive(Debug, Clone)]
pub struct Permalink {
    /// The address.
    pub url: Url,
    /// Whether the article declares the permalink. If not, the permalink was built from the `link` pattern of the
    /// configuration, so it is no better evidence of the article's identity than the path.
    pub is_declared: bool,
    /// Why the declared permalink was rejected.
    pub finding: Option<Finding>,
}

/// The permalink that an article declares, or one built from the `link` pattern of the configuration.
pub fn permalink(
    declared: Option<&Derived<String>>,
    slug: Option<&str>,
    path: &str,
    published: Timestamp,
    config: &Config,
) -> Permalink {
    let site = &config.site.url;
    let (declared, finding) = match declared.map(|declared| declared_link(declared, site)).transpose() {
        Ok(url) => (url, None),
        Err(finding) => (None, Some(finding)),
    };
    Permalink {
        is_declared: declared.is_some(),
        url: declared.unwrap_or_else(|| permalink::from_pattern(&config.link_pattern, path, slug, published, site)),
        finding,
    }
}

/// The permalink that an article declares.
///
/// Front matter and configuration may name any host. The canonical link inside an HTML page must not move the entry to
/// another host: templates are copied together with their canonical links, and a hostile page can name any host.
fn declared_link(link: &Derived<String>, site: &Url) -> Result<Url, Finding> {
    let location = Location::line(link.origin.line);
    let Some(address) = site.join(&link.value) else {
        let message = format!(
            "`{}` is not an address that a feed can link to",
            link.raw.trim().escape_debug()
        );
        return Err(Finding::new(&rules::LINK_INVALID, location, message).help("write it as https://example.org/path"));
    };
    let is_declared_by_author = matches!(
        link.origin.kind,
        evidence::OriginKind::FrontMatter | evidence::OriginKind::Configuration
    );
    if !is_declared_by_author && !is_same_site(address.host(), site.host()) {
        let message = format!(
            "the page declares the address `{address}`, which is not on {}",
            site.host()
        );
        let help = "if that address is correct, add it as `link` in front matter at the start of the file";
        return Err(Finding::new(&rules::LINK_FOREIGN, location, message).help(help));
    }
    Ok(address)
}

/// Whether two hosts are the same, or one is a subdomain of the other, ignoring `www.`.
fn is_same_site(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_start_matches("www."), b.trim_start_matches("www."));
    let is_subdomain = |inner: &str, outer: &str| inner.strip_suffix(outer).is_some_and(|rest| rest.ends_with('.'));
    a == b || is_subdomain(a, b) || is_subdomain(b, a)
}

/// The file name without its extension, used as the title if no other title was found.
fn file_title(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn persons(authors: &Derived<Vec<extract::Author>>, link: &Url, findings: &mut Vec<Finding>) -> Vec<Person> {
    let mut email = |raw: &str| {
        let email = Email::new(raw);
        // Ordinary text can look like an e-mail address without being one, so only a value from front matter is
        // reported.
        if email.is_none() && authors.origin.kind == evidence::OriginKind::FrontMatter {
            let message = format!("`{}` cannot be published as an e-mail address", raw.escape_debug());
            let mut finding = Finding::new(&rules::VALUE_INVALID, Location::line(authors.origin.line), message)
                .help("write an address such as `ada@example.org`; until then, the e-mail address is left out");
            finding.severity = Severity::Warning;
            findings.push(finding);
        }
        email
    };
    let person = |author: &extract::Author| {
        Some(Person {
            name: PlainText::new(&author.name)?,
            email: author.email.as_deref().and_then(&mut email),
            url: author.url.as_deref().and_then(|url| link.join(url)),
        })
    };
    authors.value.iter().filter_map(person).collect()
}

fn terms(categories: &[String]) -> Vec<Category> {
    let mut terms: Vec<Category> = Vec::with_capacity(categories.len());
    for term in categories.iter().filter_map(|term| PlainText::new(term)) {
        // An article's `tags` and `categories` may contain the same terms.
        if !terms.iter().any(|other| other.term == term) {
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

/// An enclosure with an absolute address. A relative address is resolved against the permalink, or against the
/// article's folder if the file is there.
fn enclosure(
    source: &extract::EnclosureSource,
    link: &Url,
    folder: &Url,
    file: &Path,
    findings: &mut Vec<Finding>,
) -> Option<Enclosure> {
    let mut report = |severity: Severity, message: String, help: &str| {
        let mut finding = Finding::new(&rules::ENCLOSURE_INVALID, Location::file(), message).help(help);
        finding.severity = severity;
        findings.push(finding);
    };
    let beside = size_of_reference(file, &source.src);
    let base = if beside.is_some() { folder } else { link };
    let Some(url) = base.join(&source.src) else {
        report(
            Severity::Error,
            format!("the enclosure `{}` has no usable address", source.src),
            "write the full http(s) address",
        );
        return None;
    };
    let stated = source.media_type.as_deref().map(MediaType::new);
    if let Some(None) = stated {
        let raw = source.media_type.as_deref().unwrap_or_default();
        report(
            Severity::Error,
            format!("`{}` is not a media type", raw.escape_debug()),
            "write a media type, such as `type: audio/mpeg`",
        );
        return None;
    }
    let Some(media_type) = stated.flatten().or_else(|| MediaType::of_path(url.path())) else {
        report(
            Severity::Error,
            format!("the enclosure `{url}` has no media type"),
            "add one, for example `type: audio/mpeg`",
        );
        return None;
    };
    let length = source
        .length
        .and_then(ByteLength::new)
        .or(beside.and_then(ByteLength::new));
    if length.is_none() {
        report(
            Severity::Warning,
            format!("the length of the enclosure `{url}` is unknown, and the file was not found next to the article"),
            "add the length in bytes, for example `length: 4096`, or put the file next to the article",
        );
    }
    Some(Enclosure {
        url,
        length,
        media_type,
        title: source.title.as_deref().and_then(PlainText::new),
    })
}
