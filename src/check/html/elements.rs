//! The elements of HTML, of today and of old, and what is peculiar about each.

/// A browser knows it.
pub(in crate::check) const KNOWN: u8 = 1;
/// It has no end tag.
pub(in crate::check) const VOID: u8 = 2;
/// Its end tag may be left out.
pub(in crate::check) const OPTIONAL_END: u8 = 4;
/// Readers and the W3C validator take it away, with or without what is inside.
pub(in crate::check) const UNSAFE: u8 = 8;
/// It is part of a form.
pub(in crate::check) const FORM: u8 = 16;
/// Its text is not markup.
pub(in crate::check) const RAW_TEXT: u8 = 32;
/// What is inside has names of its own.
pub(in crate::check) const FOREIGN: u8 = 64;

/// What is peculiar about the element of a name, in any case: 0 if no one knows it.
pub(in crate::check) fn traits(name: &str) -> u8 {
    if name.len() > 12 {
        return 0;
    }
    let wanted = key(name);
    KEYS.binary_search_by(|(key, _)| key.cmp(&wanted))
        .map_or(0, |at| KEYS[at].1)
}

/// A name in lower case as a number: every tag is looked up, and numbers compare faster than text.
const fn key(name: &str) -> u128 {
    let bytes = name.as_bytes();
    let (mut key, mut at) = (0, 0);
    while at < bytes.len() {
        key = key << 8 | bytes[at].to_ascii_lowercase() as u128;
        at += 1;
    }
    key
}

