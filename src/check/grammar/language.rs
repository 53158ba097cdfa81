//! Language tags: the grammar of BCP 47 (RFC 5646), and the list of two-letter language codes (ISO 639-1).

/// The two-letter language codes in the IANA registry, including deprecated ones.
const TWO_LETTER: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz \
ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw \
ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb \
nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st \
su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Registered tags that are valid only as a whole ("grandfathered" in RFC 5646).
const IRREGULAR: &[&str] = &[
    "en-gb-oed",
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
    "sgn-be-fr",
    "sgn-be-nl",
    "sgn-ch-de",
    "art-lojban",
    "cel-gaulish",
    "no-bok",
    "no-nyn",
    "zh-guoyu",
    "zh-hakka",
    "zh-min",
    "zh-min-nan",
    "zh-xiang",
];

/// Whether the text is a language tag.
pub(in crate::check) fn is_language(text: &str) -> bool {
    let tag = text.to_ascii_lowercase();
    if IRREGULAR.contains(&tag.as_str()) {
        return true;
    }
    let mut subtags = tag.split('-').peekable();
    let language = subtags.next().unwrap_or("");
    if language == "x" {
        return is_private(subtags);
    }
    let is_language = match language.len() {
        2 => TWO_LETTER.split(' ').any(|listed| listed == language),
        // The registry contains nearly 8,000 three-letter codes, which are not listed here, so any three letters are
        // accepted.
        3 => language.bytes().all(|byte| byte.is_ascii_lowercase()),
        // RFC 5646 allows longer language codes, but none is registered.
        _ => false,
    };
    if !is_language {
        return false;
    }
    let is_alpha =
        |subtag: &str, length: usize| subtag.len() == length && subtag.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_digit =
        |subtag: &str, length: usize| subtag.len() == length && subtag.bytes().all(|byte| byte.is_ascii_digit());
    // RFC 5646 section 2.1 prescribes this order: up to three extended language subtags, a script, a region, and any
    // number of variants.
    for _ in 0..3 {
        subtags.next_if(|subtag| is_alpha(subtag, 3));
    }
    subtags.next_if(|subtag| is_alpha(subtag, 4));
    subtags.next_if(|subtag| is_alpha(subtag, 2) || is_digit(subtag, 3));
    let is_variant = |subtag: &str| {
        is_alphanumeric(subtag)
            && ((5..=8).contains(&subtag.len())
                // Variants of four characters begin with a digit, which distinguishes them from scripts.
                || subtag.len() == 4 && subtag.starts_with(|c: char| c.is_ascii_digit()))
    };
    while subtags.next_if(|subtag| is_variant(subtag)).is_some() {}
    are_extensions(subtags)
}

/// Whether the rest of a tag consists of extensions, such as `u-co-phonebk`, and an optional private-use part.
fn are_extensions<'t>(mut subtags: std::iter::Peekable<impl Iterator<Item = &'t str>>) -> bool {
    while let Some(singleton) = subtags.next() {
        if singleton == "x" {
            return is_private(subtags);
        }
        if singleton.len() != 1 || !is_alphanumeric(singleton) {
            return false;
        }
        let is_value = |subtag: &&str| (2..=8).contains(&subtag.len()) && is_alphanumeric(subtag);
        if subtags.next_if(is_value).is_none() {
            return false;
        }
        while subtags.next_if(is_value).is_some() {}
    }
    true
}

fn is_alphanumeric(subtag: &str) -> bool {
    subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether the subtags after an `x` form a private-use part.
fn is_private<'t>(mut subtags: impl Iterator<Item = &'t str>) -> bool {
    let mut count = 0;
    let all = subtags.all(|subtag| {
        count += 1;
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    all && count > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_language_tags() {
        for (text, valid) in [
            ("en", true),
            ("en-US", true),
            ("zh-Hant-TW", true),
            ("yue", true),
            ("de-CH-1996", true),
            ("es-419", true),
            ("en-x-private", true),
            ("i-klingon", true),
            ("en_US", false),
            ("english", false),
            ("xx", false),
            ("en-", false),
            ("en-banana1234", false),
            ("", false),
        ] {
            assert_eq!(is_language(text), valid, "{text}");
        }
    }
}
