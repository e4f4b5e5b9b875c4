//! The pace of one stream: how far apart its messages are and how many share a time.

use shared::time::TimeNs;

/// Recent differences of time, and messages per time, that are looked at.
const RECENT: usize = 15;
const RECENT_COUNTS: usize = 8;
/// Differences without which nothing is said about the period.
const ENOUGH: usize = 3;

/// What is known about when the next message of a stream is due.
#[derive(Clone, Debug, Default)]
pub(super) struct StreamClock {
    newest: Option<TimeNs>,
    /// Messages with the newest time so far; producers may split a pulse.
    with_newest: u32,
    diffs: Ring<i64, RECENT>,
    counts: Ring<u32, RECENT_COUNTS>,
    period_ns: Option<i64>,
    /// A message beyond the open slot came.
    pub(super) passed: bool,
    in_slot: bool,
    /// Closed slots since the last message.
    pub(super) absent_slots: u32,
}

impl StreamClock {
    /// A message that was placed into the open slot.
    pub(super) fn saw(&mut self, time: TimeNs) {
        self.in_slot = true;
        match self.newest {
            Some(newest) if time < newest => {}
            Some(newest) if time == newest => self.with_newest += 1,
            newest => {
                if let Some(newest) = newest {
                    self.diffs.push(time.since(newest));
                    self.counts.push(self.with_newest);
                    self.period_ns = (self.diffs.len() >= ENOUGH).then(|| self.diffs.median());
                }
                self.newest = Some(time);
                self.with_newest = 1;
            }
        }
    }

    /// Median distance of recent times; none until a few are known.
    pub(super) fn period_ns(&self) -> Option<i64> {
        self.period_ns
    }

    /// Time of the newest message.
    pub(super) fn newest(&self) -> TimeNs {
        self.newest.unwrap_or_default()
    }

    /// Whether no further message before `end` is due.
    pub(super) fn is_done(&self, end: TimeNs) -> bool {
        if self.passed {
            return true;
        }
        let (Some(newest), Some(period)) = (self.newest, self.period_ns) else {
            return false;
        };
        let whole = self.with_newest >= self.counts.max();
        whole && newest.plus(period) >= end.plus(-period / 4)
    }

    /// The open slot ends.
    pub(super) fn close_slot(&mut self) {
        self.absent_slots = if self.in_slot {
            0
        } else {
            self.absent_slots + 1
        };
        self.in_slot = false;
        self.passed = false;
    }
}

/// The last `N` values.
#[derive(Clone, Debug)]
struct Ring<T, const N: usize> {
    values: [T; N],
    pushed: usize,
}

impl<T: Copy + Default, const N: usize> Default for Ring<T, N> {
    fn default() -> Self {
        Self {
            values: [T::default(); N],
            pushed: 0,
        }
    }
}

impl<T: Copy + Default + Ord, const N: usize> Ring<T, N> {
    fn push(&mut self, value: T) {
        self.values[self.pushed % N] = value;
        self.pushed += 1;
    }

    fn len(&self) -> usize {
        self.pushed.min(N)
    }

    fn max(&self) -> T {
        self.values[..self.len()]
            .iter()
            .copied()
            .max()
            .unwrap_or_default()
    }

    fn median(&self) -> T {
        let mut sorted = self.values;
        let sorted = &mut sorted[..self.len()];
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_pulse_and_an_outlier_leave_the_period_alone() {
        let mut clock = StreamClock::default();
        for time in [0, 10, 20, 30, 50, 60, 5000, 5010, 5020] {
            clock.saw(TimeNs(time));
        }
        assert_eq!(clock.period_ns(), Some(10));
    }

    #[test]
    fn a_split_pulse_is_done_when_all_parts_are_there() {
        let mut clock = StreamClock::default();
        for time in [0, 10, 20, 30] {
            clock.saw(TimeNs(time));
            clock.saw(TimeNs(time));
        }
        clock.saw(TimeNs(40));
        assert!(!clock.is_done(TimeNs(45)));
        clock.saw(TimeNs(40));
        assert!(clock.is_done(TimeNs(45)));
        assert!(!clock.is_done(TimeNs(55)));
    }
}
