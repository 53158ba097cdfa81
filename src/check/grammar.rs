//! The grammars of values, each implemented from its specification. They share no code with the writer.

pub(super) mod address;
pub(super) mod date;
pub(super) mod language;
pub(super) mod mail;
pub(super) mod media_type;
pub(super) mod number;
