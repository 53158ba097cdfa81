//! Media RSS: values that the specification restricts.

use crate::check::field::{Field, excerpt};
use crate::check::grammar::{media_type, number};
use crate::check::report::Collector;
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;
use crate::finding::rules;

use super::{addresses, html_content, plain_text, w3c};

rules! { "media":
    TEXT_TYPE_INVALID   = "media-text-type-invalid",   Warning, "the type of the text is neither `plain` nor `html`",                    "Media RSS, media:title", "InvalidMediaTextType";
    HASH_INVALID        = "media-hash-invalid",        Warning, "the hash is not valid for its algorithm",                               "Media RSS, media:hash", "InvalidMediaHash";
    RATING_INVALID      = "media-rating-invalid",      Warning, "the scheme does not define the rating",                                 "Media RSS, media:rating", "InvalidMediaRating";
    TIME_INVALID        = "media-time-invalid",        Warning, "the value is not a time in seconds or in the form `H:MM:SS`",           "Media RSS, media:thumbnail; RFC 2326 section 3.6", "InvalidNPTTime";
    RESTRICTION_INVALID = "media-restriction-invalid", Warning, "the value of a restriction without a type is neither `all` nor `none`", "Media RSS, media:restriction", "InvalidMediaRestriction";
    COUNTRY_INVALID     = "media-country-invalid",     Warning, "the restriction lists an unknown country code",                         "Media RSS, media:restriction; ISO 3166-1", "InvalidCountryCode";
    ROLE_INVALID        = "media-credit-role-invalid", Advice,  "the spelling of the credit role differs from its scheme's",                       "Media RSS, media:credit; European Broadcasting Union roles", "InvalidCreditRole";
    ADULT               = "media-adult-old",           Advice,  "`media:adult` is deprecated",                                           "Media RSS, media:adult", "DeprecatedMediaAdult";
    TYPE_INVALID        = "media-type-invalid",        Warning, "the media file's `type` is not a media type",                           "Media RSS, media:content", "InvalidMIMEAttribute";
}

pub(in crate::check) fn check_text_type(field: &Field<'_, '_>, report: &mut Collector) {
    if !matches!(field.text, "plain" | "html") {
        field
            .mismatch(report, &TEXT_TYPE_INVALID, "`plain` or `html`")
            .help("write `plain` or `html`");
    }
}

pub(in crate::check) fn check_text(field: &Field<'_, '_>, report: &mut Collector) {
    if field.element.value("type") == Some("html") {
        html_content::check(field.element, report);
    } else {
        plain_text::check(field, "ContainsUndeclaredHTML", report);
    }
}

