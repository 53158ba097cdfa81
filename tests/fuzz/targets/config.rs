#![no_main]
//! Parses any text as a configuration file.

use std::path::Path;

use feedwright::config::Config;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = Config::from_text(text, Path::new("feedwright.yaml"), Path::new(""));
});
