//! A layout as HTML.

use super::{Layout, Line, Role};

/// The dek and the body as raw HTML paragraphs, furniture left out.
pub fn to_html(layout: &Layout) -> String {
    let mut html = String::new();
    // A note of a few short lines has no prose; what is no furniture of a page beyond doubt is its text.
    if !layout
        .lines
        .iter()
        .any(|line| matches!(line.role, Role::Dek | Role::Prose))
    {
        let is_doubtful = |line: &&Line| !matches!(line.role, Role::Title | Role::Breadcrumb | Role::ImageName);
        for line in layout.lines.iter().filter(is_doubtful) {
            element(&mut html, "p", &line.text);
        }
        return html;
    }
    for (index, line) in layout.lines.iter().enumerate() {
        match line.role {
            Role::Dek
                if layout
                    .lead
                    .is_some_and(|lead| lead != index && same(layout, lead, index)) => {}
            Role::Dek | Role::Prose => element(&mut html, "p", &line.text),
            Role::Subheading => element(&mut html, "h2", &line.text),
            _ => {}
        }
    }
    html
}

fn same(layout: &Layout, a: usize, b: usize) -> bool {
    matches!((layout.lines.get(a), layout.lines.get(b)), (Some(a), Some(b)) if a.text == b.text)
}

fn element(html: &mut String, name: &str, text: &str) {
    html.push('<');
    html.push_str(name);
    html.push('>');
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c => html.push(c),
        }
    }
    html.push_str("</");
    html.push_str(name);
    html.push_str(">\n");
}
