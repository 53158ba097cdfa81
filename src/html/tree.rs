//! A parsed document, stored as one vector of nodes, which are linked by index and visited without recursion.
//!
//! On deeply nested input, recursive code would overflow the stack. If nodes owned their children, dropping a node
//! would be recursive too.

use html5ever::{Attribute, QualName, ns, tendril::StrTendril};

/// The index of a node in its [`Tree`].
pub(crate) type NodeId = u32;

/// The document itself, which is the root of the tree.
pub(crate) const ROOT: NodeId = 0;
// `NONE` is a `NodeId`, because an `Option<NodeId>` would double the size of a node's five links.
pub(super) const NONE: NodeId = u32::MAX;

/// The kind and content of a node.
#[derive(Debug)]
pub(crate) enum Data {
    /// The document, a comment or a processing instruction. The text of comments and instructions is not kept.
    Other,
    /// Text, with entities decoded.
    Text(StrTendril),
    /// An element.
    Element(Element),
}

/// The name and attributes of an element.
#[derive(Debug)]
pub(crate) struct Element {
    pub(super) name: QualName,
    pub(super) attributes: Vec<Attribute>,
    pub(super) is_annotation_point: bool,
}

impl Element {
    /// The name. HTML names are in lowercase, but some SVG names contain capitals.
    pub(crate) fn name(&self) -> &str {
        &self.name.local
    }

    /// Whether the element is an HTML element rather than an SVG or MathML element.
    pub(crate) fn is_html(&self) -> bool {
        self.name.ns == ns!(html)
    }

    /// The value of the attribute with this lowercase name.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|a| &*a.name.local == name)
            .map(|a| &*a.value)
    }

    /// Whether an attribute whose value is a list of words, such as `rel`, contains `word`, ignoring case.
    pub(crate) fn has_word(&self, attribute: &str, word: &str) -> bool {
        self.attribute(attribute)
            .is_some_and(|list| list.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
    }

    /// All attributes as (name, value), in order.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|a| (&*a.name.local, &*a.value))
    }
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: NodeId,
    pub(super) previous: NodeId,
    pub(super) next: NodeId,
    pub(super) first_child: NodeId,
    pub(super) last_child: NodeId,
    pub(super) line: u32,
    pub(super) data: Data,
}

impl Node {
    pub(super) fn new(data: Data, line: u32) -> Self {
        Node {
            parent: NONE,
            previous: NONE,
            next: NONE,
            first_child: NONE,
            last_child: NONE,
            line,
            data,
        }
    }
}

/// Adds `child` to `parent`: in front of the child `before`, or as the last child if `before` is `NONE`.
pub(super) fn link(nodes: &mut [Node], parent: NodeId, child: NodeId, before: NodeId) {
    let previous = match before {
        NONE => nodes[parent as usize].last_child,
        _ => nodes[before as usize].previous,
    };
    nodes[child as usize].parent = parent;
    connect(nodes, parent, previous, child);
    connect(nodes, parent, child, before);
}

/// Removes a node from its parent.
pub(super) fn unlink(nodes: &mut [Node], id: NodeId) {
    let Node {
        parent, previous, next, ..
    } = nodes[id as usize];
    if parent == NONE {
        return;
    }
    connect(nodes, parent, previous, next);
    let node = &mut nodes[id as usize];
    (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
}

/// Makes two children of `parent` neighbors. If `previous` is `NONE`, `next` becomes the first child. If `next` is
/// `NONE`, `previous` becomes the last child.
fn connect(nodes: &mut [Node], parent: NodeId, previous: NodeId, next: NodeId) {
    match previous {
        NONE => nodes[parent as usize].first_child = next,
        _ => nodes[previous as usize].next = next,
    }
    match next {
        NONE => nodes[parent as usize].last_child = previous,
        _ => nodes[next as usize].previous = previous,
    }
}

/// A parsed document or fragment.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// The limit that the input exceeds, if any, worded for a finding.
    pub(crate) limit: Option<&'static str>,
    /// Whether the input contains `<!doctype>`, `<html>`, `<head>`, `<body>` or `<title>`.
    pub(crate) is_page: bool,
}

/// A step of a walk in document order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The start of a node, before its children.
    Enter(NodeId),
    /// The end of an element, after its children.
    Leave(NodeId),
}

impl Tree {
    /// The number of nodes. Every [`NodeId`] is smaller than this number.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The element, if the node is an element.
    pub(crate) fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.nodes.get(id as usize)?.data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The text of a text node.
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        match &self.nodes.get(id as usize)?.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The line that the node starts on, 1-based.
    pub(crate) fn line(&self, id: NodeId) -> u32 {
        self.nodes.get(id as usize).map_or(0, |n| n.line)
    }

    /// The parent.
    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.neighbor(id, |n| n.parent)
    }

    /// The next sibling.
    pub(crate) fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.neighbor(id, |n| n.next)
    }

    /// The previous sibling.
    pub(crate) fn previous_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.neighbor(id, |n| n.previous)
    }

    /// The first child.
    pub(crate) fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.neighbor(id, |n| n.first_child)
    }

    fn neighbor(&self, id: NodeId, of: impl Fn(&Node) -> NodeId) -> Option<NodeId> {
        self.nodes.get(id as usize).map(of).filter(|&to| to != NONE)
    }

    /// The children, in order.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.first_child(id), |&child| self.next_sibling(child))
    }

    /// A walk over everything below `top`, excluding `top` itself.
    pub(crate) fn walk(&self, top: NodeId) -> Walk<'_> {
        Walk {
            tree: self,
            top,
            next: self.first_child(top).map(Step::Enter),
        }
    }
}

/// See [`Tree::walk`].
pub(crate) struct Walk<'t> {
    tree: &'t Tree,
    top: NodeId,
    next: Option<Step>,
}

impl Walk<'_> {
    /// Skips the children of the element that was entered last. The next step is the `Leave` of this element.
    pub(crate) fn skip_children(&mut self) {
        // The next step is replaced only if it enters the element's first child. If the element has no children, the
        // next step is already its `Leave`. After a text node, the next step may enter a sibling, but a node that
        // follows another node is not a first child.
        if let Some(Step::Enter(child)) = self.next
            && let Some(parent) = self.tree.parent(child)
            && self.tree.first_child(parent) == Some(child)
        {
            self.next = Some(Step::Leave(parent));
        }
    }

    fn after(&self, id: NodeId) -> Option<Step> {
        if let Some(sibling) = self.tree.next_sibling(id) {
            return Some(Step::Enter(sibling));
        }
        self.tree.parent(id).filter(|&p| p != self.top).map(Step::Leave)
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => match self.tree.first_child(id) {
                Some(child) => Some(Step::Enter(child)),
                None if self.tree.element(id).is_some() => Some(Step::Leave(id)),
                None => self.after(id),
            },
            Step::Leave(id) => self.after(id),
        };
        Some(step)
    }
}
