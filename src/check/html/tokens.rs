//! Splits HTML into tags and text as browsers do (WHATWG HTML section 13.2.5), and records the range of each token.
//!
//! html5ever's tokenizer is not used, because it does not report ranges and takes five times as long. The tests compare
//! our tags with those that html5ever finds.

use super::elements::{self, RAW_TEXT};
use super::{Attribute, Tag, Token};

/// An iterator over the tokens in HTML text.
pub(in crate::check) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// The name of the open element whose content is text up to its end tag, such as `script`.
    raw_text: Option<&'t str>,
    /// The byte offset of the first syntax error, and a message that describes the error. Browsers repair such errors
    /// silently.
    pub(in crate::check) mistake: Option<(usize, &'static str)>,
}

/// The maximum number of attributes per tag. Further attributes are ignored, because each attribute is compared with
/// all earlier ones, which takes quadratic time.
const MAX_ATTRIBUTES: usize = 256;

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

impl<'t> Tokens<'t> {
    pub(in crate::check) fn new(text: &'t str) -> Self {
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

    /// The offset at which the end tag of the raw-text element `name` begins, or the end of the text if there is no
    /// such end tag.
    fn raw_end(&self, name: &str) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(open) = self.seek(at, b'<') {
            let after = open + 2 + name.len();
            // Only an end tag with the same name (an "appropriate end tag token" in the specification) closes the
            // element: `</scripts>` does not close `script`.
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
            // Browsers ignore the `/` in `<br/>` and any `/` between attributes.
            while self.byte(at).is_some_and(|byte| is_space(byte) || byte == b'/') {
                at += 1;
            }
            match self.byte(at) {
                // Browsers drop a tag that is cut off by the end of the text.
                None => {
                    self.mistake(start, "a start tag has no closing `>`");
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
                    // Browsers use the first of two attributes with the same name.
                    let is_new = attributes
                        .iter()
                        .all(|other: &Attribute<'_>| !other.name.eq_ignore_ascii_case(attribute.name));
                    if !is_new {
                        self.mistake(attribute.range.start, "an attribute occurs twice in one tag");
                    } else if attributes.len() < MAX_ATTRIBUTES {
                        attributes.push(attribute);
                    }
                }
            }
        }
        let traits = elements::traits(name);
        if traits & RAW_TEXT != 0 {
            self.raw_text = Some(name);
        }
        Some(Token::Open(Tag {
            name,
            traits,
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
        // The first character belongs to the name, even if it is `=`.
        let mut at = start + 1;
        while self
            .byte(at)
            .is_some_and(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='))
        {
            at += 1;
        }
        // Slicing would panic if `at` were inside a multi-byte character.
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        let name = &self.text[start..at];
        if name.contains(['"', '\'', '<', '=']) {
            self.mistake(start, "an attribute name contains a quote, `<` or `=`");
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
        let (raw, end) = self.attribute_value(value);
        (
            Attribute {
                name,
                raw,
                range: start..end,
            },
            end,
        )
    }

    /// Reads the attribute value at offset `value`. Returns the value without its quotes, and the offset after the
    /// value and its closing quote.
    fn attribute_value(&mut self, value: usize) -> (&'t str, usize) {
        match self.byte(value) {
            Some(quote @ (b'"' | b'\'')) => {
                let close = self.seek(value + 1, quote).unwrap_or(self.text.len());
                let end = (close + 1).min(self.text.len());
                if self
                    .byte(end)
                    .is_some_and(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>'))
                {
                    self.mistake(end, "there is no white space between two attributes");
                }
                (&self.text[value + 1..close], end)
            }
            Some(b'>') => {
                self.mistake(value, "an attribute has no value after its `=`");
                ("", value)
            }
            _ => {
                let mut end = value;
                while self.byte(end).is_some_and(|byte| !is_space(byte) && byte != b'>') {
                    end += 1;
                }
                (&self.text[value..end], end)
            }
        }
    }

    /// Reads a comment, a document type or any other `<!…>` or `<?…>`. Browsers ignore all of these.
    fn comment(&mut self, start: usize) -> Token<'t> {
        let rest = &self.text.as_bytes()[start..];
        let end = if rest.starts_with(b"<!--") {
            let body = start + 4;
            let after = &self.text.as_bytes()[body..];
            // `<!-->` and `<!--->` are complete comments. `--!>` ends a comment, just as `-->` does.
            if after.starts_with(b">") {
                body + 1
            } else if after.starts_with(b"->") {
                body + 2
            } else {
                let close = memchr::memmem::find(after, b"-->").map(|at| body + at + 3);
                let bang = memchr::memmem::find(after, b"--!>").map(|at| body + at + 4);
                match (close, bang) {
                    (Some(close), Some(bang)) => close.min(bang),
                    (Some(end), None) | (None, Some(end)) => end,
                    (None, None) => {
                        self.mistake(start, "a comment is not closed");
                        self.text.len()
                    }
                }
            }
        } else {
            // Browsers treat a CDATA section in HTML as a comment, so they do not show its text.
            if !rest
                .get(..9)
                .is_some_and(|word| word.eq_ignore_ascii_case(b"<!doctype"))
            {
                self.mistake(
                    start,
                    "`<!`, `<?` or `</` does not start a comment, document type or end tag",
                );
            }
            self.seek(start, b'>').map_or(self.text.len(), |close| close + 1)
        };
        self.at = end;
        Token::Comment(start..end)
    }

    fn close(&mut self, start: usize) -> Option<Token<'t>> {
        let (name, at) = self.tag_name(start + 2);
        // Browsers ignore the attributes of an end tag, but this function must read them, because a `>` in quotes does
        // not end the tag.
        let mut at = at;
        loop {
            while self.byte(at).is_some_and(|byte| is_space(byte) || byte == b'/') {
                at += 1;
            }
            match self.byte(at) {
                None => {
                    self.mistake(start, "an end tag has no closing `>`");
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
            // `plaintext` has no end tag.
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
                // A `</` at the very end is text, not a tag.
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
                    // Browsers ignore `</>` altogether.
                    Some(b'>') => {
                        self.mistake(open, "an end tag has no name");
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
