//! Finds the ends of sentences in many scripts. A period after an abbreviation, an initial or a number of up to three
//! digits does not end a sentence, except at the end of the text.

/// The byte offset of the end of the sentence that starts at offset `from`. The sentence includes its final punctuation
/// mark and closing quotes.
///
/// `None` if no sentence ends in the rest of the text.
pub fn sentence_end(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_mark(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut is_single_period = c == '.';
        while let Some(&(next, follower)) = chars.peek() {
            if !(is_mark(follower) || is_closing(follower)) {
                break;
            }
            is_single_period &= !is_mark(follower);
            end = next + follower.len_utf8();
            chars.next();
        }
        if ends_sentence(rest, at, c, end, is_single_period) {
            return Some(from + end);
        }
    }
    None
}

/// Whether the mark at offset `at` ends a sentence. Closing quotes and brackets may follow the mark, up to offset
/// `end`.
fn ends_sentence(text: &str, at: usize, mark: char, end: usize, is_single_period: bool) -> bool {
    // These marks always end a sentence, and in CJK text, no space follows them.
    if matches!(
        mark,
        '。' | '！' | '？' | '．' | '।' | '॥' | '۔' | '።' | '։' | '။' | '។'
    ) {
        return true;
    }
    let after = &text[end..];
    if !(after.is_empty() || after.starts_with(char::is_whitespace)) {
        return false;
    }
    let mut following = after.chars().filter(|c| !c.is_whitespace() && !is_opening(*c));
    match following.next() {
        // The mark does not end a sentence in `Yahoo! is`, `“What?” she asked` and `approx. half`.
        Some(next) if next.is_lowercase() => return false,
        Some(',' | ';' | ':' | ')') => return false,
        None => return true,
        Some(_) => {}
    }
    // Only a single period can belong to an abbreviation.
    if !is_single_period {
        return true;
    }
    let before = &text[..at];
    let start = before
        .rfind(|c: char| c.is_whitespace() || is_opening(c))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    !is_abbreviated(&before[start..])
}

/// Whether a period after the word belongs to the word.
fn is_abbreviated(word: &str) -> bool {
    let mut chars = word.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else {
        return false;
    };
    // Initials (J.), and letters with periods (U.S., z.B., e.g.)
    let is_initial = second.is_none() && first.is_alphabetic();
    let has_periods = word.split('.').count() > 1 && word.split('.').all(|part| part.chars().count() <= 2);
    // Ordinals: `am 5. März`, `zum 100. Geburtstag`. Longer numbers, such as years, may end a sentence.
    let is_ordinal = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_initial || has_periods || is_ordinal || {
        let lower = word.to_lowercase();
        ABBREVIATIONS.binary_search(&lower.as_str()).is_ok()
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '．'
            | '।'
            | '॥'
            | '؟'
            | '۔'
            | '።'
            | '։'
            | '။'
            | '។'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '」' | '』' | '）' | '】' | '》'
    )
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '„' | '«' | '‹' | '(' | '[' | '「' | '『' | '（' | '【' | '《' | '¿' | '¡'
    )
}

/// A sorted list of lowercase abbreviations that rarely end a sentence.
#[rustfmt::skip]
pub(super) const ABBREVIATIONS: &[&str] = &[
    "abr", "abs", "adm", "ago", "al", "allg", "approx", "apr", "arch", "ariz", "art", "atd", "aug", "av",
    "avda", "avr", "avv", "bd", "betr", "bijv", "bl", "blvd", "blz", "boul", "brig", "bros", "bspw", "bv",
    "bzw", "ca", "calif", "capt", "cf", "ch", "chap", "cit", "cmdr", "co", "col", "colo", "corp", "cpl", "dec",
    "dept", "dgl", "dhr", "dic", "dipl", "dott", "dpto", "dr", "dra", "drs", "dt", "dvs", "déc", "ed", "eds",
    "ehem", "einschl", "ene", "entspr", "env", "erg", "etw", "evtl", "exkl", "exma", "exmo", "f.d", "feb",
    "febbr", "fig", "figs", "fla", "fr", "fri", "frl", "ft", "févr", "geb", "gegr", "gen", "genn", "geom",
    "ggf", "godz", "gov", "gral", "hb", "hl", "hon", "hr", "hrn", "inc", "ing", "ingº", "inkl", "insp", "inż",
    "ir", "jan", "janv", "jh", "jhd", "jhdt", "jmd", "jr", "juil", "jul", "jun", "kap", "kath", "kl", "ks",
    "lfd", "lic", "lt", "ltd", "ltda", "maj", "mar", "mevr", "mgr", "mich", "minn", "mio", "mj", "mlle", "mm",
    "mme", "mons", "mont", "mr", "mrd", "mrs", "ms", "mt", "mw", "mx", "např", "neb", "nev", "no", "nos", "nov",
    "np", "nr", "nº", "näml", "núm", "oct", "okla", "ong", "op", "osv", "ott", "pag", "penn", "phil", "pp",
    "pres", "prof", "pvt", "pág", "págs", "rag", "rd", "rep", "resp", "rev", "röm", "s.k", "schriftl", "sec",
    "sen", "sep", "sept", "sett", "sgt", "sig", "sigg", "sn", "sog", "sr", "sra", "sres", "srta", "st", "sta",
    "staatl", "std", "str", "supt", "südd", "t.ex", "techn", "tel", "tenn", "tex", "theol", "thu", "tj", "tue",
    "tzv", "tzw", "tägl", "ud", "uds", "ugs", "ul", "ur", "urspr", "usf", "usw", "va", "vd", "vds", "verh",
    "verst", "vgl", "viz", "vnl", "vol", "vols", "vorm", "vs", "wg", "wis", "zgn", "zob", "ztr", "zus", "zzgl",
    "éd", "österr", "öğr", "üyesi", "þ.e", "čl", "św", "δρ", "акад", "вул", "гг", "гр", "грн", "др", "им", "кв",
    "млн", "млрд", "напр", "обл", "пос", "пр", "проф", "ред", "рис", "руб", "см", "ст", "стр", "тис", "тыс",
    "ул", "ім",
];
