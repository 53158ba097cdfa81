//! Random histories of a site. Whatever happens to its articles, configuration and ledger: ids stay, no article inherits
//! an id, what the guards let through in any window of a day stays below their limits, and dates behave as documented.
//!
//! `FEEDWRIGHT_HISTORIES=10000` sets the number of histories, `FEEDWRIGHT_HISTORY=17` runs only that one, and
//! `FEEDWRIGHT_SCRATCH` names the folder to use (one in memory is fastest).

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use feedwright::{
    Error,
    compare::{self, FeedEntry, Generation},
    config::Config,
    publish::{self, Guard, Options},
    time::Timestamp,
};

const DEFAULT_HISTORIES: u64 = 200;
const BUILDS: usize = 10;
const LIMIT: usize = 8;
const FLOOD: usize = 6;
const HOUR: i64 = 3600;

#[test]
#[expect(clippy::disallowed_methods, reason = "the options of this test")]
fn no_random_history_harms_subscribers() {
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
                    for (event, times) in happened {
                        *tally.entry(event).or_insert(0) += times;
                    }
                }
            });
        }
    });
    let _ = fs::remove_dir_all(&scratch);
    let tally = tally.into_inner().unwrap();
    eprintln!("{} histories: {tally:?}", end - first);
    if end - first >= DEFAULT_HISTORIES {
        for event in [
            "published",
            "refused",
            "allowed",
            "retained",
            "lost ledger",
            "renamed and rewritten",
            "several builds in a day",
        ] {
            assert!(tally.contains_key(event), "{event} never happened");
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

/// An article as its author sees it.
#[derive(Debug, Clone)]
struct Writing {
    /// A tag that stays forever, so that the entry can be identified. The program does not match entries by tags.
    mark: String,
    name: String,
    title: String,
    /// Days since the start of 2026.
    day: Option<i64>,
    link: Option<String>,
    own_id: bool,
    body: Body,
    /// The version of the text.
    words: usize,
    /// The typography, which must not count as an edit.
    look: usize,
    minor: bool,
    again: usize,
    broken: bool,
    deleted: bool,
}

/// What an article contains below its front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    /// A text that no other article has.
    Own,
    /// A text that other articles have too, as in a podcast.
    Boilerplate,
    /// Nothing, as in a link blog.
    Empty,
}

impl Writing {
    fn text(&self) -> String {
        if self.broken {
            return format!("---\ntitle: {}\ndate: never\n\nIt was never closed.\n", self.title);
        }
        let mut front = format!("title: {}\ntags: [{}]\n", self.title, self.mark);
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
        let (mark, words) = (&self.mark, self.words);
        let body = match self.body {
            Body::Own => format!(
                "This is {mark}, said {quote}the author{quote} {dash} and nobody{gap}else knew that it has version\n{words} by now.\n"
            ),
            Body::Boilerplate => {
                "Subscribe in your app, support us, and tell your friends about this podcast, please.\n".to_owned()
            }
            Body::Empty => String::new(),
        };
        format!("---\n{front}---\n\n{body}")
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
    /// The id of each mark, as long as it must stay.
    ids: BTreeMap<String, String>,
    /// The mark that each id was first published for. No other mark may ever get it.
    owners: BTreeMap<String, String>,
    /// Each article as subscribers last saw it.
    seen: BTreeMap<String, Writing>,
    /// Articles whose ledger was lost since subscribers last saw them.
    lost: BTreeSet<String>,
    /// Since when each article has been broken.
    broken_since: BTreeMap<String, i64>,
    published: Option<Published>,
    /// Every id that was ever published.
    known_ids: BTreeSet<String>,
    /// What builds have changed since a person last allowed something, or the ledger was lost.
    unattended: Vec<Step>,
    /// The events since the last published build.
    log: Vec<String>,
    /// The articles that were filed away or swapped since the last published build. Nothing else happens to them until
    /// the next one: an article that is also broken or redated cannot be recognized in its new place.
    moved: BTreeSet<String>,
    edited: BTreeSet<String>,
    redated: BTreeSet<String>,
    reannounced: BTreeSet<String>,
    events: BTreeMap<&'static str, usize>,
}

/// A published generation, with its entries by the mark in their text.
struct Published {
    json: Generation,
    marks: BTreeMap<String, FeedEntry>,
    feed_date: Timestamp,
}

/// What one build has changed, by id.
struct Step {
    at: i64,
    /// The number of entries before the build.
    entries: usize,
    lost: BTreeSet<String>,
    /// Those of the lost ones that were the oldest entries, and left as new ones came. They do not add up.
    turnover: BTreeSet<String>,
    added: BTreeSet<String>,
    redated: BTreeSet<String>,
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
            owners: BTreeMap::new(),
            seen: BTreeMap::new(),
            lost: BTreeSet::new(),
            broken_since: BTreeMap::new(),
            published: None,
            known_ids: BTreeSet::new(),
            unattended: Vec::new(),
            log: Vec::new(),
            moved: BTreeSet::new(),
            edited: BTreeSet::new(),
            redated: BTreeSet::new(),
            reannounced: BTreeSet::new(),
            events: BTreeMap::new(),
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
            title: match self.chance.below(4) {
                0 => "Menu of the day".to_owned(),
                _ => format!("Title {number}"),
            },
            day: dated.then(|| 200 + self.chance.below(90) as i64),
            link: linked.then(|| format!("link-{number}")),
            own_id: self.chance.once_in(10),
            body: [Body::Own, Body::Own, Body::Own, Body::Boilerplate, Body::Empty][self.chance.below(5)],
            words: 0,
            look: 0,
            minor: false,
            again: 0,
            broken: false,
            deleted: false,
        });
        self.distinguish();
    }

    /// Changes the day of the newest article, or else its title, until no other article has both. Two articles with the
    /// same title and date are the same as far as anybody can tell.
    fn distinguish(&mut self) {
        let Some(mut new) = self.writings.pop() else { return };
        let is_taken = |new: &Writing| {
            let all = self.writings.iter().chain(self.seen.values());
            all.filter(|it| it.mark != new.mark)
                .any(|it| it.title == new.title && it.day == new.day)
        };
        while is_taken(&new) {
            match &mut new.day {
                Some(day) => *day += 1,
                None => new.title = format!("Title of {}", new.mark),
            }
        }
        self.writings.push(new);
    }

    fn run(mut self) -> BTreeMap<&'static str, usize> {
        for build in 0..BUILDS {
            let ops = if build == 0 { 0 } else { self.chance.below(4) };
            for _ in 0..ops {
                self.change();
            }
            // Some builds follow each other within a day, as under cron.
            self.now += match self.chance.once_in(2) {
                true => HOUR * (1 + self.chance.below(60) as i64),
                false => 60 * (10 + self.chance.below(200) as i64),
            };
            self.build();
        }
        fs::remove_dir_all(&self.folder).unwrap();
        self.events
    }

    fn fail(&self, what: impl std::fmt::Display) -> ! {
        panic!("history {}: {what}\nsince the last build: {:#?}", self.seed, self.log)
    }

    fn note(&mut self, event: &'static str, writing: usize) {
        *self.events.entry(event).or_insert(0) += 1;
        let line = self
            .writings
            .get(writing)
            .map(|it| format!("{event}: {} {}", it.mark, it.name));
        self.log.push(line.unwrap_or(event.to_owned()));
    }

    /// Whether an event has happened since the last published build.
    fn has_happened(&self, event: &str) -> bool {
        self.log.iter().any(|line| line.starts_with(event))
    }

    /// Makes one random change to the site.
    fn change(&mut self) {
        let at = self.chance.below(self.writings.len());
        let number = self.writings.len() + self.chance.below(1000);
        let mark = self.writings[at].mark.clone();
        let is_any_moved = !self.moved.is_empty();
        if self.moved.contains(&mark) {
            return;
        }
        let writing = &mut self.writings[at];
        match self.chance.below(24) {
            20 => {
                self.replace(at);
            }
            21 => {
                self.archive(at);
            }
            22 => {
                self.swap(at);
            }
            23 => {
                self.copy(at);
            }
            0..=2 => {
                writing.words += 1;
                writing.minor = false;
                self.edited.insert(mark);
                self.note("edited", at);
            }
            3 => {
                writing.look += 1;
                self.note("changed in typography", at);
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
                self.note("fixed", at);
            }
            15 => {
                for _ in 0..1 + self.chance.below(3) {
                    self.add();
                }
                self.note("added", usize::MAX);
            }
            16 if !is_any_moved => self.change_many(at),
            17 => {
                self.host += 1;
                self.note("moved to another host", usize::MAX);
            }
            18 if self.chance.once_in(2) && !is_any_moved => {
                self.zone += 1;
                self.redated.extend(self.writings.iter().map(|it| it.mark.clone()));
                self.note("moved to another zone", usize::MAX);
            }
            18 => {
                writing.day = writing.day.map(|day| day + 1);
                self.redated.insert(mark);
                self.note("redated", at);
            }
            _ if self.chance.once_in(2) => {
                writing.again += 1;
                self.reannounced.insert(mark);
                self.note("reannounced", at);
            }
            _ => self.lose_ledger(),
        }
    }

    /// Deletes an article, and adds one with the same title a day later: the menu of the day.
    fn replace(&mut self, at: usize) {
        let old = self.writings[at].clone();
        self.add();
        self.writings[at].deleted = true;
        let Some(new) = self.writings.last_mut() else { return };
        // With the same title and the same text, it could be the old article under a new date.
        match old.body {
            Body::Boilerplate => new.title = format!("Title of {}", new.mark),
            _ => new.title = old.title,
        }
        new.day = old.day.map(|day| day + 1);
        new.body = old.body;
        self.distinguish();
        self.note("replaced", at);
    }

    /// Files an article away under another name, and adds a new one under its name: `latest.md`.
    fn archive(&mut self, at: usize) {
        // Once it has been edited, nothing but its title identifies an undated article.
        if self.writings[at].day.is_none() || self.has_happened("moved to another zone") || self.has_happened("many") {
            return;
        }
        // One that has also been retitled, redated or moved is not filed away, but replaced.
        let (now, then) = (&self.writings[at], self.seen.get(&self.writings[at].mark));
        if then.is_none_or(|then| (&then.title, then.day, &then.name) != (&now.title, now.day, &now.name)) {
            return;
        }
        let is_edited = self.chance.once_in(2);
        let number = self.writings.len();
        self.add();
        let writing = &mut self.writings[at];
        let name = std::mem::replace(&mut writing.name, format!("archive/{number}-{}.md", writing.mark));
        let (mark, day) = (writing.mark.clone(), writing.day);
        let is_broken = writing.broken || writing.deleted;
        if is_edited && !is_broken {
            writing.words += 1;
            self.edited.insert(mark);
        }
        self.moved.insert(self.writings[at].mark.clone());
        let Some(new) = self.writings.last_mut() else { return };
        // Without a date, a new article with the same title could be the old one.
        new.day = new.day.or(day.map(|day| day + 1));
        self.distinguish();
        let Some(new) = self.writings.last_mut() else { return };
        self.moved.insert(new.mark.clone());
        // Nothing shows that the article that is broken or deleted was filed away.
        if !is_broken {
            new.name = name;
        }
        self.note("archived", at);
    }

    /// Two files swap their names.
    fn swap(&mut self, at: usize) {
        let other = self.chance.below(self.writings.len());
        let is_whole = |it: &Writing| !it.broken && !it.deleted && it.body == Body::Own && it.day.is_some();
        let is_unmoved = |it: &Writing| !self.moved.contains(&it.mark);
        let both = [&self.writings[at], &self.writings[other]];
        if other != at && both.iter().all(|it| is_whole(it) && is_unmoved(it)) && !self.has_happened("many") {
            self.moved.extend(both.map(|it| it.mark.clone()));
            let name = self.writings[at].name.clone();
            self.writings[at].name = std::mem::replace(&mut self.writings[other].name, name);
            self.note("swapped", at);
        }
    }

    /// Adds an article that was copied from another one as a template.
    fn copy(&mut self, at: usize) {
        let original = self.writings[at].clone();
        // If the original cannot be read, nothing shows that a copy with the same title and date is not the original.
        if original.broken || original.deleted {
            return;
        }
        self.moved.insert(original.mark);
        self.add();
        let Some(new) = self.writings.last_mut() else { return };
        (new.day, new.body) = (original.day, original.body);
        self.distinguish();
        self.note("copied", at);
    }

    /// A mistake that affects many articles at once.
    fn change_many(&mut self, at: usize) {
        let (kind, share) = (self.chance.below(4), 1 + self.chance.below(3));
        for (number, writing) in self.writings.iter_mut().enumerate() {
            if !(number + at).is_multiple_of(share) {
                continue;
            }
            match kind {
                0 => writing.deleted = true,
                1 => writing.broken = true,
                // Articles with the same title must not get the same date, see `distinguish`.
                2 if writing.title != "Menu of the day" => {
                    writing.day = writing.day.map(|_| 299);
                    self.redated.insert(writing.mark.clone());
                }
                2 => {}
                _ => (writing.broken, writing.deleted) = (false, false),
            }
        }
        let event = ["many deleted", "many broken", "many redated", "all fixed"][kind];
        self.note(event, usize::MAX);
    }

    /// Deletes the ledger. Entries that no feed contains are forgotten with it, and so are the fingerprints of articles.
    fn lose_ledger(&mut self) {
        let Some(published) = &self.published else { return };
        if fs::remove_file(self.folder.join("feedwright.ledger")).is_ok() {
            self.ids.retain(|mark, _| published.marks.contains_key(mark));
            self.owners.retain(|_, mark| published.marks.contains_key(mark));
            self.lost = published.marks.keys().cloned().collect();
            self.unattended.clear();
            // A rebuilt ledger contains only the ids in the feeds.
            let ids = self.published.iter().flat_map(|it| &it.json.entries);
            self.known_ids = ids.map(|entry| entry.id.clone()).collect();
            self.note("lost ledger", usize::MAX);
        }
    }

    /// Whether an article must be recognized: its file has the same name, and a feed contains the entry or at most one
    /// property has changed; or at least two properties agree, and these outnumber those that contradict each other.
    fn can_be_matched(&self, now: &Writing) -> bool {
        let Some(then) = self.seen.get(&now.mark) else {
            return true;
        };
        let is_unique = |is_alike: &dyn Fn(&Writing) -> bool| {
            let all = self.writings.iter().chain(self.seen.values());
            all.filter(|it| it.mark != now.mark).all(|it| !is_alike(it))
        };
        if now.own_id {
            return true;
        }
        if now.name == then.name {
            // A file that was rewritten after its entry had left the feeds may contain a new article.
            let is_in_feed = self
                .published
                .as_ref()
                .is_some_and(|it| it.marks.contains_key(&now.mark));
            let changed = [
                now.title != then.title || !is_unique(&|it| it.title == then.title),
                now.day != then.day || self.redated.contains(&now.mark),
                now.link != then.link,
                (now.words, now.look) != (then.words, then.look),
            ];
            return is_in_feed || changed.iter().filter(|it| **it).count() < 2;
        }
        let is_daily = !is_unique(&|it| it.title == then.title && it.day == then.day);
        let mut agreeing = usize::from(now.title == then.title && !is_daily);
        let mut contradicting = usize::from(now.title != then.title);
        match (now.day, then.day) {
            // A change of the time zone moves all dates. Only if other dates show by how much, this one still agrees.
            (Some(day), Some(then)) if day == then => {
                agreeing += usize::from(!is_daily && !self.redated.contains(&now.mark));
            }
            (None, None) => {}
            _ => contradicting += 1,
        }
        agreeing += usize::from(now.link.is_some() && now.link == then.link);
        // A ledger that was rebuilt from the feeds does not know the text of the file.
        let is_redated = now.day != then.day;
        if now.body == Body::Own && !self.lost.contains(&now.mark) {
            // An article that once got a new id has left its text in an old record too.
            let is_repeated = self.owners.values().filter(|owner| **owner == now.mark).count() > 1;
            match (now.words, now.look) == (then.words, then.look) {
                true if is_repeated || is_redated => {}
                // A text of this length is not distinctive enough to outweigh a contradiction.
                true if contradicting > 0 => agreeing += 1,
                true => agreeing += 2,
                false => contradicting += 1,
            }
        }
        agreeing >= 2 && agreeing > contradicting
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
            "site: {{title: T, url: {host}, time_zone: {zone}}}\nguards: {{flood: {FLOOD}}}\nfeeds:\n  \
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
            *self.events.entry("refused").or_insert(0) += 1;
            if self.published.is_none() && self.writings.iter().any(|it| !it.broken && !it.deleted) {
                self.fail(format!("a first build is refused: {error}"));
            }
            // Sometimes a person allows the build. Otherwise, the changes add up until the next build.
            if self.published.is_none() || !self.chance.once_in(2) {
                return;
            }
            allowed = &Guard::ALL;
            *self.events.entry("allowed").or_insert(0) += 1;
            if let Err(error) = self.publish(allowed) {
                self.fail(format!("refused although allowed: {error}"));
            }
        }
        *self.events.entry("published").or_insert(0) += 1;
        self.check(allowed.is_empty());
        if self.chance.once_in(3) {
            let bytes = self.bytes();
            if let Err(error) = self.publish(&[]) {
                self.fail(format!("an unchanged build is refused: {error}"));
            }
            let again = self.bytes();
            if let Some((before, after)) = bytes.iter().zip(&again).find(|(before, after)| before != after) {
                let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
                let differing = before
                    .lines()
                    .zip(after.lines())
                    .find(|(before, after)| before != after);
                self.fail(format!("an unchanged build changes bytes: {differing:#?}"));
            }
        }
        self.log.clear();
        self.moved.clear();
        // Events still apply to articles that no subscriber has seen since.
        let published = self.published.as_ref().map(|it| &it.marks);
        let is_seen = |it: &&Writing| !it.broken && published.is_some_and(|marks| marks.contains_key(&it.mark));
        let seen: Vec<&Writing> = self.writings.iter().filter(is_seen).collect();
        self.seen.extend(seen.iter().map(|it| (it.mark.clone(), (*it).clone())));
        let seen: Vec<&String> = seen.iter().map(|it| &it.mark).collect();
        self.lost.retain(|mark| !seen.contains(&mark));
        for reasons in [&mut self.edited, &mut self.redated, &mut self.reannounced] {
            reasons.retain(|mark| !seen.contains(&mark));
        }
    }

    /// Checks what was published, as a subscriber who has the previous generation would see it.
    fn check(&mut self, is_unattended: bool) {
        let bytes = self.bytes();
        let json = compare::read(&bytes[0]).unwrap();
        let atom = compare::read(&bytes[1]).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&bytes[0]).unwrap();
        let items = value["items"].as_array().unwrap();
        let mut marks = BTreeMap::new();
        for (item, entry) in items.iter().zip(&json.entries) {
            let mark = item["tags"][0].as_str().unwrap().to_owned();
            if let Some(other) = marks.insert(mark.clone(), entry.clone()) {
                self.fail(format!("{mark} appears twice: {other:?}"));
            }
        }
        if json.entries != atom.entries {
            self.fail("the feeds contain different entries");
        }
        let new = Published {
            json,
            marks,
            feed_date: atom.updated.unwrap(),
        };
        self.check_ids(&new);
        self.check_dates(&new, is_unattended);
        self.check_limits(&new, is_unattended);
        self.check_retained(&new);
        self.published = Some(new);
    }

    fn check_ids(&mut self, new: &Published) {
        let mut faults = Vec::new();
        for (mark, entry) in &new.marks {
            let owner = self.owners.entry(entry.id.clone()).or_insert_with(|| mark.clone());
            if owner != mark {
                let both = [owner.as_str(), mark.as_str()].map(|mark| self.writings.iter().find(|it| it.mark == mark));
                faults.push(format!(
                    "{mark} has the id of {owner}: {} {both:?} {:?}",
                    entry.id,
                    self.seen.get(owner)
                ));
            }
            match self.ids.insert(mark.clone(), entry.id.clone()) {
                Some(id) if id != entry.id && !self.reannounced.contains(mark) => {
                    let writing = self.writings.iter().find(|it| it.mark == *mark).unwrap();
                    if self.can_be_matched(writing) {
                        let then = self.seen.get(mark);
                        faults.push(format!("{mark} was {id} and is {}: {then:#?} {writing:#?}", entry.id));
                    } else {
                        self.reannounced.insert(mark.clone());
                    }
                }
                _ => {}
            }
        }
        let ids: BTreeSet<&str> = new.marks.values().map(|entry| entry.id.as_str()).collect();
        if ids.len() != new.marks.len() {
            faults.push("an id appears twice".to_owned());
        }
        if !faults.is_empty() {
            self.fail(faults.join("; "));
        }
    }

    fn check_dates(&self, new: &Published, is_unattended: bool) {
        let Some(old) = &self.published else { return };
        if new.feed_date < old.feed_date {
            let (before, after) = (old.feed_date.rfc3339(), new.feed_date.rfc3339());
            self.fail(format!("the feed's date goes back from {before} to {after}"));
        }
        for (mark, entry) in &new.marks {
            let Some(before) = old.marks.get(mark) else { continue };
            if entry.published != before.published && !self.redated.contains(mark) && !self.reannounced.contains(mark) {
                self.fail(format!("{mark} is redated: {before:?} {entry:?}"));
            }
            if entry.updated < entry.published || entry.updated > Some(instant(self.now)) {
                self.fail(format!("{mark} has an impossible `updated`: {entry:?}"));
            }
            let has_reason = [&self.edited, &self.redated, &self.reannounced]
                .iter()
                .any(|it| it.contains(mark));
            if entry.updated != before.updated && !has_reason {
                self.fail(format!("{mark} is updated without a reason: {before:?} {entry:?}"));
            }
            if entry.updated < before.updated && is_unattended && !self.reannounced.contains(mark) {
                self.fail(format!("{mark} has an earlier `updated`: {before:?} {entry:?}"));
            }
        }
    }

    /// What the guards let through in any day, in one build or in many, stays below the limits.
    fn check_limits(&mut self, new: &Published, is_unattended: bool) {
        let step = self.step(new);
        self.known_ids
            .extend(new.json.entries.iter().map(|entry| entry.id.clone()));
        if !is_unattended {
            self.unattended.clear();
            return;
        }
        let day = self
            .unattended
            .iter()
            .chain(&step)
            .filter(|step| step.at > self.now - 24 * HOUR);
        let day: Vec<&Step> = day.collect();
        let (Some(first), Some(last)) = (day.first(), day.last()) else {
            return;
        };
        let union = |of: fn(&Step) -> &BTreeSet<String>| -> BTreeSet<&String> {
            day.iter().flat_map(|step| of(step)).collect()
        };
        let mut lost = union(|step| &step.lost);
        let is_last = |step: &Step| std::ptr::eq(step, *last);
        let turnover = day.iter().filter(|step| !is_last(step)).flat_map(|step| &step.turnover);
        let turnover: BTreeSet<&String> = turnover.collect();
        lost.retain(|id| !turnover.contains(id) || last.lost.contains(*id));
        lost.retain(|id| !new.json.entries.iter().any(|entry| entry.id == **id));
        let (redated, added) = (union(|step| &step.redated), union(|step| &step.added));
        let whole = first.entries.max(last.entries);
        let is_over = |part: usize, limit: usize| part > 2 && part * 100 > limit * whole;
        if is_over(lost.len(), 30) && !last.lost.is_empty() {
            self.fail(format!("{lost:?} of {whole} entries are lost within a day"));
        }
        if is_over(redated.len(), 20) && !last.redated.is_empty() {
            self.fail(format!("{redated:?} of {whole} entries are redated within a day"));
        }
        if added.len() > FLOOD && first.entries >= FLOOD && !last.added.is_empty() {
            self.fail(format!("{added:?} are added within a day"));
        }
        if day.len() > 1 {
            *self.events.entry("several builds in a day").or_insert(0) += 1;
        }
        self.unattended.extend(step);
    }

    /// What the last build has changed.
    fn step(&self, new: &Published) -> Option<Step> {
        let old = self.published.as_ref()?;
        let oldest = new.json.entries.iter().map(|entry| entry.published).min().flatten();
        let is_full = new.json.entries.len() == LIMIT;
        let lost = old.marks.iter().filter(|(mark, entry)| {
            let is_gone = !new.json.entries.iter().any(|other| other.id == entry.id);
            let is_announced = self.reannounced.contains(*mark) && new.marks.contains_key(*mark);
            is_gone && !is_announced && !(is_full && entry.published <= oldest)
        });
        let lost: Vec<&FeedEntry> = lost.map(|(_, entry)| entry).collect();
        let is_kept = |entry: &&FeedEntry| old.json.entries.iter().any(|other| other.id == entry.id);
        let oldest_kept = new
            .json
            .entries
            .iter()
            .filter(is_kept)
            .map(|entry| entry.published)
            .min()
            .flatten();
        let mut leaving: Vec<&FeedEntry> = lost
            .iter()
            .copied()
            .filter(|entry| entry.published <= oldest_kept)
            .collect();
        leaving.sort_by_key(|entry| entry.published);
        let redated = new.marks.iter().filter(|(mark, after)| {
            let before = old.marks.get(*mark).filter(|before| before.id == after.id);
            before.is_some_and(|before| before.published != after.published)
        });
        let ids = new.json.entries.iter().map(|entry| &entry.id);
        let added: BTreeSet<String> = ids.filter(|id| !self.known_ids.contains(*id)).cloned().collect();
        Some(Step {
            at: self.now,
            entries: old.json.entries.len(),
            lost: lost.iter().map(|entry| entry.id.clone()).collect(),
            turnover: leaving.iter().take(added.len()).map(|entry| entry.id.clone()).collect(),
            redated: redated.map(|(_, entry)| entry.id.clone()).collect(),
            added,
        })
    }

    /// The entry of a broken article stays for seven days, and no longer.
    fn check_retained(&mut self, new: &Published) {
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
                *self.events.entry("retained").or_insert(0) += 1;
                let since = *self.broken_since.entry(mark.clone()).or_insert(self.now);
                if !was_there {
                    faults.push(format!("{mark} is broken and new"));
                }
                // After the ledger was lost, the seven days start again.
                if self.now - since >= 7 * 24 * HOUR && !self.events.contains_key("lost ledger") {
                    faults.push(format!("{mark} is retained for too long"));
                }
            }
        }
        if !faults.is_empty() {
            self.fail(faults.join("; "));
        }
    }
}
