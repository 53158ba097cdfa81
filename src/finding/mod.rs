//! Mistakes in articles and feeds: a [`Rule`] is a requirement, and a [`Finding`] is one violation with its location.
//!
//! Findings are for people who write articles and feeds. An [`Error`](crate::Error) stops the program instead.
//! [`rules!`] declares a table of rules. Each rule has a page in a folder next to the table. The page documents and
//! tests the rule.

pub mod article;

use std::ops::Range;

/// A requirement on an article or a feed.
#[derive(Debug)]
pub struct Rule {
    /// The format and the fault, as in `rss-guid-missing`. Users write ids in configurations and scripts, so a renamed
    /// rule keeps its old id in `aliases`.
    pub id: &'static str,
    /// Former ids, which are accepted wherever `id` is accepted.
    pub aliases: &'static [&'static str],
    /// The severity of a violation.
    pub severity: Severity,
    /// The fault in a few words: lowercase start, no final period.
    pub title: &'static str,
    /// What makes the rule necessary: a section of a specification, or the behavior of readers.
    pub spec: &'static str,
    /// The page in Markdown: why the rule exists, a bad example and a good example.
    pub page: &'static str,
    /// The class of the equivalent message in the W3C feed validator, if there is one.
    pub w3c: Option<&'static str>,
}

impl Rule {
    /// Whether `id` is the rule's current id or a former id.
    pub fn has_id(&self, id: &str) -> bool {
        self.id == id || self.aliases.contains(&id)
    }
}

/// How bad a violation of a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The input works, but could be better.
    Advice,
    /// The input is valid but known to fail in some readers, or it was invalid and has been repaired.
    Warning,
    /// The input violates a specification, or readers reject it. An article with an error is not published.
    Error,
}

impl Severity {
    /// `advice`, `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Advice => "advice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One violation of a rule.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that is violated.
    pub rule: &'static Rule,
    /// The rule's severity, unless a profile or the configuration sets a different severity.
    pub severity: Severity,
    /// Where the violation is.
    pub location: Location,
    /// What is wrong: lowercase start, no final period, values in backticks.
    pub message: String,
    /// How to fix the problem, in the imperative.
    pub help: Option<String>,
    /// In a feed: the element that the finding is about, with its prefix, as written.
    pub element: Option<String>,
    /// The parent of that element.
    pub parent: Option<String>,
    /// The attribute that the finding is about.
    pub attribute: Option<String>,
    /// The class of the equivalent message in the W3C feed validator, if there is one.
    pub w3c: Option<&'static str>,
}

impl Finding {
    /// A finding with the rule's severity and without help.
    pub fn new(rule: &'static Rule, location: Location, message: impl Into<String>) -> Self {
        Finding {
            rule,
            severity: rule.severity,
            location,
            message: message.into(),
            help: None,
            element: None,
            parent: None,
            attribute: None,
            w3c: rule.w3c,
        }
    }

    /// Adds a help text, which says how to fix the violation.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Whether at least one of the findings is an error.
pub fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// A range within one line of a file, with enough of that line to show the range in context.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// 1-based; 0 means the file as a whole.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
    /// In characters; at least 1 if there is something to underline.
    pub length: u32,
    /// The line, or the part of the line around the range: at most [`Location::WINDOW`] characters.
    pub excerpt: String,
    /// The column of the first character of `excerpt`, 1-based.
    pub excerpt_column: u32,
}

impl Location {
    /// The maximum length of an excerpt, in characters. Excerpts are limited, because a minified feed may be a single
    /// line of several megabytes.
    pub const WINDOW: usize = 160;

    /// The file as a whole.
    pub fn file() -> Self {
        Location::default()
    }

    /// The line with this 1-based number, as a whole; 0 means the file as a whole.
    pub fn line(line: u32) -> Self {
        Location {
            line,
            // The file as a whole has neither a line nor a column.
            column: line.min(1),
            ..Location::default()
        }
    }

