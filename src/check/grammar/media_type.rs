//! Media types: RFC 2045 section 5.1 and RFC 6838 section 4.2.

/// Whether the text is a media type: a type and a subtype, followed only by valid parameters.
pub(in crate::check) fn is_media_type(text: &str) -> bool {
    let mut parts = text.split(';');
    let Some((kind, subtype)) = parts.next().and_then(|essence| essence.split_once('/')) else {
        return false;
    };
    is_token(kind.trim_start()) && is_token(subtype.trim_end()) && parts.all(is_parameter)
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

fn is_parameter(text: &str) -> bool {
    let Some((name, value)) = text.trim().split_once('=') else {
        // A trailing `;` is common and harmless.
        return text.trim().is_empty();
    };
    let is_quoted = value.len() >= 2 && value.starts_with('"') && value.ends_with('"');
    is_token(name.trim_end()) && (is_quoted || is_token(value.trim_start()))
}

/// The type and subtype of a media type, in lowercase and without parameters.
pub(in crate::check) fn essence(text: &str) -> String {
    text.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

/// The top-level type (`audio`, `video`, `image` …) for a file name extension; `None` if the extension is unknown or
/// ambiguous.
pub(in crate::check) fn kind_of_extension(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "mp3" | "m4a" | "aac" | "ogg" | "oga" | "opus" | "flac" | "wav" => "audio",
        "mp4" | "m4v" | "mov" | "webm" | "mkv" | "avi" | "ogv" => "video",
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "svg" => "image",
        "pdf" | "epub" | "zip" => "application",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_media_types() {
        for (text, valid) in [
            ("audio/mpeg", true),
            ("text/html; charset=utf-8", true),
            ("application/atom+xml;type=\"entry\"", true),
            ("html", false),
            ("", false),
            ("text/", false),
            ("text/html; charset", false),
            ("text/ht ml", false),
        ] {
            assert_eq!(is_media_type(text), valid, "{text}");
        }
    }
}
