//! Reads a weekday name that starts at a token. A weekday never determines the day of a date; it only confirms the day
//! or casts doubt on it.

use chrono::{Datelike, NaiveDate};

use super::{
    tokens::Tokens,
    words::{is_start_of_row, lookup},
};
use crate::time::weekdays::WEEKDAYS;

/// Stands for a weekday name that is too short to confirm a day, or that means different days in different languages.
pub(super) const UNCHECKED: u8 = 7;

/// Whether the day falls on the weekday (0 is Monday). Always true for [`UNCHECKED`].
pub(super) fn matches_day(weekday: u8, day: NaiveDate) -> bool {
    weekday == UNCHECKED || u32::from(weekday) == day.weekday().num_days_from_monday()
}

/// The weekday at a token, and the token after the weekday. The weekday is a number from 0 (Monday) to 6 (Sunday), or
/// [`UNCHECKED`].
pub(super) fn weekday(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    let word = tokens.word_at(at)?;
    // In Vietnamese, the weekdays are numbered, and Monday has the number 2: `Thứ 2`.
    if matches!(word, "thu" | "th")
        && let Some(day @ 2..=7) = tokens.short_number(at + 1)
    {
        return Some((day as u8 - 2, at + 2));
    }
    if !is_start_of_row(WEEKDAYS, word) {
        return None;
    }
    // The longest name is tried first, because `bazar` is Sunday in Azerbaijani, but `bazar ertəsi` is Monday.
    (1..=3).rev().find_map(|count| {
        let day = lookup(WEEKDAYS, tokens.words(at, count)?)?;
        Some((day, tokens.after_words(at, count)))
    })
}

/// Recognizes the English names (0 is Monday), which most dates on the web use, without searching the table.
pub(super) fn english_weekday(word: &str) -> Option<u8> {
    Some(match word {
        "mon" | "monday" => 0,
        "tue" | "tuesday" => 1,
        "wed" | "wednesday" => 2,
        // `thu` is not listed here, because the names of most Vietnamese weekdays start with `Thứ`.
        "thursday" => 3,
        "fri" | "friday" => 4,
        "sat" | "saturday" => 5,
        "sun" | "sunday" => 6,
        _ => return None,
    })
}
