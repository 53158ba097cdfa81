//! The shape of a line: properties that can be determined without knowing its language.

use crate::text::cut;

/// How a line ends, ignoring closing quotes and brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum End {
    /// The line ends with a letter, a digit or any other character that does not end a sentence.
    #[default]
    Open,
    /// The line ends with `.` or its equivalent in another script.
    Stop,
    /// The line ends with `?` or `!`.
    Question,
    /// The line ends with `…` or `...`.
    Ellipsis,
    /// The line ends with `:`, `,` or `;`.
    Clause,
}

/// The properties of one line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    /// The line's length; see [`cut::units`].
    pub(super) units: usize,
    /// The number of words. A word is any run of non-space characters with at least one letter. In scripts without
    /// spaces, two characters count as one word.
    pub(super) words: usize,
    pub(super) letters: usize,
    pub(super) digits: usize,
    /// The number of words that start with a lowercase letter.
    pub(super) lower: usize,
    /// The number of words that start with a capital letter.
    pub(super) upper: usize,
    /// Whether the line contains at least two capitals and no lowercase letters.
    pub(super) all_caps: bool,
    pub(super) starts_lower: bool,
    /// Whether at least half of the letters are from a script without spaces between words.
    pub(super) unspaced: bool,
    pub(super) commas: usize,
    /// The number of sentences that end before the end of the line. The punctuation mark at the end of such a sentence
    /// must be followed by a space and more text; in CJK text, the space is not required.
    pub(super) inner_stops: usize,
    pub(super) end: End,
}

impl Shape {
    pub(super) fn new(text: &str) -> Self {
        // Greek text uses `;` as the question mark. The separate character for it, U+037E, is rare.
        let asks_by_semicolon = text.contains(';') && is_greek(text);
        let mut shape = Shape {
            units: cut::units(text),
            end: end_of(text, asks_by_semicolon),
            ..Shape::default()
        };
        let (mut unspaced, mut cased_upper, mut cased_lower) = (0usize, 0usize, 0usize);
        for word in text.split(' ') {
            let mut first_letter = None;
            let mut dense = 0usize;
            for c in word.chars() {
                if c.is_alphabetic() {
                    shape.letters += 1;
                    first_letter.get_or_insert(c);
                    dense += usize::from(is_unspaced(c));
                    cased_upper += usize::from(c.is_uppercase());
                    cased_lower += usize::from(c.is_lowercase());
                } else if c.is_numeric() {
                    shape.digits += 1;
                } else if matches!(c, ',' | '，' | '、' | '،') {
                    shape.commas += 1;
                } else if matches!(c, '。' | '！' | '？') {
                    shape.inner_stops += 1;
                }
            }
            if let Some(c) = first_letter {
                if dense > 1 {
                    shape.words += dense.div_ceil(2);
                } else {
                    shape.words += 1;
                    shape.lower += usize::from(c.is_lowercase());
                    shape.upper += usize::from(c.is_uppercase());
                }
                // Only the first word in a script that distinguishes case is considered, because a line may start with
                // a number or with a word in another script.
                if shape.words == 1 || shape.lower + shape.upper == 1 {
                    shape.starts_lower = shape.upper == 0 && c.is_lowercase();
                }
            }
            unspaced += dense;
            // A short word with a period is treated as an initial or an abbreviation (`J.`, `Dr.`, `Nr.`), which does
            // not end a sentence.
            if matches!(end_of(word, asks_by_semicolon), End::Stop | End::Question)
                && word.chars().count() > 3
                && !is_abbreviation(word)
            {
                shape.inner_stops += 1;
            }
        }
        shape.all_caps = cased_lower == 0 && cased_upper >= 2;
        shape.unspaced = unspaced * 2 >= shape.letters.max(1);
        // The loop also counted a sentence that ends at the end of the line, but `inner_stops` must not include it.
        if matches!(shape.end, End::Stop | End::Question) {
            shape.inner_stops = shape.inner_stops.saturating_sub(1);
        }
        shape
    }

    /// Whether the line is a paragraph: long enough, with punctuation and capitals as in running text.
    ///
    /// A menu that was scraped into one line may be just as long, but it has hardly any lowercase words and no period.
    pub(super) fn is_prose(&self) -> bool {
        // A table of numbers that was scraped into one line may be as long as a paragraph.
        if self.digits > self.letters {
            return false;
        }
        if self.unspaced {
            // A CJK paragraph is recognized by its punctuation. Thai, Lao, Khmer and Burmese have no period, so
            // paragraphs in these languages are recognized only by their length.
            return self.units >= 90 && (self.end == End::Stop || self.inner_stops > 0 || self.commas > 1)
                || self.words >= 80;
        }
        let ends = matches!(self.end, End::Stop | End::Question | End::Ellipsis);
        // Many leads end without a period, so a long line need not end with one. If a sentence ends inside the line,
        // even a shorter line is accepted without a period at its end.
        let has_marks = ends || self.units >= if self.inner_stops > 0 { 120 } else { 180 };
        // In running text, at least 45% of the words start with a lowercase letter; in a menu, hardly any do. The test
        // is skipped if most words are in a script without case.
        let cased = self.lower + self.upper;
        self.units >= 70
            && self.words >= 10
            && (cased * 2 < self.words || self.lower * 20 >= cased * 9)
            && has_marks
            // A list of names or tags has a comma after every one or two words.
            && self.commas * 2 < self.words
    }

