//! Derives metadata from a path: the words of a title, a date, and a language.

use crate::time::{WrittenDate, written::date_in_path};

/// The part of a path that names the article: the file name without its extension, or the name of the folder if the
/// file has a generic name such as `index.md`.
pub(super) fn name_of(path: &str) -> &str {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = without_extension(file);
    let stem = match stem.rsplit_once('.') {
        Some((before, suffix)) if is_language(suffix) => before,
        _ => stem,
    };
    // In generators such as Hugo, an article can be a folder that contains the text in `index.md`, along with its
    // pictures.
    let generic = [
        "index", "_index", "readme", "default", "post", "page", "article", "content",
    ];
    if generic.iter().any(|name| stem.eq_ignore_ascii_case(name)) {
        return parts.next().unwrap_or_default();
    }
    stem
}

fn without_extension(file: &str) -> &str {
    match file.rsplit_once('.') {
        // `Rust-1.30` ends with a version number, not a file extension.
        Some((stem, extension)) if !stem.is_empty() && extension.bytes().any(|b| b.is_ascii_alphabetic()) => stem,
        _ => file,
    }
}

/// The words in a file name that form a title; empty if the name is only a hash, a number or a date.
pub(super) fn words(path: &str) -> Vec<String> {
    let name = name_of(path);
    // The date is removed first, because its numbers look like a version number.
    let name = date_at_start(name).map_or(name, |(_, rest)| rest);
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    let mut words: Vec<&str> = name
        .split(|c: char| matches!(c, '-' | '_' | '+' | '~') || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .take(40)
        .collect();
    // Remove a counter in front of the title: `001-first-steps`, `0042_a_story`.
    if words.len() > 1
        && words
            .first()
            // Only a number with a leading zero is a counter. The number in `10-ways-to-cook`, for example, is part of
            // the title.
            .is_some_and(|w| w.len() >= 2 && w.starts_with('0') && is_number(w))
    {
        words.remove(0);
    }
    // Some exports add a hash to every file name: `001_cc0d10c1b39887fc.txt`.
    words.retain(|word| !is_hash(word));
    if !words
        .iter()
        .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 2)
    {
        return Vec::new();
    }
    with_versions(&words)
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word is a hash: it consists of at least eight hexadecimal digits. At least two of them must be decimal
/// digits, because a string of letters, such as `deadbeef`, may be an ordinary word.
fn is_hash(word: &str) -> bool {
    word.len() >= 8
        && word.bytes().all(|b| b.is_ascii_hexdigit())
        && word.bytes().filter(u8::is_ascii_digit).count() >= 2
}

/// Joins the parts of version numbers: `1`, `52`, `0` become `1.52.0`. Some generators remove the dots from file names.
fn with_versions(words: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut joins = false;
    for word in words {
        let part = is_number(word) && word.len() <= 2;
        match out.last_mut() {
            Some(last) if part && joins => {
                last.push('.');
                last.push_str(word);
            }
            _ => out.push((*word).to_owned()),
        }
        joins = part || (joins && is_number(word));
    }
    out
}

/// The day in a path: `2024-12-14-x`, `20241214 x`, `2024/12/14/x`.
pub(super) fn date(path: &str) -> Option<WrittenDate> {
    date_in_path(path).map(|(date, _)| date)
}

/// The date at the start of a file name, if the calendar has no such day: `2024-02-30`.
pub(super) fn impossible_day(path: &str) -> Option<&str> {
    let name = name_of(path);
    let day = name.get(..10)?;
    let has_form = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let ends = !name[10..].starts_with(|c: char| c.is_ascii_digit());
    let is_year = matches!(&day[..2], "19" | "20");
    (has_form && ends && is_year && date(name).is_none()).then_some(day)
}

/// The day at the start of a name, and the rest of the name.
fn date_at_start(name: &str) -> Option<(WrittenDate, &str)> {
    let (date, range) = date_in_path(name)?;
    (range.start == 0).then(|| (date, name.get(range.end..).unwrap_or_default()))
}

/// The day in the path of an address. Upload paths are ignored, because they contain the day of the upload.
pub(super) fn date_in_address(address: &str) -> Option<WrittenDate> {
    // The address of a page in a web archive contains the day of the copy, followed by the page's original address.
    // Only the original address is searched.
    let path = address.rsplit_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if path.contains("/uploads/") { None } else { date(path) }
}

/// Languages that are recognized in folder names and file suffixes. Other language tags, such as `io` (Ido), usually
/// mean something else there.
const LANGUAGES: &[&str] = &[
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl", "he", "hi", "hr",
    "hu", "id", "it", "ja", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "th",
    "tr", "uk", "vi", "zh",
];

/// Whether a path component is the code of one of these languages, alone or with a region or script: `pt`, `pt-BR`,
/// `zh-Hans`.
fn is_language(part: &str) -> bool {
    let lower = part.to_ascii_lowercase().replace('_', "-");
    let primary = lower.split('-').next().unwrap_or_default();
    // `cn` is a country code, but some sites use it as the name of the folder that contains their Chinese articles.
    lower == "cn"
        // The lengths are those of `de`, `pt-br` and `zh-hans`.
        || (LANGUAGES.contains(&primary)
            && (lower.len() == 2 || matches!(lower.len(), 5 | 7) && lower.get(2..3) == Some("-")))
}

/// The language in a file suffix (`x.de.md`) or a folder name (`/de/`).
pub(super) fn language(path: &str) -> Option<&str> {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let suffix = without_extension(file).rsplit_once('.').map(|(_, suffix)| suffix);
    let found = suffix
        .filter(|s| is_language(s))
        .or_else(|| parts.find(|part| is_language(part)))?;
    Some(if found.eq_ignore_ascii_case("cn") { "zh" } else { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_make_titles() {
        let cases = [
            (
                "_posts/2018-05-18-jekyll-3-8-2-released.markdown",
                "jekyll 3.8.2 released",
            ),
            ("posts/before-you-memo/index.md", "before you memo"),
            ("001_cc0d10c1b39887fc.txt", ""),
            ("blog/Rust-1.30.1.md", "Rust 1.30.1"),
            ("notes/20241214 walk in the snow.md", "walk in the snow"),
            ("a/die-reise.de.md", "die reise"),
            ("2024/12/14.md", ""),
        ];
        for (path, title) in cases {
            assert_eq!(words(path).join(" "), title, "{path}");
        }
    }

    #[test]
    fn paths_contain_dates() {
        let cases = [
            ("_posts/2018-05-18-x.md", Some("2018-05-18")),
            ("blog/2016/10/03/x.md", Some("2016-10-03")),
            ("blog/2016/10-03-x.md", Some("2016-10-03")),
            ("cn/2005-11-20-16-24-00.md", Some("2005-11-20")),
            ("2024-13-01-x.md", None),
            ("a/1234567890.md", None),
            ("2023/11/readme.md", None),
        ];
        for (path, expected) in cases {
            assert_eq!(date(path).map(|d| d.to_string()).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn addresses_contain_dates() {
        let cases = [
            ("https://a.org/2012/12/08/x", Some("2012-12-08")),
            ("https://a.org/news/story-2012-12-08.html", Some("2012-12-08")),
            ("https://a.org/wp-content/uploads/2012/12/08/x.jpg", None),
            ("https://a.org/20121208/x", Some("2012-12-08")),
            ("/2025/10/30/Rust-1.91.0", Some("2025-10-30")),
            ("https://archive.org/web/20160218174457/http://a.org/x", None),
        ];
        for (address, expected) in cases {
            assert_eq!(
                date_in_address(address).map(|d| d.to_string()).as_deref(),
                expected,
                "{address}"
            );
        }
    }

    #[test]
    fn paths_contain_languages() {
        let cases = [
            ("x/a.de.md", Some("de")),
            ("content/pt-BR/a.md", Some("pt-BR")),
            ("content/cn/a.md", Some("zh")),
            ("js/a.md", None),
        ];
        for (path, expected) in cases {
            assert_eq!(language(path), expected, "{path}");
        }
    }
}
