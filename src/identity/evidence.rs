//! In which properties two entries agree, and in which they contradict each other.

use std::borrow::Cow;

use crate::text::squash;

/// What is known about an entry. A property that is missing or contains no information is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties<'a> {
    /// The id that the author declared.
    pub id: Option<Cow<'a, str>>,
    /// The title, as [`squash`] returns it.
    pub title: Option<String>,
    /// The publication date, as a Unix time in seconds.
    pub published: Option<i64>,
    /// The address, in the form returned by [`Addresses::normalize`](super::Addresses::normalize). `None` if the
    /// address was made from the path, because such an address contains no more information than the path.
    pub link: Option<String>,
    /// The text.
    pub text: Option<Text>,
}

/// A hash of an entry's text. The variant determines how much equal texts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// Long text that no other entry has. Equal text counts as much as two other properties.
    Distinctive(u128),
    /// Text of medium length that no other entry has. Equal text counts as much as two other properties if the titles,
    /// dates and links do not differ. Otherwise, the text may be the boilerplate of a podcast whose feed contains only
    /// the latest episode, so equal text counts as one property at most.
    Plain(u128),
    /// Text that no other entry has, but that is short enough to occur in an unrelated entry, such as `See link.`
    Short(u128),
    /// Text that several entries share, so equal text proves nothing by itself.
    Repeated(u128),
}

impl Text {
    /// The hash, if no other entry has the same text.
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

    /// How well the text distinguishes entries, from 0 to 3.
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

/// Two dates that differ by fewer seconds than this do not contradict each other: authors correct the time of day, and
/// generators write midnight in different time zones. A difference of a whole day is a contradiction, because the
/// entries of a daily column are one day apart.
const NEAR: u64 = 24 * 60 * 60;

/// The properties in which two entries agree, and those in which they contradict each other. A property that one of the
/// entries lacks is in neither group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    agreeing: u8,
    contradicting: u8,
    /// Whether both dates are known and differ, but by less than a day. Such dates neither agree nor contradict each
    /// other.
    has_near_dates: bool,
    /// How well the text that the two entries share distinguishes them from other entries (see [`Text`]); 0 if they
    /// share no text.
    text: u8,
}

