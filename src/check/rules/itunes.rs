//! Apple's elements for podcasts, as Apple documents them today.

use crate::check::field::Field;
use crate::check::grammar::{address, mail, number};
use crate::check::report::Collector;
use crate::feed::namespace::Ns;
use crate::feed::xml::{Document, Element};
use crate::finding::rules;

use super::values::NUMBER_INVALID;
use super::{persons, plain_text};

rules! { "itunes":
    IMAGE_MISSING      = "itunes-image-missing",      Error,   "the podcast has no cover image",                           "Apple Podcasts, RSS tags: itunes:image is required";
    ELEMENT_MISSING    = "itunes-element-missing",    Warning, "the podcast lacks an element that Apple requires",         "Apple Podcasts, RSS tags", "MissingItunesElement";
    OWNER_MISSING      = "itunes-owner-missing",      Advice,  "the podcast has no owner with an e-mail address",          "Apple Podcasts, RSS tags: itunes:owner", "MissingItunesEmail";
    OWNER_WITHOUT_MAIL = "itunes-owner-without-mail", Warning, "the owner has no e-mail address",                          "Apple Podcasts, RSS tags: itunes:owner", "MissingElement";
    EXPLICIT_INVALID   = "itunes-explicit-invalid",   Warning, "`itunes:explicit` is neither `true` nor `false`",          "Apple Podcasts, RSS tags: itunes:explicit", "InvalidTrueFalse";
    BLOCK_INVALID      = "itunes-block-invalid",      Advice,  "the value of `itunes:block` has no effect",                "Apple Podcasts, RSS tags: itunes:block", "InvalidYesNoClean";
    TYPE_INVALID       = "itunes-type-invalid",       Warning, "`itunes:type` is neither `episodic` nor `serial`",         "Apple Podcasts, RSS tags: itunes:type", "InvalidItunesChannelType";
    DURATION_INVALID   = "itunes-duration-invalid",   Warning, "`itunes:duration` is not a duration",                      "Apple Podcasts, RSS tags: itunes:duration", "InvalidDuration";
    CATEGORY_UNKNOWN   = "itunes-category-unknown",   Error,   "the category is not one of Apple's categories",            "Apple Podcasts categories", "InvalidItunesCategory";
    CATEGORY_OLD       = "itunes-category-old",       Warning, "Apple removed the category in 2019",                       "Apple Podcasts categories, 2019", "ObsoleteItunesCategory";
    KEYWORDS_SPACED    = "itunes-keywords-spaced",    Advice,  "the keywords are not separated by commas",                 "Apple's former itunes:keywords", "InvalidKeywords";
    FORMAT_UNSUPPORTED = "itunes-format-unsupported", Warning, "the enclosure is in a format that Apple does not support", "Apple Podcasts, enclosure", "UnsupportedItunesFormat";
    NOT_UTF8           = "itunes-not-utf8",           Advice,  "the podcast feed is not encoded in UTF-8",                 "Apple Podcasts, RSS feed requirements", "NotUTF8";
}

/// Apple's categories, each with its subcategories.
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

/// The categories that Apple had until August 2019.
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

fn is_listed(list: &[(&str, &str)], category: &str, subcategory: Option<&str>) -> bool {
    list.iter()
        .filter(|(name, _)| *name == category)
        .any(|(_, subcategories)| match subcategory {
            None => true,
            // The bars prevent a name from matching part of another name, such as `Games` in `Video Games`.
            Some(subcategory) => subcategories.contains(&format!("|{subcategory}|")),
        })
}

pub(in crate::check) fn check_category(field: &Field<'_, '_>, report: &mut Collector) {
    let parent = field
        .element
        .parent()
        .filter(|parent| parent.is(Ns::ITUNES, "category"));
    let (category, subcategory) = match parent.and_then(|parent| parent.value("text")) {
        Some(category) => (category, Some(field.text)),
        None => (field.text, None),
    };
    // An unknown category has its own finding, so its subcategories are not reported.
    let is_of_unknown =
        subcategory.is_some() && !is_listed(CATEGORIES, category, None) && !is_listed(OLD_CATEGORIES, category, None);
    if is_listed(CATEGORIES, category, subcategory) || is_of_unknown {
        return;
    }
    if is_listed(OLD_CATEGORIES, category, subcategory) {
        field
            .add(
                report,
                &CATEGORY_OLD,
                format!("Apple removed the category `{}` in 2019", field.excerpt()),
            )
            .help("choose a current category: Apple no longer lists podcasts in this category");
        return;
    }
    field
        .add(
            report,
            &CATEGORY_UNKNOWN,
            format!("`{}` is not one of Apple's categories", field.excerpt()),
        )
        .help("write it exactly as in Apple's list, with `&amp;` for `&`");
}

