//! The main picture, with what is said about it: alternative text, caption, credit and licence of the same picture.

mod page;

use super::{
    Evidence, Name, Picture,
    evidence::{Derived, Found, Kind, Origin},
    keys::{Claim, written},
    plain,
};
use crate::{
    article::Kind as Body,
    body,
    finding::{Finding, article},
    front_matter::{Field, Value},
    text::squash,
    url,
};

/// The first picture of a Markdown body illustrates the text; 69.1 of 100 pages open with their main picture.
const IN_BODY: f32 = 0.6;

/// The main picture of the article.
pub fn image(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<Picture>> {
    let mut found = Found::new();
    for claim in evidence.claims(Name::Image) {
        from_key(&claim, &mut found, findings);
    }
    let has_key = !found.candidates.is_empty();
    if evidence.article.kind == Body::Markdown && !has_key {
        from_body(&evidence.article.outline().images, &mut found);
    }
    if evidence.article.kind == Body::Html && !has_key {
        page::from_page(evidence.article.page(), &mut found);
    }
    let mut derived = found.decide(|picture| picture.src.clone())?;
    if has_key {
        describe(evidence, &mut derived);
    }
    Some(derived)
}

fn from_key(claim: &Claim<'_>, found: &mut Found<Picture>, findings: &mut Vec<Finding>) {
    let value = match claim.value {
        Value::List(items) => items
            .iter()
            .find(|item| !matches!(item, Value::Null))
            .unwrap_or(&Value::Null),
        value => value,
    };
    let origin = Origin::new(Kind::FrontMatter, claim.key.clone(), claim.line);
    let raw = written(value);
    let mut picture = match value {
        Value::Scalar { text, .. } => Picture {
            src: of_markdown(text).trim().to_owned(),
            ..Picture::default()
        },
        Value::Map(fields) => of_map(fields),
        _ => return,
    };
    if picture.src.is_empty() {
        return;
    }
    if plain::is_placeholder(&picture.src) || !is_address(&picture.src) {
        found.refuse(origin, &raw, "not the address of a picture");
        return;
    }
    let Some(repaired) = url::repair(&picture.src) else {
        found.refuse(origin, &raw, "not an address");
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
            Finding::new(&article::LINK_REPAIRED, claim.location(), message)
                .help(format!("write `{}`", repaired.reference)),
        );
    }
    // An absolute address needs no knowledge of the site.
    let absolute = repaired.reference.contains("://");
    picture.src = repaired.reference;
    found.add(
        picture,
        origin,
        &raw,
        if absolute { claim.weight } else { claim.weight - 0.02 },
    );
    repaired.repairs.iter().for_each(|note| found.note(*note));
}

/// The address in `![alt](address)`, `[[file]]` or `"address"`.
fn of_markdown(text: &str) -> &str {
    let text = text.trim();
    if let Some((_, rest)) = text.split_once("](") {
        return rest.split([')', ' ']).next().unwrap_or_default();
    }
    let inner = text
        .trim_start_matches('!')
        .strip_prefix("[[")
        .and_then(|t| t.strip_suffix("]]"));
    inner.map_or(text, |inner| inner.split('|').next().unwrap_or(inner))
}

/// An identifier of a picture service (`unsplash/photo-1575`) or a flag is no address.
fn is_address(src: &str) -> bool {
    let path = src.split(['?', '#']).next().unwrap_or_default();
    let has_extension = path
        .rsplit_once('.')
        .is_some_and(|(_, end)| (2..=5).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphanumeric()));
    src.contains("://") || src.starts_with(['/', '.']) || has_extension
}

fn of_map(fields: &[Field]) -> Picture {
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

/// Fills what keys beside the address say about the picture, those with the same stem first.
fn describe(evidence: &Evidence<'_>, derived: &mut Derived<Picture>) {
    let stem = evidence
        .claims(Name::Image)
        .iter()
        .find(|claim| claim.key == derived.origin.key)
        .map(Claim::stem);
    let stem = stem.unwrap_or_default();
    let get = |name: Name| {
        let mut claims = evidence.claims(name);
        claims.sort_by_key(|claim| {
            let own = claim.stem();
            if own == stem {
                0
            } else if own.is_empty() {
                1
            } else {
                2
            }
        });
        claims.iter().find_map(|claim| {
            let text = claim.value.text()?.trim();
            (!text.is_empty() && !plain::is_placeholder(text)).then(|| text.to_owned())
        })
    };
    let is_url = |text: &String| text.contains("://");
    let picture = &mut derived.value;
    let text = |own: Option<String>, name| own.or_else(|| get(name)).map(|text| plain::text_of(&text));
    picture.alt = text(picture.alt.take(), Name::ImageAlt);
    picture.caption = text(picture.caption.take(), Name::ImageCaption);
    picture.license = text(picture.license.take(), Name::ImageLicense);
    picture.credit_url = picture
        .credit_url
        .take()
        .or_else(|| get(Name::ImageCreditUrl))
        .map(|url| tidy(&url));
    picture.license_url = picture
        .license_url
        .take()
        .or_else(|| get(Name::ImageLicenseUrl))
        .map(|url| tidy(&url));
    let credit = picture.credit.take().or_else(|| get(Name::ImageCredit));
    // `credit: https://…` is where the picture is from and not who made it.
    match credit {
        Some(credit) if is_url(&credit) && !credit.contains(' ') => {
            picture.credit_url = picture.credit_url.take().or(Some(credit));
        }
        credit => picture.credit = credit.map(|credit| plain::text_of(&credit)),
    }
    if let Some(license) = picture
        .license
        .take_if(|license| is_url(license) && !license.contains(' '))
    {
        picture.license_url = picture.license_url.take().or(Some(license));
    }
}

/// Doubled slashes at the end of an address are a slip of a template.
fn tidy(address: &str) -> String {
    let repaired = url::repair(address).map_or_else(|| address.to_owned(), |repaired| repaired.reference);
    match repaired.strip_suffix("//") {
        Some(rest) if rest.contains("://") => format!("{}/", rest.trim_end_matches('/')),
        _ => repaired,
    }
}

fn from_body(images: &[body::Picture], found: &mut Found<Picture>) {
    let Some(first) = images.iter().find(|image| is_picture(image)) else {
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
        Origin::new(Kind::Visible, "img", first.line),
        &first.src,
        IN_BODY,
    );
}

/// Not a badge, an icon, a tracking pixel or an inline image.
fn is_picture(image: &body::Picture) -> bool {
    let src = image.src.to_ascii_lowercase();
    let marks = [
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
        && !marks.iter().any(|mark| src.contains(mark))
        && image.width.is_none_or(|width| width >= 100)
}
