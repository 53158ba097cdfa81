//! The authors: people's names, without roles, site names or news agencies.

mod byline;
mod page;
mod person;
mod text;

use super::{
    Author, Evidence, Target, defaults,
    evidence::{CandidateSet, Derived, Origin},
    keys::display_value,
    plain,
    wiki_link::{self, Part},
};
use crate::{
    article::Kind,
    front_matter::{Field, Value},
    html,
    text::{collapse, squash},
};

/// The maximum number of authors. Further names are ignored.
const MAX_AUTHORS: usize = 40;
/// The maximum length of a value, in bytes. A longer value is a biography, not a list of names.
const MAX_LEN: usize = 4000;

/// The authors of the article.
pub fn authors(evidence: &Evidence<'_>) -> Option<Derived<Vec<Author>>> {
    let mut found = CandidateSet::new();
    for key in evidence.keys_for(Target::Author) {
        let authors = from_value(key.value);
        let raw = display_value(key.value);
        if !authors.is_empty() {
            found.add_key(authors, &key, &raw, key.weight);
        } else if !raw.trim().is_empty() {
            found.reject(Origin::front_matter(&key), &raw, "not a name");
        }
    }
    // Front matter takes precedence, so the body is searched only if front matter names no author.
    if evidence.article.kind == Kind::Html && found.candidates.is_empty() {
        page::from_page(evidence.article.page(), &mut found);
    }
    if evidence.article.kind == Kind::Markdown && found.candidates.is_empty() {
        text::from_outline(evidence.article.outline(), &mut found);
    }
    if evidence.article.kind == Kind::PlainText && found.candidates.is_empty() {
        text::from_layout(evidence.article.layout(), &mut found);
    }
    let derived = found.decide(|authors| authors.iter().map(|author| squash(&author.name)).collect::<Vec<_>>());
    defaults::or_default(derived, evidence, |defaults| {
        let names: Vec<&str> = defaults.authors.iter().map(|author| author.name.as_str()).collect();
        (!names.is_empty()).then(|| (defaults.authors.clone(), names.join(", ")))
    })
}

fn from_value(value: &Value) -> Vec<Author> {
    let values = match value {
        Value::List(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    let mut authors: Vec<Author> = Vec::new();
    for value in values.iter().take(MAX_AUTHORS) {
        match value {
            // A list item may contain several names: `Jane and Joe`.
            Value::Scalar { text, .. } => parse_names(text)
                .into_iter()
                .for_each(|author| add(author, &mut authors)),
            Value::Map(fields) => from_map(fields, &mut authors),
            // Without quotation marks, YAML parses `[[Jory Pell]]` as a nested list.
            Value::List(items) => {
                let names = items.iter().take(MAX_AUTHORS).filter_map(Value::text);
                names
                    .filter_map(|text| parse_name(wiki_link::name(text)))
                    .for_each(|author| add(author, &mut authors));
            }
            Value::Null => {}
        }
    }
    authors
}

fn add(author: Author, authors: &mut Vec<Author>) {
    let is_known = authors.iter().any(|known| squash(&known.name) == squash(&author.name));
    if !is_known && authors.len() < MAX_AUTHORS {
        authors.push(author);
    }
}

/// Adds the author from a map such as `{name: …, email: …}`, or the authors from a map such as `{jane: {name: …}, joe:
/// {name: …}}`, whose keys are handles.
fn from_map(fields: &[Field], authors: &mut Vec<Author>) {
    let get = |names: &[&str]| {
        names.iter().find_map(|name| {
            let field = fields.iter().find(|field| squash(&field.key) == *name)?;
            field.value.text().map(str::trim).filter(|text| !text.is_empty())
        })
    };
    if let Some(name) = get(&["name", "title", "displayname", "fullname", "label"]) {
        for mut author in parse_names(name) {
            author.email = author.email.or_else(|| get(&["email", "mail"]).map(str::to_owned));
            author.url = author
                .url
                .or_else(|| get(&["url", "link", "href", "website", "homepage", "uri"]).map(str::to_owned));
            add(author, authors);
        }
        return;
    }
    for field in fields.iter().take(MAX_AUTHORS) {
        if let Value::Map(inner) = &field.value {
            let name = inner
                .iter()
                .find(|field| squash(&field.key) == "name")
                .and_then(|field| field.value.text());
            parse_names(name.unwrap_or(&field.key))
                .into_iter()
                .for_each(|author| add(author, authors));
        }
    }
}

/// Parses the authors in a string: `Jane and Joe`, `Doe, Jane`, `Jane <j@x.org>`, `[Jane](https://x.org)`, `<a
/// href=…>Jane</a>`.
pub(super) fn parse_names(raw: &str) -> Vec<Author> {
    if raw.len() > MAX_LEN {
        return Vec::new();
    }
    let linked = raw.split_once("href=").and_then(|(_, rest)| {
        let rest = rest.trim_start_matches(['"', '\'']);
        rest.split(['"', '\'', '>']).next()
    });
    // `Jane <jane@x.org>` has angle brackets, but is not HTML.
    let text = if raw.contains('<') && raw.contains('>') && (linked.is_some() || raw.contains("</")) {
        html::to_text(raw)
    } else {
        raw.to_owned()
    };
    let text = collapse(&text);
    let text = without_byline_prefix(&text);
    let mut authors = Vec::new();
    for part in wiki_link::parts(text).into_iter().take(2 * MAX_AUTHORS) {
        let names = match part {
            Part::Link(name) => vec![name],
            Part::Text(text) => split_names(text),
        };
        for mut author in names.into_iter().filter_map(parse_name) {
            author.url = author.url.or_else(|| linked.map(str::to_owned));
            add(author, &mut authors);
        }
    }
    // The address belongs to only one of these people, and the string does not show which one.
    if authors.len() > 1 && linked.is_some() {
        authors.iter_mut().for_each(|author| author.url = None);
    }
    authors
}

/// Words at the start of bylines, in several languages.
const BYLINE_PREFIXES: &[&str] = &[
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

fn without_byline_prefix(text: &str) -> &str {
    for word in BYLINE_PREFIXES {
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
            // The limit is applied after each separator. Otherwise, a value that consists only of separators could
            // become a long list.
            .take(MAX_AUTHORS)
            .collect();
    }
    parts
        .into_iter()
        .flat_map(split_commas)
        .map(|part| part.trim_end_matches(','))
        .take(MAX_AUTHORS)
        .collect()
}

/// Splits a string such as `Jane Roe, Joe Doe` at its commas. `Doe, Jane` is not split: it is one name, because each of
/// its two parts is a single word.
fn split_commas(text: &str) -> Vec<&str> {
    let text = text.trim().trim_matches(',').trim();
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    // Handles and e-mail addresses are single words too, but `@jane, @joe` is a list of two authors.
    if parts.len() == 2 && parts.iter().all(|part| !part.contains(' ')) && !text.contains('@') {
        return vec![text];
    }
    parts
}

fn parse_name(part: &str) -> Option<Author> {
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
    fn names_are_parsed_in_many_forms() {
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
            let names: Vec<String> = parse_names(raw).into_iter().map(|author| author.name).collect();
            assert_eq!(&names, expected, "{raw}");
        }
    }

    #[test]
    fn email_addresses_are_parsed_next_to_names() {
        let author = parse_names("Jane Doe <jane@x.org>").remove(0);
        assert_eq!(
            (author.name.as_str(), author.email.as_deref()),
            ("Jane Doe", Some("jane@x.org"))
        );
    }
}
