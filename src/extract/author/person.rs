//! Whether a name is that of a person, of an office, or of neither.

/// Names that identify neither a person nor a particular office.
const GENERIC_NAMES: &[&str] = &[
    // Default accounts of content management systems, and names of editorial offices.
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
    // Labels from bylines without a name.
    "by",
    "von",
    "quelle",
    "source",
    "stand",
    "name",
    "webdesk",
    "web desk",
    "news desk",
    // An agency is the source of a text, not its author.
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

/// Parts of the names of companies, institutions and sites.
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

/// Whether a name may be that of a person.
pub(super) fn is_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words = name.split_whitespace().count();
    let first = lower.split_whitespace().next().unwrap_or_default();
    let is_indefinite = words > 1 && matches!(first, "a" | "an" | "ein" | "eine" | "un" | "une");
    let is_organization = ORGANIZATION_MARKERS.iter().any(|marker| lower.contains(marker));
    // A handle of one word may contain a digit, a name does not.
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

/// Parts of the names of editorial offices.
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

/// Whether a name is that of a particular office: `Harbor News desk team`, not `Editorial team`.
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
