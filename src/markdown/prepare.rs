//! Replaces what site generators and Obsidian add to Markdown: shortcodes, template tags, MDX imports, wiki links,
//! comments, highlights and callouts.
//!
//! This happens before parsing. The body is processed line by line, so that every line keeps its number. Code is left
//! unchanged.

use std::borrow::Cow;

use memchr::memmem;

use super::{
    SPAN_BYTES,
    code::{Fence, IndentedCode, closes_fence, opens_fence},
    obsidian::{Callout, comment_end, highlight_end, may_start_highlight},
};
use crate::text::start_of;

/// The opening markers of all constructs that are replaced, except imports and exports. A body that contains none of
/// these markers and no import or export is used unchanged.
const MARKERS: &[&str] = &["{%", "{{", "{:", "{/*", "[[", ":::", "%%", "==", "[!"];

/// The words that start an import or export.
const MODULES: &[&str] = &["import ", "export "];

/// Converts a body to plain Markdown.
pub(super) fn prepare(body: &str) -> Cow<'_, str> {
    prepare_start(body, body.len()).text
}

/// The result of [`prepare_start`].
pub(super) struct Prepared<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether the text ends outside code blocks, tags, comments, imports and exports.
    pub(super) is_complete: bool,
}

/// Converts the first `length` bytes of a body. These bytes must consist of whole lines.
pub(super) fn prepare_start(body: &str, length: usize) -> Prepared<'_> {
    let lines = &body[..length];
    let has = |marker: &&str| memmem::find(lines.as_bytes(), marker.as_bytes()).is_some();
    let has_module = MODULES.iter().any(has) && lines.lines().any(is_module_line);
    if !has_module && !MARKERS.iter().any(has) {
        return Prepared {
            text: Cow::Borrowed(lines),
            is_complete: true,
        };
    }
    let mut out = Preparer {
        out: String::with_capacity(length),
        fence: None,
        until: None,
        module: None,
        indented: IndentedCode::default(),
        body_may_end_comment: true,
        line_may_end_comment: true,
    };
    let mut at = 0;
    for line in lines.split_inclusive('\n') {
        at += line.len();
        let below = &body[at..];
        let (text, end) = match line.strip_suffix('\n') {
            Some(text) => (text, "\n"),
            None => (line, ""),
        };
        out.line(text, below);
        out.out.push_str(end);
    }
    Prepared {
        is_complete: out.fence.is_none() && out.until.is_none() && out.module.is_none(),
        text: Cow::Owned(out.out),
    }
}

struct Preparer {
    out: String,
    /// The fence of the open code block, if any.
    fence: Option<Fence>,
    /// The closing marker of the tag or comment that an earlier line opened.
    until: Option<&'static str>,
    /// The number of open brackets in an MDX import or export that continues on the next line.
    module: Option<i32>,
    indented: IndentedCode,
    /// Whether the rest of the body may contain the end of a comment. After one failed search, the body is not searched
    /// again.
    body_may_end_comment: bool,
    /// Whether the rest of the current line may contain the end of a comment.
    line_may_end_comment: bool,
}

impl Preparer {
    fn line(&mut self, line: &str, below: &str) {
        if let Some(fence) = self.fence {
            if closes_fence(line, fence) {
                self.fence = None;
            }
            // A Jekyll code block ends with the tag `endhighlight` instead of a fence.
            if is_liquid_tag(line, "endhighlight") {
                self.fence = None;
                self.out.push_str("```");
            } else {
                self.out.push_str(line);
            }
            return;
        }
        if let Some(open) = self.module {
            self.continue_module(line, open);
            return;
        }
        if let Some(end) = self.until {
            let at = if end == "%%" {
                comment_end(line, true)
            } else {
                line.find(end)
            };
            let Some(at) = at else { return };
            self.until = None;
            self.inline(&line[at + end.len()..], below);
            return;
        }
        self.indented.update(line);
        // Lines such as `:::note` and `:::`, which start and end a Docusaurus admonition, match none of these branches,
        // so they are dropped.
        if let Some(fence) = opens_fence(line) {
            self.fence = Some(fence);
            self.out.push_str(line);
        } else if is_liquid_tag(line, "highlight") {
            let language = line
                .split_whitespace()
                .nth(2)
                .unwrap_or_default()
                .trim_end_matches("%}");
            self.fence = Some(Fence {
                marker: b'`',
                length: 3,
            });
            self.out.push_str("```");
            self.out.push_str(language);
        } else if is_module_line(line) {
            self.continue_module(line, 0);
        } else if let Some(callout) = Callout::parse(line).filter(|_| !self.indented.is_code) {
            self.callout(&callout, below);
        } else if !line.trim_start().starts_with(":::") {
            self.inline(line, below);
        }
    }

