//! Turns a panic during the processing of one article into a finding, so that the panic does not end the build.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::finding::{Finding, Location, article as rules};

/// Calls `work`, which processes one article. If `work` panics, returns a finding for the article.
///
/// A panic is a bug, usually in a parser from a library. Until someone fixes the bug, it affects only the article that
/// triggers it, just as a mistake in an article affects only that article.
///
/// This is safe because no other code sees a half-finished result: `work` returns a value, or adds only complete values
/// to the maps and lists that the threads share.
pub(super) fn isolate<T>(work: impl FnOnce() -> T) -> Result<T, Finding> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let message = format!("Feedwright failed to process the article: {}", message(&*panic));
        Finding::new(&rules::INTERNAL_ERROR, Location::file(), message)
            .help("please report this bug and attach the article; to silence the error, exclude the article")
    })
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown reason")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_finding() {
        assert_eq!(isolate(|| 1).unwrap(), 1);
        let text = isolate(|| -> u8 { panic!("index {} out of range", 7) }).unwrap_err();
        assert!(text.message.ends_with("index 7 out of range"), "{}", text.message);
        let str = isolate(|| -> u8 { panic!("no letters") }).unwrap_err();
        assert!(str.message.ends_with("no letters"), "{}", str.message);
    }
}
