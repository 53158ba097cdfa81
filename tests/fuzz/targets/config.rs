#![no_main]
//! Any text as a configuration.

use std::path::Path;

use feedwright::config::Config;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = Config::from_text(text, Path::new("feedwright.yaml"), Path::new(""));
});
