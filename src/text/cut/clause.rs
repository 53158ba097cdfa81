//! Derives a title from the first sentence of an article. A long sentence is cut at a point where the beginning makes
//! sense without the rest.

use crate::text::collapse;

use super::{char_units, cut_words, dateline::strip_dateline, fitting, is_wide, sentence::sentence_end, units};

/// The minimum number of words in a derived title.
const MIN_WORDS: usize = 5;

/// How far past the limit, in units, to look for the punctuation mark that ends a clause.
const OVERHANG: usize = 3;

/// The first sentence of the text, without its dateline. If the sentence is longer than `limit` units, it is cut after
/// a clause or before a preposition.
///
/// Never cuts after words such as `the` or `of`, or inside brackets or quotes. If there is no suitable position, cuts
/// after a word and adds `…`.
pub fn first_clause(text: &str, limit: usize) -> String {
    let text = strip_dateline(text);
    let sentence = collapse(&text[..first_sentence(text)]);
    // Remove the final period: only 1.2% of 1,293 real headlines end with one.
    let sentence = sentence.trim_end_matches(['.', '。', '।', '۔']);
    if fitting(sentence, limit) == sentence.len() {
        return sentence.to_owned();
    }
    match last_boundary(sentence, limit) {
        Some(at) => trim(&sentence[..at]).to_owned(),
        None => {
            let cut = cut_words(sentence, limit);
            let mut start = cut.trim_end_matches('…');
            while let Some((before, last)) = start.rsplit_once(' ')
                && needs_more(&bare(last))
            {
                start = before;
            }
            format!("{}…", trim(start))
        }
    }
}

/// The byte offset of the end of the first sentence, or of several sentences if the first is short: `21:43 Uhr.` is not
/// enough for a title.
fn first_sentence(text: &str) -> usize {
    let mut from = 0;
    // Text that starts with this many short sentences is not prose.
    for _ in 0..8 {
        let Some(end) = sentence_end(text, from) else { break };
        // Chinese and Japanese have no spaces between words, so words cannot be counted, and one sentence is enough.
        let is_enough = text[..end].split_whitespace().count() >= MIN_WORDS - 1 || text[..end].chars().any(is_wide);
        if is_enough {
            return end;
        }
        from = end;
    }
    text.len()
}

/// The byte offset of the last place within the limit where the sentence can be cut.
fn last_boundary(sentence: &str, limit: usize) -> Option<usize> {
    let (mut best, mut words, mut used, mut depth, mut quoted) = (None, 0usize, 0, 0usize, false);
    // The number of words before the last comma or similar mark. If a later cut is not at such a mark, it must leave at
    // least three words after this mark, so that the result does not end with a fragment such as `…, voted`.
    let mut words_before_comma = 0;
    let mut previous = String::new();
    let mut at = 0;
    for piece in sentence.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let bare = bare(word);
        let is_inside = depth > 0 || quoted;
        let is_complete = !previous.is_empty() && !needs_more(&previous);
        if !is_inside
            && is_complete
            && words >= MIN_WORDS.max(words_before_comma + 3)
            // `used` includes the space before the word, but this space is not part of the title.
            && used <= limit + 1
            && is_boundary(&bare)
        {
            best = Some(at);
        }
        for (offset, c) in word.char_indices() {
            match c {
                '(' | '[' | '“' | '«' | '„' | '「' | '（' => depth += 1,
                ')' | ']' | '”' | '»' | '」' | '）' => depth = depth.saturating_sub(1),
                // A straight opening quote is the same character as a straight closing quote.
                '"' => quoted = !quoted,
                _ => {}
            }
            used += char_units(c);
            let is_last = offset + c.len_utf8() == word.len();
            let ends_clause = match c {
                // Inside a word, the mark belongs to a number or a time: `1,000`, `12:30`.
                ',' | ';' | ':' | '–' | '—' => is_last,
                '，' | '；' | '：' | '、' | '،' | '؛' => true,
                _ => false,
            };
            if used > limit + OVERHANG {
                return best;
            }
            let has_enough = || {
                // Text without spaces has no words to count, so eight CJK characters (24 units) are enough.
                let before = &sentence[..at + offset];
                words + 1 >= MIN_WORDS || (before.chars().any(is_wide) && units(before) >= 24)
            };
            if ends_clause
                && depth == 0
                && !quoted
                && has_enough()
                && used <= limit + char_units(c)
                && !needs_more(&bare)
            {
                best = Some(at + offset);
                words_before_comma = words + 1;
            }
        }
        used += piece.len() - word.len();
        words += usize::from(!bare.is_empty());
        at += piece.len();
        previous = bare;
    }
    best
}

