use crate::{text::PlainText, url::Url};

/// An author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// `dc:creator` / `author/name` / `authors[].name`. Required.
    pub name: PlainText,
    /// – / `author/email` / –. Never in RSS items, where nine of 29 clients show it as part of the name.
    pub email: Option<Email>,
    /// – / `author/uri` / `authors[].url`.
    pub url: Option<Url>,
}

/// An email address: `local@domain` without spaces, comments or quoting, as RFC 4287 section 3.2.3 requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Parses an address. Returns `None` if the address is invalid.
    pub fn new(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let (local, domain) = raw.split_once('@')?;
        // RFC 6531 allows letters of all scripts, as in `grüße@bücher.example`.
        let part = |s: &str| {
            !s.is_empty()
                && s.chars()
                    .all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
        };
        // An address can have at most 254 bytes, because RFC 5321 section 4.5.3.1.3 allows 256 bytes including the
        // angle brackets.
        (raw.len() <= 254 && part(local) && part(domain)).then(|| Email(raw.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_one_plain_address() {
        for (raw, valid) in [
            (" ada@example.org ", true),
            ("ada.l+feed@mail.example.org", true),
            ("grüße@bücher.example", true),
            ("ada", false),
            ("@example.org", false),
            ("ada@", false),
            ("Ada <ada@example.org>", false),
            ("ada@exam\u{B}ple.org", false),
            ("a@b@c", false),
        ] {
            assert_eq!(Email::new(raw).is_some(), valid, "{raw:?}");
        }
    }
}
