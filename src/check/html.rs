//! Splits HTML into tags and text the way a browser does (WHATWG HTML section 13.2.5), with the place of each.
//!
//! Own rather than html5ever's, which knows no places and takes five times as long; html5ever is the oracle of its test.

use std::borrow::Cow;
use std::ops::Range;

/// A part of HTML.
#[derive(Debug)]
pub(super) enum Token<'t> {
    /// A start tag.
    Open(Tag<'t>),
    /// An end tag: its name, and its place.
    Close(&'t str, Range<usize>),
    /// Text, or what stands in a script or the like.
    Text,
    /// A comment, or what a browser takes for one.
    Comment(Range<usize>),
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    /// The name as written.
    pub(super) name: &'t str,
    pub(super) attributes: Vec<Attribute<'t>>,
    pub(super) range: Range<usize>,
}

/// An attribute of a start tag.
#[derive(Debug)]
pub(super) struct Attribute<'t> {
    /// The name as written.
    pub(super) name: &'t str,
    /// The value as written, references and all.
    pub(super) raw: &'t str,
    pub(super) range: Range<usize>,
}

/// Splits HTML.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// The element whose text is not markup and ends only with its end tag.
    raw_text: Option<&'t str>,
    /// The first thing that a browser mends silently.
    pub(super) mistake: Option<(usize, &'static str)>,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

/// Whether the text of the element is not markup.
fn is_raw_text(name: &str) -> bool {
    const RAW: [&str; 9] = [
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "plaintext",
    ];
    RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name))
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Tokens {
            text,
            at: 0,
            raw_text: None,
            mistake: None,
        }
    }

    fn mistake(&mut self, at: usize, what: &'static str) {
        self.mistake.get_or_insert((at, what));
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn seek(&self, from: usize, needle: u8) -> Option<usize> {
        memchr::memchr(needle, self.text.as_bytes().get(from..)?).map(|at| from + at)
    }

    /// The end of text whose element is `name`: where its end tag begins.
    fn raw_end(&self, name: &str) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(open) = self.seek(at, b'<') {
            let after = open + 2 + name.len();
            let is_end = self.byte(open + 1) == Some(b'/')
                && bytes
                    .get(open + 2..after)
                    .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
                && self
                    .byte(after)
                    .is_none_or(|byte| is_space(byte) || matches!(byte, b'/' | b'>'));
            if is_end {
                return open;
            }
            at = open + 1;
        }
        self.text.len()
    }

    fn open(&mut self, start: usize) -> Option<Token<'t>> {
        let (name, mut at) = self.tag_name(start + 1);
        let mut attributes = Vec::new();
        loop {
            while self.byte(at).is_some_and(|byte| is_space(byte) || byte == b'/') {
                at += 1;
            }
            match self.byte(at) {
                None => {
                    self.mistake(start, "a tag is not closed");
                    self.at = self.text.len();
                    return None;
                }
                Some(b'>') => {
                    self.at = at + 1;
                    break;
                }
                Some(_) => {
                    let (attribute, end) = self.attribute(at);
                    at = end;
                    let is_new = attributes
                        .iter()
                        .all(|other: &Attribute<'_>| !other.name.eq_ignore_ascii_case(attribute.name));
                    if !is_new {
                        self.mistake(attribute.range.start, "an attribute stands twice on one tag");
                    } else if attributes.len() < 256 {
                        attributes.push(attribute);
                    }
                }
            }
        }
        if is_raw_text(name) {
            self.raw_text = Some(name);
        }
        Some(Token::Open(Tag {
            name,
            attributes,
            range: start..self.at,
        }))
    }

    fn tag_name(&self, start: usize) -> (&'t str, usize) {
        let mut at = start;
        while self
            .byte(at)
            .is_some_and(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>'))
        {
            at += 1;
        }
        (&self.text[start..at], at)
    }

    fn attribute(&mut self, start: usize) -> (Attribute<'t>, usize) {
        let mut at = start + 1;
        while self
            .byte(at)
            .is_some_and(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='))
        {
            at += 1;
        }
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        let name = &self.text[start..at];
        if name.contains(['"', '\'', '<', '=']) {
            self.mistake(start, "an attribute's name holds a quote or a `<`");
        }
        let mut value = at;
        while self.byte(value).is_some_and(is_space) {
            value += 1;
        }
        if self.byte(value) != Some(b'=') {
            return (
                Attribute {
                    name,
                    raw: "",
                    range: start..at,
                },
                at,
            );
        }
        value += 1;
        while self.byte(value).is_some_and(is_space) {
            value += 1;
        }
        let (raw, end) = match self.byte(value) {
            Some(quote @ (b'"' | b'\'')) => {
                let close = self.seek(value + 1, quote).unwrap_or(self.text.len());
                let end = (close + 1).min(self.text.len());
                if self
                    .byte(end)
                    .is_some_and(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>'))
                {
                    self.mistake(end, "no white space between attributes");
                }
                (&self.text[value + 1..close], end)
            }
            Some(b'>') => {
                self.mistake(value, "an attribute has no value");
                ("", value)
            }
            _ => {
                let mut end = value;
                while self.byte(end).is_some_and(|byte| !is_space(byte) && byte != b'>') {
                    end += 1;
                }
                (&self.text[value..end], end)
            }
        };
        (
            Attribute {
                name,
                raw,
                range: start..end,
            },
            end,
        )
    }

    fn comment(&mut self, start: usize) -> Token<'t> {
        let rest = &self.text.as_bytes()[start..];
        let end = if rest.starts_with(b"<!--") {
            let body = start + 4;
            let after = &self.text.as_bytes()[body..];
            if after.starts_with(b">") {
                body + 1
            } else if after.starts_with(b"->") {
                body + 2
            } else {
                let close = memchr::memmem::find(after, b"-->").map(|at| body + at + 3);
                let odd = memchr::memmem::find(after, b"--!>").map(|at| body + at + 4);
                match (close, odd) {
                    (Some(close), Some(odd)) => close.min(odd),
                    (Some(end), None) | (None, Some(end)) => end,
                    (None, None) => {
                        self.mistake(start, "a comment is not closed");
                        self.text.len()
                    }
                }
            }
        } else {
            if !rest
                .get(..9)
                .is_some_and(|word| word.eq_ignore_ascii_case(b"<!doctype"))
            {
                self.mistake(start, "`<!` or `<?` that begins no comment");
            }
            self.seek(start, b'>').map_or(self.text.len(), |close| close + 1)
        };
        self.at = end;
        Token::Comment(start..end)
    }

    fn close(&mut self, start: usize) -> Option<Token<'t>> {
        let (name, at) = self.tag_name(start + 2);
        // What follows the name is read as attributes, so a `>` in quotes does not end the tag.
        let mut at = at;
        loop {
            while self.byte(at).is_some_and(|byte| is_space(byte) || byte == b'/') {
                at += 1;
            }
            match self.byte(at) {
                None => {
                    self.mistake(start, "an end tag is not closed");
                    self.at = self.text.len();
                    return None;
                }
                Some(b'>') => break,
                Some(_) => {
                    self.mistake(at, "an end tag has attributes");
                    at = self.attribute(at).1;
                }
            }
        }
        self.at = at + 1;
        Some(Token::Close(name, start..self.at))
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        if let Some(name) = self.raw_text.take() {
            let end = if name.eq_ignore_ascii_case("plaintext") {
                self.text.len()
            } else {
                self.raw_end(name)
            };
            if end > start {
                self.at = end;
                return Some(Token::Text);
            }
        }
        let mut from = start;
        loop {
            let Some(open) = self.seek(from, b'<') else {
                self.at = self.text.len();
                return Some(Token::Text);
            };
            let next = self.byte(open + 1);
            let is_tag = match next {
                Some(b'a'..=b'z' | b'A'..=b'Z' | b'!' | b'?') => true,
                Some(b'/') => self.byte(open + 2).is_some(),
                _ => false,
            };
            if !is_tag {
                from = open + 1;
                continue;
            }
            if open > start {
                self.at = open;
                return Some(Token::Text);
            }
            return match next {
                Some(b'!' | b'?') => Some(self.comment(open)),
                Some(b'/') => match self.byte(open + 2) {
                    Some(b'a'..=b'z' | b'A'..=b'Z') => self.close(open),
                    Some(b'>') => {
                        self.mistake(open, "an end tag without a name");
                        self.at = open + 3;
                        Some(Token::Comment(open..open + 3))
                    }
                    _ => Some(self.comment(open)),
                },
                _ => self.open(open),
            };
        }
    }
}

