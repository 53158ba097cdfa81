//! Renders a Markdown body as HTML.

use std::{
    collections::VecDeque,
    fmt::{self, Write},
};

use pulldown_cmark::{
    CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html::write_html_fmt,
};

use super::prepare;
use crate::{
    finding::{Finding, Location, article as rules},
    html,
    text::squash,
};

/// The maximum size of the HTML as a multiple of the Markdown's size. Reference links and tables can make the HTML much
/// larger than the Markdown.
const MAX_GROWTH: usize = 32;
/// The number of additional bytes that are always allowed, so that short bodies do not exceed the limit.
const SLACK: usize = 1024 * 1024;

pub(super) fn to_html(body: &str, title: &str) -> Result<String, Finding> {
    let text = prepare::prepare(body);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let events = TextMergeStream::new(Parser::new_ext(&text, options));
    let limit = (body.len() * MAX_GROWTH + SLACK).min(html::MAX_BYTES);
    let mut out = Capped {
        out: String::with_capacity(body.len() + body.len() / 4),
        limit,
    };
    write_html_fmt(&mut out, WithAutolinks::new(WithoutTitle::new(events, title)))
        .map(|()| out.out)
        .map_err(|_| {
            let message = format!("the HTML would be larger than {limit} bytes");
            Finding::new(&rules::LIMIT, Location::file(), message).help("use fewer reference links and smaller tables")
        })
}

/// A string with a maximum length. Writing past that length is an error.
struct Capped {
    out: String,
    limit: usize,
}

impl Write for Capped {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.out.len() + text.len() > self.limit {
            return Err(fmt::Error);
        }
        self.out.push_str(text);
        Ok(())
    }
}

/// Leaves out a leading heading that repeats the title, because feed readers show the title above the content.
struct WithoutTitle<'a, I> {
    events: I,
    title: String,
    /// Events that were read to compare the heading with the title and must still be returned.
    pending: VecDeque<Event<'a>>,
    /// Whether only images and raw HTML have been read so far. Only then can the next heading be the leading heading.
    is_at_start: bool,
}

impl<'a, I: Iterator<Item = Event<'a>>> WithoutTitle<'a, I> {
    fn new(events: I, title: &str) -> Self {
        WithoutTitle {
            events,
            title: squash(title),
            pending: VecDeque::new(),
            is_at_start: true,
        }
    }

    /// Reads a heading or paragraph to its end, and drops a heading that repeats the title. Returns `true` if the title
    /// may still follow, that is, if the block is a paragraph that contains only images.
    fn read_block(&mut self, start: Event<'a>) -> bool {
        let is_paragraph = matches!(start, Event::Start(Tag::Paragraph));
        let mut text = String::new();
        let mut open_images = 0;
        self.pending.push_back(start);
        for event in self.events.by_ref() {
            match &event {
                Event::Start(Tag::Image { .. }) => open_images += 1,
                Event::End(TagEnd::Image) => open_images -= 1,
                // The alternative text of an image is not part of the heading.
                Event::Text(part) | Event::Code(part) if open_images == 0 => text.push_str(part),
                _ => {}
            }
            let is_end = matches!(event, Event::End(TagEnd::Heading(_) | TagEnd::Paragraph));
            self.pending.push_back(event);
            if is_end {
                break;
            }
        }
        if is_paragraph {
            return text.trim().is_empty();
        }
        // The heading and the title often differ in case or punctuation.
        if !self.title.is_empty() && squash(&text) == self.title {
            self.pending.clear();
        }
        false
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for WithoutTitle<'a, I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            if let Some(event) = self.pending.pop_front() {
                return Some(event);
            }
            let event = self.events.next()?;
            if !self.is_at_start {
                return Some(event);
            }
            match event {
                Event::Start(
                    Tag::Paragraph
                    | Tag::Heading {
                        level: HeadingLevel::H1 | HeadingLevel::H2,
                        ..
                    },
                ) => self.is_at_start = self.read_block(event),
                // HTML comments may precede the title.
                Event::Html(_) | Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => return Some(event),
                event => {
                    self.is_at_start = false;
                    return Some(event);
                }
            }
        }
    }
}

/// Turns bare addresses in text into links, as GitHub does.
struct WithAutolinks<'a, I> {
    events: I,
    /// The text that is being split.
    text: Option<Addresses<CowStr<'a>>>,
    /// The events for the most recent address, in reverse order.
    parts: Vec<Event<'a>>,
    /// The number of open links, images and code blocks.
    inside: usize,
}

