//! Element declarations. Only their syntax is checked: feeds are not validated against their document type.

use super::cursor::Cursor;
use crate::feed::xml::input::{Result, fault};
use crate::feed::xml::{FaultKind, MAX_DEPTH};

/// Reads the rest of `<!ELEMENT name (model)>`.
pub(super) fn element_declaration(cursor: &mut Cursor<'_>) -> Result<()> {
    cursor.expect_space("an element declaration has no name")?;
    cursor.qualified_name("an element declaration has no name")?;
    cursor.expect_space("an element declaration has no content model")?;
    if !cursor.accept("EMPTY") && !cursor.accept("ANY") {
        cursor.expect("(", "an element declaration has no content model")?;
        cursor.skip_space();
        if cursor.accept("#PCDATA") {
            mixed_model(cursor)?;
        } else {
            element_model(cursor)?;
        }
    }
    cursor.skip_space();
    cursor.expect(">", "an element declaration is not closed")
}

/// Reads the rest of `(#PCDATA | a | b)*`: production [51].
fn mixed_model(cursor: &mut Cursor<'_>) -> Result<()> {
    let not_a_name = "a content model with `#PCDATA` contains something that is not a name";
    let mut has_names = false;
    loop {
        cursor.skip_space();
        if cursor.accept(")") {
            break;
        }
        cursor.expect("|", not_a_name)?;
        cursor.skip_space();
        cursor.qualified_name(not_a_name)?;
        has_names = true;
    }
    // XML 1.0 production [51]: `(#PCDATA)` may end without `*`, but a list that also contains names may not.
    if !cursor.accept("*") && has_names {
        return cursor.fault("a content model with `#PCDATA` and names does not end with `)*`");
    }
    Ok(())
}

/// Reads the rest of `(a, (b | c)*, d?)`: productions [47] to [50].
fn element_model(cursor: &mut Cursor<'_>) -> Result<()> {
    // The separator of each open group, or `None` if the group has had no separator so far. The open groups are kept on
    // a stack on the heap, because a deeply nested model would overflow the call stack if this function were recursive.
    let mut open: Vec<Option<u8>> = vec![None];
    loop {
        cursor.skip_space();
        if cursor.accept("(") {
            if open.len() >= MAX_DEPTH {
                return fault(
                    FaultKind::Limit,
                    cursor.at - 1..cursor.at,
                    format!("a content model has more than {MAX_DEPTH} levels"),
                    "remove the document type declaration; a feed does not need one",
                );
            }
            open.push(None);
            continue;
        }
        cursor.qualified_name("a content model contains something that is not a name")?;
        skip_occurrence(cursor);
        loop {
            cursor.skip_space();
            let Some(separator) = open.last_mut() else {
                return Ok(());
            };
            match cursor.peek() {
                Some(b')') => {
                    cursor.at += 1;
                    skip_occurrence(cursor);
                    open.pop();
                    if open.is_empty() {
                        return Ok(());
                    }
                }
                Some(byte @ (b',' | b'|')) if separator.is_none_or(|other| other == byte) => {
                    cursor.at += 1;
                    *separator = Some(byte);
                    break;
                }
                _ => return cursor.fault("a content model is not closed, or mixes `,` and `|` in one group"),
            }
        }
    }
}

fn skip_occurrence(cursor: &mut Cursor<'_>) {
    if matches!(cursor.peek(), Some(b'?' | b'*' | b'+')) {
        cursor.at += 1;
    }
}
