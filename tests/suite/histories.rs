//! Random histories of a site: whatever happens to its articles, its configuration and its ledger, ids stay, no feed
//! loses more than the limits without a person's word, and dates behave as promised.
//!
//! `FEEDWRIGHT_HISTORIES=10000` runs so many, `FEEDWRIGHT_HISTORY=17` only the seventeenth, `FEEDWRIGHT_SCRATCH` names
//! the folder that they happen in (one in memory is fastest).

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use feedwright::{
    Error,
    compare::{self, Generation, Seen},
    config::Config,
    publish::{self, Guard, Options},
    time::Timestamp,
};

const DEFAULT_HISTORIES: u64 = 200;
const BUILDS: usize = 10;
const LIMIT: usize = 8;
const HOUR: i64 = 3600;

#[test]
#[expect(clippy::disallowed_methods, reason = "the switches of the test run")]
fn no_history_hurts_subscribers() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let scratch = std::env::var("FEEDWRIGHT_SCRATCH").unwrap_or(env!("CARGO_TARGET_TMPDIR").to_owned());
    let scratch = Path::new(&scratch).join(format!("histories-{}", std::process::id()));
    let (first, end) = match number("FEEDWRIGHT_HISTORY") {
        Some(one) => (one, one + 1),
        None => (0, number("FEEDWRIGHT_HISTORIES").unwrap_or(DEFAULT_HISTORIES)),
    };
    let next = AtomicU64::new(first);
    let tally = std::sync::Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end {
                        return;
                    }
                    let happened = History::new(seed, &scratch.join(seed.to_string())).run();
                    let mut tally = tally.lock().unwrap();
                    for (what, times) in happened {
                        *tally.entry(what).or_insert(0) += times;
                    }
                }
            });
        }
    });
    let _ = fs::remove_dir_all(&scratch);
    let tally = tally.into_inner().unwrap();
    eprintln!("{} histories: {tally:?}", end - first);
    if end - first >= DEFAULT_HISTORIES {
        for what in [
            "published",
            "refused",
            "allowed",
            "held",
            "lost ledger",
            "renamed and rewritten",
        ] {
            assert!(tally.contains_key(what), "{what} never happened");
        }
    }
}

/// SplitMix64: the same histories on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % bound as u64) as usize
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// An article as its author knows it.
#[derive(Debug, Clone)]
struct Writing {
    /// Stands in its text for ever, so that its entry can be told.
    mark: String,
    name: String,
    title: String,
    /// In days since 2026.
    day: Option<i64>,
    link: Option<String>,
    own_id: bool,
    words: usize,
    /// How it is set, which is nobody's business.
    look: usize,
    minor: bool,
    again: usize,
    broken: bool,
    deleted: bool,
}

impl Writing {
    fn text(&self) -> String {
        if self.broken {
            return format!("---\ntitle: {}\ndate: never\n\nIt was never closed.\n", self.title);
        }
        let mut front = format!("title: {}\n", self.title);
        if let Some(day) = self.day {
            front += &format!("date: {}\n", &instant(day * 24 * HOUR).rfc3339()[..10]);
        }
        if let Some(link) = &self.link {
            front += &format!("link: /{link}/\n");
        }
        if self.own_id {
            front += &format!("id: own-{}\n", self.mark);
        }
        if self.minor {
            front += "minor: true\n";
        }
        if self.again > 0 {
            front += &format!("reannounce: number {}\n", self.again);
        }
        let (quote, dash) = [("\"", "--"), ("“", "–"), ("\"", "—")][self.look % 3];
        let gap = ["\n", " ", "  \n"][self.look / 3 % 3];
        let mark = &self.mark;
        let words = self.words;
        format!(
            "---\n{front}---\n\nThis is {mark}, said {quote}the author{quote} {dash} and nobody{gap}else. It has version\n{words}.\n"
        )
    }
}

fn instant(seconds_of_2026: i64) -> Timestamp {
    Timestamp::from_unix(1_767_225_600 + seconds_of_2026).unwrap()
}

