//! The lists of words can be searched.

use super::*;

#[test]
fn lists_are_sorted_for_the_search() {
    fn sorted<'a>(names: impl Iterator<Item = &'a str>) {
        let names: Vec<_> = names.collect();
        for pair in names.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
    }
    sorted(crate::time::months::MONTHS.iter().map(|row| row.0));
    sorted(crate::time::weekdays::WEEKDAYS.iter().map(|row| row.0));
    sorted(words::LABELS.iter().map(|row| row.0));
    sorted(words::HALVES.iter().map(|row| row.0));
    sorted(words::ERAS.iter().map(|row| row.0));
    sorted(zone::ZONES.iter().map(|row| row.0));
    for list in [
        words::PARTICLES,
        words::TAILS,
        words::RELATIVE,
        words::PLACEHOLDERS,
        words::HOURS,
        words::MINUTES,
        words::SECONDS,
    ] {
        sorted(list.iter().copied());
    }
}
