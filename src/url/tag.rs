//! The authority of `tag:` URIs (RFC 4151 section 2.1): a domain or an e-mail address, and a date on which the creator
//! of the URI owned that domain or address.

use chrono::NaiveDate;

/// Whether the text is the authority of a `tag:` URI: a domain or an e-mail address, a comma, and a day, a month or a
/// year.
///
/// Browsers also open hosts such as `my_blog.example.org`, `a..example` and `[::1]`, but a `tag:` URI cannot contain
/// such hosts.
pub fn is_tag_authority(text: &str) -> bool {
    let Some((name, date)) = text.split_once(',') else {
        return false;
    };
    let (user, domain) = match name.split_once('@') {
        Some((user, domain)) => (Some(user), domain),
        None => (None, name),
    };
    let is_user = |user: &str| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        !user.is_empty() && user.bytes().all(is_allowed)
    };
    let is_label = |label: &str| {
        let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.bytes().all(is_inner)
    };
    user.is_none_or(is_user) && domain.split('.').all(is_label) && is_date(date)
}

/// Whether the text is a valid day, month or year. A month stands for its first day, and a year for January 1.
fn is_date(text: &str) -> bool {
    let day = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    let is_plain = day.len() == 10 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    // RFC 4151 has no year 0.
    is_plain && !day.starts_with("0000") && NaiveDate::parse_from_str(&day, "%Y-%m-%d").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_is_a_domain_or_an_email_address_and_a_date() {
        for (text, valid) in [
            ("example.org,2026", true),
            ("example.org,2026-03", true),
            ("example.org,2026-03-01", true),
            ("localhost,2026", true),
            ("192.0.2.1,2026", true),
            ("ada_l@example.org,2026", true),
            ("example.org", false),
            ("my_blog.example.org,2026", false),
            ("a..example,2026", false),
            ("-a.example,2026", false),
            ("example.org.,2026", false),
            ("[::1],2026", false),
            ("@example.org,2026", false),
            ("a+b@example.org,2026", false),
            ("example.org,26", false),
            ("example.org,2026-02-30", false),
            ("example.org,2026-3", false),
            ("example.org,0000", false),
            ("example.org,+202-01-01", false),
            ("bücher.example,2026", false),
        ] {
            assert_eq!(is_tag_authority(text), valid, "{text}");
        }
    }
}
