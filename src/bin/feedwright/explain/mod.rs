//! `feedwright explain`: each field of an article with its origin, its confidence and the rejected candidates.

mod field;
mod folders;
mod json;
mod text;

use std::{
    path::{Component, Path, PathBuf},
    sync::Mutex,
};

use feedwright::{
    Error,
    article::{Article, Kind},
    config::Config,
    extract::{self, Context, Evidence, Metadata, order},
    finding::{Finding, Severity},
    publish,
    source::{
        discover::{self, ArticleFile, Inputs},
        files::article_path,
        threads::lock,
        threads::on_threads,
    },
};

use folders::Folders;

use crate::{
    args::{Explain, ExplainFormat, Global},
    configuration,
    print::Terminal,
};

/// The maximum number of articles that are explained before their results are printed. The limit keeps memory use low.
const BATCH: usize = 256;

/// An explained article.
struct Explained {
    /// The path, as given.
    file: String,
    /// The kind of the article, such as `Markdown, YAML front matter`. Empty if the file cannot be read.
    kind: String,
    metadata: Metadata,
    /// The findings from all stages, in line order.
    findings: Vec<Finding>,
    is_readable: bool,
}

/// Explains articles, in the order given.
pub(crate) fn run(args: &Explain, global: &Global, terminal: &mut Terminal) -> Result<u8, Error> {
    let config = configuration::optional(global)?;
    if let Some(config) = &config {
        config.check_paths()?;
    }
    let history = config.as_ref().map(publish::history).transpose()?.flatten();
    let context = config.as_ref().map(|config| publish::context(config, history.as_ref()));
    let context = context.unwrap_or_default();
    let sources = sources(&args.articles, config.as_ref())?;
    let folders = Folders::default();
    let (mut readable, mut has_errors) = (0, false);
    let mut first = true;
    let mut text = String::new();
    for batch in sources.chunks(BATCH) {
        text.clear();
        for explained in explain_all(batch, &context, &folders) {
            readable += usize::from(explained.is_readable);
            has_errors |= has_error(&explained.findings);
            match args.format {
                ExplainFormat::Text => text.push_str(&text::format_article(&explained, first, terminal)),
                // The array is printed in batches, because serializing all articles at once would keep all of them
                // in memory.
                ExplainFormat::Json => {
                    text.push_str(if first { "[\n" } else { ",\n" });
                    text.push_str(&serde_json::to_string_pretty(&explained).map_err(bug)?);
                }
                ExplainFormat::Jsonl => {
                    text.push_str(&serde_json::to_string(&explained).map_err(bug)?);
                    text.push('\n');
                }
            }
            first = false;
        }
        match args.format {
            ExplainFormat::Text => terminal.out(&text)?,
            ExplainFormat::Json | ExplainFormat::Jsonl => terminal.out_plain(&text)?,
        }
    }
    if args.format == ExplainFormat::Json {
        terminal.out_plain(if first { "[]\n" } else { "\n]\n" })?;
    }
    // The exit code is 4 if no file could be read. If at least one file could be read, the unreadable files are
    // reported as findings.
    Ok(if readable == 0 && !sources.is_empty() {
        4
    } else {
        u8::from(has_errors)
    })
}

/// An error from the JSON writer. Such an error is always a bug: JSON can represent everything in an explanation.
fn bug(error: serde_json::Error) -> Error {
    Error::Bug(format!("cannot write an explanation as JSON: {error}"))
}

/// The files to explain: the given files, and the articles in the given folders.
fn sources(articles: &[PathBuf], config: Option<&Config>) -> Result<Vec<ArticleFile>, Error> {
    let mut sources = Vec::with_capacity(articles.len());
    for path in articles {
        if path.is_dir() {
            let roots = Inputs {
                paths: vec![path.clone()],
                include: Vec::new(),
                exclude: Vec::new(),
            };
            // The finding for each file is ignored: if the file cannot be read, `explain_one` reports it.
            for (mut source, _) in discover::list(&roots)? {
                // Walking `.` puts `./` in front of every path. This prefix is removed, because the user did not write
                // it.
                if path == Path::new(".")
                    && let Ok(relative) = source.path.strip_prefix(".")
                {
                    source.path = relative.to_owned();
                }
                let roots = config.map_or(&[][..], |config| &config.input.paths);
                if roots.iter().any(|root| source.path.starts_with(root)) {
                    source.relative = relative(&source.path, config);
                }
                sources.push(source);
            }
        } else {
            sources.push(ArticleFile {
                relative: relative(path, config),
                path: path.clone(),
            });
        }
    }
    Ok(sources)
}

/// The path that a build would use for an article: relative to the input folder, or the whole path if there is no
/// configuration.
fn relative(path: &Path, config: Option<&Config>) -> String {
    let roots = config.map_or(&[][..], |config| &config.input.paths);
    let path = path.strip_prefix(".").unwrap_or(path);
    let below = roots.iter().find_map(|root| path.strip_prefix(root).ok());
    let names: Vec<_> = below
        .unwrap_or(path)
        .components()
        .filter_map(|component| match component {
            Component::Normal(name) => Some(name.to_string_lossy()),
            _ => None,
        })
        .collect();
    article_path(roots, path, names.join("/"))
}

/// Explains articles in parallel. The results are in the order of the files.
fn explain_all(sources: &[ArticleFile], context: &Context<'_>, folders: &Folders) -> Vec<Explained> {
    let queue = Mutex::new(sources.iter().enumerate());
    let work = || {
        let (mut done, mut buffer) = (Vec::new(), Vec::new());
        loop {
            // This is a separate statement, so that the lock is released before the article is read.
            let next = lock(&queue).next();
            let Some((at, source)) = next else { return done };
            done.push((at, explain_one(source, context, folders, &mut buffer)));
        }
    };
    let mut results: Vec<(usize, Explained)> = on_threads(sources.len(), &work).into_iter().flatten().collect();
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, explained)| explained).collect()
}

fn explain_one(source: &ArticleFile, context: &Context<'_>, folders: &Folders, buffer: &mut Vec<u8>) -> Explained {
    let file = source.path.display().to_string();
    if let Err(finding) = discover::read_into(&source.path, buffer) {
        return Explained {
            file,
            kind: String::new(),
            metadata: Metadata::default(),
            findings: vec![finding],
            is_readable: false,
        };
    }
    let article = Article::parse(&source.relative, buffer);
    let folder = source.path.parent().unwrap_or(Path::new(""));
    // A build compares the articles in a folder after it has read all files. Here, the other files in the folder must
    // be read to explain a single article.
    if article.kind == Kind::PlainText
        && let Some(folder) = folders.text(folder, context)
    {
        article.set_folder(folder);
    }
    let mut metadata = extract::metadata(&article, context);
    // Whether 03/04/2026 is in March or in April can be decided only from the other dates in the folder. If the article
    // has such a date, its metadata is extracted again with the order that those dates prove.
    let undecided = order::undecided(&Evidence::new(&article, context), metadata.published.as_ref());
    if let Some(undecided) = undecided {
        let (order, finding) = folders.order(folder, context, &undecided);
        let context = Context {
            date_order: order,
            ..*context
        };
        metadata = extract::metadata(&article, &context);
        metadata.findings.extend(finding);
    }
    let kind = field::format_kind(&article);
    let mut findings = article.findings;
    findings.append(&mut metadata.findings);
    findings.sort_by_key(|finding| (finding.location.line, finding.location.column));
    Explained {
        file,
        kind,
        metadata,
        findings,
        is_readable: true,
    }
}

fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
