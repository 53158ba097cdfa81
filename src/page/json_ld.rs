//! Parses JSON-LD as it occurs on real pages: inside comments or CDATA sections, with unescaped line breaks in strings,
//! and with trailing commas.

use std::borrow::Cow;

use serde_json::Value;

/// Parses a block, after repairing it if necessary. Returns `None` if the block is empty or cannot be parsed even after
/// repairs.
pub(super) fn read(script: &str) -> Option<Value> {
    let script = unwrapped(script);
    if script.is_empty() {
        return None;
    }
    // Only blocks that cannot be parsed are repaired, because decoding the entities in a valid block would change its
    // strings.
    serde_json::from_str(script)
        .or_else(|_| serde_json::from_str(&repaired(script)))
        .or_else(|_| serde_json::from_str(&repaired(&crate::html::to_text(script))))
        .ok()
}

/// The maximum number of values in a block that are searched for authors. This limit protects against hostile blocks.
const MAX_VALUES: usize = 400;

/// Adds two kinds of names to `names`: those of a block's authors, and those of all people (`@type: Person`) whom the
/// block's graph describes.
///
/// In a graph, `author` is often only a reference (`{"@id": "#ada"}`) to such a person.
pub(super) fn authors<'v>(block: &'v Value, names: &mut Vec<&'v str>) {
    // The values that have not been searched yet, each with a flag that says whether the value is an author.
    let mut todo = vec![(block, false)];
    for _ in 0..MAX_VALUES {
        let Some((value, is_author)) = todo.pop() else { return };
        match value {
            Value::String(name) if is_author => names.push(name),
            Value::Array(items) => todo.extend(items.iter().take(MAX_VALUES).map(|item| (item, is_author))),
            Value::Object(fields) => {
                let is_author = is_author || fields.get("@type").and_then(Value::as_str) == Some("Person");
                names.extend(fields.get("name").filter(|_| is_author).and_then(Value::as_str));
                let authors = ["author", "creator"].iter().filter_map(|key| fields.get(*key));
                todo.extend(authors.map(|value| (value, true)));
                let inner = ["@graph", "mainEntity", "mainEntityOfPage"].iter();
                todo.extend(inner.filter_map(|key| fields.get(*key)).map(|value| (value, false)));
            }
            _ => {}
        }
    }
}

/// Removes the comment and CDATA wrappers that once hid scripts from old browsers and XML parsers.
fn unwrapped(script: &str) -> &str {
    // Loops, because wrappers may be nested: `<!-- //<![CDATA[`.
    let mut script = script.trim().trim_start_matches('\u{FEFF}');
    loop {
        let before = script.len();
        for start in [
            "<!--",
            "//<![CDATA[",
            "/*<![CDATA[*/",
            "<![CDATA[",
            "//<!--",
            "// <![CDATA[",
        ] {
            script = script.strip_prefix(start).unwrap_or(script).trim_start();
        }
        for end in ["-->", "//]]>", "/*]]>*/", "]]>", "//", "// ]]>", ";"] {
            script = script.strip_suffix(end).unwrap_or(script).trim_end();
        }
        if script.len() == before {
            return script;
        }
    }
}

/// Escapes raw line breaks in strings, replaces other control characters in strings with spaces, and removes commas
/// before a closing bracket or brace.
fn repaired(script: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(script.len() + 16);
    let mut in_string = false;
    let mut is_escaped = false;
    for c in script.chars() {
        match c {
            _ if is_escaped => {
                is_escaped = false;
                // `\'` is not a valid escape in JSON, so the backslash is removed.
                if c == '\'' {
                    out.pop();
                }
                out.push(c);
                continue;
            }
            '\\' if in_string => is_escaped = true,
            '"' => in_string = !in_string,
            '\n' if in_string => {
                out.push_str("\\n");
                continue;
            }
            c if in_string && c < ' ' => {
                out.push(' ');
                continue;
            }
            ']' | '}' if !in_string => {
                if let Some(before) = out.trim_end().strip_suffix(',') {
                    out.truncate(before.len());
                }
            }
            _ => {}
        }
        out.push(c);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_and_slightly_broken_blocks_are_parsed() {
        for (script, expected) in [
            (r#"{"a":1}"#, Some(r#"{"a":1}"#)),
            ("<!-- {\"a\":1} -->", Some(r#"{"a":1}"#)),
            ("//<![CDATA[\n{\"a\":1}\n//]]>", Some(r#"{"a":1}"#)),
            (r#"{"a":[1,2,],}"#, Some(r#"{"a":[1,2]}"#)),
            ("{\"a\":\"b\nc\td\"};", Some(r#"{"a":"b\nc d"}"#)),
            ("{&quot;a&quot;:&quot;b&quot;}", Some(r#"{"a":"b"}"#)),
            (r#"{"a":"it\'s"}"#, Some(r#"{"a":"it's"}"#)),
            (r#"{"a":"#, None),
            ("", None),
        ] {
            assert_eq!(read(script).map(|v| v.to_string()).as_deref(), expected, "{script}");
        }
    }
}
