//! What site generators put into Markdown that is no Markdown: shortcodes, template tags, MDX imports, wiki links.
//!
//! It is taken out before the parser sees it, line by line, so that every line keeps its number. Code is left alone.

use std::borrow::Cow;

use crate::article::start_of;

/// How far the end of a span on one line is looked for: without a bound, a line of openings costs its square.
const SPAN: usize = 1024;

/// The body as plain Markdown.
pub(super) fn prepare(body: &str) -> Cow<'_, str> {
    let is_plain = !body.contains("{%")
        && !body.contains("{{")
        && !body.contains("{:")
        && !body.contains("{/*")
        && !body.contains("[[")
        && !body.contains(":::")
        && !body.lines().any(is_module_line);
    if is_plain {
        return Cow::Borrowed(body);
    }
    let mut out = Preparing {
        out: String::with_capacity(body.len()),
        fence: None,
        until: None,
        module: None,
    };
    for line in body.split_inclusive('\n') {
        let (text, end) = match line.strip_suffix('\n') {
            Some(text) => (text, "\n"),
            None => (line, ""),
        };
        out.line(text);
        out.out.push_str(end);
    }
    Cow::Owned(out.out)
}

struct Preparing {
    out: String,
    /// The mark that closes the code block that the line stands in.
    fence: Option<Fence>,
    /// What ends the tag that was opened on a line before.
    until: Option<&'static str>,
    /// Open brackets of an MDX import or export that goes on.
    module: Option<i32>,
}

#[derive(Debug, Clone, Copy)]
struct Fence {
    mark: u8,
    length: usize,
}

impl Preparing {
    fn line(&mut self, line: &str) {
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
            let Some(at) = line.find(end) else { return };
            self.until = None;
            self.inline(&line[at + end.len()..]);
            return;
        }
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
        } else if !line.trim_start().starts_with(":::") {
            self.inline(line);
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

    /// Copies a line without the tags in it; what stands between backticks is copied as it is.
    fn inline(&mut self, line: &str) {
        let mut rest = line;
        while let Some(at) = rest.find(['`', '{', '[', '!']) {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            let taken = match rest.as_bytes().first() {
                Some(b'`') => self.code_span(rest),
                Some(b'{') => self.tag(rest),
                _ => self.wiki_link(rest),
            };
            match taken {
                Taken::Bytes(length) => rest = &rest[length..],
                Taken::Line => return,
            }
        }
        self.out.push_str(rest);
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

fn opens(line: &str) -> Option<Fence> {
    let text = line.trim_start_matches([' ', '>', '\t', '-', '*', '+']);
    let mark = *text.as_bytes().first().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let length = text.bytes().take_while(|byte| *byte == mark).count();
    (length >= 3 && !(mark == b'`' && text[length..].contains('`'))).then_some(Fence { mark, length })
}

fn closes(line: &str, fence: Fence) -> bool {
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
        .flat_map(|open| body.match_indices(open))
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
