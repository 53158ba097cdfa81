//! Addresses: URIs (RFC 3986), IRIs (RFC 3987), tag URIs (RFC 4151), URNs (RFC 8141).

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Wrong {
    /// A character that no address may hold.
    Character(char),
    /// A character that only an IRI may hold.
    NotAscii(char),
    /// No scheme where one must be.
    Relative,
    /// An http address without a host, or some other structure that cannot be.
    Structure,
    /// Not a tag URI, though it says so.
    Tag,
    /// Not a URN, though it says so.
    Urn,
    /// Not a UUID, though it says so.
    Uuid,
}

/// The scheme, in the case it is written in; `None` for a relative reference.
pub(in crate::check) fn scheme(text: &str) -> Option<&str> {
    // Nearly all addresses of a feed have one of these two.
    if let Some(usual) = ["https", "http"].into_iter().find(|usual| is_scheme(text, usual)) {
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

/// Whether the scheme is this one, in any case.
pub(in crate::check) fn has_scheme(text: &str, name: &str) -> bool {
    is_scheme(text, name)
}

/// Whether the text begins with this name, in any case, and a colon.
fn is_scheme(text: &str, name: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(name.len()) == Some(&b':') && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes())
}

/// Whether it is an http or https address.
pub(in crate::check) fn is_http(text: &str) -> bool {
    has_scheme(text, "http") || has_scheme(text, "https")
}

/// Checks an IRI reference: anything that can stand where an address is expected.
pub(in crate::check) fn reference(text: &str) -> Result<(), Wrong> {
    let scheme = scheme(text);
    if let Some(scheme) = scheme {
        if scheme.eq_ignore_ascii_case("tag") {
            return if is_tag(text) { Ok(()) } else { Err(Wrong::Tag) };
        }
        if scheme.eq_ignore_ascii_case("urn") {
            return urn(text);
        }
    }
    characters(text)?;
    let rest = scheme.map_or(text, |scheme| &text[scheme.len() + 1..]);
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
        None if needs_host => Err(Wrong::Structure),
        None => Ok(()),
    }
}

/// Checks an IRI: a reference with a scheme.
pub(in crate::check) fn absolute(text: &str) -> Result<(), Wrong> {
    match scheme(text) {
        Some(_) => reference(text),
        None => characters(text).and(Err(Wrong::Relative)),
    }
}

/// Checks that every character may stand in an IRI, and that `%` is followed by two hexadecimal digits.
fn characters(text: &str) -> Result<(), Wrong> {
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
            0x80.. => return iri_characters(text),
            byte => ALLOWED[usize::from(byte)],
        };
        if !is_allowed {
            return Err(Wrong::Character(char::from(byte)));
        }
    }
    if fragments > 1 {
        return Err(Wrong::Character('#'));
    }
    Ok(())
}

/// The ASCII characters of addresses, besides `%` and `#`.
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

/// The same for an IRI with characters that are not ASCII.
fn iri_characters(text: &str) -> Result<(), Wrong> {
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        let is_allowed = match c {
            '%' => bytes
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
            '#' => true,
            // RFC 3987 ucschar and iprivate: everything above U+009F but noncharacters, separators and surrogates.
            '\u{A0}'.. => !matches!(c, '\u{2028}' | '\u{2029}' | '\u{FFF0}'..='\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}'),
            c => u8::try_from(c).is_ok_and(|byte| ALLOWED[usize::from(byte)]),
        };
        if !is_allowed {
            return Err(Wrong::Character(c));
        }
    }
    if text.matches('#').count() > 1 {
        return Err(Wrong::Character('#'));
    }
    Ok(())
}

/// The first character that makes an IRI something else than a URI.
pub(in crate::check) fn first_not_ascii(text: &str) -> Option<char> {
    text.chars().find(|c| !c.is_ascii())
}