    /// The location of a byte range in `text`. `first_line` is the line number of the first line of `text`.
    ///
    /// A range that spans several lines is cut at the end of its first line, because only text within one line is
    /// underlined.
    pub fn from_range(text: &str, range: Range<usize>, first_line: u32) -> Self {
        let start = floor_char_boundary(text, range.start);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = floor_char_boundary(text, range.end.clamp(start, line_end));
        let line =
            first_line + u32::try_from(memchr::memchr_iter(b'\n', before.as_bytes()).count()).unwrap_or(u32::MAX);
        Location::within_line(&text[line_start..line_end], start - line_start..end - line_start, line)
    }

    /// The location of a byte range in a line. `line_text` must not include the line feed.
    pub fn within_line(line_text: &str, range: Range<usize>, line: u32) -> Self {
        // A carriage return would move the cursor of a terminal back to the start of the line.
        let line_text = line_text.trim_end_matches('\r');
        let start = floor_char_boundary(line_text, range.start);
        let end = floor_char_boundary(line_text, range.end.max(start));
        let column = line_text[..start].chars().count();
        let length = line_text[start..end].chars().count().max(1);
        // If the line is too long, at most a quarter of the excerpt precedes the range. A line that fits is shown from
        // its start.
        let skipped = column.saturating_sub(Location::WINDOW / 4);
        let skipped = if line_text.chars().nth(Location::WINDOW).is_none() {
            0
        } else {
            skipped
        };
        Location {
            line,
            column: to_u32(column + 1),
            length: to_u32(length),
            excerpt: line_text.chars().skip(skipped).take(Location::WINDOW).collect(),
            excerpt_column: to_u32(skipped + 1),
        }
    }
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn floor_char_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Declares a table of rules: one `static` per row, and `RULES`, which lists all of them in the order of the table.
///
/// The first argument is the folder with the pages, relative to the source file. Each page is named after the id of its
/// rule, and a rule without a page does not compile. `(formerly "old-id")` after the id lists the rule's former ids. A
/// row may end with the class of the equivalent message in the W3C feed validator.
macro_rules! rules {
    ($folder:literal: $(
        $name:ident = $id:literal $((formerly $($alias:literal),+))?, $severity:ident, $title:literal, $spec:literal $(, $w3c:literal)?;
    )*) => {
        $(
            // Tables in private modules use this macro too, and rustc would warn that `pub` has no effect there.
            #[allow(unreachable_pub)]
            #[doc = concat!("`", $id, "`: ", $title)]
            pub static $name: $crate::finding::Rule = $crate::finding::Rule {
                id: $id,
                aliases: &[$($($alias),+)?],
                severity: $crate::finding::Severity::$severity,
                title: $title,
                spec: $spec,
                page: include_str!(concat!($folder, "/", $id, ".md")),
                w3c: $crate::finding::rules!(@class $($w3c)?),
            };
        )*
        #[allow(unreachable_pub)]
        /// The rules in this table, in table order.
        pub static RULES: &[&$crate::finding::Rule] = &[$(&$name),*];
    };
    (@class) => { None };
    (@class $w3c:literal) => { Some($w3c) };
}
pub(crate) use rules;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_found_by_its_id_and_by_former_ones() {
        let rule = &article::KEY_MISSPELLED;
        assert!(rule.has_id("article-key-misspelled") && rule.has_id("article-key-misspelt"));
        assert!(!rule.has_id("article-key"));
        assert_eq!(article::UNREADABLE.aliases, [""; 0]);
    }

    #[test]
    fn a_location_counts_lines_and_characters() {
        let location = Location::from_range("a: 1\ntitle: Ünï\n", 12..15, 3);
        assert_eq!((location.line, location.column, location.length), (4, 8, 2));
        assert_eq!(location.excerpt, "title: Ünï");
    }

    #[test]
    fn a_long_line_is_shown_as_a_window() {
        let text = "x".repeat(1000);
        let location = Location::from_range(&text, 500..501, 1);
        assert_eq!((location.column, location.excerpt_column), (501, 461));
        assert_eq!(location.excerpt.len(), Location::WINDOW);
    }
}
