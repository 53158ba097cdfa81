//! Decides whether two articles, records or feed entries are the same entry, for `build`, `import`, `diff`, the guards
//! and `check`.
//!
//! Both kinds of wrong answer harm subscribers. If an entry is not recognized, readers show it a second time. If a new
//! article gets the id of an old entry, readers that already have the id never show the article. Therefore,
//! [`Evidence`] weighs the properties in which two entries agree against those in which they contradict each other, and
//! [`assign`] considers all pairs together, starting with the best pair. For an entry that has moved, it is not enough
//! that only the title, the address, the date or a short text is equal: titles repeat ("Menu of the day"), link blogs
//! link to the same page twice, podcasts repeat boilerplate text, and several articles may appear on the same day.

mod address;
mod assign;
mod candidates;
mod evidence;

pub use address::Addresses;
pub use assign::{Assignment, Candidate, assign};
pub use candidates::{Description, Index, Key, MAX_ALIKE, candidates, common_shift};
pub use evidence::{Evidence, Properties, Property, Text};
