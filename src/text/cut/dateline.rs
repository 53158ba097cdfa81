//! The place, day and agency that open a news text, and that no title or summary repeats.

/// The text behind its dateline: `PARIS, April 8 (Agency) —`, `Berlin (dpa) -`, `新华社北京12月9日电`; all of it if it has none.
pub fn strip_dateline(text: &str) -> &str {
    let text = text.trim_start();
    latin(text)
        .or_else(|| counted(text))
        .or_else(|| korean(text))
        .map_or(text, |end| {
            let rest = text[end..].trim_start();
            if rest.is_empty() { text } else { rest }
        })
}

/// No place, day and agency together are longer, in bytes.
const LONGEST: usize = 120;

/// `CITY, Region, Dec. 9, 2024 (Agency) — `: a dash, and before it capitals, an agency in brackets, or both.
fn latin(text: &str) -> Option<usize> {
    let head_end = text
        .char_indices()
        .map(|(at, _)| at)
        .take_while(|&at| at <= LONGEST)
        .last()?;
    let window = &text[..head_end];
    let (dash, length) = window.char_indices().find_map(|(at, c)| {
        let before = window[..at].chars().next_back()?;
        let after = text[at + c.len_utf8()..].chars().next()?;
        let spaced = after.is_whitespace() && (before.is_whitespace() || before == '.' || before == ')');
        match c {
            '—' | '–' => (spaced || c == '—').then_some((at, c.len_utf8())),
            '-' | '_' if spaced => Some((at, 1)),
            '-' if after == '-' => Some((at, 2)),
            // Some papers put no dash behind the agency: `(CNN) `
            ')' if window.starts_with('(') && at < 20 && !window[1..at].contains(char::is_whitespace) => {
                let rest = text[at + 1..].trim_start();
                (!rest.starts_with(['-', '–', '—', '_'])).then_some((at, 1))
            }
            _ => None,
        }
    })?;
    let head = window[..dash].trim_end().trim_end_matches('.');
    let agency = head.ends_with(')') || window[dash..].starts_with(')');
    let place = head.split('(').next().unwrap_or_default();
    let capital = first_word_is_capital(place);
    let named = place
        .split([' ', ',', '/'])
        .filter(|word| !word.is_empty())
        .all(is_name_or_day);
    // Wien, 14. Dezember 2021
    let digits = place.bytes().filter(u8::is_ascii_digit).count();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let year = place
        .split([' ', ',', '.'])
        .any(|word| word.len() == 4 && is_number(word));
    let dated = year && place.contains(',') || digits >= 5 && place.starts_with(|c: char| c.is_ascii_digit());
    // In brackets alone the agency has to look like one: `(CNN)`, not `(update)`.
    let bracketed = place.trim().is_empty() && head.starts_with('(') && head[1..].starts_with(char::is_uppercase);
    ((named && !place.trim().is_empty() && (capital || agency || dated)) || bracketed).then_some(dash + length)
}

fn first_word_is_capital(place: &str) -> bool {
    let word = place.split([' ', ',', '/', '-']).next().unwrap_or_default();
    word.chars().filter(|c| c.is_uppercase()).count() >= 3 && !word.chars().any(char::is_lowercase)
}

/// A capitalized word, a number, or what stands between the words of a place and in a day.
fn is_name_or_day(word: &str) -> bool {
    const SMALL: [&str; 24] = [
        "de", "del", "la", "le", "du", "des", "am", "an", "der", "den", "di", "da", "do", "of", "the", "and", "und",
        "et", "y", "e", "upon", "sur", "los", "el",
    ];
    let word = word.trim_matches(['.', ':', ';']);
    word.chars().next().is_none_or(|c| c.is_uppercase() || c.is_ascii_digit())
        || SMALL.contains(&word)
        // Days of other languages: 9 dic, 9 декабря
        || (word.chars().count() <= 9 && word.chars().all(char::is_alphabetic) && MONTH_STARTS.iter().any(|start| word.starts_with(start)))
}

const MONTH_STARTS: [&str; 47] = [
    "jan", "ene", "gen", "янв", "feb", "fév", "fev", "фев", "mar", "mär", "мар", "apr", "abr", "avr", "апр", "mai",
    "may", "mag", "maj", "мая", "jun", "juin", "giu", "июн", "jul", "juil", "lug", "июл", "aug", "ago", "aoû", "авг",
    "sep", "set", "сен", "oct", "okt", "ott", "окт", "nov", "ноя", "dec", "dez", "dic", "des", "déc", "дек",
];

/// `新华社北京12月9日电（记者李明）`: the place and day end in 电 or 讯.
fn counted(text: &str) -> Option<usize> {
    let mut previous = ' ';
    for (at, c) in text.char_indices().take(40) {
        let wire =
            matches!(c, '电' | '電' | '讯' | '訊') && matches!(previous, '日' | '社' | '网' | '網' | '报' | '報');
        if wire {
            let end = at + c.len_utf8();
            let rest = text[end..].trim_start();
            let bracket = rest
                .strip_prefix(['（', '('])
                .and_then(|inner| inner.find(['）', ')']).map(|close| (inner, close)));
            let after = match bracket {
                Some((inner, close)) if close < 60 => inner[close..].trim_start_matches(['）', ')']),
                _ => rest,
            };
            let after = after.trim_start_matches(['：', ':', '，', ',', '】', ' ', '\u{3000}']);
            return Some(text.len() - after.len());
        }
        if matches!(c, '。' | '！' | '？' | '\n') {
            return None;
        }
        previous = c;
    }
    None
}

/// `(서울=연합뉴스) 홍길동 기자 = `
fn korean(text: &str) -> Option<usize> {
    let (head, rest) = text.strip_prefix('(')?.split_once(')')?;
    if !head.contains('=') || head.len() > LONGEST {
        return None;
    }
    let by = rest.find(" = ").filter(|&at| at <= 60);
    Some(text.len() - rest.len() + by.map_or(0, |at| at + 3))
}
