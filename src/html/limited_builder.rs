//! Passes tokens from html5ever's tokenizer to its tree builder, and drops the tokens that would make the tree builder
//! slow.
//!
//! The tree builder takes quadratic time for deeply nested elements and for formatting elements that are never closed.

use std::cell::Cell;

use html5ever::{
    LocalName,
    interface::Tracer,
    local_name,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult},
    tree_builder::{TreeBuilder, TreeSink},
};

use super::{
    limits::{MAX_NODES, MAX_OPEN, MAX_REOPENED},
    sink::Sink,
    tree::Tree,
};

/// A tree builder with limits.
pub(super) struct LimitedBuilder {
    builder: TreeBuilder<u32, Sink>,
    /// The number of start tags that may be accepted before the open elements must be counted again.
    free: Cell<usize>,
    /// The number of tags so far, including those that were dropped.
    tags: Cell<usize>,
    /// The number of attributes so far.
    attributes: Cell<usize>,
    /// Whether the tokenizer is inside an element that contains only text.
    raw: Cell<bool>,
    /// Whether all further start tags are dropped, because the tree has become too large for its input.
    text_only: Cell<bool>,
    is_page: Cell<bool>,
    limit: Cell<Option<&'static str>>,
}

/// Whether the tokenizer reads the content of an element as text.
pub(super) fn is_raw(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("title")
            | local_name!("textarea")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            // html5ever parses as if scripts were enabled, so `noscript` contains only text.
            | local_name!("noscript")
            | local_name!("plaintext")
    )
}

fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}

impl LimitedBuilder {
    pub(super) fn new(builder: TreeBuilder<u32, Sink>) -> Self {
        LimitedBuilder {
            builder,
            free: Cell::new(MAX_OPEN / 2),
            tags: Cell::new(0),
            attributes: Cell::new(0),
            raw: Cell::new(false),
            text_only: Cell::new(false),
            is_page: Cell::new(false),
            limit: Cell::new(None),
        }
    }

    /// Whether the tokenizer is inside an element that contains only text.
    pub(super) fn is_raw(&self) -> bool {
        self.raw.get()
    }

    /// Whether the tokenizer is inside SVG or MathML.
    pub(super) fn is_in_foreign(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    /// Records that the input exceeds a limit. Only the first limit is kept.
    pub(super) fn exceed(&self, limit: &'static str) {
        self.limit.set(self.limit.get().or(Some(limit)));
    }

    pub(super) fn finish(self) -> Tree {
        Tree {
            nodes: self.builder.sink.finish(),
            limit: self.limit.get(),
            is_page: self.is_page.get(),
        }
    }

    fn accepts(&self, tag: &Tag) -> bool {
        self.tags.set(self.tags.get() + 1);
        self.attributes.set(self.attributes.get() + tag.attrs.len());
        if tag.kind == TagKind::EndTag {
            // If the tree is too large, end tags are dropped too, because they can create elements: the adoption agency
            // algorithm copies formatting elements. But the end tag of an element that contains only text is never
            // dropped. Otherwise, the rest of the document would become the text of that element.
            return !self.text_only.get() || self.raw.get();
        }
        // The start tag of an element that contains only text is never dropped: the tokenizer reads the content as text
        // only if the tree builder has received the tag. If the tag were dropped, tags inside a script would become
        // elements.
        if is_raw(&tag.name) {
            return true;
        }
        // A tag may create several elements: for example, `<td>` directly in a table also creates `tbody` and `tr`. The
        // text after the tag is a node too.
        if self.builder.sink.len() > 5 * self.tags.get() + MAX_REOPENED {
            self.text_only.set(true);
            self.exceed("unclosed formatting elements in too many paragraphs");
        }
        if self.builder.sink.len() + self.attributes.get() > MAX_NODES {
            self.text_only.set(true);
            self.exceed("more than 700,000 elements, attributes and pieces of text");
        }
        if self.text_only.get() {
            return false;
        }
        is_void(&tag.name) || self.can_open()
    }

    /// Whether one more element may be opened. The open elements are not counted for every tag: after each count, half
    /// of the elements that are still allowed may be opened before the next count. Therefore, counting takes constant
    /// time per tag on average.
    fn can_open(&self) -> bool {
        if self.free.get() == 0 {
            // html5ever does not report the number of open elements, but it can list them.
            let count = Count(Cell::new(0));
            self.builder.trace_handles(&count);
            let rest = MAX_OPEN.saturating_sub(count.0.get());
            if rest == 0 {
                self.exceed("elements nested more than 256 levels deep");
                return false;
            }
            // Each formatting element counts twice, so only half as many elements as the limit still allows may be
            // opened before the next count.
            self.free.set(rest.div_ceil(2));
        }
        self.free.set(self.free.get() - 1);
        true
    }
}

/// Counts the open elements and the formatting elements that may have to be reopened.
struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = u32;

    fn trace_handle(&self, _: &u32) {
        self.0.set(self.0.get() + 1);
    }
}

impl TokenSink for LimitedBuilder {
    type Handle = u32;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<u32> {
        match &token {
            Token::TagToken(tag) => {
                // A `title` in an SVG drawing does not show that the input is a page.
                if matches!(
                    tag.name,
                    local_name!("html") | local_name!("head") | local_name!("body")
                ) || (tag.name == local_name!("title") && !self.is_in_foreign())
                {
                    self.is_page.set(true);
                }
                if !self.accepts(tag) {
                    return TokenSinkResult::Continue;
                }
                if tag.kind == TagKind::EndTag {
                    // Inside an element that contains only text, the tokenizer recognizes only the end tag of that
                    // element, so the text ends at this tag.
                    self.raw.set(false);
                }
            }
            Token::DoctypeToken(_) => self.is_page.set(true),
            // The tree does not store comments or errors.
            Token::CommentToken(_) | Token::ParseError(_) => return TokenSinkResult::Continue,
            _ => {}
        }
        let result = self.builder.process_token(token, line);
        if matches!(result, TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext) {
            self.raw.set(true);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.is_in_foreign()
    }
}
