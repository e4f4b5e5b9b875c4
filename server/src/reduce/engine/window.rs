//! Which span of data time a job's results cover.

use shared::time::{TimeInterval, TimeNs};

use crate::reduce::Span;

/// Remembers where a job's last window ended.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WindowClock {
    start: Option<TimeNs>,
    last_end: Option<TimeNs>,
    /// Distance of the last two results, in ns.
    usual_ns: i64,
}

/// Longer than this many slots, and than that many usual distances, is a silence.
const SILENT_SLOTS: i64 = 5;
const SILENT_DISTANCES: i64 = 3;

impl WindowClock {
    /// The spans of results published at the end of `slot`.
    ///
    /// A window goes back to the job's previous results, so that counts of a stream slower than the slots
    /// divide by the time they were collected in. After a silence it covers the slot alone: nobody knows
    /// what happened before, and a rate must not be thinned out by it.
    pub(super) fn span(&mut self, slot: TimeInterval) -> Span {
        let slot_ns = slot.end.since(slot.start);
        let mut window = slot;
        if let Some(last_end) = self.last_end.filter(|last| *last < slot.end) {
            let distance = slot.end.since(last_end);
            let patience = SILENT_SLOTS
                .saturating_mul(slot_ns)
                .max(SILENT_DISTANCES.saturating_mul(self.usual_ns));
            if distance <= patience {
                window.start = last_end;
            }
            self.usual_ns = distance;
        }
        let start = self
            .start
            .map_or(window.start, |start| start.min(window.start));
        self.start = Some(start);
        self.last_end = Some(slot.end);
        let end = slot.end;
        Span {
            window,
            since_start: TimeInterval { start, end },
        }
    }

    /// The clock of the data was set back: the next window begins with its slot, whatever was published before.
    pub(super) fn rewind(&mut self) {
        self.last_end = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows(slots: &[i64]) -> Vec<(i64, i64)> {
        let mut clock = WindowClock::default();
        let interval = |n: i64| TimeInterval {
            start: TimeNs(n * 10),
            end: TimeNs(n * 10 + 10),
        };
        let window = |slot: &i64| clock.span(interval(*slot)).window;
        let pair = |w: TimeInterval| (w.start.0, w.end.0);
        slots.iter().map(window).map(pair).collect()
    }

    #[test]
    fn windows_follow_each_other() {
        assert_eq!(windows(&[0, 1, 2]), [(0, 10), (10, 20), (20, 30)]);
        assert_eq!(windows(&[0, 3, 6]), [(0, 10), (10, 40), (40, 70)]);
    }

    #[test]
    fn a_silence_does_not_thin_out_what_comes_after() {
        assert_eq!(
            windows(&[0, 1, 100, 101])[2..],
            [(1000, 1010), (1010, 1020)]
        );
    }

    #[test]
    fn a_very_slow_stream_is_not_taken_for_a_silent_one_twice() {
        assert_eq!(
            windows(&[0, 20, 40, 60])[1..],
            [(200, 210), (210, 410), (410, 610)]
        );
    }

    #[test]
    fn a_window_after_a_rewind_does_not_reach_back_before_its_slot() {
        let mut clock = WindowClock::default();
        let slot = |start| TimeInterval {
            start: TimeNs(start),
            end: TimeNs(start + 10),
        };
        clock.span(slot(100));
        clock.rewind();
        assert_eq!(clock.span(slot(120)).window, slot(120));
        assert_eq!(clock.span(slot(140)).window.start, TimeNs(130));
    }

    #[test]
    fn a_clock_set_back_moves_the_start() {
        let mut clock = WindowClock::default();
        let slot = |start| TimeInterval {
            start: TimeNs(start),
            end: TimeNs(start + 10),
        };
        clock.span(slot(100));
        let span = clock.span(slot(50));
        assert_eq!(span.window, slot(50));
        assert_eq!(span.since_start.start, TimeNs(50));
    }
}
