//! Normalization of addresses (RFC 3986 sections 6.2.2 and 6.2.3).

use super::scheme;

/// The normalized form of an address (RFC 3986 sections 6.2.2 and 6.2.3), or `None` if the address is already
/// normalized or has no scheme.
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
        canonical.push_str(&without_dot_segments(&normalized_escapes(path)));
        // In a URL with an authority, an empty path is the same as `/` (section 6.2.3).
        if path.is_empty() {
            canonical.push('/');
        }
    } else {
        canonical.push_str(&normalized_escapes(path));
    }
    canonical.push_str(&normalized_escapes(query));
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
        // If the host is an IPv6 address and there is no port, the text after the last colon ends with `]`, so it is
        // not mistaken for a port.
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

/// Normalizes percent-encoding: writes hexadecimal digits in uppercase, and decodes unreserved characters.
fn normalized_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let code = rest
            .get(at + 1..at + 3)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            // Only the unreserved characters, which RFC 3986 section 2.3 lists, are decoded. Decoding any other
            // character could change the meaning of the URL.
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

/// Removes the segments `.` and `..` from a path (RFC 3986 section 5.2.4).
fn without_dot_segments(path: &str) -> String {
    let mut result: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." if is_last => result.push(""),
            "." => {}
            ".." => {
                // The first segment is the empty string before the leading `/`. `..` must not remove it.
                if result.len() > 1 {
                    result.pop();
                }
                if is_last {
                    result.push("");
                }
            }
            _ => result.push(segment),
        }
    }
    result.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalizes_addresses() {
        for (text, expected) in [
            ("HTTP://Example.org/", "http://example.org/"),
            ("http://example.org:80/a", "http://example.org/a"),
            ("http://example.org", "http://example.org/"),
            ("http://example.org/a/../b/./c", "http://example.org/b/c"),
            ("http://example.org/%7ejo/%c3%a9", "http://example.org/~jo/%C3%A9"),
            ("http://example.org/a?", "http://example.org/a?"),
        ] {
            assert_eq!(canonical(text).unwrap_or_else(|| text.to_owned()), expected, "{text}");
        }
    }
}
