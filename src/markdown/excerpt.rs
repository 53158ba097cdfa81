//! Excerpt markers (`<!--more-->`), which mark the end of an article's summary.

use memchr::memmem;

/// The 0-based line of the first excerpt marker. The marker may be written in HTML (Hugo, WordPress), MDX (Docusaurus)
/// or Liquid.
pub(super) fn marker_line(body: &str) -> Option<u32> {
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
    fn excerpt_markers_are_found() {
        for (body, expected) in [
            ("a\n\n<!--more-->\nb", Some(2)),
            ("a\n<!-- truncate -->", Some(1)),
            ("a\n\n{/* truncate */}", Some(2)),
            ("a <!-- moreover -->", None),
            ("a", None),
        ] {
            assert_eq!(marker_line(body), expected, "{body}");
        }
    }
}
