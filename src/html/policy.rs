//! The elements, attributes and values that a feed may contain.
//!
//! This is an allow-list: everything that is not listed here is removed. A block-list is never complete: SimplePie's
//! block-list still lacks event handlers such as `onmouseenter`. SVG, MathML and `style` are not allowed, because all
//! security advisories about the sanitizer `ammonia` in 2025 and 2026 concern them.

/// What to do with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Treatment {
    /// Keep the element, under this name.
    Keep(&'static str),
    /// Remove the tags and keep the content.
    Unwrap,
    /// Like [`Treatment::Unwrap`], but not reported: the element only affects presentation or is part of the page
    /// structure.
    UnwrapQuietly,
    /// Remove the element with its content.
    Drop,
    /// Like [`Treatment::Drop`], but not reported.
    DropQuietly,
    /// Replace the element with a link to what it embeds.
    Link,
    /// Replace the element with its text.
    Text,
}

/// What to do with an HTML element.
pub(super) fn treatment(name: &str) -> Treatment {
    use Treatment::{Drop, DropQuietly, Keep, Link, Text, Unwrap, UnwrapQuietly};
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
        // A reader's style sheet could style or hide sectioning elements as if they were part of the reader's own page.
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
        // These elements contain code or settings of a page, or their content is only text. If parsers disagree about
        // where such text ends, mutation attacks are possible (tests/data/sanitize/mutation_textarea.txt).
        "script" | "style" | "noembed" | "noframes" | "textarea" | "title" | "xmp" | "plaintext" | "applet"
        | "frameset" | "base" | "link" | "meta" | "bgsound" | "param" => Drop,
        // A `noscript` element repeats what a script would show. An image map has no effect without the attribute
        // `usemap`, which is removed.
        "noscript" | "area" | "map" => DropQuietly,
        // Readers drop these elements (SimplePie) or sandbox them (FreshRSS), so only a link works in every reader.
        "iframe" | "embed" | "object" | "frame" | "fencedframe" | "portal" => Link,
        // Markdown task lists contain checkboxes.
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

/// Whether the element may contain only inline content, and therefore no blocks.
pub(super) fn is_inline_only(name: &str) -> bool {
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

/// The type of an attribute value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// Any text.
    Text,
    /// No value: the attribute only needs to be present.
    Flag,
    /// A whole number.
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A language tag.
    Language,
    /// A media type.
    MediaType,
    /// Link relations that do not change how readers behave.
    Relations,
    /// Class names that readers use, such as those for code languages and footnotes.
    Classes,
    /// An address that is opened when the user clicks a link.
    Link,
    /// An address that is loaded automatically.
    Resource,
    /// The addresses of a picture in several sizes.
    SourceSet,
    /// An id that links can point to.
    Id,
}

/// The type of an attribute's value in a kept element, or `None` if the attribute is removed.
pub(super) fn value(element: &str, attribute: &str) -> Option<Value> {
    Some(match (element, attribute) {
        (_, "lang") => Value::Language,
        (_, "dir") => Value::Word(&["ltr", "rtl", "auto"]),
        (_, "title") => Value::Text,
        (_, "id") => Value::Id,
        // Other class names could match rules in the style sheet of the reader's page.
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

/// Whether to report that an attribute was removed. The removal is reported if the attribute could run scripts, change
/// styles or content, or send data.
pub(super) fn is_active(attribute: &str) -> bool {
    attribute.starts_with("on") || matches!(attribute, "style" | "srcdoc" | "formaction" | "ping")
}

/// Link relations that only describe the target.
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
