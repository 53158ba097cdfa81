//! Decodes bytes to text: detects the encoding as described in XML 1.0 appendix F, and finds encoding errors.
//!
//! The encoding is determined from the byte order mark, otherwise from the first bytes, otherwise from the declaration;
//! the default is UTF-8. Decoding is a separate pass, so the text that the XML and JSON readers receive is always valid
//! UTF-8.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a document, and information about its encoding.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// The text, without a byte order mark. Bytes that could not be decoded are replaced with U+FFFD.
    pub(crate) text: Cow<'a, str>,
    /// The name of the encoding that was used.
    pub(crate) encoding: &'static str,
    /// Whether a byte order mark or a declaration indicates the encoding.
    pub(crate) is_declared: bool,
    /// The fault, if there is one, with its range in the text.
    pub(crate) fault: Option<EncodingFault>,
}

/// A fault in the encoding of a document.
#[derive(Debug)]
pub(crate) struct EncodingFault {
    pub(crate) kind: EncodingFaultKind,
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EncodingFaultKind {
    /// Bytes that are invalid in the encoding.
    Bytes,
    /// The declared encoding does not exist.
    Unknown,
    /// The declared encoding is not the actual encoding.
    Contradiction,
}

/// The number of bytes of an XML declaration that are searched for an encoding. A typical declaration is about 60 bytes
/// long.
const DECLARATION_WINDOW: usize = 8192;

/// Decodes a document.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    // UTF-32 is tested first, because its little-endian byte order mark begins with that of UTF-16. If there is no byte
    // order mark, the zero bytes around the first character, `<` or `{`, reveal the encoding.
    match bytes {
        [0x00, 0x00, 0xFE, 0xFF, rest @ ..] => utf32(rest, "UTF-32BE", u32::from_be_bytes, true),
        [0xFF, 0xFE, 0x00, 0x00, rest @ ..] => utf32(rest, "UTF-32LE", u32::from_le_bytes, true),
        [0x00, 0x00, 0x00, b'<', ..] => utf32(bytes, "UTF-32BE", u32::from_be_bytes, false),
        [b'<', 0x00, 0x00, 0x00, ..] => utf32(bytes, "UTF-32LE", u32::from_le_bytes, false),
        [0xFE, 0xFF, rest @ ..] => with_encoding(rest, UTF_16BE, true),
        [0xFF, 0xFE, rest @ ..] => with_encoding(rest, UTF_16LE, true),
        [0x00, b'<' | b'{', 0x00, _, ..] => with_encoding(bytes, UTF_16BE, false),
        [b'<' | b'{', 0x00, _, 0x00, ..] => with_encoding(bytes, UTF_16LE, false),
        [0xEF, 0xBB, 0xBF, rest @ ..] => with_encoding(rest, UTF_8, true),
        _ => by_declaration(bytes),
    }
}

/// The range of the encoding name in the XML declaration.
fn declared(bytes: &[u8]) -> Option<Range<usize>> {
    let window = bytes.get(..bytes.len().min(DECLARATION_WINDOW))?;
    // `<?xml-stylesheet` and the like begin processing instructions, not an XML declaration.
    if !window.starts_with(b"<?xml") || !window.get(5).is_some_and(u8::is_ascii_whitespace) {
        return None;
    }
    // Even an unclosed declaration may name the encoding, which is needed to read the rest.
    let end = memchr::memmem::find(window, b"?>").unwrap_or(window.len());
    let name = memchr::memmem::find(&window[..end], b"encoding")? + 8;
    let quote = name + window[name..end].iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let length = memchr::memchr(window[quote], &window[quote + 1..end])?;
    Some(quote + 1..quote + 1 + length)
}

