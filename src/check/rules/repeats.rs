//! Finds strings that occur more than once.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

/// The index of each string that repeats an earlier string, with the index of the first occurrence.
///
/// Two strings count as equal if `fold` returns the same string for both. Sorting the hashes takes half the time and
/// memory of a hash table, and no input can make the sorting slow.
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
        // Only the hashes are compared: among 10,000 different strings, the probability that any two have the same
        // 64-bit hash is only 3 in a trillion.
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
