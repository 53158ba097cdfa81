//! Checks that the word lists are sorted, because binary search requires sorted lists.

use super::*;

#[test]
fn word_lists_are_sorted() {
    fn assert_sorted<'a>(names: impl Iterator<Item = &'a str>) {
        let names: Vec<_> = names.collect();
        for pair in names.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
    }
    assert_sorted(crate::time::months::MONTHS.iter().map(|row| row.0));
    assert_sorted(crate::time::weekdays::WEEKDAYS.iter().map(|row| row.0));
    assert_sorted(words::LABELS.iter().map(|row| row.0));
    assert_sorted(words::DAY_HALVES.iter().map(|row| row.0));
    assert_sorted(words::ERAS.iter().map(|row| row.0));
    assert_sorted(zone::ZONES.iter().map(|row| row.0));
    for list in [
        words::PARTICLES,
        words::STARTS_OF_TAIL,
        words::RELATIVE,
        words::PLACEHOLDERS,
        words::HOURS,
        words::MINUTES,
        words::SECONDS,
    ] {
        assert_sorted(list.iter().copied());
    }
}
