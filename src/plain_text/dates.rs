//! Finds the parts of a line that look like a date, based on the numbers and on the length of the words between them.
//!
//! Month names are not looked up, so dates in any language are found. A match is not necessarily a date: `9 Foo 2024`
//! also matches, but is rejected later, by the date parser.

use std::ops::Range;

/// A part of a line that looks like a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// The byte range of the date, including an adjacent time of day and UTC offset.
    pub(super) bytes: Range<usize>,
}

/// The maximum number of dates found in a line. A line with more dates is a table or a list of archive pages.
const MAX_SPANS: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Number { value: u32, digits: u8 },
    Word { chars: usize },
    Symbol(char),
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    token: Token,
    start: usize,
    end: usize,
    /// Whether white space precedes the piece.
    spaced: bool,
}

/// The parts of a line that look like a date, in order.
pub(super) fn spans(line: &str) -> Vec<Span> {
    // Most lines contain no digits, so they need not be split into pieces.
    if !line.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let pieces = pieces(line);
    let mut out: Vec<Span> = Vec::new();
    let mut i = 0;
    while i < pieces.len() && out.len() < MAX_SPANS {
        let Some(length) = date_at(&pieces[i..]) else {
            i += 1;
            continue;
        };
        let last = i + length;
        let end = last + time_after(&pieces[last..]);
        let start = i - time_before(&pieces[..i]);
        out.push(Span {
            bytes: pieces[start].start..pieces[end - 1].end,
        });
        i = end;
    }
    out
}

fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut spaced = false;
    for (start, c) in line.char_indices() {
        let end = start + c.len_utf8();
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let digit = super::digit_value(c);
        let joins = !spaced;
        // A `u32` can hold any number of nine digits. A longer number is not part of a date, so splitting it into
        // several pieces does no harm.
        match (digit, pieces.last_mut()) {
            (
                Some(d),
                Some(Piece {
                    token: Token::Number { value, digits },
                    end: last,
                    ..
                }),
            ) if joins && *digits < 9 => {
                *value = *value * 10 + d;
                *digits += 1;
                *last = end;
            }
            (Some(d), _) => pieces.push(Piece {
                token: Token::Number { value: d, digits: 1 },
                start,
                end,
                spaced,
            }),
            (
                None,
                Some(Piece {
                    token: Token::Word { chars },
                    end: last,
                    ..
                }),
            ) if joins && is_word(c) && !is_date_unit(c) && !is_date_unit_at(line, *last) => {
                *chars += 1;
                *last = end;
            }
            (None, _) if is_word(c) && !is_date_unit(c) => {
                pieces.push(Piece {
                    token: Token::Word { chars: 1 },
                    start,
                    end,
                    spaced,
                });
            }
            (None, _) => pieces.push(Piece {
                token: Token::Symbol(c),
                start,
                end,
                spaced,
            }),
        }
        spaced = false;
    }
    pieces.into_iter().flat_map(unglue).collect()
}

/// Separates a year from a day that directly follows it. If a page shows two dates without a space between them, the
/// scraped text looks like this: `10. Februar 20199. Februar 2019`.
fn unglue(piece: Piece) -> impl Iterator<Item = Piece> {
    let mut parts = [Some(piece), None];
    if let Token::Number {
        value,
        digits: digits @ 5..=6,
    } = piece.token
        && piece.end - piece.start == usize::from(digits)
    {
        let scale = 10u32.pow(u32::from(digits) - 4);
        let (year, day) = (value / scale, value % scale);
        if (1995..=2100).contains(&year) && (1..=31).contains(&day) && day >= scale / 10 {
            let middle = piece.start + 4;
            parts = [
                Some(Piece {
                    token: Token::Number { value: year, digits: 4 },
                    end: middle,
                    ..piece
                }),
                Some(Piece {
                    token: Token::Number {
                        value: day,
                        digits: digits - 4,
                    },
                    start: middle,
                    spaced: false,
                    ..piece
                }),
            ];
        }
    }
    parts.into_iter().flatten()
}

fn is_word(c: char) -> bool {
    // Some accents and vowel signs are not alphanumeric in Unicode, but they do not end a word.
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{93A}'..='\u{94D}' | '\u{962}'..='\u{963}' | '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}' | '\u{981}'..='\u{9CD}' | '\u{B80}'..='\u{BCD}')
}

