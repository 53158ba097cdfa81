//! The shape of a line: what can be counted without knowing its language.

use crate::text::cut;

/// How a line ends, closing quotes and brackets left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum End {
    /// A letter, a digit, anything that ends no sentence.
    #[default]
    Open,
    /// `.` and its like in other scripts.
    Stop,
    /// `?` or `!`.
    Question,
    /// `…` or `...`.
    Ellipsis,
    /// `:` `,` `;`.
    Clause,
}

/// What a line looks like.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    /// Its length, see [`cut::units`].
    pub(super) units: usize,
    /// Runs of characters between blanks that hold a letter; two characters of a script without blanks count as one.
    pub(super) words: usize,
    pub(super) letters: usize,
    pub(super) digits: usize,
    /// Words that begin in lower case, and in upper case.
    pub(super) lower: usize,
    pub(super) upper: usize,
    /// Every cased letter is a capital, and there are at least two.
    pub(super) all_caps: bool,
    pub(super) starts_lower: bool,
    /// At least half of it is a script without blanks between words.
    pub(super) unspaced: bool,
    pub(super) commas: usize,
    /// Sentence ends inside: a mark, a blank (none needed in CJK), more text.
    pub(super) inner_stops: usize,
    pub(super) end: End,
}

impl Shape {
    pub(super) fn of(text: &str) -> Self {
        let mut shape = Shape {
            units: cut::units(text),
            end: end_of(text),
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
                if shape.words == 1 || shape.lower + shape.upper == 1 {
                    shape.starts_lower = shape.upper == 0 && c.is_lowercase();
                }
            }
            unspaced += dense;
            if matches!(end_of(word), End::Stop | End::Question) && word.chars().count() > 3 && !is_abbreviation(word) {
                shape.inner_stops += 1;
            }
        }
        shape.all_caps = cased_lower == 0 && cased_upper >= 2;
        shape.unspaced = unspaced * 2 >= shape.letters.max(1);
        if matches!(shape.end, End::Stop | End::Question) {
            shape.inner_stops = shape.inner_stops.saturating_sub(1);
        }
        shape
    }

    /// Long enough, with the marks and the case of running text.
    pub(super) fn is_prose(&self) -> bool {
        if self.digits > self.letters {
            return false;
        }
        if self.unspaced {
            // Thai and its neighbors write no sentence marks; CJK always does in a paragraph.
            return self.units >= 90 && (self.end == End::Stop || self.inner_stops > 0 || self.commas > 1)
                || self.words >= 80;
        }
        let ends = matches!(self.end, End::Stop | End::Question | End::Ellipsis);
        let has_marks = ends || self.units >= if self.inner_stops > 0 { 120 } else { 180 };
        let cased = self.lower + self.upper;
        self.units >= 70
            && self.words >= 10
            && (cased * 2 < self.words || self.lower * 20 >= cased * 9)
            && has_marks
            && self.commas * 2 < self.words
    }

    /// One short sentence, or several.
    pub(super) fn is_sentence(&self) -> bool {
        matches!(self.end, End::Stop | End::Question | End::Ellipsis) && self.words >= 4
    }

    /// As long as headlines are: of 1293 real ones 58 have over 16 words, none more than 30.
    pub(super) fn is_headline_sized(&self) -> bool {
        self.letters >= 2 && self.words <= 32 && self.units <= 240
    }
}

/// Scripts that put no blank between words: Han, kana, Thai, Lao, Khmer, Burmese.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// `U.S.`, `z.B.`: a mark inside, or no letter in lower case.
fn is_abbreviation(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    word.contains('.') || word.chars().all(|c| c.is_uppercase() || c.is_numeric())
}

fn end_of(text: &str) -> End {
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
        Some('?' | '!' | '？' | '！' | '؟' | ';' | '՞') if !body.ends_with(';') => End::Question,
        Some(':' | ',' | ';' | '：' | '，' | '、' | '；' | '،' | '؛') => End::Clause,
        _ => End::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_seen_through_closing_quotes() {
        for (text, end) in [
            ("He said “no.”", End::Stop),
            ("Why now?", End::Question),
            ("and so on …", End::Ellipsis),
            ("Topics:", End::Clause),
            ("「そうです。」", End::Stop),
            ("A headline", End::Open),
        ] {
            assert_eq!(Shape::of(text).end, end, "{text}");
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
            assert_eq!(Shape::of(text).is_prose(), prose, "{text}");
        }
    }
}
