//! Builds a [`Tree`] from what html5ever's tree builder says.

use std::{
    borrow::Cow,
    cell::{Cell, Ref, RefCell},
};

use html5ever::{
    Attribute, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    local_name, ns,
    tendril::StrTendril,
};

use super::{
    parse::MAX_ATTRIBUTES,
    tree::{Data, Element, NONE, Node, NodeId, ROOT},
};

/// The nodes built so far.
pub(super) struct Sink {
    nodes: RefCell<Vec<Node>>,
    line: Cell<u32>,
    /// What html5ever is told when it asks for the name of something that is no element.
    nameless: RefCell<QualName>,
}

impl Sink {
    pub(super) fn new() -> Self {
        Sink {
            nodes: RefCell::new(vec![Node::new(Data::Other, 1)]),
            line: Cell::new(1),
            nameless: RefCell::new(QualName::new(None, ns!(), local_name!(""))),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    fn add(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(data, self.line.get()));
        (nodes.len() - 1) as NodeId
    }
}

/// Puts `child` under `parent`, before `before` or, if that is `NONE`, as the last one.
pub(super) fn link(nodes: &mut [Node], parent: NodeId, child: NodeId, before: NodeId) {
    let previous = match before {
        NONE => nodes[parent as usize].last_child,
        _ => nodes[before as usize].previous,
    };
    let node = &mut nodes[child as usize];
    (node.parent, node.previous, node.next) = (parent, previous, before);
    match previous {
        NONE => nodes[parent as usize].first_child = child,
        _ => nodes[previous as usize].next = child,
    }
    match before {
        NONE => nodes[parent as usize].last_child = child,
        _ => nodes[before as usize].previous = child,
    }
}

fn unlink(nodes: &mut [Node], id: NodeId) {
    let Node {
        parent, previous, next, ..
    } = nodes[id as usize];
    if parent == NONE {
        return;
    }
    match previous {
        NONE => nodes[parent as usize].first_child = next,
        _ => nodes[previous as usize].next = next,
    }
    match next {
        NONE => nodes[parent as usize].last_child = previous,
        _ => nodes[next as usize].previous = previous,
    }
    let node = &mut nodes[id as usize];
    (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
}

impl Sink {
    fn insert(&self, parent: NodeId, child: NodeOrText<NodeId>, before: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        match child {
            NodeOrText::AppendNode(id) => {
                unlink(&mut nodes, id);
                link(&mut nodes, parent, id, before);
            }
            NodeOrText::AppendText(text) => {
                let previous = match before {
                    NONE => nodes[parent as usize].last_child,
                    _ => nodes[before as usize].previous,
                };
                if previous != NONE
                    && let Data::Text(earlier) = &mut nodes[previous as usize].data
                {
                    earlier.push_tendril(&text);
                    return;
                }
                let id = nodes.len() as NodeId;
                nodes.push(Node::new(Data::Text(text), self.line.get()));
                link(&mut nodes, parent, id, before);
            }
        }
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Vec<Node>;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Vec<Node> {
        self.nodes.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        let name = Ref::filter_map(self.nodes.borrow(), |nodes| match &nodes[*target as usize].data {
            Data::Element(element) => Some(&element.name),
            _ => None,
        });
        name.unwrap_or_else(|_| self.nameless.borrow())
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.add(Data::Element(Element {
            name,
            attributes,
            is_annotation_point: flags.mathml_annotation_xml_integration_point,
        }))
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.add(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.add(Data::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert(*parent, child, NONE);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.nodes.borrow()[*element as usize].parent;
        match parent {
            NONE => self.insert(*previous, child, NONE),
            _ => self.insert(parent, child, *element),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    // The contents stay below the template: whoever walks the tree passes over templates anyway.
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.nodes.borrow()[*sibling as usize].parent;
        if parent != NONE {
            self.insert(parent, child, *sibling);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        if let Data::Element(element) = &mut self.nodes.borrow_mut()[*target as usize].data {
            for attribute in attributes {
                // Without the limit, a page of `<body a1><body a2>…` is quadratic.
                if element.attributes.len() < MAX_ATTRIBUTES
                    && element.attributes.iter().all(|a| a.name != attribute.name)
                {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        unlink(&mut self.nodes.borrow_mut(), *target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let nodes = &mut *self.nodes.borrow_mut();
        let mut child = nodes[*node as usize].first_child;
        while child != NONE {
            let next = nodes[child as usize].next;
            unlink(nodes, child);
            link(nodes, *new_parent, child, NONE);
            child = next;
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &NodeId) -> bool {
        matches!(&self.nodes.borrow()[*target as usize].data, Data::Element(e) if e.is_annotation_point)
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }
}