struct History {
    seed: u64,
    chance: Chance,
    folder: PathBuf,
    now: i64,
    host: usize,
    zone: usize,
    writings: Vec<Writing>,
    /// The id that each mark has had, as long as it must stay.
    ids: BTreeMap<String, String>,
    /// Each article as subscribers saw it last.
    seen: BTreeMap<String, Writing>,
    /// Articles of which the ledger was lost since subscribers saw them last.
    lost: BTreeSet<String>,
    /// Since when an article is broken.
    broken_since: BTreeMap<String, i64>,
    published: Option<Published>,
    /// What happened since the last build that was published.
    log: Vec<String>,
    edited: BTreeSet<String>,
    redated: BTreeSet<String>,
    announced: BTreeSet<String>,
    happened: BTreeMap<&'static str, usize>,
}

/// A generation as subscribers see it, by the mark in the text of each entry.
struct Published {
    json: Generation,
    marks: BTreeMap<String, Seen>,
    feed_date: Timestamp,
}

const FILES: [&str; 3] = ["feeds/feed.json", "feeds/atom.xml", "feedwright.ledger"];

impl History {
    fn new(seed: u64, folder: &Path) -> Self {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder.join("input")).unwrap();
        let mut history = History {
            seed,
            chance: Chance(seed),
            folder: folder.to_owned(),
            now: 300 * 24 * HOUR,
            host: 0,
            zone: 0,
            writings: Vec::new(),
            ids: BTreeMap::new(),
            seen: BTreeMap::new(),
            lost: BTreeSet::new(),
            broken_since: BTreeMap::new(),
            published: None,
            log: Vec::new(),
            edited: BTreeSet::new(),
            redated: BTreeSet::new(),
            announced: BTreeSet::new(),
            happened: BTreeMap::new(),
        };
        for _ in 0..1 + history.chance.below(12) {
            history.add();
        }
        history
    }

    fn add(&mut self) {
        let number = self.writings.len();
        let dated = !self.chance.once_in(4);
        let linked = self.chance.once_in(3);
        self.writings.push(Writing {
            mark: format!("mark{number}x"),
            name: format!("{}{number}.md", ["", "news/", "deep/er/"][self.chance.below(3)]),
            title: format!("Title {number}"),
            day: dated.then(|| 200 + self.chance.below(90) as i64),
            link: linked.then(|| format!("link-{number}")),
            own_id: self.chance.once_in(10),
            words: 0,
            look: 0,
            minor: false,
            again: 0,
            broken: false,
            deleted: false,
        });
    }

    fn run(mut self) -> BTreeMap<&'static str, usize> {
        for build in 0..BUILDS {
            let ops = if build == 0 { 0 } else { self.chance.below(4) };
            for _ in 0..ops {
                self.happen();
            }
            self.now += HOUR * (1 + self.chance.below(60) as i64);
            self.build();
        }
        fs::remove_dir_all(&self.folder).unwrap();
        self.happened
    }

    fn fail(&self, what: impl std::fmt::Display) -> ! {
        panic!("history {}: {what}\nsince the last build: {:#?}", self.seed, self.log)
    }

    fn note(&mut self, what: &'static str, writing: usize) {
        *self.happened.entry(what).or_insert(0) += 1;
        let told = self
            .writings
            .get(writing)
            .map(|it| format!("{what}: {} {}", it.mark, it.name));
        self.log.push(told.unwrap_or(what.to_owned()));
    }

    /// One thing happens to the site.
    fn happen(&mut self) {
        let at = self.chance.below(self.writings.len());
        let number = self.writings.len() + self.chance.below(1000);
        let mark = self.writings[at].mark.clone();
        let writing = &mut self.writings[at];
        match self.chance.below(20) {
            0..=2 => {
                writing.words += 1;
                writing.minor = false;
                self.edited.insert(mark);
                self.note("edited", at);
            }
            3 => {
                writing.look += 1;
                self.note("set in another way", at);
            }
            4 => {
                writing.words += 1;
                writing.minor = true;
                self.note("edited a little", at);
            }
            5 | 6 => {
                writing.name = format!("moved/{number}-{}.md", writing.mark);
                self.note("renamed", at);
            }
            7 if writing.day.is_some() || writing.link.is_some() => {
                writing.name = format!("moved/{number}-{}.md", writing.mark);
                writing.words += 1;
                writing.minor = false;
                self.edited.insert(mark);
                self.note("renamed and rewritten", at);
            }
            8 => {
                writing.title = format!("Title {number} of {}", writing.mark);
                writing.minor = false;
                self.edited.insert(mark);
                self.note("retitled", at);
            }
            9 | 10 => {
                writing.deleted = true;
                self.note("deleted", at);
            }
            11 => {
                writing.deleted = false;
                self.note("restored", at);
            }
            12 | 13 => {
                writing.broken = true;
                self.note("broken", at);
            }
            14 => {
                writing.broken = false;
                self.note("mended", at);
            }
            15 => {
                for _ in 0..1 + self.chance.below(3) {
                    self.add();
                }
                self.note("added", usize::MAX);
            }
            16 => self.happen_to_all(at),
            17 => {
                self.host += 1;
                self.note("moved to another host", usize::MAX);
            }
            18 if self.chance.once_in(2) => {
                self.zone += 1;
                self.redated.extend(self.writings.iter().map(|it| it.mark.clone()));
                self.note("moved to another zone", usize::MAX);
            }
            18 => {
                writing.day = writing.day.map(|day| day + 1);
                self.redated.insert(mark);
                self.note("dated anew", at);
            }
            _ if self.chance.once_in(2) => {
                writing.again += 1;
                self.announced.insert(mark);
                self.note("announced again", at);
            }
            _ => self.lose_ledger(),
        }
    }

    /// An accident that many articles suffer at once.
    fn happen_to_all(&mut self, at: usize) {
        let (kind, share) = (self.chance.below(4), 1 + self.chance.below(3));
        for (number, writing) in self.writings.iter_mut().enumerate() {
            if !(number + at).is_multiple_of(share) {
                continue;
            }
            match kind {
                0 => writing.deleted = true,
                1 => writing.broken = true,
                2 => {
                    writing.day = writing.day.map(|_| 299);
                    self.redated.insert(writing.mark.clone());
                }
                _ => (writing.broken, writing.deleted) = (false, false),
            }
        }
        let what = ["many deleted", "many broken", "many dated anew", "all mended"][kind];
        self.note(what, usize::MAX);
    }

    /// What no feed holds is forgotten with the ledger, and so are the texts by which articles are known.
    fn lose_ledger(&mut self) {
        let Some(published) = &self.published else { return };
        if fs::remove_file(self.folder.join("feedwright.ledger")).is_ok() {
            self.ids.retain(|mark, _| published.marks.contains_key(mark));
            self.lost = published.marks.keys().cloned().collect();
            self.note("lost ledger", usize::MAX);
        }
    }

    /// Whether anything tells that an article is the one that was published.
    fn can_be_known(&self, now: &Writing) -> bool {
        let Some(then) = self.seen.get(&now.mark) else {
            return true;
        };
        let is_same_text = (now.words, now.look) == (then.words, then.look) && !self.lost.contains(&now.mark);
        let is_near = now.day.zip(then.day).is_some_and(|(now, then)| now.abs_diff(then) < 2);
        let is_titled_and_dated = now.title == then.title && is_near;
        now.own_id || now.link.is_some() || now.name == then.name || is_same_text || is_titled_and_dated
    }

    fn write(&self) {
        let input = self.folder.join("input");
        let _ = fs::remove_dir_all(&input);
        fs::create_dir_all(&input).unwrap();
        for writing in self.writings.iter().filter(|it| !it.deleted) {
            let path = input.join(&writing.name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, writing.text()).unwrap();
        }
    }

    fn config(&self) -> Config {
        let host = [
            "https://example.org/",
            "http://example.org/",
            "https://www.example.net/",
        ][self.host % 3];
        let zone = ["UTC", "Europe/Berlin", "Asia/Tokyo"][self.zone % 3];
        let text = format!(
            "site: {{title: T, url: {host}, time_zone: {zone}}}\nguards: {{flood: 6}}\nfeeds:\n  \
             - {{path: feed.json, limit: {{entries: {LIMIT}}}}}\n  - {{path: atom.xml, limit: {{entries: {LIMIT}}}}}\n"
        );
        let file = self.folder.join("feedwright.yaml");
        Config::from_text(&text, &file, &self.folder).unwrap()
    }

    fn publish(&self, allowed: &[Guard]) -> Result<(), Error> {
        let options = Options {
            now: instant(self.now),
            write: true,
            strict: false,
            fail_on_guess: Vec::new(),
            allowed: allowed.to_vec(),
            compare: false,
            wait: false,
        };
        publish::publish(&self.config(), &options, &|_| {}).map(drop)
    }

    fn bytes(&self) -> Vec<Vec<u8>> {
        let read = |path: &&str| fs::read(self.folder.join(path)).unwrap_or_default();
        FILES.iter().map(read).collect()
    }

    fn build(&mut self) {
        self.write();
        let before = self.bytes();
        let mut allowed: &[Guard] = &[];
        if let Err(error) = self.publish(allowed) {
            let Error::Refused { changes, .. } = &error else {
                self.fail(format!("{error}"));
            };
            if self.bytes() != before {
                self.fail("a refusal changed bytes");
            }
            if changes.len() > 20 {
                self.fail("a refusal prints more than 20 lines");
            }
            *self.happened.entry("refused").or_insert(0) += 1;
            if self.published.is_none() && self.writings.iter().any(|it| !it.broken && !it.deleted) {
                self.fail(format!("a first build is refused: {error}"));
            }
            // Now and then a person says so; else the next build finds more of it.
            if self.published.is_none() || !self.chance.once_in(2) {
                return;
            }
            allowed = &Guard::ALL;
            *self.happened.entry("allowed").or_insert(0) += 1;
            if let Err(error) = self.publish(allowed) {
                self.fail(format!("allowed, and yet: {error}"));
            }
        }
        *self.happened.entry("published").or_insert(0) += 1;
        self.look(allowed.is_empty());
        if self.chance.once_in(3) {
            let bytes = self.bytes();
            if let Err(error) = self.publish(&[]) {
                self.fail(format!("the same again is refused: {error}"));
            }
            if self.bytes() != bytes {
                self.fail("the same again changes bytes");
            }
        }
        self.log.clear();
        // What happened to an article that no subscriber has seen since is still to come.
        let published = self.published.as_ref().map(|it| &it.marks);
        let is_seen = |it: &&Writing| !it.broken && published.is_some_and(|marks| marks.contains_key(&it.mark));
        let seen: Vec<&Writing> = self.writings.iter().filter(is_seen).collect();
        self.seen.extend(seen.iter().map(|it| (it.mark.clone(), (*it).clone())));
        let seen: Vec<&String> = seen.iter().map(|it| &it.mark).collect();
        self.lost.retain(|mark| !seen.contains(&mark));
        for reasons in [&mut self.edited, &mut self.redated, &mut self.announced] {
            reasons.retain(|mark| !seen.contains(&mark));
        }
    }

    /// Looks at what was published as a subscriber who saw the generation before.
    fn look(&mut self, is_unattended: bool) {
        let bytes = self.bytes();
        let json = compare::read(&bytes[0]).unwrap();
        let atom = compare::read(&bytes[1]).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&bytes[0]).unwrap();
        let items = value["items"].as_array().unwrap();
        let mut marks = BTreeMap::new();
        for (item, seen) in items.iter().zip(&json.entries) {
            let text = item["content_html"].as_str().unwrap();
            let start = text.find("mark").unwrap();
            let end = start + text[start..].find('x').unwrap() + 1;
            if marks.insert(text[start..end].to_owned(), seen.clone()).is_some() {
                self.fail(format!("{} is there twice", &text[start..end]));
            }
        }
        if json.entries != atom.entries {
            self.fail("the feeds hold different entries");
        }
        let new = Published {
            json,
            marks,
            feed_date: atom.updated.unwrap(),
        };
        self.look_at_ids(&new);
        self.look_at_dates(&new, is_unattended);
        if is_unattended {
            self.look_at_losses(&new);
        }
        self.look_at_held(&new);
        self.published = Some(new);
    }

    fn look_at_ids(&mut self, new: &Published) {
        let mut faults = Vec::new();
        for (mark, seen) in &new.marks {
            match self.ids.insert(mark.clone(), seen.id.clone()) {
                Some(id) if id != seen.id && !self.announced.contains(mark) => {
                    let writing = self.writings.iter().find(|it| it.mark == *mark).unwrap();
                    if self.can_be_known(writing) {
                        faults.push(format!("{mark} was {id} and is {}", seen.id));
                    } else {
                        self.announced.insert(mark.clone());
                    }
                }
                _ => {}
            }
        }
        let ids: BTreeSet<&str> = new.marks.values().map(|seen| seen.id.as_str()).collect();
        if ids.len() != new.marks.len() {
            faults.push("an id is there twice".to_owned());
        }
        if !faults.is_empty() {
            self.fail(faults.join("; "));
        }
    }

    fn look_at_dates(&self, new: &Published, is_unattended: bool) {
        let Some(old) = &self.published else { return };
        if new.feed_date < old.feed_date {
            let (before, after) = (old.feed_date.rfc3339(), new.feed_date.rfc3339());
            self.fail(format!("the feed's date goes back from {before} to {after}"));
        }
        for (mark, seen) in &new.marks {
            let Some(before) = old.marks.get(mark) else { continue };
            if seen.published != before.published && !self.redated.contains(mark) && !self.announced.contains(mark) {
                self.fail(format!("{mark} is dated anew: {before:?} {seen:?}"));
            }
            if seen.updated < seen.published || seen.updated > Some(instant(self.now)) {
                self.fail(format!("{mark} is updated out of its time: {seen:?}"));
            }
            let has_reason = [&self.edited, &self.redated, &self.announced]
                .iter()
                .any(|it| it.contains(mark));
            if seen.updated != before.updated && !has_reason {
                self.fail(format!("{mark} is updated for nothing: {before:?} {seen:?}"));
            }
            if seen.updated < before.updated && is_unattended && !self.announced.contains(mark) {
                self.fail(format!("{mark} is updated backward: {before:?} {seen:?}"));
            }
        }
    }

    fn look_at_losses(&self, new: &Published) {
        let Some(old) = &self.published else { return };
        let oldest = new.json.entries.iter().map(|seen| seen.published).min().flatten();
        let is_full = new.json.entries.len() == LIMIT;
        let gone = old.marks.iter().filter(|(mark, seen)| {
            let is_gone = !new.json.entries.iter().any(|other| other.id == seen.id);
            let is_announced = self.announced.contains(*mark) && new.marks.contains_key(*mark);
            is_gone && !is_announced && !(is_full && seen.published <= oldest)
        });
        let (gone, all) = (gone.count(), old.json.entries.len());
        if gone > 2 && gone * 100 > 30 * all {
            self.fail(format!("{gone} of {all} entries are lost"));
        }
        let kept = || {
            let kept = new
                .marks
                .iter()
                .filter_map(|(mark, seen)| Some((old.marks.get(mark)?, seen)));
            kept.filter(|(before, after)| before.id == after.id)
        };
        let redated = kept()
            .filter(|(before, after)| before.published != after.published)
            .count();
        if redated > 2 && redated * 100 > 20 * kept().count() {
            self.fail(format!("{redated} of {} entries are dated anew", kept().count()));
        }
    }

    /// What is broken stays for seven days, and no longer.
    fn look_at_held(&mut self, new: &Published) {
        let mut faults = Vec::new();
        let old = self.published.as_ref().map(|it| &it.marks);
        for writing in &self.writings {
            let mark = &writing.mark;
            if !writing.broken || writing.deleted {
                self.broken_since.remove(mark);
                continue;
            }
            let was_there = old.is_some_and(|marks| marks.contains_key(mark));
            let is_there = new.marks.contains_key(mark);
            if is_there {
                *self.happened.entry("held").or_insert(0) += 1;
                let since = *self.broken_since.entry(mark.clone()).or_insert(self.now);
                if !was_there {
                    faults.push(format!("{mark} is broken and new"));
                }
                // The ledger was lost: then it begins anew.
                if self.now - since >= 7 * 24 * HOUR && !self.happened.contains_key("lost ledger") {
                    faults.push(format!("{mark} is held for too long"));
                }
            }
        }
        if !faults.is_empty() {
            self.fail(faults.join("; "));
        }
    }
}
