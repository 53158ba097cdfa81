//! Distinguishes people's names from the names of editorial offices and organizations.

/// Names that do not identify a particular person or office.
const GENERIC_NAMES: &[&str] = &[
    // Default accounts in content management systems, and generic names for editorial offices.
    "admin",
    "administrator",
    "editor",
    "editorial",
    "editorial team",
    "editorial staff",
    "staff",
    "staff writer",
    "newsroom",
    "redaktion",
    "die redaktion",
    "redacción",
    "redaccion",
    "rédaction",
    "la rédaction",
    "redazione",
    "redakcja",
    "редакция",
    "webmaster",
    "user",
    "super user",
    "root",
    "guest",
    "gast",
    "gastautor",
    "anonymous",
    "anonym",
    "unknown",
    "unknown author",
    "none",
    "null",
    "author",
    "autor",
    "autoren",
    "team",
    "press release",
    "presse",
    "pressestelle",
    // Labels that remain if a byline contains no name.
    "by",
    "von",
    "quelle",
    "source",
    "stand",
    "name",
    "webdesk",
    "web desk",
    "news desk",
    // A news agency is the source of an article, not its author.
    "agencies",
    "afp",
    "dpa",
    "reuters",
    "ap",
    "epd",
    "kna",
    "sid",
    "onlineredaktion",
    "online-redaktion",
    "posted",
    "published",
    "written",
    "veröffentlicht",
    "alle beiträge",
    "alle artikel",
    "all posts",
    "view my complete profile",
    "profil",
    "profile",
];

/// Substrings of company, institution and site names.
pub(super) const ORGANIZATION_MARKERS: &[&str] = &[
    "gmbh",
    "co. kg",
    " kg ",
    "e. v.",
    "e.v.",
    " inc",
    " ltd",
    " llc",
    "verlag",
    "ministerium",
    "redaktion",
    "universität",
    "university",
    "institut",
    "verein",
    "stiftung",
    "presse",
    "news",
    ".com",
    ".de",
    ".org",
    ".net",
    "www.",
    "team",
    "http",
];

/// Whether the name may be a person's name.
pub(super) fn is_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words = name.split_whitespace().count();
    let first = lower.split_whitespace().next().unwrap_or_default();
    // `A reader` and `Ein Gast` describe people without naming them.
    let is_indefinite = words > 1 && matches!(first, "a" | "an" | "ein" | "eine" | "un" | "une");
    let is_organization = ORGANIZATION_MARKERS.iter().any(|marker| lower.contains(marker));
    // A handle of one word may contain digits, but a full name does not.
    let has_digit = words > 1 && name.chars().any(|c| c.is_ascii_digit());
    !GENERIC_NAMES.contains(&lower.as_str())
        && !is_organization
        && !is_indefinite
        && !has_digit
        && !name.starts_with('@')
        && !name.ends_with([':', '?', '!'])
        && words <= 6
        && name.chars().count() <= 60
        && name.chars().count() >= 2
}

/// Strings that occur in the names of editorial offices.
const OFFICE_MARKERS: &[&str] = &[
    "redaktion",
    "team",
    "editorial",
    "editors",
    "newsroom",
    " desk",
    "redacción",
    "rédaction",
    "redazione",
];

/// Whether the name identifies a particular editorial office: `Harbor News desk team`, not `Editorial team`.
pub(super) fn is_office(name: &str) -> bool {
    let lower = name.to_lowercase();
    OFFICE_MARKERS.iter().any(|marker| lower.contains(marker))
        && !GENERIC_NAMES.contains(&lower.as_str())
        && lower.contains([' ', '-'])
        && !lower.contains("http")
        && !lower.contains("www.")
        && (3..=60).contains(&name.chars().count())
        && lower.split_whitespace().count() <= 6
}
