//! The addresses that a feed may contain: absolute addresses that cannot run code.

use crate::url::Url;

/// The maximum length, in bytes, of a `data:` URL that is kept. A longer URL would make every download of the feed
/// larger, even for readers that already have the entry.
const MAX_DATA: usize = 64 * 1024;

/// A `data:` URL with fewer bytes than this is a placeholder: its picture has only a pixel or two and is shown until a
/// script loads the real picture.
const MIN_DATA: usize = 160;

/// The absolute address of a link, or `None` if the address must not be kept.
pub(super) fn link(raw: &str, base: &Url) -> Option<String> {
    let raw = strip(raw);
    match scheme(&raw).as_deref() {
        // Readers open addresses with these schemes in other programs. All other addresses are passed to `web`, which
        // accepts only http and https.
        Some("mailto" | "tel" | "xmpp" | "magnet" | "geo") => url::Url::parse(&raw).ok().map(String::from),
        _ => web(&raw, base),
    }
}

/// The absolute address of a picture, audio or video file, or `None` if the address must not be kept.
pub(super) fn resource(raw: &str, base: &Url) -> Option<String> {
    web(&strip(raw), base)
}

/// The `data:` URL of a small raster picture, or `None` if the address is anything else. SVG is not allowed, because it
/// can contain scripts.
///
/// Only base64 data is accepted. Without `;base64`, a `data:` URL contains percent-encoded bytes (RFC 2397 section 3).
pub(super) fn embedded_picture(raw: &str) -> Option<String> {
    let raw = strip(raw);
    let kind = raw
        .get(..5)
        .filter(|s| s.eq_ignore_ascii_case("data:"))
        .and(raw.get(5..))?;
    let (kind, rest) = kind.split_once(',')?;
    let (media_type, encoding) = kind.split_once(';')?;
    let media_type = media_type.to_ascii_lowercase();
    let is_raster = matches!(
        media_type.as_str(),
        // `image/jpg` is not a registered type, but real pages use it.
        "image/png" | "image/gif" | "image/jpeg" | "image/jpg" | "image/webp" | "image/avif"
    );
    // Base64 in an address may have percent-encoded padding (`%3D`) or use the URL-safe alphabet (RFC 4648 section 5).
    let is_plain = rest
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'%' | b'-' | b'_'));
    (is_raster && is_plain && encoding.eq_ignore_ascii_case("base64") && raw.len() <= MAX_DATA)
        .then(|| format!("data:{media_type};base64,{rest}"))
}

/// Whether the address belongs to a placeholder that is shown until a script loads the real picture.
pub(super) fn is_placeholder(raw: &str) -> bool {
    let raw = strip(raw);
    if raw.get(..5).is_some_and(|s| s.eq_ignore_ascii_case("data:")) {
        return raw.len() < MIN_DATA || raw.get(..14).is_some_and(|s| s.eq_ignore_ascii_case("data:image/svg"));
    }
    let name = raw.rsplit('/').next().unwrap_or(&raw).to_ascii_lowercase();
    let stem = name.split(['.', '?']).next().unwrap_or(&name);
    raw.is_empty()
        || name.starts_with("about:blank")
        || matches!(
            stem,
            "blank"
                | "spacer"
                | "pixel"
                | "transparent"
                | "placeholder"
                | "lazy"
                | "loading"
                | "loader"
                | "1x1"
                | "grey"
                | "gray"
                | "dot"
                | "clear"
                | "trans"
                | "t"
                | "s"
                | "lazyload"
                | "grey-placeholder"
        )
}

/// A `srcset` that contains only the addresses that may be kept, in absolute form, each with its descriptor. Returns
/// `None` if no address may be kept.
pub(super) fn source_set(raw: &str, base: &Url) -> Option<String> {
    let mut out = String::new();
    // Each relative address grows by the length of the base. Without a limit, a short `srcset` could therefore become
    // huge.
    for (address, descriptor) in candidates(raw).take(32) {
        let Some(address) = resource(address, base) else {
            continue;
        };
        if !out.is_empty() {
            out.push_str(", ");
        }
        // A comma at the end of an address would end the candidate, so commas are encoded.
        out.push_str(&address.replace(',', "%2C"));
        let is_descriptor = |d: &str| {
            d.strip_suffix(['w', 'x', 'h'])
                .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
        };
        if let Some(descriptor) = descriptor.split_ascii_whitespace().find(|d| is_descriptor(d)) {
            out.push(' ');
            out.push_str(descriptor);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The candidates in a `srcset` as (address, descriptors), parsed as in HTML section 4.8.4.2.2.
pub(crate) fn candidates(raw: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = raw;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        // A comma at the end of an address ends the candidate, as in `a.jpg, b.jpg 2x`. A comma inside an address is
        // part of the address.
        if address.ends_with(',') {
            rest = after;
            return Some((address.trim_end_matches(','), ""));
        }
        let end = after.find(',').unwrap_or(after.len());
        let (descriptors, after) = after.split_at(end);
        rest = after;
        Some((address, descriptors.trim()))
    })
}

fn web(raw: &str, base: &Url) -> Option<String> {
    // Browsers treat a backslash as a slash. An address that lacks only the scheme always becomes an https address:
    // web-based readers use https, so browsers would upgrade or block pictures with http addresses.
    let is_relative_to_scheme = raw.starts_with("//") || raw.starts_with("\\\\");
    let url = if is_relative_to_scheme {
        Url::parse(&format!("https:{raw}"))
    } else {
        base.join(raw)
    };
    url.map(|u| u.to_string())
}

/// Removes the characters that browsers ignore in an address: control characters and spaces at both ends, and tabs and
/// line breaks anywhere.
///
/// For example, browsers read `java\nscript:` as `javascript:`.
fn strip(raw: &str) -> String {
    raw.trim_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect()
}

/// The scheme of an address in lowercase, if it has one.
pub(super) fn scheme(raw: &str) -> Option<String> {
    let (scheme, _) = raw.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}
