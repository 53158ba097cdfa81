//! The model of a feed, after Atom (RFC 4287), valid by construction. No I/O, no clock, no format, no serde.
//!
//! The documentation of each field says what it becomes in RSS 2.0 / Atom 1.0 / JSON Feed 1.1; – means that the field
//! is not written.

mod enclosure;
mod entry;
mod feed;
mod person;

pub use enclosure::{Enclosure, Image, MediaType};
pub use entry::{Category, Entry};
pub use feed::Feed;
pub use person::{Email, Person};
