//! Writes a tree, and treats each element as the policy specifies.

use std::collections::BTreeSet;

use crate::{
    html::{
        address,
        plain::text_of,
        policy::{self, Treatment, Value},
        tree::{Element, NodeId, ROOT, Step, Tree},
    },
    url::Url,
};

use super::{Level, escape, value};

/// The maximum nesting depth in the output. Deeper elements lose their tags. The limit is less than half of the
/// parser's limit, because the parser counts formatting elements twice and must be able to parse the whole output.
pub(super) const MAX_DEPTH: usize = 100;

/// Whether to visit the children of an element.
#[derive(PartialEq, Eq)]
pub(super) enum Children {
    Visit,
    Skip,
}

pub(super) struct Writer<'t> {
    level: Level,
    tree: &'t Tree,
    pub(super) base: &'t Url,
    /// The ids that links inside the fragment point to.
    pub(super) targets: BTreeSet<String>,
    pub(super) out: String,
    /// The names of the elements that are open in the output.
    open: Vec<&'static str>,
    /// For each open element of the tree: whether its end tag must be written.
    closes: Vec<bool>,
    removed: &'t mut Vec<String>,
}

/// Writes those parts of a tree that `level` allows.
pub(super) fn write(tree: &Tree, base: &Url, level: Level, removed: &mut Vec<String>) -> String {
    let mut writer = Writer {
        level,
        tree,
        base,
        targets: link_targets(tree, base),
        out: String::new(),
        open: Vec::new(),
        closes: Vec::new(),
        removed,
    };
    let mut walk = tree.walk(ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => {
                if let Some(text) = tree.text(id) {
                    escape(text, &mut writer.out);
                } else if let Some(element) = tree.element(id)
                    && writer.enter(id, element) == Children::Skip
                {
                    walk.skip_children();
                }
            }
            Step::Leave(_) => writer.leave(),
        }
    }
    writer.out
}

