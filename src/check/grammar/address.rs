//! Addresses: URIs (RFC 3986), IRIs (RFC 3987), tag URIs (RFC 4151) and URNs (RFC 8141).

mod normalize;
mod tag;
mod urn;

pub(in crate::check) use normalize::canonical;

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum AddressFault {
    /// A character that is not allowed in any address.
    Character(char),
    /// A character that is allowed only in an IRI.
    NotAscii(char),
    /// The address has no scheme, but a scheme is required.
    Relative,
    /// Invalid structure, such as an http URL without a host.
    Structure,
    /// The address begins with `tag:` but is not a tag URI.
    Tag,
    /// The address begins with `urn:` but is not a URN.
    Urn,
    /// The address begins with `urn:uuid:` but does not contain a UUID.
    Uuid,
}

/// The scheme as written; `None` for a relative reference.
pub(in crate::check) fn scheme(text: &str) -> Option<&str> {
    // This is a fast path: nearly all URLs in feeds have one of these two schemes.
    if let Some(usual) = ["https", "http"].into_iter().find(|usual| has_scheme(text, usual)) {
        return text.get(..usual.len());
    }
    let end = text
        .bytes()
        .position(|byte| matches!(byte, b':' | b'/' | b'?' | b'#'))?;
    let scheme = text.get(..end).filter(|_| text.as_bytes()[end] == b':')?;
    let mut bytes = scheme.bytes();
    let is_scheme = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}

/// Whether the scheme is `name`, ignoring case.
pub(in crate::check) fn has_scheme(text: &str, name: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(name.len()) == Some(&b':') && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes())
}

/// Whether the text is an http or https URL.
pub(in crate::check) fn is_http(text: &str) -> bool {
    has_scheme(text, "http") || has_scheme(text, "https")
}

/// Checks an IRI reference, absolute or relative.
pub(in crate::check) fn reference(text: &str) -> Result<(), AddressFault> {
    let scheme = scheme(text);
    if let Some(scheme) = scheme {
        if scheme.eq_ignore_ascii_case("tag") {
            return if tag::is_tag(text) {
                Ok(())
            } else {
                Err(AddressFault::Tag)
            };
        }
        if scheme.eq_ignore_ascii_case("urn") {
            return urn::check(text);
        }
    }
    characters(text)?;
    let rest = scheme.map_or(text, |scheme| &text[scheme.len() + 1..]);
    // URLs with other schemes, such as `mailto:` and `magnet:`, need no host.
    let needs_host = scheme.is_some_and(|scheme| {
        ["http", "https", "ftp"]
            .iter()
            .any(|name| scheme.eq_ignore_ascii_case(name))
    });
    match rest.strip_prefix("//") {
        Some(after) => {
            let end = after.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
            authority(&after[..end.unwrap_or(after.len())], needs_host)
        }
        None if needs_host => Err(AddressFault::Structure),
        None => Ok(()),
    }
}

/// Checks an IRI: a reference with a scheme.
pub(in crate::check) fn absolute(text: &str) -> Result<(), AddressFault> {
    match scheme(text) {
        Some(_) => reference(text),
        None => characters(text).and(Err(AddressFault::Relative)),
    }
}

/// Checks that all characters are allowed in an IRI, and that `%` is followed by two hexadecimal digits.
fn characters(text: &str) -> Result<(), AddressFault> {
    let bytes = text.as_bytes();
    let mut fragments = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let is_allowed = match byte {
            b'%' => bytes
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
            b'#' => {
                fragments += 1;
                true
            }
            // Nearly all addresses are ASCII, so only addresses with other characters are decoded.
            0x80.. => return iri_characters(text),
            byte => ALLOWED[usize::from(byte)],
        };
        if !is_allowed {
            return Err(AddressFault::Character(char::from(byte)));
        }
    }
    // A fragment cannot contain a `#` (RFC 3986 section 3.5), although URLs such as
    // `https://matrix.to/#/#room:example.org` are in use.
    if fragments > 1 {
        return Err(AddressFault::Character('#'));
    }
    Ok(())
}

/// The ASCII characters that are allowed in addresses, except `%` and `#`.
const ALLOWED: [bool; 256] = {
    let mut allowed = [false; 256];
    let characters = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?[]@!$&'()*+,;=";
    let mut at = 0;
    while at < characters.len() {
        allowed[characters[at] as usize] = true;
        at += 1;
    }
    allowed
};

/// Like [`characters`], but for an IRI with non-ASCII characters.
fn iri_characters(text: &str) -> Result<(), AddressFault> {
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        let is_allowed = match c {
            '%' => bytes
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
            '#' => true,
            // `ucschar` and `iprivate` of RFC 3987 section 2.2, approximately: everything above U+009F except line and
            // paragraph separators, specials and noncharacters.
            '\u{A0}'.. => !matches!(c, '\u{2028}' | '\u{2029}' | '\u{FFF0}'..='\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}'),
            c => u8::try_from(c).is_ok_and(|byte| ALLOWED[usize::from(byte)]),
        };
        if !is_allowed {
            return Err(AddressFault::Character(c));
        }
    }
    if text.matches('#').count() > 1 {
        return Err(AddressFault::Character('#'));
    }
    Ok(())
}

