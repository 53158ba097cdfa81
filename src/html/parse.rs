//! Parses HTML as browsers do, in linear time.
//!
//! The time that html5ever takes is quadratic in the nesting depth and in the number of attributes per tag, so both are
//! limited. Without the limits, the inputs in tests/suite/html.rs would take minutes.

use html5ever::{
    LocalName, QualName, TokenizerResult,
    interface::create_element,
    local_name, ns,
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts},
};

use super::{
    limited_builder::{LimitedBuilder, is_raw},
    sink::Sink,
    tag::{Scanned, comment_end, scan_tag},
    tree::Tree,
    well_formed,
};

/// Parses a document. If the input is only a fragment, it becomes the content of the body.
pub(crate) fn document(html: &str) -> Tree {
    let builder = TreeBuilder::new(Sink::new(), TreeBuilderOpts::default());
    parse(html, builder)
}

/// Parses a fragment as the content of a `div`.
pub(crate) fn fragment(html: &str) -> Tree {
    well_formed::fragment(html).unwrap_or_else(|| any_fragment(html))
}

/// Like [`fragment`], but always uses html5ever.
pub(super) fn any_fragment(html: &str) -> Tree {
    let sink = Sink::new();
    let name = QualName::new(None, ns!(html), local_name!("div"));
    let context = create_element(&sink, name, Vec::new());
    let builder = TreeBuilder::new_for_fragment(sink, context, None, TreeBuilderOpts::default());
    parse(html, builder)
}

fn parse(html: &str, builder: TreeBuilder<u32, Sink>) -> Tree {
    let options = TokenizerOpts {
        // `well_formed` keeps a byte order mark, so this parser must keep it too: both must produce the same tree.
        discard_bom: false,
        ..TokenizerOpts::default()
    };
    let feeder = Feeder {
        html,
        whole: StrTendril::from_slice(html),
        fed: 0,
        tokenizer: Tokenizer::new(LimitedBuilder::new(builder), options),
        queue: BufferQueue::default(),
    };
    feeder.run()
}

/// Feeds the input to html5ever in pieces, so that html5ever never receives a tag with too many attributes.
///
/// Whether `<` starts a tag depends on the state of the tokenizer: for example, it does not start a tag inside a
/// script. Only some elements change the state, so the feeder stops after the tags of these elements and asks the
/// [`LimitedBuilder`] for the state.
struct Feeder<'h> {
    html: &'h str,
    whole: StrTendril,
    fed: usize,
    tokenizer: Tokenizer<LimitedBuilder>,
    queue: BufferQueue,
}

impl<'h> Feeder<'h> {
    fn run(mut self) -> Tree {
        let bytes = self.html.as_bytes();
        // The position after the next `--!>`. It is cached, because searching again for each comment would take
        // quadratic time.
        let mut bang = 0;
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
            let start = at + found;
            at = match bytes.get(start + 1) {
                Some(b) if b.is_ascii_alphabetic() => self.tag(start),
                Some(b'/') if bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => self.tag(start),
                Some(b'!') if bytes[start..].starts_with(b"<!--") => comment_end(bytes, start, &mut bang),
                Some(b'!') if bytes[start..].starts_with(b"<![CDATA[") => self.cdata(start),
                // Anything else that starts with these characters is a doctype or a bogus comment (HTML section
                // 13.2.5.41). Both end at the next `>`.
                Some(b'!' | b'?' | b'/') => find(bytes, start, b">"),
                _ => start + 1,
            };
        }
        self.feed_to(bytes.len());
        self.tokenizer.end();
        self.tokenizer.sink.finish()
    }

    /// Skips the tag at `start`. If the tag opens an element that contains only text, the content and the end tag are
    /// skipped too. Returns the position after everything that was skipped.
    fn tag(&mut self, start: usize) -> usize {
        let bytes = self.html.as_bytes();
        let tag = self.scan_limited(start);
        if bytes[start + 1] == b'/' || !is_raw(&LocalName::from(tag.name)) {
            return tag.end;
        }
        let name = tag.name.as_bytes();
        self.feed_to(tag.end);
        let mut at = tag.end;
        while self.tokenizer.sink.is_raw() {
            let Some(found) = memchr::memchr(b'<', &bytes[at..]) else {
                return bytes.len();
            };
            at += found;
            // Only an end tag with the same name ends the text.
            let closes = bytes[at + 1..].strip_prefix(b"/").is_some_and(|rest| {
                rest.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
                    && rest.get(name.len()).is_none_or(|b| b" \t\n\r\x0C/>".contains(b))
            });
            if closes {
                // After `<!--<script>` inside a script, the next end tag is text, so the loop continues until the
                // tokenizer has left the element.
                let end = self.scan_limited(at).end;
                self.feed_to(end);
                at = end;
            } else {
                at += 1;
            }
        }
        at
    }

    /// Scans the tag at `start`. If the tag has too many attributes, feeds it to html5ever without the attributes over
    /// the limit.
    fn scan_limited(&mut self, start: usize) -> Scanned<'h> {
        let tag = scan_tag(self.html, start);
        if let Some(cut) = tag.cut {
            self.feed_to(cut);
            self.feed(StrTendril::from_slice(">"));
            self.tokenizer.sink.exceed("a tag with more than 256 attributes");
            self.fed = tag.end;
        }
        tag
    }

    /// Skips a `<![CDATA[` section, which is text inside SVG and MathML but a comment elsewhere.
    fn cdata(&mut self, start: usize) -> usize {
        // Whether the section is inside SVG or MathML is known only after everything before the section has been
        // parsed.
        self.feed_to(start);
        let end: &[u8] = if self.tokenizer.sink.is_in_foreign() {
            b"]]>"
        } else {
            b">"
        };
        find(self.html.as_bytes(), start, end)
    }

    fn feed_to(&mut self, end: usize) {
        if end > self.fed {
            // The offsets fit in 32 bits, because larger documents are rejected when they are read.
            let piece = self.whole.subtendril(self.fed as u32, (end - self.fed) as u32);
            self.fed = end;
            self.feed(piece);
        }
    }

    fn feed(&mut self, piece: StrTendril) {
        self.queue.push_back(piece);
        // The tokenizer may have to be called several times, because it also stops after each script to let a browser
        // run the script.
        while !matches!(self.tokenizer.feed(&self.queue), TokenizerResult::Done) {}
    }
}

/// The position after the next occurrence of `what`, or the end of the input.
fn find(bytes: &[u8], from: usize, what: &[u8]) -> usize {
    memchr::memmem::find(&bytes[from..], what).map_or(bytes.len(), |i| from + i + what.len())
}
