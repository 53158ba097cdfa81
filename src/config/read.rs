//! Parses the values in the configuration file. Each error consists of a message and a fix.

use chrono::NaiveTime;

use super::{Config, Content, fault::Fault};
use crate::{
    check::{self, Level},
    finding::Rule,
    glob::{self, InvalidGlob},
    html,
    model::Email,
    render::Format,
    text::{PlainText, language::Language, nearest},
    time::Zone,
    url::{Url, is_tag_authority},
};

pub(super) fn line(raw: &str) -> Result<PlainText, Fault> {
    PlainText::new(raw).ok_or_else(|| Fault::new("the text is empty", "write some text, or remove the key"))
}

pub(super) fn address(raw: &str) -> Result<Url, Fault> {
    require_single_fragment(raw)?;
    Url::parse(raw).ok_or_else(|| {
        if raw.trim().is_empty() {
            return Fault::new("the address is empty", "write a value such as `https://example.org/`");
        }
        let bare = raw.trim().trim_start_matches("//");
        let help = match Url::parse(&format!("https://{bare}")) {
            // `example.org` is an address without a scheme, but a single word such as `blog` is not.
            Some(url) if !raw.contains("://") && url.host().contains('.') => format!("write it as `{url}`"),
            _ => "write a value such as `https://example.org/`".to_owned(),
        };
        Fault::new(format!("`{raw}` is not an absolute http(s) address"), help)
    })
}

pub(super) fn site_address(raw: &str) -> Result<Url, Fault> {
    let url = address(raw)?;
    if url.as_str().contains(['?', '#']) {
        return Err(Fault::new(
            format!("`{raw}` has a query or a fragment, so it cannot be the base of other addresses"),
            "remove the part that starts with `?` or `#`",
        ));
    }
    // Resolving a relative address replaces everything after the last `/` (RFC 3986 section 5.2.3), so add a final `/`.
    if url.path().ends_with('/') {
        return Ok(url);
    }
    address(&format!("{url}/"))
}

/// Rejects an address with more than one `#`. In an article, every `#` after the first is percent-encoded instead. A
/// configuration is never repaired, because its author can correct the address.
fn require_single_fragment(raw: &str) -> Result<(), Fault> {
    if raw.matches('#').count() <= 1 {
        return Ok(());
    }
    let message = format!("`{raw}` contains more than one `#`, but an address can have only one fragment");
    Err(Fault::new(message, "write every `#` after the first as `%23`"))
}

pub(super) fn reference(raw: &str) -> Result<String, Fault> {
    require_single_fragment(raw)?;
    // The site's address is not known here, but any base address is enough to test whether the reference can be
    // resolved.
    let resolved = Url::parse("https://example.org/").and_then(|base| base.join(raw));
    if raw.trim().is_empty() || resolved.is_none() {
        let help = "write a value such as `/icon.png` or `https://example.org/icon.png`";
        return Err(Fault::new(format!("`{raw}` is not an http(s) address"), help));
    }
    Ok(raw.trim().to_owned())
}

pub(super) fn email(raw: &str) -> Result<Email, Fault> {
    Email::new(raw).ok_or_else(|| {
        let help = "write only the address, such as `ada@example.org`";
        Fault::new(format!("`{raw}` is not an e-mail address"), help)
    })
}

pub(super) fn language(raw: &str) -> Result<Language, Fault> {
    Language::new(raw).ok_or_else(|| {
        let help = "write a value such as `en`, `de-AT` or `zh-Hant`";
        Fault::new(format!("`{raw}` is not a language tag"), help)
    })
}

pub(super) fn zone(raw: &str) -> Result<Zone, Fault> {
    Zone::named(raw.trim()).ok_or_else(|| {
        let names = Zone::names();
        let city = nearest(raw, names.iter().map(String::as_str));
        // Also compare the last part of each name, because a city without its region, such as `Lisbon`, is more similar
        // to the last part than to the whole name.
        let help = match city.or_else(|| zone_of_city(raw, &names)) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "write a name from the IANA time zone database, such as `Europe/Berlin` or `UTC`".to_owned(),
        };
        Fault::new(format!("`{raw}` is not a time zone"), help)
    })
}

