//! What `article::html::page` finds: pages in `tests/data/page`, each beside what is found in it.

use std::fmt::Write;

use feedwright::page::{Page, page};
use proptest::prelude::*;

#[test]
fn pages_hold_what_the_cases_say() {
    let mut wrong = String::new();
    let mut paths: Vec<_> = std::fs::read_dir("tests/data/page")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
        .collect();
    paths.sort();
    for path in paths {
        let found = told(&page(&std::fs::read_to_string(&path).unwrap(), 1));
        let expected = std::fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
        if found != expected {
            if std::env::var_os("BLESS").is_some() {
                std::fs::write(path.with_extension("txt"), &found).unwrap();
            }
            writeln!(wrong, "{}\n{found}", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn lines_are_those_of_the_file() {
    let page = page("<title>\nT</title>\n<p>\nA paragraph.\n</p><h1>H</h1>", 10);
    assert_eq!(page.title.unwrap().line, 10);
    assert_eq!(page.headlines[0].line, 14);
}

#[test]
fn a_page_of_nothing_holds_nothing() {
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

/// A page as lines: the kind of what was found, its line, and what there is to it.
fn told(page: &Page) -> String {
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
        let marks = [
            (h.itemprop, " itemprop"),
            (h.title_class, " class"),
            (h.in_article, " article"),
            (h.in_furniture, " furniture"),
            (h.is_link, " link"),
        ];
        let marks: String = marks.iter().filter(|m| m.0).map(|m| m.1).collect();
        writeln!(out, "h{} {}:{marks}: {}", h.level, h.line, h.text).unwrap();
    }
    for t in &page.times {
        let marks = [(t.updated, " updated"), (t.in_furniture, " furniture")];
        let marks: String = marks.iter().filter(|m| m.0).map(|m| m.1).collect();
        let datetime = t.datetime.as_deref().unwrap_or("-");
        writeln!(out, "time {}:{marks} {:?}: {} ({datetime})", t.line, t.place, t.text).unwrap();
    }
    for b in &page.bylines {
        writeln!(out, "byline {}: {:?}: {}", b.line, b.place, b.text).unwrap();
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

/// Pieces of pages, in any order: no text makes the reader of pages panic, and what it takes for the content can be
/// published.
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
    fn any_page_is_read(markup in markup()) {
        let base = feedwright::url::Url::parse("https://example.org/").unwrap();
        let page = page(&markup, 1);
        prop_assert!(page.paragraphs.iter().all(|p| !p.text.is_empty()));
        feedwright::html::clean(&page.content, &base);
    }
}
