//! Globs: path patterns that have the same meaning everywhere in the configuration and on the command line.
//!
//! `*` and `?` match within one folder, `**` matches any number of folders, and `{a,b}` and `[a-z]` match one of
//! several alternatives. A leading `./` is ignored, because the paths that globs are matched against never start with
//! it.

use std::fmt;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A pattern that is not a valid glob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidGlob {
    /// What is wrong with the pattern.
    pub message: String,
}

impl InvalidGlob {
    /// How to write a glob.
    pub const HELP: &'static str =
        "write a value such as `news/*.md`, or `news/**/*.md` to include the folders below `news`";
}

impl fmt::Display for InvalidGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for InvalidGlob {}

/// Compiles globs into one set, which matches a path if any of the globs matches it.
///
/// # Errors
/// Returns an error for the first pattern that is empty or malformed.
pub fn compile(patterns: &[impl AsRef<str>]) -> Result<GlobSet, InvalidGlob> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let pattern = pattern.as_ref();
        let relative = pattern.trim_start_matches("./");
        if relative.trim().is_empty() {
            let message = "the glob is empty".to_owned();
            return Err(InvalidGlob { message });
        }
        // Without `literal_separator`, `*` would match `/` too, and `news/*.md` would match `news/old/a.md`.
        let glob = GlobBuilder::new(relative).literal_separator(true).build();
        set.add(glob.map_err(|error| invalid(pattern, &error))?);
    }
    set.build()
        .map_err(|error| invalid(error.glob().unwrap_or_default(), &error))
}

fn invalid(pattern: &str, error: &globset::Error) -> InvalidGlob {
    InvalidGlob {
        message: format!("`{pattern}` is not a valid glob: {}", error.kind()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_within_a_folder_and_two_stars_cross_folders() {
        for (pattern, path, expected) in [
            ("news/*.md", "news/a.md", true),
            ("news/*.md", "news/old/a.md", false),
            ("news/**/*.md", "news/a.md", true),
            ("news/**/*.md", "news/old/2024/a.md", true),
            ("*.md", "a.md", true),
            ("*.md", "news/a.md", false),
            ("**/*.md", "a.md", true),
            ("**/*.md", "news/a.md", true),
            ("drafts/**", "drafts/old/a.md", true),
            ("drafts/**", "drafts.md", false),
            ("news/?.md", "news/a.md", true),
            ("news?a.md", "news/a.md", false),
            ("news/[a-c].{md,txt}", "news/b.txt", true),
        ] {
            let set = compile(&[pattern]).unwrap();
            assert_eq!(set.is_match(path), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn a_leading_dot_and_slash_is_ignored() {
        let set = compile(&["./news/*.md", "drafts/**"]).unwrap();
        assert!(set.is_match("news/a.md") && set.is_match("drafts/a.md"));
        assert!(!set.is_match("other/a.md"));
    }

    #[test]
    fn an_invalid_glob_is_named_as_it_was_written() {
        let message = |pattern: &str| compile(&["*.md", pattern]).unwrap_err().message;
        assert_eq!(
            message("./drafts/[a-"),
            "`./drafts/[a-` is not a valid glob: unclosed character class; missing ']'"
        );
        assert_eq!(message(" "), "the glob is empty");
        assert_eq!(message("./"), "the glob is empty");
    }
}
