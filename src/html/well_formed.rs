//! A fast path for well-formed HTML, such as the output of Markdown renderers and of `clean`. It is five times as fast
//! as html5ever.
//!
//! It accepts a fragment only if the parsing rules (HTML section 13.2) would not move, close or open any element: all
//! elements are allowed where they are, all elements except void elements such as `br` have end tags, attribute values
//! are in quotation marks, and only five entities are used. It rejects everything else, so the tree is always the one
//! that a browser builds. A property test compares its trees with those of html5ever.

use html5ever::{Attribute, LocalName, QualName, local_name, ns, tendril::StrTendril};

use super::{
    limits::MAX_NODES,
    tree::{Data, Element, NONE, Node, NodeId, ROOT, Tree, link},
};

/// The maximum nesting depth. Deeper fragments are passed to html5ever.
const MAX_DEPTH: usize = 64;
/// The maximum number of attributes per tag. Each attribute is compared with all others, so the number must be small.
const MAX_ATTRIBUTES: usize = 16;

/// What an element may contain, and where it is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Model {
    /// A block that contains blocks and text.
    Flow,
    /// A block that contains only text and inline elements.
    Phrases,
    /// An element that is allowed wherever text is allowed, and that contains text and inline elements.
    Inline,
    /// Like `Inline`, but not allowed inside an element of the same name: the parser has special rules for that case
    /// (the adoption agency algorithm).
    Formatting,
    /// A block that contains only items.
    List,
    Item,
    Table,
    Rows,
    Row,
    Cell,
    /// A block without content.
    Rule,
    /// An element that has no content and that is allowed wherever text is allowed.
    Void,
}

fn model(name: &str) -> Option<(Model, LocalName)> {
    macro_rules! models {
        ($($model:ident: $($name:tt),*;)*) => {
            match name {
                $($($name => (Model::$model, local_name!($name)),)*)*
                _ => return None,
            }
        };
    }
    // An element that is not listed here is still handled, but more slowly: html5ever parses the fragments that contain
    // it.
    Some(models! {
        Flow: "div", "blockquote", "figure", "figcaption";
        Phrases: "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre";
        Inline: "abbr", "cite", "del", "dfn", "ins", "kbd", "mark", "q", "samp", "span", "sub", "sup", "time", "var";
        Formatting: "a", "b", "code", "em", "i", "s", "small", "strong", "u";
        List: "ul", "ol";
        Item: "li";
        Table: "table";
        Rows: "thead", "tbody";
        Row: "tr";
        Cell: "td", "th";
        Rule: "hr";
        Void: "br", "img", "input", "wbr";
    })
}

/// Whether an element with the model `child` may be a child of an element with the model `parent`.
fn may_contain(parent: Model, child: Model) -> bool {
    match child {
        Model::Flow | Model::Phrases | Model::List | Model::Table | Model::Rule => {
            matches!(parent, Model::Flow | Model::Item | Model::Cell)
        }
        Model::Inline | Model::Formatting | Model::Void => may_contain_text(parent),
        Model::Item => parent == Model::List,
        Model::Rows => parent == Model::Table,
        // html5ever adds a missing `tbody`, so a row that is a direct child of a table is not accepted here.
        Model::Row => parent == Model::Rows,
        Model::Cell => parent == Model::Row,
    }
}

fn may_contain_text(model: Model) -> bool {
    matches!(
        model,
        Model::Flow | Model::Phrases | Model::Inline | Model::Formatting | Model::Item | Model::Cell
    )
}

