#![no_main]
//! Parses any text as a date and searches it for dates. Parsing must be deterministic, and the ranges of the dates that
//! are found must be valid, in order and without overlaps.

use feedwright::time::written::{DateContext, DateOrder, date_in_path, find, parse, proven_order};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
        let context = DateContext { language: None, order };
        let first = parse(text, &context);
        assert_eq!(first, parse(text, &context));
        let mut end = 0;
        for found in find(text, &context) {
            assert!(found.range.start >= end && text.get(found.range.clone()).is_some());
            end = found.range.end;
        }
    }
    proven_order(text);
    date_in_path(text);
});
