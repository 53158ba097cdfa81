//! Repairs addresses that were mistyped, pasted with other text, or left HTML-encoded.

use super::{MAX_BYTES, Url};

/// A repaired address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The reference, absolute or relative.
    pub reference: String,
    /// What was repaired, such as `the scheme was followed by only one slash`. Empty for most addresses.
    pub repairs: Vec<&'static str>,
}

/// Repairs typical mistakes: `https:/x`, `http:///x`, `https//x`, `www.x.org/y`, spaces, backslashes.
///
/// Returns `None` if the text cannot be the address of a page or file: if it is empty, is longer than 2 KiB, has a
/// scheme such as `javascript:`, `data:` or `file:`, or is an absolute address without a valid host.
///
/// Repairing a repaired address again changes nothing.
pub fn repair(raw: &str) -> Option<Repaired> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > MAX_BYTES {
        return None;
    }
    let mut repairs = Vec::new();
    // Browsers ignore line breaks in an address, so they run `java\nscript:` as a script. Therefore, clean the text
    // before checking its scheme.
    let text = clean(remove_wrapping(raw, &mut repairs), &mut repairs);
    if matches!(text.as_str(), "" | "#") {
        return None;
    }
    let text = repair_scheme(text, &mut repairs)?;
    let is_absolute = is_web(&text);
    // In a relative reference, punctuation at the end may belong to a file name.
    let text = if is_absolute {
        repair_end(text, &mut repairs)
    } else {
        text
    };
    if text.is_empty() || text.len() > MAX_BYTES {
        return None;
    }
    if is_absolute {
        let url = Url::parse(&text)?;
        if is_local(url.host()) {
            repairs.push("the host is the local computer, which readers cannot reach");
        }
    }
    Some(Repaired {
        reference: text,
        repairs,
    })
}

fn is_web(text: &str) -> bool {
    let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn is_local(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "0.0.0.0" | "[::1]") || host.ends_with(".localhost")
}

/// The address inside `<…>`, quotes or a Markdown link.
fn remove_wrapping<'a>(mut text: &'a str, repairs: &mut Vec<&'static str>) -> &'a str {
    if text.starts_with('[')
        && let Some((_, rest)) = text.split_once("](")
        && let Some(inner) = rest.strip_suffix(')')
    {
        repairs.push("it was a Markdown link");
        text = inner.trim();
    }
    // More than two pairs of brackets or quotes around an address are unlikely to be a pasting mistake.
    for _ in 0..2 {
        let pairs = [('<', '>'), ('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('(', ')')];
        let inner = pairs
            .iter()
            .find_map(|&(open, close)| text.strip_prefix(open)?.strip_suffix(close));
        let Some(inner) = inner else { break };
        if !repairs.contains(&QUOTED) {
            repairs.push(QUOTED);
        }
        text = inner.trim();
    }
    text
}

const QUOTED: &str = "it was in brackets or quotes";

/// Removes line breaks and invisible characters. Replaces `\` with `/`, spaces with `%20`, and `&amp;` with `&`.
fn clean(text: &str, repairs: &mut Vec<&'static str>) -> String {
    let mut out = String::with_capacity(text.len());
    let note = |repairs: &mut Vec<&'static str>, remark| {
        if !repairs.contains(&remark) {
            repairs.push(remark);
        }
    };
    for c in text.chars() {
        match c {
            '\\' => {
                note(repairs, "it contained backslashes instead of slashes");
                out.push('/');
            }
            ' ' | '\u{A0}' | '\u{3000}' => {
                note(repairs, "it contained spaces");
                out.push_str("%20");
            }
            c if c.is_control() || c.is_whitespace() => note(repairs, "it contained line breaks or control characters"),
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' => {
                note(repairs, "it contained invisible characters");
            }
            c => out.push(c),
        }
    }
    for entity in ["&amp;", "&#38;", "&#038;", "&#x26;"] {
        // `&amp;amp;` was encoded twice.
        while out.contains(entity) {
            note(repairs, "it contained `&amp;` instead of `&`");
            out = out.replace(entity, "&");
        }
    }
    out
}

/// Schemes that do not lead to a page: they run scripts, contain data, or lead to local files or to pages of the
/// browser itself.
const REJECTED_SCHEMES: [&str; 8] = [
    "javascript",
    "vbscript",
    "data",
    "file",
    "blob",
    "about",
    "view-source",
    "chrome",
];

const MISSPELLED_SCHEMES: [&str; 14] = [
    "hhtp", "hhtps", "hppt", "hppts", "htp", "htps", "htpp", "htpps", "htttp", "htttps", "httpss", "httsp", "ttp",
    "ttps",
];

