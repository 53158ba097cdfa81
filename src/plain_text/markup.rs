//! A layout as HTML.

use super::{
    LEAST_GUESS, Layout, Line, Role, TitleGuess,
    shape::{End, Shape},
};
use crate::text::squash;

/// The dek and the body as raw HTML paragraphs, furniture and the line that is the article's title left out.
///
/// A headline that lost to another title stays: nothing else tells it.
pub fn to_html(layout: &Layout, title: &str) -> String {
    let mut html = String::new();
    let title = squash(title);
    // A note of a few short lines has no prose; what is no furniture of a page beyond doubt is its text.
    if !layout
        .lines
        .iter()
        .any(|line| matches!(line.role, Role::Dek | Role::Prose))
    {
        let own = layout.lines.iter().position(|line| is_title(layout, line, &title));
        let is_doubtful =
            |(at, line): &(usize, &Line)| own != Some(*at) && !matches!(line.role, Role::Breadcrumb | Role::ImageName);
        for (_, line) in layout.lines.iter().enumerate().filter(is_doubtful) {
            element(&mut html, "p", &line.text);
        }
        return html;
    }
    let mut has_headline = false;
    for (index, line) in layout.lines.iter().enumerate() {
        let is_in_head = layout.lead.is_some_and(|lead| index <= lead);
        match line.role {
            Role::Title if has_headline || is_title(layout, line, &title) => has_headline = true,
            Role::Title => {
                has_headline = true;
                element(&mut html, "p", &line.text);
            }
            Role::Prose if is_in_head && is_title(layout, line, &title) => {}
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

/// Whether the line is the title, perhaps with the name of the site at its end. A sentence that a title was made of is
/// still the author's.
fn is_title(layout: &Layout, line: &Line, title: &str) -> bool {
    let of_line = |guess: &&TitleGuess| guess.line == line.line && guess.confidence >= LEAST_GUESS;
    let guess = layout.titles.iter().find(of_line);
    guess.is_some_and(|guess| squash(&guess.text) == title)
        || (guess.is_some() || Shape::of(&line.text).end != End::Stop) && squash(&line.text) == title
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
