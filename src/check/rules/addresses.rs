//! Addresses in elements and attributes.

use std::borrow::Cow;

use crate::check::grammar::address::{self, AddressFault};
use crate::check::report::Collector;
use crate::finding::{Severity, rules};

use super::values::Spot;

rules! { "addresses":
    INVALID        = "feed-address-invalid",     Error,   "not an address",                                  "RFC 3986, RFC 3987", "InvalidLink";
    CHARACTER      = "feed-address-character",   Error,   "a character that no address may hold",            "RFC 3987 section 2.2", "InvalidUriChar";
    RELATIVE       = "feed-address-relative",    Error,   "a relative address where only a full one works",  "RSS 2.0, \"link\"; RFC 4287 section 4.2.6", "InvalidFullLink";
    NOT_ASCII      = "rss-address-not-ascii",    Advice,  "an address that is an IRI",                       "RSS 2.0, \"Comments\"; RFC 3987", "UriNotIri";
    NOT_HTTP       = "feed-address-not-http",    Error,   "an address that cannot be fetched over http",     "RSS 2.0, enclosure", "InvalidURLAttribute";
    TAG_INVALID    = "feed-tag-uri-invalid",     Error,   "a tag URI that is none",                          "RFC 4151 section 2.1", "InvalidTAG";
    URN_INVALID    = "feed-urn-invalid",         Error,   "a URN that is none",                              "RFC 8141 section 2", "InvalidURN";
    UUID_INVALID   = "feed-uuid-invalid",        Error,   "a UUID that is none",                             "RFC 9562 section 4", "InvalidUUID";
    UNSAFE         = "feed-address-unsafe",      Error,   "an address that runs code or holds a document",   "RFC 4287 section 8.5";
    LOCAL          = "feed-address-local",       Warning, "an address that only the author's machine knows", "readers cannot follow it";
    SCHEME_UNKNOWN = "feed-address-scheme-unknown", Advice, "an address whose scheme no one has registered", "RFC 7595", "SchemeNotIANARegistered";
}

/// The schemes that IANA had registered when the W3C validator made its list, in 2006.
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

pub(super) fn check_absolute(spot: &Spot<'_, '_>, report: &mut Collector) {
    let text = spot.text.trim();
    report_wrong(spot, address::absolute(text), report);
    check_meaning(spot, text, report);
}

pub(super) fn check_reference(spot: &Spot<'_, '_>, report: &mut Collector) {
    let text = if spot.attribute.is_some() {
        spot.text
    } else {
        spot.text.trim()
    };
    if spot.attribute.is_none() && text.len() != spot.text.len() && !text.is_empty() {
        let is_atom = matches!(spot.element.name(), "icon" | "logo" | "uri" | "id");
        if is_atom {
            spot.add(
                report,
                &super::dates::DATE_WHITE_SPACE,
                format!("{} has white space around its address", spot.name()),
            )
            .help("put the address right between the tags");
        }
    }
    report_wrong(spot, address::reference(text), report);
    check_meaning(spot, text, report);
}

pub(super) fn check_http(spot: &Spot<'_, '_>, report: &mut Collector) {
    let text = spot.text.trim();
    if address::is_http(text) {
        if let Err(wrong) = address::absolute(text) {
            // W3C judges such an attribute by one class, whatever is wrong with it.
            let class = if matches!(wrong, AddressFault::Character(_)) {
                "InvalidUriChar"
            } else {
                "InvalidURLAttribute"
            };
            describe(spot, wrong, Some(class), report);
        } else if report.is_w3c() && !address::host(text).is_some_and(|host| host.contains('.') || host == "localhost")
        {
            spot.add(
                report,
                &NOT_HTTP,
                format!("{} names no host of the internet", spot.name()),
            );
        }
        check_meaning(spot, text, report);
        return;
    }
    let found = spot.add(
        report,
        &NOT_HTTP,
        format!("{} is `{}`, not an http address", spot.name(), spot.shown()),
    );
    found.help("write the whole address, from `https://` on");
}

