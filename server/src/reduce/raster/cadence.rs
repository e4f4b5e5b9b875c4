//! How often a stream speaks and in how many parts, learnt from what came lately.

use std::collections::VecDeque;

/// Differences of time that are remembered.
const RECENT_DIFFS: usize = 32;
/// Differences without which no period is claimed.
const ENOUGH_DIFFS: usize = 3;
/// Numbers of messages per time that are remembered.
const RECENT_PARTS: usize = 8;
/// A longer difference is a pause or a bad time, and no period.
const LONGEST_NS: i64 = 3_600_000_000_000;

/// Estimates the period as the lower quartile of recent positive differences: a missing pulse doubles one
/// difference, and up to three quarters of them may be doubled so. The median would give way at half.
#[derive(Clone, Debug, Default)]
pub(super) struct Cadence {
    diffs_ns: VecDeque<i64>,
    period_ns: Option<i64>,
    parts: VecDeque<u32>,
}

impl Cadence {
    /// Learns from the difference between two times that followed each other.
    pub(super) fn learn_step(&mut self, earlier_ns: i64, later_ns: i64) {
        let step = later_ns.checked_sub(earlier_ns);
        let Some(step) = step.filter(|step| (1..=LONGEST_NS).contains(step)) else {
            return;
        };
        push(&mut self.diffs_ns, step, RECENT_DIFFS);
        if self.diffs_ns.len() >= ENOUGH_DIFFS {
            let mut sorted: Vec<_> = self.diffs_ns.iter().copied().collect();
            let quarter = sorted.len() / 4;
            self.period_ns = Some(*sorted.select_nth_unstable(quarter).1);
        }
    }

    /// Learns that a time that is over came in so many messages.
    pub(super) fn learn_parts(&mut self, messages: u32) {
        push(&mut self.parts, messages, RECENT_PARTS);
    }

    /// Usual distance between messages; none until three distances are known.
    pub(super) fn period_ns(&self) -> Option<i64> {
        self.period_ns
    }

    /// Messages after which a time is taken to be complete: the most that one of the last eight took.
    ///
    /// Where the number varies this waits for the next time rather than tear a pulse apart.
    pub(super) fn usual_parts(&self) -> u32 {
        self.parts.iter().copied().max().unwrap_or(1)
    }
}

fn push<T>(recent: &mut VecDeque<T>, value: T, limit: usize) {
    if recent.len() == limit {
        recent.pop_front();
    }
    recent.push_back(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learn(cadence: &mut Cadence, times: &[i64]) {
        times
            .windows(2)
            .for_each(|pair| cadence.learn_step(pair[0], pair[1]));
    }

    #[test]
    fn missing_pulses_parts_and_bad_times_leave_the_period_alone() {
        let mut cadence = Cadence::default();
        let times = [
            0,
            70,
            70,
            140,
            280,
            350,
            490,
            630,
            i64::MAX,
            i64::MIN,
            700,
            770,
        ];
        learn(&mut cadence, &times);
        assert_eq!(cadence.period_ns(), Some(70));
    }

    #[test]
    fn a_faster_rate_is_learnt_within_9_messages_and_a_slower_one_within_25() {
        let mut cadence = Cadence::default();
        (0..40).for_each(|_| cadence.learn_step(0, 140));
        (0..9).for_each(|_| cadence.learn_step(0, 70));
        assert_eq!(cadence.period_ns(), Some(70));
        (0..40).for_each(|_| cadence.learn_step(0, 70));
        (0..24).for_each(|_| cadence.learn_step(0, 140));
        assert_eq!(cadence.period_ns(), Some(140));
    }

    #[test]
    fn the_usual_parts_are_the_most_of_the_last_eight() {
        let mut cadence = Cadence::default();
        assert_eq!(cadence.usual_parts(), 1);
        for parts in [5, 2, 3, 2] {
            cadence.learn_parts(parts);
        }
        assert_eq!(cadence.usual_parts(), 5);
        (0..6).for_each(|_| cadence.learn_parts(2));
        assert_eq!(cadence.usual_parts(), 3);
    }
}
