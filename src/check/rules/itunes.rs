//! Apple's elements for podcasts, as Apple documents them today.

use crate::check::document::{Document, Element};
use crate::check::grammar::{address, mail, number};
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::{NUMBER_INVALID, attribute_spot, element_spot};
use super::{persons, plain_text};

rules! { "itunes":
    IMAGE_MISSING       = "itunes-image-missing",       Error,   "a podcast without a cover",                 "Apple Podcasts, RSS tags: itunes:image is required";
    ELEMENT_MISSING     = "itunes-element-missing",     Warning, "an element that Apple requires",            "Apple Podcasts, RSS tags", "MissingItunesElement";
    OWNER_MISSING       = "itunes-owner-missing",       Advice,  "no owner to write to",                      "Apple Podcasts, RSS tags: itunes:owner", "MissingItunesEmail";
    OWNER_WITHOUT_MAIL  = "itunes-owner-without-mail",  Warning, "an owner without an e-mail address",        "Apple Podcasts, RSS tags: itunes:owner", "MissingElement";
    EXPLICIT_INVALID    = "itunes-explicit-invalid",    Warning, "neither `true` nor `false`",                "Apple Podcasts, RSS tags: itunes:explicit", "InvalidTrueFalse";
    BLOCK_INVALID       = "itunes-block-invalid",       Advice,  "a word that does not block",                "Apple Podcasts, RSS tags: itunes:block", "InvalidYesNoClean";
    TYPE_INVALID        = "itunes-type-invalid",        Warning, "neither `episodic` nor `serial`",           "Apple Podcasts, RSS tags: itunes:type", "InvalidItunesChannelType";
    DURATION_INVALID    = "itunes-duration-invalid",    Warning, "not a duration",                            "Apple Podcasts, RSS tags: itunes:duration", "InvalidDuration";
    CATEGORY_UNKNOWN    = "itunes-category-unknown",    Error,   "not one of Apple's categories",             "Apple Podcasts categories", "InvalidItunesCategory";
    CATEGORY_OLD        = "itunes-category-old",        Warning, "a category that Apple gave up",             "Apple Podcasts categories, 2019", "ObsoleteItunesCategory";
    KEYWORDS_SPACED     = "itunes-keywords-spaced",     Advice,  "keywords without commas",                   "Apple's former itunes:keywords", "InvalidKeywords";
    FORMAT_UNSUPPORTED  = "itunes-format-unsupported",  Warning, "a kind of file that Apple does not play",   "Apple Podcasts, enclosure", "UnsupportedItunesFormat";
    NOT_UTF8            = "itunes-not-utf8",            Advice,  "a podcast that is not in UTF-8",            "Apple Podcasts, RSS feed requirements", "NotUTF8";
}

/// Apple's categories, each with its parts after a colon.
const CATEGORIES: &[(&str, &str)] = &[
    (
        "Arts",
        "|Books|Design|Fashion & Beauty|Food|Performing Arts|Visual Arts|",
    ),
    (
        "Business",
        "|Careers|Entrepreneurship|Investing|Management|Marketing|Non-Profit|",
    ),
    ("Comedy", "|Comedy Interviews|Improv|Stand-Up|"),
    ("Education", "|Courses|How To|Language Learning|Self-Improvement|"),
    ("Fiction", "|Comedy Fiction|Drama|Science Fiction|"),
    ("Government", "|"),
    ("History", "|"),
    (
        "Health & Fitness",
        "|Alternative Health|Fitness|Medicine|Mental Health|Nutrition|Sexuality|",
    ),
    (
        "Kids & Family",
        "|Education for Kids|Parenting|Pets & Animals|Stories for Kids|",
    ),
    (
        "Leisure",
        "|Animation & Manga|Automotive|Aviation|Crafts|Games|Hobbies|Home & Garden|Video Games|",
    ),
    ("Music", "|Music Commentary|Music History|Music Interviews|"),
    (
        "News",
        "|Business News|Daily News|Entertainment News|News Commentary|Politics|Sports News|Tech News|",
    ),
    (
        "Religion & Spirituality",
        "|Buddhism|Christianity|Hinduism|Islam|Judaism|Religion|Spirituality|",
    ),
    (
        "Science",
        "|Astronomy|Chemistry|Earth Sciences|Life Sciences|Mathematics|Natural Sciences|Nature|Physics|Social Sciences|",
    ),
    (
        "Society & Culture",
        "|Documentary|Personal Journals|Philosophy|Places & Travel|Relationships|",
    ),
    (
        "Sports",
        "|Baseball|Basketball|Cricket|Fantasy Sports|Football|Golf|Hockey|Rugby|Running|Soccer|Swimming|Tennis|Volleyball|Wilderness|Wrestling|",
    ),
    ("Technology", "|"),
    ("True Crime", "|"),
    (
        "TV & Film",
        "|After Shows|Film History|Film Interviews|Film Reviews|TV Reviews|",
    ),
];

