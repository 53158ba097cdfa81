use super::*;

#[test]
fn lists_are_sorted_for_the_search() {
    for list in [sentence::ABBREVIATIONS, clause::BOUNDARIES, clause::LOOSE] {
        for pair in list.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
    }
}
