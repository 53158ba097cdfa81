//! Reads the text of a ledger, even after Git merged two branches.
//!
//! With `merge=union`, Git keeps the lines of both branches where the branches changed neighboring lines. The result
//! may contain two versions of a record, or one record under an article's old path and another under its new path. The
//! reader combines two such records if their differences are harmless, and otherwise reports them. It never chooses
//! between two ids.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, btree_map},
};

use super::{
    Damage, HEADER, Ledger, Record, VERSION, is_articleless,
    line::{self, Line},
    merge,
};
use crate::url::Id;

/// The markers that Git writes around the two sides of a conflict.
const CONFLICT_MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// What is wrong with a line, and how to fix it.
type Fault = (String, &'static str);

/// Reads a ledger. `exists` returns whether there is an article at a path.
///
/// # Errors
/// Returns an error if a line is damaged or contradicts an earlier line.
pub(super) fn ledger(text: &str, exists: &dyn Fn(&str) -> bool) -> Result<Ledger, Damage> {
    // `lines` also accepts CRLF, which Git may write on Windows.
    let mut lines = (1..).zip(text.lines());
    let damage = |line: u32| move |(message, help): Fault| Damage { line, message, help };
    check_header(lines.next().map_or("", |(_, line)| line)).map_err(damage(1))?;
    let mut reader = Reader::default();
    for (number, line) in lines {
        reader.line(number, line).map_err(damage(number))?;
    }
    reader.combine_moved(exists)?;
    Ok(reader.ledger)
}

#[derive(Default)]
struct Reader {
    ledger: Ledger,
    /// The URIs and names of all ids, each with the number of the first line that contains it.
    ids: BTreeMap<String, u32>,
    /// The records whose id has a URI or name that an earlier line uses for a different path, each with its line number
    /// and path.
    moved: Vec<(u32, String, Record)>,
}

impl Reader {
    fn line(&mut self, number: u32, line: &str) -> Result<(), Fault> {
        if line.starts_with(HEADER) {
            // This is the header from the other branch, which a different version of Feedwright may have written.
            return check_header(line);
        }
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if is_conflict_marker(line) {
            return Err(("unresolved Git conflict".to_owned(), CONFLICT));
        }
        let ledger = &mut self.ledger;
        match line::parse(line).map_err(|message| (message, RESTORE))? {
            // If two lines have different values, only a person can know which line is right.
            Line::Authority(authority) => set_once(&mut ledger.authority, authority, "authority", TWO_AUTHORITIES),
            Line::Site(site) => set_once(&mut ledger.site, site, "site", TWO_SITES),
            Line::Failed(number) => {
                // Each branch has accepted its own number of articles with errors. The higher number is kept.
                ledger.accepted_failures = ledger.accepted_failures.max(number);
                Ok(())
            }
            Line::Clock(now) => {
                ledger.confirmed_clock = ledger.confirmed_clock.max(Some(now));
                Ok(())
            }
            Line::Output(folder) => {
                ledger.outputs.insert(folder);
                Ok(())
            }
            Line::Retired(id) => {
                ledger.retired.insert(id);
                Ok(())
            }
            Line::Recent(changes) => {
                // After a merge, the changes from both branches are counted.
                ledger.recent.insert(changes);
                Ok(())
            }
            Line::Feed(path, updated) => {
                // A feed's date must not move backward, so the later date is kept.
                let latest = ledger.feeds.entry(path).or_insert(updated);
                *latest = updated.max(*latest);
                Ok(())
            }
            Line::Record(path, record) => self.record(number, path, *record),
        }
    }

    fn record(&mut self, number: u32, path: String, record: Record) -> Result<(), Fault> {
        match self.ledger.records.entry(path) {
            btree_map::Entry::Occupied(mut first) => {
                if first.get().id != record.id {
                    let message = format!("`{}` already has a different id, `{}`", first.key(), first.get().id);
                    return Err((message, OUTDATED));
                }
                let combined = combined(first.key(), first.get(), &record)?;
                first.insert(combined);
            }
            // Both the URI and the name of an id must be unique: RSS readers identify an entry by the name, and Atom
            // readers by the URI.
            btree_map::Entry::Vacant(free) if record.id.all_names().any(|name| self.ids.contains_key(name)) => {
                self.moved.push((number, free.into_key(), record));
            }
            btree_map::Entry::Vacant(free) => {
                self.ids
                    .extend(record.id.all_names().map(|name| (name.to_owned(), number)));
                free.insert(record);
            }
        }
        Ok(())
    }

    /// Combines the records of each article that was renamed. Such records have the same id, and at most one of their
    /// paths still has an article.
    fn combine_moved(&mut self, exists: &dyn Fn(&str) -> bool) -> Result<(), Damage> {
        if self.moved.is_empty() {
            return Ok(());
        }
        let records = self.ledger.records.iter();
        let mut paths: BTreeMap<Id, String> = records.map(|(path, it)| (it.id.clone(), path.clone())).collect();
        for (line, path, record) in std::mem::take(&mut self.moved) {
            let fault = |(message, help): Fault| Damage { line, message, help };
            let duplicate = || {
                let mut names = record.id.all_names();
                let (name, first) = names
                    .find_map(|name| Some((name, self.ids.get(name)?)))
                    .unwrap_or(("", &0));
                let message = format!("duplicate id `{name}`, first used on line {first}");
                fault((message, DUPLICATE_ID))
            };
            // The ids of the two records share a URI or name but are not equal, so the records are not versions of the
            // same record.
            let Some(first_path) = paths.get(&record.id) else {
                return Err(duplicate());
            };
            let is_article = |path: &str| !is_articleless(path) && exists(path);
            let Some(first) = self.ledger.records.remove(first_path) else {
                return Err(duplicate());
            };
            if is_article(first_path) && is_article(&path) {
                return Err(duplicate());
            }
            let combined = combined(&path, &first, &record).map_err(fault)?;
            // If neither path has an article, it hardly matters which path is kept, but the choice must not depend on
            // the order of the lines.
            let rank = |path: &String| (is_article(path), !is_articleless(path), Reverse(path.clone()));
            let path = match rank(first_path) > rank(&path) {
                true => first_path.clone(),
                false => path,
            };
            if let Some(other) = self.ledger.records.get(&path) {
                let message = format!("`{path}` already has a different id, `{}`", other.id);
                return Err(fault((message, OUTDATED)));
            }
            paths.insert(record.id, path.clone());
            self.ledger.records.insert(path, combined);
        }
        Ok(())
    }
}

fn combined(path: &str, first: &Record, second: &Record) -> Result<Record, Fault> {
    merge::combine(first, second).ok_or_else(|| {
        let message = format!("two publication dates for `{path}`");
        (message, OUTDATED)
    })
}

fn set_once(field: &mut Option<String>, value: String, name: &str, help: &'static str) -> Result<(), Fault> {
    if field.as_ref().is_some_and(|first| *first != value) {
        return Err((format!("more than one {name}: `{value}`"), help));
    }
    *field = Some(value);
    Ok(())
}

fn check_header(line: &str) -> Result<(), Fault> {
    // If the conflict is at the top of the file, a marker precedes the header.
    if is_conflict_marker(line) {
        return Err(("unresolved Git conflict".to_owned(), CONFLICT));
    }
    let Some(rest) = line.strip_prefix(HEADER) else {
        let message = format!("the first line does not start with `{}`", HEADER.trim_end());
        return Err((message, RESTORE));
    };
    match rest.split(' ').next().unwrap_or_default() {
        VERSION => Ok(()),
        other => Err((
            format!("unsupported ledger version `{other}`"),
            "the file was written by a different version of Feedwright; build with that version",
        )),
    }
}

/// Whether a line is a conflict marker. Every record line contains tabs, so a record is not mistaken for a marker, even
/// if its path starts like one.
fn is_conflict_marker(line: &str) -> bool {
    CONFLICT_MARKERS.iter().any(|marker| line.starts_with(marker)) && !line.contains('\t')
}

const RESTORE: &str = "restore the file from version control, or delete it to let the next build rebuild ids and dates \
                       from the published feeds";
const CONFLICT: &str = "remove the markers and keep the lines of both sides unchanged; the next build combines lines with \
                        the same id, or names the line that you must delete";
const DUPLICATE_ID: &str = "keep the line for the article that the id belongs to, and delete the other line";
const OUTDATED: &str = "keep the line that describes the article as it is published now, and delete the other line";
const TWO_AUTHORITIES: &str = "keep the line with the earlier date, and delete the other line";
const TWO_SITES: &str = "keep the line with the address that the published feeds contain, and delete the other line";
