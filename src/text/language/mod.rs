//! Language tags (BCP 47) as people write them, and language detection.

mod detect;
mod frequent_words;
mod names;

pub use detect::detect;

/// A well-formed language tag with conventional capitalization: `en`, `pt-BR`, `zh-Hant`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

/// The maximum length of a tag, in bytes. RFC 5646 section 4.4.1 requires support for at least 35 characters.
const MAX_BYTES: usize = 64;

impl Language {
    /// Parses a tag as people write it: `en_US.UTF-8`, `zh_cn`, `DE`, `jp`, `Deutsch`.
    ///
    /// Returns `None` if the tag is not well-formed (RFC 5646 section 2.1) or does not name a language (`und`, `C`).
    pub fn new(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        if raw.is_empty() || raw.len() > MAX_BYTES {
            return None;
        }
        if let Some(tag) = names::by_name(raw) {
            return Some(Language(tag.to_owned()));
        }
        // A POSIX locale may have an encoding and a modifier: `de_DE.UTF-8@euro`.
        let tag = raw.split(['.', '@']).next()?.replace('_', "-").to_ascii_lowercase();
        if tag.ends_with('-') {
            return None;
        }
        let (primary, rest) = tag
            .split_once('-')
            .map_or((tag.as_str(), ""), |(primary, rest)| (primary, rest));
        let subtags = || rest.split('-').filter(|_| !rest.is_empty());
        let mut grammar = Grammar::default();
        if !subtags().all(|subtag| grammar.allows(subtag)) || grammar.is_incomplete() {
            return None;
        }
        let has_region = grammar.has_region;
        let mut out = primary_subtag(primary, has_region)?.to_owned();
        for (index, subtag) in subtags().enumerate() {
            out.push('-');
            match (subtag, subtag.len()) {
                // `zh-CHS` and `zh-CHT` are Microsoft's old tags for simplified and traditional Chinese.
                ("chs", 3) if index == 0 => out.push_str("Hans"),
                ("cht", 3) if index == 0 => out.push_str("Hant"),
                // In ISO 3166, the code of the United Kingdom is `GB`; `UK` is merely reserved.
                ("uk", 2) if index == 0 && primary == "en" => out.push_str("GB"),
                (_, 2) if Some(index) == grammar.region_at => out.push_str(&subtag.to_ascii_uppercase()),
                (_, 4) if Some(index) == grammar.script_at => {
                    let mut chars = subtag.chars();
                    out.extend(chars.next().map(|first| first.to_ascii_uppercase()));
                    out.push_str(chars.as_str());
                }
                _ => out.push_str(subtag),
            }
        }
        // After the replacements above, a tag may no longer be well-formed: `zh-CHS-Hans` would become `zh-Hans-Hans`.
        Grammar::accepts(&out).then_some(Language(out))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first subtag: `pt` in `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    fn from_static(tag: &'static str) -> Self {
        Language(tag.to_owned())
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Replaces the first subtag with the shortest code for its language (RFC 5646 section 2.2.1), and a country code with
/// the code for the country's language. Returns `None` if the subtag does not name a language.
fn primary_subtag(primary: &str, has_region: bool) -> Option<&str> {
    if !primary.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    if let Ok(at) = names::REPLACED.binary_search_by_key(&primary, |row| row.0) {
        let tag = names::REPLACED[at].1;
        // `cn` implies the region `CN`, but `cn-TW` already names a different region.
        return if has_region { tag.split('-').next() } else { Some(tag) };
    }
    match primary.len() {
        2 => names::TWO_LETTERS
            .split(' ')
            .any(|code| code == primary)
            .then_some(primary),
        // ISO 639-3 has thousands of codes, so they are not listed here. Only the four codes that do not name a
        // language are rejected: `und` (undetermined), `mul` (multiple languages), `zxx` (no linguistic content) and
        // `mis` (uncoded languages).
        3 => (!matches!(primary, "und" | "mul" | "zxx" | "mis")).then_some(primary),
        _ => None,
    }
}

/// Checks the order of all subtags except the first (RFC 5646 section 2.1).
#[derive(Default)]
struct Grammar {
    /// The kind of the previous subtag: 1 extended language, 2 script, 3 region, 4 variant, 5 extension, 6 private use.
    stage: u8,
    extended_languages: u8,
    /// Whether the previous subtag is a singleton, which must be followed by another subtag.
    is_open: bool,
    count: usize,
    has_region: bool,
    region_at: Option<usize>,
    script_at: Option<usize>,
}

impl Grammar {
    /// Whether all subtags of the tag except the first are in the right order.
    fn accepts(tag: &str) -> bool {
        let mut grammar = Grammar::default();
        tag.split('-').skip(1).all(|subtag| grammar.allows(subtag)) && !grammar.is_open
    }

    fn allows(&mut self, subtag: &str) -> bool {
        let index = self.count;
        self.count += 1;
        let is_alphabetic = subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_numeric = subtag.bytes().all(|byte| byte.is_ascii_digit());
        if !subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return false;
        }
        let follows_singleton = std::mem::take(&mut self.is_open);
        match subtag.len() {
            1..=8 if self.stage == 6 => true,
            // `x` starts private use, and any other singleton starts an extension.
            1 if !follows_singleton => {
                self.stage = if subtag == "x" { 6 } else { 5 };
                self.is_open = true;
                true
            }
            2..=8 if self.stage == 5 => true,
            3 if is_alphabetic && self.stage <= 1 && self.extended_languages < 3 => {
                self.stage = 1;
                self.extended_languages += 1;
                true
            }
            4 if is_alphabetic && self.stage <= 1 => {
                (self.stage, self.script_at) = (2, Some(index));
                true
            }
            2 if is_alphabetic && self.stage <= 2 => {
                (self.stage, self.region_at, self.has_region) = (3, Some(index), true);
                true
            }
            3 if is_numeric && self.stage <= 2 => {
                (self.stage, self.has_region) = (3, true);
                true
            }
            // A variant has 5 to 8 characters, or 4 if it starts with a digit: `1996`.
            5..=8 if self.stage <= 4 => {
                self.stage = 4;
                true
            }
            4 if subtag.starts_with(|c: char| c.is_ascii_digit()) && self.stage <= 4 => {
                self.stage = 4;
                true
            }
            _ => false,
        }
    }

    fn is_incomplete(&self) -> bool {
        self.is_open
    }
}
