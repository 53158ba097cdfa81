//! Stands between html5ever's tokenizer and its tree builder, and lets through what the tree builder can take in
//! linear time.

use std::cell::Cell;

use html5ever::{
    LocalName,
    interface::Tracer,
    local_name,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult},
    tree_builder::{TreeBuilder, TreeSink},
};

use super::{parse::MAX_OPEN, sink::Sink, tree::Tree};

/// How many elements the tree builder may make up on its own (formatting that it opens again in each paragraph)
/// beyond four for each tag.
const MADE_UP: usize = 10_000;

pub(super) struct Gate {
    builder: TreeBuilder<u32, Sink>,
    /// How many start tags may pass before the open elements must be counted again.
    free: Cell<usize>,
    tags: Cell<usize>,
    raw: Cell<bool>,
    text_only: Cell<bool>,
    is_page: Cell<bool>,
    limit: Cell<Option<&'static str>>,
}

/// Elements whose content the tokenizer reads as text.
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

impl Gate {
    pub(super) fn new(builder: TreeBuilder<u32, Sink>) -> Self {
        Gate {
            builder,
            free: Cell::new(MAX_OPEN / 2),
            tags: Cell::new(0),
            raw: Cell::new(false),
            text_only: Cell::new(false),
            is_page: Cell::new(false),
            limit: Cell::new(None),
        }
    }

    /// Whether the tokenizer is inside an element that holds only text.
    pub(super) fn is_raw(&self) -> bool {
        self.raw.get()
    }

    /// Whether the tokenizer is inside SVG or MathML.
    pub(super) fn is_in_foreign(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    /// Notes that a limit was hit.
    pub(super) fn hit(&self, limit: &'static str) {
        self.limit.set(self.limit.get().or(Some(limit)));
    }

    pub(super) fn finish(self) -> Tree {
        Tree {
            nodes: self.builder.sink.finish(),
            limit: self.limit.get(),
            is_page: self.is_page.get(),
        }
    }

    fn admits(&self, tag: &Tag) -> bool {
        self.tags.set(self.tags.get() + 1);
        if tag.kind == TagKind::EndTag {
            return !self.text_only.get() || self.raw.get();
        }
        if is_raw(&tag.name) {
            return true;
        }
        if self.builder.sink.len() > 5 * self.tags.get() + MADE_UP {
            self.text_only.set(true);
            self.hit("formatting elements left open in too many paragraphs");
        }
        if self.text_only.get() {
            return false;
        }
        is_void(&tag.name) || self.has_room()
    }

    /// Whether one more element may be opened. Counts at most every other time, so that the whole stays linear.
    fn has_room(&self) -> bool {
        if self.free.get() == 0 {
            let count = Count(Cell::new(0));
            self.builder.trace_handles(&count);
            let room = MAX_OPEN.saturating_sub(count.0.get());
            if room == 0 {
                self.hit("nested more than 256 elements deep");
                return false;
            }
            self.free.set(room.div_ceil(2));
        }
        self.free.set(self.free.get() - 1);
        true
    }
}

/// Counts the open elements, and the formatting elements that are to be opened again.
struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = u32;

    fn trace_handle(&self, _: &u32) {
        self.0.set(self.0.get() + 1);
    }
}

impl TokenSink for Gate {
    type Handle = u32;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<u32> {
        match &token {
            Token::TagToken(tag) => {
                if matches!(
                    tag.name,
                    local_name!("html") | local_name!("head") | local_name!("body")
                ) || (tag.name == local_name!("title") && !self.is_in_foreign())
                {
                    self.is_page.set(true);
                }
                if !self.admits(tag) {
                    return TokenSinkResult::Continue;
                }
                if tag.kind == TagKind::EndTag {
                    self.raw.set(false);
                }
            }
            Token::DoctypeToken(_) => self.is_page.set(true),
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
