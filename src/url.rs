//! Absolute addresses, and names that stay: what a feed may hold as a URL or an id.

/// An absolute http(s) URL in percent-encoded ASCII, without user information.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(url::Url);

impl Url {
    /// Reads an absolute http(s) address; `None` for anything else.
    pub fn parse(raw: &str) -> Option<Self> {
        Url::accept(url::Url::parse(raw.trim()).ok()?)
    }

    /// Resolves a reference against this address (RFC 3986 section 5); `None` if the result is not http(s).
    pub fn join(&self, reference: &str) -> Option<Self> {
        Url::accept(self.0.join(reference.trim()).ok()?)
    }

    fn accept(mut url: url::Url) -> Option<Self> {
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return None;
        }
        if !url.username().is_empty() || url.password().is_some() {
            url.set_username("").ok()?;
            url.set_password(None).ok()?;
        }
        Some(Url(url))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host, in lower-case ASCII.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The path, starting with `/`.
    pub fn path(&self) -> &str {
        self.0.path()
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &str {
        self.0.scheme()
    }
}

impl std::fmt::Display for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The permanent name of an entry or a feed: any absolute URI (`tag:`, `urn:`, `https:`), in ASCII.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// Takes an absolute URI as it stands (ids are compared byte by byte, RFC 4287 section 4.2.6.1); `None` if it is none.
    pub fn new(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let (scheme, rest) = raw.split_once(':')?;
        let scheme_ok = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
        let rest_ok = !rest.is_empty()
            && rest.bytes().all(|b| {
                b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
            });
        (scheme_ok && rest_ok).then(|| Id(raw.to_owned()))
    }

    /// The URI.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address mended where people mistype them, and what was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The reference, absolute or relative.
    pub reference: String,
    /// Lower-case remarks: `the scheme had one slash`; empty if nothing was mended.
    pub repairs: Vec<&'static str>,
}

/// Mends an address as authors mistype them: `https:/x`, `http:///x`, `https//x`, `www.x.org/y`, blanks, backslashes.
pub fn repair(raw: &str) -> Option<Repaired> {
    let raw = raw.trim();
    (!raw.is_empty()).then(|| Repaired {
        reference: raw.to_owned(),
        repairs: Vec::new(),
    })
}
