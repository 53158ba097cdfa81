//! Who wrote the article: names, without roles, sites and agencies.

mod byline;
mod page;
mod person;
mod text;

use super::{
    Author, Evidence, Name, defaults,
    evidence::{Derived, Found, Kind, Origin},
    keys::written,
    plain,
    wiki_link::{self, Part},
};
use crate::{
    article::Kind as Body,
    front_matter::{Field, Value},
    html,
    text::{collapse, squash},
};

/// More names than any byline has.
const MOST: usize = 40;
/// Bytes; a longer value is a biography.
const LONGEST: usize = 4000;

/// The authors of the article.
pub fn authors(evidence: &Evidence<'_>) -> Option<Derived<Vec<Author>>> {
    let mut found = Found::new();
    for claim in evidence.claims(Name::Author) {
        let authors = of_value(claim.value);
        let origin = Origin::new(Kind::FrontMatter, claim.key.clone(), claim.line);
        let raw = written(claim.value);
        if !authors.is_empty() {
            found.add(authors, origin, &raw, claim.weight);
        } else if !raw.trim().is_empty() {
            found.refuse(origin, &raw, "not a name");
        }
    }
    if evidence.article.kind == Body::Html && found.candidates.is_empty() {
        page::from_page(evidence.article.page(), &mut found);
    }
    if evidence.article.kind == Body::Markdown && found.candidates.is_empty() {
        text::from_outline(evidence.article.outline(), &mut found);
    }
    if evidence.article.kind == Body::PlainText && found.candidates.is_empty() {
        text::from_layout(evidence.article.layout(), &mut found);
    }
    let known = found.decide(|authors| authors.iter().map(|author| squash(&author.name)).collect::<Vec<_>>());
    defaults::unless_known(known, evidence, |defaults| {
        let names: Vec<&str> = defaults.authors.iter().map(|author| author.name.as_str()).collect();
        (!names.is_empty()).then(|| (defaults.authors.clone(), names.join(", ")))
    })
}

