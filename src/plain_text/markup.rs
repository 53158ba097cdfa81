//! Writes a layout as HTML.

use super::{
    Layout, Line, MIN_TITLE_CONFIDENCE, Role, TitleGuess,
    shape::{End, Shape},
};
use crate::{html::escape, text::squash};

/// Writes the dek and the body as raw HTML paragraphs, without boilerplate and without the line that became the title.
///
/// If the article has a different title, from front matter or from the file name, the headline is kept in the content.
pub fn to_html(layout: &Layout, title: &str) -> String {
    let mut html = String::new();
    let title = squash(title);
    // An article that consists of a few short lines has no paragraphs. All its lines are content, except the title,
    // breadcrumbs and names of image files.
    if !layout
        .lines
        .iter()
        .any(|line| matches!(line.role, Role::Dek | Role::Prose))
    {
        let title_line = layout.lines.iter().position(|line| is_title(layout, line, &title));
        let is_content = |(at, line): &(usize, &Line)| {
            title_line != Some(*at) && !matches!(line.role, Role::Breadcrumb | Role::ImageName)
        };
        for (_, line) in layout.lines.iter().enumerate().filter(is_content) {
            element(&mut html, "p", &line.text);
        }
        return html;
    }
    let mut has_headline = false;
    for (index, line) in layout.lines.iter().enumerate() {
        let is_in_head = layout.lead.is_some_and(|lead| index <= lead);
        match line.role {
            // Once the headline has been written or skipped, further lines with this role are copies of the headline.
            Role::Title if has_headline || is_title(layout, line, &title) => has_headline = true,
            Role::Title => {
                has_headline = true;
                element(&mut html, "p", &line.text);
            }
            // A guess that was too uncertain for `Role::Title` may still have become the title.
            Role::Prose if is_in_head && is_title(layout, line, &title) => {}
            // Some pages show their first paragraph twice: as the dek and as the lead.
            Role::Dek
                if layout
                    .lead
                    .is_some_and(|lead| lead != index && is_same_text(layout, lead, index)) => {}
            Role::Dek | Role::Prose => element(&mut html, "p", &line.text),
            Role::Subheading => element(&mut html, "h2", &line.text),
            _ => {}
        }
    }
    html
}

/// Whether the line became the title, possibly without the site's name. Returns `false` for a sentence from which the
/// title was derived because there is no headline: the sentence stays in the content.
fn is_title(layout: &Layout, line: &Line, title: &str) -> bool {
    let is_of_line = |guess: &&TitleGuess| guess.line == line.line && guess.confidence >= MIN_TITLE_CONFIDENCE;
    let guess = layout.titles.iter().find(is_of_line);
    guess.is_some_and(|guess| squash(&guess.text) == title)
        || (guess.is_some() || Shape::new(&line.text).end != End::Stop) && squash(&line.text) == title
}

fn is_same_text(layout: &Layout, a: usize, b: usize) -> bool {
    matches!((layout.lines.get(a), layout.lines.get(b)), (Some(a), Some(b)) if a.text == b.text)
}

fn element(html: &mut String, name: &str, text: &str) {
    html.push('<');
    html.push_str(name);
    html.push('>');
    escape(text, html);
    html.push_str("</");
    html.push_str(name);
    html.push_str(">\n");
}