/// Whether the character is a unit after a number in a Chinese, Japanese or Korean date: year, month, day, hour or
/// minute.
fn is_date_unit(c: char) -> bool {
    matches!(
        c,
        '年' | '月' | '日' | '号' | '號' | '时' | '時' | '点' | '點' | '分' | '년' | '월' | '일' | '시' | '분'
    )
}

fn is_date_unit_at(line: &str, end: usize) -> bool {
    line[..end].chars().next_back().is_some_and(is_date_unit)
}

fn year(piece: &Piece) -> bool {
    // The ranges for Gregorian years, for Thai (Buddhist) years, and for Persian and Islamic years.
    matches!(piece.token, Token::Number { value, digits: 4 } if matches!(value, 1983..=2100 | 2526..=2643 | 1362..=1480))
}

fn small(piece: &Piece, max: u32) -> bool {
    matches!(piece.token, Token::Number { value, digits: 1..=2 } if (1..=max).contains(&value))
}

fn is_symbol(piece: Option<&Piece>, symbols: &[char]) -> bool {
    matches!(piece, Some(Piece { token: Token::Symbol(c), .. }) if symbols.contains(c))
}

/// The number of pieces at the start of `p` that form a date.
fn date_at(p: &[Piece]) -> Option<usize> {
    let first = p.first()?;
    match first.token {
        Token::Number { .. } => triple(p)
            .or_else(|| with_units(p))
            .or_else(|| compact(p))
            .or_else(|| day_word_year(p))
            .or_else(|| year_word_day(p)),
        Token::Word { chars } if chars >= 3 => word_day_year(p),
        _ => None,
    }
}

/// Matches dates such as `2024-12-09`, `9. 12. 2024` and `12/9/24`.
fn triple(p: &[Piece]) -> Option<usize> {
    const SEPARATORS: &[char] = &['.', '/', '-', '–', '‑', '．', '／', '\u{2212}'];
    let [a, s, b, t, c, ..] = p else { return None };
    let (Token::Symbol(x), Token::Symbol(y)) = (s.token, t.token) else {
        return None;
    };
    // The two separators in a date must be the same character, and either both or neither must have spaces around them
    // (`9 / 12 / 2024`). The dot is an exception: a space may follow it even if no space precedes it (`9. 12. 2024`).
    if x != y || !SEPARATORS.contains(&x) || s.spaced != t.spaced || s.spaced && !b.spaced {
        return None;
    }
    if (b.spaced || c.spaced) && !(x == '.' || s.spaced) {
        return None;
    }
    // The part in the middle may be a word: `9-Dec-2024`, `9/Dez/24`.
    let month_word = matches!(b.token, Token::Word { chars: 3..=10 });
    let year_first = year(a) && (small(b, 12) && small(c, 31) || small(b, 31) && small(c, 12));
    let year_last = (year(c) || two_digits(c) && !b.spaced) && (small(a, 31) && (small(b, 31) || month_word));
    // `1.2.2024.5` is a version number or an IP address, not a date.
    let goes_on = is_symbol(p.get(5), &['.'])
        && matches!(
            p.get(6),
            Some(Piece {
                token: Token::Number { .. },
                spaced: false,
                ..
            })
        );
    ((year_first || year_last) && !goes_on).then_some(5)
}

fn two_digits(piece: &Piece) -> bool {
    matches!(piece.token, Token::Number { digits: 2, .. })
}

/// Matches dates such as `2024年12月9日` and `2024년 12월 9일`.
fn with_units(p: &[Piece]) -> Option<usize> {
    let [a, s, b, t, c, ..] = p else { return None };
    let fits = matches!(a.token, Token::Number { digits: 1..=4, .. })
        && is_symbol(Some(s), &['年', '년'])
        && small(b, 12)
        && is_symbol(Some(t), &['月', '월'])
        && small(c, 31);
    fits.then(|| 5 + usize::from(is_symbol(p.get(5), &['日', '号', '號', '일'])))
}

/// Matches `20241209`, alone or before a `T`.
fn compact(p: &[Piece]) -> Option<usize> {
    let Token::Number { value, digits: 8 } = p.first()?.token else {
        return None;
    };
    ((19830101..=21001231).contains(&value) && (101..=1231).contains(&(value % 10000))).then_some(1)
}

