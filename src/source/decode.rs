//! Decodes bytes to text. The encoding is UTF-16 if the file starts with a byte order mark of UTF-16, UTF-8 if the
//! bytes are valid UTF-8, and otherwise an encoding that is declared or guessed. Turns CR and CRLF into LF.
//!
//! UTF-8 text that needs no change is borrowed, not copied.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::{
    finding::{Finding, Location, article as rules},
    text::is_xml_char,
};

/// The text of a file, and what is wrong with its bytes.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text, with all line breaks converted to line feeds. It may still contain characters that are not allowed in
    /// XML; the model removes them.
    pub text: Cow<'a, str>,
    /// Findings about control characters, invalid bytes, or a file that is not text.
    pub findings: Vec<Finding>,
}

/// Decodes the bytes of a file.
pub fn decode(bytes: &[u8], meta_charset: MetaCharset) -> Decoded<'_> {
    let mut findings = Vec::new();
    let text = match decode_bytes(bytes, meta_charset, &mut findings) {
        Ok(text) => text,
        Err(reason) => {
            findings.push(
                Finding::new(&rules::UNREADABLE, Location::file(), reason)
                    .help("save the file as UTF-8 text, or exclude it in the configuration"),
            );
            Cow::Borrowed("")
        }
    };
    let text = if is_clean(text.as_bytes()) {
        text
    } else {
        let text = with_line_feeds(text);
        findings.extend(control_characters(&text));
        text
    };
    Decoded { text, findings }
}

/// Whether to use the encoding that a `<meta charset>` in the file declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetaCharset {
    /// Use the declaration, as HTML requires (WHATWG HTML, section 13.2.3.2).
    Honor,
    /// Ignore the declaration: in formats other than HTML, it is ordinary text.
    Ignore,
}

fn decode_bytes<'a>(
    bytes: &'a [u8],
    meta_charset: MetaCharset,
    findings: &mut Vec<Finding>,
) -> Result<Cow<'a, str>, String> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return decode_utf8(rest, meta_charset, findings);
    }
    // Check for UTF-32 first, because the byte order mark of UTF-32LE starts with that of UTF-16LE.
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Err("the file is encoded as UTF-32, which browsers and feed readers do not support".to_owned());
    }
    for (bom, encoding) in [(b"\xFF\xFE", UTF_16LE), (b"\xFE\xFF", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(bom) {
            let (text, has_errors) = encoding.decode_without_bom_handling(rest);
            if has_errors {
                findings.push(violates_declared(&text, encoding));
            }
            return Ok(text);
        }
    }
    decode_utf8(bytes, meta_charset, findings)
}

fn decode_utf8<'a>(
    bytes: &'a [u8],
    meta_charset: MetaCharset,
    findings: &mut Vec<Finding>,
) -> Result<Cow<'a, str>, String> {
    if let Some(kind) = binary_kind(bytes) {
        return Err(format!("not a text file: it looks like {kind}"));
    }
    // Valid UTF-8 takes precedence over a declared encoding: text in another encoding is hardly ever valid UTF-8 by
    // chance.
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error,
    };
    if let Some(encoding) = declared_encoding(bytes).filter(|_| meta_charset == MetaCharset::Honor) {
        let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
        if has_errors {
            findings.push(violates_declared(&text, encoding));
        }
        return Ok(text);
    }
    let lossy = String::from_utf8_lossy(bytes);
    let guess = if is_damaged_utf8(&lossy) {
        UTF_8
    } else {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    };
    findings.push(not_utf8(bytes, error.valid_up_to(), guess));
    if guess == UTF_8 {
        return Ok(lossy);
    }
    let (text, _) = guess.decode_without_bom_handling(bytes);
    Ok(text)
}

/// Whether the text is UTF-8 with a few damaged bytes. It must contain at least ten valid non-ASCII characters for each
/// invalid byte sequence.
///
/// In text in another encoding, nearly every non-ASCII byte is invalid as UTF-8.
fn is_damaged_utf8(lossy: &str) -> bool {
    let (mut valid, mut invalid) = (0usize, 0usize);
    for c in lossy.chars().filter(|c| !c.is_ascii()) {
        if c == char::REPLACEMENT_CHARACTER {
            invalid += 1
        } else {
            valid += 1
        }
    }
    valid >= invalid * 10
}

/// Binary formats that occur in files with an article extension, identified by their first bytes.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xD0\xCF\x11\xE0", "an old Office document, such as DOC, XLS or PPT"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
];

