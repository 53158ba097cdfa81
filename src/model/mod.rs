//! What a feed is: valid by construction, after RFC 4287. No I/O, no clock, no format, no serde.
//!
//! Each field's doc says what it becomes in RSS 2.0, Atom and JSON Feed.

mod enclosure;
mod entry;
mod feed;
mod person;

pub use enclosure::{Enclosure, Image, MediaType};
pub use entry::{Category, Entry};
pub use feed::Feed;
pub use person::{Email, Person};