impl Evidence {
    /// Compares an old entry with a new one.
    ///
    /// `shift` is added to the old date: if the time zone in a site's configuration changes, all dates move by the same
    /// number of seconds.
    pub fn new(old: &Properties<'_>, new: &Properties<'_>, shift: i64) -> Self {
        let mut evidence = Evidence {
            agreeing: 0,
            contradicting: 0,
            has_near_dates: false,
            text: 0,
        };
        evidence.add(Property::Id, is_equal(&old.id, &new.id));
        evidence.add(Property::Title, is_equal(&old.title, &new.title));
        let apart = old.published.zip(new.published);
        // A retained entry keeps its date while the dates of the others move, so the date is also compared without the
        // shift.
        let apart = apart.map(|(old, new)| old.abs_diff(new).min(old.saturating_add(shift).abs_diff(new)));
        let date = apart.and_then(|apart| match apart {
            0 => Some(true),
            _ if apart < NEAR => None,
            _ => Some(false),
        });
        evidence.has_near_dates = apart.is_some_and(|apart| (1..NEAR).contains(&apart));
        evidence.add(Property::Date, date);
        evidence.add(Property::Link, is_equal(&old.link, &new.link));
        if let Some((old, new)) = old.text.zip(new.text) {
            let is_equal = old.hash() == new.hash();
            evidence.add(Property::Text, Some(is_equal));
            // The lower strength counts: text that is unique among the new entries may be boilerplate in the old
            // entries.
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

    /// The same evidence, ignoring one property.
    #[must_use]
    pub fn without(self, property: Property) -> Self {
        Evidence {
            agreeing: self.agreeing & !(property as u8),
            contradicting: self.contradicting & !(property as u8),
            ..self
        }
    }

    /// Whether the two entries have the same value for a property.
    pub fn agrees(&self, property: Property) -> bool {
        self.agreeing & property as u8 != 0
    }

    /// Whether the values that the two entries have for a property contradict each other.
    pub fn contradicts(&self, property: Property) -> bool {
        self.contradicting & property as u8 != 0
    }

    /// In how many of the properties title, date and link the entries agree, and in how many of the properties title,
    /// date, link and text they contradict each other.
    fn counts(&self) -> (i32, i32) {
        let count = |is: fn(&Self, Property) -> bool| {
            let others = [Property::Title, Property::Date, Property::Link];
            others.into_iter().filter(|property| is(self, *property)).count() as i32
        };
        let contradicting = count(Self::contradicts) + i32::from(self.contradicts(Property::Text));
        (count(Self::agrees), contradicting)
    }

    /// The number of agreeing properties that equal text counts as, from 0 to 2.
    fn text(&self) -> i32 {
        let (_, contradicting) = self.counts();
        // An equal title is no reason to trust equal short text: a title that is used every day may come with the same
        // text every day.
        let is_supported = self.agrees(Property::Date) || self.agrees(Property::Link);
        // All episodes of a podcast may have the same title and boilerplate, but their dates differ.
        let has_other_date = self.contradicts(Property::Date) || self.has_near_dates;
        match (self.text, contradicting) {
            (3, _) => 2,
            (2, 0) if !has_other_date => 2,
            (2, _) | (1, 0) if !has_other_date => 1,
            (1 | 2, _) if is_supported => 1,
            _ => 0,
        }
    }

    /// Whether two entries in different places are the same entry. If their declared ids agree or contradict each
    /// other, only the ids count. Otherwise, at least two properties must agree, and more properties must agree than
    /// contradict each other. Equal text may count as two properties.
    pub fn is_same_elsewhere(&self) -> bool {
        let (agreeing, contradicting) = self.counts();
        let agreeing = agreeing + self.text();
        self.agrees(Property::Id) || !self.contradicts(Property::Id) && agreeing >= 2 && agreeing > contradicting
    }

    /// Whether two entries in the same place, such as files with the same path, are certainly the same entry. They are
    /// if their declared ids agree, if none of their other properties contradict each other, or if more of these
    /// properties agree than contradict each other.
    pub fn is_certainly_same_in_place(&self) -> bool {
        // If the dates differ by less than a day, perhaps only the time of day was corrected. But the entries may also
        // be two episodes of a daily show, the second of which was published at an earlier time of day. Therefore,
        // such dates count as a contradiction here.
        self.is_same_in_place_if(self.text(), i32::from(self.has_near_dates))
    }

    /// Like [`is_certainly_same_in_place`](Self::is_certainly_same_in_place), but even short or repeated text counts, because
    /// the place already singles out the entry. If the result is `false`, the two are the same entry only if nothing
    /// else fits better.
    pub fn is_same_in_place(&self) -> bool {
        self.is_same_in_place_if(self.text().max(i32::from(self.agrees(Property::Text))), 0)
    }

    /// `text` is how many agreeing properties equal text counts as, and `doubts` is the number of additional
    /// contradictions.
    fn is_same_in_place_if(&self, text: i32, doubts: i32) -> bool {
        let (agreeing, contradicting) = self.counts();
        let contradicting = contradicting + doubts;
        self.agrees(Property::Id) || contradicting == 0 || agreeing + text > contradicting
    }

    /// Whether two entries with the same id are in fact different entries, in which case readers would hide the new
    /// one: the entries contradict each other in at least three properties, and the titles do not agree. An edit
    /// changes fewer properties.
    pub fn is_different(&self) -> bool {
        let (_, contradicting) = self.counts();
        contradicting >= 3 && !self.agrees(Property::Title)
    }

    /// In how many properties, not counting the declared id, the two entries contradict each other.
    pub fn contradicting(&self) -> i32 {
        self.counts().1
    }

    /// Whether the titles agree, but neither the dates nor the links.
    pub fn agrees_only_in_title(&self) -> bool {
        self.counts().0 == 1 && self.agrees(Property::Title)
    }

    /// How much each agreeing property adds to the [`score`](Self::score).
    pub const SCORE_OF_PROPERTY: i32 = 2;

    /// How well the two entries match. Higher is better; the declared id is decisive, and of the other properties,
    /// distinctive text counts most.
    pub fn score(&self) -> i32 {
        let (agreeing, contradicting) = self.counts();
        let id = i32::from(self.agrees(Property::Id)) - i32::from(self.contradicts(Property::Id));
        let properties = agreeing + self.text() - contradicting;
        // If two candidates match equally well otherwise, the one with exactly the same date is the right one.
        let refinement = i32::from(self.text() == 2) - i32::from(self.has_near_dates);
        100 * id + Self::SCORE_OF_PROPERTY * properties + refinement
    }
}

/// Whether two values are equal; `None` if one of them is unknown.
fn is_equal<T: PartialEq>(old: &Option<T>, new: &Option<T>) -> Option<bool> {
    let (old, new) = old.as_ref().zip(new.as_ref())?;
    Some(old == new)
}
