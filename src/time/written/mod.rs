//! Parses dates as people and programs write them, in any language, and rejects texts that do not name one day.
//!
//! A wrong day is worse than none: subscribers see entries in a false order, and a published date cannot be taken back.
//! So a text that can be read as two days is rejected with the reason, unless the language of the article or the other
//! dates in the folder decide which one is meant. Unlike general date parsers, this one never fills in missing parts
//! from the current date.
//!
//! Layers, each importing only those before it: `words`, `chars`, `reasons` (tables) → `tokens` → `zone`, `weekday` →
//! `clock` → `reader`, `month`, `year` (parts of a day) → `named`, `numeric`, `year_first` (forms of a day) → `day` (any
//! form) → `whole` (a text that is a date) → `find` (dates inside a text).

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

/// A date that was read, and remarks on how it was read (`the weekday does not match the date`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The date.
    pub date: WrittenDate,
    /// Lower-case remarks; empty if nothing is doubtful.
    pub notes: Vec<&'static str>,
}

/// Why a text is not a date: lower-case, so that it can follow "`text` is not a date: ".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected(pub &'static str);

/// The maximum length of a date in bytes. A longer value is prose under the wrong key, and searching it for dates would
/// be slow.
const LONGEST: usize = 256;

/// Parses a whole string as a date: RFC 3339, RFC 5322, ISO 8601, written dates in 72 languages, seconds since 1970.
///
/// # Errors
/// The reason why the text does not name exactly one day.
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
    // Archetypes and export scripts leave `{{ .Date }}` or `%Y-%m-%d` behind when they fail. Saying that the text is a
    // template helps more than saying that it contains no number.
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
