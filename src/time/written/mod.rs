//! Parses dates as people and programs write them, in many languages, and rejects texts that do not name exactly one
//! day.
//!
//! A wrong day is worse than none: subscribers see entries in the wrong order, and a published date cannot be
//! withdrawn. Therefore, a text that can be read as two different days is rejected with a reason, unless the language
//! of the article or other dates in the folder show which day is meant. Unlike general date parsers, this one never
//! fills in missing parts from the current date.
//!
//! The layers, each of which imports only layers before it: `words`, `chars`, `reasons` (tables) → `tokens` → `zone`,
//! `weekday` → `clock` → `reader`, `month`, `year` (parts of a day) → `named`, `numeric`, `year_first` (forms of a day)
//! → `day` (any form) → `whole` (a text that is a date) → `find` (dates inside a text).

mod chars;
mod clock;
mod day;
mod find;
mod month;
mod named;
mod numeric;
mod path;
mod plain;
mod reader;
mod reasons;
mod tokens;
mod weekday;
mod whole;
mod words;
mod year;
mod year_first;
mod zone;

use super::WrittenDate;
pub use find::{FoundDate, find, proven_order};
pub use path::date_in_path;
use plain::{epoch, parse_plain};
pub use reasons::{NOTE_FOLD, NOTE_GAP, NOTE_UPDATE, NOTE_WEEKDAY, NOTE_YDM};
use tokens::Tokens;
use whole::WholeText;

/// The context of a date, which may decide how the date is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateContext<'a> {
    /// The language of the article, if declared: with `en-US`, 03/04 is March 4th.
    pub language: Option<&'a str>,
    /// The day-month order that other dates in the folder prove.
    pub order: Option<DateOrder>,
}

/// Whether the day or the month comes first in `03/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// March 4th.
    MonthFirst,
}

/// A date, and remarks on how the text was read (`the weekday does not match the date`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The date.
    pub date: WrittenDate,
    /// The remarks, each of which starts with a lowercase letter; empty if there are none.
    pub notes: Vec<&'static str>,
}

/// The reason why a text is not a date. It starts with a lowercase letter, so that it can follow
/// "`text` is not a date: ".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected(pub &'static str);

/// The maximum length of a date in bytes. A longer value is prose in a field that is meant for a date, and searching it
/// for dates would be slow.
const LONGEST: usize = 256;

/// Parses a whole string as a date: RFC 3339, RFC 5322, ISO 8601, dates as people write them in 72 languages, and
/// seconds since 1970.
///
/// # Errors
/// Returns an error with the reason if the text does not name exactly one day.
pub fn parse(raw: &str, context: &DateContext<'_>) -> Result<Reading, Rejected> {
    let text = raw.trim();
    if let Some(date) = parse_plain(text.as_bytes()) {
        let notes = Vec::new();
        return Ok(Reading { date, notes });
    }
    if text.is_empty() {
        return Err(Rejected("it is empty"));
    }
    if text.len() > LONGEST {
        return Err(Rejected("it is longer than any date"));
    }
    // When Hugo archetypes and export scripts fail, they leave `{{ .Date }}` or `%Y-%m-%d` behind. A message that the
    // text is a template helps more than a message that it contains no number.
    if text.contains(['{', '%'])
        && ["{{", "<%", "{%", "${", "%Y"]
            .iter()
            .any(|opening| text.contains(opening))
    {
        return Err(Rejected("it is a template that was not filled in"));
    }
    let tokens = Tokens::new(text);
    if let Some(date) = epoch(&tokens)? {
        return Ok(date);
    }
    WholeText::new(&tokens, context).read()
}

#[cfg(test)]
mod tests;