/// Parses a fragment as the content of a `div`. Returns `None` if the fragment is not well-formed as defined in this
/// file.
pub(super) fn fragment(html: &str) -> Option<Tree> {
    let mut reader = Reader {
        html,
        whole: StrTendril::from_slice(html),
        nodes: Vec::with_capacity((html.len() / 24 + 4).min(MAX_NODES)),
        attributes: 0,
        open: Vec::new(),
        after_pre: false,
    };
    // All nodes get line 1: only the `page` module needs line numbers, and it parses documents, not fragments.
    reader.nodes.push(Node::new(Data::Other, 1));
    // The fragment becomes the content of an `html` element, as in html5ever.
    let top = reader.element(local_name!("html"), Vec::new(), ROOT);
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', html.as_bytes().get(at..)?) {
        reader.text(at, at + found, top)?;
        at = reader.tag(at + found, top)?;
    }
    reader.text(at, html.len(), top)?;
    reader.open.is_empty().then_some(Tree {
        nodes: reader.nodes,
        limit: None,
        is_page: false,
    })
}

struct Reader<'h> {
    html: &'h str,
    whole: StrTendril,
    nodes: Vec<Node>,
    /// The number of attributes so far.
    attributes: usize,
    open: Vec<(NodeId, Model, &'h str)>,
    /// Whether the next text comes directly after `<pre>`.
    after_pre: bool,
}

impl<'h> Reader<'h> {
    fn element(&mut self, name: LocalName, attributes: Vec<Attribute>, parent: NodeId) -> NodeId {
        let element = Element {
            name: QualName::new(None, ns!(html), name),
            attributes,
            is_annotation_point: false,
        };
        self.add(Data::Element(element), parent)
    }

    fn add(&mut self, data: Data, parent: NodeId) -> NodeId {
        let id = self.nodes.len() as NodeId;
        self.nodes.push(Node::new(data, 1));
        link(&mut self.nodes, parent, id, NONE);
        id
    }

    fn text(&mut self, mut from: usize, to: usize, top: NodeId) -> Option<()> {
        let (parent, model) = self.open.last().map_or((top, Model::Flow), |open| (open.0, open.1));
        // HTML section 13.2.6.4.7: a line feed directly after `<pre>` is dropped.
        if std::mem::take(&mut self.after_pre) && self.html.as_bytes().get(from) == Some(&b'\n') {
            from += 1;
        }
        let raw = self.html.get(from..to)?;
        if raw.is_empty() {
            return Some(());
        }
        let is_blank = || raw.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t'));
        // If there is text between rows, a parser moves the text out of the table (HTML section 13.2.6.4.9).
        if !may_contain_text(model) && !is_blank() {
            return None;
        }
        let text = self.decode(from, to)?;
        self.add(Data::Text(text), parent);
        Some(())
    }

    /// The text between two positions, with entities decoded.
    fn decode(&self, from: usize, to: usize) -> Option<StrTendril> {
        let raw = self.html.get(from..to)?;
        if memchr::memchr3(b'&', 0, b'\r', raw.as_bytes()).is_none() {
            // The offsets fit in 32 bits, because larger documents are rejected when they are read.
            return Some(self.whole.subtendril(from as u32, (to - from) as u32));
        }
        // Text with NUL or carriage returns is left to html5ever, which replaces NUL and normalizes carriage returns.
        if raw.contains(['\0', '\r']) {
            return None;
        }
        let mut out = StrTendril::with_capacity(raw.len() as u32);
        let mut parts = raw.split('&');
        out.push_slice(parts.next()?);
        for part in parts {
            let (name, rest) = part.split_once(';')?;
            out.push_slice(match name {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "#39" | "#x27" => "'",
                _ => return None,
            });
            out.push_slice(rest);
        }
        Some(out)
    }

