//! Rejects doubtful matches, in which little connects an article with a record except the path or a value that several
//! records share.

use super::{ArticleProperties, Records};
use crate::{
    identity::{Assignment, Candidate, Evidence, Properties, Property},
    ledger::Record,
};

impl<'l> Records<'l, '_> {
    /// Releases a record that was assigned to an article only because of the path, in two cases:
    ///
    /// - Another article, which has no record or was also assigned one only because of its path, has the record's title
    ///   or text and fits the record better. That article may be the old one under a new path, or both articles may be
    ///   new, so neither of them gets the record's id.
    /// - No feed still contains the entry, and at least two of the article's properties contradict the record: somebody
    ///   wrote a new article at the path of an old one. A title that was derived from the text does not count as a
    ///   property of its own. If the record was rebuilt from a feed, one contradiction is enough.
    pub(super) fn release_doubtful(
        &self,
        assignment: &mut Assignment,
        articles: &[ArticleProperties<'_>],
        open: &[usize],
        records: &[(&'l str, &'l Record)],
        shift: i64,
    ) {
        let only_place = std::mem::take(&mut assignment.only_place);
        for new in only_place.iter().copied() {
            let Some((_, record)) = assignment.old_by_new.get(&new).and_then(|old| records.get(*old)) else {
                continue;
            };
            let old = self.properties_of(record);
            let evidence = |at: usize| {
                let article = articles.get(at)?;
                let new = self.properties(article, self.text(article, 1));
                Some(Evidence::new(&old, &new, shift))
            };
            let Some(own) = evidence(new) else { continue };
            // If neither changes, a link in front matter proves no more than the path, as in `latest.md` with
            // `link: /latest/`.
            if own.agrees(Property::Title) || own.agrees(Property::Date) {
                continue;
            }
            // A title that was derived from the text changes with the text, so the two count as one property. A record
            // that was rebuilt from a feed has no text to compare, so one contradiction is enough.
            let is_title_of_text = articles.get(new).is_some_and(|article| article.is_title_derived);
            let doubts = own.contradicting() - i32::from(is_title_of_text);
            if !record.is_in_any_feed() && doubts >= if record.fingerprint == 0 { 1 } else { 2 } {
                assignment.old_by_new.remove(&new);
                continue;
            }
            let is_alike = |at: &&usize| {
                let evidence = evidence(**at);
                let is_alike = |it: &Evidence| it.agrees(Property::Title) || it.agrees(Property::Text);
                evidence.is_some_and(|it| is_alike(&it) && it.score() > own.without(Property::Link).score())
            };
            // Two files may have swapped their names.
            let is_unsure =
                |at: &&usize| **at != new && (!assignment.old_by_new.contains_key(at) || only_place.contains(at));
            let alike: Vec<usize> = open.iter().filter(is_unsure).filter(is_alike).copied().collect();
            if !alike.is_empty() {
                assignment.old_by_new.remove(&new);
                assignment.tied.extend(alike);
                assignment.tied.insert(new);
            }
        }
    }

    /// Whether an article at the path of an entry that has left the feeds is the next article of a daily column: if the
    /// dates differ, boilerplate and a title such as "Menu of the day" do not show that the article is the old one.
    pub(super) fn is_next_of_column(&self, candidate: &Candidate, record: &Record) -> bool {
        let evidence = &candidate.evidence;
        let has_other_date = evidence.contradicts(Property::Date) && !evidence.agrees(Property::Id);
        let is_doubtful = has_other_date && evidence.agrees_only_in_title() && !evidence.is_certainly_same_in_place();
        is_doubtful && !record.is_in_any_feed() && self.is_repeated(&self.properties_of(record).title)
    }

    /// Removes a link to another site from the evidence if several records have the same link: all episodes of a podcast
    /// may link to the podcast's page. No two entries have the same address on the site itself.
    pub(super) fn without_repeated_link(&self, candidate: Candidate, record: &Record) -> Candidate {
        fn link(record: &Record) -> Option<&str> {
            Some(&record.last_published.as_ref()?.link)
        }
        let is_elsewhere = || link(record).is_some_and(|link| self.addresses.is_elsewhere(link));
        let is_repeated = candidate.evidence.agrees(Property::Link) && is_elsewhere() && {
            let records = self.ledger.records.values();
            records.filter(|other| link(other) == link(record)).take(2).count() > 1
        };
        match is_repeated {
            true => Candidate {
                evidence: candidate.evidence.without(Property::Link),
                ..candidate
            },
            false => candidate,
        }
    }

    /// Whether several records have this title.
    fn is_repeated(&self, title: &Option<String>) -> bool {
        let last = self
            .ledger
            .records
            .values()
            .filter_map(|record| record.last_published.as_ref());
        last.filter(|last| Properties::title(&last.title) == *title)
            .take(2)
            .count()
            > 1
    }
}
