//! Reads time zones written as an offset, an abbreviation or an IANA name.

use super::{tokens::Tokens, words::lookup};

/// A zone as written. The offset of a named zone depends on the day, because of daylight saving time.
#[derive(Clone, Copy)]
pub(super) enum ZoneName<'t> {
    /// Seconds east of UTC.
    Offset(i32),
    /// A name from the IANA database.
    Named(&'t str),
    /// An abbreviation that several zones share and that has no usual meaning: AST can be Atlantic Standard Time or
    /// Arabia Standard Time.
    Ambiguous,
}

/// The zone that starts at a token, and the token after the zone. If there is no zone, the returned token is `at`.
pub(super) fn zone<'t>(tokens: &'t Tokens<'t>, at: usize) -> (Option<ZoneName<'t>>, usize) {
    let open = at + usize::from(matches!(tokens.symbol(at), Some('(' | '[' | ',')));
    let Some((zone, mut end)) = zone_name(tokens, open) else {
        return (None, at);
    };
    let close = match tokens.symbol(at) {
        Some('(') => Some(')'),
        Some('[') => Some(']'),
        _ => None,
    };
    if close.is_some() && tokens.symbol(end) == close {
        end += 1;
    }
    (Some(zone), after_comment(tokens, end))
}

/// The token after an optional second name of the same zone: `+01:00[Europe/Paris]` (RFC 9557), `GMT+0100 (…)`
/// (JavaScript's `Date.toString`), `+01:00CET`. The offset before the name is exact, so the name is ignored.
fn after_comment(tokens: &Tokens<'_>, mut at: usize) -> usize {
    if tokens
        .word_at(at)
        .is_some_and(|word| !is_zone_word(word) && lookup(ZONES, word).is_some())
    {
        at += 1;
    }
    let close = match tokens.symbol(at) {
        Some('[') => ']',
        Some('(') => ')',
        _ => return at,
    };
    // Browsers write zone names of up to five words. Without a limit, an unclosed bracket would cause a scan of the
    // whole text.
    let end = (at + 1..at + 12).find(|&end| tokens.symbol(end) == Some(close));
    match end {
        Some(end) if (at..end).all(|at| tokens.number(at).is_none()) => end + 1,
        _ => at,
    }
}

fn zone_name<'t>(tokens: &'t Tokens<'t>, at: usize) -> Option<(ZoneName<'t>, usize)> {
    if let Some((seconds, end)) = offset(tokens, at) {
        return Some((ZoneName::Offset(seconds), end));
    }
    let word = tokens.word_at(at)?;
    if tokens.symbol(at + 1) == Some('/') && AREAS.contains(&word) {
        let mut end = at + 2;
        while tokens.is_adjacent(end + 1)
            && (tokens.word_at(end + 1).is_some() || matches!(tokens.symbol(end + 1), Some('/' | '_' | '-')))
        {
            end += 1;
        }
        let name = tokens.written(at, end);
        return Some((ZoneName::Named(name), end + 1));
    }
    // JavaScript's `Date.toString` writes `GMT+0100`.
    if matches!(word, "utc" | "gmt" | "ut")
        && let Some((seconds, end)) = offset(tokens, at + 1)
    {
        return Some((ZoneName::Offset(seconds), end));
    }
    let zone = lookup(ZONES, word)?;
    let mut end = at + 1;
    if is_zone_word(word) {
        while matches!(tokens.word_at(end), Some("standard" | "daylight" | "summer" | "time")) {
            end += 1;
        }
        if end == at + 1 {
            return None;
        }
    }
    Some((zone, end))
}

/// Whether the word starts the name of a zone but is not a zone by itself: `eastern` in `Eastern Time`.
fn is_zone_word(word: &str) -> bool {
    matches!(word, "eastern" | "central" | "mountain" | "pacific")
}