    /// Whether the line consists of one or more short sentences.
    pub(super) fn is_sentence(&self) -> bool {
        matches!(self.end, End::Stop | End::Question | End::Ellipsis) && self.words >= 4
    }

    /// Whether the line is short enough to be a headline. Of 1,293 headlines from real news pages, 58 have more than 16
    /// words, and none has more than 30.
    pub(super) fn is_headline_sized(&self) -> bool {
        self.letters >= 2 && self.words <= 32 && self.units <= 240
    }
}

/// The number of words that contain a letter. In scripts without spaces, two characters count as one word.
pub(super) fn words_in(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(|word| {
            if word.chars().any(is_unspaced) {
                word.chars().count().div_ceil(2)
            } else {
                1
            }
        })
        .sum()
}

/// Whether the character belongs to a script without spaces between words: Han, kana, Thai, Lao, Khmer, Burmese.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a word that ends with a period is an abbreviation. An abbreviation contains another period, or it contains
/// no lowercase letters (`U.S.`, `z.B.`).
fn is_abbreviation(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    word.contains('.') || word.chars().all(|c| c.is_uppercase() || c.is_numeric())
}

/// Whether most letters in the text are Greek.
fn is_greek(text: &str) -> bool {
    let (mut greek, mut letters) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        greek += usize::from(matches!(c, '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}'));
    }
    greek * 2 > letters
}

fn end_of(text: &str, asks_by_semicolon: bool) -> End {
    let body = text.trim_end_matches(|c: char| {
        matches!(
            c,
            '"' | '\'' | '”' | '“' | '’' | '»' | '«' | ')' | ']' | '」' | '』' | '）' | '】' | '*' | '_' | '›'
        ) || c.is_whitespace()
    });
    if body.ends_with("...") || body.ends_with('…') {
        return End::Ellipsis;
    }
    match body.chars().next_back() {
        Some('.' | '。' | '．' | '।' | '۔' | '።' | '։' | '॥' | '｡') => End::Stop,
        // The Greek question mark (U+037E) is written as an escape, because Unicode normalization would turn it into
        // `;`.
        Some('?' | '!' | '？' | '！' | '؟' | '\u{37E}' | '՞') => End::Question,
        Some(';') if asks_by_semicolon => End::Question,
        Some(':' | ',' | ';' | '：' | '，' | '、' | '；' | '،' | '؛') => End::Clause,
        _ => End::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_quotes_do_not_hide_how_a_line_ends() {
        for (text, end) in [
            ("He said “no.”", End::Stop),
            ("Why now?", End::Question),
            ("and so on …", End::Ellipsis),
            ("Topics:", End::Clause),
            ("「そうです。」", End::Stop),
            ("A headline", End::Open),
        ] {
            assert_eq!(Shape::new(text).end, end, "{text}");
        }
    }

    #[test]
    fn a_semicolon_is_a_question_mark_in_greek_only() {
        for (text, end, inner_stops) in [
            ("Τι έγινε χθες\u{37E}", End::Question, 0),
            ("Τι έγινε χθες;", End::Question, 0),
            ("Πού πήγε; Κανείς δεν ξέρει.", End::Stop, 1),
            ("«Πού πήγε;»", End::Question, 0),
            ("The angles α and β;", End::Clause, 0),
            ("First the bridge; then the road", End::Open, 0),
            ("the bridge;", End::Clause, 0),
        ] {
            let shape = Shape::new(text);
            assert_eq!((shape.end, shape.inner_stops), (end, inner_stops), "{text}");
        }
    }

    #[test]
    fn paragraphs_are_prose_in_any_script_and_menus_are_not() {
        for (text, prose) in [
            (
                "The bridge over the river will stay closed until the end of the week, the town said on Monday.",
                true,
            ),
            (
                "市政府星期一表示，由于河水上涨，河上的大桥将关闭到本周末，请司机绕行其他道路。",
                true,
            ),
            (
                "Home News Sport Weather Business Culture Travel Opinion Video More Subscribe Contact",
                false,
            ),
            ("Bridge over the river stays closed", false),
            (
                "12.5 13.7 18.2 14.9 33.1 28.4 19.3 17.5 12.2 11.9 10.4 16.8 19.0 a b c d e f g h i",
                false,
            ),
        ] {
            assert_eq!(Shape::new(text).is_prose(), prose, "{text}");
        }
    }
}