/// The first non-ASCII character. An address that contains one is an IRI, not a URI.
pub(in crate::check) fn first_non_ascii(text: &str) -> Option<char> {
    text.chars().find(|c| !c.is_ascii())
}

fn authority(authority: &str, needs_host: bool) -> Result<(), AddressFault> {
    // The W3C validator rejects user information, underscores in hosts, IPv6 and a `?` directly after the host. All of
    // these are valid, and browsers open such URLs.
    // As in browsers, the last `@` ends the user information.
    let host_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match host_port.strip_prefix('[') {
        Some(rest) => {
            let (address, after) = rest.split_once(']').ok_or(AddressFault::Structure)?;
            let is_address = address.parse::<std::net::Ipv6Addr>().is_ok()
                // The address of a future IP version begins with `v` (RFC 3986 section 3.2.2).
                || address.starts_with(['v', 'V']) && address.contains('.');
            if !is_address {
                return Err(AddressFault::Structure);
            }
            let port = if after.is_empty() {
                Some("")
            } else {
                after.strip_prefix(':')
            };
            (address, port.ok_or(AddressFault::Structure)?)
        }
        None => host_port.split_once(':').unwrap_or((host_port, "")),
    };
    // An empty port is valid (RFC 3986 section 3.2.3).
    let is_port = port.is_empty() || port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    if !is_port || needs_host && host.is_empty() || host.contains(['[', ']']) {
        return Err(AddressFault::Structure);
    }
    // A host that consists of four numbers is an IPv4 address, so each number must be at most 255.
    let is_numeric = host.ends_with(|c: char| c.is_ascii_digit())
        && host.split('.').count() == 4
        && host
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if is_numeric && host.parse::<std::net::Ipv4Addr>().is_err() {
        return Err(AddressFault::Structure);
    }
    Ok(())
}

/// The host, as written; `None` if the address has no host.
pub(in crate::check) fn host(text: &str) -> Option<&str> {
    let rest = scheme(text)
        .map_or(text, |scheme| &text[scheme.len() + 1..])
        .strip_prefix("//")?;
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    let authority = &rest[..end.unwrap_or(rest.len())];
    let user = authority.bytes().rposition(|byte| byte == b'@');
    let host_port = &authority[user.map_or(0, |at| at + 1)..];
    match host_port.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map(|(address, _)| address),
        None => {
            let port = host_port.bytes().position(|byte| byte == b':');
            Some(&host_port[..port.unwrap_or(host_port.len())])
        }
    }
}

/// The path, as written.
pub(in crate::check) fn path(text: &str) -> &str {
    let rest = scheme(text).map_or(text, |scheme| &text[scheme.len() + 1..]);
    let rest = match rest.strip_prefix("//") {
        Some(after) => &after[after.find(['/', '?', '#']).unwrap_or(after.len())..],
        None => rest,
    };
    &rest[..rest.find(['?', '#']).unwrap_or(rest.len())]
}

/// The file name extension of the path, in lowercase and without the dot.
pub(in crate::check) fn extension(text: &str) -> Option<String> {
    let name = path(text).rsplit('/').next()?;
    let (_, extension) = name.rsplit_once('.')?;
    (!extension.is_empty() && extension.len() <= 5).then(|| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_references() {
        for (text, expected) in [
            ("https://example.org/a?b=c#d", Ok(())),
            ("https://user@my_host.example:8080/?x", Ok(())),
            ("http://[2001:db8::1]/", Ok(())),
            ("magnet:?xt=urn:btih:abc", Ok(())),
            ("/relative", Ok(())),
            ("//host/path", Ok(())),
            ("https://example.org/ä", Ok(())),
            ("tag:example.org,2026-03:spring", Ok(())),
            ("tag:me@example.org,2026:x#y", Ok(())),
            ("tag:example.org,26:x", Err(AddressFault::Tag)),
            ("tag:example.org,2026-13:x", Err(AddressFault::Tag)),
            ("urn:isbn:0451450523", Ok(())),
            ("urn:a.b:c", Err(AddressFault::Urn)),
            ("urn:uuid:123", Err(AddressFault::Uuid)),
            ("https://example.org/a b", Err(AddressFault::Character(' '))),
            ("https://example.org/%zz", Err(AddressFault::Character('%'))),
            ("http:/example.org", Err(AddressFault::Structure)),
            ("http://", Err(AddressFault::Structure)),
            ("http://999.1.1.1/", Err(AddressFault::Structure)),
            ("http://[::1]80/", Err(AddressFault::Structure)),
            ("http://example.org:99999/", Err(AddressFault::Structure)),
            ("http://example.org:99999999999/", Err(AddressFault::Structure)),
            ("http://example.org:/", Ok(())),
        ] {
            assert_eq!(reference(text), expected, "{text}");
        }
        assert_eq!(absolute("/relative"), Err(AddressFault::Relative));
    }
}