/// Reads an offset such as `+01:00`, `-0530` or `+1`. Returns the offset in seconds east of UTC, and the token after
/// the offset.
fn offset(tokens: &Tokens<'_>, at: usize) -> Option<(i32, usize)> {
    let sign = match tokens.symbol(at)? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    if !tokens.is_adjacent(at + 1) {
        return None;
    }
    let (value, digits) = tokens.number(at + 1)?;
    let (hours, minutes, end) = match digits {
        3 | 4 => (value / 100, value % 100, at + 2),
        1 | 2 => match tokens.number(at + 3) {
            Some((minutes, 2)) if tokens.symbol(at + 2) == Some(':') => (value, minutes, at + 4),
            _ => (value, 0, at + 2),
        },
        _ => return None,
    };
    // RFC 3339 allows offsets up to 23:59, but an offset larger than any zone has ever had is a typo or not an offset.
    (hours <= 15 && minutes < 60).then_some((sign * (hours * 3600 + minutes * 60) as i32, end))
}

/// The first parts of IANA names. Only names that start with one of these parts are read as zones, so that `and/or`
/// after a date is not read as a zone.
const AREAS: [&str; 13] = [
    "africa",
    "america",
    "antarctica",
    "arctic",
    "asia",
    "atlantic",
    "australia",
    "etc",
    "europe",
    "indian",
    "pacific",
    "us",
    "canada",
];

const fn hours(count: i32) -> ZoneName<'static> {
    ZoneName::Offset(count * 3600)
}

// India, Iran, Newfoundland and central Australia have half-hour offsets.
const fn half_hours(count: i32) -> ZoneName<'static> {
    ZoneName::Offset(count * 1800)
}

/// Abbreviations, sorted. An abbreviation that several zones share either stands for the zone that it most often means
/// in news on the web (India for IST, and the US for CST) or is marked as ambiguous.
///
/// Like `Eastern Time`, ET, CT, MT and PT name a region rather than an offset, so daylight saving time applies to them.
/// The abbreviations in RFC 5322, section 4.3, have the offsets that the RFC gives.
#[rustfmt::skip]
pub(super) const ZONES: &[(&str, ZoneName<'static>)] = &[
    ("acdt", half_hours(21)), ("acst", half_hours(19)), ("aedt", hours(11)), ("aest", hours(10)), ("akdt", hours(-8)),
    ("akst", hours(-9)), ("amt", ZoneName::Ambiguous), ("art", hours(-3)), ("ast", ZoneName::Ambiguous), ("awst", hours(8)), ("brt", hours(-3)),
    ("bst", hours(1)), ("cat", hours(2)), ("cdt", hours(-5)), ("central", ZoneName::Named("America/Chicago")),
    ("cest", hours(2)), ("cet", hours(1)), ("cst", hours(-6)), ("ct", ZoneName::Named("America/Chicago")),
    ("eastern", ZoneName::Named("America/New_York")), ("eat", hours(3)), ("edt", hours(-4)), ("eest", hours(3)),
    ("eet", hours(2)), ("est", hours(-5)), ("et", ZoneName::Named("America/New_York")), ("gmt", hours(0)), ("gst", hours(4)),
    ("hdt", hours(-9)), ("hkt", hours(8)), ("hst", hours(-10)), ("idt", hours(3)), ("irst", half_hours(7)), ("ist", half_hours(11)),
    ("jst", hours(9)), ("kst", hours(9)), ("mdt", hours(-6)), ("mesz", hours(2)), ("mez", hours(1)), ("mountain", ZoneName::Named("America/Denver")),
    ("msk", hours(3)), ("mst", hours(-7)), ("mt", ZoneName::Named("America/Denver")), ("myt", hours(8)), ("ndt", half_hours(-5)),
    ("npt", ZoneName::Offset(20_700)), ("nst", half_hours(-7)), ("nzdt", hours(13)), ("nzst", hours(12)), ("pacific", ZoneName::Named("America/Los_Angeles")),
    ("pdt", hours(-7)), ("pht", hours(8)), ("pkt", hours(5)), ("pst", hours(-8)), ("pt", ZoneName::Named("America/Los_Angeles")),
    ("sast", hours(2)), ("sgt", hours(8)), ("trt", hours(3)), ("ut", hours(0)), ("utc", hours(0)), ("wast", hours(2)), ("wat", hours(1)),
    ("west", hours(1)), ("wet", hours(0)), ("wib", hours(7)), ("wit", hours(9)), ("wita", hours(8)), ("z", hours(0)),
    ("мск", hours(3)),
];