/// Checks `xml:base`.
pub(super) fn check_base(spot: &Spot<'_, '_>, report: &mut Collector) {
    report_wrong(spot, address::reference(spot.text), report);
    check_meaning(spot, spot.text, report);
}

pub(super) fn report_wrong(spot: &Spot<'_, '_>, result: Result<(), AddressFault>, report: &mut Collector) {
    if let Err(wrong) = result {
        describe(spot, wrong, None, report);
    }
}

fn describe(spot: &Spot<'_, '_>, wrong: AddressFault, class: Option<&'static str>, report: &mut Collector) {
    let (name, shown) = (spot.name(), spot.shown());
    let (rule, message, help) = match wrong {
        AddressFault::Character(c) => (
            &CHARACTER,
            format!("{name} holds `{}`, which no address may", c.escape_debug()),
            "percent-encode it: a space is `%20`",
        ),
        AddressFault::NotAscii(c) => (
            &NOT_ASCII,
            format!("{name} holds `{c}`, which only an IRI may"),
            "percent-encode it, for the few readers that do not",
        ),
        AddressFault::Relative => (
            &RELATIVE,
            format!("{name} is `{shown}`, without a scheme"),
            "write the whole address, from `https://` on",
        ),
        AddressFault::Structure => (
            &INVALID,
            format!("{name} is `{shown}`, which has no proper host"),
            "write `https://`, the host and the path",
        ),
        AddressFault::Tag => (
            &TAG_INVALID,
            format!("`{shown}` is not a tag URI"),
            "write `tag:` + a domain or e-mail address + `,` + a date as 2026 or 2026-03-01 + `:` + a name",
        ),
        AddressFault::Urn => (
            &URN_INVALID,
            format!("`{shown}` is not a URN"),
            "write `urn:` + a registered name + `:` + a name",
        ),
        AddressFault::Uuid => (
            &UUID_INVALID,
            format!("`{shown}` is not a UUID"),
            "write 8-4-4-4-12 hexadecimal digits",
        ),
    };
    let found = spot.add(report, rule, message);
    found.help(help);
    if let Some(class) = class {
        found.class(class);
    }
}

/// What an address that is well written should not say.
pub(super) fn check_meaning(spot: &Spot<'_, '_>, text: &str, report: &mut Collector) {
    let Some(scheme) = address::scheme(text) else {
        return;
    };
    // Nearly all are written in lower case already.
    let scheme = match scheme.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(scheme.to_ascii_lowercase()),
        false => Cow::Borrowed(scheme),
    };
    if matches!(&*scheme, "javascript" | "vbscript" | "data" | "file" | "blob") {
        let found = spot.add(report, &UNSAFE, format!("{} is a `{scheme}:` address", spot.name()));
        found.help("readers drop it: write an http address");
        if scheme == "data" {
            found.severity(Severity::Warning);
        }
    } else if is_local(text) {
        spot.add(
            report,
            &LOCAL,
            format!("{} is `{}`, which no reader can reach", spot.name(), spot.shown()),
        )
        .help("build the feed with the address of the public site");
    }
    if report.is_w3c() && !SCHEMES.contains(&&*scheme) {
        spot.add(
            report,
            &SCHEME_UNKNOWN,
            format!("the scheme of `{}` is not registered", spot.shown()),
        );
    }
    if spot.element.ns() == crate::check::namespace::Ns::NONE
        && let Some(c) = address::first_non_ascii(text)
        && (scheme == "http" || scheme == "https")
    {
        describe(spot, AddressFault::NotAscii(c), None, report);
    }
}

/// Whether the host is this machine or a private network.
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
    let is_private = || {
        host.ends_with(|c: char| c.is_ascii_digit())
            && host
                .parse::<std::net::Ipv4Addr>()
                .is_ok_and(|ip| ip.is_loopback() || ip.is_private() || ip.is_link_local())
    };
    host.eq_ignore_ascii_case("localhost")
        || host == "::1"
        || ends_with(".localhost")
        || ends_with(".local")
        || is_private()
}
