#![no_main]
//! Any text as a ledger: what is read is written the same, and read back the same.

use feedwright::ledger::Ledger;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(ledger) = Ledger::parse(text) else { return };
    let written = ledger.to_text();
    let again = Ledger::parse(&written).expect("what was written is read back");
    assert_eq!(written, again.to_text());
});
