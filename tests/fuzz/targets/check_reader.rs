#![no_main]
//! Validates any bytes. Nothing may panic, and the location of each finding must be inside the document.

use feedwright::check::{Options, Profile, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for profile in [Profile::Feedwright, Profile::W3c] {
        let options = Options {
            now: Some(1_800_000_000),
            profile,
            ..Options::default()
        };
        let report = check(bytes, &options);
        let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
        for finding in &report.findings {
            let line = finding.location.line;
            assert!(line as usize <= lines, "{finding:?} in {lines} lines");
        }
    }
});
