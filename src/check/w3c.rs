//! The message classes of the W3C feed validator and its severities, for the profile that answers as it does.

use crate::finding::Severity;

/// The W3C feed validator's severity for one of its message classes.
pub(super) fn severity(class: &str) -> Option<Severity> {
    let listed = |classes: &[&str]| classes.binary_search(&class).is_ok();
    if listed(ERRORS) {
        Some(Severity::Error)
    } else if listed(WARNINGS) {
        Some(Severity::Warning)
    } else if listed(INFOS) {
        Some(Severity::Advice)
    } else {
        None
    }
}

/// Makes a document invalid. In alphabetical order.
#[rustfmt::skip]
static ERRORS: &[&str] = &[
    "BadXmlVersion", "CurrentNotSelfInCompleteFeed", "DeprecatedDTD", "DuplicateAtomLink", "DuplicateElement",
    "DuplicateIds", "DuplicateValue", "EightDaysAWeek", "FeedRelInCompleteFeed", "IncorrectDOW",
    "InvalidAccessRestrictionRel", "InvalidAddrSpec", "InvalidBooleanAttribute", "InvalidCommaSeparatedIntegers",
    "InvalidContact", "InvalidCoord", "InvalidCoordList", "InvalidCountryCode", "InvalidCreditRole", "InvalidDay",
    "InvalidDoctype", "InvalidDuration", "InvalidExpansionState", "InvalidFloat", "InvalidFormComponentName",
    "InvalidFullLink", "InvalidHeight", "InvalidHour", "InvalidHttpGUID", "InvalidIRI", "InvalidISO8601DateTime",
    "InvalidInteger", "InvalidIntegerAttribute", "InvalidItunesCategory", "InvalidItunesChannelType",
    "InvalidItunesEpisodeType", "InvalidLanguage", "InvalidLatitude", "InvalidLink", "InvalidLongitude",
    "InvalidMIMEAttribute", "InvalidMIMEType", "InvalidMediaExpression", "InvalidMediaHash", "InvalidMediaMedium",
    "InvalidMediaRating", "InvalidMediaRestriction", "InvalidMediaRestrictionRel", "InvalidMediaRestrictionType",
    "InvalidMediaTextType", "InvalidMetaContent", "InvalidMetaName", "InvalidNPTTime", "InvalidNamespace",
    "InvalidNonNegativeInteger", "InvalidOPMLVersion", "InvalidPermalink", "InvalidPositiveInteger", "InvalidRDF",
    "InvalidRFC2822Date", "InvalidRFC3339Date", "InvalidRSSVersion", "InvalidTAG", "InvalidTextType",
    "InvalidTrueFalse", "InvalidURIAttribute", "InvalidURLAttribute", "InvalidURN", "InvalidUUID",
    "InvalidUpdatePeriod", "InvalidUriChar", "InvalidW3CDTFDate", "InvalidWidth", "InvalidYesNoClean",
    "ItemMustContainTitleOrDescription", "LinkPastEnd", "MediaGroupWithoutAlternatives", "MediaRssNamespace",
    "MisplacedMetadata", "MissingAttribute", "MissingContentOrAlternate", "MissingDescription", "MissingElement",
    "MissingHref", "MissingLink", "MissingNamespace", "MissingSummary", "MissingTitle", "MissingXhtmlDiv", "NoBlink",
    "NoThrWhen", "NotBase64", "NotEnoughHoursInTheDay", "NotEscaped", "NotInANamespace", "ObsoleteNamespace",
    "SAXError", "TooLong", "UndefinedElement", "UndefinedNamedEntity", "UnexpectedAttribute", "UnexpectedText",
    "UnexpectedWhitespace", "UnicodeError", "UnknownEncoding", "UriNotIri", "UseZeroForUnknown", "WPBlankLine",
];