pub(in crate::check) fn check_hash(field: &Field<'_, '_>, report: &mut Collector) {
    // Media RSS defines only these two algorithms, and MD5 is the default.
    let length = match field.element.value("algo").unwrap_or("md5") {
        "md5" => Some(32),
        "sha-1" => Some(40),
        _ => None,
    };
    let text = field.text.trim();
    let is_hash =
        length.is_some_and(|length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if !is_hash {
        field
            .mismatch(report, &HASH_INVALID, "an `md5` or `sha-1` hash")
            .help("write 32 hexadecimal digits for `md5`, or 40 for `sha-1`");
    }
}

pub(in crate::check) fn check_rating(field: &Field<'_, '_>, report: &mut Collector) {
    // In Media RSS, `urn:simple` is the default scheme.
    let scheme = field.element.value("scheme").unwrap_or("urn:simple");
    let text = field.text.trim();
    let is_rating = match scheme {
        "urn:simple" => matches!(text, "adult" | "nonadult"),
        "urn:mpaa" => matches!(text.to_ascii_lowercase().as_str(), "g" | "pg" | "pg-13" | "r" | "nc-17"),
        "urn:v-chip" => {
            const RATINGS: [&str; 7] = ["tv-y", "tv-y7", "tv-y7-fv", "tv-g", "tv-pg", "tv-14", "tv-ma"];
            RATINGS.contains(&text.to_ascii_lowercase().as_str())
        }
        "urn:icra" => !text.is_empty(),
        // Any rating in another scheme is accepted, because the organization that defines a scheme also defines its
        // ratings.
        _ => true,
    };
    if !is_rating {
        field
            .mismatch(report, &RATING_INVALID, &format!("a rating in the scheme `{scheme}`"))
            .help("in the scheme `urn:simple`, write `adult` or `nonadult`");
    }
}

/// Checks a scheme name. The schemes that Media RSS itself defines, such as `urn:simple`, are not valid URNs, so any
/// value that starts with `urn:` is accepted.
pub(in crate::check) fn check_scheme(field: &Field<'_, '_>, report: &mut Collector) {
    if !field.text.starts_with("urn:") {
        addresses::check_absolute(field, report);
    }
}

pub(in crate::check) fn check_play_time(field: &Field<'_, '_>, report: &mut Collector) {
    if !number::is_play_time(field.text) {
        field
            .mismatch(report, &TIME_INVALID, "a time in seconds or in the form `H:MM:SS`")
            .help("write seconds as `12.5`, or hours, minutes and seconds as `1:02:03.5`");
    }
}

pub(in crate::check) fn check_restriction(field: &Field<'_, '_>, report: &mut Collector) {
    match field.element.value("type") {
        None if !matches!(field.text.trim(), "" | "all" | "none") => {
            field
                .mismatch(report, &RESTRICTION_INVALID, "`all` or `none`")
                .help("write `all` or `none`, or add `type=\"country\"`");
        }
        Some("country") => {
            let unknown = field.text.split_whitespace().find(|country| !is_country(country));
            if let Some(unknown) = unknown {
                field
                    .add(
                        report,
                        &COUNTRY_INVALID,
                        format!("`{}` is not a country code", excerpt(unknown)),
                    )
                    .help("write two-letter ISO 3166 codes, separated by spaces");
            }
        }
        _ => {}
    }
}

/// Whether the text is an assigned two-letter ISO 3166-1 code, ignoring case.
fn is_country(text: &str) -> bool {
    const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW \
BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE \
KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV \
MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC \
SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ \
VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";
    text.len() == 2 && CODES.split(' ').any(|code| code.eq_ignore_ascii_case(text))
}

pub(in crate::check) fn check_role(field: &Field<'_, '_>, report: &mut Collector) {
    // In Media RSS, the default scheme is the role list of the European Broadcasting Union.
    let is_ebu = field.element.value("scheme").unwrap_or("urn:ebu") == "urn:ebu";
    let is_wrong_case = is_ebu && field.text.chars().any(char::is_uppercase);
    let is_unlisted = is_ebu && report.is_w3c() && !w3c::is_credit_role(field.text);
    if is_wrong_case || field.text.trim().is_empty() || is_unlisted {
        field
            .mismatch(report, &ROLE_INVALID, "a valid role")
            .help("write the role in lowercase, as in the European Broadcasting Union's list");
    }
}

pub(in crate::check) fn check_adult(field: &Field<'_, '_>, report: &mut Collector) {
    field
        .add(report, &ADULT, "`media:adult` is deprecated".to_owned())
        .help("write `<media:rating>adult</media:rating>` or `<media:rating>nonadult</media:rating>`");
}

pub(in crate::check) fn check_media_type(field: &Field<'_, '_>, report: &mut Collector) {
    if !media_type::is_media_type(field.text) {
        field
            .mismatch(report, &TYPE_INVALID, "a media type")
            .help("write a type and a subtype, such as `video/mp4`");
    }
}

/// Checks a media group as a whole.
pub(super) fn check_group(group: &Element<'_>, report: &mut Collector) {
    let count = group.children().filter(|child| child.is(Ns::MEDIA, "content")).count();
    if count < 2 {
        w3c::check_small_group(group, report);
    }
}