    /// Skips a line of an import or export. The statement ends with the first line that leaves no bracket open and does
    /// not end with an operator or a comma.
    fn continue_module(&mut self, line: &str, open: i32) {
        let open = line.bytes().fold(open, |open, byte| match byte {
            b'{' | b'(' | b'[' => open + 1,
            b'}' | b')' | b']' => open - 1,
            _ => open,
        });
        // A blank line always ends the statement. Otherwise, an unmatched bracket in a string could remove the rest of
        // the article.
        let goes_on = open > 0 && !line.trim().is_empty() || line.trim_end().ends_with([',', '=', '>']);
        self.module = goes_on.then_some(open);
    }

    /// Replaces the first line of a callout with the callout's title in bold, which is how Obsidian and GitHub show the
    /// title.
    fn callout(&mut self, callout: &Callout<'_>, below: &str) {
        self.out.push_str(callout.before);
        self.out.push_str("**");
        // If a callout has no title, Obsidian and GitHub show its kind instead.
        if callout.title.is_empty() {
            let mut letters = callout.kind.chars();
            self.out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            self.out.extend(letters.flat_map(char::to_lowercase));
        } else {
            self.inline(callout.title, below);
        }
        // Two spaces at the end of a line make a line break.
        self.out.push_str("**  ");
    }

    /// Copies a line, but replaces the tags, comments, highlights and wiki links in it. Text between backticks is
    /// copied unchanged.
    fn inline(&mut self, line: &str, below: &str) {
        let mut rest = line;
        // The number of bytes from the closing marker of the open highlight to the end of the line.
        let mut highlight = None;
        self.line_may_end_comment = true;
        let is_marker = |byte: u8| matches!(byte, b'`' | b'{' | b'[' | b'!' | b'%' | b'=');
        while let Some(at) = rest.bytes().position(is_marker) {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            let before = &line[..line.len() - rest.len()];
            let consumed = match rest.as_bytes().first() {
                Some(b'`') => self.code_span(rest),
                Some(b'{') => self.tag(rest),
                Some(b'%') => self.comment(before, rest, below),
                Some(b'=') => self.highlight(before, rest, &mut highlight),
                _ => self.wiki_link(rest),
            };
            match consumed {
                Consumed::Bytes(length) => rest = &rest[length..],
                Consumed::Line => rest = "",
            }
            // The code or tag that was just consumed may have contained the end of the highlight.
            if highlight.is_some_and(|end| rest.len() < end) {
                highlight = None;
                self.out.push_str("</mark>");
            }
        }
        self.out.push_str(rest);
    }