/// Valid, but. In alphabetical order.
#[rustfmt::skip]
static WARNINGS: &[&str] = &[
    "ArchiveIncomplete", "AtomLinkNotEmpty", "AttrNotBlank", "AvoidNamespacePrefix", "AvoidTextInput",
    "BadCharacters", "CharacterData", "CommentRSS", "ContainsEmail", "ContainsHTML", "ContainsRelRef",
    "ContainsUndeclaredHTML", "CoordComma", "DangerousStyleAttr", "DeprecatedMediaAdult",
    "DuplicateDescriptionSemantics", "DuplicateEnclosure", "DuplicateEntries", "DuplicateItemSemantics",
    "DuplicateSemantics", "DuplicateUpdated", "EmailFormat", "FeedHistoryRelInEntry", "HtmlFragment",
    "ImageLinkDoesntMatch", "ImageTitleDoesntMatch", "ImageUrlFormat", "ImplausibleDate", "InvalidKeywords",
    "InvalidOutlineType", "InvalidOutlineVersion", "MisplacedItem", "MisplacedXHTMLContent", "MissingAtomSelfLink",
    "MissingCurrentInArchive", "MissingGuid", "MissingItunesElement", "MissingItunesEmail", "MissingOutlineType",
    "MissingRealName", "MissingSelf", "MissingSourceElement", "MissingTextualContent", "MissingTitleAttr",
    "MissingTypeAttr", "MissingUrlAttr", "MissingXmlURL", "NeedDescriptionBeforeContent", "NonCanonicalURI",
    "NotBlank", "NotHtml", "NotInline", "NotSufficientlyUnique", "NotUTF8", "ObscureEncoding",
    "ObsoleteItunesCategory", "ObsoleteVersion", "ObsoleteWikiNamespace", "ProblematicalRFC822Date", "RelativeSelf",
    "ReservedPrefix", "SameDocumentReference", "SchemeNotIANARegistered", "SecurityRisk", "SecurityRiskAttr",
    "SelfDoesntMatchLocation", "SelfNotAtom", "SlashDate", "UndeterminableVocabulary", "UnknownHost",
    "UnknownNamespace", "UnregisteredAtomLinkRel", "UnsupportedItunesFormat", "UseOfExtensionAttr",
    "UseZeroForMidnight",
];

/// Good to know. In alphabetical order.
#[rustfmt::skip]
static INFOS: &[&str] = &[
    "ContainsSystemEntity", "MissingDCLanguage", "MissingEncoding", "NonstdEncoding", "NonstdPrefix",
    "UnsupportedNamespace",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use std::collections::BTreeSet;

    /// The rows of the comparison: class, severity there, rules here, severity here, reason.
    fn rows() -> Vec<Vec<&'static str>> {
        let rows = include_str!("W3C.md").lines().filter(|line| line.starts_with("| "));
        rows.skip(1)
            .map(|row| row.trim_matches('|').split('|').map(str::trim).collect())
            .collect()
    }

    #[test]
    fn the_comparison_has_every_class_and_says_what_is_true() {
        let classes: BTreeSet<&str> = ERRORS.iter().chain(WARNINGS).chain(INFOS).copied().collect();
        assert_eq!(rows().iter().map(|row| row[0]).collect::<BTreeSet<_>>(), classes);
        for row in rows() {
            let [class, there, rules, here, reason] = row[..] else {
                panic!("five columns: {row:?}");
            };
            let name = |severity: Severity| match severity {
                Severity::Advice => "info",
                other => other.as_str(),
            };
            assert_eq!(Some(there), severity(class).map(name), "{class}");
            let ids: Vec<&str> = rules.split('`').skip(1).step_by(2).collect();
            assert!(
                !ids.is_empty() || rules.starts_with("not applicable: "),
                "{class}: {rules}"
            );
            let levels: BTreeSet<&str> = here.split(", ").collect();
            for id in &ids {
                let rule = check::rule(id).unwrap_or_else(|| panic!("{class}: there is no {id}"));
                let is_applied = !rules.contains(&format!("`{id}`*"));
                let is_only_theirs = check::w3c_only().iter().any(|only| only.id == *id);
                assert!(!(is_applied && is_only_theirs), "{id}");
                let level = if is_applied {
                    rule.severity.as_str()
                } else {
                    "not applied"
                };
                assert!(levels.contains(level), "{class}: {id} is {level}");
            }
            let is_same = ids.is_empty() || levels.iter().all(|level| there == level.replace("advice", "info"));
            assert_eq!(is_same, reason.is_empty(), "{class}: why?");
        }
    }

    #[test]
    fn classes_are_in_alphabetical_order() {
        for classes in [ERRORS, WARNINGS, INFOS] {
            assert!(classes.is_sorted());
        }
    }
}