/// Converts a word to lowercase and removes the punctuation around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn trim(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-、，；：،؛".contains(c))
}

fn is_boundary(word: &str) -> bool {
    BOUNDARIES.binary_search(&word).is_ok()
}

/// Whether text that ends with this word is incomplete.
fn needs_more(word: &str) -> bool {
    BOUNDARIES.binary_search(&word).is_ok() || CONNECTING_WORDS.binary_search(&word).is_ok()
}

/// A sorted list of prepositions and conjunctions before which a sentence can be cut.
#[rustfmt::skip]
pub(super) const BOUNDARIES: &[&str] = &[
    "aan", "aber", "about", "above", "across", "affinché", "afin", "after", "against", "ahead", "along",
    "alongside", "als", "although", "amid", "amidst", "among", "ante", "antes", "après", "após", "around", "as",
    "at", "attraverso", "auf", "aunque", "aus", "avant", "avec", "bajo", "because", "before", "behind", "bei",
    "beim", "below", "benché", "beneath", "beside", "besides", "between", "bevor", "beyond", "bez", "bij",
    "binnen", "bis", "boven", "but", "by", "cabe", "chez", "com", "comme", "como", "con", "contra", "contre",
    "cuando", "da", "dabei", "dagli", "dai", "dal", "dalla", "dalle", "damit", "dans", "dass", "denn", "dentro",
    "depuis", "derrière", "desde", "despite", "dietro", "dla", "donde", "dont", "door", "doordat", "dopo",
    "durant", "durante", "durch", "during", "efter", "eller", "en", "enquanto", "entre", "entro", "envers",
    "etter", "except", "excepto", "falls", "fino", "following", "for", "fra", "from", "från", "för", "før",
    "für", "gdy", "gdzie", "gegen", "gegenüber", "genom", "gibi", "hacia", "hasta", "hinter", "hoewel", "hors",
    "hos", "if", "ile", "im", "in", "including", "infolge", "innan", "inom", "ins", "inside", "into", "için",
    "jak", "jako", "jusqu", "kadar", "karşı", "koska", "która", "które", "który", "którzy", "ku", "kun", "lors",
    "lorsqu", "lorsque", "mais", "malgré", "mas", "med", "medan", "mediante", "mellan", "mellom", "mens",
    "mentre", "met", "mimo", "mit", "mithilfe", "między", "mot", "mutta", "naar", "naast", "nach", "nachdem",
    "nad", "nadat", "nas", "near", "neben", "negli", "nei", "nel", "nella", "nelle", "niż", "nos", "num",
    "numa", "när", "når", "ob", "obwohl", "od", "ohne", "oltre", "om", "omdat", "on", "onde", "onder", "onto",
    "op", "outside", "over", "où", "par", "para", "parce", "parmi", "pela", "pelas", "pelo", "pelos", "pendant",
    "pending", "per", "perché", "pero", "po", "pod", "podczas", "poiché", "ponieważ", "porque", "porém", "pour",
    "poza", "presso", "prima", "przeciwko", "przed", "przez", "przy", "puisque", "på", "quand", "quando",
    "quanto", "rağmen", "regarding", "sans", "sauf", "secondo", "sedan", "según", "seit", "seitdem", "selon",
    "sem", "senza", "siden", "sin", "since", "sinds", "sob", "sobald", "sobre", "sodass", "som", "sondern",
    "sonra", "sotto", "sous", "statt", "sui", "sul", "sulla", "sulle", "sur", "tegen", "terwijl", "through",
    "throughout", "tijdens", "till", "tot", "toward", "towards", "tra", "tras", "trotz", "tussen", "uit", "um",
    "under", "underneath", "unless", "unter", "until", "upon", "ur", "utan", "uten", "vanaf", "vanwege", "ved",
    "vers", "verso", "via", "vid", "volgens", "voor", "voordat", "vor", "w", "wanneer", "we", "wegen", "weil",
    "wenn", "when", "whenever", "where", "whereas", "which", "while", "who", "whom", "whose", "with", "within",
    "without", "wo", "wobei", "während", "z", "ze", "zodat", "zonder", "zwischen", "över", "über", "że", "без",
    "в", "во", "від", "где", "для", "до", "если", "з", "за", "зі", "из", "к", "ко", "когда", "коли", "которая",
    "которое", "которые", "который", "между", "між", "на", "над", "о", "об", "около", "от", "перед", "по",
    "под", "после", "потому", "при", "про", "проти", "против", "під", "після", "ради", "с", "со", "среди", "у",
    "через", "что", "чтобы", "що", "щоб", "яка", "який", "які", "із",
];

