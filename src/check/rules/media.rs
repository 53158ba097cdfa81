//! Media RSS: values that its specification lists.

use crate::check::document::Element;
use crate::check::grammar::{media_type, number};
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::{attribute_spot, element_spot};
use super::{addresses, html_content, plain_text, w3c};

rules! { "media":
    TEXT_TYPE_INVALID    = "media-text-type-invalid",    Warning, "neither `plain` nor `html`",                 "Media RSS, media:title", "InvalidMediaTextType";
    HASH_INVALID         = "media-hash-invalid",         Warning, "not a hash",                                 "Media RSS, media:hash", "InvalidMediaHash";
    RATING_INVALID       = "media-rating-invalid",       Warning, "not a rating of its scheme",                 "Media RSS, media:rating", "InvalidMediaRating";
    TIME_INVALID         = "media-time-invalid",         Warning, "not a time in a medium",                     "Media RSS, media:thumbnail; RFC 2326 section 3.6", "InvalidNPTTime";
    RESTRICTION_INVALID  = "media-restriction-invalid",  Warning, "not who may see it",                         "Media RSS, media:restriction", "InvalidMediaRestriction";
    COUNTRY_INVALID      = "media-country-invalid",      Warning, "not a country",                              "Media RSS, media:restriction; ISO 3166-1", "InvalidCountryCode";
    ROLE_INVALID         = "media-credit-role-invalid",  Advice,  "a role that is written in another way",      "Media RSS, media:credit; European Broadcasting Union roles", "InvalidCreditRole";
    ADULT                = "media-adult-old",            Advice,  "an element that gave way to another",        "Media RSS, media:adult", "DeprecatedMediaAdult";
    TYPE_INVALID         = "media-type-invalid",         Warning, "not a media type",                           "Media RSS, media:content", "InvalidMIMEAttribute";
}

pub(in crate::check) fn check_text_type(element: &Element<'_>, text: &str, report: &mut Collector) {
    if let Some(spot) = attribute_spot(element, "type").filter(|_| !matches!(text, "plain" | "html")) {
        spot.add(
            report,
            &TEXT_TYPE_INVALID,
            format!("{} is `{}`", spot.name(), spot.shown()),
        )
        .help("write `plain` or `html`");
    }
}

pub(in crate::check) fn check_text(element: &Element<'_>, text: &str, report: &mut Collector) {
    if element.value("type") == Some("html") {
        html_content::check(element, report);
    } else {
        plain_text::check(&element_spot(element, text), "ContainsUndeclaredHTML", report);
    }
}

pub(in crate::check) fn check_hash(element: &Element<'_>, text: &str, report: &mut Collector) {
    let length = match element.value("algo").unwrap_or("md5") {
        "md5" => Some(32),
        "sha-1" => Some(40),
        _ => None,
    };
    let text = text.trim();
    let is_hash =
        length.is_some_and(|length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if !is_hash {
        let spot = element_spot(element, text);
        spot.add(
            report,
            &HASH_INVALID,
            format!("`{}` is no hash by `md5` or `sha-1`", spot.shown()),
        )
        .help("write 32 hexadecimal digits for `md5`, 40 for `sha-1`");
    }
}

pub(in crate::check) fn check_rating(element: &Element<'_>, text: &str, report: &mut Collector) {
    let scheme = element.value("scheme").unwrap_or("urn:simple");
    let text = text.trim();
    let is_rating = match scheme {
        "urn:simple" => matches!(text, "adult" | "nonadult"),
        "urn:mpaa" => matches!(text.to_ascii_lowercase().as_str(), "g" | "pg" | "pg-13" | "r" | "nc-17"),
        "urn:v-chip" => {
            const RATINGS: [&str; 7] = ["tv-y", "tv-y7", "tv-y7-fv", "tv-g", "tv-pg", "tv-14", "tv-ma"];
            RATINGS.contains(&text.to_ascii_lowercase().as_str())
        }
        "urn:icra" => !text.is_empty(),
        _ => true,
    };
    if !is_rating {
        let spot = element_spot(element, text);
        spot.add(
            report,
            &RATING_INVALID,
            format!("`{}` is no rating by `{scheme}`", spot.shown()),
        )
        .help("with `urn:simple`, write `adult` or `nonadult`");
    }
}

/// Checks the name of a scheme; the specification's own (`urn:simple`) are not URNs, and are not held to it.
pub(in crate::check) fn check_scheme(element: &Element<'_>, text: &str, report: &mut Collector) {
    if let Some(spot) = attribute_spot(element, "scheme").filter(|_| !text.starts_with("urn:")) {
        addresses::check_absolute(&spot, report);
    }
}

pub(in crate::check) fn check_play_time(element: &Element<'_>, text: &str, report: &mut Collector) {
    if number::is_play_time(text) {
        return;
    }
    for name in ["time", "start", "end"] {
        if let Some(spot) = attribute_spot(element, name).filter(|spot| spot.text == text) {
            spot.add(report, &TIME_INVALID, format!("{} is `{}`", spot.name(), spot.shown()))
                .help("write seconds as `12.5`, or `1:02:03.5`");
            return;
        }
    }
}

pub(in crate::check) fn check_restriction(element: &Element<'_>, text: &str, report: &mut Collector) {
    let spot = element_spot(element, text);
    match element.value("type") {
        None if !matches!(text.trim(), "" | "all" | "none") => {
            spot.add(
                report,
                &RESTRICTION_INVALID,
                format!("`{}` without a type", spot.shown()),
            )
            .help("write `all` or `none`, or say `type=\"country\"`");
        }
        Some("country") => {
            let wrong = text.split_whitespace().find(|country| !is_country(country));
            if let Some(wrong) = wrong {
                spot.add(
                    report,
                    &COUNTRY_INVALID,
                    format!("`{}` is no country", super::values::shown(wrong)),
                )
                .help("write the two letters of ISO 3166, separated by spaces");
            }
        }
        _ => {}
    }
}

/// The assigned two-letter codes of ISO 3166-1.
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

pub(in crate::check) fn check_role(element: &Element<'_>, text: &str, report: &mut Collector) {
    let scheme = element.value("scheme").unwrap_or("urn:ebu");
    if (scheme == "urn:ebu" && text.chars().any(char::is_uppercase)
        || text.trim().is_empty()
        || scheme == "urn:ebu" && report.is_w3c() && !w3c::is_credit_role(text))
        && let Some(spot) = attribute_spot(element, "role")
    {
        spot.add(report, &ROLE_INVALID, format!("the role is `{}`", spot.shown()))
            .help("write it in lower case, as the European Broadcasting Union does");
    }
}

pub(in crate::check) fn check_adult(element: &Element<'_>, text: &str, report: &mut Collector) {
    let spot = element_spot(element, text);
    spot.add(report, &ADULT, "`media:adult` gave way to `media:rating`".to_owned())
        .help("write `<media:rating>adult</media:rating>` or `nonadult`");
}

pub(in crate::check) fn check_media_type(element: &Element<'_>, text: &str, report: &mut Collector) {
    if let Some(spot) = attribute_spot(element, "type").filter(|_| !media_type::is_media_type(text)) {
        spot.add(report, &TYPE_INVALID, format!("{} is `{}`", spot.name(), spot.shown()))
            .help("write a type and a subtype: `video/mp4`");
    }
}

/// Checks a whole group.
pub(super) fn check_group(group: &Element<'_>, report: &mut Collector) {
    let count = group.children().filter(|child| child.is(Ns::MEDIA, "content")).count();
    if count < 2 && report.is_w3c() {
        w3c::small_group(group, report);
    }
}
