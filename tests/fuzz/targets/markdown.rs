#![no_main]
//! Any text as Markdown, to safe HTML: cleaning what is clean changes nothing, and nothing active is left.

use feedwright::{markdown, html, url::Url};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let base = Url::parse("https://wrenmouth.example/a/b").expect("an address");
    markdown::outline(text, 1);
    let Ok(raw) = markdown::to_html(text, "A title") else { return };
    let once = html::clean(&raw, &base).html;
    let twice = html::clean(once.as_str(), &base).html;
    assert_eq!(once, twice);
    for active in ["<script", "<style", "<iframe srcdoc", "javascript:alert"] {
        let in_a_tag = once.as_str().split('<').skip(1).any(|tag| {
            let tag = tag.split('>').next().unwrap_or_default();
            let start = active.strip_prefix('<').is_some_and(|name| tag.starts_with(name));
            start || (active.starts_with("javascript") && tag.contains("=\"javascript:"))
        });
        assert!(!in_a_tag, "{active} in {once:?}");
    }
});
