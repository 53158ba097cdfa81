//! The pages of all rules as one self-contained web page, with an anchor for each id.

use std::fmt::Write;

use feedwright::finding::Rule;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};

const STYLE: &str = include_str!("reference.css");

/// The groups in the table of contents. Each pair contains the first word of the ids of the group's rules, and the
/// group's name.
const GROUPS: &[(&str, &str)] = &[
    ("article", "Articles"),
    ("feed", "All feeds"),
    ("rss", "RSS 2.0 and 0.9x"),
    ("rdf", "RSS 1.0"),
    ("atom", "Atom"),
    ("json", "JSON Feed"),
    ("opml", "OPML"),
    ("xml", "XML"),
    ("html", "HTML in feeds"),
    ("itunes", "Podcasts: itunes"),
    ("podcast", "Podcasts: podcast"),
    ("media", "Media RSS"),
];

/// The group for all other rules.
const OTHERS: &str = "Other extensions";

/// Formats the web page.
pub(super) fn format_html(rules: &[&Rule]) -> String {
    let mut groups: Vec<(&str, Vec<&Rule>)> = GROUPS.iter().map(|(_, name)| (*name, Vec::new())).collect();
    groups.push((OTHERS, Vec::new()));
    for rule in rules {
        let start = rule.id.split('-').next().unwrap_or(rule.id);
        let at = GROUPS.iter().position(|(name, _)| *name == start);
        groups[at.unwrap_or(GROUPS.len())].1.push(rule);
    }
    groups.retain(|(_, rules)| !rules.is_empty());
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Feedwright {version} rules</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>Feedwright {version} rules</h1>\n<p>{count} rules, for articles and for feeds. An \
         <span class=\"error\">error</span> is something that a specification forbids or that readers reject; a \
         <span class=\"warning\">warning</span> is something that is known to fail in some readers; \
         <span class=\"advice\">advice</span> is something that works but could be better.</p>\n</header>\n{contents}<main>\n",
        version = env!("CARGO_PKG_VERSION"),
        contents = contents(&groups),
        count = rules.len(),
    );
    for (name, rules) in &groups {
        let _ = writeln!(text, "<h2>{}</h2>", escape(name));
        for rule in rules {
            text += &section(rule);
        }
    }
    text + "</main>\n</body>\n</html>\n"
}

fn contents(groups: &[(&str, Vec<&Rule>)]) -> String {
    let mut text = String::from("<nav aria-label=\"Rules\">\n");
    for (name, rules) in groups {
        let _ = writeln!(
            text,
            "<details>\n<summary>{} ({})</summary>\n<ul>",
            escape(name),
            rules.len()
        );
        for rule in rules {
            let _ = writeln!(text, "<li><a href=\"#{0}\">{0}</a></li>", rule.id);
        }
        text += "</ul>\n</details>\n";
    }
    text + "</nav>\n"
}

fn section(rule: &Rule) -> String {
    let severity = rule.severity.as_str();
    let mut text = format!(
        "<section id=\"{id}\">\n<h3><a href=\"#{id}\">{id}</a></h3>\n\
         <p class=\"facts\"><span class=\"{severity}\">{severity}</span> · {title} · {spec}",
        id = rule.id,
        title = escape(rule.title),
        spec = escape(rule.spec),
    );
    if let Some(class) = rule.w3c {
        let _ = write!(text, " · W3C <code>{class}</code>");
    }
    text += "</p>\n";
    html::push_html(&mut text, body(rule.page).into_iter());
    text + "</section>\n"
}

/// Returns the Markdown events of a page without its title. Headings become subheadings of the rule's heading, and
/// examples get captions.
fn body(page: &str) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut is_title = false;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }) => is_title = true,
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => is_title = false,
            _ if is_title => {}
            Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
                let level = HeadingLevel::H4;
                events.push(Event::Start(Tag::Heading {
                    level,
                    id,
                    classes,
                    attrs,
                }));
            }
            Event::End(TagEnd::Heading(_)) => events.push(Event::End(TagEnd::Heading(HeadingLevel::H4))),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let caption = caption(&info);
                let language = info.split(' ').next().unwrap_or("").to_owned();
                events.push(Event::Html("<figure>\n".into()));
                if !caption.is_empty() {
                    events.push(Event::Html(format!("<figcaption>{caption}</figcaption>\n").into()));
                }
                let kind = CodeBlockKind::Fenced(CowStr::from(language));
                events.push(Event::Start(Tag::CodeBlock(kind)));
            }
            Event::End(TagEnd::CodeBlock) => {
                events.push(Event::End(TagEnd::CodeBlock));
                events.push(Event::Html("</figure>\n".into()));
            }
            event => events.push(event),
        }
    }
    events
}

/// Returns the caption of an example, which says where in a feed the example belongs. The caption is derived from the
/// words that follow the opening fence of the code block.
///
/// `tests/suite/rule_pages.rs` documents these words and uses them to turn the examples into feeds.
pub(super) fn caption(info: &str) -> String {
    let words: Vec<&str> = info.split(' ').collect();
    let position = match (words.first(), words.iter().find_map(|word| word.strip_prefix("in="))) {
        (Some(&"html"), _) => "in the content of an entry",
        (_, Some("item")) => "in an item",
        (_, Some("entry")) => "in an entry",
        (_, Some("channel")) => "in the channel",
        (_, Some("feed")) => "in the feed",
        (_, Some("podcast")) => "in the channel of a podcast",
        _ => "",
    };
    let state = if words.contains(&"previous") { "before" } else { "" };
    let parts = [state, position];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
