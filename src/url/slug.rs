//! Turns a title into a part of an address.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The maximum length of a slug, in bytes. A file name may have up to 255 bytes, and a counter and an extension may
/// follow the slug.
const MAX_BYTES: usize = 120;

/// Returns the letters and digits of `text` in lowercase, with hyphens between words. Keeps letters and digits of any
/// script: `Ångström 2.0` becomes `ångström-2-0`. The slug is empty if the text contains no letters or digits. A slug
/// of more than 120 bytes is cut at the end of a word, or inside the first word if that word is too long.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    // `don't` is one word, and so is a word with a soft hyphen.
    let joins = |c: &char| matches!(c, '\'' | '’' | 'ʼ' | '\u{AD}' | '\u{200C}' | '\u{200D}');
    let lower = text.nfkc().flat_map(char::to_lowercase);
    // Normalize again without the joiners, because normalization does not reorder combining marks across a joiner.
    for c in lower.filter(|c| !joins(c)).nfc() {
        let is_kept = c.is_alphanumeric() || (is_combining_mark(c) && !out.is_empty() && !gap);
        if !is_kept {
            gap = !out.is_empty();
            continue;
        }
        let needed = c.len_utf8() + usize::from(gap);
        if out.len() + needed > MAX_BYTES {
            // The word does not fit as a whole, so also remove the part of it that has already been added.
            if !gap && let Some(word) = out.rfind('-') {
                out.truncate(word);
            }
            break;
        }
        if std::mem::take(&mut gap) {
            out.push('-');
        }
        out.push(c);
    }
    out
}