pub(in crate::check) fn check_explicit(field: &Field<'_, '_>, report: &mut Collector) {
    // Until 2019, Apple asked for `yes`, `no` and `clean`, and it still accepts them. The W3C validator does not.
    let is_old = matches!(
        field.text.trim(),
        "yes" | "no" | "clean" | "explicit" | "Yes" | "No" | "False" | "True"
    );
    if !matches!(field.text, "true" | "false") && (!is_old || report.is_w3c()) {
        field
            .mismatch(report, &EXPLICIT_INVALID, "`true` or `false`")
            .help("write `true` or `false`");
    }
}

pub(in crate::check) fn check_block(field: &Field<'_, '_>, report: &mut Collector) {
    let word = field.text.trim().to_ascii_lowercase();
    // For `itunes:block`, the W3C validator accepts the words that it once accepted for `itunes:explicit`.
    let is_word = matches!(word.as_str(), "yes" | "no" | "clean")
        || !report.is_w3c() && matches!(word.as_str(), "true" | "false");
    if !is_word {
        field
            .mismatch(report, &BLOCK_INVALID, "`Yes`")
            .help("only `Yes` has an effect: write `Yes` to hide the podcast or episode, or remove the element");
    }
}

pub(in crate::check) fn check_type(field: &Field<'_, '_>, report: &mut Collector) {
    let word = field.text.trim();
    let is_type = |name: &str| word == name || !report.is_w3c() && word.eq_ignore_ascii_case(name);
    if !is_type("episodic") && !is_type("serial") {
        field
            .mismatch(report, &TYPE_INVALID, "`episodic` or `serial`")
            .help("write `episodic` or `serial`");
    }
}

pub(in crate::check) fn check_episode(field: &Field<'_, '_>, report: &mut Collector) {
    // The W3C validator also rejects episode 0.
    let least = if report.is_w3c() { 1 } else { 0 };
    if number::integer(field.text.trim()).is_none_or(|episode| episode < least) {
        field
            .mismatch(report, &NUMBER_INVALID, "a number")
            .help("write the episode number in digits only")
            .class("InvalidPositiveInteger");
    }
}

pub(in crate::check) fn check_duration(field: &Field<'_, '_>, report: &mut Collector) {
    let parts: Vec<&str> = field.text.trim().split(':').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    // The W3C validator rejects fractions of a second, and accepts an empty first part, as in `:30`.
    let is_duration = match parts.as_slice() {
        [seconds] => is_number(seconds) || !report.is_w3c() && number::decimal(seconds).is_some(),
        [lead, rest @ ..] if rest.len() <= 2 => {
            (is_number(lead) || report.is_w3c() && lead.is_empty())
                && rest.iter().all(|part| part.len() <= 2 && is_number(part))
        }
        _ => false,
    };
    if !is_duration {
        field
            .mismatch(report, &DURATION_INVALID, "a duration")
            .help("write the number of seconds, or `HH:MM:SS`");
    }
}

pub(in crate::check) fn check_keywords(field: &Field<'_, '_>, report: &mut Collector) {
    plain_text::check(field, "ContainsHTML", report);
    if !field.text.contains(',') && field.text.split_whitespace().count() > 1 {
        field
            .add(
                report,
                &KEYWORDS_SPACED,
                "the keywords are not separated by commas".to_owned(),
            )
            .help("separate them with commas, or remove the element: Apple no longer reads it");
    }
}

pub(in crate::check) fn check_owner_mail(field: &Field<'_, '_>, report: &mut Collector) {
    if !mail::is_address(field.text.trim()) {
        field
            .mismatch(report, &persons::MAIL_INVALID, "an e-mail address")
            .help("write only the address: `jo@example.org`")
            .class("InvalidContact");
    }
}

