//! External identifiers (`SYSTEM "…"` or `PUBLIC "…" "…"`), and notation declarations, which contain an external
//! identifier.

use super::cursor::Cursor;
use crate::feed::xml::input::Result;

/// The public identifier and the system identifier (a URL) of a resource outside the document.
#[derive(Default)]
pub(super) struct ExternalId {
    pub(super) public: Option<String>,
    pub(super) system: Option<String>,
}

/// Reads an external identifier, if there is one. A public identifier without a system identifier is allowed only in a
/// notation declaration.
pub(super) fn external_id(cursor: &mut Cursor<'_>, may_lack_system: bool) -> Result<Option<ExternalId>> {
    let mut id = ExternalId::default();
    if cursor.accept("PUBLIC") {
        cursor.expect_space("a public identifier is missing")?;
        let Some((public, _)) = cursor.quoted() else {
            return cursor.fault("a public identifier is missing");
        };
        // XML 1.0 production [13].
        let is_public = |c: char| c.is_ascii_alphanumeric() || " \r\n-'()+,./:=?;!*#@$_%".contains(c);
        if !public.chars().all(is_public) {
            return cursor.fault("a public identifier contains a character that is not allowed");
        }
        id.public = Some(public.to_owned());
    } else if !cursor.accept("SYSTEM") {
        return Ok(None);
    }
    let has_space = cursor.skip_space();
    if may_lack_system && id.public.is_some() && cursor.peek() == Some(b'>') {
        return Ok(Some(id));
    }
    if !has_space {
        return cursor.fault("a system identifier is missing");
    }
    let Some((system, _)) = cursor.quoted() else {
        return cursor.fault("a system identifier is missing");
    };
    id.system = Some(system.to_owned());
    Ok(Some(id))
}

/// Reads the rest of `<!NOTATION name PUBLIC "…">`.
pub(super) fn notation(cursor: &mut Cursor<'_>) -> Result<()> {
    cursor.expect_space("a notation declaration has no name")?;
    cursor.plain_name("a notation declaration has no name")?;
    cursor.expect_space("a notation declaration has no identifier")?;
    if external_id(cursor, true)?.is_none() {
        return cursor.fault("a notation declaration has no identifier");
    }
    cursor.skip_space();
    cursor.expect(">", "a notation declaration is not closed")
}
