//! Namespaces: the right names, and names of no one.

use crate::check::document::Document;
use crate::check::grammar::address;
use crate::check::namespace::{NAMESPACES, Ns};
use crate::check::report::Collector;
use crate::finding::rules;

rules! { "namespaces":
    MEDIA_SLASH       = "media-namespace-without-slash", Warning, "the namespace of Media RSS without its slash",    "Media RSS", "MediaRssNamespace";
    WRONG_CASE        = "feed-namespace-misspelled",     Warning, "a namespace that is almost a known one",          "Namespaces in XML section 2.3";
    WHITE_SPACE       = "feed-namespace-white-space",    Warning, "white space inside a namespace",                 "Namespaces in XML section 2.1; RFC 3986", "SAXError";
    WIKI_OLD          = "wiki-namespace-old",            Advice,  "the namespace of ModWiki before it moved",        "RSS 1.0 modules: Wiki", "ObsoleteWikiNamespace";
}

use super::addresses;

/// Whether anything is known about a namespace.
pub(super) fn is_known(ns: Ns) -> bool {
    usize::from(ns.0) < NAMESPACES.len()
}

/// Checks the namespaces that the document declares.
pub(super) fn check(document: &Document<'_>, report: &mut Collector) {
    for binding in &document.bindings {
        let uri = document.namespace(binding.ns);
        if binding.ns == Ns::MEDIA_NO_SLASH {
            report
                .add(
                    &MEDIA_SLASH,
                    binding.at.clone(),
                    "the namespace of Media RSS ends in a slash",
                )
                .help("write `http://search.yahoo.com/mrss/`");
        }
        if uri.contains(char::is_whitespace) {
            report
                .add(&WHITE_SPACE, binding.at.clone(), "white space inside a namespace")
                .help("write an address without it: namespaces are compared letter by letter");
        }
        if address::reference(uri) == Err(address::AddressFault::Tag) {
            report
                .add(
                    &addresses::TAG_INVALID,
                    binding.at.clone(),
                    format!("`{}` is not a tag URI", super::values::shown(uri)),
                )
                .help("use an http address, or `tag:` + a domain + `,` + a date + `:` + a name");
        }
        if binding.ns == Ns::WIKI_OLD {
            report
                .add(&WIKI_OLD, binding.at.clone(), "an old namespace of the wiki module")
                .help("write `http://purl.org/rss/1.0/modules/wiki/`");
        }
        if !is_known(binding.ns)
            && let Some(known) = nearly_known(uri)
        {
            report
                .add(
                    &WRONG_CASE,
                    binding.at.clone(),
                    format!("`{}` is no namespace that readers know", super::values::shown(uri)),
                )
                .help(format!("write `{known}`: namespaces are compared letter by letter"));
        }
    }
}

/// The known namespace that differs only in case, in the scheme or in a slash at the end.
fn nearly_known(uri: &str) -> Option<&'static str> {
    let plain = |uri: &str| {
        let lower = uri.trim().to_ascii_lowercase();
        let rest = lower
            .strip_prefix("https://")
            .or_else(|| lower.strip_prefix("http://"))
            .unwrap_or(&lower);
        rest.trim_end_matches(['/', '#']).to_owned()
    };
    let wanted = plain(uri);
    let feeds = [
        Ns::ATOM,
        Ns::CONTENT,
        Ns::DC,
        Ns::ITUNES,
        Ns::MEDIA,
        Ns::PODCAST,
        Ns::SY,
        Ns::SLASH,
        Ns::WFW,
        Ns::THR,
    ];
    feeds
        .iter()
        .filter_map(|ns| NAMESPACES.get(usize::from(ns.0)))
        .map(|known| known.uri)
        .find(|known| !wanted.is_empty() && plain(known) == wanted)
}
