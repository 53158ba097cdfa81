//! Writes, from a tree, only what the policy lets pass.

use std::collections::BTreeSet;

use super::{
    address, parse,
    policy::{self, Fate, Value},
    tree::{Element, NodeId, ROOT, Step, Tree},
};
use crate::{text::is_xml_char, url::Url};

/// How deep elements may nest in the output; deeper ones lose their tags. Half of what `parse` reads, so that
/// what was written is read again whole.
const MAX_DEPTH: usize = 100;

/// How often what was written may change when it is read again.
const MAX_ROUNDS: usize = 6;

/// Reads and writes until nothing changes anymore: a parser may move what stands where HTML does not allow it, and
/// what every later reader sees must be what was judged here.
pub(super) fn clean(fragment: &str, base: &Url) -> (String, Vec<String>) {
    let tree = parse::fragment(fragment);
    let mut removed = Vec::new();
    let mut html = write(&tree, base, &mut removed);
    if let Some(limit) = tree.limit {
        removed.push(limit.to_owned());
    }
    for _ in 0..MAX_ROUNDS {
        let again = write(&parse::fragment(&html), base, &mut Vec::new());
        if again == html {
            return (html, removed);
        }
        html = again;
    }
    removed.push("markup that no two parsers read alike".to_owned());
    let text = super::plain::text_of(&parse::fragment(&html), ROOT);
    let mut out = String::new();
    for line in text.lines() {
        out.push_str("<p>");
        escape(line, &mut out);
        out.push_str("</p>");
    }
    (out, removed)
}

fn write(tree: &Tree, base: &Url, removed: &mut Vec<String>) -> String {
    let mut writer = Writer {
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
                    writer.text(text);
                } else if let Some(element) = tree.element(id)
                    && writer.enter(id, element) == Below::Skip
                {
                    walk.skip_children();
                }
            }
            Step::Leave(_) => writer.leave(),
        }
    }
    writer.out
}

/// Whether to go on with what is inside an element.
#[derive(PartialEq, Eq)]
enum Below {
    Read,
    Skip,
}