    /// Reads the tag at `start`, and returns the position after it.
    fn tag(&mut self, start: usize, top: NodeId) -> Option<usize> {
        self.after_pre = false;
        let bytes = self.html.as_bytes();
        if bytes.get(start + 1) == Some(&b'/') {
            let (_, _, name) = self.open.pop()?;
            let end = start + 2 + name.len();
            // At any other end tag, a parser would either ignore the tag or close several elements at once.
            let is_match = self.html.get(start + 2..end) == Some(name) && bytes.get(end) == Some(&b'>');
            return is_match.then_some(end + 1);
        }
        let name_end = name_end(bytes, start + 1);
        let name = self.html.get(start + 1..name_end)?;
        let (model, local) = model(name)?;
        let (parent, parent_model) = self.open.last().map_or((top, Model::Flow), |open| (open.0, open.1));
        let is_void = matches!(model, Model::Rule | Model::Void);
        let is_nested = |what: Model| self.open.iter().any(|open| open.1 == what);
        let is_inside_same = match model {
            Model::Formatting => self.open.iter().any(|open| open.2 == name),
            Model::Table => is_nested(Model::Table),
            _ => false,
        };
        if !may_contain(parent_model, model) || is_inside_same || self.open.len() >= MAX_DEPTH
            // Larger fragments are left to html5ever, because its tree builder reports that the limit is exceeded.
            || self.nodes.len() + self.attributes > MAX_NODES
        {
            return None;
        }
        let (attributes, end) = self.attributes(name_end, is_void)?;
        self.attributes += attributes.len();
        let id = self.element(local, attributes, parent);
        if !is_void {
            self.open.push((id, model, name));
            self.after_pre = name == "pre";
        }
        Some(end)
    }

    /// Reads the attributes, and returns them with the position after the tag.
    fn attributes(&self, mut at: usize, is_void: bool) -> Option<(Vec<Attribute>, usize)> {
        let bytes = self.html.as_bytes();
        let mut attributes: Vec<Attribute> = Vec::new();
        loop {
            match bytes.get(at)? {
                b'>' => return Some((attributes, at + 1)),
                b'/' if is_void && bytes.get(at + 1) == Some(&b'>') => return Some((attributes, at + 2)),
                b' ' if matches!(bytes.get(at + 1), Some(b'/' | b'>')) => {
                    at += 1;
                    continue;
                }
                b' ' => at += 1,
                _ => return None,
            }
            let end = name_end(bytes, at);
            let name = self.html.get(at..end).filter(|name| !name.is_empty())?;
            let value = end + 2;
            if bytes.get(end..value) != Some(b"=\"") {
                return None;
            }
            let value_end = value + memchr::memchr(b'"', bytes.get(value..)?)?;
            let local = LocalName::from(name);
            // A parser drops repeated attributes.
            let is_repeated = attributes.iter().any(|other| other.name.local == local);
            if is_repeated || attributes.len() >= MAX_ATTRIBUTES {
                return None;
            }
            attributes.push(Attribute {
                name: QualName::new(None, ns!(), local),
                value: self.decode(value, value_end)?,
            });
            at = value_end + 1;
        }
    }
}

