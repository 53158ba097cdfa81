//! Reads the day in a file path or in an address.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::time::WrittenDate;

/// The years that are accepted. An earlier year is usually the subject of an article, not the year in which the article
/// was written: `1776-07-04.md`.
const YEARS: std::ops::RangeInclusive<i32> = 1983..=2100;

/// The day in a path or an address: `2024-12-14-x.md`, `20241214 x`, `2024/12/14/x`, `2024/12-14-x`.
///
/// Only dates from 1983 to 2100 in the order year, month, day are read. A date at the start of a file or folder name
/// takes precedence, because a date later in the name belongs to the title
/// (`2024-12-14-ten-years-after-2014-12-14.md`). If several dates have the same precedence, the last of them is used,
/// because the file name comes after the folders.
pub fn date_in_path(path: &str) -> Option<(WrittenDate, Range<usize>)> {
    let bytes = path.as_bytes();
    let mut best: Option<(bool, NaiveDate, Range<usize>)> = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if !byte.is_ascii_digit() {
            at += 1;
            continue;
        }
        let run = digits(bytes, at);
        let Some((day, end)) = path_day(bytes, at, run) else {
            at += run;
            continue;
        };
        let at_start = at == 0 || bytes[at - 1] == b'/';
        if best.as_ref().is_none_or(|(other, ..)| at_start || !other) {
            best = Some((at_start, day, at..end));
        }
        at = end;
    }
    let (_, date, range) = best?;
    let (time, offset) = (None, None);
    Some((WrittenDate { date, time, offset }, range))
}

fn path_day(bytes: &[u8], at: usize, run: usize) -> Option<(NaiveDate, usize)> {
    let number = |at: usize, count: usize| {
        let digits = bytes.get(at..at + count)?;
        digits.iter().try_fold(0u32, |value, byte| {
            byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0'))
        })
    };
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let (month, day, end) = match run {
        // A day, or a day with a time: 20241214, 202412140830, 20241214083000. If a letter is next to the digits and
        // does not start a time, the digits are part of a hash: `8f20241214ab.md`.
        8 | 12 | 14 if !is_letter(at.wrapping_sub(1)) && (!is_letter(at + run) || is_time(bytes, at + run)) => {
            (number(at + 4, 2)?, number(at + 6, 2)?, at + run)
        }
        4 => {
            let separator = |at: usize| {
                bytes
                    .get(at)
                    .copied()
                    .filter(|byte| matches!(byte, b'-' | b'/' | b'_' | b'.'))
            };
            let first = separator(at + 4)?;
            let month = digits(bytes, at + 5);
            let second = separator(at + 5 + month)?;
            let day_at = at + 6 + month;
            let day = digits(bytes, day_at);
            // The year can be a folder: `2024/12-14-x`.
            let usual = first == second || first == b'/';
            if !usual || !(1..=2).contains(&month) || !(1..=2).contains(&day) {
                return None;
            }
            (number(at + 5, month)?, number(day_at, day)?, day_at + day)
        }
        _ => return None,
    };
    // `v2024.12.14.5` is a version number, not a date.
    if bytes.get(end) == Some(&b'.')
        && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
        && bytes.get(at + 4) == Some(&b'.')
    {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(number(at, 4)? as i32, month, day)?;
    YEARS.contains(&date.year()).then_some((date, end))
}

/// Whether the text at `at`, right after a day, is a time such as `T0830`.
fn is_time(bytes: &[u8], at: usize) -> bool {
    bytes[at].eq_ignore_ascii_case(&b't') && digits(bytes, at + 1) >= 4
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes
        .get(at..)
        .map_or(0, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count())
}
