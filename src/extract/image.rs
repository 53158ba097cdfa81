//! The main picture, with its alternative text, caption, credit and license.

mod page;

use super::{
    Evidence, Picture, Target,
    evidence::{CandidateSet, Derived, Origin, OriginKind},
    keys::{MatchedKey, display_value},
    plain,
};
use crate::{
    article::Kind,
    body,
    finding::{Finding, article},
    front_matter::{Field, Value},
    text::squash,
    url,
};

/// The weight of the first picture in a Markdown body. It was set by hand, because there is no measurement for
/// Markdown. For comparison: on 69.1% of 726 labeled HTML pages, the body picture with the highest score was the
/// declared main picture.
const IN_BODY: f32 = 0.6;

/// The main picture of the article.
pub fn image(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<Picture>> {
    let mut found = CandidateSet::new();
    for key in evidence.keys_for(Target::Image) {
        from_key(&key, &mut found, findings);
    }
    let has_key = !found.candidates.is_empty();
    if evidence.article.kind == Kind::Markdown && !has_key {
        from_body(&evidence.article.outline().images, &mut found);
    }
    if evidence.article.kind == Kind::Html && !has_key {
        page::from_page(evidence.article.page(), &mut found);
    }
    let mut derived = found.decide(|picture| picture.src.clone())?;
    // Keys such as `figure_author` describe the picture that front matter declares, not a picture in the body.
    if has_key {
        describe(evidence, &mut derived);
    }
    Some(derived)
}

fn from_key(key: &MatchedKey<'_>, found: &mut CandidateSet<Picture>, findings: &mut Vec<Finding>) {
    let value = match key.value {
        // Hugo uses the first picture in the list `images` for link previews.
        Value::List(items) => items
            .iter()
            .find(|item| !matches!(item, Value::Null))
            .unwrap_or(&Value::Null),
        value => value,
    };
    let raw = display_value(value);
    let mut picture = match value {
        Value::Scalar { text, .. } => Picture {
            src: address_in(text).trim().to_owned(),
            ..Picture::default()
        },
        Value::Map(fields) => from_map(fields),
        _ => return,
    };
    if picture.src.is_empty() {
        return;
    }
    if plain::is_placeholder(&picture.src) || !is_address(&picture.src) {
        found.reject(Origin::front_matter(key), &raw, "not the address of a picture");
        return;
    }
    let Some(repaired) = url::repair(&picture.src) else {
        found.reject(Origin::front_matter(key), &raw, "not an address");
        return;
    };
    if !repaired.repairs.is_empty() {
        let message = format!(
            "`{}` is read as `{}`: {}",
            picture.src,
            repaired.reference,
            repaired.repairs.join(", ")
        );
        findings.push(
            Finding::new(&article::LINK_REPAIRED, key.location(), message)
                .help(format!("write `{}`", repaired.reference)),
        );
    }
    // If two keys are equally reliable, an absolute address wins, because it can be used without knowing the site's
    // address.
    let is_absolute = repaired.reference.contains("://");
    picture.src = repaired.reference;
    let weight = if is_absolute { key.weight } else { key.weight - 0.02 };
    found.add_key(picture, key, &raw, weight);
    repaired.repairs.iter().for_each(|note| found.note(*note));
}

/// The address in `![alt](address)` or `[[address]]`. Any other text is treated as the address itself.
fn address_in(text: &str) -> &str {
    let text = text.trim();
    if let Some((_, rest)) = text.split_once("](") {
        return rest.split([')', ' ']).next().unwrap_or_default();
    }
    let inner = text
        .trim_start_matches('!')
        .strip_prefix("[[")
        .and_then(|t| t.strip_suffix("]]"));
    // In Obsidian, `![[map.png|300]]` is a picture with a width of 300 pixels.
    inner.map_or(text, |inner| inner.split('|').next().unwrap_or(inner))
}

/// Whether the value is an address rather than a picture service's id (`unsplash/photo-1575`) or a flag.
fn is_address(src: &str) -> bool {
    let path = src.split(['?', '#']).next().unwrap_or_default();
    let has_extension = path
        .rsplit_once('.')
        .is_some_and(|(_, end)| (2..=5).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphanumeric()));
    src.contains("://") || src.starts_with(['/', '.']) || has_extension
}

