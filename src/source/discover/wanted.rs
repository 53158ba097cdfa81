//! Which paths are wanted: by the globs of the configuration, or by their extension.

use std::path::Path;

use globset::GlobSet;

use super::Roots;
use crate::{
    error::Error,
    glob::{self, InvalidGlob},
};

/// What an article's file name ends in, in lower case.
const EXTENSIONS: &[&str] = &[
    "adoc", "asciidoc", "htm", "html", "markdown", "md", "mdx", "org", "qmd", "rmd", "rst", "text", "txt", "xhtml",
];

/// The globs of the configuration.
pub(super) struct Wanted {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Wanted {
    pub(super) fn new(roots: &Roots) -> Result<Self, Error> {
        Ok(Wanted {
            include: match roots.include.is_empty() {
                true => None,
                false => Some(globs(&roots.include)?),
            },
            exclude: globs(&roots.exclude)?,
        })
    }

    pub(super) fn excludes(&self, relative: &Path) -> bool {
        !self.exclude.is_empty() && self.exclude.is_match(relative)
    }

    /// A link is looked at whatever its name: a folder of articles may lie behind it.
    pub(super) fn takes(&self, relative: &Path, is_link: bool) -> bool {
        is_link || self.is_article(relative)
    }

    pub(super) fn is_article(&self, relative: &Path) -> bool {
        match &self.include {
            Some(include) => include.is_match(relative),
            None => has_extension_of_article(relative),
        }
    }
}

/// Whether a file's name ends as that of an article.
pub(in crate::source) fn has_extension_of_article(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

fn globs(patterns: &[String]) -> Result<GlobSet, Error> {
    glob::compile(patterns).map_err(|invalid| Error::Config {
        path: None,
        position: None,
        message: invalid.message,
        help: Some(InvalidGlob::HELP.to_owned()),
    })
}
