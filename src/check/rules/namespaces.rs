//! Namespaces that are misspelled or outdated.

use crate::check::field::excerpt;
use crate::check::grammar::address;
use crate::check::report::Collector;
use crate::feed::namespace::{NAMESPACES, Ns};
use crate::feed::xml::Document;
use crate::finding::rules;

use super::addresses;

rules! { "namespaces":
    MEDIA_SLASH = "media-namespace-without-slash", Warning, "the Media RSS namespace lacks its final slash",      "Media RSS", "MediaRssNamespace";
    WRONG_CASE  = "feed-namespace-misspelled",     Warning, "a namespace differs slightly from a well-known one", "Namespaces in XML section 2.3";
    WHITE_SPACE = "feed-namespace-white-space",    Warning, "a namespace contains white space",                   "Namespaces in XML section 2.1; RFC 3986", "SAXError";
    WIKI_OLD    = "wiki-namespace-old",            Advice,  "the namespace of the wiki module is outdated",       "RSS 1.0 modules: Wiki", "ObsoleteWikiNamespace";
}

/// Whether a namespace is in our list of the namespaces that feeds use.
pub(super) fn is_known(ns: Ns) -> bool {
    usize::from(ns.0) < NAMESPACES.len()
}

/// Checks the namespaces that the document declares.
pub(super) fn check(document: &Document<'_>, report: &mut Collector) {
    for binding in &document.bindings {
        let uri = document.namespace(binding.ns);
        // Some readers also accept the namespace without the final slash, so the missing slash has a separate rule.
        if binding.ns == Ns::MEDIA_NO_SLASH {
            report
                .add(
                    &MEDIA_SLASH,
                    binding.at.clone(),
                    "the Media RSS namespace lacks its final slash",
                )
                .help("write `http://search.yahoo.com/mrss/`");
        }
        if uri.contains(char::is_whitespace) {
            report
                .add(&WHITE_SPACE, binding.at.clone(), "the namespace contains white space")
                .help("remove the white space: namespaces are compared character by character");
        }
        if address::reference(uri) == Err(address::AddressFault::Tag) {
            report
                .add(
                    &addresses::TAG_INVALID,
                    binding.at.clone(),
                    format!("`{}` is not a tag URI", excerpt(uri)),
                )
                .help("use an http URL, or a tag URI such as `tag:example.org,2026:name`");
        }
        if binding.ns == Ns::WIKI_OLD {
            report
                .add(
                    &WIKI_OLD,
                    binding.at.clone(),
                    "the namespace of the wiki module is outdated",
                )
                .help("write `http://purl.org/rss/1.0/modules/wiki/`");
        }
        if !is_known(binding.ns)
            && let Some(similar) = find_similar(uri)
        {
            report
                .add(
                    &WRONG_CASE,
                    binding.at.clone(),
                    format!("`{}` differs slightly from a well-known namespace", excerpt(uri)),
                )
                .help(format!(
                    "write `{similar}`: namespaces are compared character by character"
                ));
        }
    }
}

/// The well-known namespace that differs from `uri` only in case, in the scheme (`http` or `https`), or in a final `/`
/// or `#`.
fn find_similar(uri: &str) -> Option<&'static str> {
    let plain = |uri: &str| {
        let lower = uri.trim().to_ascii_lowercase();
        let rest = lower
            .strip_prefix("https://")
            .or_else(|| lower.strip_prefix("http://"))
            .unwrap_or(&lower);
        rest.trim_end_matches(['/', '#']).to_owned()
    };
    let plain_uri = plain(uri);
    let common = [
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
    common
        .iter()
        .filter_map(|ns| NAMESPACES.get(usize::from(ns.0)))
        .map(|namespace| namespace.uri)
        .find(|similar| !plain_uri.is_empty() && plain(similar) == plain_uri)
}
