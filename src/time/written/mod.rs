//! Reads dates as people and programs write them, in any language, and refuses what does not name one day.

mod chars;
mod clock;
mod day;
mod find;
mod names;
mod numeric;
mod plain;
mod reasons;
mod tokens;
mod whole;
mod words;
mod year_first;
mod zone;

use super::WrittenDate;
pub use find::{Found, date_in_path, find, proven_order};
use plain::{epoch, parse_plain};
pub use reasons::{NOTE_FOLD, NOTE_GAP, NOTE_WEEKDAY, NOTE_YDM};
use tokens::Tokens;
use whole::Whole;

/// What is known around a date that may decide its reading.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateContext<'a> {
    /// The language of the article, if declared: `en-US` reads 03/04 as March 4th.
    pub language: Option<&'a str>,
    /// The order of day and month that other dates of the folder prove.
    pub order: Option<DateOrder>,
}

/// Which comes first in `03/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// March 4th.
    MonthFirst,
}

/// A date that was read, and what is worth telling about the reading (`weekday does not fit`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The date.
    pub date: WrittenDate,
    /// Lower-case remarks; empty for a plain reading.
    pub notes: Vec<&'static str>,
}

/// Why a text is not taken as a date: lower-case, fit to follow "`text` is not a date: ".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused(pub &'static str);

/// The remark on a date that its own label calls an update.
pub const NOTE_UPDATE: &str = "its label says that it is the date of an update";

/// No written date is longer; what is longer is not looked at.
const LONGEST: usize = 256;

/// Reads a whole string as a date: RFC 3339 and 2822, ISO 8601 forms, written dates, epoch numbers.
pub fn parse(raw: &str, context: &DateContext<'_>) -> Result<Reading, Refused> {
    let text = raw.trim();
    if let Some(date) = parse_plain(text.as_bytes()) {
        let notes = Vec::new();
        return Ok(Reading { date, notes });
    }
    if text.is_empty() {
        return Err(Refused("it is empty"));
    }
    if text.len() > LONGEST {
        return Err(Refused("it is longer than any date"));
    }
    if text.contains(['{', '%']) && ["{{", "<%", "{%", "${", "%Y"].iter().any(|mark| text.contains(mark)) {
        return Err(Refused("it is a template that was never filled in"));
    }
    let tokens = Tokens::of(text);
    if let Some(date) = epoch(&tokens)? {
        return Ok(date);
    }
    Whole::new(&tokens, context).read()
}

#[cfg(test)]
mod tests;
