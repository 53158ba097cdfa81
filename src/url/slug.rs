//! A title as a part of an address.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// File systems hold names of 255 bytes; a counter and an extension must fit behind.
const LONGEST: usize = 120;

/// The letters and digits of a text, in any script and lower case, with hyphens between words: `Ångström 2.0` is
/// `ångström-2-0`. Empty where it has none; cut at a word at 120 bytes.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    // don't is one word, and so is a word with a soft hyphen
    let joins = |c: &char| matches!(c, '\'' | '’' | 'ʼ' | '\u{AD}' | '\u{200C}' | '\u{200D}');
    let lower = text.nfkc().flat_map(char::to_lowercase);
    // What stood between two marks is gone before their order is settled.
    for c in lower.filter(|c| !joins(c)).nfc() {
        let part = c.is_alphanumeric() || (is_combining_mark(c) && !out.is_empty() && !gap);
        if !part {
            gap = !out.is_empty();
            continue;
        }
        let needed = c.len_utf8() + usize::from(gap);
        if out.len() + needed > LONGEST {
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
