//! Decides whether two descriptions are the same entry, for `build`, `import`, `diff`, the guards and `check`.
//!
//! A wrong answer harms subscribers in both directions. If an entry is not recognized, readers show it a second time.
//! If a new article gets the id of an old entry, readers that have the id never show it. So the answer weighs the
//! properties that agree against those that contradict each other ([`Evidence`]), and all pairs are assigned together,
//! the best first ([`assign`]). One property alone is never enough: titles repeat ("Menu of the day"), link blogs link
//! to the same page twice, podcasts repeat a boilerplate text, and several articles appear on one day.

mod address;
mod assign;
mod candidates;
mod evidence;

pub use address::Addresses;
pub use assign::{Assignment, Candidate, assign};
pub use candidates::{Description, Index, Key, MAX_ALIKE, candidates, common_shift};
pub use evidence::{Evidence, Properties, Property, Text};
