//! Which times a message may carry.

use super::WireError;

/// 2200-01-01T00:00:00Z in ns since the Unix epoch: the first time that is refused.
pub const TIME_END_NS: i64 = 7_258_118_400_000_000_000;

/// Passes `ns` through if it lies in 1970-01-01 to 2200-01-01 (exclusive).
///
/// A single time far in the future would otherwise end every window and batch that follows it.
pub const fn checked_time_ns(ns: i64) -> Result<i64, WireError> {
    if ns >= 0 && ns < TIME_END_NS {
        Ok(ns)
    } else {
        Err(WireError::Timestamp { ns })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_are_1970_and_2200() {
        assert_eq!(checked_time_ns(0), Ok(0));
        assert_eq!(checked_time_ns(TIME_END_NS - 1), Ok(TIME_END_NS - 1));
        assert_eq!(checked_time_ns(-1), Err(WireError::Timestamp { ns: -1 }));
        assert_eq!(
            checked_time_ns(TIME_END_NS),
            Err(WireError::Timestamp { ns: TIME_END_NS })
        );
        let days = i64::from(230 * 365 + 55 + 1);
        assert_eq!(TIME_END_NS, days * 86_400 * 1_000_000_000);
    }
}