/// Resolves the references that can hide what an address or a style says: numbers, and the names of ASCII characters.
pub(super) fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match reference(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that a reference after `&` stands for, and its length.
fn reference(text: &str) -> Option<(char, usize)> {
    const NAMES: [(&str, char); 12] = [
        ("amp;", '&'),
        ("lt;", '<'),
        ("gt;", '>'),
        ("quot;", '"'),
        ("apos;", '\''),
        ("colon;", ':'),
        ("Tab;", '\t'),
        ("NewLine;", '\n'),
        ("lpar;", '('),
        ("rpar;", ')'),
        ("sol;", '/'),
        ("amp", '&'),
    ];
    if let Some(number) = text.strip_prefix('#') {
        let (digits, radix, lead) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 2),
            None => (number, 10, 1),
        };
        let length = digits
            .bytes()
            .take_while(|byte| char::from(*byte).is_digit(radix))
            .count();
        let code = u32::from_str_radix(digits.get(..length.min(8))?, radix).ok()?;
        let closed = usize::from(digits.as_bytes().get(length) == Some(&b';'));
        return Some((char::from_u32(code).unwrap_or('\u{FFFD}'), lead + length + closed));
    }
    NAMES
        .iter()
        .find(|(name, _)| text.starts_with(name))
        .map(|&(name, c)| (c, name.len()))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use html5ever::buffer_queue::BufferQueue;
    use html5ever::tokenizer::{
        Tag as Html5Tag, TagKind, Token as Html5Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
    };
    use proptest::prelude::*;

    use super::*;

    /// Notes the tags that html5ever finds, with the raw-text elements that a tree builder would set.
    #[derive(Default)]
    struct Sink(RefCell<Vec<String>>);

    impl TokenSink for Sink {
        type Handle = ();

        fn process_token(&self, token: Html5Token, _line: u64) -> TokenSinkResult<()> {
            use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
            if let Html5Token::TagToken(Html5Tag { kind, name, attrs, .. }) = token {
                let mut names: Vec<String> = attrs.iter().map(|attr| attr.name.local.to_string()).collect();
                names.sort();
                let end = if kind == TagKind::EndTag { "/" } else { "" };
                let names = if kind == TagKind::EndTag {
                    String::new()
                } else {
                    names.join(" ")
                };
                self.0.borrow_mut().push(format!("{end}{name} {names}"));
                if kind == TagKind::StartTag {
                    return match name.as_ref() {
                        "script" => TokenSinkResult::RawData(ScriptData),
                        "textarea" | "title" => TokenSinkResult::RawData(Rcdata),
                        "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(Rawtext),
                        "plaintext" => TokenSinkResult::Plaintext,
                        _ => TokenSinkResult::Continue,
                    };
                }
            }
            TokenSinkResult::Continue
        }
    }

    fn by_html5ever(text: &str) -> Vec<String> {
        let queue = BufferQueue::default();
        queue.push_back(text.into());
        let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        tokenizer.sink.0.take()
    }

    fn by_us(text: &str) -> Vec<String> {
        Tokens::new(text)
            .filter_map(|token| match token {
                Token::Open(tag) => {
                    let mut names: Vec<String> = tag
                        .attributes
                        .iter()
                        .map(|attribute| attribute.name.to_ascii_lowercase())
                        .collect();
                    names.sort();
                    Some(format!("{} {}", tag.name.to_ascii_lowercase(), names.join(" ")))
                }
                Token::Close(name, _) => Some(format!("/{} ", name.to_ascii_lowercase())),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn finds_the_tags_that_html5ever_finds() {
        for text in [
            "<p>a<b class=x id='y' z>c</b></p>",
            "a < b <3 <a href=\"x>y\">z</a>",
            "<script>if (a < b) '</p>'</script><p>",
            "<!-- <p> --><!--><p><!-- x --!><b><!doctype html><?import x><i>",
            "<p a a=1 A=2 b= c =d/><br/><IMG SRC=x>",
            "<title><b></title ><p></ p></><//x></p x=\">\">",
            "<a",
            "<a b=\"",
            "<p\u{C}x=y\u{A0}z=1>",
        ] {
            assert_eq!(by_us(text), by_html5ever(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_html5ever_on_any_soup(parts in proptest::collection::vec(
            prop_oneof![
                Just("<"), Just(">"), Just("/"), Just("!"), Just("--"), Just("-"), Just("?"), Just("="), Just("\""), Just("'"),
                Just(" "), Just("\n"), Just("a"), Just("B"), Just("p"), Just("script"), Just("style"), Just("title"),
                Just("</"), Just("<!--"), Just("-->"), Just("&lt;"), Just("é"), Just("x=1"), Just("[CDATA["), Just("]]>"),
            ],
            0..40,
        )) {
            let text = parts.concat();
            prop_assert_eq!(by_us(&text), by_html5ever(&text), "{}", text);
        }
    }
}
