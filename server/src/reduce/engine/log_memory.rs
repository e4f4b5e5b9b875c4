//! The recent past of every log, and the order of its values: what is not newer than the newest is left out.

use std::collections::{BTreeMap, VecDeque};

use crate::reduce::Sample;

/// Samples kept per log: 160 kB, 17 minutes of the fastest motion axis.
const MAX_SAMPLES: usize = 10_000;
/// Values older than the newest, in order among themselves, that show a wrong newest or a clock set back.
const SET_BACK: usize = 3;

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// It is the newest.
    New,
    /// The newest once more, as forwarders send it.
    Repeated,
    /// Another value at the time of the newest: left out.
    Contradicting,
    /// Older than the newest: left out, unless more of its kind follow.
    Older,
    /// The last of several that go on from an older time: the past now ends with them, and what was newer is
    /// forgotten.
    SetBack,
}

/// Samples by stream, in increasing time.
#[derive(Debug, Default)]
pub(super) struct LogMemory(BTreeMap<usize, Log>);

#[derive(Debug, Default)]
struct Log {
    samples: VecDeque<Sample>,
    /// The last values that were older than the newest, in increasing time.
    older: Vec<Sample>,
}

impl LogMemory {
    /// Takes the next value of a stream.
    pub(super) fn keep(&mut self, stream: usize, sample: Sample) -> Kept {
        self.0.entry(stream).or_default().keep(sample)
    }

    /// What is known of a stream, oldest first.
    pub(super) fn of(&self, stream: usize) -> impl Iterator<Item = Sample> {
        let samples = self.0.get(&stream).map(|log| &log.samples);
        samples.into_iter().flatten().copied()
    }
}

impl Log {
    fn keep(&mut self, sample: Sample) -> Kept {
        let newest = self.samples.back().copied();
        match newest {
            Some(newest) if sample.time < newest.time => return self.keep_older(sample),
            Some(newest) if sample.time == newest.time => {
                return if sample.value.to_bits() == newest.value.to_bits() {
                    Kept::Repeated
                } else {
                    Kept::Contradicting
                };
            }
            _ => {}
        }
        self.older.clear();
        self.push(sample);
        Kept::New
    }

    fn keep_older(&mut self, sample: Sample) -> Kept {
        match self.older.last() {
            Some(last) if last.time == sample.time => return Kept::Older,
            Some(last) if last.time > sample.time => self.older.clear(),
            _ => {}
        }
        self.older.push(sample);
        if self.older.len() < SET_BACK {
            return Kept::Older;
        }
        let older = std::mem::take(&mut self.older);
        let kept = self.samples.partition_point(|it| it.time < older[0].time);
        self.samples.truncate(kept);
        for sample in older {
            self.push(sample);
        }
        Kept::SetBack
    }

    fn push(&mut self, sample: Sample) {
        if self.samples.len() == MAX_SAMPLES {
            self.samples.pop_front();
        }
        self.samples.push_back(sample);
    }
}

#[cfg(test)]
mod tests {
    use shared::time::TimeNs;

    use super::Kept::{Contradicting, New, Older, Repeated, SetBack};
    use super::*;

    fn keep(memory: &mut LogMemory, time: i64, value: f64) -> Kept {
        let time = TimeNs(time);
        memory.keep(7, Sample { time, value })
    }

    fn times(memory: &LogMemory) -> Vec<i64> {
        memory.of(7).map(|sample| sample.time.0).collect()
    }

    #[test]
    fn repeated_and_older_values_are_told_apart_and_left_out() {
        let mut memory = LogMemory::default();
        let kept: Vec<_> = [
            (10, 1.0),
            (20, 2.0),
            (20, 2.0),
            (15, 9.0),
            (20, 7.0),
            (30, 3.0),
        ]
        .map(|(time, value)| keep(&mut memory, time, value))
        .into();
        assert_eq!(kept, [New, New, Repeated, Older, Contradicting, New]);
        assert_eq!(times(&memory), [10, 20, 30]);
        assert_eq!(memory.of(8).count(), 0);
    }

    #[test]
    fn one_value_from_the_future_is_forgotten_after_three_that_disagree() {
        let mut memory = LogMemory::default();
        for time in [10, 20, 1_000] {
            keep(&mut memory, time, 0.0);
        }
        assert_eq!(keep(&mut memory, 30, 0.0), Older);
        assert_eq!(
            keep(&mut memory, 30, 0.0),
            Older,
            "a repetition says nothing new"
        );
        assert_eq!(keep(&mut memory, 40, 0.0), Older);
        assert_eq!(keep(&mut memory, 50, 0.0), SetBack);
        assert_eq!(times(&memory), [10, 20, 30, 40, 50]);
        assert_eq!(keep(&mut memory, 60, 0.0), New);
    }

    #[test]
    fn values_in_disorder_set_nothing_back() {
        let mut memory = LogMemory::default();
        keep(&mut memory, 100, 0.0);
        for time in [90, 80, 70, 75, 60] {
            assert_eq!(keep(&mut memory, time, 0.0), Older);
        }
        assert_eq!(keep(&mut memory, 110, 0.0), New);
        for time in [90, 95] {
            assert_eq!(keep(&mut memory, time, 0.0), Older, "counted anew");
        }
        assert_eq!(times(&memory), [100, 110]);
    }

    #[test]
    fn the_oldest_go_first() {
        let mut memory = LogMemory::default();
        for time in 0..MAX_SAMPLES as i64 + 5 {
            keep(&mut memory, time, 0.0);
        }
        assert_eq!(memory.of(7).count(), MAX_SAMPLES);
        assert_eq!(times(&memory)[0], 5);
    }
}