/// The categories of before August 2019.
const OLD_CATEGORIES: &[(&str, &str)] = &[
    (
        "Arts",
        "|Architecture|Design|Entertainment|Fashion & Beauty|Food|Games|Literature|Performing Arts|Photography|Poetry|Science Fiction|Visual Arts|",
    ),
    (
        "Arts & Entertainment",
        "|Architecture|Books|Design|Entertainment|Games|Performing Arts|Photography|Poetry|Science Fiction|",
    ),
    ("Audio Blogs", "|"),
    (
        "Business",
        "|Business News|Careers|Finance|Investing|Management|Management & Marketing|Marketing|Shopping|",
    ),
    ("Comedy", "|"),
    (
        "Education",
        "|Education Technology|Educational Technology|Higher Education|K-12|Language Courses|Training|",
    ),
    ("Family", "|"),
    ("Food", "|"),
    (
        "Games & Hobbies",
        "|Automotive|Aviation|Hobbies|Other Games|Video Games|",
    ),
    ("Government & Organizations", "|Local|National|Non-Profit|Regional|"),
    ("Health", "|Diet & Nutrition|Fitness|Relationships|Self-Help|Sexuality|"),
    ("Health & Fitness", "|"),
    (
        "International",
        "|Australian|Belgian|Brazilian|Canadian|Chinese|Dutch|French|German|Hebrew|Italian|Japanese|Norwegian|Polish|Portuguese|Spanish|Swedish|",
    ),
    ("Kids & Family", "|"),
    ("Movies & Television", "|"),
    ("Music", "|"),
    ("News", "|"),
    ("News & Politics", "|Conservative (Right)|Liberal (Left)|"),
    ("Politics", "|"),
    ("Public Radio", "|"),
    (
        "Religion & Spirituality",
        "|Buddhism|Christianity|Hinduism|Islam|Judaism|New Age|Other|Philosophy|Spirituality|",
    ),
    ("Science", "|"),
    ("Science & Medicine", "|Medicine|Natural Sciences|Social Sciences|"),
    (
        "Society & Culture",
        "|Gay & Lesbian|History|Personal Journals|Philosophy|Places & Travel|",
    ),
    ("Sports", "|"),
    (
        "Sports & Recreation",
        "|Amateur|College & High School|Outdoor|Professional|TV|",
    ),
    ("TV & Film", "|"),
    ("Talk Radio", "|"),
    (
        "Technology",
        "|Computers|Developers|Gadgets|Gadgets & Gizmos|Information Technology|News|Operating Systems|Podcasting|Smart Phones|Software How-To|Tech News|Text/Speech|",
    ),
    ("Transportation", "|Automotive|Aviation|Bicycles|Commuting|"),
    ("Travel", "|"),
];

fn is_listed(list: &[(&str, &str)], category: &str, part: Option<&str>) -> bool {
    list.iter()
        .filter(|(name, _)| *name == category)
        .any(|(_, parts)| match part {
            None => true,
            Some(part) => parts.contains(&format!("|{part}|")),
        })
}

