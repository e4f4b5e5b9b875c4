//! The server's clock as the page knows it: its last reading, carried on by a steady clock of the browser.

use shared::time::TimeNs;

/// The server's time at a moment of the browser's steady clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ServerClock {
    reading: TimeNs,
    at_ms: f64,
}

impl ServerClock {
    /// The server's clock showed `reading` at `at_ms` or shortly before.
    pub(crate) fn new(reading: TimeNs, at_ms: f64) -> Self {
        Self { reading, at_ms }
    }

    /// What the server's clock shows at `now_ms`.
    pub(crate) fn at(self, now_ms: f64) -> TimeNs {
        self.reading.plus(((now_ms - self.at_ms) * 1e6) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reading_is_carried_on() {
        let clock = ServerClock::new(TimeNs(1_700_000_000_000_000_000), 250.0);
        assert_eq!(clock.at(250.0), TimeNs(1_700_000_000_000_000_000));
        assert_eq!(clock.at(1_750.5), TimeNs(1_700_000_001_500_500_000));
    }
}
