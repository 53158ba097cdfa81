//! Grammars of values, each written from its specification and not shared with the writer.

pub(super) mod address;
pub(super) mod date;
pub(super) mod language;
pub(super) mod mail;
pub(super) mod media_type;
pub(super) mod number;