pub(in crate::check) fn check_category(element: &Element<'_>, text: &str, report: &mut Collector) {
    let Some(spot) = attribute_spot(element, "text") else {
        return;
    };
    let around = element.parent().filter(|parent| parent.is(Ns::ITUNES, "category"));
    let (category, part) = match around.and_then(|around| around.value("text")) {
        Some(around) => (around, Some(text)),
        None => (text, None),
    };
    if is_listed(CATEGORIES, category, part)
        || part.is_some() && !is_listed(CATEGORIES, category, None) && !is_listed(OLD_CATEGORIES, category, None)
    {
        return;
    }
    if is_listed(OLD_CATEGORIES, category, part) {
        spot.add(
            report,
            &CATEGORY_OLD,
            format!("`{}` was a category until 2019", spot.shown()),
        )
        .help("choose one of today's: Apple shows the podcast under none otherwise");
        return;
    }
    spot.add(
        report,
        &CATEGORY_UNKNOWN,
        format!("`{}` is not one of Apple's categories", spot.shown()),
    )
    .help("write it as Apple does, with `&amp;` for `&`");
}

pub(in crate::check) fn check_explicit(element: &Element<'_>, text: &str, report: &mut Collector) {
    // `yes`, `no` and `clean` are what Apple asked for until 2019; it takes them still.
    let is_old = matches!(
        text.trim(),
        "yes" | "no" | "clean" | "explicit" | "Yes" | "No" | "False" | "True"
    );
    if matches!(text, "true" | "false") || is_old && !report.is_w3c() {
        return;
    }
    let spot = element_spot(element, text);
    spot.add(
        report,
        &EXPLICIT_INVALID,
        format!("`{}` is `{}`", element.qualified(), spot.shown()),
    )
    .help("write `true` or `false`");
}

pub(in crate::check) fn check_block(element: &Element<'_>, text: &str, report: &mut Collector) {
    let word = text.trim().to_ascii_lowercase();
    let is_word = matches!(word.as_str(), "yes" | "no" | "clean")
        || !report.is_w3c() && matches!(word.as_str(), "true" | "false");
    if !is_word {
        let spot = element_spot(element, text);
        spot.add(
            report,
            &BLOCK_INVALID,
            format!("`{}` is `{}`", element.qualified(), spot.shown()),
        )
        .help("write `Yes` to hide the podcast; leave the element out otherwise");
    }
}

pub(in crate::check) fn check_type(element: &Element<'_>, text: &str, report: &mut Collector) {
    let word = text.trim();
    if !["episodic", "serial"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known) && (!report.is_w3c() || word == *known))
    {
        let spot = element_spot(element, text);
        spot.add(
            report,
            &TYPE_INVALID,
            format!("`{}` is `{}`", element.qualified(), spot.shown()),
        )
        .help("write `episodic` or `serial`");
    }
}

pub(in crate::check) fn check_episode(element: &Element<'_>, text: &str, report: &mut Collector) {
    let least = if report.is_w3c() { 1 } else { 0 };
    if number::integer(text.trim()).is_none_or(|episode| episode < least) {
        let spot = element_spot(element, text);
        spot.add(
            report,
            &NUMBER_INVALID,
            format!("{} is `{}`", spot.name(), spot.shown()),
        )
        .help("write the episode's number, digits only")
        .class("InvalidPositiveInteger");
    }
}

pub(in crate::check) fn check_duration(element: &Element<'_>, text: &str, report: &mut Collector) {
    let text = text.trim();
    let parts: Vec<&str> = text.split(':').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_duration = match parts.as_slice() {
        [seconds] => is_number(seconds) || !report.is_w3c() && number::decimal(seconds).is_some(),
        [lead, rest @ ..] if rest.len() <= 2 => {
            (is_number(lead) || report.is_w3c() && lead.is_empty())
                && rest.iter().all(|part| part.len() <= 2 && is_number(part))
        }
        _ => false,
    };
    if !is_duration {
        let spot = element_spot(element, text);
        spot.add(report, &DURATION_INVALID, format!("the duration is `{}`", spot.shown()))
            .help("write seconds, or `HH:MM:SS`");
    }
}

pub(in crate::check) fn check_keywords(element: &Element<'_>, text: &str, report: &mut Collector) {
    let spot = element_spot(element, text);
    plain_text::check(&spot, "ContainsHTML", report);
    if !text.contains(',') && text.split_whitespace().count() > 1 {
        spot.add(report, &KEYWORDS_SPACED, "keywords are separated by spaces".to_owned())
            .help("separate them by commas, or leave them out: Apple no longer reads them");
    }
}

