//! Repairing and parsing addresses: tables of inputs with expected results, and properties.

use feedwright::url::{Url, repair, slug};
use proptest::prelude::*;

#[test]
fn mistyped_addresses_are_repaired_with_a_remark() {
    let table = [
        ("https://x.org/a", "https://x.org/a", ""),
        ("  https://x.org/a\n", "https://x.org/a", ""),
        (
            "https:/x.org/a",
            "https://x.org/a",
            "the scheme was followed by only one slash",
        ),
        (
            "http:///x.org/a",
            "http://x.org/a",
            "the scheme was followed by more than two slashes",
        ),
        (
            "https//x.org/a",
            "https://x.org/a",
            "the scheme was not followed by a colon",
        ),
        (
            "https:x.org/a",
            "https://x.org/a",
            "the scheme was not followed by slashes",
        ),
        (
            "https::/x.org/a",
            "https://x.org/a",
            "the scheme was not followed by `://`",
        ),
        (
            "https;//x.org/a",
            "https://x.org/a",
            "the scheme was not followed by `://`",
        ),
        ("htps://x.org/a", "https://x.org/a", "the scheme was misspelled"),
        ("ttp://x.org/a", "http://x.org/a", "the scheme was misspelled"),
        ("https://https://x.org/a", "https://x.org/a", "the scheme was repeated"),
        ("HTTPS://x.org/a", "https://x.org/a", ""),
        ("www.x.org/y", "https://www.x.org/y", "the scheme was missing"),
        ("example.org/post", "https://example.org/post", "the scheme was missing"),
        ("example.org", "https://example.org", "the scheme was missing"),
        (
            "example.org:8080/post",
            "https://example.org:8080/post",
            "the scheme was missing",
        ),
        ("bücher.de/neu", "https://bücher.de/neu", "the scheme was missing"),
        ("://x.org/a", "https://x.org/a", "the scheme was missing"),
        ("https://x.org/a b", "https://x.org/a%20b", "it contained spaces"),
        (
            "https://x.org/a\n  b",
            "https://x.org/a%20%20b",
            "it contained line breaks or control characters; it contained spaces",
        ),
        (
            "https:\\\\x.org\\a",
            "https://x.org/a",
            "it contained backslashes instead of slashes",
        ),
        (
            "https://x.org/by/4.0//",
            "https://x.org/by/4.0/",
            "it ended with several slashes",
        ),
        ("https://x.org//", "https://x.org/", "it ended with several slashes"),
        ("https://x.org/a.", "https://x.org/a", "it ended with punctuation"),
        ("https://x.org/a),", "https://x.org/a", "it ended with punctuation"),
        ("https://x.org/a_(b)", "https://x.org/a_(b)", ""),
        ("<https://x.org/a>", "https://x.org/a", "it was in brackets or quotes"),
        ("\"https://x.org/a\"", "https://x.org/a", "it was in brackets or quotes"),
        ("[a](https://x.org/a)", "https://x.org/a", "it was a Markdown link"),
        (
            "https://x.org/?a=1&amp;b=2",
            "https://x.org/?a=1&b=2",
            "it contained `&amp;` instead of `&`",
        ),
        (
            "https://x.org/a\u{200B}",
            "https://x.org/a",
            "it contained invisible characters",
        ),
        (
            "localhost:4000/a",
            "http://localhost:4000/a",
            "the scheme was missing; the host is the local computer, which readers cannot reach",
        ),
        (
            "http://127.0.0.1/a",
            "http://127.0.0.1/a",
            "the host is the local computer, which readers cannot reach",
        ),
        (
            "https://web.org/x/http://y.org/z",
            "https://web.org/x/http://y.org/z",
            "",
        ),
        // Relative references are not changed.
        ("/posts/a/", "/posts/a/", ""),
        ("posts/a.md", "posts/a.md", ""),
        ("notes.md", "notes.md", ""),
        ("picture.webp", "picture.webp", ""),
        ("../a", "../a", ""),
        ("./a.b/c", "./a.b/c", ""),
        ("v1.2/notes", "v1.2/notes", ""),
        ("https/notes", "https/notes", ""),
        ("//x.org/a", "//x.org/a", ""),
        ("jane@example.org", "jane@example.org", ""),
        ("mailto:jane@example.org", "mailto:jane@example.org", ""),
        ("2024/12/14/a", "2024/12/14/a", ""),
    ];
    for (raw, reference, repairs) in table {
        let repaired = repair(raw).unwrap_or_else(|| panic!("{raw:?} is rejected"));
        let got = (repaired.reference.as_str(), repaired.repairs.join("; "));
        assert_eq!(got, (reference, repairs.to_owned()), "{raw:?}");
    }
}

