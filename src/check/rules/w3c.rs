//! Problems that only the W3C feed validator reports. These rules apply only under
//! [`Profile::W3c`](crate::check::Profile::W3c), because some of them come from lists that date from 2006, and others
//! are matters of taste.

use crate::check::report::Collector;
use crate::feed::encoding::Decoded;
use crate::feed::namespace::{NAMESPACES, Ns};
use crate::feed::xml::{Document, Element};
use crate::finding::{Rule, rules};

use super::namespaces::is_known;

rules! { "w3c":
    NAMESPACE_UNKNOWN   = "feed-namespace-unknown",        Advice, "the W3C validator does not recognize the namespace",                              "W3C feed validator", "UnknownNamespace";
    NAMESPACE_UNCHECKED = "feed-namespace-unchecked",      Advice, "the W3C validator does not check the namespace",                             "W3C feed validator", "UnsupportedNamespace";
    PREFIX_UNUSUAL      = "feed-prefix-unusual",           Advice, "a well-known namespace has an unusual prefix",                               "W3C feed validator", "NonstdPrefix";
    PREFIX_RESERVED     = "feed-prefix-reserved",          Advice, "a well-known prefix is used for another namespace",                          "W3C feed validator", "ReservedPrefix";
    PREFIX_RISKY        = "feed-prefix-risky",             Advice, "old readers do not support a prefix for this namespace",                     "W3C feed validator", "AvoidNamespacePrefix";
    ENCODING_MISSING    = "feed-encoding-undeclared",      Advice, "the document does not declare its encoding",                                 "W3C feed validator", "MissingEncoding";
    LANGUAGE_MISSING    = "feed-language-missing",         Advice, "the feed does not declare its language",                                     "W3C feed validator", "MissingDCLanguage";
    SAME_MEANING        = "rss-same-meaning",              Advice, "two elements in the channel have the same meaning",                          "W3C feed validator", "DuplicateSemantics";
    ITEM_SAME_MEANING   = "rss-item-same-meaning",         Advice, "two elements in the item have the same meaning",                             "W3C feed validator", "DuplicateItemSemantics";
    TWO_DESCRIPTIONS    = "rss-two-descriptions",          Advice, "the item contains its full content in an XHTML or Atom element",             "W3C feed validator", "DuplicateDescriptionSemantics";
    SAME_UPDATED        = "atom-updated-equal",            Advice, "two entries have the same `updated` date",                                   "W3C feed validator", "DuplicateUpdated";
    GROUP_OF_ONE        = "media-group-small",             Advice, "the media group has fewer than two media files",                             "W3C feed validator", "MediaGroupWithoutAlternatives";
    HEXADECIMAL         = "rss-reference-not-hexadecimal", Advice, "`&` or `<` is not written as a hexadecimal reference",                       "RSS Advisory Board profile, character data", "CharacterData";
    BUILD_DATE_MISSING  = "slash-without-build-date",      Advice, "the item has a comment count, but the channel has no build date",            "RSS Advisory Board profile, slash:comments", "SlashDate";
    XHTML_MISPLACED     = "atom-xhtml-misplaced",          Advice, "an XHTML element is outside the content",                                    "W3C feed validator", "MisplacedXHTMLContent";
}

/// Namespaces that the W3C validator recognizes but does not check, according to its own message.
const UNCHECKED: [Ns; 5] = [Ns::PODCAST, Ns::PODCAST_GITHUB, Ns::GDATA, Ns::RAWVOICE, Ns::SCHEMA];

/// Namespaces that were created after 2006. Feedwright recognizes them, but the W3C validator does not.
const NEWER: [Ns; 5] = [Ns::YOUTUBE, Ns::PSC, Ns::WEBFEEDS, Ns::SOURCE, Ns::GOOGLE_PLAY];

/// Checks the document as a whole.
pub(super) fn check(document: &Document<'_>, encoding: &DeclaredEncoding, root: &Element<'_>, report: &mut Collector) {
    if !report.is_w3c() {
        return;
    }
    if !encoding.is_declared {
        report
            .add(&ENCODING_MISSING, 0..1, "the document does not declare its encoding")
            .help("start with `<?xml version=\"1.0\" encoding=\"utf-8\"?>`");
    }
    check_prefixes(document, root, report);
    let mut unknown: Vec<Ns> = Vec::new();
    for element in document.elements() {
        let ns = element.ns();
        let is_unknown = ns != Ns::NONE && !is_known(ns) || NEWER.contains(&ns);
        if is_unknown && !unknown.contains(&ns) {
            unknown.push(ns);
            report
                .add(
                    &NAMESPACE_UNKNOWN,
                    element.range(),
                    format!("the W3C validator does not recognize `{}`", document.namespace(ns)),
                )
                .help("no change is needed: a feed may use any namespace")
                .about(&element);
        }
        if UNCHECKED.contains(&ns) && !unknown.contains(&ns) {
            unknown.push(ns);
            report
                .add(
                    &NAMESPACE_UNCHECKED,
                    element.range(),
                    format!("the W3C validator does not check `{}`", document.namespace(ns)),
                )
                .about(&element);
        }
    }
    check_language(root, report);
}

