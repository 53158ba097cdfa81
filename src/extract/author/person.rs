//! Whether what stands for a name is a person's, an office's or nobody's.

/// Names of offices and of nobody.
const NOBODY: &[&str] = &[
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
    "by",
    "von",
    "quelle",
    "source",
    "stand",
    "name",
    "webdesk",
    "web desk",
    "news desk",
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

/// What companies and offices have in their names.
pub(super) const OFFICES: &[&str] = &[
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

pub(super) fn is_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words = name.split_whitespace().count();
    let first = lower.split_whitespace().next().unwrap_or_default();
    let is_anyone = words > 1 && matches!(first, "a" | "an" | "ein" | "eine" | "un" | "une");
    let is_nobody = NOBODY.contains(&lower.as_str()) || OFFICES.iter().any(|mark| lower.contains(mark));
    // A handle may hold a figure, a name does not.
    let has_figure = words > 1 && name.chars().any(|c| c.is_ascii_digit());
    !is_nobody
        && !is_anyone
        && !has_figure
        && !name.starts_with('@')
        && !name.ends_with([':', '?', '!'])
        && words <= 6
        && name.chars().count() <= 60
        && name.chars().count() >= 2
}

/// What makes a name an office's that is no company's.
const TEAMS: &[&str] = &[
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

/// Whether a name is that of an office, and more than what all offices are called.
pub(super) fn is_office(name: &str) -> bool {
    let lower = name.to_lowercase();
    TEAMS.iter().any(|mark| lower.contains(mark))
        && !NOBODY.contains(&lower.as_str())
        && lower.contains([' ', '-'])
        && !lower.contains("http")
        && !lower.contains("www.")
        && (3..=60).contains(&name.chars().count())
        && lower.split_whitespace().count() <= 6
}
