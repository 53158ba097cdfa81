//! The namespaces that feeds use, each with the prefix that its specification uses.

/// The number of a namespace: an index into [`NAMESPACES`], or a higher number if the table does not contain the
/// namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ns(pub(crate) u16);

/// A namespace in [`NAMESPACES`].
pub(crate) struct Namespace {
    /// The namespace name, which is a URI.
    pub(crate) uri: &'static str,
    /// The prefix that its specification uses. Some readers match prefixes instead of namespaces, and recognize only
    /// this prefix.
    pub(crate) prefix: &'static str,
}

/// Declares a constant for each namespace, and the table of all namespaces.
macro_rules! namespaces {
    ($($name:ident = $prefix:literal, $uri:literal;)*) => {
        // Some constants are unused: the table contains their namespaces only so that these namespaces and their
        // prefixes are recognized.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code)]
        #[repr(u16)]
        enum Number { $($name),* }
        #[allow(dead_code)]
        impl Ns {
            $(pub(crate) const $name: Ns = Ns(Number::$name as u16);)*
        }
        /// The namespaces that feeds use.
        pub(crate) static NAMESPACES: &[Namespace] = &[$(Namespace { uri: $uri, prefix: $prefix }),*];
    };
}

namespaces! {
    NONE = "", "";
    XML = "xml", "http://www.w3.org/XML/1998/namespace";
    XMLNS = "xmlns", "http://www.w3.org/2000/xmlns/";
    ATOM = "atom", "http://www.w3.org/2005/Atom";
    APP = "app", "http://www.w3.org/2007/app";
    XHTML = "xhtml", "http://www.w3.org/1999/xhtml";
    RDF = "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    RSS10 = "rss", "http://purl.org/rss/1.0/";
    RSS09 = "rss", "http://my.netscape.com/rdf/simple/0.9/";
    RSS11 = "rss", "http://purl.org/net/rss1.1#";
    CONTENT = "content", "http://purl.org/rss/1.0/modules/content/";
    SY = "sy", "http://purl.org/rss/1.0/modules/syndication/";
    SLASH = "slash", "http://purl.org/rss/1.0/modules/slash/";
    DC = "dc", "http://purl.org/dc/elements/1.1/";
    DCTERMS = "dcterms", "http://purl.org/dc/terms/";
    ITUNES = "itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd";
    PODCAST = "podcast", "https://podcastindex.org/namespace/1.0";
    // The podcast namespace has two names, and its specification accepts both.
    PODCAST_GITHUB = "podcast", "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md";
    MEDIA = "media", "http://search.yahoo.com/mrss/";
    // The Media RSS namespace without its trailing slash. A separate rule reports this mistake.
    MEDIA_NO_SLASH = "media", "http://search.yahoo.com/mrss";
    GEORSS = "georss", "http://www.georss.org/georss";
    GML = "gml", "http://www.opengis.net/gml";
    GEO = "geo", "http://www.w3.org/2003/01/geo/wgs84_pos#";
    GEOURL = "geourl", "http://geourl.org/rss/module/";
    ICBM = "icbm", "http://postneo.com/icbm";
    THR = "thr", "http://purl.org/syndication/thread/1.0";
    HISTORY = "fh", "http://purl.org/syndication/history/1.0";
    CREATIVE_COMMONS = "creativeCommons", "http://backend.userland.com/creativeCommonsRssModule";
    CC = "cc", "http://web.resource.org/cc/";
    WFW = "wfw", "http://wellformedweb.org/CommentAPI/";
    FEEDBURNER = "feedburner", "http://rssnamespace.org/feedburner/ext/1.0";
    ADMIN = "admin", "http://webns.net/mvcb/";
    BLOG_CHANNEL = "blogChannel", "http://backend.userland.com/blogChannelModule";
    AG = "ag", "http://purl.org/rss/1.0/modules/aggregation/";
    ANNOTATE = "annotate", "http://purl.org/rss/1.0/modules/annotate/";
    AUDIO = "audio", "http://media.tangent.org/rss/1.0/";
    CP = "cp", "http://my.theinfo.org/changed/1.0/rss/";
    COMPANY = "company", "http://purl.org/rss/1.0/modules/company";
    COURT = "court", "http://purl.org/net/rss-court#";
    EMAIL = "email", "http://purl.org/rss/1.0/modules/email/";
    EV = "ev", "http://purl.org/rss/1.0/modules/event/";
    FOAF = "foaf", "http://xmlns.com/foaf/0.1/";
    IMAGE = "image", "http://purl.org/rss/1.0/modules/image/";
    L = "l", "http://purl.org/rss/1.0/modules/link/";
    PINGBACK = "pingback", "http://madskills.com/public/xml/rss/module/pingback/";
    PRISM = "prism", "http://prismstandard.org/namespaces/1.2/basic/";
    REF = "ref", "http://purl.org/rss/1.0/modules/reference/";
    REQV = "reqv", "http://purl.org/rss/1.0/modules/richequiv/";
    SEARCH = "search", "http://purl.org/rss/1.0/modules/search/";
    SERVICE_STATUS = "ss", "http://purl.org/rss/1.0/modules/servicestatus/";
    STR = "str", "http://hacks.benhammersley.com/rss/streaming/";
    TAXO = "taxo", "http://purl.org/rss/1.0/modules/taxonomy/";
    THREAD = "thr", "http://purl.org/rss/1.0/modules/threading/";
    TRACKBACK = "trackback", "http://madskills.com/public/xml/rss/module/trackback/";
    WIKI = "wiki", "http://purl.org/rss/1.0/modules/wiki/";
    WIKI_OLD = "wiki", "http://www.usemod.com/cgi-bin/mb.pl?ModWiki";
    ACCESS = "access", "http://www.bloglines.com/about/specs/fac-1.0";
    CONVERSATIONS = "conversationsNetwork", "http://conversationsnetwork.org/rssNamespace-1.0/";
    OPENSEARCH = "opensearch", "http://a9.com/-/spec/opensearch/1.1/";
    GDATA = "gd", "http://schemas.google.com/g/2005";
    RAWVOICE = "rawvoice", "http://www.rawvoice.com/rawvoiceRssModule/";
    SCHEMA = "schema", "http://schema.org/";
    SVG = "svg", "http://www.w3.org/2000/svg";
    MATHML = "math", "http://www.w3.org/1998/Math/MathML";
    XLINK = "xlink", "http://www.w3.org/1999/xlink";
    RDFS = "rdfs", "http://www.w3.org/2000/01/rdf-schema#";
    XSI = "xsi", "http://www.w3.org/2001/XMLSchema-instance";
    TOMBSTONE = "at", "http://purl.org/atompub/tombstones/1.0";
    RANK = "re", "http://purl.org/atompub/rank/1.0";
    SX = "sx", "http://feedsync.org/2007/feedsync";
    CF = "cf", "http://www.microsoft.com/schemas/rss/core/2005";
    G = "g", "http://base.google.com/ns/1.0";
    C = "c", "http://base.google.com/cns/1.0";
    XINCLUDE = "xi", "http://www.w3.org/2001/XInclude";
    GOOGLE_PLAY = "googleplay", "http://www.google.com/schemas/play-podcasts/1.0";
    YOUTUBE = "yt", "http://www.youtube.com/xml/schemas/2015";
    PSC = "psc", "http://podlove.org/simple-chapters";
    WEBFEEDS = "webfeeds", "http://webfeeds.org/rss/1.0";
    SOURCE = "source", "http://source.scripting.com/";
    // Old feeds still use these namespaces, which come from drafts of Atom 1.0 and RSS 2.0.
    ATOM_03 = "atom", "http://purl.org/atom/ns#";
    RSS20 = "", "http://backend.userland.com/rss2";
}