/// Decodes bytes without a byte order mark as the declared encoding, or as UTF-8 if none is declared.
fn by_declaration(bytes: &[u8]) -> Decoded<'_> {
    let Some(range) = declared(bytes) else {
        return utf8(bytes, false);
    };
    let label = &bytes[range.clone()];
    // The name is used only in messages. It is shortened, because in a damaged document the quotes may enclose
    // kilobytes of text.
    let name = String::from_utf8_lossy(&label[..label.len().min(40)]).into_owned();
    let utf8_with_fault = |kind, message| Decoded {
        fault: Some(EncodingFault {
            kind,
            at: range.clone(),
            message,
        }),
        ..utf8(bytes, true)
    };
    // `for_label_no_replacement` also returns `None` for `hz-gb-2312`, `iso-2022-kr` and a few other encodings. To
    // prevent attacks, browsers replace an entire document in one of these encodings with a single U+FFFD, which would
    // leave nothing to validate.
    let Some(encoding) = Encoding::for_label_no_replacement(label) else {
        if !is_obscure(&name) {
            let message = format!("`{name}` is not the name of an encoding");
            return utf8_with_fault(EncodingFaultKind::Unknown, message);
        }
        // Not every reader supports these encodings. Most of them are supersets of ASCII, so the markup can be read as
        // windows-1252, which is enough for validation.
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
        return Decoded {
            text,
            encoding: "a platform-specific legacy encoding",
            is_declared: true,
            fault: None,
        };
    };
    if encoding == UTF_8 {
        return utf8(bytes, true);
    }
    if encoding == UTF_16BE || encoding == UTF_16LE {
        // The declaration was readable as single bytes, so the document cannot be UTF-16.
        let message = format!("the declaration says `{name}`, but the bytes are not UTF-16");
        return utf8_with_fault(EncodingFaultKind::Contradiction, message);
    }
    if label.eq_ignore_ascii_case(b"iso-8859-1") || label.eq_ignore_ascii_case(b"latin1") {
        // Like browsers, encoding_rs treats these labels as windows-1252, but XML parsers treat them as ISO-8859-1.
        return Decoded {
            text: encoding_rs::mem::decode_latin1(bytes),
            encoding: "ISO-8859-1",
            is_declared: true,
            fault: None,
        };
    }
    if label.eq_ignore_ascii_case(b"us-ascii") || label.eq_ignore_ascii_case(b"ascii") {
        return ascii(bytes);
    }
    if encoding == encoding_rs::WINDOWS_1252 {
        return windows_1252(bytes);
    }
    with_encoding(bytes, encoding, false)
}

fn ascii(bytes: &[u8]) -> Decoded<'_> {
    // ASCII is a subset of UTF-8, so the text before the first non-ASCII byte is always decoded correctly.
    let mut decoded = utf8(bytes, true);
    decoded.encoding = "US-ASCII";
    if let Some(at) = bytes.iter().position(|byte| !byte.is_ascii()) {
        decoded.fault = Some(EncodingFault {
            kind: EncodingFaultKind::Bytes,
            at: at..at + 1,
            message: format!("the byte 0x{:02X} is not ASCII", bytes[at]),
        });
    }
    decoded
}

fn windows_1252(bytes: &[u8]) -> Decoded<'_> {
    // encoding_rs uses the WHATWG's definition of windows-1252, in which no byte is invalid, so the bytes that are
    // invalid in Windows have to be found here.
    let mut decoded = with_encoding(bytes, encoding_rs::WINDOWS_1252, false);
    // Windows leaves these five bytes undefined. Browsers decode them as control characters, but iconv rejects them.
    let is_undefined = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    if let Some(byte) = bytes.iter().find(|byte| is_undefined(byte)) {
        let at = decoded.text.find(char::from(*byte)).unwrap_or(0);
        decoded.fault = Some(EncodingFault {
            kind: EncodingFaultKind::Bytes,
            at: at..at + 1,
            message: format!("the byte 0x{byte:02X} is not valid in windows-1252"),
        });
    }
    decoded
}

/// Whether the label looks like a registered encoding that web readers do not support.
fn is_obscure(label: &str) -> bool {
    let label = label.to_ascii_lowercase().replace('_', "-");
    [
        "cp",
        "ibm",
        "mac-",
        "mac",
        "koi8-",
        "iso-2022-",
        "iso-ir-",
        "tis",
        "ptcp",
        "johab",
        "hz",
        "big5",
        "euc-",
        "armscii",
    ]
    .iter()
    .any(|family| label.strip_prefix(family).is_some_and(|rest| rest.len() <= 12))
}

