//! The encoding of the document.

use crate::check::report::Collector;
use crate::feed::encoding::{Decoded, EncodingFaultKind};
use crate::finding::rules;

use super::json_feed::ENCODING;

rules! { "encoding":
    BYTES_INVALID = "xml-encoding-bytes-invalid", Error,   "the file contains bytes that its encoding does not allow", "XML 1.0 section 4.3.3", "UnicodeError";
    UNKNOWN       = "xml-encoding-unknown",       Error,   "the declared encoding does not exist",                     "XML 1.0 section 4.3.3", "UnknownEncoding";
    CONTRADICTED  = "xml-encoding-contradicted",  Error,   "the declared encoding is not the actual encoding",         "XML 1.0 section 4.3.3", "UnicodeError";
    OBSCURE       = "xml-encoding-obscure",       Warning, "few readers support the encoding",                         "XML 1.0 section 4.3.3", "ObscureEncoding";
    NOT_UNICODE   = "xml-encoding-not-unicode",   Warning, "the encoding is not UTF-8",                                "XML 1.0 section 4.3.3", "NonstdEncoding";
}

/// Encodings that every XML parser supports.
const COMMON: &[&str] = &[
    "UTF-8",
    "US-ASCII",
    "ISO-8859-1",
    "windows-1252",
    "UTF-16LE",
    "UTF-16BE",
];

/// Checks the encoding of an XML document.
pub(super) fn check(decoded: &Decoded<'_>, report: &mut Collector) {
    if let Some(fault) = &decoded.fault {
        let (rule, help) = match fault.kind {
            EncodingFaultKind::Bytes => (
                &BYTES_INVALID,
                "encode the whole file as UTF-8; it may contain text copied from a file in another encoding",
            ),
            EncodingFaultKind::Unknown => (&UNKNOWN, "write `encoding=\"utf-8\"`, and encode the file as UTF-8"),
            EncodingFaultKind::Contradiction => (&CONTRADICTED, "declare the actual encoding, preferably UTF-8"),
        };
        report.add(rule, fault.at.clone(), fault.message.clone()).help(help);
        // The decoder has replaced the unreadable bytes with replacement characters. Without this flag, `plain_text`
        // would report these characters again in every element that contains them.
        report.has_unreadable_bytes = true;
        return;
    }
    let name = decoded.encoding;
    // The WHATWG's Encoding Standard does not include UTF-32, so browsers do not support it.
    if name.starts_with("UTF-32") || !COMMON.contains(&name) && !is_widespread(name) {
        report
            .add(&OBSCURE, 0..1, format!("the document is encoded in {name}"))
            .help("encode it as UTF-8");
    } else if !matches!(name, "UTF-8" | "UTF-16LE" | "UTF-16BE" | "US-ASCII") {
        report
            .add(&NOT_UNICODE, 0..1, format!("the document is encoded in {name}"))
            .help("encode it as UTF-8, the only encoding that every reader supports");
    }
}

/// Whether the encoding is common on web pages. Readers that use the WHATWG's encoding tables support such encodings.
fn is_widespread(name: &str) -> bool {
    name.starts_with("windows-")
        || name.starts_with("ISO-8859-")
        || matches!(
            name,
            "Shift_JIS" | "EUC-JP" | "GBK" | "gb18030" | "Big5" | "EUC-KR" | "KOI8-R" | "KOI8-U" | "ISO-2022-JP"
        )
}

/// Checks the encoding of a JSON document: RFC 8259 allows only UTF-8.
pub(super) fn check_json(decoded: &Decoded<'_>, report: &mut Collector) {
    if let Some(fault) = &decoded.fault {
        report
            .add(&ENCODING, fault.at.clone(), fault.message.clone())
            .help("encode the file as UTF-8");
    } else if decoded.encoding != "UTF-8" {
        report
            .add(
                &ENCODING,
                0..1,
                format!("the document is encoded in {}", decoded.encoding),
            )
            .help("encode the file as UTF-8");
    }
}