impl<'a, I: Iterator<Item = Event<'a>>> WithAutolinks<'a, I> {
    fn new(events: I) -> Self {
        WithAutolinks {
            events,
            text: None,
            parts: Vec::new(),
            inside: 0,
        }
    }

    /// Splits off the text up to the end of its next address. A long line may contain millions of addresses, so they
    /// are not all found at once.
    fn split(&mut self) -> Option<Event<'a>> {
        let addresses = self.text.as_mut()?;
        let done = addresses.end;
        let Some((start, end)) = addresses.next_address() else {
            let rest = addresses.text[done..].to_owned();
            self.text = None;
            return (!rest.is_empty()).then(|| Event::Text(rest.into()));
        };
        let address = addresses.text[start..end].to_owned();
        let before = addresses.text[done..start].to_owned();
        let href = match address.starts_with("www.") {
            true => format!("https://{address}"),
            false => address.clone(),
        };
        let link = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: href.into(),
            title: "".into(),
            id: "".into(),
        };
        self.parts = vec![
            Event::End(TagEnd::Link),
            Event::Text(address.into()),
            Event::Start(link),
        ];
        if !before.is_empty() {
            self.parts.push(Event::Text(before.into()));
        }
        self.parts.pop()
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for WithAutolinks<'a, I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if let Some(part) = self.parts.pop().or_else(|| self.split()) {
            return Some(part);
        }
        let event = self.events.next()?;
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => self.inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                self.inside = self.inside.saturating_sub(1);
            }
            Event::Text(text) if self.inside == 0 && has_address(&text) => {
                self.text = Some(Addresses::new(text));
                return self.split();
            }
            _ => {}
        }
        Some(event)
    }
}

fn has_address(text: &CowStr<'_>) -> bool {
    text.contains("://") || text.contains("www.")
}

/// Finds the bare addresses in `text`, one after the other (GitHub Flavored Markdown, section 6.9). The text is
/// searched in one pass, because a new search from each `://` would take quadratic time.
struct Addresses<T> {
    text: T,
    /// The byte offset at which the most recent address ends, before any punctuation that follows.
    end: usize,
    /// The first byte offset at which the next address may start.
    from: usize,
    /// The byte offset of the next `http://` or `https://`, and the offset from which to search for the one after it.
    scheme: Option<(usize, usize)>,
    /// The byte offset of the next `www.`, and the offset from which to search for the one after it.
    www: Option<(usize, usize)>,
}

impl<T: AsRef<str>> Addresses<T> {
    fn new(text: T) -> Self {
        Addresses {
            end: 0,
            from: 0,
            scheme: next_scheme(text.as_ref(), 0),
            www: next_www(text.as_ref(), 0),
            text,
        }
    }

    /// The byte offsets at which the next address starts and ends.
    fn next_address(&mut self) -> Option<(usize, usize)> {
        let text = self.text.as_ref();
        loop {
            let is_scheme = self
                .scheme
                .is_some_and(|scheme| self.www.is_none_or(|www| scheme < www));
            let (at, after) = if is_scheme { self.scheme? } else { self.www? };
            match is_scheme {
                true => self.scheme = next_scheme(text, after),
                false => self.www = next_www(text, after),
            }
            // The `www.` in `https://www.example.org` does not start another address.
            let starts_word = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '/' || c == '.');
            if at < self.from || !starts_word {
                continue;
            }
            self.from = text[at..].find(ends_address).map_or(text.len(), |length| at + length);
            let address = without_punctuation(&text[at..self.from]);
            let host = address
                .strip_prefix("https://")
                .or_else(|| address.strip_prefix("http://"))
                .unwrap_or(address);
            if host.len() > 3 && host.trim_start_matches("www").trim_start_matches('.').contains('.') {
                self.end = at + address.len();
                return Some((at, self.end));
            }
        }
    }
}

fn next_scheme(text: &str, from: usize) -> Option<(usize, usize)> {
    text[from..].match_indices("://").find_map(|(found, marker)| {
        let at = from + found;
        let schemes = ["https", "http"];
        let scheme = schemes.iter().find(|scheme| text[..at].ends_with(**scheme))?;
        Some((at - scheme.len(), at + marker.len()))
    })
}

fn next_www(text: &str, from: usize) -> Option<(usize, usize)> {
    let at = from + text[from..].find("www.")?;
    Some((at, at + "www.".len()))
}

fn ends_address(c: char) -> bool {
    // In Chinese and Japanese, no space separates an address from the punctuation after it.
    c.is_whitespace() || matches!(c, '<' | '>' | '"' | '，' | '。' | '、' | '）' | '」' | '”')
}

/// Removes punctuation from the end of an address, because such punctuation belongs to the sentence. A closing
/// parenthesis is also removed if the address contains no matching opening parenthesis.
fn without_punctuation(mut address: &str) -> &str {
    let count = |bracket| memchr::memchr_iter(bracket, address.as_bytes()).count();
    let mut unopened = count(b')').saturating_sub(count(b'('));
    loop {
        address = address.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', ';']);
        match address.strip_suffix(')').filter(|_| unopened > 0) {
            Some(shorter) => address = shorter,
            None => return address,
        }
        unopened -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_addresses_are_found() {
        for (text, expected) in [
            ("see https://example.org/a_b.", vec![(4, "https://example.org/a_b")]),
            ("(https://example.org/x)", vec![(1, "https://example.org/x")]),
            ("https://example.org/x_(y)", vec![(0, "https://example.org/x_(y)")]),
            (
                "www.example.org, http://b.example",
                vec![(0, "www.example.org"), (17, "http://b.example")],
            ),
            ("http:// alone", vec![]),
            ("awww.example", vec![]),
            ("ftp://example.org", vec![]),
        ] {
            let mut addresses = Addresses::new(text);
            let found: Vec<_> = std::iter::from_fn(|| addresses.next_address())
                .map(|(start, end)| (start, &text[start..end]))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
