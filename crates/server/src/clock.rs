//! The server's clock.

use jiff::{Timestamp, Zoned};
use sarcoguide_model::PartialDate;

/// The current Unix time, in seconds.
pub(crate) fn now() -> i64 {
    Timestamp::now().as_second()
}

/// Today's date in the server's time zone.
pub(crate) fn today() -> Option<PartialDate> {
    PartialDate::parse(&Zoned::now().date().to_string())
}