    /// Removes an Obsidian comment: `%% … %%`, on one line or several.
    fn comment(&mut self, before: &str, rest: &str, below: &str) -> Consumed {
        // The `%%` in `50%%`, `a=%%`, `/%%` and `\%%` is text.
        let is_text = before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '=' | '/' | '&' | '%' | '\\'));
        let Some(inner) = rest.strip_prefix("%%").filter(|_| !is_text && !self.indented.is_code) else {
            self.out.push('%');
            return Consumed::Bytes(1);
        };
        let opens_word = inner.starts_with(char::is_alphanumeric);
        let end = (self.line_may_end_comment || !opens_word).then(|| comment_end(inner, opens_word));
        self.line_may_end_comment = end.flatten().is_some();
        if let Some(at) = end.flatten() {
            let after = &inner[at + 2..];
            // Do not leave two spaces where the comment was.
            let follows_space = before.is_empty() || before.ends_with(' ');
            let spaces = if follows_space {
                after.len() - after.trim_start_matches(' ').len()
            } else {
                0
            };
            return Consumed::Bytes(2 + at + 2 + spaces);
        }
        self.body_may_end_comment =
            self.body_may_end_comment && below.lines().any(|line| comment_end(line, true).is_some());
        // Obsidian hides everything after an unclosed marker that is alone on its line. Any other unclosed marker is
        // text.
        let is_lone = before.trim().is_empty() && inner.trim().is_empty();
        if self.body_may_end_comment || is_lone {
            self.until = Some("%%");
            return Consumed::Line;
        }
        self.out.push_str("%%");
        Consumed::Bytes(2)
    }

    /// Replaces `==text==` with `<mark>text</mark>`.
    fn highlight(&mut self, before: &str, rest: &str, open: &mut Option<usize>) -> Consumed {
        let length = rest.bytes().take_while(|byte| *byte == b'=').count();
        if *open == Some(rest.len()) {
            // The caller writes `</mark>` when it has passed this point.
            return Consumed::Bytes(length);
        }
        if length == 2 && open.is_none() && !self.indented.is_code && may_start_highlight(before) {
            let inner = start_of(&rest[2..], SPAN_BYTES);
            if let Some(at) = highlight_end(inner) {
                *open = Some(rest.len() - 2 - at);
                self.out.push_str("<mark>");
                return Consumed::Bytes(length);
            }
        }
        self.out.push_str(&rest[..length]);
        Consumed::Bytes(length)
    }

    /// Copies a code span unchanged.
    fn code_span(&mut self, rest: &str) -> Consumed {
        let ticks = rest.bytes().take_while(|byte| *byte == b'`').count();
        let marker = &rest[..ticks];
        let inner = start_of(&rest[ticks..], SPAN_BYTES);
        let end = inner.find(marker).map_or(ticks, |at| ticks + at + ticks);
        self.out.push_str(&rest[..end]);
        Consumed::Bytes(end)
    }

    /// Removes a shortcode, a template tag or an attribute list.
    fn tag(&mut self, rest: &str) -> Consumed {
        const TAGS: &[(&str, &str)] = &[
            // Hugo shortcodes.
            ("{{<", ">}}"),
            ("{{%", "%}}"),
            // Tags of Liquid, Nunjucks and similar template languages.
            ("{%", "%}"),
            // Comments in MDX.
            ("{/*", "*/}"),
            // Liquid output tags. Any other `{{ x }}` is kept, because it may be an example in an article about
            // templates.
            ("{{ site.", "}}"),
            ("{{site.", "}}"),
            ("{{ page.", "}}"),
            ("{{page.", "}}"),
            ("{{ \"", "}}"),
            ("{{ '", "}}"),
            ("{{- ", "}}"),
            // Kramdown attribute lists.
            ("{: ", "}"),
            ("{:.", "}"),
            ("{:#", "}"),
            ("{:toc", "}"),
        ];
        let Some((open, close)) = TAGS.iter().find(|(open, _)| rest.starts_with(open)) else {
            self.out.push('{');
            return Consumed::Bytes(1);
        };
        // Only these tags may span several lines. Any other tag must be closed on the same line, within `SPAN_BYTES`
        // bytes. Otherwise, its opening brace is text.
        let is_long = matches!(*close, ">}}" | "%}}" | "%}" | "*/}");
        let inner = &rest[open.len()..];
        match if is_long { inner } else { start_of(inner, SPAN_BYTES) }.find(close) {
            Some(at) => Consumed::Bytes(open.len() + at + close.len()),
            None if is_long => {
                self.until = Some(close);
                Consumed::Line
            }
            None => {
                self.out.push('{');
                Consumed::Bytes(1)
            }
        }
    }

    /// Replaces `[[page|label]]` with its label, and `![[image.png]]` with an image. Removes other embeds.
    fn wiki_link(&mut self, rest: &str) -> Consumed {
        let is_embed = rest.starts_with("![[");
        let open = if is_embed { 3 } else { 2 };
        let inner = rest.strip_prefix(if is_embed { "![[" } else { "[[" });
        let end = inner.and_then(|inner| inner.find(['[', ']']).filter(|at| inner[*at..].starts_with("]]")));
        let (Some(inner), Some(end)) = (inner, end) else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            self.out.push_str(&rest[..length]);
            return Consumed::Bytes(length);
        };
        let inner = &inner[..end];
        let (target, label) = inner.split_once('|').unwrap_or((inner, inner));
        if rest[open + end + 2..].starts_with('(') {
            // `[[text]](address)` is an ordinary link.
            self.out.push_str(&rest[..open + end + 2]);
        } else if is_embed {
            let is_image = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"]
                .iter()
                .any(|ending| target.to_ascii_lowercase().ends_with(ending));
            if is_image {
                self.out.push_str("![](<");
                self.out.push_str(target);
                self.out.push_str(">)");
            }
        } else {
            self.out.push_str(label);
        }
        Consumed::Bytes(open + end + 2)
    }
}

