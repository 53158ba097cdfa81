//! URLs and ids that a feed may contain.

mod repair;
mod slug;
mod tag;

pub use repair::{Repaired, repair};
pub use slug::slug;
pub use tag::is_tag_authority;

/// The maximum length of an address, in bytes. Some readers truncate longer addresses, and some servers reject them.
const MAX_BYTES: usize = 2048;
/// The maximum length of an id, in bytes. The databases of some feed readers cannot index longer ids.
const MAX_ID_BYTES: usize = 1024;

/// An absolute http(s) URL in percent-encoded ASCII, without user information.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(url::Url);

impl Url {
    /// Parses an absolute http(s) URL of up to 2 KiB. Returns `None` for any other text, including `https:/x`, which
    /// [`repair`] corrects.
    pub fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        if raw.len() > MAX_BYTES {
            return None;
        }
        // The URL Standard also accepts `https:x.org` and `https:///x.org`. Such mistakes are left to `repair`, which
        // reports what it corrects.
        let (scheme, rest) = raw.split_once("://")?;
        let is_http = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        if !is_http || rest.starts_with(['/', '\\']) {
            return None;
        }
        Url::accept(url::Url::parse(raw).ok()?)
    }

    /// Resolves a reference against this address (RFC 3986 section 5); `None` if the result is not an http(s) URL.
    pub fn join(&self, reference: &str) -> Option<Self> {
        let reference = reference.trim();
        if reference.len() > MAX_BYTES {
            return None;
        }
        Url::accept(self.0.join(reference).ok()?)
    }

    fn accept(mut url: url::Url) -> Option<Self> {
        if !matches!(url.scheme(), "http" | "https") || !url.host_str().is_some_and(is_host) {
            return None;
        }
        // Remove the user name and password, because a feed is public.
        if !url.username().is_empty() || url.password().is_some() {
            url.set_username("").ok()?;
            url.set_password(None).ok()?;
        }
        // Percent-encode the characters that browsers accept but RFC 3986 does not allow. The W3C Feed Validator
        // reports these characters, and strict readers drop links that contain them.
        if let Some(encoded) = encode_after_host(&url) {
            url = url::Url::parse(&encoded).ok()?;
        }
        // Percent-encoding may have made the address too long.
        (url.as_str().len() <= MAX_BYTES).then_some(Url(url))
    }

    /// The URL as a string.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host, in lowercase ASCII.
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

/// Whether a host is valid according to RFC 3986. The URL Standard, which browsers follow, also allows hosts such as
/// `xn--}-zfa`.
fn is_host(host: &str) -> bool {
    let name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    !host.is_empty() && (host.starts_with('[') || host.bytes().all(name))
}

/// Percent-encodes all characters after the host that RFC 3986 does not allow there. Returns `None` if there are no
/// such characters.
fn encode_after_host(url: &url::Url) -> Option<String> {
    let start = url[..url::Position::BeforePath].len();
    let text = url.as_str();
    let rest = text.as_bytes().get(start..)?;
    let fragment = memchr::memchr(b'#', rest);
    let is_allowed = |at: usize| match rest[at] {
        // A fragment cannot contain a `#` (RFC 3986 section 3.5), although addresses such as
        // `https://matrix.to/#/#room:example.org` are in use. Browsers treat `%23` in a fragment like `#`.
        b'#' => fragment == Some(at),
        b'%' => {
            let hex = |at: usize| rest.get(at).is_some_and(u8::is_ascii_hexdigit);
            hex(at + 1) && hex(at + 2)
        }
        byte => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte),
    };
    if (0..rest.len()).all(is_allowed) {
        return None;
    }
    let mut out = text.get(..start)?.to_owned();
    for (at, byte) in rest.iter().enumerate() {
        if is_allowed(at) {
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

/// The permanent id of an entry or a feed: any absolute URI (`tag:`, `urn:`, `https:`).
///
/// In RSS and JSON Feed, an id may be any text. Therefore, an entry that another program published may have an id in
/// these formats that differs from its id in Atom. The id in RSS and JSON Feed is then called the name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    uri: String,
    /// The id in RSS and JSON Feed, if it differs from `uri`.
    name: Option<String>,
}

impl Id {
    /// Creates an id from an absolute URI. The URI is kept byte for byte, because readers compare ids byte for byte
    /// (RFC 4287 section 4.2.6.1). Returns `None` if the text is not an absolute URI.
    pub fn new(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let (scheme, rest) = raw.split_once(':')?;
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
        let is_rest = !rest.is_empty()
            // RFC 3986 allows none of these characters in a URI unless they are percent-encoded.
            && rest.bytes().all(|b| {
                b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
            });
        (is_scheme && is_rest).then(|| Id {
            uri: raw.to_owned(),
            name: None,
        })
    }

    /// Creates an id from an id that was published in an Atom feed. The id is kept byte for byte even if it is not a
    /// URI, because readers have already stored it. Returns `None` if the id is empty, is longer than 1 KiB, or
    /// contains white space or a control character.
    pub fn from_published(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let is_id = is_name(raw) && !raw.contains(char::is_whitespace);
        let unchanged = || Id {
            uri: raw.to_owned(),
            name: None,
        };
        Id::new(raw).or_else(|| is_id.then(unchanged))
    }

    /// This id, with `name` as its form in RSS and JSON Feed. Returns `None` if the name is empty, is longer than
    /// 1 KiB, or contains a control character.
    pub fn with_name(self, name: &str) -> Option<Self> {
        let name = name.trim();
        is_name(name).then(|| Id {
            name: (name != self.uri).then(|| name.to_owned()),
            ..self
        })
    }

    /// The URI, which is the id in Atom.
    pub fn as_str(&self) -> &str {
        &self.uri
    }

    /// The id in RSS and JSON Feed: the name if there is one, and otherwise the URI.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.uri)
    }

    /// The URI, and the name if there is one.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.uri).chain(self.name.as_deref())
    }
}

/// Whether a name is a single line of text that XML can represent, and is neither empty nor too long.
fn is_name(raw: &str) -> bool {
    let is_allowed = |c: char| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    !raw.is_empty() && raw.len() <= MAX_ID_BYTES && raw.chars().all(is_allowed)
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.uri)
    }
}
