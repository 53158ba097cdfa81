//! HTML elements, current and obsolete, and their traits.

/// Browsers support the element.
pub(in crate::check) const SUPPORTED: u8 = 1;
/// The element has no end tag.
pub(in crate::check) const VOID: u8 = 2;
/// The end tag may be omitted.
pub(in crate::check) const OPTIONAL_END: u8 = 4;
/// Readers remove the element, with or without its content, and the W3C validator reports it.
pub(in crate::check) const UNSAFE: u8 = 8;
/// The element is part of a form.
pub(in crate::check) const FORM: u8 = 16;
/// The element's content is text, not markup.
pub(in crate::check) const RAW_TEXT: u8 = 32;
/// The element's content is SVG or MathML, not HTML.
pub(in crate::check) const FOREIGN: u8 = 64;

/// Looks up the traits of an element by its name, ignoring case; returns 0 if there is no such element.
pub(in crate::check) fn traits(name: &str) -> u8 {
    // No name in the table has more than 12 bytes. Without this limit, a long name might not fit in a key, which holds
    // 16 bytes.
    if name.len() > 12 {
        return 0;
    }
    let wanted = key(name);
    KEYS.binary_search_by(|(key, _)| key.cmp(&wanted))
        .map_or(0, |at| KEYS[at].1)
}

/// Converts a name to lowercase and packs it into a number. Every tag is looked up, and comparing numbers is faster
/// than comparing strings.
///
/// The 16 bytes of a `u128` are enough, because the longest name in the table has 10 bytes.
const fn key(name: &str) -> u128 {
    let bytes = name.as_bytes();
    let (mut key, mut at) = (0, 0);
    while at < bytes.len() {
        key = key << 8 | bytes[at].to_ascii_lowercase() as u128;
        at += 1;
    }
    key
}

/// The keys and traits of all elements, sorted by key for binary search. The sorting takes place at compile time.
static KEYS: [(u128, u8); ELEMENTS.len()] = {
    // This is an insertion sort, because the standard library's sort functions cannot be called at compile time.
    let mut keys = [(0, 0); ELEMENTS.len()];
    let mut count = 0;
    while count < ELEMENTS.len() {
        let (key, traits) = (key(ELEMENTS[count].0), ELEMENTS[count].1);
        let mut at = count;
        while at > 0 && keys[at - 1].0 > key {
            keys[at] = keys[at - 1];
            at -= 1;
        }
        keys[at] = (key, traits);
        count += 1;
    }
    keys
};

