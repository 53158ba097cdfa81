//! What site generators put into Markdown that is no Markdown: shortcodes, template tags, MDX imports; and Obsidian:
//! wiki links, comments, highlights, callouts.
//!
//! It is taken out before the parser sees it, line by line, so that every line keeps its number. Code is left alone.

use std::borrow::Cow;

use memchr::memmem;

use super::obsidian::{Callout, comment_end, highlight_end, may_highlight};
use crate::text::start_of;

/// How far the end of a span on one line is looked for: without a bound, a line of openings costs its square.
pub(super) const SPAN: usize = 1024;

/// What all that is taken out starts with, but for imports and exports.
const MARKS: &[&str] = &["{%", "{{", "{:", "{/*", "[[", ":::", "%%", "==", "[!"];

/// What imports and exports start with.
const MODULES: &[&str] = &["import ", "export "];

/// The body as plain Markdown.
pub(super) fn prepare(body: &str) -> Cow<'_, str> {
    start(body, body.len()).text
}

/// The start of a body as plain Markdown.
pub(super) struct Prepared<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether it does not end within code, a tag or an import.
    pub(super) is_whole: bool,
}

/// The first lines of a body as plain Markdown; `length` is where one of them ends.
pub(super) fn start(body: &str, length: usize) -> Prepared<'_> {
    let lines = &body[..length];
    let has = |mark: &&str| memmem::find(lines.as_bytes(), mark.as_bytes()).is_some();
    let has_module = MODULES.iter().any(has) && lines.lines().any(is_module_line);
    if !has_module && !MARKS.iter().any(has) {
        return Prepared {
            text: Cow::Borrowed(lines),
            is_whole: true,
        };
    }
    let mut out = Preparing {
        out: String::with_capacity(length),
        fence: None,
        until: None,
        module: None,
        indented: Indented::default(),
        may_close: true,
        may_close_here: true,
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
        is_whole: out.fence.is_none() && out.until.is_none() && out.module.is_none(),
        text: Cow::Owned(out.out),
    }
}

struct Preparing {
    out: String,
    /// The mark that closes the code block that the line stands in.
    fence: Option<Fence>,
    /// What ends the tag that was opened on a line before.
    until: Option<&'static str>,
    /// Open brackets of an MDX import or export that goes on.
    module: Option<i32>,
    indented: Indented,
    /// Whether the end of a comment may still follow: once looked for in vain, it is not looked for again.
    may_close: bool,
    /// The same for the line.
    may_close_here: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Fence {
    mark: u8,
    length: usize,
}

impl Preparing {
    fn line(&mut self, line: &str, below: &str) {
        if let Some(fence) = self.fence {
            if closes(line, fence) {
                self.fence = None;
            }
            if is_tag(line, "endhighlight") {
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
        self.indented.see(line);
        if let Some(fence) = opens(line) {
            self.fence = Some(fence);
            self.out.push_str(line);
        } else if is_tag(line, "highlight") {
            let language = line
                .split_whitespace()
                .nth(2)
                .unwrap_or_default()
                .trim_end_matches("%}");
            self.fence = Some(Fence { mark: b'`', length: 3 });
            self.out.push_str("```");
            self.out.push_str(language);
        } else if is_module_line(line) {
            self.continue_module(line, 0);
        } else if let Some(callout) = Callout::of(line).filter(|_| !self.indented.is_code) {
            self.callout(&callout, below);
        } else if !line.trim_start().starts_with(":::") {
            self.inline(line, below);
        }
    }

    /// An import or export ends on the line that closes its last bracket and does not ask for more.
    fn continue_module(&mut self, line: &str, open: i32) {
        let open = line.bytes().fold(open, |open, byte| match byte {
            b'{' | b'(' | b'[' => open + 1,
            b'}' | b')' | b']' => open - 1,
            _ => open,
        });
        let goes_on = open > 0 && !line.trim().is_empty() || line.trim_end().ends_with([',', '=', '>']);
        self.module = goes_on.then_some(open);
    }

    /// Its title becomes a bold line of its own, as Obsidian and GitHub show it.
    fn callout(&mut self, callout: &Callout<'_>, below: &str) {
        self.out.push_str(callout.before);
        self.out.push_str("**");
        if callout.title.is_empty() {
            let mut letters = callout.kind.chars();
            self.out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            self.out.extend(letters.flat_map(char::to_lowercase));
        } else {
            self.inline(callout.title, below);
        }
        // Two blanks break the line before the text.
        self.out.push_str("**  ");
    }

    /// Copies a line without the tags in it; what stands between backticks is copied as it is.
    fn inline(&mut self, line: &str, below: &str) {
        let mut rest = line;
        // How much of the line is left where the highlight ends that was opened.
        let mut highlight = None;
        self.may_close_here = true;
        let is_mark = |byte: u8| matches!(byte, b'`' | b'{' | b'[' | b'!' | b'%' | b'=');
        while let Some(at) = rest.bytes().position(is_mark) {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            let before = &line[..line.len() - rest.len()];
            let taken = match rest.as_bytes().first() {
                Some(b'`') => self.code_span(rest),
                Some(b'{') => self.tag(rest),
                Some(b'%') => self.comment(before, rest, below),
                Some(b'=') => self.highlight(before, rest, &mut highlight),
                _ => self.wiki_link(rest),
            };
            match taken {
                Taken::Bytes(length) => rest = &rest[length..],
                Taken::Line => rest = "",
            }
            // Code or a tag may have swallowed the end.
            if highlight.is_some_and(|end| rest.len() < end) {
                highlight = None;
                self.out.push_str("</mark>");
            }
        }
        self.out.push_str(rest);
    }

    /// What an author of Obsidian wrote for nobody else: `%% … %%`, on one line or over several.
    fn comment(&mut self, before: &str, rest: &str, below: &str) -> Taken {
        let is_text = before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '=' | '/' | '&' | '%' | '\\'));
        let Some(inner) = rest.strip_prefix("%%").filter(|_| !is_text && !self.indented.is_code) else {
            self.out.push('%');
            return Taken::Bytes(1);
        };
        let is_tight = inner.starts_with(char::is_alphanumeric);
        let end = (self.may_close_here || !is_tight).then(|| comment_end(inner, is_tight));
        self.may_close_here = end.flatten().is_some();
        if let Some(at) = end.flatten() {
            let after = &inner[at + 2..];
            let is_apart = before.is_empty() || before.ends_with(' ');
            let blanks = if is_apart {
                after.len() - after.trim_start_matches(' ').len()
            } else {
                0
            };
            return Taken::Bytes(2 + at + 2 + blanks);
        }
        self.may_close = self.may_close && below.lines().any(|line| comment_end(line, true).is_some());
        // Obsidian hides all that follows a lone mark; other marks that nothing closes are text.
        let is_lone = before.trim().is_empty() && inner.trim().is_empty();
        if self.may_close || is_lone {
            self.until = Some("%%");
            return Taken::Line;
        }
        self.out.push_str("%%");
        Taken::Bytes(2)
    }

