//! Turns a folder of articles into RSS 2.0, Atom 1.0 and JSON Feed, and judges anyone's feeds.

pub mod article;
pub mod check;
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
pub mod text;
pub mod time;
pub mod url;

pub use error::Error;
