//! Builds permalinks from the `link` pattern of the configuration.

use std::borrow::Cow;

use crate::{time::Timestamp, url::Url};

/// Builds the permalink of an article that declares none.
///
/// `{path}` is the path without its extension, `{folder}` and `{name}` are the two parts of `{path}`, and `{slug}` is
/// the name without a leading date. `{year}`, `{month}` and `{day}` are the parts of the publication date. A file named
/// `index` gets the address of its folder. A declared `slug` replaces the file name.
pub(super) fn from_pattern(pattern: &str, path: &str, slug: Option<&str>, published: Timestamp, site: &Url) -> Url {
    let stem = match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => stem,
        _ => path,
    };
    let stem = stem
        .strip_suffix("/index")
        .or_else(|| stem.strip_suffix("/_index"))
        .unwrap_or(stem);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let name = slug.unwrap_or(name);
    let stem = match (slug, folder) {
        (None, _) => Cow::Borrowed(stem),
        (Some(slug), "") => Cow::Borrowed(slug),
        (Some(slug), folder) => Cow::Owned(format!("{folder}/{slug}")),
    };
    let day = published.day().to_string();
    // The `./` keeps the address relative to the site even if the path seems to start with a scheme, as in `http:x.md`.
    let mut address = String::from("./");
    let mut rest = pattern;
    while let Some((before, field)) = rest.split_once('{') {
        address.push_str(before);
        let Some((field, after)) = field.split_once('}') else {
            break;
        };
        let value = match field {
            "path" => &stem,
            "folder" => folder,
            "name" => name,
            "slug" if slug.is_none() => without_date(name),
            "slug" => name,
            "year" => &day[..4],
            "month" => &day[5..7],
            "day" => &day[8..10],
            _ => "",
        };
        push_encoded(&mut address, value);
        rest = after;
    }
    address.push_str(rest);
    // An empty `{folder}` leaves two slashes in a row, and servers would treat the result as a different address.
    while let Some(at) = address.find("//") {
        address.remove(at);
    }
    site.join(&address).unwrap_or_else(|| site.clone())
}

/// The address of the folder that an article is in.
pub(super) fn folder(path: &str, site: &Url) -> Url {
    let mut address = String::from("./");
    if let Some((folder, _)) = path.rsplit_once('/') {
        push_encoded(&mut address, folder);
        address.push('/');
    }
    site.join(&address).unwrap_or_else(|| site.clone())
}

/// Removes a leading date, as in Jekyll's file names: `2026-03-01-spring` becomes `spring`.
fn without_date(name: &str) -> &str {
    let bytes = name.as_bytes();
    let digits = |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|b| b.iter().all(u8::is_ascii_digit));
    let has_date = digits(0..4) && digits(5..7) && digits(8..10) && bytes[4] == b'-' && bytes[7] == b'-';
    match name.get(10..) {
        // A name that is only a date is kept, because removing the date would leave nothing.
        Some(rest) if has_date && rest.len() > 1 => rest.trim_start_matches(['-', '_', ' ']),
        _ => name,
    }
}

/// Percent-encodes the characters that would end the path or change its meaning, but not `/`. [`Url`] encodes any other
/// characters that a URL must not contain.
fn push_encoded(address: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3F"),
            '#' => address.push_str("%23"),
            '\\' => address.push_str("%5C"),
            _ => address.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permalinks_follow_the_pattern() {
        let site = Url::parse("https://example.org/blog/").unwrap();
        let published = Timestamp::parse_rfc3339("2026-03-01T09:00:00Z").unwrap();
        for (pattern, path, expected) in [
            (
                "{path}/",
                "a/2026-03-01-spring.md",
                "https://example.org/blog/a/2026-03-01-spring/",
            ),
            (
                "{folder}/{year}/{month}/{day}/{slug}.html",
                "a/2026-03-01-spring.md",
                "https://example.org/blog/a/2026/03/01/spring.html",
            ),
            ("{folder}/{slug}", "spring.md", "https://example.org/blog/spring"),
            ("{path}/", "a/b/index.md", "https://example.org/blog/a/b/"),
            (
                "{path}/",
                "50% off? #1.md",
                "https://example.org/blog/50%25%20off%3F%20%231/",
            ),
            ("/{path}/", "http:x.md", "https://example.org/blog/http:x/"),
            ("{path}/", "日本.md", "https://example.org/blog/%E6%97%A5%E6%9C%AC/"),
            ("{slug}/", "2026-03-01.md", "https://example.org/blog/2026-03-01/"),
        ] {
            assert_eq!(
                from_pattern(pattern, path, None, published, &site).as_str(),
                expected,
                "{pattern} {path}"
            );
        }
        for (pattern, expected) in [
            ("{path}/", "https://example.org/blog/a/lent/"),
            ("{folder}/{year}/{slug}", "https://example.org/blog/a/2026/lent"),
        ] {
            let address = from_pattern(pattern, "a/2026-03-01-spring.md", Some("lent"), published, &site);
            assert_eq!(address.as_str(), expected, "{pattern}");
        }
    }
}
