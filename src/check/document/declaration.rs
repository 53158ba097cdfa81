//! The XML declaration: `<?xml version="1.0" encoding="utf-8" standalone="no"?>`, and why it may not be where it must.

use std::ops::Range;

use super::input::{Result, fault, unclosed};
use super::names::{is_space, name_length, skip_space};
use super::{Declaration, FaultKind};

fn begins(text: &str) -> bool {
    text.starts_with("<?xml") && text.as_bytes().get(5).is_some_and(|&byte| is_space(byte))
}

fn wrong<T>(range: Range<usize>, message: &str) -> Result<T> {
    fault(
        FaultKind::Declaration,
        range,
        message,
        "write `<?xml version=\"1.0\" encoding=\"utf-8\"?>`",
    )
}

/// Reads the declaration into `found`, as far as that goes; gives its end, which is 0 if there is none.
pub(super) fn read(text: &str, found: &mut Option<Declaration>) -> Result<usize> {
    if !begins(text) {
        let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if trimmed.len() < text.len() && begins(trimmed) {
            let at = text.len() - trimmed.len();
            return fault(
                FaultKind::BeforeDeclaration,
                at..at + 5,
                "white space before the XML declaration",
                "let the document begin with `<?xml`; in PHP, look for blank lines before `<?php` or after `?>`",
            );
        }
        return Ok(0);
    }
    let Some(length) = text.find("?>") else {
        return unclosed(
            FaultKind::Declaration,
            0..5,
            "the XML declaration is not closed",
            "end it with `?>`",
        );
    };
    let declaration = found.insert(Declaration::default());
    read_members(&text[..length], declaration)?;
    Ok(length + 2)
}

/// A pseudo-attribute: its name, its value, and the place of that.
struct Member<'t> {
    name: &'t str,
    value: &'t str,
    place: Range<usize>,
}

fn read_members(text: &str, declaration: &mut Declaration) -> Result<()> {
    let mut at = 5;
    let mut order = 0;
    loop {
        let start = skip_space(text, at);
        if start == text.len() {
            break;
        }
        let member = read_member(text, start)?;
        let rank = match member.name {
            "version" => 1,
            "encoding" => 2,
            "standalone" => 3,
            _ => 0,
        };
        if rank <= order || start == at || order == 0 && rank != 1 {
            return wrong(
                start..start + member.name.len().max(1),
                "the XML declaration says something unknown or in another order",
            );
        }
        order = rank;
        at = member.place.end + 1;
        take(member, declaration)?;
    }
    if declaration.version.is_none() {
        return wrong(0..5, "the XML declaration has no version");
    }
    Ok(())
}

fn read_member(text: &str, start: usize) -> Result<Member<'_>> {
    let name = &text[start..start + name_length(&text[start..])];
    let equals = skip_space(text, start + name.len());
    let end = start..start + name.len().max(1);
    if !text[equals..].starts_with('=') {
        return wrong(end, "the XML declaration lacks a value");
    }
    let open = skip_space(text, equals + 1);
    let quote = text[open..].chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(length) = quote.and_then(|quote| text[open + 1..].find(quote)) else {
        return wrong(end, "the XML declaration lacks a quoted value");
    };
    let place = open + 1..open + 1 + length;
    Ok(Member {
        name,
        value: &text[place.clone()],
        place,
    })
}

/// Takes a pseudo-attribute over, if its value is one that it can have.
fn take(member: Member<'_>, declaration: &mut Declaration) -> Result<()> {
    let Member { value, place, .. } = member;
    match member.name {
        "version" => {
            declaration.version = Some((value.to_owned(), place.clone()));
            let minor = value.strip_prefix("1.").unwrap_or("");
            if minor.is_empty() || !minor.bytes().all(|byte| byte.is_ascii_digit()) {
                return wrong(place, "the XML declaration names a version that does not exist");
            }
        }
        "encoding" => {
            let mut bytes = value.bytes();
            let is_name = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
                && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
            if !is_name || value.len() > 64 {
                return wrong(place, "the XML declaration names no encoding");
            }
            declaration.encoding = Some((value.to_owned(), place));
        }
        _ if !matches!(value, "yes" | "no") => return wrong(place, "`standalone` is neither `yes` nor `no`"),
        _ => declaration.is_standalone = value == "yes",
    }
    Ok(())
}