pub(in crate::check) fn check_owner_mail(element: &Element<'_>, text: &str, report: &mut Collector) {
    if !mail::is_address(text.trim()) {
        let spot = element_spot(element, text);
        spot.add(
            report,
            &persons::MAIL_INVALID,
            format!("{} is `{}`, not an e-mail address", spot.name(), spot.shown()),
        )
        .help("write the address alone: `jo@example.org`")
        .class("InvalidContact");
    }
}

/// Checks a channel that is a podcast for Apple.
pub(super) fn check_channel(channel: &Element<'_>, report: &mut Collector) {
    let is_declared = channel
        .document()
        .bindings
        .iter()
        .any(|binding| binding.ns == Ns::ITUNES);
    let is_podcast = is_declared && channel.descendants().any(|element| element.ns() == Ns::ITUNES);
    if !is_podcast {
        return;
    }
    let has = |name: &str| channel.child(Ns::ITUNES, name).is_some();
    let items = || channel.children().filter(|child| child.is(Ns::NONE, "item"));
    // Newsletters have Apple's elements too, and pictures as enclosures.
    let has_audio = items()
        .filter_map(|item| item.child(Ns::NONE, "enclosure"))
        .any(|enclosure| {
            !enclosure
                .value("type")
                .is_some_and(|kind| kind.trim_start().starts_with("image/"))
        });
    if !has("image") && has_audio {
        report
            .add(&IMAGE_MISSING, channel.range(), "the podcast has no `itunes:image`")
            .help("add `<itunes:image href=\"…\"/>`, a square JPEG or PNG of 1400 to 3000 pixels")
            .missing(channel, "itunes:image");
    }
    for name in ["itunes:category", "itunes:explicit", "language"] {
        let is_there = match name {
            "language" => channel.child(Ns::NONE, "language").is_some() || channel.child(Ns::DC, "language").is_some(),
            _ => has(name.trim_start_matches("itunes:")),
        };
        if !is_there && (has_audio || report.is_w3c()) {
            report
                .add(
                    &ELEMENT_MISSING,
                    channel.range(),
                    format!("the podcast has no `{name}`"),
                )
                .help("add it: Apple requires it")
                .missing(channel, name);
        }
    }
    if channel
        .child(Ns::ITUNES, "owner")
        .is_none_or(|owner| owner.child(Ns::ITUNES, "email").is_none())
        && (has_audio || report.is_w3c())
    {
        report
            .add(
                &OWNER_MISSING,
                channel.range(),
                "the podcast has no `itunes:owner` with `itunes:email`",
            )
            .help("directories write to it to check whose podcast it is; remove it again afterwards if you like")
            .missing(channel, "itunes:owner");
    }
    for enclosure in items().filter_map(|item| item.child(Ns::NONE, "enclosure")) {
        check_format(&enclosure, report);
    }
}

fn check_format(enclosure: &Element<'_>, report: &mut Collector) {
    const PLAYED: [&str; 7] = ["mp3", "m4a", "mp4", "m4v", "mov", "pdf", "epub"];
    let extension = enclosure.value("url").and_then(address::extension);
    if let Some(extension) = extension.filter(|extension| !PLAYED.contains(&extension.as_str())) {
        let is_medium = matches!(
            extension.as_str(),
            "wmv" | "wma" | "ogg" | "oga" | "ogv" | "opus" | "flac" | "wav" | "avi" | "webm" | "mkv" | "aac"
        );
        if is_medium || report.is_w3c() {
            report
                .add(
                    &FORMAT_UNSUPPORTED,
                    enclosure.range(),
                    format!("Apple does not play `.{extension}` files"),
                )
                .help("offer an `mp3` or `m4a` file")
                .about(enclosure);
        }
    }
}

/// Notes a podcast for Apple that is in another encoding than Apple asks for.
pub(super) fn check_encoding(document: &Document<'_>, encoding: &str, report: &mut Collector) {
    let is_podcast = document.bindings.iter().any(|binding| binding.ns == Ns::ITUNES);
    if !report.is_w3c() && is_podcast {
        report.withdraw(&super::encoding::NOT_UNICODE);
    }
    if is_podcast && !encoding.starts_with("UTF-") && encoding != "US-ASCII" {
        report
            .add(&NOT_UTF8, 0..1, format!("the podcast is in {encoding}"))
            .help("write it in UTF-8");
    }
}