impl Ns {
    /// The namespace of an undeclared prefix that is not in [`NAMESPACES`].
    const UNKNOWN: Ns = Ns(u16::MAX);

    /// The namespace whose specification uses this prefix, or `UNKNOWN` if there is none.
    pub(crate) fn from_usual_prefix(prefix: &str) -> Ns {
        let at = NAMESPACES.iter().position(|namespace| namespace.prefix == prefix);
        at.map_or(Ns::UNKNOWN, Ns::at)
    }

    fn at(index: usize) -> Ns {
        Ns(u16::try_from(index).unwrap_or(0))
    }

    /// The namespace with this name, if it is in [`NAMESPACES`].
    pub(crate) fn from_uri(uri: &str) -> Option<Ns> {
        // The comparison is case-sensitive, as Namespaces in XML 1.0 section 2.3 requires. Some feeds nevertheless
        // write a namespace, such as that of a userland module or of an RSS 2.0 draft, with different capital letters.
        NAMESPACES.iter().position(|namespace| namespace.uri == uri).map(Ns::at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_match_the_table() {
        for (uri, ns) in [
            ("", Ns::NONE),
            ("http://www.w3.org/2005/Atom", Ns::ATOM),
            ("http://backend.userland.com/rss2", Ns::RSS20),
        ] {
            assert_eq!(Ns::from_uri(uri), Some(ns));
        }
    }
}