/// The format of a file that is not text, or `None` if the file may be text.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(kind);
    }
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = memchr::memchr_iter(0, head).count();
    // A text file may contain a few NUL bytes by mistake. In English text, every second byte is NUL in UTF-16, and
    // three of every four bytes are NUL in UTF-32.
    if zeros * 10 <= head.len() {
        return None;
    }
    Some(match zeros {
        _ if zeros == head.len() => "a file that contains only NUL bytes, which a crash can leave behind",
        _ if zeros * 10 >= head.len() * 7 => "UTF-32 without a byte order mark",
        _ if zeros * 10 >= head.len() * 3 => "UTF-16 without a byte order mark",
        _ => "a binary file",
    })
}

/// The encoding that an HTML file declares in its first 1,024 bytes.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset")? + "charset".len();
    let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let label = rest
        .strip_prefix(b"\"")
        .or_else(|| rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let end = label
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\'' | b';' | b'>' | b'/') || byte.is_ascii_whitespace())?;
    // `for_label_no_replacement` rejects labels such as ISO-2022-KR: the Encoding Standard decodes any file with such a
    // label to a single U+FFFD.
    let encoding = Encoding::for_label_no_replacement(&label[..end])?;
    // The declaration was read as ASCII, so the file is not UTF-16, whatever encoding it declares.
    (encoding != UTF_16LE && encoding != UTF_16BE && encoding != UTF_8).then_some(encoding)
}

fn not_utf8(bytes: &[u8], at: usize, guess: &'static Encoding) -> Finding {
    let line_start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |before| before + 1);
    let line_end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |after| at + after);
    let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
    let text = String::from_utf8_lossy(&bytes[line_start..line_end]);
    let location = Location::within_line(
        &text,
        at - line_start..at - line_start + 1,
        u32::try_from(line).unwrap_or(u32::MAX),
    );
    let byte = bytes.get(at).copied().unwrap_or_default();
    let rest = if guess == UTF_8 {
        "the rest of the file is UTF-8".to_owned()
    } else {
        format!("the file is probably {}", guess.name())
    };
    Finding::new(
        &rules::ENCODING,
        location,
        format!("the byte at offset {at} (0x{byte:02X}, on line {line}) is not valid UTF-8; {rest}"),
    )
    .help("save the file as UTF-8")
}

/// The finding for bytes that are not valid in the encoding that the file declares, either with a byte order mark or in
/// HTML.
fn violates_declared(text: &str, encoding: &'static Encoding) -> Finding {
    let at = text.find('\u{FFFD}').unwrap_or(0);
    Finding::new(
        &rules::ENCODING,
        Location::from_range(text, at..at + 3, 1),
        format!(
            "the text is not valid {}, the encoding that the file declares",
            encoding.name()
        ),
    )
    .help("save the file as UTF-8 and declare UTF-8")
}

/// Whether the text contains neither carriage returns nor characters that are not allowed in XML (XML 1.0, section
/// 2.2).
///
/// Nearly every file is clean. The compiler vectorizes the loop, so this check costs next to nothing.
fn is_clean(bytes: &[u8]) -> bool {
    let is_plain = bytes.chunks(256).all(|chunk| {
        let has_control = chunk.iter().fold(false, |has_control, byte| {
            has_control | (*byte < 0x20 && *byte != b'\n' && *byte != b'\t')
        });
        !has_control
    });
    // In UTF-8, U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    is_plain && !memchr::memmem::find_iter(bytes, b"\xEF\xBF").any(|at| matches!(bytes.get(at + 2), Some(0xBE | 0xBF)))
}

fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// One finding for all characters that are not allowed in XML, at the location of the first one.
fn control_characters(text: &str) -> Option<Finding> {
    let mut forbidden = text.char_indices().filter(|(_, c)| !is_xml_char(*c));
    let (at, first) = forbidden.next()?;
    let mut distinct = vec![first];
    let mut count = 1usize;
    for (_, c) in forbidden {
        count += 1;
        if !distinct.contains(&c) {
            distinct.push(c);
        }
    }
    let names: Vec<String> = distinct
        .iter()
        .take(8)
        .map(|c| format!("U+{:04X}", *c as u32))
        .collect();
    let names = names.join(", ");
    let message = if count == 1 {
        format!("the character {names} is not allowed in XML and is removed")
    } else {
        format!("{count} characters that are not allowed in XML are removed: {names}")
    };
    Some(
        Finding::new(
            &rules::CONTROL_CHARACTER,
            Location::from_range(text, at..at + first.len_utf8(), 1),
            message,
        )
        .help(if count == 1 { "delete it" } else { "delete them" }),
    )
}
