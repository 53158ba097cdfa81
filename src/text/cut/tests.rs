use super::*;

#[test]
fn word_lists_are_sorted() {
    for list in [sentence::ABBREVIATIONS, clause::BOUNDARIES, clause::CONNECTING_WORDS] {
        for pair in list.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
    }
}