/// The encoding of a document. It is stored separately because the parser consumes the decoded text.
pub(super) struct DeclaredEncoding {
    is_declared: bool,
    pub(super) name: &'static str,
}

impl DeclaredEncoding {
    pub(super) fn new(decoded: &Decoded<'_>) -> Self {
        DeclaredEncoding {
            is_declared: decoded.is_declared,
            name: decoded.encoding,
        }
    }
}

fn check_prefixes(document: &Document<'_>, root: &Element<'_>, report: &mut Collector) {
    let is_atom = root.ns() == Ns::ATOM;
    for binding in &document.bindings {
        let prefix = binding.prefix.as_str();
        let uri = document.namespace(binding.ns);
        let usual = NAMESPACES
            .get(usize::from(binding.ns.0))
            .map(|namespace| namespace.prefix);
        match usual {
            Some(usual) if !prefix.is_empty() => {
                let is_risky = is_atom && matches!(binding.ns, Ns::ATOM | Ns::XHTML);
                if is_risky {
                    report.add(
                        &PREFIX_RISKY,
                        binding.at.clone(),
                        format!("`{uri}` has the prefix `{prefix}`, which old readers do not support"),
                    );
                } else if usual != prefix {
                    report
                        .add(
                            &PREFIX_UNUSUAL,
                            binding.at.clone(),
                            format!("`{uri}` has the unusual prefix `{prefix}`"),
                        )
                        .help(format!("use the usual prefix `{usual}`"));
                }
            }
            None => {
                let owner = NAMESPACES
                    .iter()
                    .find(|namespace| !prefix.is_empty() && namespace.prefix == prefix);
                if let Some(owner) = owner {
                    report
                        .add(
                            &PREFIX_RESERVED,
                            binding.at.clone(),
                            format!("the prefix `{prefix}` is normally used for `{}`", owner.uri),
                        )
                        .help("choose another prefix");
                }
            }
            Some(_) => {}
        }
    }
}

fn check_language(root: &Element<'_>, report: &mut Collector) {
    if root.name() == "opml" {
        return;
    }
    let has_language = std::iter::once(*root).chain(root.children()).any(|element| {
        element.attribute_in(Ns::XML, "lang").is_some()
            || element.child(Ns::DC, "language").is_some()
            || element.child(Ns::NONE, "language").is_some()
    });
    if !has_language {
        report
            .add(
                &LANGUAGE_MISSING,
                root.range(),
                "the feed does not declare its language",
            )
            .help("add the language: readers use it to choose a voice and to hyphenate text");
    }
}

/// Checks an RSS 2.0 or 0.9x channel as a whole.
pub(super) fn check_channel(channel: &Element<'_>, report: &mut Collector) {
    if !report.is_w3c() {
        return;
    }
    const PAIRS: [(&str, Ns, &str); 10] = [
        ("language", Ns::DC, "language"),
        ("copyright", Ns::DC, "rights"),
        ("pubDate", Ns::DC, "date"),
        ("lastBuildDate", Ns::DCTERMS, "modified"),
        ("generator", Ns::ADMIN, "generatorAgent"),
        ("managingEditor", Ns::DC, "creator"),
        ("webMaster", Ns::DC, "publisher"),
        ("webMaster", Ns::ADMIN, "errorReportsTo"),
        ("category", Ns::DC, "subject"),
        ("copyright", Ns::CC, "license"),
    ];
    check_pairs(channel, &PAIRS, &SAME_MEANING, report);
}

/// Reports each extension element for which the container also has an RSS element with the same meaning.
fn check_pairs(container: &Element<'_>, pairs: &[(&str, Ns, &str)], rule: &'static Rule, report: &mut Collector) {
    for &(core, ns, name) in pairs {
        if container.child(Ns::NONE, core).is_none() {
            continue;
        }
        if let Some(other) = container.child(ns, name) {
            report
                .add(
                    rule,
                    other.range(),
                    format!("`{core}` and `{}` have the same meaning", other.qualified()),
                )
                .about(container);
        }
    }
}

