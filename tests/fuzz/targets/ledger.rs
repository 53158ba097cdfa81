#![no_main]
//! Parses any text as a ledger. A ledger that parses must survive a round trip through its text unchanged.

use feedwright::ledger::Ledger;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(ledger) = Ledger::parse(text) else { return };
    let written = ledger.to_text();
    let again = Ledger::parse(&written).expect("a written ledger parses");
    assert_eq!(written, again.to_text());
});
