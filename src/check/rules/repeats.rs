//! Which of many texts are there more than once.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

/// The number of each text that was there before, and that of the first one like it.
///
/// Hashes are sorted rather than kept in a table: no input makes that slow, and it takes half the time and memory.
pub(super) fn repeats<'t>(
    texts: impl Iterator<Item = &'t str>,
    fold: impl Fn(&'t str) -> Cow<'t, str>,
) -> Vec<(usize, usize)> {
    let mut hashes: Vec<(u64, usize)> = texts
        .enumerate()
        .map(|(number, text)| (xxh3_64(fold(text).as_bytes()), number))
        .collect();
    hashes.sort_unstable();
    let mut found: Vec<(usize, usize)> = hashes
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|group| group.len() > 1)
        .flat_map(|group| group[1..].iter().map(|&(_, number)| (number, group[0].1)))
        .collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_repetition_is_found_with_the_first() {
        let texts = ["a", "b", "A", "a", "b", "c", "a"];
        let found = repeats(texts.into_iter(), Cow::Borrowed);
        assert_eq!(found, [(3, 0), (4, 1), (6, 0)]);
        let folded = repeats(texts.into_iter(), |text| Cow::Owned(text.to_lowercase()));
        assert_eq!(folded, [(2, 0), (3, 0), (4, 1), (6, 0)]);
    }
}
