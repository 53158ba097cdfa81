#![no_main]
//! Parses any bytes as an HTML page, derives its metadata, extracts its content and sanitizes it.

use feedwright::{
    article::Article,
    extract::{Context, metadata},
    html,
    url::Url,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let article = Article::parse("a/b.html", bytes);
    let metadata = metadata(&article, &Context::default());
    let title = metadata.title.map(|title| title.value).unwrap_or_default();
    let base = Url::parse("https://wrenmouth.example/a/b").expect("a valid URL");
    if let Ok(content) = article.content(&title) {
        html::clean(&content, &base);
    }
});