/// A sorted list of articles, auxiliary verbs and other words that must be followed by another word.
#[rustfmt::skip]
pub(super) const CONNECTING_WORDS: &[&str] = &[
    "a", "agli", "ai", "al", "all", "alla", "alle", "allo", "also", "am", "an", "and", "any", "ao", "aos",
    "are", "att", "au", "aux", "av", "be", "been", "being", "bir", "bu", "był", "była", "can", "ce", "ces",
    "cette", "che", "could", "d", "das", "dat", "de", "degli", "dei", "del", "della", "delle", "dello", "dem",
    "den", "der", "des", "det", "deze", "di", "did", "die", "do", "does", "dos", "du", "e", "each", "ed", "een",
    "ein", "eine", "einem", "einen", "einer", "eines", "el", "er", "es", "est", "et", "ett", "every", "foi",
    "gli", "ha", "haar", "haben", "had", "hadde", "hade", "han", "hanno", "har", "has", "hat", "have", "he",
    "hebben", "heeft", "her", "het", "his", "hun", "i", "ihr", "ihre", "ikke", "il", "inte", "is", "ist", "it",
    "its", "ja", "jest", "l", "la", "las", "le", "les", "leur", "leurs", "lo", "loro", "los", "lub", "may",
    "might", "more", "most", "must", "my", "na", "ne", "nicht", "nie", "niet", "no", "non", "nor", "not", "não",
    "o", "och", "oder", "of", "og", "ont", "or", "oraz", "os", "ou", "our", "pas", "que", "qui", "sa", "se",
    "sein", "seine", "ses", "seu", "seus", "shall", "she", "should", "si", "sich", "sina", "sind", "sitt",
    "się", "some", "son", "sono", "sont", "su", "sua", "suas", "suo", "sus", "são", "są", "ta", "te", "ten",
    "than", "that", "the", "their", "then", "these", "they", "this", "those", "to", "u", "uma", "umas", "un",
    "una", "unas", "und", "une", "uno", "unos", "uns", "van", "var", "ve", "very", "veya", "vom", "von", "war",
    "waren", "was", "werden", "were", "will", "wird", "would", "y", "you", "your", "zijn", "zu", "zum", "zur",
    "à", "às", "är", "è", "é", "été", "şu", "а", "або", "бы", "был", "была", "были", "его", "её", "же", "и",
    "или", "их", "й", "його", "ли", "не", "та", "то", "це", "это", "і", "їх", "її",
];
