//! What only the W3C feed validator says: its lists of 2006, its wishes, and what it counts. Not applied by default.

use crate::check::document::{Document, Element};
use crate::check::encoding::Decoded;
use crate::check::namespace::{NAMESPACES, Ns};
use crate::check::report::Collector;
use crate::finding::rules;

use super::namespaces::is_known;
use super::structure::Walk;

rules! { "w3c":
    NAMESPACE_UNKNOWN     = "feed-namespace-unknown",     Advice, "a namespace that the W3C validator does not know",   "W3C feed validator", "UnknownNamespace";
    NAMESPACE_UNCHECKED   = "feed-namespace-unchecked",   Advice, "a namespace that the W3C validator does not check",  "W3C feed validator", "UnsupportedNamespace";
    PREFIX_UNUSUAL        = "feed-prefix-unusual",        Advice, "a known namespace under another prefix",             "W3C feed validator", "NonstdPrefix";
    PREFIX_RESERVED       = "feed-prefix-reserved",       Advice, "a well-known prefix for another namespace",          "W3C feed validator", "ReservedPrefix";
    PREFIX_RISKY          = "feed-prefix-risky",          Advice, "a prefix where old readers expect none",             "W3C feed validator", "AvoidNamespacePrefix";
    ENCODING_MISSING      = "feed-encoding-undeclared",   Advice, "no encoding is declared",                            "W3C feed validator", "MissingEncoding";
    LANGUAGE_MISSING      = "feed-language-missing",      Advice, "no language is given",                               "W3C feed validator", "MissingDCLanguage";
    SAME_MEANING          = "rss-same-meaning",           Advice, "two elements of the channel that say the same",      "W3C feed validator", "DuplicateSemantics";
    ITEM_SAME_MEANING     = "rss-item-same-meaning",      Advice, "two elements of an item that say the same",          "W3C feed validator", "DuplicateItemSemantics";
    TWO_DESCRIPTIONS      = "rss-two-descriptions",       Advice, "two kinds of full content in one item",              "W3C feed validator", "DuplicateDescriptionSemantics";
    SAME_UPDATED          = "atom-updated-equal",         Advice, "two entries that were changed at the same moment",   "W3C feed validator", "DuplicateUpdated";
    GROUP_OF_ONE          = "media-group-small",          Advice, "a group of fewer than two media",                    "W3C feed validator", "MediaGroupWithoutAlternatives";
    HEXADECIMAL           = "rss-reference-not-hexadecimal", Advice, "`&` or `<` written in another way than hexadecimal", "RSS Advisory Board profile, character data", "CharacterData";
    BUILD_DATE_MISSING    = "slash-without-build-date",   Advice, "a number of comments of an unknown time",            "RSS Advisory Board profile, slash:comments", "SlashDate";
    XHTML_MISPLACED       = "atom-xhtml-misplaced",       Advice, "an element of XHTML beside the entry's own",         "W3C feed validator", "MisplacedXHTMLContent";
}

/// Namespaces that the W3C validator knows of and says so.
const UNCHECKED: [Ns; 5] = [Ns::PODCAST, Ns::PODCAST_GITHUB, Ns::GDATA, Ns::RAWVOICE, Ns::SCHEMA];

/// Namespaces of after 2006 that are known here and not there.
const NEWER: [Ns; 5] = [Ns::YOUTUBE, Ns::PSC, Ns::WEBFEEDS, Ns::SOURCE, Ns::GOOGLE_PLAY];

/// Checks the document as a whole.
pub(super) fn check(document: &Document<'_>, decoded: &Declared, root: &Element<'_>, report: &mut Collector) {
    if !report.is_w3c() {
        return;
    }
    if !decoded.is_declared {
        report
            .add(&ENCODING_MISSING, 0..1, "no encoding is declared")
            .help("begin with `<?xml version=\"1.0\" encoding=\"utf-8\"?>`");
    }
    check_prefixes(document, root, report);
    let mut unknown: Vec<Ns> = Vec::new();
    for element in document.elements() {
        let ns = element.ns();
        let is_news = ns != Ns::NONE && !is_known(ns) || NEWER.contains(&ns);
        if is_news && !unknown.contains(&ns) {
            unknown.push(ns);
            report
                .add(
                    &NAMESPACE_UNKNOWN,
                    element.range(),
                    format!("`{}` is not known", document.namespace(ns)),
                )
                .help("nothing is wrong with it")
                .about(&element);
        }
        if UNCHECKED.contains(&ns) && !unknown.contains(&ns) {
            unknown.push(ns);
            report
                .add(
                    &NAMESPACE_UNCHECKED,
                    element.range(),
                    format!("`{}` is not checked", document.namespace(ns)),
                )
                .about(&element);
        }
    }
    check_language(root, report);
}

/// What of the encoding this file needs to know.
pub(super) struct Declared {
    is_declared: bool,
    pub(super) encoding: &'static str,
}

impl Declared {
    pub(super) fn of(decoded: &Decoded<'_>) -> Self {
        Declared {
            is_declared: decoded.is_declared,
            encoding: decoded.encoding,
        }
    }
}

