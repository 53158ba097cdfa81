#![no_main]
//! Any bytes as an HTML page: metadata, content, and that content made safe.

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
    let base = Url::parse("https://wrenmouth.example/a/b").expect("an address");
    if let Ok(content) = article.content(&title) {
        html::clean(&content, &base);
    }
});
