#![no_main]
//! Renders any text as Markdown and sanitizes the result. Sanitizing it again must change nothing, and no scripts, styles
//! or `javascript:` addresses may be left.

use feedwright::{html, markdown, url::Url};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let base = Url::parse("https://wrenmouth.example/a/b").expect("a valid URL");
    markdown::outline(text, 1);
    let Ok(raw) = markdown::to_html(text, "A title") else { return };
    let once = html::clean(&raw, &base).html;
    let twice = html::clean(once.as_str(), &base).html;
    assert_eq!(once, twice);
    for active in ["<script", "<style", "<iframe srcdoc", "javascript:alert"] {
        let is_in_tag = once.as_str().split('<').skip(1).any(|tag| {
            let tag = tag.split('>').next().unwrap_or_default();
            let is_element = active.strip_prefix('<').is_some_and(|name| tag.starts_with(name));
            is_element || (active.starts_with("javascript") && tag.contains("=\"javascript:"))
        });
        assert!(!is_in_tag, "{active} in {once:?}");
    }
});
