//! Finds strings that occur more than once.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

/// The index of each string that occurred before, with the index of its first occurrence.
///
/// `fold` maps strings that are considered equal to the same string. Sorting hashes takes half the time and memory of a
/// hash table, and no input can make it slow.
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
        // The strings themselves are not compared, because two of 10,000 different strings have the same 64-bit hash
        // with a probability of only 3 in a trillion.
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
    fn each_repetition_comes_with_its_first_occurrence() {
        let texts = ["a", "b", "A", "a", "b", "c", "a"];
        let found = repeats(texts.into_iter(), Cow::Borrowed);
        assert_eq!(found, [(3, 0), (4, 1), (6, 0)]);
        let folded = repeats(texts.into_iter(), |text| Cow::Owned(text.to_lowercase()));
        assert_eq!(folded, [(2, 0), (3, 0), (4, 1), (6, 0)]);
    }
}