impl Writer<'_> {
    fn enter(&mut self, id: NodeId, element: &Element) -> Children {
        let mut closes = false;
        let children = match self.treatment(element) {
            Treatment::Keep(name) => self.keep(id, element, name, &mut closes),
            Treatment::Unwrap => {
                self.note(format!("{} element", element.name()));
                Children::Visit
            }
            Treatment::UnwrapQuietly => Children::Visit,
            Treatment::Drop => {
                self.note(format!("{} element", element.name()));
                Children::Skip
            }
            Treatment::DropQuietly => Children::Skip,
            Treatment::Link => {
                self.note(format!("{} element", element.name()));
                self.link_to_embedded(element);
                Children::Skip
            }
            Treatment::Text => {
                self.replace_by_text(id, element);
                Children::Skip
            }
        };
        self.closes.push(closes);
        children
    }

    fn leave(&mut self) {
        if self.closes.pop() == Some(true)
            && let Some(name) = self.open.pop()
        {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn treatment(&self, element: &Element) -> Treatment {
        // SVG and MathML have their own parsing rules, which mutation attacks exploit
        // (tests/data/sanitize/mutation_*.txt).
        if !element.is_html() {
            return match element.name() {
                "svg" | "math" => Treatment::Text,
                _ => Treatment::Drop,
            };
        }
        if is_hidden(element) {
            return Treatment::DropQuietly;
        }
        match policy::treatment(element.name()) {
            Treatment::Keep("audio" | "video") if self.level == Level::Strict => Treatment::Drop,
            // The `img` inside the element is reported instead.
            Treatment::Keep("picture") if self.level == Level::Strict => Treatment::UnwrapQuietly,
            treatment => treatment,
        }
    }

    /// Whether the level keeps pictures.
    pub(super) fn keeps_pictures(&self) -> bool {
        self.level != Level::Strict
    }

    pub(super) fn note(&mut self, what: String) {
        // The list is limited, because a hostile page can have any number of different attributes.
        if !self.removed.contains(&what) && self.removed.len() < 64 {
            self.removed.push(what);
        }
    }

    fn keep(&mut self, id: NodeId, element: &Element, name: &'static str, closes: &mut bool) -> Children {
        // Elements that are nested too deeply lose their tags but keep their content.
        if self.open.len() >= MAX_DEPTH {
            self.note(format!("elements nested more than {MAX_DEPTH} levels deep"));
            return if policy::is_void(name) {
                Children::Skip
            } else {
                Children::Visit
            };
        }
        match name {
            // HTML does not allow a link inside another link.
            "a" if self.open.contains(&"a") => return Children::Visit,
            // `source` and `track` have no effect outside these parent elements.
            "source" | "track" if !matches!(self.open.last(), Some(&("picture" | "audio" | "video"))) => {
                return Children::Skip;
            }
            "img" => {
                self.image(element);
                return Children::Skip;
            }
            // Without a usable address, there is nothing to play. Only the element's content is kept: a fallback for
            // browsers that cannot play the media.
            "video" | "audio" if !self.has_media(id, element) => return Children::Visit,
            _ => {}
        }
        let start = self.out.len();
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(element, name);
        // Spans without attributes have no effect, and pages contain many of them.
        if name == "span" && self.out.len() == start + "<span".len() {
            self.out.truncate(start);
            return Children::Visit;
        }
        if matches!(name, "video" | "audio") {
            // Without `controls`, there would be no button to play the file, and without `preload="none"`, opening the
            // entry would load the file.
            self.out.push_str(" controls=\"\" preload=\"none\"");
        }
        self.out.push('>');
        if policy::is_void(name) {
            return Children::Skip;
        }
        // A parser drops a line feed directly after `<pre>`, so the line feed must be written twice.
        if name == "pre"
            && let Some(first) = self.tree.first_child(id)
            && self.tree.text(first).is_some_and(|t| t.starts_with('\n'))
        {
            self.out.push('\n');
        }
        self.open.push(name);
        *closes = true;
        Children::Visit
    }

    fn has_media(&self, id: NodeId, element: &Element) -> bool {
        let has_source = |e: &Element| {
            e.attribute("src")
                .is_some_and(|src| address::resource(src, self.base).is_some())
        };
        has_source(element)
            || self
                .tree
                .children(id)
                .filter_map(|child| self.tree.element(child))
                .any(|child| child.name() == "source" && has_source(child))
    }

    fn attributes(&mut self, element: &Element, name: &'static str) {
        for (attribute, raw) in element.attributes() {
            match policy::value(name, attribute) {
                Some(kind) => match value::read(kind, raw, self.base, &self.targets) {
                    Some(value) => self.attribute(attribute, &value),
                    None => self.note_value(attribute, kind, raw),
                },
                // Older pages mark link targets with `<a name>`.
                None if name == "a" && attribute == "name" && element.attribute("id").is_none() => {
                    if let Some(value) = value::read(Value::Id, raw, self.base, &self.targets) {
                        self.attribute("id", &value);
                    }
                }
                None if policy::is_active(attribute) => self.note(format!("{attribute} attribute")),
                None => {}
            }
        }
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }

    pub(super) fn note_value(&mut self, attribute: &str, kind: Value, raw: &str) {
        if matches!(kind, Value::Link | Value::Resource | Value::SourceSet) && !raw.trim().is_empty() {
            let scheme = address::scheme(raw.trim_matches(|c: char| c <= ' '));
            self.note(match scheme {
                Some(scheme) if scheme.len() <= 20 => format!("{scheme}: address in {attribute}"),
                _ => format!("unusable address in {attribute}"),
            });
        }
    }

    fn link_to_embedded(&mut self, element: &Element) {
        // The address of an `object` is in `data`, and the address of a lazily loaded `iframe` is in `data-src`.
        let source = ["src", "data", "data-src"]
            .into_iter()
            .find_map(|name| element.attribute(name));
        let Some(url) = source
            .and_then(|raw| address::resource(raw, self.base))
            .and_then(|address| Url::parse(&address))
        else {
            return;
        };
        // If a paragraph is open, a parser would close it at this `<p>`.
        let is_block = !self.open.iter().any(|name| policy::is_inline_only(name));
        let is_link = !self.open.contains(&"a");
        self.out.push_str(if is_block { "<p>" } else { "" });
        if is_link {
            self.out.push_str("<a");
            self.attribute("href", url.as_str());
            self.out.push('>');
        }
        self.out.push_str("Embedded content: ");
        escape(url.host(), &mut self.out);
        self.out.push_str(if is_link { "</a>" } else { "" });
        self.out.push_str(if is_block { "</p>" } else { "" });
    }

    /// Replaces a drawing, a formula or a checkbox with text.
    fn replace_by_text(&mut self, id: NodeId, element: &Element) {
        match element.name() {
            "input"
                if element
                    .attribute("type")
                    .is_some_and(|t| t.eq_ignore_ascii_case("checkbox")) =>
            {
                let is_checked = element.attribute("checked").is_some();
                self.out.push_str(if is_checked { "☑ " } else { "☐ " });
            }
            "input" => self.note("input element".to_owned()),
            "math" => {
                self.note("math element".to_owned());
                // The TeX source is preferred, because the formula's text can be wrong: the text of the fraction 1/2 is
                // `12`.
                let text = formula(self.tree, id, element);
                escape(&text, &mut self.out);
            }
            name => {
                self.note(format!("{name} element"));
                let text = text_of(self.tree, id);
                escape(&crate::text::collapse(&text), &mut self.out);
            }
        }
    }
}

/// The formula's TeX source. If there is none, its `alttext` or, without an `alttext`, its text.
fn formula(tree: &Tree, id: NodeId, element: &Element) -> String {
    let tex = tree.walk(id).find_map(|step| match step {
        Step::Enter(inner) => tree
            .element(inner)
            .filter(|e| e.name() == "annotation" && e.attribute("encoding") == Some("application/x-tex"))
            .map(|_| text_of(tree, inner)),
        Step::Leave(_) => None,
    });
    let text = tex
        .or_else(|| element.attribute("alttext").map(str::to_owned))
        .unwrap_or_else(|| text_of(tree, id));
    crate::text::collapse(&text)
}

fn is_hidden(element: &Element) -> bool {
    // `until-found` hides an element only until a search in the page finds it.
    element.attribute("hidden").is_some_and(|v| !v.eq_ignore_ascii_case("until-found"))
        // KaTeX writes each formula twice: once for display and once for screen readers. The version for display is
        // dropped.
        || (element.attribute("aria-hidden") == Some("true")
            && element.attribute("class").is_some_and(|c| c.split_ascii_whitespace().any(|w| w == "katex-html")))
        // The `style` attribute is removed, so an element that it hides would become visible.
        || element.attribute("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        })
}

/// The ids that the links in a fragment point to.
fn link_targets(tree: &Tree, base: &Url) -> BTreeSet<String> {
    let page = base.as_str().split('#').next().unwrap_or_default();
    let mut targets = BTreeSet::new();
    for step in tree.walk(ROOT) {
        let Step::Enter(id) = step else { continue };
        let Some(href) = tree.element(id).and_then(|e| e.attribute("href")) else {
            continue;
        };
        // Cleaning makes links such as `#note` absolute. Absolute links to the page itself are recognized too, so that
        // the ids are kept if the result is cleaned again.
        let name = href.trim().strip_prefix(page).unwrap_or(href.trim()).strip_prefix('#');
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            targets.insert(name.to_owned());
        }
    }
    targets
}
