//! End tags, each of which must close the innermost open element.

use super::FaultKind;
use super::input::{Input, Result, fault, unclosed};
use super::names::{name_length, skip_space};
use super::reader::Reader;

impl Reader<'_> {
    /// Reads the end tag at `start`. The first `base` open elements were opened outside the current entity, so they
    /// cannot be closed inside it.
    pub(super) fn end_tag(&mut self, input: Input<'_>, start: usize, base: usize) -> Result<usize> {
        let open = self.open.last().filter(|_| self.open.len() > base);
        let Some(open) = open else {
            return closes_nothing(input, start);
        };
        let expected = self.tree.name(open.node);
        let name_end = start + 2 + expected.len();
        let end = skip_space(input.text, name_end);
        // This condition also rejects a longer name, because only white space and `>` may follow the expected name.
        if !input.starts_with(start + 2, expected) || input.byte(end) != Some(b'>') {
            return mismatch(input, start, expected);
        }
        let scopes = open.scopes;
        self.close(input.source_range(start..end + 1).end, scopes);
        Ok(end + 1)
    }
}

/// The name of the end tag at `start`, and the position after the tag. This function is called only to report a fault.
/// It is not called for a correct end tag, because [`Reader::end_tag`] compares the name of such a tag directly.
fn end_tag_name(input: Input<'_>, start: usize) -> Result<(&str, usize)> {
    let name_start = start + 2;
    let name_end = name_start + name_length(&input.text[name_start..]);
    let end = skip_space(input.text, name_end);
    match input.byte(end) {
        Some(b'>') if name_end > name_start => Ok((&input.text[name_start..name_end], end + 1)),
        None => unclosed(
            FaultKind::Syntax,
            input.source_range(start..name_end),
            "an end tag is not closed",
            "check whether the file was cut off",
        ),
        Some(_) => fault(
            FaultKind::Syntax,
            input.source_range(start..name_end),
            "an end tag is not closed, or has no name",
            "write `</name>`",
        ),
    }
}

fn closes_nothing(input: Input<'_>, start: usize) -> Result<usize> {
    let (name, end) = end_tag_name(input, start)?;
    fault(
        FaultKind::Tag,
        input.source_range(start..end),
        format!("`</{name}>` has no matching start tag"),
        "remove it, or add the start tag",
    )
}

fn mismatch(input: Input<'_>, start: usize, expected: &str) -> Result<usize> {
    let (name, end) = end_tag_name(input, start)?;
    fault(
        FaultKind::Tag,
        input.source_range(start..end),
        format!("`</{name}>` instead of `</{expected}>`"),
        "close elements in the reverse order of their start tags; names are case-sensitive",
    )
}
