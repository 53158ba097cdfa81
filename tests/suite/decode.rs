//! How bytes are decoded, and what is reported about bytes that are not text.

use feedwright::article::Article;
use proptest::prelude::*;

/// The body, and each finding as `line:column severity[rule]`.
fn read(path: &str, bytes: &[u8]) -> (String, Vec<String>) {
    let article = Article::parse(path, bytes);
    let findings = article
        .findings
        .iter()
        .map(|finding| {
            let location = &finding.location;
            format!(
                "{}:{} {}[{}]",
                location.line,
                location.column,
                finding.severity.as_str(),
                finding.rule.id
            )
        })
        .collect();
    (article.body.into_owned(), findings)
}

/// Name, path, bytes, expected body, expected findings.
type Case<'a> = (&'a str, &'a str, Vec<u8>, &'a str, &'a [&'a str]);

#[test]
fn bytes_are_decoded_and_faults_are_located() {
    let utf16 = |text: &str, bom: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        bom.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    let invalid = ["1:4 error[article-encoding-invalid]"].as_slice();
    let unreadable = ["0:0 error[article-unreadable]"].as_slice();
    let empty = ["0:0 error[article-empty]"].as_slice();
    let cases: &[Case<'_>] = &[
        ("UTF-8", "a.md", b"a\nb".to_vec(), "a\nb", &[]),
        ("a byte order mark", "a.md", b"\xEF\xBB\xBFa".to_vec(), "a", &[]),
        (
            "CRLF, CR and LF",
            "a.md",
            b"a\r\nb\rc\n\r\nd".to_vec(),
            "a\nb\nc\n\nd",
            &[],
        ),
        (
            "UTF-16, little-endian",
            "a.md",
            utf16("é\n", [0xFF, 0xFE], u16::to_le_bytes),
            "é\n",
            &[],
        ),
        (
            "UTF-16, big-endian",
            "a.md",
            utf16("é\n", [0xFE, 0xFF], u16::to_be_bytes),
            "é\n",
            &[],
        ),
        (
            "windows-1252",
            "a.md",
            b"caf\xE9 au lait".to_vec(),
            "café au lait",
            invalid,
        ),
        (
            "UTF-8 with a missing byte",
            "a.md",
            [b"caf\xC3 ".as_slice(), "äöüäöüäöüäöü".as_bytes()].concat(),
            "caf\u{FFFD} äöüäöüäöüäöü",
            invalid,
        ),
        (
            "a declared charset",
            "a.html",
            b"<meta charset=iso-8859-1><p>caf\xE9".to_vec(),
            "<meta charset=iso-8859-1><p>café",
            &[],
        ),
        (
            "UTF-8 that declares another charset",
            "a.html",
            "<meta charset='latin1'>é".as_bytes().to_vec(),
            "<meta charset='latin1'>é",
            &[],
        ),
        (
            "a control character",
            "a.md",
            b"a\nb\x0Bc".to_vec(),
            "a\nb\u{B}c",
            &["2:2 warning[article-control-character]"],
        ),
        (
            "U+FFFE",
            "a.md",
            "a\u{FFFE}".as_bytes().to_vec(),
            "a\u{FFFE}",
            &["1:2 warning[article-control-character]"],
        ),
        ("a PNG image", "a.md", b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "", unreadable),
        ("NUL bytes", "a.md", vec![0; 500], "", unreadable),
        (
            "UTF-16 without a byte order mark",
            "a.md",
            b"a\0b\0c\0d\0".to_vec(),
            "",
            unreadable,
        ),
        ("UTF-32", "a.md", b"\xFF\xFE\0\0a\0\0\0".to_vec(), "", unreadable),
        ("an empty file", "a.md", Vec::new(), "", empty),
        ("white space", "a.md", b" \n\t\n".to_vec(), " \n\t\n", empty),
    ];
    for (name, path, bytes, body, findings) in cases {
        let read = read(path, bytes);
        assert_eq!(
            (read.0.as_str(), read.1.as_slice()),
            (*body, &findings.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>()[..]),
            "{name}"
        );
    }
}

#[test]
fn clean_text_is_borrowed() {
    let bytes = "---\ntitle: Ünï\n---\nBody".as_bytes();
    assert!(matches!(
        Article::parse("a.md", bytes).body,
        std::borrow::Cow::Borrowed("Body")
    ));
}

#[test]
fn an_article_above_the_size_limit_is_rejected() {
    let bytes = vec![b'a'; feedwright::source::MAX_BYTES + 1];
    assert_eq!(read("a.md", &bytes).1, ["0:0 error[article-limit-exceeded]"]);
}

#[test]
fn the_fingerprint_depends_on_words_but_not_on_white_space() {
    let fingerprint = |text: &str| Article::parse("a.md", text.as_bytes()).fingerprint();
    assert_eq!(
        fingerprint("One two.\n\nThree.\n"),
        fingerprint("One  two.\r\n\r\nThree.")
    );
    assert_eq!(
        fingerprint("---\ntitle: A\n---\nBody"),
        fingerprint("---\ntitle: B\n---\nBody")
    );
    assert_ne!(fingerprint("One two"), fingerprint("Onetwo"));
    assert_ne!(fingerprint("One two"), fingerprint("One too"));
}

/// Pieces of front matter and Markdown.
fn piece() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "---\n",
        "+++\n",
        ";;;\n",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        ":",
        ": ",
        "=",
        " = ",
        "\n",
        "\n\n",
        "- ",
        "  ",
        "\t",
        "title",
        "date",
        "a",
        "é",
        "日",
        "\u{0}",
        "\u{B}",
        "\r",
        "\r\n",
        "\u{FEFF}",
        "<!--",
        "-->",
        "#+",
        "@def ",
        "export const meta = {",
        "{%",
        "%}",
        "{{",
        "}}",
        "[[",
        "]]",
        "```",
        "# ",
        "> ",
        "![",
        "](",
        ")",
        "&",
        "*",
        "|",
        "\\",
        "\\u",
        "\\ud800",
        "//",
        "/*",
        "...",
        ".. ",
        "% ",
        ":: ",
        "{# ",
        "#}",
        "<img src=",
        ">",
        "<h1",
        "\"\"\"",
        "[//]: # (",
        "= ",
        "*/",
        "import ",
        "from '",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]
    #[test]
    fn any_text_is_parsed_without_a_panic(pieces in prop::collection::vec(piece(), 0..60), extension in "md|txt|html|org|rst|adoc|mdx") {
        let text = pieces.concat();
        let article = Article::parse(&format!("a.{extension}"), text.as_bytes());
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        prop_assert!(lines.ends_with(article.body.as_ref()) || article.body.is_empty());
        prop_assert!(article.body_line as usize <= lines.split('\n').count());
        for finding in &article.findings {
            prop_assert!(finding.location.line as usize <= lines.split('\n').count());
        }
        let outline = article.outline();
        for heading in &outline.headings {
            prop_assert!(heading.line >= article.body_line);
        }
        let _ = article.content("a");
    }

    #[test]
    fn any_bytes_are_parsed_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Article::parse("a.md", &bytes).outline();
    }
}
