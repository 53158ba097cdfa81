//! Distinguishes keys from sentences that contain a colon.

/// The keys that name metadata, sorted. They are in lowercase and without punctuation.
///
/// Prose may also contain lines with a colon (`Note: …`), so a block without fences must contain at least one of these
/// keys.
const METADATA_KEYS: &[&str] = &[
    "abstract",
    "aliases",
    "auteur",
    "author",
    "authors",
    "autor",
    "autore",
    "categories",
    "category",
    "created",
    // Italian, Polish and Portuguese for “date”.
    "data",
    "date",
    "datepublished",
    "datum",
    "description",
    "draft",
    "excerpt",
    "fecha",
    "guid",
    "id",
    "image",
    "keywords",
    "lang",
    "language",
    "lastmod",
    "layout",
    "link",
    "modified",
    "permalink",
    "pubdate",
    "publishdate",
    "published",
    "slug",
    "status",
    "subtitle",
    "summary",
    "tags",
    "template",
    "titel",
    "title",
    "titolo",
    "titre",
    "titulo",
    "título",
    "updated",
    "url",
    "автор",
    "дата",
    "заголовок",
    "作者",
    "日付",
    "日期",
    "标题",
    "標題",
    "제목",
];

/// Whether a key is the name of a metadata field rather than the start of a sentence.
pub(super) fn is_metadata_key(key: &str) -> bool {
    let mut name = String::with_capacity(key.len());
    for c in key.chars().filter(|c| c.is_alphanumeric()) {
        name.extend(c.to_lowercase());
    }
    METADATA_KEYS.binary_search(&name.as_str()).is_ok()
}

/// Splits a line into its key and its value.
///
/// The key ends at the first separator. If the separator is a colon, it must be followed by a space or by the end of
/// the line. After a metadata key, the space may be missing, because people write `title:No space`; but the colon must
/// not be followed by `//`, because `https://…` is an address. A key has at most four words and contains no markup, so
/// that sentences, addresses and markup are not taken for keys.
pub(super) fn split_key(line: &str, separator: char) -> Option<(&str, &str)> {
    let line = line.trim();
    let (key, rest) = if line.starts_with(['"', '\'']) {
        // A quoted key may contain the separator: `"og:title": x`.
        let quote = line.as_bytes().first().copied()?;
        let end = 1 + memchr::memchr(quote, line.as_bytes().get(1..)?)?;
        let rest = line[end + 1..].trim_start().strip_prefix(separator)?;
        (&line[..=end], rest)
    } else {
        // A colon after the first 80 characters most likely belongs to a sentence. The limit also avoids a search
        // through a long paragraph that is written on one line.
        let window = &line[..line.char_indices().nth(80).map_or(line.len(), |(at, _)| at)];
        let at = window.find(separator)?;
        let (key, rest) = (line[..at].trim_end(), &line[at + separator.len_utf8()..]);
        let is_separated = rest.is_empty() || rest.starts_with([' ', '\t']) || separator == '=';
        if !is_separated && (rest.starts_with("//") || !is_metadata_key(key)) {
            return None;
        }
        (key, rest)
    };
    // List items, comments, quotes, links and code are not keys.
    let is_key = !key.is_empty()
        && !key.starts_with(['-', '#', '>', '[', '{', '*', '!', '|', '&', '`', '=', '/'])
        && !key.contains(['(', '<', '|', '`', ';', ','])
        && key.split_whitespace().count() <= 4;
    is_key.then(|| (key, rest.trim()))
}

/// A key without the quotes around it.
pub(super) fn unquote_key(key: &str) -> String {
    let inner = ['"', '\'']
        .iter()
        .find_map(|quote| key.strip_prefix(*quote)?.strip_suffix(*quote));
    inner.unwrap_or(key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_keys_are_sorted() {
        assert!(METADATA_KEYS.is_sorted());
        assert!(is_metadata_key("Pub-Date"));
        assert!(!is_metadata_key("note"));
    }
}