struct Writer<'t> {
    tree: &'t Tree,
    base: &'t Url,
    /// The names that links inside the fragment go to.
    targets: BTreeSet<String>,
    out: String,
    /// The output's open elements.
    open: Vec<&'static str>,
    /// For each element of the tree that is open: whether it has an end tag in the output.
    closes: Vec<bool>,
    removed: &'t mut Vec<String>,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    fn enter(&mut self, id: NodeId, element: &Element) -> Below {
        let mut closes = false;
        let below = match self.fate(element) {
            Fate::Keep(name) => self.keep(id, element, name, &mut closes),
            Fate::Unwrap => {
                self.note(format!("{} element", element.name()));
                Below::Read
            }
            Fate::UnwrapQuietly => Below::Read,
            Fate::Drop => {
                self.note(format!("{} element", element.name()));
                Below::Skip
            }
            Fate::DropQuietly => Below::Skip,
            Fate::Link => {
                self.note(format!("{} element", element.name()));
                self.link_to_embedded(element);
                Below::Skip
            }
            Fate::Text => {
                self.stand_in(id, element);
                Below::Skip
            }
        };
        self.closes.push(closes);
        below
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

    fn fate(&self, element: &Element) -> Fate {
        if !element.is_html() {
            return match element.name() {
                "svg" | "math" => Fate::Text,
                _ => Fate::Drop,
            };
        }
        if is_hidden(element) {
            return Fate::DropQuietly;
        }
        policy::fate(element.name())
    }

    fn note(&mut self, what: String) {
        if !self.removed.contains(&what) && self.removed.len() < 64 {
            self.removed.push(what);
        }
    }

    fn keep(&mut self, id: NodeId, element: &Element, name: &'static str, closes: &mut bool) -> Below {
        if self.open.len() >= MAX_DEPTH {
            self.note(format!("elements nested more than {MAX_DEPTH} deep"));
            return if policy::is_void(name) {
                Below::Skip
            } else {
                Below::Read
            };
        }
        match name {
            // A link inside a link cannot be written down in HTML.
            "a" if self.open.contains(&"a") => return Below::Read,
            "source" | "track" if !matches!(self.open.last(), Some(&("picture" | "audio" | "video"))) => {
                return Below::Skip;
            }
            "img" => {
                self.image(element);
                return Below::Skip;
            }
            "video" | "audio" if !self.has_media(id, element) => return Below::Read,
            _ => {}
        }
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(element, name);
        if matches!(name, "video" | "audio") {
            self.out.push_str(" controls=\"\" preload=\"none\"");
        }
        self.out.push('>');
        if policy::is_void(name) {
            return Below::Skip;
        }
        // A parser drops one line feed at the start of `pre`.
        if name == "pre"
            && let Some(first) = self.tree.first_child(id)
            && self.tree.text(first).is_some_and(|t| t.starts_with('\n'))
        {
            self.out.push('\n');
        }
        self.open.push(name);
        *closes = true;
        Below::Read
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
                Some(kind) => match self.value(kind, raw) {
                    Some(value) => self.attribute(attribute, &value),
                    None => self.note_value(attribute, kind, raw),
                },
                // The anchors of older pages.
                None if name == "a" && attribute == "name" && element.attribute("id").is_none() => {
                    if let Some(value) = self.value(Value::Id, raw) {
                        self.attribute("id", &value);
                    }
                }
                None if policy::is_active(attribute) => self.note(format!("{attribute} attribute")),
                None => {}
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }

    fn note_value(&mut self, attribute: &str, kind: Value, raw: &str) {
        if matches!(kind, Value::Link | Value::Resource | Value::SourceSet) && !raw.trim().is_empty() {
            let scheme = address::scheme(raw.trim_matches(|c: char| c <= ' '));
            self.note(match scheme {
                Some(scheme) if scheme.len() <= 20 => format!("{scheme}: address in {attribute}"),
                _ => format!("unusable address in {attribute}"),
            });
        }
    }

    /// The value to write, or `None` if the attribute is left out.
    fn value(&self, kind: Value, raw: &str) -> Option<String> {
        let trimmed = raw.trim();
        match kind {
            Value::Text => Some(crate::text::collapse(raw)),
            Value::Flag => Some(String::new()),
            Value::Number => number(trimmed),
            Value::Word(words) => words
                .iter()
                .find(|w| **w == trimmed || (w.len() > 1 && w.eq_ignore_ascii_case(trimmed)))
                .map(|w| (*w).to_owned()),
            Value::Language => is_language(trimmed).then(|| trimmed.to_owned()),
            Value::MediaType => is_media_type(trimmed).then(|| trimmed.to_owned()),
            Value::Relations => words(trimmed, |w| policy::RELATIONS.contains(&w)),
            Value::Classes => words(trimmed, |w| w.starts_with("language-") || w.starts_with("footnote")),
            Value::Link => address::link(raw, self.base),
            Value::Resource => address::resource(raw, self.base),
            Value::SourceSet => address::source_set(raw, self.base),
            Value::Id => {
                (self.targets.contains(trimmed) && !trimmed.contains(char::is_whitespace)).then(|| trimmed.to_owned())
            }
        }
    }

    /// A picture: with the address that a script would have loaded, without those that only count readers.
    fn image(&mut self, element: &Element) {
        if is_pixel(element) {
            return self.note("tracking pixel".to_owned());
        }
        let picture = picture_source(element);
        let address = picture
            .src
            .and_then(|src| address::resource(src, self.base).or_else(|| address::embedded_picture(src)));
        let set = picture.srcset.and_then(|set| address::source_set(set, self.base));
        let alt = element.attribute("alt").map(crate::text::collapse);
        let Some(address) = address else {
            if let Some(src) = picture.src.filter(|src| !address::is_placeholder(src)) {
                self.note_value("src", Value::Resource, src);
            }
            return escape(alt.as_deref().unwrap_or_default(), &mut self.out);
        };
        self.out.push_str("<img");
        self.attribute("src", &address);
        if let Some(set) = set {
            self.attribute("srcset", &set);
        }
        for (attribute, raw) in element.attributes() {
            match policy::value("img", attribute) {
                _ if matches!(attribute, "src" | "srcset") => {}
                Some(kind) => {
                    if let Some(value) = self.value(kind, raw) {
                        self.attribute(attribute, &value);
                    }
                }
                None if policy::is_active(attribute) => self.note(format!("{attribute} attribute")),
                None => {}
            }
        }
        self.out.push('>');
    }

    fn link_to_embedded(&mut self, element: &Element) {
        let source = ["src", "data", "data-src"]
            .into_iter()
            .find_map(|name| element.attribute(name));
        let Some(url) = source
            .and_then(|raw| address::resource(raw, self.base))
            .and_then(|address| Url::parse(&address))
        else {
            return;
        };
        let is_block = !self.open.iter().any(|name| policy::holds_inline_only(name));
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

    /// Text in place of a drawing, a formula or a check box.
    fn stand_in(&mut self, id: NodeId, element: &Element) {
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
                let text = formula(self.tree, id, element);
                escape(&text, &mut self.out);
            }
            name => {
                self.note(format!("{name} element"));
                let text = super::plain::text_of(self.tree, id);
                escape(&crate::text::collapse(&text), &mut self.out);
            }
        }
    }
}