fn authority(authority: &str, needs_host: bool) -> Result<(), Wrong> {
    let host_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match host_port.strip_prefix('[') {
        Some(rest) => {
            let (address, after) = rest.split_once(']').ok_or(Wrong::Structure)?;
            let is_address = address.parse::<std::net::Ipv6Addr>().is_ok()
                || address.starts_with(['v', 'V']) && address.contains('.');
            if !is_address {
                return Err(Wrong::Structure);
            }
            (address, after.strip_prefix(':').unwrap_or(after))
        }
        None => host_port.split_once(':').unwrap_or((host_port, "")),
    };
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u32>().unwrap_or(0) <= 65_535;
    if !is_port || needs_host && host.is_empty() || host.contains(['[', ']']) {
        return Err(Wrong::Structure);
    }
    // A host of four numbers is an IPv4 address, and must be one.
    let is_numeric = host.ends_with(|c: char| c.is_ascii_digit())
        && host.split('.').count() == 4
        && host
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if is_numeric && host.parse::<std::net::Ipv4Addr>().is_err() {
        return Err(Wrong::Structure);
    }
    Ok(())
}

/// The host of an address with an authority, as written.
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

/// The path of an address, as written.
pub(in crate::check) fn path(text: &str) -> &str {
    let rest = scheme(text).map_or(text, |scheme| &text[scheme.len() + 1..]);
    let rest = match rest.strip_prefix("//") {
        Some(after) => &after[after.find(['/', '?', '#']).unwrap_or(after.len())..],
        None => rest,
    };
    &rest[..rest.find(['?', '#']).unwrap_or(rest.len())]
}

/// What the file name at the end of the path ends in, in lower case and without the dot.
pub(in crate::check) fn extension(text: &str) -> Option<String> {
    let name = path(text).rsplit('/').next()?;
    let (_, extension) = name.rsplit_once('.')?;
    (!extension.is_empty() && extension.len() <= 5).then(|| extension.to_ascii_lowercase())
}

fn is_tag(text: &str) -> bool {
    let Some((entity, specific)) = text.strip_prefix("tag:").and_then(|rest| rest.split_once(':')) else {
        return false;
    };
    let Some((authority, date)) = entity.split_once(',') else {
        return false;
    };
    let domain = match authority.split_once('@') {
        Some((user, domain)) => {
            let is_user = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
            if user.is_empty() || !user.bytes().all(is_user) {
                return false;
            }
            domain
        }
        None => authority,
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let specific = specific.split_once('#').map_or((specific, ""), |parts| parts);
    let is_specific = |text: &str| {
        characters(text).is_ok()
            && text
                .bytes()
                .all(|byte| byte.is_ascii() && !matches!(byte, b'#' | b'[' | b']'))
    };
    domain.split('.').all(is_label) && is_tag_date(date) && is_specific(specific.0) && is_specific(specific.1)
}

fn is_tag_date(date: &str) -> bool {
    let mut parts = date.split('-');
    let is_number = |part: Option<&str>, length: usize, most: u32| {
        part.is_some_and(|part| {
            part.len() == length
                && part.bytes().all(|byte| byte.is_ascii_digit())
                && part.parse().is_ok_and(|number: u32| number >= 1 && number <= most)
        })
    };
    if !is_number(parts.next(), 4, 9999) {
        return false;
    }
    match (parts.next(), parts.next(), parts.next()) {
        (None, None, None) => true,
        (month, None, None) => is_number(month, 2, 12),
        (month, day, None) => is_number(month, 2, 12) && is_number(day, 2, 31),
        _ => false,
    }
}

fn urn(text: &str) -> Result<(), Wrong> {
    let Some((namespace, specific)) = text.get(4..).and_then(|rest| rest.split_once(':')) else {
        return Err(Wrong::Urn);
    };
    if namespace.eq_ignore_ascii_case("uuid") {
        let groups: Vec<&str> = specific.split('-').collect();
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        let is_uuid =
            lengths == [8, 4, 4, 4, 12] && specific.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
        return if is_uuid { Ok(()) } else { Err(Wrong::Uuid) };
    }
    let is_namespace = (2..=32).contains(&namespace.len())
        && namespace
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !namespace.starts_with('-')
        && !namespace.ends_with('-');
    // `/`, `?` and `#` came with RFC 8141; `[` and what is not ASCII never did.
    let is_specific = !specific.is_empty()
        && !specific.starts_with('/')
        && specific.is_ascii()
        && characters(specific).is_ok()
        && !specific.contains(['[', ']']);
    if is_namespace && is_specific {
        Ok(())
    } else {
        Err(Wrong::Urn)
    }
}

/// The address in the form in which most comparisons expect it (RFC 3986 section 6.2.2 and 6.2.3), if it is not.
pub(in crate::check) fn canonical(text: &str) -> Option<String> {
    let scheme = scheme(text)?;
    let mut canonical = scheme.to_ascii_lowercase();
    canonical.push(':');
    let rest = &text[scheme.len() + 1..];
    let tail = match rest.strip_prefix("//") {
        Some(after) => {
            let end = after.find(['/', '?', '#']).unwrap_or(after.len());
            canonical.push_str("//");
            canonical_authority(&after[..end], &canonical.clone(), &mut canonical);
            &after[end..]
        }
        None => rest,
    };
    let end = tail.find(['?', '#']).unwrap_or(tail.len());
    let (path, query) = tail.split_at(end);
    if rest.starts_with("//") {
        canonical.push_str(&without_dot_segments(&escapes(path)));
        if path.is_empty() {
            canonical.push('/');
        }
    } else {
        canonical.push_str(&escapes(path));
    }
    canonical.push_str(&escapes(query));
    (canonical != text).then_some(canonical)
}

fn canonical_authority(authority: &str, scheme: &str, canonical: &mut String) {
    let (user, host_port) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    if let Some(user) = user {
        canonical.push_str(user);
        canonical.push('@');
    }
    let (host, port) = match host_port.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, Some(port)),
        _ => (host_port, None),
    };
    canonical.push_str(host.to_lowercase().as_str());
    let default = match scheme {
        "http://" => "80",
        "https://" => "443",
        "ftp://" => "21",
        _ => "",
    };
    if let Some(port) = port.filter(|port| !port.is_empty() && *port != default) {
        canonical.push(':');
        canonical.push_str(port);
    }
}