/// The elements in the order of their keys.
static KEYS: [(u128, u8); ELEMENTS.len()] = {
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

/// In the order of their names.
#[rustfmt::skip]
const ELEMENTS: &[(&str, u8)] = &[
    ("a", KNOWN),
    ("abbr", KNOWN),
    ("acronym", KNOWN),
    ("address", KNOWN),
    ("applet", KNOWN | UNSAFE),
    ("area", KNOWN | VOID),
    ("article", KNOWN),
    ("aside", KNOWN),
    ("audio", KNOWN),
    ("b", KNOWN),
    ("base", KNOWN | VOID | UNSAFE),
    ("basefont", KNOWN | VOID | UNSAFE),
    ("bdi", KNOWN),
    ("bdo", KNOWN),
    ("bgsound", VOID | UNSAFE),
    ("big", KNOWN),
    ("blink", KNOWN),
    ("blockquote", KNOWN),
    ("body", KNOWN | OPTIONAL_END | UNSAFE),
    ("br", KNOWN | VOID),
    ("button", KNOWN | FORM),
    ("canvas", KNOWN),
    ("caption", KNOWN | OPTIONAL_END),
    ("center", KNOWN),
    ("cite", KNOWN),
    ("code", KNOWN),
    ("col", KNOWN | VOID),
    ("colgroup", KNOWN | OPTIONAL_END),
    ("command", KNOWN | VOID),
    ("data", KNOWN),
    ("datalist", KNOWN),
    ("dd", KNOWN | OPTIONAL_END),
    ("del", KNOWN),
    ("details", KNOWN),
    ("dfn", KNOWN),
    ("dialog", KNOWN),
    ("dir", KNOWN),
    ("div", KNOWN),
    ("dl", KNOWN),
    ("dt", KNOWN | OPTIONAL_END),
    ("em", KNOWN),
    ("embed", KNOWN | VOID | UNSAFE),
    ("fieldset", KNOWN),
    ("figcaption", KNOWN),
    ("figure", KNOWN),
    ("font", KNOWN),
    ("footer", KNOWN),
    ("form", KNOWN | FORM),
    ("frame", KNOWN | VOID | UNSAFE),
    ("frameset", KNOWN | UNSAFE),
    ("h1", KNOWN),
    ("h2", KNOWN),
    ("h3", KNOWN),
    ("h4", KNOWN),
    ("h5", KNOWN),
    ("h6", KNOWN),
    ("head", KNOWN | OPTIONAL_END | UNSAFE),
    ("header", KNOWN),
    ("hgroup", KNOWN),
    ("hr", KNOWN | VOID),
    ("html", KNOWN | OPTIONAL_END | UNSAFE),
    ("i", KNOWN),
    ("iframe", KNOWN | UNSAFE | RAW_TEXT),
    ("img", KNOWN | VOID),
    ("input", KNOWN | VOID | FORM),
    ("ins", KNOWN),
    ("isindex", KNOWN | UNSAFE),
    ("kbd", KNOWN),
    ("keygen", KNOWN | VOID),
    ("label", KNOWN),
    ("layer", UNSAFE),
    ("legend", KNOWN),
    ("li", KNOWN | OPTIONAL_END),
    ("link", KNOWN | VOID | UNSAFE),
    ("main", KNOWN),
    ("map", KNOWN),
    ("mark", KNOWN),
    ("marquee", KNOWN),
    ("math", KNOWN | FOREIGN),
    ("menu", KNOWN),
    ("menuitem", KNOWN),
    ("meta", KNOWN | VOID | UNSAFE),
    ("meter", KNOWN),
    ("nav", KNOWN),
    ("nobr", KNOWN),
    ("noembed", KNOWN | RAW_TEXT),
    ("noframes", KNOWN | UNSAFE | RAW_TEXT),
    ("noscript", KNOWN),
    ("object", KNOWN | UNSAFE),
    ("ol", KNOWN),
    ("optgroup", KNOWN | OPTIONAL_END),
    ("option", KNOWN | OPTIONAL_END),
    ("output", KNOWN),
    ("p", KNOWN | OPTIONAL_END),
    ("param", KNOWN | VOID | UNSAFE),
    ("picture", KNOWN),
    ("plaintext", KNOWN | VOID | RAW_TEXT),
    ("pre", KNOWN),
    ("progress", KNOWN),
    ("q", KNOWN),
    ("rb", KNOWN),
    ("rp", KNOWN | OPTIONAL_END),
    ("rt", KNOWN | OPTIONAL_END),
    ("rtc", KNOWN),
    ("ruby", KNOWN),
    ("s", KNOWN),
    ("samp", KNOWN),
    ("script", KNOWN | UNSAFE | RAW_TEXT),
    ("search", KNOWN),
    ("section", KNOWN),
    ("select", KNOWN | FORM),
    ("slot", KNOWN),
    ("small", KNOWN),
    ("source", KNOWN | VOID),
    ("spacer", KNOWN),
    ("span", KNOWN),
    ("strike", KNOWN),
    ("strong", KNOWN),
    ("style", KNOWN | UNSAFE | RAW_TEXT),
    ("sub", KNOWN),
    ("summary", KNOWN),
    ("sup", KNOWN),
    ("svg", KNOWN | FOREIGN),
    ("table", KNOWN),
    ("tbody", KNOWN | OPTIONAL_END),
    ("td", KNOWN | OPTIONAL_END),
    ("template", KNOWN),
    ("textarea", KNOWN | FORM | RAW_TEXT),
    ("tfoot", KNOWN | OPTIONAL_END),
    ("th", KNOWN | OPTIONAL_END),
    ("thead", KNOWN | OPTIONAL_END),
    ("time", KNOWN),
    ("title", KNOWN | UNSAFE | RAW_TEXT),
    ("tr", KNOWN | OPTIONAL_END),
    ("track", KNOWN | VOID),
    ("tt", KNOWN),
    ("u", KNOWN),
    ("ul", KNOWN),
    ("var", KNOWN),
    ("video", KNOWN),
    ("wbr", KNOWN | VOID),
    ("xmp", KNOWN | RAW_TEXT),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stand_in_the_order_they_are_looked_up_by() {
        assert!(ELEMENTS.is_sorted_by(|(one, _), (other, _)| one < other));
        assert!(
            ELEMENTS
                .iter()
                .all(|(name, _)| traits(name) > 0 && traits(&name.to_uppercase()) > 0)
        );
        assert_eq!(traits("x-element-of-my-own"), 0);
    }
}
