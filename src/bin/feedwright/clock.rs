//! The current time. No other code reads the clock, so `--now` and `SOURCE_DATE_EPOCH` make builds reproducible.

use std::time::{SystemTime, UNIX_EPOCH};

use feedwright::{Error, time::Timestamp};

use crate::{args::Clock, configuration::usage_error};

impl Clock {
    /// Reads `--now`, `SOURCE_DATE_EPOCH` (reproducible-builds.org) or the system clock, in this order of precedence.
    pub(crate) fn read(&self) -> Result<Timestamp, Error> {
        if let Some(now) = self.now {
            return Ok(now);
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "this is where the program reads its environment"
        )]
        let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().filter(|text| !text.is_empty());
        let Some(epoch) = epoch else { return system_time() };
        let instant = epoch.parse().ok().and_then(Timestamp::from_unix);
        instant.ok_or_else(|| {
            let help = "set it to the number of seconds since 1970, such as 1767225600, or unset it";
            usage_error(
                format!("`SOURCE_DATE_EPOCH` is `{epoch}`, which is not a valid time"),
                help,
            )
        })
    }
}

fn system_time() -> Result<Timestamp, Error> {
    #[expect(clippy::disallowed_methods, reason = "this is where the program reads the clock")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.ok().and_then(|since| i64::try_from(since.as_secs()).ok());
    seconds.and_then(Timestamp::from_unix).ok_or_else(|| {
        usage_error(
            "the system clock is set to a time before 1970",
            "set the clock, or use `--now`",
        )
    })
}
