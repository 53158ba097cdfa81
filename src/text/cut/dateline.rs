//! Finds the dateline at the start of a news article: the place, day and agency, which do not belong in a title or
//! summary.

/// The text without its dateline. Examples of datelines are `PARIS, April 8 (Agency) —`, `Berlin (dpa) -` and
/// `新华社北京12月9日电`.
pub fn strip_dateline(text: &str) -> &str {
    let text = text.trim_start();
    end_of_western(text)
        .or_else(|| end_of_chinese(text))
        .or_else(|| end_of_korean(text))
        .map_or(text, |end| {
            // If nothing follows the dateline, keep it, because a title or summary must not be empty.
            let rest = text[end..].trim_start();
            if rest.is_empty() { text } else { rest }
        })
}

/// The maximum length of a dateline, in bytes.
const MAX_BYTES: usize = 120;

/// The byte offset of the end of a dateline such as `CITY, Region, Dec. 9, 2024 (Agency) — `, in which a dash follows a
/// place in capitals, an agency in parentheses, or a full date.
fn end_of_western(text: &str) -> Option<usize> {
    let window_end = text
        .char_indices()
        .map(|(at, _)| at)
        .take_while(|&at| at <= MAX_BYTES)
        .last()?;
    let window = &text[..window_end];
    let (dash, length) = window.char_indices().find_map(|(at, c)| {
        let before = window[..at].chars().next_back()?;
        let after = text[at + c.len_utf8()..].chars().next()?;
        let is_spaced = after.is_whitespace() && (before.is_whitespace() || before == '.' || before == ')');
        match c {
            // An en dash or hyphen without spaces around it is part of a word or a range, but an em dash may end a
            // dateline even without spaces.
            '—' | '–' => (is_spaced || c == '—').then_some((at, c.len_utf8())),
            '-' | '_' if is_spaced => Some((at, 1)),
            '-' if after == '-' => Some((at, 2)),
            // Some newspapers print no dash after the agency: `(CNN) `
            ')' if window.starts_with('(') && at < 20 && !window[1..at].contains(char::is_whitespace) => {
                let rest = text[at + 1..].trim_start();
                (!rest.starts_with(['-', '–', '—', '_'])).then_some((at, 1))
            }
            _ => None,
        }
    })?;
    let dateline = window[..dash].trim_end().trim_end_matches('.');
    let has_agency = dateline.ends_with(')') || window[dash..].starts_with(')');
    let place = dateline.split('(').next().unwrap_or_default();
    let is_in_capitals = first_word_is_in_capitals(place);
    // An ordinary sentence may start with a word in capitals too: `NATO said it was ready - at last.`
    let has_names_only = place
        .split([' ', ',', '/'])
        .filter(|word| !word.is_empty())
        .all(is_name_or_day);
    // If there is a full date, the place need not be in capitals: `Wien, 14. Dezember 2021`.
    let digits = place.bytes().filter(u8::is_ascii_digit).count();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let has_year = place
        .split([' ', ',', '.'])
        .any(|word| word.len() == 4 && is_number(word));
    // Unless there is a year and a comma, a date must have at least five digits, as in `06.11.23`. A shorter number,
    // such as `1939`, may be the subject of the sentence.
    let is_dated = has_year && place.contains(',') || digits >= 5 && place.starts_with(|c: char| c.is_ascii_digit());
    // If there is no place, the agency must start with a capital letter: `(CNN)`, but not `(update)`.
    let is_agency_only =
        place.trim().is_empty() && dateline.starts_with('(') && dateline[1..].starts_with(char::is_uppercase);
    ((has_names_only && !place.trim().is_empty() && (is_in_capitals || has_agency || is_dated)) || is_agency_only)
        .then_some(dash + length)
}

fn first_word_is_in_capitals(place: &str) -> bool {
    let word = place.split([' ', ',', '/', '-']).next().unwrap_or_default();
    word.chars().filter(|c| c.is_uppercase()).count() >= 3 && !word.chars().any(char::is_lowercase)
}

/// Whether a word is capitalized, a number, or a lowercase word that occurs in place names or dates.
fn is_name_or_day(word: &str) -> bool {
    const SMALL_WORDS: [&str; 24] = [
        "de", "del", "la", "le", "du", "des", "am", "an", "der", "den", "di", "da", "do", "of", "the", "and", "und",
        "et", "y", "e", "upon", "sur", "los", "el",
    ];
    let word = word.trim_matches(['.', ':', ';']);
    word.chars().next().is_none_or(|c| c.is_uppercase() || c.is_ascii_digit())
        || SMALL_WORDS.contains(&word)
        // The names of months in languages that do not capitalize them: `9 dic`, `9 декабря`.
        || (word.chars().count() <= 9 && word.chars().all(char::is_alphabetic) && MONTH_STARTS.iter().any(|start| word.starts_with(start)))
}

const MONTH_STARTS: [&str; 47] = [
    "jan", "ene", "gen", "янв", "feb", "fév", "fev", "фев", "mar", "mär", "мар", "apr", "abr", "avr", "апр", "mai",
    "may", "mag", "maj", "мая", "jun", "juin", "giu", "июн", "jul", "juil", "lug", "июл", "aug", "ago", "aoû", "авг",
    "sep", "set", "сен", "oct", "okt", "ott", "окт", "nov", "ноя", "dec", "dez", "dic", "des", "déc", "дек",
];

/// The byte offset of the end of a dateline such as `新华社北京12月9日电（记者李明）`, in which 电 or 讯 follows the place and day.
fn end_of_chinese(text: &str) -> Option<usize> {
    let mut previous = ' ';
    for (at, c) in text.char_indices().take(40) {
        let is_wire =
            matches!(c, '电' | '電' | '讯' | '訊') && matches!(previous, '日' | '社' | '网' | '網' | '报' | '報');
        if is_wire {
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

/// The byte offset of the end of a dateline such as `(서울=연합뉴스) 홍길동 기자 = `.
fn end_of_korean(text: &str) -> Option<usize> {
    let (head, rest) = text.strip_prefix('(')?.split_once(')')?;
    if !head.contains('=') || head.len() > MAX_BYTES {
        return None;
    }
    let by = rest.find(" = ").filter(|&at| at <= 60);
    Some(text.len() - rest.len() + by.map_or(0, |at| at + 3))
}
