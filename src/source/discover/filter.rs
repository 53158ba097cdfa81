//! Decides which files are articles, using the globs in the configuration or the file name extensions.

use std::path::Path;

use globset::GlobSet;

use super::Inputs;
use crate::{
    error::Error,
    glob::{self, InvalidGlob},
};

/// The extensions of articles, in lowercase.
const EXTENSIONS: &[&str] = &[
    "adoc", "asciidoc", "htm", "html", "markdown", "md", "mdx", "org", "qmd", "rmd", "rst", "text", "txt", "xhtml",
];

/// The compiled globs of [`Inputs`].
pub(super) struct PathFilter {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl PathFilter {
    pub(super) fn new(inputs: &Inputs) -> Result<Self, Error> {
        Ok(PathFilter {
            include: match inputs.include.is_empty() {
                true => None,
                false => Some(globs(&inputs.include)?),
            },
            exclude: globs(&inputs.exclude)?,
        })
    }

    pub(super) fn excludes(&self, relative: &Path) -> bool {
        !self.exclude.is_empty() && self.exclude.is_match(relative)
    }

    /// Whether a path may be an article or a symbolic link to an article. Links are resolved whatever their names are,
    /// because a link to a folder must be reported: the folder may contain articles.
    pub(super) fn may_be_article(&self, relative: &Path, is_link: bool) -> bool {
        is_link || self.is_article(relative)
    }

    pub(super) fn is_article(&self, relative: &Path) -> bool {
        match &self.include {
            Some(include) => include.is_match(relative),
            None => has_article_extension(relative),
        }
    }
}

/// Whether a file has an article extension.
pub(in crate::source) fn has_article_extension(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        EXTENSIONS
            .iter()
            .any(|candidate| candidate.eq_ignore_ascii_case(extension))
    })
}

fn globs(patterns: &[String]) -> Result<GlobSet, Error> {
    glob::compile(patterns).map_err(|invalid| Error::Config {
        path: None,
        position: None,
        message: invalid.message,
        help: Some(InvalidGlob::HELP.to_owned()),
    })
}
