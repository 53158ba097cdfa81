//! The language of an article: declared, found in the path, or detected from the text.

use super::{
    Evidence, Target, defaults,
    evidence::{CandidateSet, Derived, Origin, OriginKind},
    file_name,
    json_ld::{self, Graph, Subject},
    page_meta,
};
use crate::{
    article::Kind,
    page::Page,
    plain_text::{Line, Role},
    text::language::{Language, detect},
};

/// The weight of a detected language. The detector was measured on 3,273 labeled texts: it is right for 95.2% of them,
/// and gives no answer for 2.5%.
const DETECTED: f32 = 0.92;
/// The weight of a language in the path, set by hand. Folder names and file suffixes state the language, but a file
/// whose article has not been translated yet still contains the original text.
const IN_PATH: f32 = 0.7;
/// The amount of text that is passed to the detector, in bytes. More text does not improve the result.
const MAX_PROSE: usize = 1500;

/// The language of the article.
pub fn language(evidence: &Evidence<'_>) -> Option<Derived<Language>> {
    let mut found = CandidateSet::new();
    for key in evidence.keys_for(Target::Language) {
        let Some(raw) = key.value.text() else { continue };
        match parse_language(raw) {
            Some(language) => found.add_key(language, &key, raw, key.weight),
            None if raw.trim().is_empty() => {}
            None => found.reject(Origin::front_matter(&key), raw, "not a language tag"),
        }
    }
    if let Some(raw) = file_name::language(&evidence.article.path)
        && let Some(language) = parse_language(raw)
    {
        found.add(
            language,
            Origin::new(OriginKind::FileName, "", 0),
            &evidence.article.path,
            IN_PATH,
        );
    }
    if evidence.article.kind == Kind::Html {
        from_page(evidence.article.page(), &mut found);
    }
    // If front matter declares the language, detection is skipped: it is slow, and front matter takes precedence
    // anyway.
    if !found.has_front_matter()
        && let Some(language) = detect(&prose(evidence))
    {
        let raw = language.as_str().to_owned();
        found.add(
            language,
            Origin::new(OriginKind::Visible, "detected", 0),
            &raw,
            DETECTED,
        );
    }
    // `en` and `en-US` confirm each other.
    let derived = found.decide(|language| language.primary().to_owned());
    defaults::or_default(derived, evidence, |defaults| {
        let language = defaults.language.clone()?;
        let raw = language.as_str().to_owned();
        Some((language, raw))
    })
}

// How often a declaration agrees with the language detected from the text, counted on 498 HTML pages from real sites.
// Only 14 pages have a labeled language; the declarations are right on all 14. A set with more labels would give better
// figures, because the detector makes mistakes too.

/// The `lang` attribute, which agrees with the detected language on 382 of 396 pages. Some themes declare their own
/// language even if the author writes in a different one.
const HTML_LANG: f32 = 0.965;
const METAS: &[(&str, f32)] = &[
    // Agrees with the detected language on 168 of 173 pages. The weight is below that of `lang`, because `og:locale` is
    // the locale of the template.
    ("og:locale", 0.96),
    // These four are right on every page that contains them (24, 22, 7 and 4 pages). Their weights are below that of
    // `lang`, because they are rare and occur only on older pages.
    ("content-language", 0.95),
    ("language", 0.95),
    ("dc.language", 0.95),
    ("inlanguage", 0.95),
];
/// `inLanguage` in JSON-LD, which agrees with the detected language on 75 of 77 pages.
const LANGUAGE_LD: f32 = 0.96;

fn from_page(page: &Page, found: &mut CandidateSet<Language>) {
    let mut add = |raw: &str, origin: Origin, weight: f32| match parse_language(raw) {
        Some(language) => found.add(language, origin, raw, weight),
        None if raw.trim().is_empty() => {}
        None => found.reject(origin, raw, "not a language tag"),
    };
    if let Some(lang) = &page.lang {
        add(&lang.text, Origin::new(OriginKind::Head, "lang", lang.line), HTML_LANG);
    }
    for (name, weight) in METAS {
        for meta in page_meta(page, name).take(1) {
            add(&meta.content, Origin::new(OriginKind::Head, *name, meta.line), *weight);
        }
    }
    let graph = Graph::new(page);
    for node in graph.about(Subject::Article).chain(graph.about(Subject::Page)).take(4) {
        if let Some(text) = node.fields.get("inLanguage").and_then(json_ld::text) {
            add(
                text,
                Origin::new(OriginKind::StructuredData, "inLanguage", node.line),
                LANGUAGE_LD,
            );
        }
    }
}

/// Parses a language tag, or the name of a language, which some authors write instead.
pub(super) fn parse_language(raw: &str) -> Option<Language> {
    let raw = raw.trim();
    let tag = match raw.to_lowercase().as_str() {
        // `cn`, `jp` and `kr` are country codes, but some authors use them as language codes.
        "cn" | "chinese" | "中文" | "简体中文" => "zh",
        "jp" | "japanese" | "日本語" => "ja",
        "kr" | "korean" | "한국어" => "ko",
        "english" => "en",
        "german" | "deutsch" => "de",
        "french" | "français" => "fr",
        "spanish" | "español" => "es",
        "italian" | "italiano" => "it",
        "portuguese" | "português" => "pt",
        "russian" | "русский" => "ru",
        // These mean "no particular language" in POSIX locales, `hreflang` attributes and BCP 47.
        "c" | "x-default" | "und" => return None,
        // A POSIX locale may have an encoding or a modifier: `de_DE.UTF-8`, `de_DE@euro`.
        _ => raw.split(['.', '@']).next().unwrap_or_default(),
    };
    Language::new(tag)
}

/// The language used to read ambiguous dates in plain text: declared, found in the path, or detected.
pub(super) fn language_for_dates(evidence: &Evidence<'_>) -> Option<String> {
    let declared = evidence.keys.first_text(Target::Language);
    let declared = declared
        .or_else(|| file_name::language(&evidence.article.path))
        .or_else(|| defaults::language(evidence).map(Language::as_str));
    match declared {
        Some(tag) => Some(tag.to_owned()),
        None => detect(&prose(evidence)).map(|language| language.as_str().to_owned()),
    }
}

/// The start of the article's prose, limited to what the detector needs.
fn prose(evidence: &Evidence<'_>) -> String {
    let article = evidence.article;
    let paragraphs: Vec<&str> = match article.kind {
        Kind::Markdown => article.outline().paragraphs.iter().map(|p| p.text.as_str()).collect(),
        Kind::Html => article.page().paragraphs.iter().map(|p| p.text.as_str()).collect(),
        Kind::PlainText => {
            let prose = |line: &&Line| matches!(line.role, Role::Prose | Role::Dek);
            article
                .layout()
                .lines
                .iter()
                .filter(prose)
                .map(|line| line.text.as_str())
                .collect()
        }
    };
    let mut out = String::new();
    for paragraph in paragraphs {
        out.push_str(paragraph);
        out.push('\n');
        if out.len() > MAX_PROSE {
            break;
        }
    }
    out
}
