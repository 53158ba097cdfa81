//! Stores the nodes that html5ever's tree builder creates.

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
    limits::MAX_ATTRIBUTES,
    tree::{Data, Element, NONE, Node, NodeId, ROOT, link, unlink},
};

/// The nodes built so far.
pub(super) struct Sink {
    nodes: RefCell<Vec<Node>>,
    line: Cell<u32>,
    /// The name that html5ever gets for a node that is not an element.
    no_name: RefCell<QualName>,
}

impl Sink {
    pub(super) fn new() -> Self {
        Sink {
            nodes: RefCell::new(vec![Node::new(Data::Other, 1)]),
            line: Cell::new(1),
            no_name: RefCell::new(QualName::new(None, ns!(), local_name!(""))),
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
                // The tokenizer splits text at entities, but the code that uses the tree expects a single text node.
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
        name.unwrap_or_else(|_| self.no_name.borrow())
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

    // Foster parenting (HTML section 13.2.6.1): content that is not allowed in a table is moved in front of the table.
    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.nodes.borrow()[*element as usize].parent;
        match parent {
            NONE => self.insert(*previous, child, NONE),
            _ => self.insert(parent, child, *element),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    // The content becomes children of the `template` element rather than a separate tree, so that walking the tree also
    // reaches this content.
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
                // Without the limit, `<body a1><body a2>…` would take quadratic time.
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
