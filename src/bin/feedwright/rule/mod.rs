//! `feedwright rule`: a rule's page, a list of all rules, or all pages as one web page.

mod reference;

use std::{collections::BTreeSet, fmt::Write};

use anstyle::Style;
use feedwright::{
    Error, check,
    finding::{self, Rule},
    text::nearest,
};

use crate::{
    args,
    configuration::usage_error,
    print::{self, Terminal},
};

/// Prints a rule's page, the list of all rules, or an HTML page that contains the pages of all rules.
pub(crate) fn run(args: &args::Rule, terminal: &mut Terminal) -> Result<u8, Error> {
    if args.html {
        terminal.out(&reference::format_html(&rules().collect::<Vec<_>>()))?;
        return Ok(0);
    }
    let Some(id) = &args.id else {
        terminal.out(&format_list())?;
        return Ok(0);
    };
    let Some(rule) = rules().find(|rule| rule.has_id(id)) else {
        return Err(usage_error(format!("there is no rule `{id}`"), suggestion(id, rules())));
    };
    terminal.out(&format_page(rule))?;
    Ok(0)
}

/// Finds a feed rule by its current id or by a former id.
///
/// # Errors
/// Returns an error message and a help text if no feed rule has this id.
pub(crate) fn find_feed_rule(id: &str) -> Result<&'static Rule, (String, String)> {
    check::rule(id).ok_or_else(|| {
        let help = suggestion(id, check::rules().into_iter());
        (format!("there is no rule `{id}` for feeds"), help)
    })
}

fn suggestion(id: &str, rules: impl Iterator<Item = &'static Rule>) -> String {
    match nearest(id, rules.map(|rule| rule.id)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "run `feedwright rule` to list all rules".to_owned(),
    }
}

/// All rules: first the article rules, then the feed rules.
fn rules() -> impl Iterator<Item = &'static Rule> {
    let feed_rules = check::rules().into_iter().chain(check::w3c_only().iter().copied());
    let mut ids = BTreeSet::new();
    finding::article::RULES
        .iter()
        .copied()
        .chain(feed_rules)
        .filter(move |rule| ids.insert(rule.id))
}

fn format_list() -> String {
    let widest = rules().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in rules() {
        let style = print::severity_style(rule.severity);
        let severity = rule.severity.as_str();
        let _ = writeln!(
            text,
            "{:widest$}  {style}{severity:<7}{style:#}  {}",
            rule.id, rule.title
        );
    }
    text
}

fn format_page(rule: &Rule) -> String {
    const BOLD: Style = Style::new().bold();
    const DIMMED: Style = Style::new().dimmed();
    let style = print::severity_style(rule.severity);
    let mut text = format!(
        "{BOLD}{}{BOLD:#}  {style}{}{style:#}\n{}\n\nspecification  {}\n",
        rule.id,
        rule.severity.as_str(),
        rule.title,
        rule.spec,
    );
    if let Some(class) = rule.w3c {
        let _ = writeln!(text, "W3C validator  {class}");
    }
    // Skip the page's heading, because it is the id, which has already been printed.
    let body = rule
        .page
        .trim_start()
        .strip_prefix("# ")
        .and_then(|page| page.split_once('\n'));
    let body = body.map_or(rule.page, |(_, body)| body).trim();
    if !body.is_empty() {
        text.push('\n');
    }
    let mut is_code = false;
    for line in body.lines() {
        let _ = match line
            .strip_prefix('#')
            .map(|heading| heading.trim_start_matches('#').trim())
        {
            _ if line.starts_with("```") => {
                is_code = !is_code;
                match reference::caption(line.trim_start_matches('`')) {
                    caption if caption.is_empty() => Ok(()),
                    caption => writeln!(text, "  {DIMMED}{caption}:{DIMMED:#}"),
                }
            }
            _ if is_code && line.is_empty() => writeln!(text),
            _ if is_code => writeln!(text, "    {line}"),
            Some(heading) => writeln!(text, "{BOLD}{heading}{BOLD:#}"),
            None => writeln!(text, "{line}"),
        };
    }
    text
}
