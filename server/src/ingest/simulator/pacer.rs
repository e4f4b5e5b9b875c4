//! Which pulses are due. Exact in the long run: a late poll gets all it missed, up to a limit.

use std::ops::Range;

use super::pulse::PulseGrid;

/// A pause longer than this, in ns, is not made up for: nobody wants an old flood.
const MAX_CATCH_UP_NS: i64 = 2_000_000_000;

/// Counts out the pulses of a run.
#[derive(Clone, Debug)]
pub struct Pacer {
    grid: PulseGrid,
    start_ns: i64,
    end: u64,
    next: u64,
    skipped: u64,
}

impl Pacer {
    pub(super) fn new(grid: PulseGrid, start_ns: i64, pulses: Option<u64>) -> Self {
        Self {
            grid,
            start_ns,
            end: pulses.unwrap_or(u64::MAX),
            next: 0,
            skipped: 0,
        }
    }

    /// The pulses that have become due at `now_ns`; each is returned once, those of the last two
    /// seconds always, older ones are skipped.
    pub fn due(&mut self, now_ns: i64) -> Range<u64> {
        let end = self.grid.count(now_ns, self.start_ns).min(self.end);
        let oldest_ns = now_ns.saturating_sub(MAX_CATCH_UP_NS);
        let oldest = self.grid.count(oldest_ns, self.start_ns).min(end);
        let start = self.next.max(oldest);
        self.skipped += start - self.next;
        self.next = self.next.max(end);
        start..self.next
    }

    /// When the run began, in ns since the Unix epoch.
    pub fn start_ns(&self) -> i64 {
        self.start_ns
    }

    /// When the next pulse will be due, in ns since the Unix epoch; `None` after the last one.
    pub fn next_ns(&self) -> Option<i64> {
        (self.next < self.end).then(|| self.grid.time_ns(self.next, self.start_ns))
    }

    /// Pulses that were skipped since the start.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pacer(pulses: Option<u64>) -> Pacer {
        Pacer::new(PulseGrid::new(14.0), 1_000, pulses)
    }

    #[test]
    fn a_late_poll_gets_all_it_missed() {
        let mut pacer = pacer(None);
        assert_eq!(pacer.due(0), 0..0);
        assert_eq!(pacer.due(1_000), 0..1);
        assert_eq!(pacer.due(1_000), 1..1);
        assert_eq!(pacer.due(1_000_001_000), 1..15);
        assert_eq!(pacer.next_ns(), Some(1_000 + 1_071_428_571));
    }

    #[test]
    fn a_long_pause_costs_all_but_two_seconds() {
        let mut pacer = pacer(None);
        let due = pacer.due(1_000 + 100_000_000_000);
        assert_eq!(due, 1373..1401);
        assert_eq!(pacer.skipped(), 1373);
    }

    #[test]
    fn a_run_ends_after_its_pulses() {
        let mut pacer = pacer(Some(3));
        assert_eq!(pacer.due(1_000_000_000), 0..3);
        assert_eq!(pacer.next_ns(), None);
        assert_eq!(pacer.due(2_000_000_000), 3..3);
    }

    proptest! {
        #[test]
        fn every_pulse_is_due_once_or_counted_as_skipped(
            steps in proptest::collection::vec(-1_000_000..3_000_000_000_i64, 1..50),
        ) {
            let mut pacer = pacer(None);
            let (mut now_ns, mut next, mut seen) = (0, 0, 0);
            for step in steps {
                now_ns += step;
                let due = pacer.due(now_ns);
                prop_assert!(due.start >= next);
                seen += due.end - due.start;
                next = due.end;
                prop_assert_eq!(seen + pacer.skipped(), next);
            }
        }
    }
}
