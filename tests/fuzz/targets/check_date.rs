#![no_main]
//! Validates feeds that contain any text as their dates.

use feedwright::check::{Options, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|date: &str| {
    let date: String = date.chars().filter(|c| !c.is_control() && !"<&".contains(*c)).collect();
    let rss = format!(
        "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>t</title>\
         <link>https://wrenmouth.example/</link><description>d</description><lastBuildDate>{date}</lastBuildDate>\
         <item><title>t</title><pubDate>{date}</pubDate><dc:date>{date}</dc:date></item></channel></rss>"
    );
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:a:b</id><title>t</title><updated>{date}</updated>\
         <entry><id>urn:a:c</id><title>t</title><updated>{date}</updated><published>{date}</published></entry></feed>"
    );
    let options = Options {
        now: Some(1_800_000_000),
        ..Options::default()
    };
    check(rss.as_bytes(), &options);
    check(atom.as_bytes(), &options);
});
