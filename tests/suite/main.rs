//! The tests of the program and the library: short runners over the cases in `tests/data`.

#![allow(clippy::unwrap_used)]

mod addresses;
mod architecture;
mod cli;
mod config;
mod dates;
mod decode;
mod discover;
mod front_matter;
mod html;
mod ledger;
mod output;
mod page;
mod render;
mod sanitize;
mod snapshot;
mod text;
