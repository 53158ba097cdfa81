//! The encoding of the document, and characters that show it was wrong somewhere before.

use crate::check::encoding::{Decoded, EncodingFaultKind};
use crate::check::report::Collector;
use crate::finding::rules;

rules! { "encoding":
    BYTES_INVALID    = "xml-encoding-bytes-invalid",  Error,   "bytes that the encoding does not know",     "XML 1.0 section 4.3.3", "UnicodeError";
    UNKNOWN          = "xml-encoding-unknown",        Error,   "an encoding that no one knows",             "XML 1.0 section 4.3.3", "UnknownEncoding";
    CONTRADICTED     = "xml-encoding-contradicted",   Error,   "the declared encoding is not the real one", "XML 1.0 section 4.3.3", "UnicodeError";
    OBSCURE          = "xml-encoding-obscure",        Warning, "an encoding that few readers know",         "XML 1.0 section 4.3.3", "ObscureEncoding";
    NOT_UNICODE      = "xml-encoding-not-unicode",    Warning, "an encoding other than UTF-8",              "XML 1.0 section 4.3.3", "NonstdEncoding";
}

/// Encodings that every XML reader of a browser or a library knows.
const COMMON: &[&str] = &[
    "UTF-8",
    "US-ASCII",
    "ISO-8859-1",
    "windows-1252",
    "UTF-16LE",
    "UTF-16BE",
];

/// Notes what is wrong with the encoding.
pub(super) fn check(decoded: &Decoded<'_>, report: &mut Collector) {
    if let Some(fault) = &decoded.fault {
        let (rule, help) = match fault.kind {
            EncodingFaultKind::Bytes => (
                &BYTES_INVALID,
                "write the file in UTF-8 from one end to the other; it may hold text copied from another encoding",
            ),
            EncodingFaultKind::Unknown => (&UNKNOWN, "write `encoding=\"utf-8\"`, and the file in UTF-8"),
            EncodingFaultKind::Contradiction => (&CONTRADICTED, "declare what the bytes are, best UTF-8"),
        };
        report.add(rule, fault.at.clone(), fault.message.clone()).help(help);
        report.has_unreadable_bytes = true;
        return;
    }
    let name = decoded.encoding;
    if name.starts_with("UTF-32") || !COMMON.contains(&name) && !is_widespread(name) {
        report
            .add(&OBSCURE, 0..1, format!("the document is in {name}"))
            .help("write it in UTF-8");
    } else if !matches!(name, "UTF-8" | "UTF-16LE" | "UTF-16BE" | "US-ASCII") {
        report
            .add(&NOT_UNICODE, 0..1, format!("the document is in {name}"))
            .help("write it in UTF-8, the one encoding that every reader is tested with");
    }
}

/// Whether the encoding is in use on the web, so that readers built on browsers' tables know it.
fn is_widespread(name: &str) -> bool {
    name.starts_with("windows-")
        || name.starts_with("ISO-8859-")
        || matches!(
            name,
            "Shift_JIS" | "EUC-JP" | "GBK" | "gb18030" | "Big5" | "EUC-KR" | "KOI8-R" | "KOI8-U" | "ISO-2022-JP"
        )
}

/// Notes JSON that is not UTF-8.
pub(super) fn check_json(decoded: &Decoded<'_>, report: &mut Collector) {
    use super::json_feed::ENCODING;
    if let Some(fault) = &decoded.fault {
        report
            .add(&ENCODING, fault.at.clone(), fault.message.clone())
            .help("write the file in UTF-8");
    } else if decoded.encoding != "UTF-8" {
        report
            .add(&ENCODING, 0..1, format!("the document is in {}", decoded.encoding))
            .help("write the file in UTF-8");
    }
}
