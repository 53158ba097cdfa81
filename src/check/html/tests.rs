//! Compares our tags with the tags that html5ever finds.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tokenizer::{
    Tag as Html5Tag, TagKind, Token as Html5Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use proptest::prelude::*;

use super::{Token, Tokens};

/// Collects the tags that html5ever finds. Switches the tokenizer to raw text after the same start tags as html5ever's
/// tree builder does.
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

fn html5ever_tags(text: &str) -> Vec<String> {
    let queue = BufferQueue::default();
    queue.push_back(text.into());
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.take()
}

fn our_tags(text: &str) -> Vec<String> {
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
        assert_eq!(our_tags(text), html5ever_tags(text), "{text}");
    }
}

proptest! {
    #[test]
    fn agrees_with_html5ever_on_random_html(parts in proptest::collection::vec(
        prop_oneof![
            Just("<"), Just(">"), Just("/"), Just("!"), Just("--"), Just("-"), Just("?"), Just("="), Just("\""), Just("'"),
            Just(" "), Just("\n"), Just("a"), Just("B"), Just("p"), Just("script"), Just("style"), Just("title"),
            Just("</"), Just("<!--"), Just("-->"), Just("&lt;"), Just("é"), Just("x=1"), Just("[CDATA["), Just("]]>"),
        ],
        0..40,
    )) {
        let text = parts.concat();
        prop_assert_eq!(our_tags(&text), html5ever_tags(&text), "{}", text);
    }
}
