//! The message classes of the W3C feed validator and their severities, for [`Profile::W3c`](super::Profile::W3c).
//!
//! `W3C.md` lists the rules that correspond to each class. The tests in this file make sure that the list is correct.

use crate::finding::Severity;

/// The severity that the W3C feed validator gives to a message class; `None` if there is no such class. The severities
/// come from the class hierarchy in the validator's `logging.py`.
pub(super) fn severity(class: &str) -> Option<Severity> {
    let is_in = |classes: &[&str]| classes.binary_search(&class).is_ok();
    if is_in(ERRORS) {
        Some(Severity::Error)
    } else if is_in(WARNINGS) {
        Some(Severity::Warning)
    } else if is_in(INFOS) {
        Some(Severity::Advice)
    } else {
        None
    }
}

/// Errors, sorted by name. An error makes a document invalid.
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

/// Warnings, sorted by name.
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

/// Informational messages, sorted by name.
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

    /// The rows of the table. The columns are the class, the W3C severity, our rules, our severities and the reason.
    fn rows() -> Vec<Vec<&'static str>> {
        let rows = include_str!("W3C.md").lines().filter(|line| line.starts_with("| "));
        rows.skip(1)
            .map(|row| row.trim_matches('|').split('|').map(str::trim).collect())
            .collect()
    }

    #[test]
    fn the_table_lists_every_class_with_correct_severities() {
        let classes: BTreeSet<&str> = ERRORS.iter().chain(WARNINGS).chain(INFOS).copied().collect();
        assert_eq!(rows().iter().map(|row| row[0]).collect::<BTreeSet<_>>(), classes);
        for row in rows() {
            let [class, theirs, rules, ours, reason] = row[..] else {
                panic!("expected five columns: {row:?}");
            };
            let name = |severity: Severity| match severity {
                Severity::Advice => "info",
                other => other.as_str(),
            };
            assert_eq!(Some(theirs), severity(class).map(name), "{class}");
            // The ids are in backticks, so every second part is an id.
            let ids: Vec<&str> = rules.split('`').skip(1).step_by(2).collect();
            assert!(
                !ids.is_empty() || rules.starts_with("not applicable: "),
                "{class}: {rules}"
            );
            let levels: BTreeSet<&str> = ours.split(", ").collect();
            for id in &ids {
                let rule = check::rule(id).unwrap_or_else(|| panic!("{class}: there is no rule {id}"));
                let is_applied = !rules.contains(&format!("`{id}`*"));
                let is_w3c_only = check::w3c_only().iter().any(|only| only.id == *id);
                assert!(!(is_applied && is_w3c_only), "{id} needs an asterisk");
                let level = if is_applied {
                    rule.severity.as_str()
                } else {
                    "not applied"
                };
                assert!(levels.contains(level), "{class}: {id} is {level}");
            }
            let is_same = ids.is_empty() || levels.iter().all(|level| theirs == level.replace("advice", "info"));
            assert_eq!(
                is_same,
                reason.is_empty(),
                "{class}: a reason is needed if and only if the severities differ"
            );
        }
    }

    #[test]
    fn classes_are_sorted() {
        for classes in [ERRORS, WARNINGS, INFOS] {
            assert!(classes.is_sorted());
        }
    }
}
