//! Turns a folder of articles into RSS 2.0, Atom 1.0 and JSON Feed files that every reader takes, and judges anyone's
//! feeds.
//!
//! # The pipeline
//!
//! ```text
//! input/**/*.{md,txt,html}
//!    │ article::discover    which files are articles
//!    │ article              decode, split front matter, body                      Article
//!    │ extract              each field with its origin and what it was preferred to   Metadata
//!    │ compose              + ledger + site: absolute addresses, safe HTML, lasting id   Entry
//!    │ select               drafts, future, expired, duplicates, order, limits    Feed
//!    │ render               one model, one file per format                        bytes
//!    │ check                the finished bytes, by a reader that shares no code with render   Report
//!    │ compare              with what is published: guards against floods and losses          Changes
//!    ▼ output               only what changed, atomically, under a lock           feeds/*
//! ```
//!
//! [`publish`] is this picture as code. Reading and as much of extracting as selection needs run in parallel over the
//! files and keep only the newest; an article's body is parsed only if a feed holds the article. So memory grows with
//! the feeds and not with the archive: comparing reads the ledger, and a published feed only where that is needed. The
//! exception is an article whose date only its folder's other dates decide (`03/04/2026`): it is kept until all are
//! read. Where Git dates articles, two dates of each file are kept as well.
//!
//! # The rooms
//!
//! - **[`article`]**: from a file to an [`Article`](article::Article).
//! - **[`extract`]**: from an article to [`Metadata`](extract::Metadata); one file per field, each a table of producers of
//!   candidates; one function, [`decide`](extract::evidence::decide), picks.
//! - **[`model`]**: what a feed is, valid by construction. No I/O, no clock, no format.
//! - **[`ledger`]**: the committed memory of ids and dates.
//! - **[`compose`]**, **[`select`]**, **[`render`]**, **[`output`]**: the rest of the pipeline.
//! - **[`check`]**: judges feeds from their bytes.
//! - **[`compare`]**: two generations of a feed, of anyone's, and what subscribers would see. The guards that decide on
//!   it are in [`publish`], and so is [`import`](publish::import), which takes the ids of anyone's feed into the ledger.
//! - **[`finding`]**: what is wrong with an article or a feed, and the tables of rules.
//! - **[`mod@error`]**: what stops the program.
//! - **[`config`]**: `feedwright.yaml`.
//! - **[`text`]**, **[`time`]**, **[`url`]**, **[`html`]**: leaves; newtypes whose constructor does the work once.
//!
//! # Invariants
//!
//! Kept by `tests/suite/architecture.rs`, by lints, or by a property test:
//!
//! 1. `check` and `render` share no code: the judge does not use the defendant's.
//! 2. Only `article`, `config`, `ledger`, `output` and the program touch the file system; only the program prints,
//!    reads the clock or the environment, or exits.
//! 3. Extraction and checking do not fail: they return less, and findings.
//! 4. Same input, configuration and ledger: same bytes, on any machine, under any zone, locale, number of threads and
//!    directory order.
//! 5. No cycle of modules. 6. No unsafe code.

pub mod article;
pub mod check;
pub mod compare;
pub mod compose;
pub mod config;
pub mod error;
pub mod extract;
pub mod finding;
pub mod html;
pub mod ledger;
pub mod model;
pub mod output;
pub mod publish;
pub mod render;
pub mod select;
pub mod text;
pub mod time;
pub mod url;

pub use error::Error;