fn zone_of_city<'a>(raw: &str, names: &'a [String]) -> Option<&'a str> {
    let city = nearest(raw, names.iter().filter_map(|name| name.rsplit('/').next()))?;
    names
        .iter()
        .find(|name| name.rsplit('/').next() == Some(city))
        .map(String::as_str)
}

pub(super) fn time_of_day(raw: &str) -> Result<NaiveTime, Fault> {
    NaiveTime::parse_from_str(raw.trim(), "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(raw.trim(), "%H:%M:%S"))
        .map_err(|_| {
            let help = "write hours and minutes, such as `\"09:00\"`";
            Fault::new(format!("`{raw}` is not a time of day"), help)
        })
}

/// Parses the authority of a `tag:` URI (RFC 4151 section 2.1): a domain name or e-mail address, and a date on which it
/// belonged to the publisher.
pub(super) fn authority(raw: &str) -> Result<String, Fault> {
    let text = raw.trim();
    // A name without a dot, such as `localhost`, is not unique. Upper case is rejected, because readers compare ids
    // byte for byte.
    let name = text.split(',').next().unwrap_or_default();
    if is_tag_authority(text) && name.contains('.') && !name.contains(|c: char| c.is_ascii_uppercase()) {
        return Ok(text.to_owned());
    }
    Err(Fault::new(
        format!("`{raw}` is not a tag authority (RFC 4151)"),
        "write a lowercase domain and a date on which you owned it: `example.org,2026`",
    ))
}

pub(super) fn link_pattern(raw: &str) -> Result<String, Fault> {
    let help = || {
        let fields: Vec<String> = Config::LINK_FIELDS
            .iter()
            .map(|field| format!("`{{{field}}}`"))
            .collect();
        format!("use {}", fields.join(", "))
    };
    require_single_fragment(raw)?;
    let mut sample = String::new();
    let mut rest = raw.trim();
    while let Some(at) = rest.find(['{', '}']) {
        sample.push_str(&rest[..at]);
        let field = rest[at..].strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let Some((field, after)) = field else {
            return Err(Fault::new(format!("unmatched brace in `{raw}`"), help()));
        };
        if !Config::LINK_FIELDS.contains(&field) {
            let mut fault = Fault::unknown(format!("unknown field `{{{field}}}`"), field, &Config::LINK_FIELDS);
            if !fault.help.starts_with("did you mean") {
                fault.help = help();
            }
            return Err(fault);
        }
        // Replace the field with an arbitrary value, to test whether the pattern produces a valid address.
        sample.push('1');
        rest = after;
    }
    if sample.is_empty() {
        let message = format!("`{raw}` contains no field, so all articles would have the same address");
        return Err(Fault::new(message, help()));
    }
    sample.push_str(rest);
    reference(&sample)?;
    Ok(raw.trim().to_owned())
}

pub(super) fn feed_path(raw: &str) -> Result<String, Fault> {
    let path = raw.trim().trim_start_matches("./");
    // On Windows, a backslash separates folders and `C:` names a drive.
    if path.starts_with('/') || path.contains(['\\', ':']) || path.split('/').any(|part| part == "..") {
        return Err(Fault::new(
            format!("the feed `{raw}` is outside the output folder"),
            "write a path relative to the output folder, with `/` between folders; the key `output` sets the output folder",
        ));
    }
    let is_file = path
        .split('/')
        .all(|part| !part.is_empty() && part != "." && !part.chars().any(char::is_control));
    if !is_file {
        let help = "write a file name such as `rss.xml` or `de/atom.xml`";
        return Err(Fault::new(format!("`{raw}` is not a file name"), help));
    }
    // These characters have a special meaning in an address, so readers would ask the server for a different file.
    // Static servers also differ in how they find a file whose name contains one of these characters.
    if let Some(c) = path.chars().find(|c| "#?%[]".contains(*c)) {
        return Err(Fault::new(
            format!("the feed `{raw}` contains `{c}`, which has a special meaning in an address"),
            "rename the feed; use only letters, digits, `-`, `_`, `.` and `/`",
        ));
    }
    Ok(path.to_owned())
}

pub(super) fn folder(raw: &str) -> Result<String, Fault> {
    if raw.trim().is_empty() {
        return Err(Fault::new(
            "the folder name is empty",
            "write a path, or `.` for the configuration's folder",
        ));
    }
    Ok(raw.trim().to_owned())
}

pub(super) fn glob(raw: &str) -> Result<String, Fault> {
    match glob::compile(&[raw]) {
        Ok(_) => Ok(raw.to_owned()),
        Err(invalid) => Err(Fault::new(invalid.message, InvalidGlob::HELP)),
    }
}

pub(super) fn key(raw: &str) -> Result<String, Fault> {
    if raw.trim().is_empty() {
        return Err(Fault::new(
            "the key is empty",
            "write the key exactly as in the front matter",
        ));
    }
    Ok(raw.trim().to_owned())
}

pub(super) fn format(raw: &str) -> Result<Format, Fault> {
    match raw {
        "rss" => Ok(Format::Rss),
        "atom" => Ok(Format::Atom),
        "json" => Ok(Format::Json),
        _ => {
            let message = format!("`{raw}` is not a feed format");
            Err(Fault::unknown(message, raw, &["rss", "atom", "json"]))
        }
    }
}

pub(super) fn rule(raw: &str) -> Result<&'static Rule, Fault> {
    check::rule(raw.trim()).ok_or_else(|| {
        let help = match nearest(raw, check::rules().iter().map(|rule| rule.id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "run `feedwright rule` to list all rules".to_owned(),
        };
        Fault::new(format!("there is no rule `{raw}` for feeds"), help)
    })
}

pub(super) fn level(raw: &str) -> Result<Level, Fault> {
    Level::from_name(raw).ok_or_else(|| {
        let message = format!("`{raw}` is not a level");
        Fault::unknown(message, raw, &Level::ALL.map(|(name, _)| name))
    })
}

pub(super) fn html_level(raw: &str) -> Result<html::Level, Fault> {
    match raw {
        "strict" => Ok(html::Level::Strict),
        "standard" => Ok(html::Level::Standard),
        "trusted" => Ok(html::Level::Trusted),
        _ => {
            let message = format!("`{raw}` is not a valid value for `html`");
            Err(Fault::unknown(message, raw, &["strict", "standard", "trusted"]))
        }
    }
}

pub(super) fn content(raw: &str) -> Result<Content, Fault> {
    match raw {
        "full" => Ok(Content::Full),
        "summary" => Ok(Content::Summary),
        _ => {
            let message = format!("`{raw}` is not a valid value for `content`");
            Err(Fault::unknown(message, raw, &["full", "summary"]))
        }
    }
}

/// The maximum number of days in a setting: about a hundred years. If a setting could be much larger, a date computed
/// from it could have a five-digit year, which no feed format can represent.
pub(super) const MAX_DAYS: u32 = 36_500;

pub(super) fn days(raw: &str) -> Result<u32, Fault> {
    number_up_to(raw, MAX_DAYS, "days", "7")
}

/// The maximum number of hours in a setting: a year.
pub(super) const MAX_HOURS: u32 = 366 * 24;

pub(super) fn hours(raw: &str) -> Result<u32, Fault> {
    number_up_to(raw, MAX_HOURS, "hours", "24")
}

fn number_up_to(raw: &str, max: u32, unit: &str, example: &str) -> Result<u32, Fault> {
    let number = raw.trim().parse().ok().filter(|number| (1..=max).contains(number));
    number.ok_or_else(|| {
        Fault::new(
            format!("`{raw}` is not a whole number of {unit} from 1 to {max}"),
            format!("write a whole number such as `{example}`"),
        )
    })
}

pub(super) fn percent(raw: &str) -> Result<u32, Fault> {
    let number = raw.trim().trim_end_matches('%').trim_end().parse();
    number.ok().filter(|share| *share <= 100).ok_or_else(|| {
        Fault::new(
            format!("`{raw}` is not a percentage"),
            "write a whole number from `0%` to `100%`",
        )
    })
}