/// The TeX source of a formula where it is given, else its text.
fn formula(tree: &Tree, id: NodeId, element: &Element) -> String {
    let tex = tree.walk(id).find_map(|step| match step {
        Step::Enter(inner) => tree
            .element(inner)
            .filter(|e| e.name() == "annotation" && e.attribute("encoding") == Some("application/x-tex"))
            .map(|_| super::plain::text_of(tree, inner)),
        Step::Leave(_) => None,
    });
    let text = tex
        .or_else(|| element.attribute("alttext").map(str::to_owned))
        .unwrap_or_else(|| super::plain::text_of(tree, id));
    crate::text::collapse(&text)
}

fn is_hidden(element: &Element) -> bool {
    element.attribute("hidden").is_some_and(|v| !v.eq_ignore_ascii_case("until-found"))
        // KaTeX shows each formula twice, once for sight and once for hearing.
        || (element.attribute("aria-hidden") == Some("true")
            && element.attribute("class").is_some_and(|c| c.split_ascii_whitespace().any(|w| w == "katex-html")))
        || element.attribute("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        })
}

fn is_pixel(element: &Element) -> bool {
    let is_tiny = |name| {
        element
            .attribute(name)
            .and_then(|v| number(v.trim()))
            .is_some_and(|n| n == "0" || n == "1")
    };
    is_tiny("width") || is_tiny("height")
}

/// Where a picture really is.
pub(crate) struct PictureSource<'e> {
    /// The address of one size.
    pub(crate) src: Option<&'e str>,
    /// The addresses of several sizes.
    pub(crate) srcset: Option<&'e str>,
}

/// Looks behind the stand-ins that scripts replace when a picture comes into view.
pub(crate) fn picture_source(element: &Element) -> PictureSource<'_> {
    let first = |names: &[&str]| {
        names
            .iter()
            .filter_map(|name| element.attribute(name))
            .find(|v| !v.trim().is_empty() && !v.trim_start().starts_with(['{', '[']))
    };
    let src = element.attribute("src").filter(|src| !address::is_placeholder(src));
    let lazy = first(&[
        "data-src",
        "data-lazy-src",
        "data-original",
        "data-lazy",
        "data-orig-src",
        "data-lazyload",
        "data-url",
    ]);
    let srcset = element
        .attribute("srcset")
        .filter(|set| !set.trim().is_empty() && !set.trim_start().starts_with("data:"));
    let srcset = srcset.or_else(|| first(&["data-srcset", "data-lazy-srcset"]));
    let from_set = || srcset.and_then(|set| address::candidates(set).next().map(|(address, _)| address));
    PictureSource {
        src: src.or(lazy).or_else(from_set).or_else(|| element.attribute("src")),
        srcset,
    }
}

/// The names that links of the fragment go to, in it.
fn link_targets(tree: &Tree, base: &Url) -> BTreeSet<String> {
    let page = base.as_str().split('#').next().unwrap_or_default();
    let mut targets = BTreeSet::new();
    for step in tree.walk(ROOT) {
        let Step::Enter(id) = step else { continue };
        let Some(href) = tree.element(id).and_then(|e| e.attribute("href")) else {
            continue;
        };
        let name = href.trim().strip_prefix(page).unwrap_or(href.trim()).strip_prefix('#');
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            targets.insert(name.to_owned());
        }
    }
    targets
}

fn number(raw: &str) -> Option<String> {
    let digits = raw.strip_suffix("px").unwrap_or(raw).trim();
    let digits = digits.split('.').next().unwrap_or_default();
    let value: i32 = digits.parse().ok()?;
    Some(value.clamp(-9_999, 65_534).to_string())
}

fn is_language(raw: &str) -> bool {
    (2..=35).contains(&raw.len()) && raw.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_media_type(raw: &str) -> bool {
    raw.contains('/')
        && raw.len() <= 100
        && raw
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/+-._;= ,".contains(&b))
}

fn words(raw: &str, is_allowed: impl Fn(&str) -> bool) -> Option<String> {
    let kept: Vec<&str> = raw
        .split_ascii_whitespace()
        .filter(|w| is_allowed(w) && w.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_+#.".contains(&b)))
        .take(8)
        .collect();
    (!kept.is_empty()).then(|| kept.join(" "))
}

/// Text as HTML and XML both read it; what XML cannot hold is left out.
fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let replacement = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\r' => "\n",
            _ if is_xml_char(c) && !matches!(c, '\u{7F}'..='\u{9F}') => continue,
            _ => "",
        };
        out.push_str(&text[from..at]);
        out.push_str(replacement);
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
}