/// Checks an RSS 2.0 or 0.9x item as a whole.
pub(super) fn check_item(item: &Element<'_>, report: &mut Collector) {
    if !report.is_w3c() {
        return;
    }
    const PAIRS: [(&str, Ns, &str); 8] = [
        ("author", Ns::DC, "creator"),
        ("author", Ns::ATOM, "author"),
        ("pubDate", Ns::DC, "date"),
        ("pubDate", Ns::ATOM, "published"),
        ("pubDate", Ns::DCTERMS, "issued"),
        ("source", Ns::DC, "source"),
        ("category", Ns::DC, "subject"),
        ("guid", Ns::ATOM, "id"),
    ];
    check_pairs(item, &PAIRS, &ITEM_SAME_MEANING, report);
    if item.child(Ns::CREATIVE_COMMONS, "license").is_some()
        && let Some(other) = item.child(Ns::CC, "license")
    {
        report
            .add(&ITEM_SAME_MEANING, other.range(), "the item has two licenses")
            .about(&other);
    }
    for (ns, name) in [(Ns::XHTML, "body"), (Ns::ATOM, "content"), (Ns::XHTML, "div")] {
        if let Some(content) = item.child(ns, name) {
            report
                .add(
                    &TWO_DESCRIPTIONS,
                    content.range(),
                    format!(
                        "the item contains its full content in `{}`, which is not an RSS element",
                        content.qualified()
                    ),
                )
                .about(&content);
        }
    }
    let channel = item.parent();
    let has_build_date = channel.is_some_and(|channel| channel.child(Ns::NONE, "lastBuildDate").is_some());
    if let Some(comments) = item.child(Ns::SLASH, "comments").filter(|_| !has_build_date) {
        report
            .add(
                &BUILD_DATE_MISSING,
                comments.range(),
                "the item has a comment count, but the channel has no `lastBuildDate`",
            )
            .about(&comments);
    }
}

/// Reports an Atom entry that has the same `updated` date as an earlier entry.
pub(super) fn report_same_updated(entry: &Element<'_>, report: &mut Collector) {
    report
        .add(
            &SAME_UPDATED,
            entry.range(),
            "another entry has the same `updated` date",
        )
        .about(entry);
}

/// Reports a media group with fewer than two alternatives. YouTube feeds contain such groups.
pub(super) fn check_small_group(group: &Element<'_>, report: &mut Collector) {
    if report.is_w3c() {
        report
            .add(
                &GROUP_OF_ONE,
                group.range(),
                "the group has fewer than two `media:content` elements",
            )
            .about(group);
    }
}

/// Reports an XHTML element among Atom elements.
pub(super) fn check_misplaced_xhtml(element: &Element<'_>, core: Ns, report: &mut Collector) {
    if report.is_w3c() && core == Ns::ATOM {
        report
            .add(
                &XHTML_MISPLACED,
                element.range(),
                format!("`{}` is an XHTML element outside `content`", element.qualified()),
            )
            .about(element);
    }
}

/// Checks that `&` and `<` in RSS text are written as hexadecimal references, as the RSS Advisory Board recommends.
pub(super) fn check_references(element: &Element<'_>, report: &mut Collector) {
    if !report.is_w3c() || element.ns() != Ns::NONE {
        return;
    }
    let text = element.text();
    // Like the W3C validator, this check treats a `<` before white space as text.
    let has_markup = text
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0] == b'<' && !pair[1].is_ascii_whitespace());
    if has_markup {
        report
            .add(
                &HEXADECIMAL,
                element.text_range(),
                "`&` or `<` is not written as `&#x26;` or `&#x3C;`",
            )
            .about(element);
    }
}

/// Whether the text is a credit role of the European Broadcasting Union, according to the W3C validator's list.
pub(super) fn is_credit_role(text: &str) -> bool {
    const ROLES: &str = "|actor|adaptor|anchor person|animal trainer|animator|announcer|armourer|art director|artist|artist/performer|performer|\
assistant director|assistant camera|assistant chief lighting technician|assistant producer|assistant visual editor|author|\
broadcast assistant|broadcast journalist|camera operator|carpenter|casting|causeur|chief lighting technician|choir|\
choreographer|clapper loader|commentator|commissioning broadcaster|composer|computer programmer|conductor|consultant|\
continuity checker|correspondent|costume designer|dancer|dialogue coach|director|director of photography|distribution company|\
draughtsman|dresser|dubber|editor/producer|editor in chief|ensemble|executive producer|expert|fight director|floor manager|\
focus puller|foley artist|foley editor|foley mixer|graphic assistant|graphic designer|graphic artist|grip|hair/make-up|\
illustrator|interviewed guest|interviewer|key character|key grip|key talents|leadman|librettist|lighting director|\
lighting technician|location manager|light technician|lyricist|make up artist|manufacturer|matte artist|music arranger|\
music group|musician|news reader|orchestra|participant|photographer|post|producer|production assistant|\
production company|production department|production manager|production secretary|programme production researcher|\
property manager|publishing company|puppeteer|pyrotechnician|reporter|rigger|runner|scenario|scenic operative|\
script supervisor|second assistant camera|second assistant director|second unit director|set designer|set dresser|\
sign language|singer|sound designer|sound mixer|sound recordist|special effects|stunts|subtitles|technical director|term|\
translation|transportation manager|treatment/programme proposal|vision mixer|visual editor|visual effects|wardrobe|witness|";
    ROLES.contains(&format!("|{}|", text.trim()))
}
