//! Reads feeds strictly, and records where in the document each value is.
//!
//! [`encoding`] decodes the bytes to text, and [`xml`] or [`json`] reads the text. Both readers stop at the first
//! syntax error, and both accept any text without failing in another way.

pub(crate) mod encoding;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod link;
pub(crate) mod namespace;
pub(crate) mod xml;
