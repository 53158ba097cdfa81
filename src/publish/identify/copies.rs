//! Finds articles that are copies of other articles.
//!
//! Some programs rename a file by copying it first and deleting the original later, and a build may run in between. If
//! that build published the copy, the copy would get a new id, and would keep it after the original is deleted.

use std::collections::BTreeMap;

use super::{ArticleProperties, Records};
use crate::{
    article::TextLength,
    identity::{Evidence, Properties, Property, Text},
};

impl Records<'_, '_> {
    /// Maps the index of each copy to that of its original. `has_record` returns whether an article has a record; such
    /// an article is never a copy. Of several new articles that are copies of each other, the first is the original.
    pub(crate) fn copies(
        &self,
        articles: &[ArticleProperties<'_>],
        has_record: impl Fn(usize) -> bool,
    ) -> BTreeMap<usize, usize> {
        // In most builds, no article is new.
        let new = (0..articles.len()).filter(|at| !has_record(*at) && articles[*at].length != TextLength::Empty);
        let mut groups: BTreeMap<u128, Vec<usize>> = new.map(|at| (articles[at].fingerprint, Vec::new())).collect();
        if groups.is_empty() {
            return BTreeMap::new();
        }
        for (at, article) in articles.iter().enumerate() {
            if let Some(group) = groups.get_mut(&article.fingerprint) {
                group.push(at);
            }
        }
        let mut copies = BTreeMap::new();
        for mut group in groups.into_values() {
            group.sort_by_key(|at| (!has_record(*at), *at));
            for (number, at) in group.iter().enumerate().filter(|(_, at)| !has_record(**at)) {
                let original = group[..number]
                    .iter()
                    .find(|original| self.is_copy(&articles[**original], &articles[*at]));
                copies.extend(original.map(|original| (*at, *original)));
            }
        }
        copies
    }

    /// Whether two articles with the same text are one article at two paths.
    fn is_copy(&self, original: &ArticleProperties<'_>, copy: &ArticleProperties<'_>) -> bool {
        let properties = |article| self.properties(article, Some(Text::Repeated(copy.fingerprint)));
        let (original, new): (Properties<'_>, Properties<'_>) = (properties(original), properties(copy));
        let evidence = Evidence::new(&original, &new, 0);
        let has_same = |property| evidence.agrees(property);
        // Two different articles may have the same short text, even with the same title and date.
        let is_certain = match copy.length {
            TextLength::Long => true,
            TextLength::Medium => has_same(Property::Title) && has_same(Property::Date),
            TextLength::Short | TextLength::Empty => false,
        };
        is_certain && original.link == new.link && original.id == new.id && evidence.contradicting() == 0
    }
}