/// Percent-encodings in upper case, and only where they are needed.
fn escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let code = rest
            .get(at + 1..at + 3)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(code) if code.is_ascii_alphanumeric() || matches!(code, b'-' | b'.' | b'_' | b'~') => {
                out.push(char::from(code));
                rest = &rest[at + 3..];
            }
            Some(code) => {
                out.push_str(&format!("%{code:02X}"));
                rest = &rest[at + 3..];
            }
            None => {
                out.push('%');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// RFC 3986 section 5.2.4.
pub(in crate::check) fn without_dot_segments(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." if is_last => kept.push(""),
            "." => {}
            ".." => {
                if kept.len() > 1 {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judges_references() {
        for (text, verdict) in [
            ("https://example.org/a?b=c#d", Ok(())),
            ("https://user@my_host.example:8080/?x", Ok(())),
            ("http://[2001:db8::1]/", Ok(())),
            ("magnet:?xt=urn:btih:abc", Ok(())),
            ("/relative", Ok(())),
            ("//host/path", Ok(())),
            ("https://example.org/ä", Ok(())),
            ("tag:example.org,2026-03:spring", Ok(())),
            ("tag:me@example.org,2026:x#y", Ok(())),
            ("tag:example.org,26:x", Err(Wrong::Tag)),
            ("tag:example.org,2026-13:x", Err(Wrong::Tag)),
            ("urn:isbn:0451450523", Ok(())),
            ("urn:a.b:c", Err(Wrong::Urn)),
            ("urn:uuid:123", Err(Wrong::Uuid)),
            ("https://example.org/a b", Err(Wrong::Character(' '))),
            ("https://example.org/%zz", Err(Wrong::Character('%'))),
            ("http:/example.org", Err(Wrong::Structure)),
            ("http://", Err(Wrong::Structure)),
            ("http://999.1.1.1/", Err(Wrong::Structure)),
            ("http://example.org:99999/", Err(Wrong::Structure)),
        ] {
            assert_eq!(reference(text), verdict, "{text}");
        }
        assert_eq!(absolute("/relative"), Err(Wrong::Relative));
    }

    #[test]
    fn finds_the_canonical_form() {
        for (text, wanted) in [
            ("HTTP://Example.org/", "http://example.org/"),
            ("http://example.org:80/a", "http://example.org/a"),
            ("http://example.org", "http://example.org/"),
            ("http://example.org/a/../b/./c", "http://example.org/b/c"),
            ("http://example.org/%7ejo/%c3%a9", "http://example.org/~jo/%C3%A9"),
            ("http://example.org/a?", "http://example.org/a?"),
        ] {
            assert_eq!(canonical(text).unwrap_or_else(|| text.to_owned()), wanted, "{text}");
        }
    }
}
