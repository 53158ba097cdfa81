//! Detects the most common languages by their most frequent words, which is much faster than comparing trigrams.

use std::sync::OnceLock;

/// The languages in which most articles are written, each with its most frequent words, which make up about 40% of
/// prose in that language.
///
/// Some other languages, such as Portuguese, are closely related to several languages in the list and share many words
/// with them. For text in such a language, no language in the list wins clearly, so trigrams decide.
const LANGUAGES: [(&str, &str); 5] = [
    (
        "en",
        "the of and to in is that it for was with as be this are on by have from or an not which you but at can they \
         will has we if would their there what been when were your all more so our out do about",
    ),
    (
        "de",
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat \
         dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur wir",
    ),
    (
        "fr",
        "de la le et les des en un du une est que dans qui par pour au sur pas plus ne se avec il ce sont ou aux mais \
         nous vous cette on son être leur comme ses ont été fait sans elle",
    ),
    (
        "es",
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me sin sobre \
         este ya entre cuando todo esta son también fue hay",
    ),
    (
        "it",
        "di e il la che in un a per è una sono con non si del da le dei al come della più gli alla ha ma anche nel \
         lo questo delle su o nella se ci dal",
    ),
];

/// The minimum share of frequent words in the text, in percent. Prose has about 40%; lists and code have less.
const MIN_SHARE: usize = 18;
/// The minimum ratio of the number of frequent words in the detected language to the number in any other language of
/// the list. Text in a related language never reaches this ratio.
const MARGIN: usize = 3;
/// The minimum number of frequent words in the text.
const MIN_WORDS: usize = 14;

/// The language whose frequent words occur most often in the text. Returns `None` if the text contains too few of these
/// words, or if they do not occur far more often than those of every other language in the list.
pub(super) fn detect(text: &str) -> Option<&'static str> {
    let table = Table::get();
    let mut words = 0;
    let mut found = [0_usize; LANGUAGES.len()];
    for word in Words(text.as_bytes()) {
        words += 1;
        let languages = table.languages(word);
        for (at, count) in found.iter_mut().enumerate() {
            *count += usize::from(languages >> at & 1);
        }
    }
    let (at, most) = found.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let others = found.iter().enumerate().filter(|(other, _)| *other != at);
    let second = others.map(|(_, count)| *count).max()?;
    let is_clear = *most >= MIN_WORDS && most * 100 >= words * MIN_SHARE && *most >= second * MARGIN;
    is_clear.then(|| LANGUAGES[at].0)
}

/// An iterator over the words of the text; `l’homme` is two words.
struct Words<'a>(&'a [u8]);

impl<'a> Iterator for Words<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let bytes = self.0;
        let mut start = 0;
        loop {
            match separator(bytes.get(start..).filter(|rest| !rest.is_empty())?) {
                0 => break,
                length => start += length,
            }
        }
        let continues = |at: usize| IS_IN_WORD[usize::from(bytes[at])] || separator(&bytes[at..]) == 0;
        let mut end = start + 1;
        while end < bytes.len() && continues(end) {
            end += 1;
        }
        self.0 = &bytes[end..];
        Some(&bytes[start..end])
    }
}

/// The length in bytes of the separator at the start of the text, or 0 if there is none. Separators are white space and
/// punctuation, including `«`, `’` and `—`.
fn separator(text: &[u8]) -> usize {
    match text {
        [byte, ..] if byte.is_ascii() => usize::from(!byte.is_ascii_alphanumeric()),
        // No-break space, `«` and `»` in UTF-8.
        [0xC2, 0xA0 | 0xAB | 0xBB, ..] => 2,
        // U+2000 to U+203F: spaces, dashes, quotes and ellipses.
        [0xE2, 0x80, _, ..] => 3,
        _ => 0,
    }
}

/// Bytes that never start a separator.
const IS_IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || (byte >= 0x80 && byte != 0xC2 && byte != 0xE2);
        byte += 1;
    }
    table
};

/// The words, grouped into rows by length and first byte. Each word has a bit mask of the languages that use it.
struct Table(Vec<Vec<(&'static [u8], u8)>>);

/// The length of the longest word in the table, in bytes.
const MAX_WORD_BYTES: usize = 8;

impl Table {
    fn get() -> &'static Table {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| {
            let mut table = Table(vec![Vec::new(); 256]);
            for (at, (_, words)) in LANGUAGES.iter().enumerate() {
                for word in words.split_whitespace().map(str::as_bytes) {
                    let row = &mut table.0[row(word)];
                    match row.iter_mut().find(|(entry, _)| *entry == word) {
                        Some((_, languages)) => *languages |= 1 << at,
                        None => row.push((word, 1 << at)),
                    }
                }
            }
            table
        })
    }

    fn languages(&self, word: &[u8]) -> u8 {
        let mut lower = [0; MAX_WORD_BYTES];
        let Some(lower) = lower.get_mut(..word.len()) else {
            return 0;
        };
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        let entry = self.0[row(lower)].iter().find(|(entry, _)| *entry == lower);
        entry.map_or(0, |(_, languages)| *languages)
    }
}

fn row(word: &[u8]) -> usize {
    let first = word.first().map_or(0, |first| usize::from(*first));
    (first * 8 + word.len()) % 256
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_detected_by_frequent_words() {
        let cases = [
            (
                "The boats that were left on the shore have been there for years, and what is more, they will not be \
                 moved by the people who own the land if it can be helped.",
                Some("en"),
            ),
            (
                "Die Boote, die am Ufer liegen, sind seit Jahren nicht mehr auf dem See gewesen, und wer sie von dort \
                 holen will, der hat es mit dem Besitzer zu tun, der das nicht so gern sieht.",
                Some("de"),
            ),
            // Portuguese shares many frequent words with the related languages in the table.
            (
                "Os barcos que estão na praia são de um homem que não os usa há anos, e se alguém os quer levar, tem \
                 de falar com ele, que não gosta de ver por lá a gente da cidade.",
                None,
            ),
            (
                "boats shore years land people owner lake water wind rain sun moon",
                None,
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(detect(text), expected, "{text}");
        }
        let longest = LANGUAGES
            .iter()
            .flat_map(|(_, words)| words.split_whitespace())
            .map(str::len);
        assert!(longest.max() <= Some(MAX_WORD_BYTES));
    }
}
