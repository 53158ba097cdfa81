//! Tests of the program and the library. Most are short runners over the cases in `tests/data`.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod addresses;
mod architecture;
mod article_rules;
mod check;
mod cli;
mod compare;
mod config;
mod dates;
mod decode;
mod discover;
mod docs;
mod extract;
mod feeds;
mod front_matter;
mod git;
mod guards;
mod histories;
mod hostile;
mod html;
mod import;
mod ledger;
mod markdown;
mod output;
mod page;
mod plain_text;
mod publish;
mod render;
mod rule_pages;
mod sanitize;
mod site;
mod snapshot;
mod text;
mod untrusted;
mod w3c;
