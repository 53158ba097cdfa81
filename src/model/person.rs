use crate::{
    text::{PlainText, is_xml_char},
    url::Url,
};

/// An author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// `dc:creator` / `author/name` / `authors[].name`. Required.
    pub name: PlainText,
    /// – / `author/email` / –. RSS items never contain the address, because nine of 29 clients would show it as part of
    /// the name.
    pub email: Option<Email>,
    /// – / `author/uri` / `authors[].url`.
    pub url: Option<Url>,
}

/// An e-mail address: `local@domain` without comments or quoting (RFC 4287 section 3.2.3). The domain must contain a
/// dot, because a name such as `localhost` is not valid outside the author's network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Parses an address. Returns `None` if the address is invalid.
    pub fn new(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let (local, domain) = raw.split_once('@')?;
        // RFC 5322 section 3.2.3 does not allow an empty part before, between or after dots. Japanese phone companies
        // used to allow addresses such as `taro.@docomo.ne.jp`, which most mail programs reject.
        let is_local = local
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(|c| is_letter(c) || "!#$%&'*+-/=?^_`{|}~".contains(c)));
        let is_label = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| is_letter(c) || c == '-' || c == '_')
        };
        let is_domain = domain.contains('.') && domain.split('.').all(is_label);
        // An address can have at most 254 bytes, because RFC 5321 section 4.5.3.1.3 allows 256 bytes including the
        // angle brackets.
        (raw.len() <= 254 && is_local && is_domain).then(|| Email(raw.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a character is allowed anywhere in an address: an ASCII letter or digit, or a visible character of any other
/// script, as in `grüße@bücher.example` (RFC 6531).
fn is_letter(c: char) -> bool {
    let is_visible = !c.is_ascii() && !c.is_whitespace() && !c.is_control() && is_xml_char(c);
    c.is_ascii_alphanumeric() || is_visible
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
            ("a@b.c@d.example", false),
            ("मेल@उदाहरण.भारत", true),
            ("root@localhost", false),
            ("taro.@docomo.ne.jp", false),
            (".taro@docomo.ne.jp", false),
            ("a..b@docomo.ne.jp", false),
            ("ada@example..org", false),
            ("ada@example.org.", false),
            ("ada@-example.org", false),
            ("ada@exam#ple.org", false),
            ("ada@example.org\u{FFFE}", false),
            ("ada\u{A0}l@example.org", false),
        ] {
            assert_eq!(Email::new(raw).is_some(), valid, "{raw:?}");
        }
    }
}
