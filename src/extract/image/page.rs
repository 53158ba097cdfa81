//! The main picture of an HTML page: what it declares for sharing, else the likeliest of its text.

use serde_json::Value;

use super::is_picture;
use crate::{
    body,
    extract::{
        Picture,
        evidence::{Found, Kind, Origin},
        json_ld::{Graph, Subject},
        page_meta,
    },
    page::Page,
    url,
};

// No case knows its main picture, so nothing here is measured against a truth. What a page declares for being shared is
// its main picture by definition; the others are ordered by how often they name the file that `og:image` names
// (html_real, pages that have both).

const METAS: &[(&str, f32)] = &[
    ("og:image", 0.9),
    // 47 of 50
    ("og:image:secure_url", 0.88),
    // 10 of 11
    ("og:image:url", 0.88),
    // 140 of 164
    ("twitter:image", 0.85),
    // 22 of 24
    ("twitter:image:src", 0.85),
    // 1 of 1
    ("parsely-image-url", 0.8),
    // 5 of 6, but small by its name
    ("thumbnail", 0.6),
];
/// 66 of 87.
const IMAGE_LD: f32 = 0.76;
/// 110 of 282 under the same file name, and others in another size; 69 of 100 on the larger set of which these are a part.
const IN_BODY: f32 = 0.65;

/// Adds the candidates of a page.
pub(super) fn from_page(page: &Page, found: &mut Found<Picture>) {
    let declared_alt = page_meta(page, "og:image:alt")
        .chain(page_meta(page, "twitter:image:alt"))
        .next();
    for (name, weight) in METAS {
        for meta in page_meta(page, name).take(1) {
            let mut picture = Picture {
                src: meta.content.clone(),
                ..Picture::default()
            };
            picture.alt = declared_alt
                .map(|alt| alt.content.clone())
                .filter(|alt| !alt.is_empty());
            keep(picture, Origin::new(Kind::Head, *name, meta.line), *weight, found);
        }
    }
    let graph = Graph::of(page);
    for node in graph.about(Subject::Article).chain(graph.about(Subject::Page)).take(4) {
        if let Some(src) = node.fields.get("image").and_then(largest) {
            let picture = Picture {
                src: src.to_owned(),
                ..Picture::default()
            };
            keep(
                picture,
                Origin::new(Kind::StructuredData, "image", node.line),
                IMAGE_LD,
                found,
            );
        }
    }
    let best = page
        .images
        .iter()
        .enumerate()
        .filter(|(_, image)| is_picture(image))
        .map(|(at, image)| (score(image, at), image))
        .reduce(|best, other| if other.0 > best.0 { other } else { best });
    if let Some((_, image)) = best {
        let text = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let picture = Picture {
            src: image.src.clone(),
            alt: text(&image.alt),
            caption: image.caption.as_deref().and_then(text),
            ..Picture::default()
        };
        keep(picture, Origin::new(Kind::Visible, "img", image.line), IN_BODY, found);
    }
    from_body(page, found);
}

/// What the body says about a declared picture: its alternative text and its caption.
fn from_body(page: &Page, found: &mut Found<Picture>) {
    for candidate in &mut found.candidates {
        let name = file_of(&candidate.value.src);
        let shown = page
            .images
            .iter()
            .find(|image| !name.is_empty() && file_of(&image.src) == name);
        let Some(shown) = shown else { continue };
        let text = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        candidate.value.alt = candidate.value.alt.take().or_else(|| text(&shown.alt));
        candidate.value.caption = candidate
            .value
            .caption
            .take()
            .or_else(|| shown.caption.as_deref().and_then(text));
    }
}

fn file_of(src: &str) -> &str {
    let path = src.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

fn keep(mut picture: Picture, origin: Origin, weight: f32, found: &mut Found<Picture>) {
    let raw = picture.src.clone();
    let lower = raw.to_ascii_lowercase();
    if ["logo", "default", "placeholder", "favicon", "blank."]
        .iter()
        .any(|mark| file_of(&lower).contains(mark))
    {
        found.refuse(origin, &raw, "the site's picture and not the article's");
        return;
    }
    match url::repair(&raw) {
        Some(repaired) if !lower.starts_with("data:") => {
            picture.src = repaired.reference;
            found.add(picture, origin, &raw, weight);
        }
        _ => found.refuse(origin, &raw, "not an address"),
    }
}

/// The address in a value of JSON-LD: a text, an object with `url`, or the widest of a list.
fn largest(value: &Value) -> Option<&str> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    let width = |item: &Value| {
        let width = item.get("width");
        let width = width.and_then(|w| w.as_u64().or_else(|| w.as_str().and_then(|text| text.parse().ok())));
        width.unwrap_or(0)
    };
    let address = |item: &'_ Value| item.as_str().is_some() || item.get("url").is_some();
    let best = items
        .iter()
        .take(20)
        .filter(|item| address(item))
        .reduce(|best, other| if width(other) > width(best) { other } else { best })?;
    best.as_str()
        .or_else(|| best.get("url").and_then(Value::as_str))
        .or_else(|| best.get("contentUrl").and_then(Value::as_str))
}

/// The points of a picture in the text: wide, captioned, early.
fn score(image: &body::Picture, at: usize) -> f32 {
    let width = match image.width {
        Some(width) if width >= 400 => 1.0,
        Some(width) if width < 150 => -1.5,
        _ => 0.0,
    };
    let caption = if image.caption.is_some() { 1.0 } else { 0.0 };
    width + caption - 0.05 * at as f32
}
