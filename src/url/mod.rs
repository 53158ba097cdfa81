//! Absolute addresses, and names that stay: what a feed may hold as a URL or an id.

mod repair;
mod slug;

pub use repair::{Repaired, repair};
pub use slug::slug;

/// Longer addresses are cut by readers and refused by servers.
const LONGEST: usize = 2048;
/// Databases of readers index so much of an id.
const LONGEST_NAME: usize = 1024;

/// An absolute http(s) URL in percent-encoded ASCII, without user information.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(url::Url);

impl Url {
    /// Reads an absolute http(s) address of at most 2 KiB; `None` for anything else, `https:/x` included (see [`repair`]).
    pub fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        if raw.len() > LONGEST {
            return None;
        }
        let (scheme, rest) = raw.split_once("://")?;
        let scheme_ok = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        if !scheme_ok || rest.starts_with(['/', '\\']) {
            return None;
        }
        Url::accept(url::Url::parse(raw).ok()?)
    }

    /// Resolves a reference against this address (RFC 3986 section 5); `None` if the result is not http(s).
    pub fn join(&self, reference: &str) -> Option<Self> {
        let reference = reference.trim();
        if reference.len() > LONGEST {
            return None;
        }
        Url::accept(self.0.join(reference).ok()?)
    }

    fn accept(mut url: url::Url) -> Option<Self> {
        if !matches!(url.scheme(), "http" | "https") || !url.host_str().is_some_and(is_host) {
            return None;
        }
        if !url.username().is_empty() || url.password().is_some() {
            url.set_username("").ok()?;
            url.set_password(None).ok()?;
        }
        // What browsers forgive and RFC 3986 does not: the Feed Validator reports it, and strict readers drop the link.
        if let Some(encoded) = encode_rest(&url) {
            url = url::Url::parse(&encoded).ok()?;
        }
        (url.as_str().len() <= LONGEST).then_some(Url(url))
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

/// The browsers' standard lets through more than RFC 3986: `xn--}-zfa`.
fn is_host(host: &str) -> bool {
    let name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    !host.is_empty() && (host.starts_with('[') || host.bytes().all(name))
}

/// The address with everything encoded behind its host that RFC 3986 does not allow there; `None` if nothing is.
fn encode_rest(url: &url::Url) -> Option<String> {
    let start = url[..url::Position::BeforePath].len();
    let text = url.as_str();
    let rest = text.as_bytes().get(start..)?;
    let fits = |at: usize| match rest[at] {
        b'%' => {
            let hex = |at: usize| rest.get(at).is_some_and(u8::is_ascii_hexdigit);
            hex(at + 1) && hex(at + 2)
        }
        byte => byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte),
    };
    if (0..rest.len()).all(fits) {
        return None;
    }
    let mut out = text.get(..start)?.to_owned();
    for (at, byte) in rest.iter().enumerate() {
        if fits(at) {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(out)
}

impl std::fmt::Display for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The permanent name of an entry or a feed: any absolute URI (`tag:`, `urn:`, `https:`).
///
/// RSS and JSON Feed take any text, so an entry that came from elsewhere may have another name in those.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    uri: String,
    name: Option<String>,
}

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
        (scheme_ok && rest_ok).then(|| Id {
            uri: raw.to_owned(),
            name: None,
        })
    }

    /// Takes what others have published as an Atom id, byte for byte: readers know it, whether it is a URI or not. `None`
    /// if it is empty, longer than 1 KiB, or has a blank or a character that cannot be written.
    pub fn published(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let is_id = is_name(raw) && !raw.contains(char::is_whitespace);
        let as_it_is = || Id {
            uri: raw.to_owned(),
            name: None,
        };
        Id::new(raw).or_else(|| is_id.then(as_it_is))
    }

    /// The same with another name for RSS and JSON Feed; `None` if that is empty, longer than 1 KiB, or has a character
    /// that cannot be written.
    pub fn named(self, name: &str) -> Option<Self> {
        let name = name.trim();
        is_name(name).then(|| Id {
            name: (name != self.uri).then(|| name.to_owned()),
            ..self
        })
    }

    /// The URI: what Atom holds.
    pub fn as_str(&self) -> &str {
        &self.uri
    }

    /// What RSS and JSON Feed hold: the URI, if there is no other name.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.uri)
    }

    /// Every string that readers may know it by, once.
    pub fn faces(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.uri).chain(self.name.as_deref())
    }
}

/// Whether XML can hold it, a line of text, and the database of a reader.
fn is_name(raw: &str) -> bool {
    let is_writable = |c: char| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    !raw.is_empty() && raw.len() <= LONGEST_NAME && raw.chars().all(is_writable)
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.uri)
    }
}
