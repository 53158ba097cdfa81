//! Numbers, play times and base64.

/// Parses an integer, which may be negative; `None` if the text is not an integer or does not fit in 64 bits.
pub(in crate::check) fn integer(text: &str) -> Option<i64> {
    // The digits are checked here, because `str::parse` also accepts `+5`.
    let digits = text.strip_prefix('-').unwrap_or(text);
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// Parses a decimal number without an exponent.
pub(in crate::check) fn decimal(text: &str) -> Option<f64> {
    // The characters are checked here, because `str::parse` also accepts `inf`, `NaN` and `1e5`.
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_decimal = digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(|&byte| byte == b'.').count() <= 1;
    is_decimal.then(|| text.parse().ok()).flatten()
}

/// Whether the text is a Normal Play Time (RFC 2326 section 3.6), such as `12.5` (seconds) or `1:02:03.5`.
pub(in crate::check) fn is_play_time(text: &str) -> bool {
    if decimal(text).is_some_and(|seconds| seconds >= 0.0) {
        return true;
    }
    let mut parts = text.split(':');
    let (Some(hours), Some(minutes), Some(seconds), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    integer(hours).is_some_and(|hours| hours >= 0)
        && minutes.len() <= 2
        && integer(minutes).is_some_and(|minutes| (0..60).contains(&minutes))
        && decimal(seconds).is_some_and(|seconds| (0.0..60.0).contains(&seconds))
}

/// Whether the text is base64 (RFC 4648 section 4). White space is ignored.
pub(in crate::check) fn is_base64(text: &str) -> bool {
    let mut count = 0usize;
    let mut padding = 0usize;
    // RFC 4287 section 4.1.3.3 allows white space around base64 content and line breaks within it.
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        count += 1;
        match byte {
            b'=' => padding += 1,
            _ if padding > 0 => return false,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => {}
            _ => return false,
        }
    }
    count.is_multiple_of(4) && padding <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_numbers_and_times() {
        assert_eq!(integer("-12"), Some(-12));
        assert_eq!(integer("99999999999999999999"), None);
        assert_eq!(integer("1.5"), None);
        assert_eq!(decimal("1.5"), Some(1.5));
        assert_eq!(decimal("."), None);
        assert!(is_play_time("12") && is_play_time("01:02:03.5") && !is_play_time("1:99:00") && !is_play_time("x"));
        assert!(is_base64("aGVs bG8=") && !is_base64("a") && !is_base64("<p>x</p>"));
    }
}
