//! Which properties of two entries agree, and which contradict each other.

use std::borrow::Cow;

use crate::text::squash;

/// What is known about an entry. A property that is missing or says nothing is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties<'a> {
    /// The id that the author declared.
    pub id: Option<Cow<'a, str>>,
    /// The title, as [`squash`] returns it.
    pub title: Option<String>,
    /// The publication date, as a Unix time in seconds.
    pub published: Option<i64>,
    /// The address, in the form returned by [`Addresses::normalize`](super::Addresses::normalize). `None` if it was made
    /// from the path, because it then says no more than the path.
    pub link: Option<String>,
    /// The text.
    pub text: Option<Text>,
}

/// A hash of an entry's text, and how much an equal text proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// A long text that no other entry has. It counts as much as two other properties.
    Distinctive(u128),
    /// A text of medium length that no other entry has. It counts as much as two other properties if nothing contradicts
    /// it. Otherwise it may be the boilerplate of a podcast that keeps only its last episode, and counts as one.
    Plain(u128),
    /// A text that no other entry has, but so short that a different entry could have it: `See link.`
    Short(u128),
    /// A text that several entries have. Being equal proves nothing.
    Repeated(u128),
}

impl Text {
    /// The hash, if no other entry has the text.
    pub fn unique_hash(self) -> Option<u128> {
        match self {
            Text::Repeated(_) => None,
            _ => Some(self.hash()),
        }
    }

    /// The hash.
    pub fn hash(self) -> u128 {
        let (Text::Distinctive(hash) | Text::Plain(hash) | Text::Short(hash) | Text::Repeated(hash)) = self;
        hash
    }

    /// How well a unique text distinguishes entries: 0 to 3.
    fn strength(self) -> u8 {
        match self {
            Text::Repeated(_) => 0,
            Text::Short(_) => 1,
            Text::Plain(_) => 2,
            Text::Distinctive(_) => 3,
        }
    }
}

impl Properties<'_> {
    /// The form in which titles are compared; `None` if the title has no letters or digits.
    pub fn title(raw: &str) -> Option<String> {
        Some(squash(raw)).filter(|title| !title.is_empty())
    }
}

/// A property that two entries can share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Property {
    /// [`Properties::id`].
    Id = 1,
    /// [`Properties::title`].
    Title = 2,
    /// [`Properties::published`].
    Date = 4,
    /// [`Properties::link`].
    Link = 8,
    /// [`Properties::text`].
    Text = 16,
}

/// Two dates that are less than this far apart, in seconds, do not contradict each other: authors correct the time of
/// day, and generators write a day's midnight in different time zones. Entries of a daily column are a day apart.
const NEAR: u64 = 24 * 60 * 60;

/// The properties that agree and those that contradict each other. A property that one side lacks does neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    agreeing: u8,
    contradicting: u8,
    /// How well an equal text distinguishes the entries; see [`Text`].
    text: u8,
}

impl Evidence {
    /// Compares an old entry with a new one.
    ///
    /// `shift` is added to the old date: if the time zone of a site's configuration changes, all dates move by the same
    /// number of seconds.
    pub fn new(old: &Properties<'_>, new: &Properties<'_>, shift: i64) -> Self {
        let mut evidence = Evidence {
            agreeing: 0,
            contradicting: 0,
            text: 0,
        };
        evidence.add(Property::Id, is_equal(&old.id, &new.id));
        evidence.add(Property::Title, is_equal(&old.title, &new.title));
        let apart = old.published.zip(new.published);
        let apart = apart.map(|(old, new)| old.saturating_add(shift).abs_diff(new));
        let date = apart.and_then(|apart| match apart {
            0 => Some(true),
            _ if apart < NEAR => None,
            _ => Some(false),
        });
        evidence.add(Property::Date, date);
        evidence.add(Property::Link, is_equal(&old.link, &new.link));
        if let Some((old, new)) = old.text.zip(new.text) {
            let is_equal = old.hash() == new.hash();
            evidence.add(Property::Text, Some(is_equal));
            // The weaker side counts: a text that is unique among the new entries may be a boilerplate of the old ones.
            if is_equal {
                evidence.text = old.strength().min(new.strength());
            }
        }
        evidence
    }

    fn add(&mut self, property: Property, is_equal: Option<bool>) {
        match is_equal {
            Some(true) => self.agreeing |= property as u8,
            Some(false) => self.contradicting |= property as u8,
            None => {}
        }
    }

    /// Whether the two entries have the same value of a property.
    pub fn agrees(&self, property: Property) -> bool {
        self.agreeing & property as u8 != 0
    }

    /// Whether the two entries have different values of a property.
    pub fn contradicts(&self, property: Property) -> bool {
        self.contradicting & property as u8 != 0
    }

    /// How many properties other than the text agree, and how many contradict, including the text.
    fn counts(&self) -> (i32, i32) {
        let count = |is: fn(&Self, Property) -> bool| {
            let others = [Property::Title, Property::Date, Property::Link];
            others.into_iter().filter(|property| is(self, *property)).count() as i32
        };
        let contradicting = count(Self::contradicts) + i32::from(self.contradicts(Property::Text));
        (count(Self::agrees), contradicting)
    }

    /// For how many other properties an equal text counts.
    fn text(&self) -> i32 {
        let (_, contradicting) = self.counts();
        // Under a title that is used every day, a short text may be repeated too, so the title does not support it.
        let is_supported = self.agrees(Property::Date) || self.agrees(Property::Link);
        match (self.text, contradicting) {
            (3, _) | (2, 0) => 2,
            (2, _) | (1, 0) => 1,
            (1, _) if is_supported => 1,
            _ => 0,
        }
    }

    /// Whether an entry at a different place is the same entry: the declared id agrees, or at least two independent
    /// properties agree, and more properties agree than contradict.
    pub fn is_same_elsewhere(&self) -> bool {
        let (agreeing, contradicting) = self.counts();
        let agreeing = agreeing + self.text();
        self.agrees(Property::Id) || !self.contradicts(Property::Id) && agreeing >= 2 && agreeing > contradicting
    }

    /// Whether an entry at the same place, such as a file with the same path, is certainly the same entry: nothing
    /// contradicts it, or more properties agree than contradict. Otherwise it is the same entry only if no other one
    /// fits better.
    pub fn is_same_here(&self) -> bool {
        let (agreeing, contradicting) = self.counts();
        // Here, even a short or repeated text counts, because the place already singles out the entry.
        let text = self.text().max(i32::from(self.agrees(Property::Text)));
        self.agrees(Property::Id) || contradicting == 0 || agreeing + text > contradicting
    }

    /// Whether two entries with the same id are different entries, so that readers would hide the new one: at least
    /// three properties contradict, and the title does not agree. An edit changes fewer.
    pub fn is_different(&self) -> bool {
        let (_, contradicting) = self.counts();
        contradicting >= 3 && !self.agrees(Property::Title)
    }

    /// How well the two entries fit. Higher is better; the declared id is decisive, and a distinctive text counts more
    /// than the other properties.
    pub fn score(&self) -> i32 {
        let (agreeing, contradicting) = self.counts();
        let id = i32::from(self.agrees(Property::Id)) - i32::from(self.contradicts(Property::Id));
        100 * id + 2 * (agreeing + self.text() - contradicting) + i32::from(self.text() == 2)
    }
}

/// Whether two values are equal; `None` if one of them is unknown.
fn is_equal<T: PartialEq>(old: &Option<T>, new: &Option<T>) -> Option<bool> {
    let (old, new) = old.as_ref().zip(new.as_ref())?;
    Some(old == new)
}
