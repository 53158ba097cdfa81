//! The grammars of values, each from its own specification, written apart from the code that the writing side uses.

pub(super) mod address;
pub(super) mod date;
pub(super) mod language;
pub(super) mod mail;
pub(super) mod media_type;
pub(super) mod number;
