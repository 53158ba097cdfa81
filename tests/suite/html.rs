//! HTML is parsed in linear time, whatever the input.

use feedwright::{html, page::page, url::Url};

/// Each would take html5ever minutes or gigabytes on its own.
#[test]
fn nesting_of_any_kind_takes_linear_time() {
    let attributes: String = (0..30_000).map(|i| format!(" a{i}")).collect();
    let distinct = |tag: &str| (0..5_000).map(|i| format!("<{tag} id=n{i}>")).collect::<String>();
    let bombs = [
        ("div", "<div>".repeat(20_000)),
        ("list", "<ul><li>".repeat(12_500)),
        ("formatting", "<b><i>".repeat(16_500)),
        ("link", "<a href=x>".repeat(10_000)),
        ("distinct formatting", distinct("b")),
        (
            "distinct formatting in paragraphs",
            "<p><b id=1><b id=2><i id=3><u id=4><s id=5></p>".repeat(2_000),
        ),
        ("formatting, then paragraphs", distinct("i") + &"<p>x".repeat(20_000)),
        ("adoption", "<b><p>x</b>".repeat(9_000)),
        ("adoption of links", "<a><div></a>".repeat(8_000)),
        (
            "many links closed",
            "<b>".repeat(200) + &"<div>".repeat(30) + &"</b>".repeat(25_000),
        ),
        ("table", "<table><td>".repeat(9_000)),
        ("foster", "<table>x<b>".repeat(9_000)),
        ("font", "<font size=1><p><font size=2>".repeat(3_500)),
        ("select", "<select><option>".repeat(6_000)),
        ("template", "<template>".repeat(10_000)),
        ("drawing", "<svg>".repeat(20_000)),
        ("formula", "<math><mi>".repeat(10_000)),
        ("attributes", format!("<p{attributes}>")),
        ("attributes in a drawing", format!("<svg><style><p{attributes}>")),
        (
            "attributes after a script",
            format!("<script>a<b c='</script><p{attributes}>'"),
        ),
        ("body attributes", (0..10_000).map(|i| format!("<body a{i}>")).collect()),
        ("comments", "<!-- -".repeat(16_500)),
        ("whole comments", "<!-- -->".repeat(12_500)),
        ("unclosed raw text", "<script></scrip".repeat(7_000)),
        ("less-than", "<".repeat(100_000)),
        ("ampersands", "&".repeat(100_000)),
        ("end tags", "</p>".repeat(25_000)),
        ("headings", "<h1>".repeat(20_000)),
        ("buttons", "<button>".repeat(12_500)),
        ("objects", "<object>".repeat(12_500)),
        ("ruby", "<ruby><rt>".repeat(10_000)),
        ("pre", "<pre>".repeat(20_000)),
        ("dd", "<dl><dd>".repeat(12_500)),
    ];
    let base = Url::parse("https://example.org/").unwrap();
    for (name, bomb) in bombs {
        page(&bomb, 1);
        let cleaned = html::clean(&bomb, &base);
        let length = cleaned.html.as_str().len();
        println!("{name}: {} -> {length}, {:?}", bomb.len(), cleaned.removed);
        assert!(length <= bomb.len() * 32 + (1 << 20), "{name}: {length} bytes");
    }
}

/// Elements that `page` looks for, in numbers that no page has.
#[test]
fn repetition_of_any_kind_takes_linear_time() {
    let bombs = [
        "<h1 class=title>x</h1>".repeat(5_000),
        "<div class=title>".repeat(200) + &"<br>".repeat(20_000),
        "<div class=date>".repeat(200) + &"2020<i></i>".repeat(10_000),
        "<span class=date>2020".repeat(5_000),
        "<p>By X</p>".repeat(8_000),
        "<div class=byline><a class=fn href=/author/x>Jane</a>".repeat(2_000),
        "<h2>x</h2>".repeat(4_000) + &"<nav>y</nav>".repeat(6_000),
        "<h2>x</h2><nav>y</nav>".repeat(5_000),
        format!(
            "<figure>{}<figcaption>x</figcaption></figure>",
            "<img src=a.png>".repeat(6_000)
        ),
        format!("<img srcset=\"{}\">", "a 1w,".repeat(20_000)),
        format!("<p class=\"{}\">x", "post-content ".repeat(8_000)),
        format!("<script type=application/ld+json>{}</script>", "[".repeat(100_000)),
        "<p><a rel=tag>x</a></p>".repeat(4_000),
        "<p class=intro>A lead that is long enough to be taken for one by its length alone, and then some.</p>"
            .repeat(1_000),
        (0..4_000).map(|i| format!("<a href=\"#x{i}\" id=x{i}>y</a>")).collect(),
    ];
    for bomb in bombs {
        let found = page(&format!("<html><body>{bomb}"), 1);
        assert!(found.headlines.len() < 100 && found.bylines.len() < 100 && found.times.len() < 200);
    }
}