fn of_value(value: &Value) -> Vec<Author> {
    let values = match value {
        Value::List(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    let mut authors: Vec<Author> = Vec::new();
    for value in values.iter().take(MOST) {
        match value {
            // An item of a list is one author, unless it joins two with a semicolon.
            Value::Scalar { text, .. } => of_text(text).into_iter().for_each(|author| add(author, &mut authors)),
            Value::Map(fields) => of_map(fields, &mut authors),
            // A wiki link without quotation marks is a list in a list to YAML.
            Value::List(items) => {
                let names = items.iter().take(MOST).filter_map(Value::text);
                names
                    .filter_map(|text| of_name(wiki_link::name(text)))
                    .for_each(|author| add(author, &mut authors));
            }
            Value::Null => {}
        }
    }
    authors
}

fn add(author: Author, authors: &mut Vec<Author>) {
    let is_known = authors.iter().any(|known| squash(&known.name) == squash(&author.name));
    if !is_known && authors.len() < MOST {
        authors.push(author);
    }
}

/// `{name, email, url}`, or a map from a handle to such a map.
fn of_map(fields: &[Field], authors: &mut Vec<Author>) {
    let get = |names: &[&str]| {
        names.iter().find_map(|name| {
            let field = fields.iter().find(|field| squash(&field.key) == *name)?;
            field.value.text().map(str::trim).filter(|text| !text.is_empty())
        })
    };
    if let Some(name) = get(&["name", "title", "displayname", "fullname", "label"]) {
        for mut author in of_text(name) {
            author.email = author.email.or_else(|| get(&["email", "mail"]).map(str::to_owned));
            author.url = author
                .url
                .or_else(|| get(&["url", "link", "href", "website", "homepage", "uri"]).map(str::to_owned));
            add(author, authors);
        }
        return;
    }
    for field in fields.iter().take(MOST) {
        if let Value::Map(inner) = &field.value {
            let name = inner
                .iter()
                .find(|field| squash(&field.key) == "name")
                .and_then(|field| field.value.text());
            of_text(name.unwrap_or(&field.key))
                .into_iter()
                .for_each(|author| add(author, authors));
        }
    }
}

/// The names in one text: `Jane and Joe`, `Doe, Jane`, `Jane <j@x.org>`, `[Jane](https://x.org)`, `<a href=…>Jane</a>`.
pub(super) fn of_text(raw: &str) -> Vec<Author> {
    if raw.len() > LONGEST {
        return Vec::new();
    }
    let linked = raw.split_once("href=").and_then(|(_, rest)| {
        let rest = rest.trim_start_matches(['"', '\'']);
        rest.split(['"', '\'', '>']).next()
    });
    let text = if raw.contains('<') && raw.contains('>') && (linked.is_some() || raw.contains("</")) {
        html::to_text(raw)
    } else {
        raw.to_owned()
    };
    let text = collapse(&text);
    let text = without_byline(&text);
    let mut authors = Vec::new();
    for part in wiki_link::parts(text).into_iter().take(2 * MOST) {
        let names = match part {
            Part::Link(name) => vec![name],
            Part::Text(text) => split_names(text),
        };
        for mut author in names.into_iter().filter_map(of_name) {
            author.url = author.url.or_else(|| linked.map(str::to_owned));
            add(author, &mut authors);
        }
    }
    // One address belongs to one name.
    if authors.len() > 1 && linked.is_some() {
        authors.iter_mut().for_each(|author| author.url = None);
    }
    authors
}

/// The words that lead into a byline, in the languages where they are common.
const BYLINE: &[&str] = &[
    "written by ",
    "posted by ",
    "story by ",
    "words by ",
    "text by ",
    "reported by ",
    "by: ",
    "by ",
    "von: ",
    "von ",
    "text: ",
    "autor: ",
    "autorin: ",
    "verfasst von ",
    "geschrieben von ",
    "par ",
    "publié par ",
    "por ",
    "escrito por ",
    "a cura di ",
    "door ",
    "автор: ",
    "作者：",
    "作者:",
    "文/",
    "文：",
    "记者",
    "記者",
    "撰文",
    "著者：",
    "執筆：",
    "author: ",
    "authors: ",
    "av ",
];

fn without_byline(text: &str) -> &str {
    for word in BYLINE {
        if let Some(head) = text.get(..word.len())
            && head.to_lowercase() == *word
        {
            return text[word.len()..].trim_start();
        }
    }
    text
}

fn split_names(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for separator in [";", " and ", " & ", " und ", " et ", " y ", "、", "，", " with ", "|"] {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(separator))
            .take(MOST)
            .collect();
    }
    parts
        .into_iter()
        .flat_map(split_commas)
        .map(|part| part.trim_end_matches(','))
        .take(MOST)
        .collect()
}

/// `Jane Roe, Joe Doe` are two; `Doe, Jane` is one, because each part is one word.
fn split_commas(text: &str) -> Vec<&str> {
    let text = text.trim().trim_matches(',').trim();
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() == 2 && parts.iter().all(|part| !part.contains(' ')) && !text.contains('@') {
        return vec![text];
    }
    parts
}

fn of_name(part: &str) -> Option<Author> {
    let mut author = Author {
        name: String::new(),
        email: None,
        url: None,
    };
    let mut rest = part.trim();
    let linked;
    if rest.starts_with('[')
        && let Some((name, address)) = rest[1..].split_once("](")
    {
        author.url = Some(address.trim_end_matches(')').to_owned());
        linked = name.to_owned();
        rest = &linked;
    }
    let mut words: Vec<&str> = Vec::new();
    for word in rest.split_whitespace() {
        let bare = word.trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | ','));
        if bare.contains("://") {
            author.url = author.url.or_else(|| Some(bare.to_owned()));
        } else if is_email(bare) {
            author.email = author.email.or_else(|| Some(bare.to_owned()));
        } else {
            words.push(word);
        }
    }
    let name = words.join(" ");
    let name =
        name.trim_matches(|c: char| matches!(c, '<' | '>' | '"' | '\'' | ',' | '-' | '–' | '|') || c.is_whitespace());
    author.name = name.to_owned();
    (is_name(name)).then_some(author)
}

fn is_email(word: &str) -> bool {
    word.split_once('@')
        .is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@'))
}

fn is_name(name: &str) -> bool {
    name.chars().any(char::is_alphabetic) && !plain::is_placeholder(name) && name.chars().count() <= 80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_in_many_ways() {
        let cases: &[(&str, &[&str])] = &[
            ("Jane Doe", &["Jane Doe"]),
            ("by Jane Doe and Joe Roe", &["Jane Doe", "Joe Roe"]),
            ("Doe, Jane", &["Doe, Jane"]),
            ("Jane Doe, Joe Roe, Ann Poe", &["Jane Doe", "Joe Roe", "Ann Poe"]),
            ("Jane; Joe", &["Jane", "Joe"]),
            ("@jane", &["@jane"]),
            ("Jane https://x.org/jane", &["Jane"]),
            ("[Jane Doe](https://x.org)", &["Jane Doe"]),
            ("李明、王芳", &["李明", "王芳"]),
            ("[[Jory Pell]]", &["Jory Pell"]),
            (
                "[[Jo Pell|Jo]] and [[people/Roe, Ann]], Joe Doe",
                &["Jo", "Roe, Ann", "Joe Doe"],
            ),
            ("TBD", &[]),
        ];
        for (raw, expected) in cases {
            let names: Vec<String> = of_text(raw).into_iter().map(|author| author.name).collect();
            assert_eq!(&names, expected, "{raw}");
        }
    }

    #[test]
    fn addresses_stand_beside_names() {
        let author = of_text("Jane Doe <jane@x.org>").remove(0);
        assert_eq!(
            (author.name.as_str(), author.email.as_deref()),
            ("Jane Doe", Some("jane@x.org"))
        );
    }
}
