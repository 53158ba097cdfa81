//! The XML declaration: `<?xml version="1.0" encoding="utf-8" standalone="no"?>` (XML 1.0 section 2.8).

use std::ops::Range;

use super::input::{Result, fault, unclosed};
use super::names::{is_space, name_length, skip_space};
use super::{Declaration, FaultKind};

fn begins_with_declaration(text: &str) -> bool {
    text.starts_with("<?xml") && text.as_bytes().get(5).is_some_and(|&byte| is_space(byte))
}

fn invalid<T>(range: Range<usize>, message: &str) -> Result<T> {
    fault(
        FaultKind::Declaration,
        range,
        message,
        "write `<?xml version=\"1.0\" encoding=\"utf-8\"?>`",
    )
}

/// Reads the declaration into `found`, up to its first fault. Returns the end of the declaration, or 0 if there is
/// none.
pub(super) fn read(text: &str, found: &mut Option<Declaration>) -> Result<usize> {
    if !begins_with_declaration(text) {
        // The decoder removes only the first byte order mark. A second one is invisible, so it is handled like white
        // space.
        let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if trimmed.len() < text.len() && begins_with_declaration(trimmed) {
            let at = text.len() - trimmed.len();
            return fault(
                FaultKind::BeforeDeclaration,
                at..at + 5,
                "white space before the XML declaration",
                "start the document with `<?xml`; in PHP, look for blank lines before `<?php` or after `?>`",
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

/// One pseudo-attribute of the declaration.
struct Member<'t> {
    name: &'t str,
    value: &'t str,
    value_range: Range<usize>,
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
        // XML 1.0 production [23]: `version`, `encoding` and `standalone` must be in this order and separated by white
        // space. Each may occur only once. `version` is required.
        if rank <= order || start == at || order == 0 && rank != 1 {
            return invalid(
                start..start + member.name.len().max(1),
                "the XML declaration has an unknown attribute, or attributes in the wrong order",
            );
        }
        order = rank;
        at = member.value_range.end + 1;
        store(member, declaration)?;
    }
    if declaration.version.is_none() {
        return invalid(0..5, "the XML declaration has no version");
    }
    Ok(())
}

fn read_member(text: &str, start: usize) -> Result<Member<'_>> {
    let name = &text[start..start + name_length(&text[start..])];
    let equals = skip_space(text, start + name.len());
    let end = start..start + name.len().max(1);
    if !text[equals..].starts_with('=') {
        return invalid(end, "an attribute of the XML declaration has no value");
    }
    let open = skip_space(text, equals + 1);
    let quote = text[open..].chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(length) = quote.and_then(|quote| text[open + 1..].find(quote)) else {
        return invalid(end, "an attribute of the XML declaration has no quoted value");
    };
    let value_range = open + 1..open + 1 + length;
    Ok(Member {
        name,
        value: &text[value_range.clone()],
        value_range,
    })
}

/// Stores the value of a pseudo-attribute, or returns a fault if the value is not valid.
fn store(member: Member<'_>, declaration: &mut Declaration) -> Result<()> {
    let Member { value, value_range, .. } = member;
    match member.name {
        "version" => {
            // The version is stored even if it is invalid, because a separate rule reports unsupported versions. In
            // that case, the fault below is not reported, because it has the same range as that rule's finding.
            declaration.version = Some((value.to_owned(), value_range.clone()));
            let minor = value.strip_prefix("1.").unwrap_or("");
            if minor.is_empty() || !minor.bytes().all(|byte| byte.is_ascii_digit()) {
                return invalid(value_range, "the XML declaration contains an invalid version");
            }
        }
        "encoding" => {
            let mut bytes = value.bytes();
            let is_name = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
                && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
            if !is_name || value.len() > 64 {
                return invalid(value_range, "the encoding name in the XML declaration is not valid");
            }
            declaration.encoding = Some((value.to_owned(), value_range));
        }
        _ if !matches!(value, "yes" | "no") => return invalid(value_range, "`standalone` is neither `yes` nor `no`"),
        _ => declaration.is_standalone = value == "yes",
    }
    Ok(())
}
