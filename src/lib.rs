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
//! [`publish`] is this diagram as code. Reading and selecting are one parallel pass over the files
//! (`publish/survey.rs`): each article is read once, only its dates, its state and the fields that feeds select by are
//! extracted, and only the articles that a feed may contain are kept. After that, their other metadata is extracted and
//! their bodies are parsed. So memory use grows with the size of the feeds, not with the size of the archive. There are
//! two exceptions: an article whose date depends on the other dates in its folder (`03/04/2026`) is kept until all
//! files are read, and with `dates.from_git` two dates of each file are kept.
//!
//! # The modules
//!
//! | Module | Contains |
//! |---|---|
//! | [`publish`] | the pipeline and the guards |
//! | [`mod@import`] | copies ids, links and dates of existing feeds into the ledger |
//! | [`config`] | `feedwright.yaml` |
//! | [`source`] | discovers articles; reads, decodes and dates files |
//! | [`front_matter`] | the key–value block at the top of an article, in any notation |
//! | [`markdown`], [`page`], [`plain_text`] | a body: its outline, and its HTML |
//! | [`body`] | paragraphs and pictures, which a body in any format can contain |
//! | [`article`] | [`Article`](article::Article): front matter and body of one file of any of the three kinds |
//! | [`extract`] | from an article to [`Metadata`](extract::Metadata): one file per field, each a table of producers of candidates; [`decide`](extract::evidence::decide) chooses |
//! | [`model`] | what a feed is: no I/O, no clock, no format |
//! | [`ledger`] | the committed record of ids and dates |
//! | [`select`], [`compose`], [`render`], [`compare`], [`output`] | the rest of the pipeline |
//! | [`check`] | validates feeds from their bytes |
//! | [`finding`] | what is wrong with an article or a feed, and the rules for articles |
//! | [`mod@error`] | what stops the program |
//! | [`html`], [`text`], [`time`], [`url`] | leaf modules: newtypes whose constructors do the work once |
//! | [`glob`] | a leaf module: path patterns, which mean the same in every setting and option that accepts them |
//!
//! # Invariants
//!
//! Each is enforced by `tests/suite/architecture.rs`, a lint or a property test:
//!
//! 1. `check` and `render` share no code: the validator must not inherit the writer's mistakes.
//! 2. Only `source`, `config`, `ledger`, `output` and the program touch the file system; only the program prints,
//!    reads the clock or the environment, or exits.
//! 3. Extraction and checking do not fail: they return what they could read, and findings.
//! 4. The same input, configuration and ledger give the same bytes, on any machine and with any time zone, locale,
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
pub mod finding;
pub mod front_matter;
pub mod glob;
pub mod html;
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