    /// `==text==` becomes `<mark>text</mark>`.
    fn highlight(&mut self, before: &str, rest: &str, open: &mut Option<usize>) -> Taken {
        let length = rest.bytes().take_while(|byte| *byte == b'=').count();
        if *open == Some(rest.len()) {
            // The end is written by the caller, who sees that it is passed.
            return Taken::Bytes(length);
        }
        if length == 2 && open.is_none() && !self.indented.is_code && may_highlight(before) {
            let inner = start_of(&rest[2..], SPAN);
            if let Some(at) = highlight_end(inner) {
                *open = Some(rest.len() - 2 - at);
                self.out.push_str("<mark>");
                return Taken::Bytes(length);
            }
        }
        self.out.push_str(&rest[..length]);
        Taken::Bytes(length)
    }

    fn code_span(&mut self, rest: &str) -> Taken {
        let ticks = rest.bytes().take_while(|byte| *byte == b'`').count();
        let mark = &rest[..ticks];
        let inner = start_of(&rest[ticks..], SPAN);
        let end = inner.find(mark).map_or(ticks, |at| ticks + at + ticks);
        self.out.push_str(&rest[..end]);
        Taken::Bytes(end)
    }

    fn tag(&mut self, rest: &str) -> Taken {
        const TAGS: &[(&str, &str)] = &[
            ("{{<", ">}}"),
            ("{{%", "%}}"),
            ("{%", "%}"),
            ("{/*", "*/}"),
            ("{{ site.", "}}"),
            ("{{site.", "}}"),
            ("{{ page.", "}}"),
            ("{{page.", "}}"),
            ("{{ \"", "}}"),
            ("{{ '", "}}"),
            ("{{- ", "}}"),
            ("{: ", "}"),
            ("{:.", "}"),
            ("{:#", "}"),
            ("{:toc", "}"),
        ];
        let Some((open, close)) = TAGS.iter().find(|(open, _)| rest.starts_with(open)) else {
            self.out.push('{');
            return Taken::Bytes(1);
        };
        // These may be written over several lines; others are short, and a lone brace is text.
        let is_long = matches!(*close, ">}}" | "%}}" | "%}" | "*/}");
        let inner = &rest[open.len()..];
        match if is_long { inner } else { start_of(inner, SPAN) }.find(close) {
            Some(at) => Taken::Bytes(open.len() + at + close.len()),
            None if is_long => {
                self.until = Some(close);
                Taken::Line
            }
            None => {
                self.out.push('{');
                Taken::Bytes(1)
            }
        }
    }