/// How much of the input a method consumed.
enum Consumed {
    Bytes(usize),
    /// The rest of the line. The tag or comment continues on the next line.
    Line,
}

/// Whether a line consists only of the Liquid tag with this name.
fn is_liquid_tag(line: &str, name: &str) -> bool {
    let text = line.trim();
    text.starts_with("{%")
        && text.ends_with("%}")
        && text[2..].trim_start_matches('-').split_whitespace().next() == Some(name)
}

/// Whether a line starts a JavaScript import or export (MDX).
fn is_module_line(line: &str) -> bool {
    // `import duties rise` is prose.
    if let Some(imported) = line.strip_prefix("import ") {
        let imported = imported.trim_start();
        return imported.starts_with(['{', '"', '\'']) || imported.contains(" from '") || imported.contains(" from \"");
    }
    // Prose may start with `export` too, so JavaScript syntax must follow.
    line.strip_prefix("export ").is_some_and(|exported| {
        ["const ", "let ", "default ", "function ", "async ", "class ", "{", "* "]
            .iter()
            .any(|word| exported.starts_with(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_removed_and_lines_keep_their_number() {
        for (body, expected) in [
            ("plain", "plain"),
            ("a {{< ref \"x\" >}} b", "a  b"),
            ("{% include toc.html %}\nText", "\nText"),
            ("[x]({{ site.url }}/y)", "[x](/y)"),
            ("`{{< kept >}}` and {{ kept }}", "`{{< kept >}}` and {{ kept }}"),
            ("```\n{% kept %}\n```\n{% gone %}", "```\n{% kept %}\n```\n"),
            (
                "{% highlight ruby %}\n{% x %}\n{% endhighlight %}",
                "```ruby\n{% x %}\n```",
            ),
            ("import A from './a'\n\nText", "\n\nText"),
            ("import {\n  A,\n} from 'a'\nText", "\n\n\nText"),
            ("export const a = {\n  b: 1,\n}\n\nText", "\n\n\n\nText"),
            ("import duties rise\n{% x %}", "import duties rise\n"),
            ("{{< gallery\n  a=1\n>}} after", "\n\n after"),
            ("See [[Page|the page]] and [[Other]].", "See the page and Other."),
            ("![[a b.png]]", "![](<a b.png>)"),
            ("[[1]](/x)", "[[1]](/x)"),
            ("## Title {: .no_toc}", "## Title "),
            (":::note\nText\n:::", "\nText\n"),
            ("A %% b %% c, d%%e%%.", "A c, d."),
            ("A\n%%\nb\n```\n%%c\n\nd %%\nE", "A\n\n\n\n\n\n\nE"),
            ("A %% b\nc %% d", "A \n d"),
            ("A\n\n%%\nb", "A\n\n\n"),
            ("50%% of 60%%, %%time and %%timeit", "50%% of 60%%, %%time and %%timeit"),
            (
                "`%% a %%`\n\n    %% b %%\n\n- c\n\n    %% d %%",
                "`%% a %%`\n\n    %% b %%\n\n- c\n\n    ",
            ),
            ("==a *b*== 中==文==。", "<mark>a *b*</mark> 中<mark>文</mark>。"),
            ("a==1, b ==c and d==e", "a==1, b ==c and d==e"),
            (
                "`==a==` https://x.org/-==a== [b](/-==c==)",
                "`==a==` https://x.org/-==a== [b](/-==c==)",
            ),
            ("<a title=\"a ==b==\">", "<a title=\"a ==b==\">"),
            ("==a `b== c` d", "<mark>a `b== c`</mark> d"),
            ("a\n===\n== b ==", "a\n===\n== b =="),
            ("> [!tip]- Go *now*!\n> a", "> **Go *now*!**  \n> a"),
            ("> [!WARNING]\n> a", "> **Warning**  \n> a"),
            (
                "[!tip] a\n> [!tip](b)\n\n    > [!tip]",
                "[!tip] a\n> [!tip](b)\n\n    > [!tip]",
            ),
        ] {
            assert_eq!(prepare(body), expected);
        }
    }
}
