//! What a feed may carry: the allow-list of elements, attributes and their values. Never a block-list: what is not
//! named here does not pass.

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Stays, under this name.
    Keep(&'static str),
    /// Its tags go, its content stays.
    Unwrap,
    /// Its tags go without a word: they never meant more than presentation or the page's frame.
    UnwrapQuietly,
    /// Goes with its content.
    Drop,
    /// Goes with its content; never more than presentation, so nobody is told.
    DropQuietly,
    /// Becomes a link to what it embeds.
    Link,
    /// Becomes the text in it.
    Text,
}

/// The fate of an HTML element.
pub(super) fn fate(name: &str) -> Fate {
    use Fate::{Drop, DropQuietly, Keep, Link, Text, Unwrap, UnwrapQuietly};
    match name {
        "a" => Keep("a"),
        "abbr" | "acronym" => Keep("abbr"),
        "b" => Keep("b"),
        "bdi" => Keep("bdi"),
        "bdo" => Keep("bdo"),
        "blockquote" => Keep("blockquote"),
        "br" => Keep("br"),
        "caption" => Keep("caption"),
        "cite" => Keep("cite"),
        "code" | "tt" => Keep("code"),
        "col" => Keep("col"),
        "colgroup" => Keep("colgroup"),
        "dd" => Keep("dd"),
        "del" => Keep("del"),
        "details" => Keep("details"),
        "dfn" => Keep("dfn"),
        // Readers style or hide sectioning elements as parts of their own page.
        "div" | "article" | "section" | "header" | "footer" | "aside" | "nav" | "main" | "address" | "hgroup"
        | "search" | "center" | "dialog" | "form" | "fieldset" => Keep("div"),
        "dl" => Keep("dl"),
        "dt" => Keep("dt"),
        "em" => Keep("em"),
        "figcaption" => Keep("figcaption"),
        "figure" => Keep("figure"),
        "h1" => Keep("h1"),
        "h2" => Keep("h2"),
        "h3" => Keep("h3"),
        "h4" => Keep("h4"),
        "h5" => Keep("h5"),
        "h6" => Keep("h6"),
        "hr" => Keep("hr"),
        "i" => Keep("i"),
        "img" => Keep("img"),
        "ins" => Keep("ins"),
        "kbd" => Keep("kbd"),
        "li" => Keep("li"),
        "mark" => Keep("mark"),
        "ol" => Keep("ol"),
        "p" => Keep("p"),
        "picture" => Keep("picture"),
        "pre" | "listing" => Keep("pre"),
        "q" => Keep("q"),
        "rp" => Keep("rp"),
        "rt" => Keep("rt"),
        "ruby" => Keep("ruby"),
        "s" | "strike" => Keep("s"),
        "samp" => Keep("samp"),
        "small" => Keep("small"),
        "source" => Keep("source"),
        "span" => Keep("span"),
        "strong" => Keep("strong"),
        "sub" => Keep("sub"),
        "summary" => Keep("summary"),
        "sup" => Keep("sup"),
        "table" => Keep("table"),
        "tbody" => Keep("tbody"),
        "td" => Keep("td"),
        "tfoot" => Keep("tfoot"),
        "th" => Keep("th"),
        "thead" => Keep("thead"),
        "time" => Keep("time"),
        "tr" => Keep("tr"),
        "u" => Keep("u"),
        "ul" | "menu" | "dir" => Keep("ul"),
        "var" => Keep("var"),
        "wbr" => Keep("wbr"),
        "audio" => Keep("audio"),
        "video" => Keep("video"),
        "track" => Keep("track"),
        "script" | "style" | "noembed" | "noframes" | "textarea" | "title" | "xmp" | "plaintext" | "applet"
        | "frameset" | "base" | "link" | "meta" | "bgsound" | "param" => Drop,
        // What is inside is a copy of what a script shows.
        "noscript" | "area" | "map" => DropQuietly,
        "iframe" | "embed" | "object" | "frame" | "fencedframe" | "portal" => Link,
        "input" => Text,
        "html" | "head" | "body" | "font" | "big" | "nobr" | "blink" | "marquee" | "label" | "legend" | "data"
        | "rb" | "rtc" | "amp-img" => UnwrapQuietly,
        _ => Unwrap,
    }
}

/// Whether the element has no content and no end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "col" | "hr" | "img" | "source" | "track" | "wbr")
}

/// Whether only inline content may stand inside, or a parser closes it at the next block.
pub(super) fn holds_inline_only(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "a"
            | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "pre"
            | "q"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "summary"
            | "sup"
            | "time"
            | "u"
            | "var"
    )
}

/// How the value of an attribute is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// Any text.
    Text,
    /// Present or not.
    Flag,
    /// A whole number.
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A language tag.
    Language,
    /// A media type.
    MediaType,
    /// Words of the link relation registry that do nothing.
    Relations,
    /// Class names that readers style: code languages and footnotes.
    Classes,
    /// An address that is followed when the reader wants it.
    Link,
    /// An address that is fetched by itself.
    Resource,
    /// Addresses of a picture in several sizes.
    SourceSet,
    /// A name that a link may go to.
    Id,
}

/// How an attribute of a kept element is read; `None` if it does not pass.
pub(super) fn value(element: &str, attribute: &str) -> Option<Value> {
    Some(match (element, attribute) {
        (_, "lang") => Value::Language,
        (_, "dir") => Value::Word(&["ltr", "rtl", "auto"]),
        (_, "title") => Value::Text,
        (_, "id") => Value::Id,
        (_, "class") => Value::Classes,
        ("img", "alt") => Value::Text,
        ("img" | "video" | "audio" | "source" | "track", "src") => Value::Resource,
        ("img" | "source", "srcset") => Value::SourceSet,
        ("img" | "source", "sizes") => Value::Text,
        ("img" | "video", "width" | "height") => Value::Number,
        ("img", "loading") => Value::Word(&["lazy", "eager"]),
        ("a", "href") => Value::Link,
        ("a", "hreflang") | ("track", "srclang") => Value::Language,
        ("a", "rel") => Value::Relations,
        ("a" | "source", "type") => Value::MediaType,
        ("td" | "th", "colspan" | "rowspan") => Value::Number,
        ("th", "scope") => Value::Word(&["row", "col", "rowgroup", "colgroup"]),
        ("col" | "colgroup", "span") => Value::Number,
        ("ol", "start") | ("li", "value") => Value::Number,
        ("ol", "reversed") | ("details", "open") => Value::Flag,
        ("ol", "type") => Value::Word(&["1", "a", "A", "i", "I"]),
        ("time" | "del" | "ins", "datetime") => Value::Text,
        ("blockquote" | "q" | "del" | "ins", "cite") => Value::Link,
        ("video", "poster") => Value::Resource,
        ("source", "media") => Value::Text,
        ("track", "kind") => Value::Word(&["subtitles", "captions", "descriptions", "chapters", "metadata"]),
        ("track", "label") => Value::Text,
        _ => return None,
    })
}

/// Whether the loss of an attribute is worth telling: it did something.
pub(super) fn is_active(attribute: &str) -> bool {
    attribute.starts_with("on") || matches!(attribute, "style" | "srcdoc" | "formaction" | "ping")
}

/// Link relations that tell something about the target and make no reader do anything.
pub(super) const RELATIONS: &[&str] = &[
    "alternate",
    "author",
    "bookmark",
    "canonical",
    "external",
    "footnote",
    "help",
    "license",
    "me",
    "next",
    "nofollow",
    "noopener",
    "noreferrer",
    "prev",
    "sponsored",
    "tag",
    "ugc",
];
