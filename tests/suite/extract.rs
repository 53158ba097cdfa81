//! Metadata: each folder of `tests/data/extract` contains an article and the metadata expected for it.
//!
//! `expected` has one statement per line: `field = value`, `field = none`, `field.from = key:line`,
//! `field.losers = raw | raw`, `field.why = reason | reason`, `field.confidence < 0.3`, `finding = rule line:column`.
//! Fields without a statement are not checked.

use std::{fs, path::Path};

use feedwright::{
    article::Article,
    extract::{
        self, Metadata,
        evidence::{Derived, Loser},
    },
};
use proptest::prelude::*;

#[test]
fn metadata_matches_the_expected_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/extract");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 20, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        for difference in differences(case) {
            wrong.push(format!("{name}: {difference}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn differences(case: &Path) -> Vec<String> {
    let article = fs::read_dir(case)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_name().unwrap() != "expected")
        .unwrap();
    let bytes = fs::read(&article).unwrap();
    let article = Article::parse(&article.file_name().unwrap().to_string_lossy(), &bytes);
    let metadata = extract::metadata(&article, &extract::Context::default());
    let expected = fs::read_to_string(case.join("expected")).unwrap();
    expected
        .lines()
        .filter_map(|line| difference(&metadata, line))
        .collect()
}

fn difference(metadata: &Metadata, statement: &str) -> Option<String> {
    if let Some((field, bound)) = statement.split_once(".confidence < ") {
        let confidence = field_of(metadata, field)?.confidence;
        return (confidence >= bound.parse().unwrap()).then(|| format!("{statement}, but it is {confidence}"));
    }
    let (field, value) = statement.split_once(" = ").unwrap();
    let got = match field.split_once('.') {
        Some((field, "from")) => field_of(metadata, field).map(|field| field.from),
        Some((field, "losers")) => field_of(metadata, field).map(|field| field.losers),
        Some((field, "why")) => field_of(metadata, field).map(|field| field.why),
        Some(_) => panic!("unknown statement {statement}"),
        None if field == "finding" => {
            let findings: Vec<String> = metadata
                .findings
                .iter()
                .map(|finding| {
                    format!(
                        "{} {}:{}",
                        finding.rule.id, finding.location.line, finding.location.column
                    )
                })
                .collect();
            Some(
                findings
                    .iter()
                    .find(|finding| *finding == value)
                    .cloned()
                    .unwrap_or(findings.join(", ")),
            )
        }
        None => field_of(metadata, field).map(|field| field.value),
    };
    let got = got.unwrap_or_else(|| "none".to_owned());
    (got != value).then(|| format!("{statement}, but it is {got}"))
}

/// A field as the statements compare it.
struct FieldText {
    value: String,
    from: String,
    confidence: f32,
    losers: String,
    why: String,
}

fn field_of(metadata: &Metadata, field: &str) -> Option<FieldText> {
    let list = |values: &[String]| values.join(" | ");
    match field {
        "title" => field_text(metadata.title.as_ref(), String::clone),
        "published" => field_text(metadata.published.as_ref(), ToString::to_string),
        "updated" => field_text(metadata.updated.as_ref(), ToString::to_string),
        "expires" => field_text(metadata.expires.as_ref(), ToString::to_string),
        "summary" => field_text(metadata.summary.as_ref(), String::clone),
        "authors" => field_text(metadata.authors.as_ref(), |authors| {
            list(&authors.iter().map(|author| author.name.clone()).collect::<Vec<_>>())
        }),
        "link" => field_text(metadata.link.as_ref(), String::clone),
        "image" => field_text(metadata.image.as_ref(), |picture| {
            let parts = [
                Some(&picture.src),
                picture.alt.as_ref(),
                picture.caption.as_ref(),
                picture.credit.as_ref(),
            ];
            list(
                &parts
                    .into_iter()
                    .chain([picture.license.as_ref()])
                    .flatten()
                    .cloned()
                    .collect::<Vec<_>>(),
            )
        }),
        "categories" => field_text(metadata.categories.as_ref(), |categories| list(categories)),
        "language" => field_text(metadata.language.as_ref(), ToString::to_string),
        "id" => field_text(metadata.id.as_ref(), String::clone),
        "draft" => field_text(metadata.draft.as_ref(), ToString::to_string),
        "enclosures" => field_text(metadata.enclosures.as_ref(), |files| {
            list(
                &files
                    .iter()
                    .map(|file| format!("{} {:?} {:?}", file.src, file.length, file.media_type))
                    .collect::<Vec<_>>(),
            )
        }),
        _ => panic!("unknown field {field}"),
    }
}

fn field_text<T>(derived: Option<&Derived<T>>, value: impl Fn(&T) -> String) -> Option<FieldText> {
    let derived = derived?;
    Some(FieldText {
        value: value(&derived.value),
        from: format!("{}:{}", derived.origin.key, derived.origin.line),
        confidence: derived.confidence,
        losers: joined(derived, |loser| &loser.raw),
        why: joined(derived, |loser| &loser.why),
    })
}

fn joined<T>(derived: &Derived<T>, text: impl Fn(&Loser) -> &str) -> String {
    derived.losers.iter().map(text).collect::<Vec<_>>().join(" | ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// No front matter causes a panic, an empty title, or a confidence outside the range from 0 to 1.
    #[test]
    fn any_front_matter_gives_valid_metadata(
        lines in prop::collection::vec("(title|date|authors?|tags|image|cover|url|draft|description|lang|expires|enclosure)(_alt|\\.x)?: ?(\\[|\\{|\")?[\\PC]{0,40}", 0..8),
        body in "[\\PC\n#*]{0,200}",
    ) {
        let text = format!("---\n{}\n---\n{body}", lines.join("\n"));
        let article = Article::parse("any.md", text.as_bytes());
        let metadata = extract::metadata(&article, &extract::Context::default());
        prop_assert!(metadata.title.is_none_or(|title| (0.0..=1.0).contains(&title.confidence) && !title.value.is_empty()));
        prop_assert!(metadata.summary.is_none_or(|summary| !summary.value.contains('\n')));
    }

    /// No page causes a panic or an author without a name.
    #[test]
    fn any_page_gives_valid_metadata(
        parts in prop::collection::vec("<(h1|time|title|meta name=author content|p|a rel=tag|script type=application/ld\\+json)>?[\\PC]{0,60}(</(h1|time|title|p|a|script)>)?", 0..10),
    ) {
        let text = format!("<!doctype html><html>{}", parts.join("\n"));
        let article = Article::parse("any.html", text.as_bytes());
        let metadata = extract::metadata(&article, &extract::Context::default());
        prop_assert!(metadata.authors.is_none_or(|authors| authors.value.iter().all(|author| !author.name.is_empty())));
    }
}
