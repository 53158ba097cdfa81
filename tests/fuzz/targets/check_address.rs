#![no_main]
//! Validates feeds that contain any text as their addresses, ids, languages, media types and e-mail addresses.

use feedwright::check::{Options, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|value: &str| {
    let value: String = value.chars().filter(|c| !c.is_control() && !"<&\"".contains(*c)).collect();
    let rss = format!(
        "<rss version=\"2.0\"><channel><title>t</title><link>{value}</link><description>d</description>\
         <language>{value}</language><webMaster>{value}</webMaster><item><title>t</title><guid>{value}</guid>\
         <enclosure url=\"{value}\" length=\"{value}\" type=\"{value}\"/></item></channel></rss>"
    );
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"{value}\" xml:lang=\"{value}\"><id>{value}</id>\
         <title>t</title><updated>2026-01-01T00:00:00Z</updated><link href=\"{value}\" type=\"{value}\"/>\
         <author><name>n</name><email>{value}</email><uri>{value}</uri></author></feed>"
    );
    check(rss.as_bytes(), &Options::default());
    check(atom.as_bytes(), &Options::default());
});