/// Checks a channel as a whole, if it is a podcast with Apple's elements.
pub(super) fn check_channel(channel: &Element<'_>, report: &mut Collector) {
    let is_declared = is_itunes_declared(channel.document());
    // Generators such as Squarespace declare the namespace even in feeds that do not use it, so a podcast must also
    // contain one of Apple's elements. The declaration is tested first, because searching for an element may visit the
    // whole feed.
    let is_podcast = is_declared && channel.descendants().any(|element| element.ns() == Ns::ITUNES);
    if !is_podcast {
        return;
    }
    let enclosures = || {
        channel
            .children()
            .filter(|child| child.is(Ns::NONE, "item"))
            .filter_map(|item| item.child(Ns::NONE, "enclosure"))
    };
    // Newsletters, such as those on Substack, also use Apple's elements, with images as enclosures, but Apple's
    // requirements for podcasts do not apply to them.
    let has_audio = enclosures().any(|enclosure| {
        !enclosure
            .value("type")
            .is_some_and(|kind| kind.trim_start().starts_with("image/"))
    });
    if has_audio && channel.child(Ns::ITUNES, "image").is_none() {
        report
            .add(&IMAGE_MISSING, channel.range(), "the podcast has no `itunes:image`")
            .help("add `<itunes:image href=\"…\"/>` with a square JPEG or PNG of 1400 to 3000 pixels")
            .missing(channel, "itunes:image");
    }
    if has_audio || report.is_w3c() {
        check_required(channel, report);
    }
    for enclosure in enclosures() {
        check_format(&enclosure, report);
    }
}

/// Checks for the other elements that Apple requires.
fn check_required(channel: &Element<'_>, report: &mut Collector) {
    for name in ["itunes:category", "itunes:explicit", "language"] {
        let is_present = match name {
            "language" => channel.child(Ns::NONE, "language").is_some() || channel.child(Ns::DC, "language").is_some(),
            _ => channel.child(Ns::ITUNES, name.trim_start_matches("itunes:")).is_some(),
        };
        if !is_present {
            report
                .add(
                    &ELEMENT_MISSING,
                    channel.range(),
                    format!("the podcast has no `{name}`"),
                )
                .help(format!("add `<{name}>`: Apple requires it"))
                .missing(channel, name);
        }
    }
    if channel
        .child(Ns::ITUNES, "owner")
        .is_none_or(|owner| owner.child(Ns::ITUNES, "email").is_none())
    {
        report
            .add(
                &OWNER_MISSING,
                channel.range(),
                "the podcast has no `itunes:owner` with `itunes:email`",
            )
            .help("add them, because directories verify the owner by e-mail; you can remove them afterwards")
            .missing(channel, "itunes:owner");
    }
}

fn check_format(enclosure: &Element<'_>, report: &mut Collector) {
    const SUPPORTED: [&str; 7] = ["mp3", "m4a", "mp4", "m4v", "mov", "pdf", "epub"];
    // The extension is taken from the URL's path, so a query does not matter. The W3C validator, in contrast, reports
    // URLs such as `a.mp3?x=1`.
    let extension = enclosure.value("url").and_then(address::extension);
    if let Some(extension) = extension.filter(|extension| !SUPPORTED.contains(&extension.as_str())) {
        // An extension that is not in the list below may be part of the URL of a redirect or a script, so it is not
        // reported. The W3C validator reports every unsupported extension.
        let is_audio_or_video = matches!(
            extension.as_str(),
            "wmv" | "wma" | "ogg" | "oga" | "ogv" | "opus" | "flac" | "wav" | "avi" | "webm" | "mkv" | "aac"
        );
        if is_audio_or_video || report.is_w3c() {
            report
                .add(
                    &FORMAT_UNSUPPORTED,
                    enclosure.range(),
                    format!("Apple does not support `.{extension}` files"),
                )
                .help("publish an `mp3` or `m4a` file")
                .about(enclosure);
        }
    }
}

/// Reports a podcast that declares Apple's namespace and is not in a Unicode encoding. Apple requires UTF-8.
pub(super) fn check_encoding(document: &Document<'_>, encoding: &str, report: &mut Collector) {
    let is_podcast = is_itunes_declared(document);
    if !report.is_w3c() && is_podcast {
        // The finding below reports the same problem and is more specific.
        report.withdraw(&super::encoding::NOT_UNICODE);
    }
    // A document in US-ASCII is also valid UTF-8.
    if is_podcast && !encoding.starts_with("UTF-") && encoding != "US-ASCII" {
        report
            .add(&NOT_UTF8, 0..1, format!("the podcast feed is encoded in {encoding}"))
            .help("encode it as UTF-8");
    }
}

fn is_itunes_declared(document: &Document<'_>) -> bool {
    document.bindings.iter().any(|binding| binding.ns == Ns::ITUNES)
}
