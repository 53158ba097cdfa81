//! JSON-LD as pages really carry it: in comments or CDATA sections, with line ends inside strings and commas too many.

use std::borrow::Cow;

use serde_json::Value;

/// Reads a block; `None` if it is beyond repair.
pub(super) fn read(script: &str) -> Option<Value> {
    let script = unwrapped(script);
    if script.is_empty() {
        return None;
    }
    serde_json::from_str(script)
        .or_else(|_| serde_json::from_str(&repaired(script)))
        .or_else(|_| serde_json::from_str(&repaired(&crate::html::to_text(script))))
        .ok()
}

/// Without the wrappers that hide scripts from old browsers.
fn unwrapped(script: &str) -> &str {
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

/// With raw line ends and tabs in strings escaped, and commas before a closing bracket left out.
fn repaired(script: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(script.len() + 16);
    let mut in_string = false;
    let mut is_escaped = false;
    for c in script.chars() {
        match c {
            _ if is_escaped => {
                is_escaped = false;
                // JSON knows no `\'`.
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
                let kept = out.trim_end();
                if let Some(kept) = kept.strip_suffix(',') {
                    out.truncate(kept.len());
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
    fn blocks_are_read_as_pages_carry_them() {
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
