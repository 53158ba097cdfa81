//! E-mail addresses (RFC 5322 addr-spec, without the obsolete forms), and the forms in which RSS feeds name a person.

/// Whether the text is an e-mail address and nothing else.
pub(in crate::check) fn is_address(text: &str) -> bool {
    // A quoted local part may contain an `@`, so the domain begins after the last `@`.
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    // RFC 6531 allows non-ASCII characters on both sides of the `@`.
    let is_atext = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || !c.is_ascii();
    let is_dot_atom = |text: &str| {
        text.split('.')
            .all(|part| !part.is_empty() && part.chars().all(is_atext))
    };
    let is_quoted = local.len() >= 2 && local.starts_with('"') && local.ends_with('"');
    let is_literal = domain.starts_with('[') && domain.ends_with(']');
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_' || !c.is_ascii())
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // Domains without a dot, such as `localhost`, are rejected, because they work only inside the author's network.
    (is_quoted || is_dot_atom(local)) && (is_literal || domain.contains('.') && domain.split('.').all(is_label))
}

/// The forms in which RSS feeds name a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Person {
    /// `jo@example.org (Jo)`, as in the RSS specification.
    AddressAndName,
    /// Only an address: `jo@example.org`.
    Address,
    /// A name followed by an address, as in `Jo <jo@example.org>`, or a `mailto:` URL with parameters.
    Other,
    /// No address.
    NoAddress,
}

/// Determines the form in which the text names a person.
pub(in crate::check) fn person(text: &str) -> Person {
    let text = text.trim();
    let is_mailto = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    // RFC 6068: in a `mailto:` URL, the address is percent-encoded, and a `?` begins a list of fields such as
    // `subject`.
    if is_mailto {
        let target = unescape(&text[7..]);
        let target = target.split('?').next().unwrap_or("").trim();
        return match plain_person(target) {
            Person::Address | Person::Other if text.contains('?') => Person::Other,
            found => found,
        };
    }
    plain_person(text)
}

fn plain_person(text: &str) -> Person {
    if is_address(text) {
        return Person::Address;
    }
    if let Some((address, name)) = text.split_once('(')
        && let Some(name) = name.strip_suffix(')')
        && is_address(address.trim())
    {
        return if name.trim().is_empty() {
            Person::Address
        } else {
            Person::AddressAndName
        };
    }
    if let Some((_, address)) = text.rsplit_once('<')
        && address
            .strip_suffix('>')
            .is_some_and(|address| is_address(address.trim()))
    {
        return Person::Other;
    }
    Person::NoAddress
}

/// Decodes percent-encoding; returns the text unchanged if the result would not be valid UTF-8.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%')
            .then(|| after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_addresses() {
        for (text, valid) in [
            ("jo@example.org", true),
            ("jo+feeds@mail.example.org", true),
            ("\"jo doe\"@example.org", true),
            ("jo@localhost", false),
            ("jo", false),
            ("jo@example..org", false),
            ("jo doe@example.org", false),
            ("jo@example.org (Jo)", false),
        ] {
            assert_eq!(is_address(text), valid, "{text}");
        }
    }

    #[test]
    fn recognizes_persons() {
        for (text, expected) in [
            ("jo@example.org (Jo Doe)", Person::AddressAndName),
            ("jo@example.org", Person::Address),
            ("Jo Doe <jo@example.org>", Person::Other),
            ("mailto:jo@example.org?subject=x", Person::Other),
            ("Jo Doe", Person::NoAddress),
            ("Jo (jo@example.org)", Person::NoAddress),
        ] {
            assert_eq!(person(text), expected, "{text}");
        }
    }
}
