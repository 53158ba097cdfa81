//! `feedwright rule`: the documentation of a rule, the list of all, or all as a web page.

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
    configuration::refused,
    print::{self, Terminal},
};

/// Prints a page, or the list.
pub(crate) fn run(args: &args::Rule, terminal: &mut Terminal) -> Result<u8, Error> {
    if args.html {
        terminal.out(&reference::page(&rules().collect::<Vec<_>>()))?;
        return Ok(0);
    }
    let Some(id) = &args.id else {
        terminal.out(&list())?;
        return Ok(0);
    };
    let known = rules().find(|rule| rule.id == id).or_else(|| check::rule(id));
    let Some(rule) = known else {
        return Err(refused(format!("there is no rule `{id}`"), nearest_to(id, rules())));
    };
    terminal.out(&page(rule))?;
    Ok(0)
}

/// The rule for feeds of an id; or what is wrong with the id, and the way out.
pub(crate) fn of_feeds(id: &str) -> Result<&'static Rule, (String, String)> {
    check::rule(id).ok_or_else(|| {
        let help = nearest_to(id, check::rules().into_iter());
        (format!("there is no rule `{id}` for feeds"), help)
    })
}

fn nearest_to(id: &str, rules: impl Iterator<Item = &'static Rule>) -> String {
    match nearest(id, rules.map(|rule| rule.id)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`feedwright rule` lists all".to_owned(),
    }
}

/// The rules for articles, then those for feeds.
fn rules() -> impl Iterator<Item = &'static Rule> {
    let of_feeds = check::rules().into_iter().chain(check::w3c_only().iter().copied());
    let mut seen = BTreeSet::new();
    finding::article::RULES
        .iter()
        .copied()
        .chain(of_feeds)
        .filter(move |rule| seen.insert(rule.id))
}

fn list() -> String {
    let widest = rules().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in rules() {
        let style = print::color(rule.severity);
        let severity = rule.severity.as_str();
        let _ = writeln!(
            text,
            "{:widest$}  {style}{severity:<7}{style:#}  {}",
            rule.id, rule.title
        );
    }
    text
}

fn page(rule: &Rule) -> String {
    const BOLD: Style = Style::new().bold();
    const DIMMED: Style = Style::new().dimmed();
    let style = print::color(rule.severity);
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
    // The page opens with the id as its heading, for the web.
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
