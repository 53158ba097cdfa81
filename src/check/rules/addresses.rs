//! URLs and other URIs in elements and attributes.

use std::borrow::Cow;

use crate::check::field::Field;
use crate::check::grammar::address::{self, AddressFault};
use crate::check::report::Collector;
use crate::finding::{Severity, rules};

use super::dates::DATE_WHITE_SPACE;

rules! { "addresses":
    INVALID        = "feed-address-invalid",        Error,   "the value is not a valid URL",                          "RFC 3986, RFC 3987", "InvalidLink";
    CHARACTER      = "feed-address-character",      Error,   "the URL contains a character that is not allowed",      "RFC 3987 section 2.2", "InvalidUriChar";
    RELATIVE       = "feed-address-relative",       Error,   "the URL is relative, but a full URL is required",       "RSS 2.0, \"link\"; RFC 4287 section 4.2.6", "InvalidFullLink";
    NOT_ASCII      = "rss-address-not-ascii",       Advice,  "the URL contains characters outside ASCII",             "RSS 2.0, \"Comments\"; RFC 3987", "UriNotIri";
    NOT_HTTP       = "feed-address-not-http",       Error,   "the URL is not an http or https URL",                   "RSS 2.0, enclosure", "InvalidURLAttribute";
    TAG_INVALID    = "feed-tag-uri-invalid",        Error,   "the tag URI is not valid",                              "RFC 4151 section 2.1", "InvalidTAG";
    URN_INVALID    = "feed-urn-invalid",            Error,   "the URN is not valid",                                  "RFC 8141 section 2", "InvalidURN";
    UUID_INVALID   = "feed-uuid-invalid",           Error,   "the UUID is not valid",                                 "RFC 9562 section 4", "InvalidUUID";
    UNSAFE         = "feed-address-unsafe",         Error,   "the URL runs code or contains a document",              "RFC 4287 section 8.5";
    LOCAL          = "feed-address-local",          Warning, "the URL works only on the author's machine or network", "readers cannot follow it";
    SCHEME_UNKNOWN = "feed-address-scheme-unknown", Advice,  "the URL scheme is not registered",                      "RFC 7595", "SchemeNotIANARegistered";
}

/// The W3C validator's list of URL schemes, which reflects IANA's registry as of 2006.
const SCHEMES: &[&str] = &[
    "acap",
    "cid",
    "crid",
    "data",
    "dav",
    "dict",
    "dns",
    "fax",
    "file",
    "ftp",
    "go",
    "gopher",
    "h323",
    "http",
    "https",
    "iax",
    "icap",
    "im",
    "imap",
    "info",
    "ipp",
    "iris",
    "iris.beep",
    "ldap",
    "mailto",
    "mid",
    "modem",
    "msrp",
    "msrps",
    "mtqp",
    "mupdate",
    "news",
    "nfs",
    "nntp",
    "opaquelocktoken",
    "pop",
    "pres",
    "prospero",
    "rtsp",
    "service",
    "shttp",
    "sip",
    "sips",
    "snmp",
    "soap.beep",
    "tag",
    "tel",
    "telnet",
    "tftp",
    "tip",
    "tv",
    "urn",
    "vemmi",
    "wais",
    "xmlrpc.beep",
    "xmpp",
    "z39.50r",
    "z39.50s",
    "about",
    "callto",
    "aim",
    "irc",
    "itms",
    "rsync",
];

/// Checks a URI that must have a scheme.
pub(super) fn check_absolute(field: &Field<'_, '_>, report: &mut Collector) {
    let text = field.text.trim();
    report_invalid(field, address::absolute(text), report);
    check_meaning(field, text, report);
}

/// Checks a URL that may be relative.
pub(super) fn check_reference(field: &Field<'_, '_>, report: &mut Collector) {
    let text = if field.attribute.is_some() {
        field.text
    } else {
        field.text.trim()
    };
    let has_white_space = text.len() != field.text.len() && !text.is_empty();
    // Only Atom defines elements with these names. RFC 4287 section 2 forbids white space around their URLs and warns
    // that "some XML-emitting implementations erroneously insert white space around values by default".
    if has_white_space && matches!(field.element.name(), "icon" | "logo" | "uri" | "id") {
        field
            .add(
                report,
                &DATE_WHITE_SPACE,
                format!("{} has white space around its URL", field.name()),
            )
            .help("remove the white space between the tags and the URL");
    }
    report_invalid(field, address::reference(text), report);
    check_meaning(field, text, report);
}

/// Checks a URL that must be http or https.
pub(super) fn check_http(field: &Field<'_, '_>, report: &mut Collector) {
    let text = field.text.trim();
    if address::is_http(text) {
        if let Err(fault) = address::absolute(text) {
            // For URLs that must be http or https, the W3C validator has two message classes: one for characters that
            // are not allowed, and one for all other errors.
            let class = if matches!(fault, AddressFault::Character(_)) {
                "InvalidUriChar"
            } else {
                "InvalidURLAttribute"
            };
            report_fault(field, fault, Some(class), report);
        } else if report.is_w3c() && !address::host(text).is_some_and(|host| host.contains('.') || host == "localhost")
        {
            field.add(
                report,
                &NOT_HTTP,
                format!("the host in {} is not a domain name", field.name()),
            );
        }
        check_meaning(field, text, report);
        return;
    }
    let found = field.add(
        report,
        &NOT_HTTP,
        format!("{} is `{}`, not an http or https URL", field.name(), field.excerpt()),
    );
    found.help("write the full URL, starting with `https://`");
}

