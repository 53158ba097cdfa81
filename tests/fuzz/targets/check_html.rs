#![no_main]
//! Validates a feed that contains any text as its HTML.

use feedwright::check::{Options, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|html: &str| {
    let html: String = html.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let html = html.replace('&', "&amp;").replace('<', "&lt;");
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:a:b</id><title type=\"html\">{html}</title>\
         <updated>2026-01-01T00:00:00Z</updated><author><name>n</name></author><entry><id>urn:a:c</id><title>t</title>\
         <updated>2026-01-01T00:00:00Z</updated><content type=\"html\">{html}</content></entry></feed>"
    );
    check(atom.as_bytes(), &Options::default());
});