/// The end of the name at `start`, which consists of lowercase letters, digits and hyphens.
fn name_end(bytes: &[u8], start: usize) -> usize {
    let is_name = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| is_name(byte)).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::html::{parse, tree::Step};

    /// Formats everything that other code can read from a tree.
    fn dump(tree: &Tree) -> Vec<String> {
        let step = |step| match step {
            Step::Enter(id) => match (tree.text(id), tree.element(id)) {
                (Some(text), _) => format!("{text:?}"),
                (_, Some(element)) => {
                    let attributes: Vec<_> = element.attributes().collect();
                    format!("<{} {} {attributes:?}>", element.is_html(), element.name())
                }
                _ => "other".to_owned(),
            },
            Step::Leave(_) => "leave".to_owned(),
        };
        tree.walk(ROOT).map(step).collect()
    }

    #[test]
    fn well_formed_html_gives_the_tree_of_html5ever() {
        for html in [
            "<p>A <em>b</em> <a href=\"/x?a&amp;b\" title=\"&quot;\">c</a> &lt;d&gt; \"e\"<br />\nf</p>\n",
            "<pre><code class=\"language-rust\">\nfn a() {}\n</code></pre>\n<pre>\nb</pre>",
            "<ul>\n<li><input disabled=\"\" type=\"checkbox\" checked=\"\"/>a</li>\n<li>\n<p>b</p>\n</li>\n</ul>",
            "<table><thead><tr><th style=\"text-align: left\">a</th></tr></thead><tbody>\n<tr><td>b</td></tr>\n</tbody></table>",
            "<blockquote>\n<h2>a</h2>\n<hr />\n<ol start=\"3\"><li>b</li></ol></blockquote>",
            "<div class=\"footnote-definition\" id=\"1\"><sup>1</sup>\n<p>a</p></div>",
            "",
            "a &#39;b&#39;",
        ] {
            let tree = fragment(html).expect(html);
            assert_eq!(dump(&tree), dump(&parse::any_fragment(html)), "{html}");
        }
    }

    #[test]
    fn html_that_a_parser_would_repair_is_rejected() {
        for html in [
            "<p>a<p>b",
            "<p>a",
            "a</p>",
            "<p><div>a</div></p>",
            "<em>a<strong>b</em></strong>",
            "<a href=\"/\">a<em><a href=\"/\">b</a></em></a>",
            "<em><em>a</em></em>",
            "<table><tr><td>a</td></tr></table>",
            "<table>a<tbody></tbody></table>",
            "<P>a</P>",
            "<p class=a>a</p>",
            "<p id=\"a\" id=\"b\">a</p>",
            "<p>&nbsp;&copy</p>",
            "<!-- a -->",
            "a\rb",
            "a\0b",
            "<script>a</script>",
            "<svg></svg>",
            "<h1>a<h2>b</h2></h1>",
            "<p/>a",
        ] {
            assert!(fragment(html).is_none(), "{html}");
        }
    }

    fn markup() -> impl Strategy<Value = String> {
        const NAMES: [&str; 26] = [
            "p",
            "p",
            "div",
            "blockquote",
            "h1",
            "h2",
            "pre",
            "em",
            "strong",
            "code",
            "a",
            "a",
            "del",
            "sup",
            "span",
            "ul",
            "ol",
            "li",
            "li",
            "table",
            "thead",
            "tbody",
            "tr",
            "td",
            "figure",
            "u",
        ];
        let text = prop::sample::select(vec![
            "a",
            " ",
            "\n",
            "\n\n",
            "&amp;",
            "&lt;b",
            "é",
            "<br>",
            "<hr />",
            "<img src=\"a\" alt=\"&quot;\">",
            "\t",
            "b\nc",
        ]);
        let leaf = text.prop_map(str::to_owned);
        leaf.prop_recursive(6, 48, 4, |inner| {
            let name = prop::sample::select(NAMES.to_vec());
            let attribute = prop::sample::select(vec!["", " id=\"a\"", " href=\"/&amp;\" title=\"b\nc\""]);
            (name, attribute, prop::collection::vec(inner, 0..4)).prop_map(|(name, attribute, inner)| {
                let inner = inner.concat();
                match name {
                    // Random parts rarely form a complete list or table, so each list or table is generated
                    // as a whole.
                    "ul" => format!("<ul{attribute}>\n<li>{inner}</li>\n</ul>"),
                    "table" => format!("<table><tbody>\n<tr><td{attribute}>{inner}</td></tr></tbody></table>"),
                    _ => format!("<{name}{attribute}>{inner}</{name}>"),
                }
            })
        })
    }

    /// Tags in random order. The result is rarely well-formed HTML.
    fn tags() -> impl Strategy<Value = String> {
        let tag = prop::sample::select(vec![
            "<p>", "</p>", "<a>", "</a>", "<em>", "</em>", "<ul>", "</ul>", "<li>", "</li>", "<pre>", "</pre>", "\n",
            "a", "<b", ">", "</", "&", "amp;", " a=\"", "\"", "/", "<br/>", "<table>", "</table>", "<tr>", "<td>",
            "</td>", "</tr>",
        ]);
        prop::collection::vec(tag, 0..7).prop_map(|tags| tags.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn every_accepted_fragment_gives_the_tree_of_html5ever(parts in prop::collection::vec(prop_oneof![markup(), tags()], 0..4)) {
            let html = parts.concat();
            if let Some(tree) = fragment(&html) {
                prop_assert_eq!(dump(&tree), dump(&parse::any_fragment(&html)));
            }
        }
    }
}
