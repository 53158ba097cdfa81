//! What [`page`] finds on the pages in `tests/data/page`, each with the expected result in a `.txt` file beside it.

use std::fmt::Write;

use feedwright::page::{Page, page};
use proptest::prelude::*;

#[test]
fn pages_contain_what_their_cases_say() {
    let mut wrong = String::new();
    let mut paths: Vec<_> = std::fs::read_dir("tests/data/page")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
        .collect();
    paths.sort();
    for path in paths {
        let found = format_page(&page(&std::fs::read_to_string(&path).unwrap(), 1));
        let expected = std::fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
        if found != expected {
            if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
                std::fs::write(path.with_extension("txt"), &found).unwrap();
            }
            writeln!(wrong, "{}\n{found}", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn line_numbers_are_those_of_the_file() {
    let page = page("<title>\nT</title>\n<p>\nA paragraph.\n</p><h1>H</h1>", 10);
    assert_eq!(page.title.unwrap().line, 10);
    assert_eq!(page.headlines[0].line, 14);
}

#[test]
fn empty_and_broken_pages_have_no_headlines_and_dates() {
    for body in [
        "",
        "<",
        "<!doctype html>",
        "<html>",
        "\0",
        "<frameset><frame src=x></frameset>",
    ] {
        let page = page(body, 1);
        assert!(page.headlines.is_empty() && page.times.is_empty(), "{body}");
    }
}

/// Formats a page, one item per line: its kind, its line, its text.
fn format_page(page: &Page) -> String {
    let mut out = String::new();
    for (name, one) in [
        ("lang", &page.lang),
        ("title", &page.title),
        ("canonical", &page.canonical),
        ("base", &page.base),
    ] {
        if let Some(one) = one {
            writeln!(out, "{name} {}: {}", one.line, one.text).unwrap();
        }
    }
    for meta in &page.metas {
        writeln!(out, "meta {}: {} = {}", meta.line, meta.name, meta.content).unwrap();
    }
    for (value, line) in &page.json_ld {
        writeln!(out, "json-ld {line}: {value}").unwrap();
    }
    for h in &page.headlines {
        let flags = [
            (h.itemprop, " itemprop"),
            (h.title_class, " class"),
            (h.in_article, " article"),
            (h.in_boilerplate, " boilerplate"),
            (h.is_link, " link"),
        ];
        let flags: String = flags.iter().filter(|flag| flag.0).map(|flag| flag.1).collect();
        writeln!(out, "h{} {}:{flags}: {}", h.level, h.line, h.text).unwrap();
    }
    for t in &page.times {
        let flags = [(t.updated, " updated"), (t.in_boilerplate, " boilerplate")];
        let flags: String = flags.iter().filter(|flag| flag.0).map(|flag| flag.1).collect();
        let datetime = t.datetime.as_deref().unwrap_or("-");
        writeln!(out, "time {}:{flags} {:?}: {} ({datetime})", t.line, t.kind, t.text).unwrap();
    }
    for b in &page.bylines {
        writeln!(out, "byline {}: {:?}: {}", b.line, b.kind, b.text).unwrap();
    }
    for tag in &page.tags {
        writeln!(out, "tag {}: {}", tag.line, tag.text).unwrap();
    }
    for image in &page.images {
        writeln!(
            out,
            "image {}: {} ({}) {:?} {:?}",
            image.line, image.src, image.alt, image.caption, image.width
        )
        .unwrap();
    }
    for paragraph in &page.paragraphs {
        writeln!(out, "paragraph {}: {}", paragraph.line, paragraph.text).unwrap();
    }
    writeln!(out, "content:\n{}", page.content).unwrap();
    out
}

/// Pieces of pages in any order.
fn markup() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "<!doctype html>",
        "<html lang=de>",
        "<head>",
        "<title>",
        "</title>",
        "<meta name=date content=2020>",
        "<base href=x>",
        "<link rel=canonical href=y>",
        "<script type=application/ld+json>",
        "{\"a\":[1,]}",
        "</script>",
        "<body class=has-sidebar>",
        "<main>",
        "</main>",
        "<article>",
        "</article>",
        "<div class=entry-content>",
        "<div class=sidebar>",
        "</div>",
        "<h1>",
        "</h1>",
        "<h2 class=title>",
        "</h2>",
        "<span class=kicker>",
        "</span>",
        "<time datetime=2020-01-01>",
        "</time>",
        "<p class=byline>By ",
        "<p>",
        "</p>",
        "<a rel=author href=/author/x>",
        "</a>",
        "<img src=a data-src=b srcset='c 1w'>",
        "<figure>",
        "<figcaption>",
        "</figcaption>",
        "</figure>",
        "<table>",
        "<td>",
        "<form>",
        "<svg>",
        "<math>",
        "<template>",
        "<frameset>",
        "<br>",
        "<br><br>",
        "3 May 2020",
        "Jane Roe",
        "© 2020",
        "年",
        "\u{0}",
        "&amp;",
        "<",
        "é",
        "A sentence that is long enough to be taken for running text, with a comma and a full stop at its end.",
        "<aside>",
        "</aside>",
        "<nav>",
        "</nav>",
        "<pre>\n",
        "</pre>",
        "<div hidden>",
        "<p itemprop=description>",
        "<ul><li>",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_is_read_and_its_content_can_be_cleaned(markup in markup()) {
        let base = feedwright::url::Url::parse("https://example.org/").unwrap();
        let page = page(&markup, 1);
        prop_assert!(page.paragraphs.iter().all(|p| !p.text.is_empty()));
        feedwright::html::clean(&page.content, &base);
    }
}