/// Adds a missing scheme, or corrects a mistyped scheme and its `://`. Leaves relative references unchanged. Returns
/// `None` if the scheme is rejected, or if nothing follows the scheme.
fn repair_scheme(text: String, repairs: &mut Vec<&'static str>) -> Option<String> {
    let word_end = text
        .find(|c: char| !c.is_ascii_alphabetic() && c != '-')
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(word_end);
    let word = word.to_ascii_lowercase();
    if rest.starts_with(':') && REJECTED_SCHEMES.contains(&word.as_str()) {
        return None;
    }
    // `;` may be a mistyped `:`, because both are on the same key on many keyboards.
    let colons = rest.len() - rest.trim_start_matches([':', ';']).len();
    let after_colons = &rest[colons..];
    let slashes = after_colons.len() - after_colons.trim_start_matches('/').len();
    let rest_of_address = &after_colons[slashes..];
    let is_misspelled = MISSPELLED_SCHEMES.contains(&word.as_str());
    let is_http = matches!(word.as_str(), "http" | "https") || is_misspelled;
    // `https//x` has a mistyped scheme, but `https/x` is the file `x` in the folder `https`.
    if is_http && (colons > 0 || slashes > 1) {
        let scheme = if word.ends_with('s') || word == "httsp" {
            "https"
        } else {
            "http"
        };
        // A complete address was pasted after a typed scheme: `https://https://x.org`.
        if starts_with_scheme(rest_of_address) {
            repairs.push("the scheme was repeated");
            return repair_scheme(rest_of_address.to_owned(), repairs);
        }
        match (colons, slashes) {
            (0, _) => repairs.push("the scheme was not followed by a colon"),
            (1, 2) if rest.starts_with(':') => {}
            (1, 0) => repairs.push("the scheme was not followed by slashes"),
            (1, 1) => repairs.push("the scheme was followed by only one slash"),
            (1, 3..) => repairs.push("the scheme was followed by more than two slashes"),
            _ => repairs.push("the scheme was not followed by `://`"),
        }
        if is_misspelled {
            repairs.push("the scheme was misspelled");
        }
        if rest_of_address.is_empty() {
            return None;
        }
        return Some(format!("{scheme}://{rest_of_address}"));
    }
    if (text.starts_with("://") || text.starts_with(":/")) && names_host(rest_of_address) {
        repairs.push(MISSING);
        return Some(format!("https://{rest_of_address}"));
    }
    if names_host(&text) {
        repairs.push(MISSING);
        // A server on the local computer rarely has a certificate, so use `http`.
        let local = word == "localhost";
        return Some(format!("{}://{text}", if local { "http" } else { "https" }));
    }
    Some(text)
}

const MISSING: &str = "the scheme was missing";

fn starts_with_scheme(text: &str) -> bool {
    let lower: String = text.chars().take(8).collect::<String>().to_ascii_lowercase();
    ["http:", "https:", "http//", "https//"]
        .iter()
        .any(|start| lower.starts_with(start))
}

/// Whether a reference without a scheme starts with a host rather than with a folder or file.
fn names_host(text: &str) -> bool {
    let authority_end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let (authority, path) = text.split_at(authority_end);
    let (host, port) = authority
        .split_once(':')
        .map_or((authority, ""), |(host, port)| (host, port));
    if !port.bytes().all(|byte| byte.is_ascii_digit()) || (authority.contains(':') && port.is_empty()) {
        return false;
    }
    if host.eq_ignore_ascii_case("localhost") {
        return !port.is_empty() || path.starts_with('/');
    }
    let labels_fit = host.split('.').all(|label| {
        !label.is_empty() && !label.starts_with('-') && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    });
    let Some((name, last)) = host.rsplit_once('.') else {
        return false;
    };
    if !labels_fit {
        return false;
    }
    let last = last.to_lowercase();
    // `www.` indicates a host even if the top-level domain is not in the list.
    if host.len() > 4 && host.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) && name.len() > 3 {
        return true;
    }
    let is_country = last.len() == 2 && last.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_domain = is_country || DOMAINS.contains(&last.as_str());
    // `notes.md` is assumed to be a file, but `notes.md/x` is assumed to start with a host, because folders rarely have
    // such names.
    is_domain && (path.starts_with('/') || !EXTENSIONS.contains(&last.as_str()))
}

/// Common top-level domains, except those for countries.
const DOMAINS: [&str; 48] = [
    "academy",
    "agency",
    "app",
    "arpa",
    "art",
    "asia",
    "biz",
    "blog",
    "church",
    "cloud",
    "club",
    "codes",
    "com",
    "community",
    "design",
    "dev",
    "digital",
    "edu",
    "email",
    "eus",
    "gov",
    "guide",
    "info",
    "int",
    "io",
    "land",
    "life",
    "live",
    "media",
    "mil",
    "name",
    "net",
    "network",
    "news",
    "online",
    "org",
    "page",
    "press",
    "pub",
    "rocks",
    "site",
    "space",
    "store",
    "tech",
    "today",
    "website",
    "world",
    "xyz",
];

/// Top-level domains that are more common as file extensions.
const EXTENSIONS: [&str; 16] = [
    "ai", "cc", "gz", "js", "md", "mk", "mp", "pl", "pm", "ps", "py", "rs", "sh", "so", "ts", "vi",
];

/// Removes what is often pasted at the end of an address by mistake: punctuation, closing brackets without matching
/// opening brackets, and repeated slashes.
fn repair_end(mut text: String, repairs: &mut Vec<&'static str>) -> String {
    let length = text.len();
    loop {
        let count = |c: char| text.matches(c).count();
        let last = text.chars().next_back();
        let is_stray = match last {
            Some('.' | ',' | ';' | ':' | '!' | '"' | '\'' | '>' | '”' | '»' | '。' | '，' | '、') => true,
            // A closing bracket may belong to the address, as in Wikipedia's `/wiki/Neap_(tide)`.
            Some(')') => count(')') > count('('),
            Some(']') => count(']') > count('['),
            _ => false,
        };
        if !is_stray {
            break;
        }
        text.pop();
        // If there was a space before the punctuation, `clean` has replaced it with `%20`. Remove that too.
        if text.ends_with("%20") {
            text.truncate(text.len() - 3);
        }
    }
    if text.len() < length {
        repairs.push("it ended with punctuation");
    }
    let path_end = text.find(['?', '#']).unwrap_or(text.len());
    let (path, rest) = text.split_at(path_end);
    let scheme_end = path.find("://").map_or(0, |at| at + 3);
    let trimmed = path.trim_end_matches('/');
    if path.len() > trimmed.len() + 1 && trimmed.len() >= scheme_end {
        repairs.push("it ended with several slashes");
        text = format!("{trimmed}/{rest}");
    }
    text
}