fn from_map(fields: &[Field]) -> Picture {
    let get = |names: &[&str]| {
        names.iter().find_map(|name| {
            let field = fields.iter().find(|field| squash(&field.key) == *name)?;
            field
                .value
                .text()
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        })
    };
    Picture {
        src: get(&[
            "url", "src", "href", "path", "image", "file", "filename", "feature", "large", "full", "img",
        ])
        .unwrap_or_default(),
        alt: get(&["alt", "alttext"]),
        caption: get(&["caption", "title", "description"]),
        credit: get(&[
            "credit",
            "credits",
            "author",
            "photographer",
            "source",
            "attribution",
            "by",
        ]),
        credit_url: get(&["crediturl", "creditlink", "authorurl", "sourceurl"]),
        license: get(&["license", "licence"]),
        license_url: get(&["licenseurl", "licenceurl"]),
    }
}

/// Adds details about the picture from other keys. Keys that start with the same word as the picture's key
/// (`figure_author` for `figure_url`) are preferred.
fn describe(evidence: &Evidence<'_>, derived: &mut Derived<Picture>) {
    let stem = evidence
        .keys_for(Target::Image)
        .iter()
        .find(|key| key.path == derived.origin.key)
        .map(MatchedKey::stem);
    let stem = stem.unwrap_or_default();
    let get = |target: Target| {
        let mut keys = evidence.keys_for(target);
        keys.sort_by_key(|key| {
            let own = key.stem();
            // A key such as `alt`, which does not start with a word for a picture, may describe any picture. A key that
            // starts with a different word for a picture probably describes a different picture.
            if own == stem {
                0
            } else if own.is_empty() {
                1
            } else {
                2
            }
        });
        keys.iter().find_map(|key| {
            let text = key.value.text()?.trim();
            (!text.is_empty() && !plain::is_placeholder(text)).then(|| text.to_owned())
        })
    };
    let is_url = |text: &String| text.contains("://");
    let picture = &mut derived.value;
    let text = |own: Option<String>, name| own.or_else(|| get(name)).map(|text| plain::text_of(&text));
    picture.alt = text(picture.alt.take(), Target::ImageAlt);
    picture.caption = text(picture.caption.take(), Target::ImageCaption);
    picture.license = text(picture.license.take(), Target::ImageLicense);
    picture.credit_url = picture
        .credit_url
        .take()
        .or_else(|| get(Target::ImageCreditUrl))
        .map(|url| tidy(&url));
    picture.license_url = picture
        .license_url
        .take()
        .or_else(|| get(Target::ImageLicenseUrl))
        .map(|url| tidy(&url));
    let credit = picture.credit.take().or_else(|| get(Target::ImageCredit));
    // `credit: https://…` is the picture's source, not its author.
    match credit {
        Some(credit) if is_url(&credit) && !credit.contains(' ') => {
            picture.credit_url = picture.credit_url.take().or(Some(credit));
        }
        credit => picture.credit = credit.map(|credit| plain::text_of(&credit)),
    }
    // `license: https://…` is the address of the license, not its name.
    if let Some(license) = picture
        .license
        .take_if(|license| is_url(license) && !license.contains(' '))
    {
        picture.license_url = picture.license_url.take().or(Some(license));
    }
}

/// Repairs an address, and removes the extra slash that some templates add to its end.
fn tidy(address: &str) -> String {
    let repaired = url::repair(address).map_or_else(|| address.to_owned(), |repaired| repaired.reference);
    match repaired.strip_suffix("//") {
        Some(rest) if rest.contains("://") => format!("{}/", rest.trim_end_matches('/')),
        _ => repaired,
    }
}

fn from_body(images: &[body::Picture], found: &mut CandidateSet<Picture>) {
    let Some(first) = images.iter().find(|image| is_content_picture(image)) else {
        return;
    };
    let text = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let picture = Picture {
        src: first.src.clone(),
        alt: text(&first.alt),
        caption: first.caption.as_deref().and_then(text),
        ..Picture::default()
    };
    found.add(
        picture,
        Origin::new(OriginKind::Visible, "img", first.line),
        &first.src,
        IN_BODY,
    );
}

/// Whether the picture is part of the content rather than a badge, an icon, a tracking pixel or a `data:` image.
fn is_content_picture(image: &body::Picture) -> bool {
    let src = image.src.to_ascii_lowercase();
    let markers = [
        "badge",
        "shields.io",
        "logo",
        "icon",
        "avatar",
        "pixel",
        "emoji",
        "spacer",
        "travis-ci",
        "codecov",
    ];
    !src.is_empty()
        && !src.starts_with("data:")
        && !markers.iter().any(|marker| src.contains(marker))
        && image.width.is_none_or(|width| width >= 100)
}
