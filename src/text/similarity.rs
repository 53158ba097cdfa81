//! The similarity of two short texts in any script, such as titles that differ only in punctuation or in a few words.

/// The maximum number of words that are compared. Titles have fewer words.
const MAX_WORDS: usize = 256;

/// The similarity of two texts, from 0 to 1: the F1 score of their words.
///
/// Ignores case and punctuation. Han, kana and Hangul are compared character by character. If either text contains no
/// words, the similarity is 0.
pub fn similarity(a: &str, b: &str) -> f32 {
    let (a, b) = (words(a), words(b));
    let (mut at, mut other, mut common) = (0, 0, 0);
    while let (Some(left), Some(right)) = (a.get(at), b.get(other)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => (at, other, common) = (at + 1, other + 1, common + 1),
        }
    }
    let all = a.len() + b.len();
    if all == 0 {
        0.0
    } else {
        2.0 * common as f32 / all as f32
    }
}

/// The words of the text in lowercase, sorted.
fn words(text: &str) -> Vec<String> {
    use unicode_normalization::UnicodeNormalization;

    let mut words = vec![String::new()];
    // Soft hyphens inside words are invisible, so they must not make titles differ.
    for c in text.nfkc().filter(|&c| c != '\u{AD}').flat_map(char::to_lowercase) {
        if words.len() > MAX_WORDS {
            break;
        }
        let is_word = matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{3FFFF}');
        if is_word {
            words.push(c.to_string());
            words.push(String::new());
        } else if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
            // In Indic scripts, words contain combining marks that are not alphanumeric.
            if let Some(word) = words.last_mut() {
                word.push(c);
            }
        } else if words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::similarity;

    #[test]
    fn similarity_depends_on_words() {
        let table = [
            ("The spring tide", "the Spring Tide!", 1.0),
            ("The spring tide", "The spring", 0.8),
            ("one two", "three four", 0.0),
            ("tide tide tide", "tide", 0.5),
            ("春の海", "春の山", 2.0 / 3.0),
            ("春の海 2024", "2024 春の海", 1.0),
            ("Mes\u{AD}senger", "messenger", 1.0),
            ("été", "e\u{301}te\u{301}", 1.0),
            ("", "", 0.0),
            ("…", "a", 0.0),
        ];
        for (a, b, expected) in table {
            assert!(
                (similarity(a, b) - expected).abs() < 1e-6,
                "{a} / {b}: {}",
                similarity(a, b)
            );
        }
    }
}