#[test]
fn addresses_that_do_not_lead_to_a_page_are_rejected() {
    for raw in [
        "",
        " ",
        "#",
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "https://",
        "http:",
        "https:///",
        "https://a b.org/",
    ] {
        assert_eq!(repair(raw), None, "{raw:?}");
    }
    assert_eq!(repair(&format!("https://x.org/{}", "a".repeat(2048))), None);
}

#[test]
fn a_url_is_ascii_and_follows_rfc_3986() {
    let table = [
        (
            "https://bücher.de/straße?q=ä#ö",
            Some("https://xn--bcher-kva.de/stra%C3%9Fe?q=%C3%A4#%C3%B6"),
        ),
        ("HTTP://Example.ORG", Some("http://example.org/")),
        (
            "https://x.org/a|b?c={d}^`#[e]",
            Some("https://x.org/a%7Cb?c=%7Bd%7D%5E%60#%5Be%5D"),
        ),
        ("https://x.org/100%", Some("https://x.org/100%25")),
        ("https://x.org/a%2fb", Some("https://x.org/a%2fb")),
        ("https://jane:secret@x.org/", Some("https://x.org/")),
        ("https://x.org:443/a", Some("https://x.org/a")),
        ("https://[::1]/a", Some("https://[::1]/a")),
        ("https:/x.org", None),
        ("https:x.org", None),
        ("https:///x.org", None),
        ("ftp://x.org/a", None),
        ("/a", None),
        ("x.org/a", None),
        ("https://", None),
    ];
    for (raw, expected) in table {
        assert_eq!(Url::parse(raw).as_ref().map(Url::as_str), expected, "{raw}");
    }
}

#[test]
fn a_slug_keeps_letters_of_all_scripts() {
    let table = [
        ("Hello, World!", "hello-world"),
        ("  Don't panic – 42 times ", "dont-panic-42-times"),
        ("Ångström 2.0", "ångström-2-0"),
        ("今天天气很好！", "今天天气很好"),
        ("Привет, мир", "привет-мир"),
        ("हिन्दी में", "हिन्दी-में"),
        ("…", ""),
        ("Ｆｕｌｌ", "full"),
    ];
    for (text, expected) in table {
        assert_eq!(slug(text), expected);
    }
    let long = slug(&"wonderful words ".repeat(20));
    assert!(
        long.len() <= 120 && (long.ends_with("-words") || long.ends_with("-wonderful")),
        "{long}"
    );
}

proptest! {
    #[test]
    fn a_repaired_address_needs_no_repair(raw in "(https?|HTTPS|htp|www\\.|x\\.org|javascript|:|/|\\\\|;|\\.|,|\\)|\\(|<|>|\\[a\\]\\(| |%20|&amp;|&|\"|#|\\?|localhost|\\PC|[a-z0-9]){0,12}") {
        if let Some(once) = repair(&raw) {
            let twice = repair(&once.reference);
            prop_assert_eq!(twice.map(|twice| twice.reference), Some(once.reference));
        }
    }

    #[test]
    fn a_url_parses_to_itself(raw in "https?://[a-zäß0-9.-]{1,12}(/|\\?|#|\\PC){0,12}") {
        if let Some(url) = Url::parse(&raw) {
            let text = url.as_str();
            prop_assert!(text.is_ascii() && !text.contains([' ', '<', '>', '"', '\\', '^', '`', '{', '|', '}']), "{}", text);
            let again = Url::parse(text);
            prop_assert_eq!(again.as_ref(), Some(&url));
        }
    }

    #[test]
    fn a_slug_of_a_slug_is_itself(text in "\\PC{0,100}") {
        let once = slug(&text);
        prop_assert!(once.len() <= 120);
        prop_assert_eq!(slug(&once), once);
    }
}