/// Checks `xml:base`.
pub(super) fn check_base(field: &Field<'_, '_>, report: &mut Collector) {
    report_invalid(field, address::reference(field.text), report);
    check_meaning(field, field.text, report);
}

/// Reports the fault in a URL if `result` is an error.
pub(super) fn report_invalid(field: &Field<'_, '_>, result: Result<(), AddressFault>, report: &mut Collector) {
    if let Err(fault) = result {
        report_fault(field, fault, None, report);
    }
}

fn report_fault(field: &Field<'_, '_>, fault: AddressFault, class: Option<&'static str>, report: &mut Collector) {
    let (name, value) = (field.name(), field.excerpt());
    let (rule, message, help) = match fault {
        AddressFault::Character(c) => (
            &CHARACTER,
            format!("{name} contains `{}`, which is not allowed in a URL", c.escape_debug()),
            "percent-encode it; for example, write `%20` for a space",
        ),
        AddressFault::NotAscii(c) => (
            &NOT_ASCII,
            format!("{name} contains `{c}`, which is not ASCII"),
            "percent-encode it: a few readers do not support URLs with non-ASCII characters",
        ),
        AddressFault::Relative => (
            &RELATIVE,
            format!("{name} is `{value}`, a URL without a scheme"),
            "write the full URL, starting with `https://`",
        ),
        AddressFault::Structure => (
            &INVALID,
            format!("{name} is `{value}`, a URL whose host or port is not valid"),
            "write the full URL: `https://`, the host and the path",
        ),
        AddressFault::Tag => (
            &TAG_INVALID,
            format!("`{value}` is not a tag URI"),
            "write it as `tag:example.org,2026:name`: a domain or e-mail address, a year or date, and a name",
        ),
        AddressFault::Urn => (
            &URN_INVALID,
            format!("`{value}` is not a URN"),
            "write `urn:`, a registered namespace, `:` and a name, as in `urn:isbn:0451450523`",
        ),
        AddressFault::Uuid => (
            &UUID_INVALID,
            format!("`{value}` is not a UUID"),
            "write hexadecimal digits in groups of 8, 4, 4, 4 and 12, separated by hyphens",
        ),
    };
    let found = field.add(report, rule, message);
    found.help(help);
    if let Some(class) = class {
        found.class(class);
    }
}

/// Checks whether a syntactically valid URL runs code, refers to the author's own machine, or has a scheme that readers
/// may not support.
pub(super) fn check_meaning(field: &Field<'_, '_>, text: &str, report: &mut Collector) {
    let Some(scheme) = address::scheme(text) else {
        return;
    };
    // Nearly all schemes are already in lowercase, and borrowing those avoids an allocation.
    let scheme = match scheme.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(scheme.to_ascii_lowercase()),
        false => Cow::Borrowed(scheme),
    };
    // `javascript:` and `vbscript:` URLs run code, a `data:` URL contains a whole document, a `file:` URL refers to the
    // subscriber's own disk, and a `blob:` URL works only in the page that created it.
    if matches!(&*scheme, "javascript" | "vbscript" | "data" | "file" | "blob") {
        let found = field.add(report, &UNSAFE, format!("{} is a `{scheme}:` URL", field.name()));
        found.help("replace it with an https URL: readers remove the current URL");
        if scheme == "data" {
            found.severity(Severity::Warning);
        }
    } else if is_local(text) {
        field
            .add(
                report,
                &LOCAL,
                format!("{} is `{}`, which readers cannot reach", field.name(), field.excerpt()),
            )
            .help("build the feed with the site's public URL");
    }
    // The list lacks `gemini`, `did` and other schemes in use, so only the W3C profile uses it.
    if report.is_w3c() && !SCHEMES.contains(&&*scheme) {
        field.add(
            report,
            &SCHEME_UNKNOWN,
            format!("the scheme of `{}` is not registered", field.excerpt()),
        );
    }
    // RSS is older than IRIs (RFC 3987), so URLs in RSS's own elements must be ASCII. Atom and the extensions allow
    // IRIs.
    if field.element.ns() == crate::feed::namespace::Ns::NONE
        && let Some(c) = address::first_non_ascii(text)
        && (scheme == "http" || scheme == "https")
    {
        report_fault(field, AddressFault::NotAscii(c), None, report);
    }
}

/// Whether the URL's host is the local machine or a machine on a private network.
pub(super) fn is_local(text: &str) -> bool {
    if !address::is_http(text) {
        return false;
    }
    let Some(host) = address::host(text) else {
        return false;
    };
    let ends_with = |end: &str| {
        let tail = host.len().checked_sub(end.len()).and_then(|start| host.get(start..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    // Nearly all hosts are names, so only a host that ends in a digit is parsed as an IPv4 address.
    let is_private = || {
        host.ends_with(|c: char| c.is_ascii_digit())
            && host
                .parse::<std::net::Ipv4Addr>()
                .is_ok_and(|ip| ip.is_loopback() || ip.is_private() || ip.is_link_local())
    };
    // RFC 6761 section 6.3 reserves `localhost` for the local machine, and RFC 6762 section 3 reserves `.local` for the
    // local network.
    host.eq_ignore_ascii_case("localhost")
        || host == "::1"
        || ends_with(".localhost")
        || ends_with(".local")
        || is_private()
}
