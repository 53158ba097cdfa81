//! Wiki links in front matter values. A link such as `[[Jo Pell|Jo]]` is one name, even if the link contains commas.

/// Part of a value: a wiki link, or text outside the links.
pub(super) enum Part<'a> {
    /// The alias of a link, or the name of its page if it has no alias.
    Link(&'a str),
    /// The text before, between or after links.
    Text(&'a str),
}

/// The wiki links in a value and the text outside them, in order.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[")
        && let Some((link, after)) = after.split_once("]]")
    {
        parts.push(Part::Text(before));
        parts.push(Part::Link(name(link)));
        rest = after;
    }
    parts.push(Part::Text(rest));
    parts
}

/// A link's alias, or else its page name without the folder and the section.
pub(super) fn name(link: &str) -> &str {
    if let Some((_, alias)) = link.split_once('|') {
        return alias.trim();
    }
    // Obsidian links to a note in a folder as `[[people/Jo Pell]]`, and to a section as `[[Jo Pell#Work]]`.
    let page = link.split('#').next().unwrap_or(link);
    page.rsplit('/').next().unwrap_or(page).trim()
}