/// Decodes bytes that are UTF-8, or should be.
fn utf8(bytes: &[u8], is_declared: bool) -> Decoded<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: Cow::Borrowed(text),
            encoding: "UTF-8",
            is_declared,
            fault: None,
        },
        Err(error) => {
            // Lossy decoding does not change the text before the first error, so the offset is also valid in the
            // decoded text.
            let at = error.valid_up_to();
            Decoded {
                text: String::from_utf8_lossy(bytes),
                encoding: "UTF-8",
                is_declared,
                fault: Some(EncodingFault {
                    kind: EncodingFaultKind::Bytes,
                    at: at..at + 1,
                    message: format!(
                        "the byte 0x{:02X} is not valid UTF-8",
                        bytes.get(at).copied().unwrap_or(0)
                    ),
                }),
            }
        }
    }
}

/// Decodes bytes in the encoding that their byte order mark, first bytes or declaration indicates.
fn with_encoding<'a>(bytes: &'a [u8], encoding: &'static Encoding, has_mark: bool) -> Decoded<'a> {
    let mut decoded = if encoding == UTF_8 {
        utf8(bytes, true)
    } else {
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
        let at = text.find('\u{FFFD}').unwrap_or(0);
        Decoded {
            fault: had_errors.then(|| EncodingFault {
                kind: EncodingFaultKind::Bytes,
                // U+FFFD takes three bytes in UTF-8.
                at: at..at + 3,
                message: format!("the file contains bytes that are not valid {}", encoding.name()),
            }),
            text,
            encoding: encoding.name(),
            is_declared: true,
        }
    };
    // Only an encoding that was determined from a byte order mark or from the first bytes can contradict the
    // declaration. Any other encoding was taken from the declaration itself.
    if decoded.fault.is_none() && (has_mark || encoding == UTF_16BE || encoding == UTF_16LE) {
        decoded.fault = contradiction(&decoded.text, encoding);
    }
    decoded
}

/// Returns a fault if the declared encoding differs from the actual encoding (XML 1.0 section 4.3.3).
fn contradiction(text: &str, encoding: &'static Encoding) -> Option<EncodingFault> {
    let range = declared(text.as_bytes())?;
    let label = text.get(range.clone())?;
    let is_utf16 = encoding == UTF_16BE || encoding == UTF_16LE;
    // `utf-16` does not specify a byte order (encoding_rs reads it as little-endian), so it matches both byte orders.
    let agrees = match Encoding::for_label(label.as_bytes()) {
        Some(named) => named == encoding || is_utf16 && (named == UTF_16LE || named == UTF_16BE),
        None => false,
    };
    (!agrees).then(|| EncodingFault {
        kind: EncodingFaultKind::Contradiction,
        at: range,
        message: format!(
            "the declaration says `{label}`, but the document is {}",
            encoding.name()
        ),
    })
}

/// Decodes UTF-32, which neither browsers nor encoding_rs support. XML 1.0 appendix F describes how to detect UTF-32.
fn utf32<'a>(bytes: &[u8], encoding: &'static str, read: fn([u8; 4]) -> u32, is_declared: bool) -> Decoded<'a> {
    let mut text = String::with_capacity(bytes.len() / 4);
    let mut fault = None;
    let (units, rest) = bytes.as_chunks::<4>();
    for unit in units {
        let c = char::from_u32(read(*unit)).unwrap_or_else(|| {
            fault.get_or_insert(text.len());
            char::REPLACEMENT_CHARACTER
        });
        text.push(c);
    }
    if !rest.is_empty() {
        fault.get_or_insert(text.len());
    }
    Decoded {
        fault: fault.map(|at| EncodingFault {
            kind: EncodingFaultKind::Bytes,
            at: at..at + 1,
            message: format!("the file contains bytes that are not valid {encoding}"),
        }),
        text: Cow::Owned(text),
        encoding,
        is_declared,
    }
}
