//! The present: the only place that reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use feedwright::{Error, time::Timestamp};

use crate::{args::Clock, configuration::refused};

impl Clock {
    /// `--now`, or else `SOURCE_DATE_EPOCH` (reproducible-builds.org), or else the clock.
    pub(crate) fn read(&self) -> Result<Timestamp, Error> {
        if let Some(now) = self.now {
            return Ok(now);
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "this is where the program reads its environment"
        )]
        let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().filter(|text| !text.is_empty());
        let Some(epoch) = epoch else { return today() };
        let instant = epoch.parse().ok().and_then(Timestamp::from_unix);
        instant.ok_or_else(|| {
            let help = "it holds seconds since 1970, such as 1767225600";
            refused(format!("`SOURCE_DATE_EPOCH` is `{epoch}`"), help)
        })
    }
}

fn today() -> Result<Timestamp, Error> {
    #[expect(clippy::disallowed_methods, reason = "this is where the program reads its clock")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.ok().and_then(|since| i64::try_from(since.as_secs()).ok());
    seconds
        .and_then(Timestamp::from_unix)
        .ok_or_else(|| refused("the clock of this machine is wrong", "set it, or give `--now`"))
}