/// Matches dates such as `9 December 2024`, `9. Dezember 2024`, `9 de diciembre de 2024`, `9th of December, 2024` and
/// `1er mai 2024`.
fn day_word_year(p: &[Piece]) -> Option<usize> {
    if !small(p.first()?, 31) {
        return None;
    }
    let mut i = 1;
    if is_symbol(p.get(i), &['.', 'º', '°', 'ª', '-', '/', ')']) {
        i += 1;
    }
    let (mut words, mut long) = (0, 0);
    while let Some(piece) = p.get(i).filter(|_| i < 9) {
        match piece.token {
            Token::Word { chars } => {
                words += 1;
                long += usize::from(chars > 3);
                if words > 4 || long > 2 {
                    return None;
                }
            }
            Token::Symbol('.' | ',' | '،' | '-' | '/' | '\'' | '’') if words > 0 => {}
            Token::Number { .. } if words > 0 && year(piece) => return Some(i + 1),
            // Matches `9-Dec-24` and `9 Dec '24`.
            Token::Number { .. } if words == 1 && two_digits(piece) && is_symbol(p.get(i - 1), &['-', '\'', '’']) => {
                return Some(i + 1);
            }
            _ => return None,
        }
        i += 1;
    }
    None
}

/// Matches dates such as `Dec. 9, 2024`, `December 9th 2024` and `Dezember 14th, 2021`.
fn word_day_year(p: &[Piece]) -> Option<usize> {
    let mut i = 1;
    if is_symbol(p.get(i), &['.']) {
        i += 1;
    }
    if !small(p.get(i)?, 31) {
        return None;
    }
    i += 1;
    // Skips an ordinal suffix, such as the `th` in `9th`.
    if matches!(
        p.get(i),
        Some(Piece {
            token: Token::Word { chars: 2 },
            spaced: false,
            ..
        })
    ) {
        i += 1;
    }
    if is_symbol(p.get(i), &[',', '،', '.']) {
        i += 1;
    }
    year(p.get(i)?).then_some(i + 1)
}

/// Matches dates such as `2024. gada 9. decembris`, `2024 m. gruodžio 9 d.` and `2024. december 9.`
fn year_word_day(p: &[Piece]) -> Option<usize> {
    if !year(p.first()?) {
        return None;
    }
    let mut i = 1;
    let (mut words, mut long) = (0, 0);
    while let Some(piece) = p.get(i).filter(|_| i < 8) {
        match piece.token {
            // A word with more than four letters must be the month, so no other word may follow it. This rule excludes
            // "2024 there were 9".
            Token::Word { chars } if words < 3 && long == 0 => {
                words += 1;
                long += usize::from(chars > 4);
            }
            Token::Symbol('.' | ',' | '-' | '/') => {}
            Token::Number { .. } if words > 0 && small(piece, 31) => return Some(i + 1),
            _ => return None,
        }
        i += 1;
    }
    None
}

/// The number of pieces that form a time of day after a date: `, 15:32 Uhr`, ` at 7:30am PDT`, `T12:38:19+01:00`, ` à
/// 15h01`.
fn time_after(p: &[Piece]) -> usize {
    let mut i = 0;
    while i < 4 && i < p.len() {
        if let Some(length) = time_at(&p[i..]) {
            return i + length + zone_after(&p[i + length..]);
        }
        match p[i].token {
            Token::Symbol(',' | '-' | '–' | '—' | '|' | '،' | '(' | '·' | '/' | '@' | '•') => {}
            Token::Word { chars } if chars <= 6 => {}
            _ => return 0,
        }
        i += 1;
    }
    0
}

/// The number of pieces that form a time of day before a date: `21:22, 6 OCT 2020`.
fn time_before(p: &[Piece]) -> usize {
    // A time such as `21:22` has three pieces. Further pieces may be the seconds, or words and separators between the
    // time and the date.
    for back in 3..=8.min(p.len()) {
        let tail = &p[p.len() - back..];
        let Some(length) = time_at(tail) else { continue };
        let between = &tail[length..];
        let fits = between.len() <= 4
            && between.iter().all(|piece| match piece.token {
                Token::Symbol(c) => matches!(c, ',' | '-' | '–' | '|' | '.' | '،' | '(' | ')' | '·'),
                Token::Word { chars } => chars <= 6,
                Token::Number { .. } => false,
            });
        if fits
            && !tail
                .first()
                .is_some_and(|piece| matches!(piece.token, Token::Symbol(_)))
        {
            return back;
        }
    }
    0
}

