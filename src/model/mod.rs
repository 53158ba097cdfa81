//! The model of a feed, which follows Atom (RFC 4287) and is valid by construction. It does no I/O, reads no clock, and
//! depends on neither a feed format nor serde.
//!
//! The documentation of each field says what the field becomes in RSS 2.0 / Atom 1.0 / JSON Feed 1.1. A dash (–) means
//! that the field is not written.

mod enclosure;
mod entry;
mod feed;
mod person;

pub use enclosure::{ByteLength, Enclosure, Image, MediaType};
pub use entry::{Category, Entry};
pub use feed::Feed;
pub use person::{Email, Person};
