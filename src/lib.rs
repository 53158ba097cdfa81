//! Turns a folder of articles into RSS 2.0, Atom 1.0 and JSON Feed files that every reader displays correctly, and
//! validates feeds from any generator.
//!
//! # The pipeline
//!
//! In the order in which the code runs:
//!
//! ```text
//! input/**/*.{md,txt,html}
//!    │ source               which files are articles, in a stable order; bytes → text
//!    │ front_matter, markdown | page | plain_text     front matter and body       Article
//!    │ extract              dates and state of every article, the rest only for selected ones   Metadata
//!    │ select               drafts, future, expired, duplicates, order, limits    what the feeds need
//!    │ compose              + ledger + site: lasting id, absolute URLs, safe HTML    Entry
//!    │ render               one model, one file per format                        bytes
//!    │ check                the finished bytes, with a reader that shares no code with render   Report
//!    │ compare              with what is published now: the guards                Changes
//!    ▼ output               only what changed, atomically, under a lock           feeds/*
//! ```
//!
//! [`publish`] implements this diagram. Articles are read and selected in one parallel pass over the files
//! (`publish/survey.rs`). This pass reads each article once, extracts only the dates, the state and the fields by which
//! feeds select articles, and keeps only the articles that could appear in a feed. After that, the remaining metadata
//! of these articles is extracted, and their bodies are parsed. Memory use therefore grows with the size of the feeds,
//! not with the size of the archive. There are two exceptions: an article whose date depends on the other dates in its
//! folder (`03/04/2026`) is kept until all files have been read, and if `dates.from_git` is set, two dates are kept for
//! each file.
//!
//! # The modules
//!
//! | Module | Purpose |
//! |---|---|
//! | [`publish`] | the pipeline and the guards |
//! | [`mod@import`] | copies ids, links and dates of existing feeds into the ledger |
//! | [`config`] | `feedwright.yaml` |
//! | [`source`] | discovers articles; reads files, decodes them and determines their dates |
//! | [`front_matter`] | the key–value block at the top of an article, in any notation |
//! | [`markdown`], [`page`], [`plain_text`] | the body of an article: its outline and its HTML |
//! | [`body`] | paragraphs and pictures, which a body in any format can contain |
//! | [`article`] | [`Article`](article::Article): the front matter and the body of one file in Markdown, HTML or plain text |
//! | [`extract`] | derives [`Metadata`](extract::Metadata) from an article: each field has a file with a table of functions that produce candidates, and [`decide`](extract::evidence::decide) chooses one of the candidates |
//! | [`model`] | what a feed is, independent of I/O, the clock and the formats |
//! | [`ledger`] | the committed record of ids and dates |
//! | [`select`], [`compose`], [`render`], [`compare`], [`output`] | the rest of the pipeline |
//! | [`identity`] | decides whether two articles, records or feed entries are the same entry |
//! | [`feed`] | reads feeds in any format, with positions, for `check`, `compare` and `import` |
//! | [`check`] | validates feeds from their bytes |
//! | [`finding`] | what is wrong with an article or a feed, and the rules for articles |
//! | [`mod@error`] | what stops the program |
//! | [`html`], [`text`], [`time`], [`url`] | leaf modules: newtypes whose constructors validate or clean a value once, so that no other code needs to do so |
//! | [`glob`] | a leaf module: path patterns, which mean the same in every setting and option that accepts them |
//!
//! # Invariants
//!
//! Each invariant is enforced by `tests/suite/architecture.rs`, a lint or a property test:
//!
//! 1. `check` and `render` share no code: the validator must not inherit the writer's mistakes.
//! 2. Only `source`, `config`, `ledger`, `output` and the program touch the file system; only the program prints,
//!    reads the clock or the environment, or exits.
//! 3. Extraction and checking do not fail: they return whatever they could read, together with findings.
//! 4. The same input, configuration and ledger produce the same bytes, on any machine and with any time zone, locale,
//!    number of threads and directory order.
//! 5. There are no import cycles between modules, and none between files.
//! 6. `unsafe` is forbidden in this crate.

pub mod article;
pub mod body;
pub mod check;
pub mod compare;
pub mod compose;
pub mod config;
pub mod error;
pub mod extract;
mod feed;
pub mod finding;
pub mod front_matter;
pub mod glob;
pub mod html;
pub mod identity;
pub mod import;
pub mod ledger;
pub mod markdown;
pub mod model;
pub mod output;
pub mod page;
pub mod plain_text;
pub mod publish;
pub mod render;
pub mod select;
pub mod source;
pub mod text;
pub mod time;
pub mod url;

pub use error::Error;
