use crate::{text::PlainText, url::Url};

/// A media type such as `audio/mpeg` (RFC 6838 section 4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType(String);

impl MediaType {
    /// Parses `type/subtype` and drops parameters. Returns `None` if `raw` is not a media type.
    pub fn new(raw: &str) -> Option<Self> {
        let essence = raw.split(';').next()?.trim().to_ascii_lowercase();
        let (kind, subtype) = essence.split_once('/')?;
        // RFC 6838 section 4.2 limits the type and the subtype to 127 characters each.
        let name = |s: &str| {
            !s.is_empty()
                && s.len() <= 127
                && s.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
        };
        (name(kind) && name(subtype)).then_some(MediaType(essence))
    }

    /// The usual media type for the file name extension of `path`.
    pub fn of_path(path: &str) -> Option<Self> {
        let extension = path.split(['?', '#']).next()?.rsplit_once('.')?.1.to_ascii_lowercase();
        let essence = match extension.as_str() {
            "mp3" => "audio/mpeg",
            // RFC 4337 registers this type; `audio/x-m4a` is Apple's own.
            "m4a" => "audio/mp4",
            "aac" => "audio/aac",
            "ogg" | "oga" => "audio/ogg",
            "opus" => "audio/opus",
            "flac" => "audio/flac",
            // This type is not registered, but browsers use it.
            "wav" => "audio/wav",
            "mp4" | "m4v" => "video/mp4",
            "webm" => "video/webm",
            "mov" => "video/quicktime",
            "jpg" | "jpeg" => "image/jpeg",
            "png" => "image/png",
            "gif" => "image/gif",
            "webp" => "image/webp",
            "avif" => "image/avif",
            "svg" => "image/svg+xml",
            "pdf" => "application/pdf",
            "epub" => "application/epub+zip",
            "zip" => "application/zip",
            _ => return None,
        };
        Some(MediaType(essence.to_owned()))
    }

    /// The media type in lowercase.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number of bytes up to 2^63 - 1. No real file is larger, and readers reject larger numbers or read them as negative
/// numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByteLength(u64);

impl ByteLength {
    /// Returns `None` if the number is too large.
    pub fn new(bytes: u64) -> Option<Self> {
        i64::try_from(bytes).is_ok().then_some(ByteLength(bytes))
    }

    /// The number of bytes.
    pub fn get(self) -> u64 {
        self.0
    }
}

/// A file that belongs to an entry, such as a podcast episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// `enclosure@url` / `link rel=enclosure @href` / `attachments[].url`. Required.
    pub url: Url,
    /// The length: `enclosure@length` (required in RSS; 0 if unknown) / `@length` / `size_in_bytes`.
    pub length: Option<ByteLength>,
    /// `@type` / `@type` / `mime_type`. Required.
    pub media_type: MediaType,
    /// – / `@title` / `title`.
    pub title: Option<PlainText>,
}

/// The main picture of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// `media:content@url` / `media:content@url` / `image`. Required.
    pub url: Url,
    /// `media:content@type`, if known.
    pub media_type: Option<MediaType>,
    /// A description for people who cannot see the picture: `media:description`.
    pub alt: Option<PlainText>,
    /// `media:title`.
    pub caption: Option<PlainText>,
    /// Who made the picture: `media:credit`.
    pub credit: Option<PlainText>,
    /// The name of the license: `media:license`.
    pub license: Option<PlainText>,
    /// The address of the license: `media:license@href`.
    pub license_url: Option<Url>,
}
