//! Parsing in linear time, and the text of HTML.

use feedwright::{html, url::Url};

/// Each would take html5ever minutes or gigabytes on its own.
#[test]
fn no_nesting_takes_more_than_its_share_of_time() {
    let attributes: String = (0..60_000).map(|i| format!(" a{i}")).collect();
    let distinct = |tag: &str| (0..10_000).map(|i| format!("<{tag} id=n{i}>")).collect::<String>();
    let bombs = [
        ("div", "<div>".repeat(40_000)),
        ("list", "<ul><li>".repeat(25_000)),
        ("formatting", "<b><i>".repeat(33_000)),
        ("link", "<a href=x>".repeat(20_000)),
        ("distinct formatting", distinct("b")),
        (
            "distinct formatting in paragraphs",
            "<p><b id=1><b id=2><i id=3><u id=4><s id=5></p>".repeat(4_000),
        ),
        ("formatting, then paragraphs", distinct("i") + &"<p>x".repeat(40_000)),
        ("adoption", "<b><p>x</b>".repeat(18_000)),
        ("adoption of links", "<a><div></a>".repeat(16_000)),
        (
            "many links closed",
            "<b>".repeat(200) + &"<div>".repeat(30) + &"</b>".repeat(50_000),
        ),
        ("table", "<table><td>".repeat(18_000)),
        ("foster", "<table>x<b>".repeat(18_000)),
        ("font", "<font size=1><p><font size=2>".repeat(7_000)),
        ("select", "<select><option>".repeat(12_000)),
        ("template", "<template>".repeat(20_000)),
        ("drawing", "<svg>".repeat(40_000)),
        ("formula", "<math><mi>".repeat(20_000)),
        ("attributes", format!("<p{attributes}>")),
        ("attributes in a drawing", format!("<svg><style><p{attributes}>")),
        (
            "attributes after a script",
            format!("<script>a<b c='</script><p{attributes}>'"),
        ),
        ("body attributes", (0..20_000).map(|i| format!("<body a{i}>")).collect()),
        ("comments", "<!-- -".repeat(33_000)),
        ("whole comments", "<!-- -->".repeat(25_000)),
        ("unclosed raw text", "<script></scrip".repeat(14_000)),
        ("less-than", "<".repeat(200_000)),
        ("ampersands", "&".repeat(200_000)),
        ("end tags", "</p>".repeat(50_000)),
        ("headings", "<h1>".repeat(40_000)),
        ("buttons", "<button>".repeat(25_000)),
        ("objects", "<object>".repeat(25_000)),
        ("ruby", "<ruby><rt>".repeat(20_000)),
        ("pre", "<pre>".repeat(40_000)),
        ("dd", "<dl><dd>".repeat(25_000)),
    ];
    let base = Url::parse("https://example.org/").unwrap();
    for (name, bomb) in bombs {
        let cleaned = html::clean(&bomb, &base);
        let length = cleaned.html.as_str().len();
        println!("{name}: {} -> {length}, {:?}", bomb.len(), cleaned.removed);
        assert!(length <= bomb.len() * 32 + (1 << 20), "{name}: {length} bytes");
    }
}
