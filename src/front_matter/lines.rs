//! Lines, byte offsets and columns in text.

/// The maximum length, in bytes, of a line for which columns are computed. Counting the characters before each key on
/// one long line would take quadratic time.
const MAX_COLUMN_LINE: usize = 4096;

/// The line that starts at byte offset `at`, without its line feed, and the byte offset at which the next line starts.
pub(super) fn next_line(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    match memchr::memchr(b'\n', rest.as_bytes()) {
        Some(end) => Some((&rest[..end], at + end + 1)),
        None => Some((rest, text.len())),
    }
}

/// The 1-based number of the line that contains byte offset `at`.
pub(super) fn line_number(text: &str, at: usize) -> u32 {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    u32::try_from(memchr::memchr_iter(b'\n', before).count() + 1).unwrap_or(u32::MAX)
}

/// The byte offset at which the line with this 0-based index starts.
pub(super) fn byte_of_line(text: &str, index: u32) -> usize {
    match index {
        0 => 0,
        _ => memchr::memchr_iter(b'\n', text.as_bytes())
            .nth(index as usize - 1)
            .map_or(0, |at| at + 1),
    }
}

/// The byte offset of `part` in `text`. `part` must be a slice of `text`.
pub(super) fn offset_in(text: &str, part: &str) -> usize {
    // The difference between the pointers is exact, whereas a search could find an earlier copy of the same words.
    (part.as_ptr() as usize)
        .saturating_sub(text.as_ptr() as usize)
        .min(text.len())
}

/// The 1-based column, in characters, of byte offset `at` in a line; 1 if `at` exceeds [`MAX_COLUMN_LINE`].
pub(super) fn column_in(line: &str, at: usize) -> u32 {
    if at > MAX_COLUMN_LINE {
        return 1;
    }
    let before = line.get(..at).unwrap_or_default();
    u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX)
}

/// The column of the value after a key that ends at byte offset `key_end` in `line`; 1 if the value is on another line
/// or `line` is too long.
pub(super) fn value_column(line: &str, key_end: usize) -> u32 {
    if line.len() > MAX_COLUMN_LINE {
        return 1;
    }
    let Some(rest) = line.get(key_end..) else { return 1 };
    let after = rest.trim_start_matches(['"', '\'']).trim_start();
    let Some(value) = after
        .strip_prefix(':')
        .map(str::trim_start)
        .filter(|value| !value.is_empty())
    else {
        return 1;
    };
    column_in(line, line.len() - value.len())
}