fn check_prefixes(document: &Document<'_>, root: &Element<'_>, report: &mut Collector) {
    let is_atom = root.ns() == Ns::ATOM;
    for binding in &document.bindings {
        let prefix = binding.prefix.as_str();
        let uri = document.namespace(binding.ns);
        let usual = NAMESPACES.get(usize::from(binding.ns.0)).map(|known| known.prefix);
        match usual {
            Some(usual) if !prefix.is_empty() => {
                let is_risky = is_atom && matches!(binding.ns, Ns::ATOM | Ns::XHTML);
                if is_risky {
                    report.add(
                        &PREFIX_RISKY,
                        binding.at.clone(),
                        format!("`{uri}` has the prefix `{prefix}`"),
                    );
                } else if usual != prefix {
                    report
                        .add(
                            &PREFIX_UNUSUAL,
                            binding.at.clone(),
                            format!("`{uri}` has the prefix `{prefix}`"),
                        )
                        .help(format!("the usual one is `{usual}`"));
                }
            }
            None => {
                let owner = NAMESPACES
                    .iter()
                    .find(|known| !prefix.is_empty() && known.prefix == prefix);
                if let Some(owner) = owner {
                    report
                        .add(
                            &PREFIX_RESERVED,
                            binding.at.clone(),
                            format!("the prefix `{prefix}` is that of `{}`", owner.uri),
                        )
                        .help("choose another");
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
            .add(&LANGUAGE_MISSING, root.range(), "no language is given")
            .help("say it: readers choose voices and hyphens by it");
    }
}

fn pair(container: &Element<'_>, core: &str, ns: Ns, name: &str) -> Option<(String, std::ops::Range<usize>)> {
    container.child(Ns::NONE, core)?;
    let other = container.child(ns, name)?;
    Some((
        format!("`{core}` and `{}` say the same", other.qualified()),
        other.range(),
    ))
}

/// Checks a whole channel.
pub(super) fn check_channel(channel: &Element<'_>, walk: &Walk<'_>, report: &mut Collector) {
    if !report.is_w3c() || walk.core != Ns::NONE {
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
    for (core, ns, name) in PAIRS {
        if let Some((message, range)) = pair(channel, core, ns, name) {
            report.add(&SAME_MEANING, range, message).about(channel);
        }
    }
}

/// Checks a whole item.
pub(super) fn check_item(item: &Element<'_>, walk: &Walk<'_>, report: &mut Collector) {
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
    for (core, ns, name) in PAIRS {
        if let Some((message, range)) = pair(item, core, ns, name) {
            report.add(&ITEM_SAME_MEANING, range, message).about(item);
        }
    }
    if item.child(Ns::CREATIVE_COMMONS, "license").is_some()
        && let Some(other) = item.child(Ns::CC, "license")
    {
        report
            .add(&ITEM_SAME_MEANING, other.range(), "two licenses")
            .about(&other);
    }
    for (ns, name) in [(Ns::XHTML, "body"), (Ns::ATOM, "content"), (Ns::XHTML, "div")] {
        if let Some(content) = item.child(ns, name) {
            report
                .add(
                    &TWO_DESCRIPTIONS,
                    content.range(),
                    format!("`{}` in an item of RSS", content.qualified()),
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
                "a number of comments, and no `lastBuildDate` of the channel",
            )
            .about(&comments);
    }
    let _ = walk;
}

/// Two entries of Atom with the same `updated`.
pub(super) fn same_updated(entry: &Element<'_>, report: &mut Collector) {
    report
        .add(
            &SAME_UPDATED,
            entry.range(),
            "another entry was changed at the same moment",
        )
        .about(entry);
}

/// A group of media without alternatives.
pub(super) fn small_group(group: &Element<'_>, report: &mut Collector) {
    report
        .add(
            &GROUP_OF_ONE,
            group.range(),
            "a group of fewer than two `media:content`",
        )
        .about(group);
}

/// An element of XHTML beside those of Atom.
pub(super) fn misplaced_xhtml(element: &Element<'_>, core: Ns, report: &mut Collector) {
    if report.is_w3c() && core == Ns::ATOM {
        report
            .add(
                &XHTML_MISPLACED,
                element.range(),
                format!("`{}` beside the elements of Atom", element.qualified()),
            )
            .about(element);
    }
}

/// Text of RSS whose `&` or `<` is written otherwise than the profile wishes.
pub(super) fn check_references(element: &Element<'_>, report: &mut Collector) {
    if !report.is_w3c() || element.ns() != Ns::NONE {
        return;
    }
    let text = element.text();
    let is_odd = text
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0] == b'<' && !pair[1].is_ascii_whitespace());
    if is_odd {
        report
            .add(
                &HEXADECIMAL,
                element.text_range(),
                "`&` or `<` that is not written `&#x26;` or `&#x3C;`",
            )
            .about(element);
    }
}

/// The European Broadcasting Union's roles, as the W3C validator lists them.
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