/// The number of pieces that form a time of day: `15:32`, `15:32:10.250`, `8 h 30`, `8.00`, `8時30分`.
fn time_at(p: &[Piece]) -> Option<usize> {
    let hour = matches!(p.first()?.token, Token::Number { value, digits: 1..=2 } if value <= 24);
    let minute = |piece: &Piece| matches!(piece.token, Token::Number { value, digits: 2 } if value < 60);
    if !hour {
        return None;
    }
    if is_symbol(p.get(1), &['時', '时', '点', '點', '시']) {
        let minutes = p
            .get(2)
            .is_some_and(|piece| matches!(piece.token, Token::Number { .. }))
            && is_symbol(p.get(3), &['分', '분']);
        return Some(if minutes { 4 } else { 2 });
    }
    // A one-letter word here is assumed to be the `h` in a French or Portuguese time: `15h01`.
    let between = matches!(
        p.get(1)?.token,
        Token::Symbol(':' | '：' | '.' | '∶') | Token::Word { chars: 1 }
    );
    if !between || !minute(p.get(2)?) {
        return None;
    }
    let mut i = 3;
    if is_symbol(p.get(i), &[':']) && p.get(i + 1).is_some_and(minute) {
        i += 2;
        if is_symbol(p.get(i), &['.', ','])
            && matches!(
                p.get(i + 1),
                Some(Piece {
                    token: Token::Number { .. },
                    spaced: false,
                    ..
                })
            )
        {
            i += 2;
        }
    }
    Some(i)
}

/// The number of pieces after a time of day that belong to the time, such as `am`, `p.m. ET`, `Uhr` or `+01:00`.
fn zone_after(p: &[Piece]) -> usize {
    let mut end = 0;
    let mut i = 0;
    while i < p.len() && i < 8 {
        match p[i].token {
            Token::Word { chars } if chars <= 4 && i <= 5 => end = i + 1,
            Token::Symbol('.') if !p[i].spaced && i > 0 => {}
            Token::Symbol('+' | '-' | '−')
                if matches!(
                    p.get(i + 1),
                    Some(Piece {
                        token: Token::Number { .. },
                        spaced: false,
                        ..
                    })
                ) =>
            {
                let colon = is_symbol(p.get(i + 2), &[':']) && p.get(i + 3).is_some_and(two_digits);
                return i + if colon { 4 } else { 2 };
            }
            _ => break,
        }
        if p.get(i + 1).is_some_and(|next| next.spaced) && end > 0 && i >= 3 {
            break;
        }
        i += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_by_the_shape_of_their_numbers() {
        for (line, found) in [
            ("Christian Kahle, 03.11.2023 15:32 Uhr", &["03.11.2023 15:32 Uhr"][..]),
            ("By Jane Doe | 12/10/2020", &["12/10/2020"]),
            ("PARIS, Dec. 9, 2024 (Agency) — The", &["Dec. 9, 2024"]),
            ("26 de abril de 2022 1:04 PM", &["26 de abril de 2022 1:04 PM"]),
            ("Published 8th Nov 2023, 18:58 GMT", &["8th Nov 2023, 18:58 GMT"]),
            ("Updated21:22, 6 OCT 2020", &["21:22, 6 OCT 2020"]),
            ("2021-12-14T12:38:19+01:00", &["2021-12-14T12:38:19+01:00"]),
            ("2024年12月9日 08時30分", &["2024年12月9日 08時30分"]),
            ("입력 2024.12.09 08:30", &["2024.12.09 08:30"]),
            ("الأربعاء، 07 أكتوبر 2020 - 12:09 م", &["07 أكتوبر 2020 - 12:09 م"]),
            ("1er mai 2024 à 8 h 30", &["1er mai 2024 à 8 h 30"]),
            ("2024. december 9.", &["2024. december 9"]),
            (
                "10. Februar 2019 9. Februar 2019",
                &["10. Februar 2019", "9. Februar 2019"],
            ),
            (
                "Am 10. Februar 20199. Februar 2019 von",
                &["10. Februar 2019", "9. Februar 2019"],
            ),
            ("Version 1.10.2024.3 is out", &[]),
            ("In 2024 there were 12 of 31 left", &[]),
            ("Photos: 12 of the best", &[]),
        ] {
            let spans: Vec<&str> = spans(line).into_iter().map(|span| &line[span.bytes]).collect();
            assert_eq!(spans, found, "{line}");
        }
    }
}
