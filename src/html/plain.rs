//! The text of a tree as a reader displays it, one line per block.

use super::{
    parse,
    tree::{Element, NodeId, ROOT, Step, Tree},
};

/// The text of a fragment.
pub(super) fn to_text(fragment: &str) -> String {
    if !fragment.contains(['<', '&']) {
        return lines(fragment);
    }
    text_of(&parse::fragment(fragment), ROOT)
}

/// The text below a node.
pub(crate) fn text_of(tree: &Tree, top: NodeId) -> String {
    let mut writer = Lines::default();
    let mut walk = tree.walk(top);
    while let Some(step) = walk.next() {
        let (Step::Enter(id) | Step::Leave(id)) = step;
        if let Some(text) = tree.text(id) {
            writer.text(text);
        } else if let Some(element) = tree.element(id) {
            if is_not_displayed(element) {
                walk.skip_children();
            } else {
                writer.boundary(element);
            }
        }
    }
    writer.out
}

fn lines(text: &str) -> String {
    let mut writer = Lines::default();
    for line in text.lines() {
        writer.text(line);
        writer.pending = Pending::Line;
    }
    writer.out
}

/// Whether the text of an element is not displayed.
pub(crate) fn is_not_displayed(element: &Element) -> bool {
    matches!(
        element.name(),
        "script"
            | "style"
            | "template"
            // Browsers display `noscript` only if scripts are disabled.
            | "noscript"
            | "noembed"
            | "noframes"
            | "iframe"
            | "textarea"
            | "select"
            | "datalist"
            | "title"
            | "head"
            // The content is a fallback for browsers that cannot show the object.
            | "object"
            | "applet"
            // An annotation contains the source of a MathML formula. Only the formula itself is displayed.
            | "annotation"
            | "annotation-xml"
            | "metadata"
    )
}

/// Whether browsers start a new line before and after an element with this name.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// The white space before the next character. It is written only when a character follows, so that the text does not
/// end with white space.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pending {
    #[default]
    Nothing,
    Space,
    Line,
}

#[derive(Default)]
struct Lines {
    out: String,
    pending: Pending,
}

impl Lines {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.pending = self.pending.max(Pending::Space);
            } else if crate::text::is_xml_char(c) && !matches!(c, '\u{7F}'..='\u{9F}' | '\u{FEFF}' | '\u{AD}') {
                match std::mem::take(&mut self.pending) {
                    _ if self.out.is_empty() => {}
                    Pending::Nothing => {}
                    Pending::Space => self.out.push(' '),
                    Pending::Line => self.out.push('\n'),
                }
                self.out.push(c);
            }
        }
    }

    fn boundary(&mut self, element: &Element) {
        match element.name() {
            "br" => self.pending = Pending::Line,
            // The cells of a row are on one line, but their words must not run together.
            "td" | "th" => self.pending = self.pending.max(Pending::Space),
            name if is_block(name) => self.pending = Pending::Line,
            _ => {}
        }
    }
}
