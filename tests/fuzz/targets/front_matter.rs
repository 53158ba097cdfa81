#![no_main]
//! Parses any bytes as an article with front matter, in each markup language, and derives its metadata.
//!
//! The first byte chooses the file name.

use feedwright::{
    article::Article,
    extract::{Context, metadata},
};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 6] = ["a/2024-05-03-b.md", "a/b.mdx", "a/b.org", "a/b.rst", "a/b.adoc", "a/b.txt"];

fuzz_target!(|bytes: &[u8]| {
    let Some((name, bytes)) = bytes.split_first() else { return };
    let article = Article::parse(NAMES[usize::from(*name) % NAMES.len()], bytes);
    metadata(&article, &Context::default());
});