/// The names and traits of all elements, sorted by name.
#[rustfmt::skip]
const ELEMENTS: &[(&str, u8)] = &[
    ("a", SUPPORTED),
    ("abbr", SUPPORTED),
    ("acronym", SUPPORTED),
    ("address", SUPPORTED),
    ("applet", SUPPORTED | UNSAFE),
    ("area", SUPPORTED | VOID),
    ("article", SUPPORTED),
    ("aside", SUPPORTED),
    ("audio", SUPPORTED),
    ("b", SUPPORTED),
    ("base", SUPPORTED | VOID | UNSAFE),
    ("basefont", SUPPORTED | VOID | UNSAFE),
    ("bdi", SUPPORTED),
    ("bdo", SUPPORTED),
    ("bgsound", VOID | UNSAFE),
    ("big", SUPPORTED),
    ("blink", SUPPORTED),
    ("blockquote", SUPPORTED),
    ("body", SUPPORTED | OPTIONAL_END | UNSAFE),
    ("br", SUPPORTED | VOID),
    ("button", SUPPORTED | FORM),
    ("canvas", SUPPORTED),
    ("caption", SUPPORTED | OPTIONAL_END),
    ("center", SUPPORTED),
    ("cite", SUPPORTED),
    ("code", SUPPORTED),
    ("col", SUPPORTED | VOID),
    ("colgroup", SUPPORTED | OPTIONAL_END),
    ("command", SUPPORTED | VOID),
    ("data", SUPPORTED),
    ("datalist", SUPPORTED),
    ("dd", SUPPORTED | OPTIONAL_END),
    ("del", SUPPORTED),
    ("details", SUPPORTED),
    ("dfn", SUPPORTED),
    ("dialog", SUPPORTED),
    ("dir", SUPPORTED),
    ("div", SUPPORTED),
    ("dl", SUPPORTED),
    ("dt", SUPPORTED | OPTIONAL_END),
    ("em", SUPPORTED),
    ("embed", SUPPORTED | VOID | UNSAFE),
    ("fieldset", SUPPORTED),
    ("figcaption", SUPPORTED),
    ("figure", SUPPORTED),
    ("font", SUPPORTED),
    ("footer", SUPPORTED),
    ("form", SUPPORTED | FORM),
    ("frame", SUPPORTED | VOID | UNSAFE),
    ("frameset", SUPPORTED | UNSAFE),
    ("h1", SUPPORTED),
    ("h2", SUPPORTED),
    ("h3", SUPPORTED),
    ("h4", SUPPORTED),
    ("h5", SUPPORTED),
    ("h6", SUPPORTED),
    ("head", SUPPORTED | OPTIONAL_END | UNSAFE),
    ("header", SUPPORTED),
    ("hgroup", SUPPORTED),
    ("hr", SUPPORTED | VOID),
    ("html", SUPPORTED | OPTIONAL_END | UNSAFE),
    ("i", SUPPORTED),
    ("iframe", SUPPORTED | UNSAFE | RAW_TEXT),
    ("img", SUPPORTED | VOID),
    ("input", SUPPORTED | VOID | FORM),
    ("ins", SUPPORTED),
    ("isindex", SUPPORTED | UNSAFE),
    ("kbd", SUPPORTED),
    ("keygen", SUPPORTED | VOID),
    ("label", SUPPORTED),
    ("layer", UNSAFE),
    ("legend", SUPPORTED),
    ("li", SUPPORTED | OPTIONAL_END),
    ("link", SUPPORTED | VOID | UNSAFE),
    ("main", SUPPORTED),
    ("map", SUPPORTED),
    ("mark", SUPPORTED),
    ("marquee", SUPPORTED),
    ("math", SUPPORTED | FOREIGN),
    ("menu", SUPPORTED),
    ("menuitem", SUPPORTED),
    ("meta", SUPPORTED | VOID | UNSAFE),
    ("meter", SUPPORTED),
    ("nav", SUPPORTED),
    ("nobr", SUPPORTED),
    ("noembed", SUPPORTED | RAW_TEXT),
    ("noframes", SUPPORTED | UNSAFE | RAW_TEXT),
    // The content of `noscript` is raw text only in programs that run scripts, and feed readers do not run any.
    ("noscript", SUPPORTED),
    ("object", SUPPORTED | UNSAFE),
    ("ol", SUPPORTED),
    ("optgroup", SUPPORTED | OPTIONAL_END),
    ("option", SUPPORTED | OPTIONAL_END),
    ("output", SUPPORTED),
    ("p", SUPPORTED | OPTIONAL_END),
    ("param", SUPPORTED | VOID | UNSAFE),
    ("picture", SUPPORTED),
    // `plaintext` has no end tag: everything after the start tag is text.
    ("plaintext", SUPPORTED | VOID | RAW_TEXT),
    ("pre", SUPPORTED),
    ("progress", SUPPORTED),
    ("q", SUPPORTED),
    ("rb", SUPPORTED),
    ("rp", SUPPORTED | OPTIONAL_END),
    ("rt", SUPPORTED | OPTIONAL_END),
    ("rtc", SUPPORTED),
    ("ruby", SUPPORTED),
    ("s", SUPPORTED),
    ("samp", SUPPORTED),
    ("script", SUPPORTED | UNSAFE | RAW_TEXT),
    ("search", SUPPORTED),
    ("section", SUPPORTED),
    ("select", SUPPORTED | FORM),
    ("slot", SUPPORTED),
    ("small", SUPPORTED),
    ("source", SUPPORTED | VOID),
    ("spacer", SUPPORTED),
    ("span", SUPPORTED),
    ("strike", SUPPORTED),
    ("strong", SUPPORTED),
    ("style", SUPPORTED | UNSAFE | RAW_TEXT),
    ("sub", SUPPORTED),
    ("summary", SUPPORTED),
    ("sup", SUPPORTED),
    ("svg", SUPPORTED | FOREIGN),
    ("table", SUPPORTED),
    ("tbody", SUPPORTED | OPTIONAL_END),
    ("td", SUPPORTED | OPTIONAL_END),
    ("template", SUPPORTED),
    ("textarea", SUPPORTED | FORM | RAW_TEXT),
    ("tfoot", SUPPORTED | OPTIONAL_END),
    ("th", SUPPORTED | OPTIONAL_END),
    ("thead", SUPPORTED | OPTIONAL_END),
    ("time", SUPPORTED),
    ("title", SUPPORTED | UNSAFE | RAW_TEXT),
    ("tr", SUPPORTED | OPTIONAL_END),
    ("track", SUPPORTED | VOID),
    ("tt", SUPPORTED),
    ("u", SUPPORTED),
    ("ul", SUPPORTED),
    ("var", SUPPORTED),
    ("video", SUPPORTED),
    ("wbr", SUPPORTED | VOID),
    ("xmp", SUPPORTED | RAW_TEXT),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_sorted_and_found_in_any_case() {
        assert!(ELEMENTS.is_sorted_by(|(one, _), (other, _)| one < other));
        assert!(
            ELEMENTS
                .iter()
                .all(|(name, _)| traits(name) > 0 && traits(&name.to_uppercase()) > 0)
        );
        assert_eq!(traits("x-custom-element"), 0);
    }
}