    /// `[[page|label]]` becomes its label, `![[picture.png]]` a picture.
    fn wiki_link(&mut self, rest: &str) -> Taken {
        let is_embed = rest.starts_with("![[");
        let open = if is_embed { 3 } else { 2 };
        let inner = rest.strip_prefix(if is_embed { "![[" } else { "[[" });
        let end = inner.and_then(|inner| inner.find(['[', ']']).filter(|at| inner[*at..].starts_with("]]")));
        let (Some(inner), Some(end)) = (inner, end) else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            self.out.push_str(&rest[..length]);
            return Taken::Bytes(length);
        };
        let inner = &inner[..end];
        let (target, label) = inner.split_once('|').unwrap_or((inner, inner));
        if rest[open + end + 2..].starts_with('(') {
            // `[[text]](address)` is an ordinary link.
            self.out.push_str(&rest[..open + end + 2]);
        } else if is_embed {
            let is_picture = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"]
                .iter()
                .any(|ending| target.to_ascii_lowercase().ends_with(ending));
            if is_picture {
                self.out.push_str("![](<");
                self.out.push_str(target);
                self.out.push_str(">)");
            }
        } else {
            self.out.push_str(label);
        }
        Taken::Bytes(open + end + 2)
    }
}

enum Taken {
    Bytes(usize),
    /// The tag goes on beyond the line.
    Line,
}

/// Whether lines are code because they are indented, outside lists.
#[derive(Default)]
struct Indented {
    is_code: bool,
    is_below_text: bool,
    is_in_list: bool,
}

impl Indented {
    fn see(&mut self, line: &str) {
        let text = line.trim_start();
        if text.is_empty() {
            self.is_below_text = false;
            return;
        }
        let is_indented = line.starts_with("    ") || line.starts_with('\t');
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let is_item = text.starts_with(['-', '*', '+']) || digits > 0 && text[digits..].starts_with(['.', ')']);
        self.is_code = is_indented && !self.is_in_list && (self.is_code || !self.is_below_text);
        if !is_indented && is_item {
            self.is_in_list = true;
        } else if !line.starts_with([' ', '\t']) && !self.is_below_text {
            self.is_in_list = false;
        }
        self.is_below_text = true;
    }
}

pub(super) fn opens(line: &str) -> Option<Fence> {
    let text = line.trim_start_matches([' ', '>', '\t', '-', '*', '+']);
    let mark = *text.as_bytes().first().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let length = text.bytes().take_while(|byte| *byte == mark).count();
    (length >= 3 && !(mark == b'`' && text[length..].contains('`'))).then_some(Fence { mark, length })
}

pub(super) fn closes(line: &str, fence: Fence) -> bool {
    let text = line.trim_start_matches([' ', '>', '\t']).trim_end();
    text.len() >= fence.length && text.bytes().all(|byte| byte == fence.mark)
}

/// Whether a line is the Liquid tag of that name and nothing else.
fn is_tag(line: &str, name: &str) -> bool {
    let text = line.trim();
    text.starts_with("{%")
        && text.ends_with("%}")
        && text[2..].trim_start_matches('-').split_whitespace().next() == Some(name)
}

/// Whether a line starts a JavaScript import or export (MDX).
fn is_module_line(line: &str) -> bool {
    if let Some(imported) = line.strip_prefix("import ") {
        let imported = imported.trim_start();
        return imported.starts_with(['{', '"', '\'']) || imported.contains(" from '") || imported.contains(" from \"");
    }
    line.strip_prefix("export ").is_some_and(|exported| {
        ["const ", "let ", "default ", "function ", "async ", "class ", "{", "* "]
            .iter()
            .any(|word| exported.starts_with(word))
    })
}

/// The lines, counted from 0, that carry an excerpt mark: what stands above is the author's own summary.
pub(super) fn excerpt_line(body: &str) -> Option<u32> {
    let at = ["<!--", "{/*", "{%"]
        .iter()
        .flat_map(|open| memmem::find_iter(body.as_bytes(), open).map(move |at| (at, open)))
        .filter(|(at, open)| {
            let inner = body[at + open.len()..].trim_start();
            ["more", "truncate", "excerpt-end", "end-excerpt", "endexcerpt"]
                .iter()
                .any(|word| {
                    inner.strip_prefix(word).is_some_and(|rest| {
                        ["-->", "*/}", "%}"]
                            .iter()
                            .any(|close| rest.trim_start().starts_with(close))
                    })
                })
        })
        .map(|(at, _)| at)
        .min()?;
    u32::try_from(memchr::memchr_iter(b'\n', &body.as_bytes()[..at]).count()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_lines_stay() {
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

    #[test]
    fn excerpt_marks_are_found() {
        for (body, expected) in [
            ("a\n\n<!--more-->\nb", Some(2)),
            ("a\n<!-- truncate -->", Some(1)),
            ("a\n\n{/* truncate */}", Some(2)),
            ("a <!-- moreover -->", None),
            ("a", None),
        ] {
            assert_eq!(excerpt_line(body), expected, "{body}");
        }
    }
}
