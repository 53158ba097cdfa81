#![no_main]
//! Parses any bytes as a plain text article, derives its metadata and renders its content.

use feedwright::{
    article::Article,
    extract::{Context, metadata},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let article = Article::parse("a/b.txt", bytes);
    let metadata = metadata(&article, &Context::default());
    let title = metadata.title.map(|title| title.value).unwrap_or_default();
    let _ = article.content(&title);
});
