//! The recent past of every log, so that a job that starts late still shows it.

use std::collections::{BTreeMap, VecDeque};

use crate::reduce::Sample;

/// Samples kept per log: 160 kB, 17 minutes of the fastest motion axis.
const MAX_SAMPLES: usize = 10_000;

/// Samples by stream, in increasing time.
#[derive(Debug, Default)]
pub(super) struct LogMemory(BTreeMap<usize, VecDeque<Sample>>);

impl LogMemory {
    /// Keeps `sample` if it is newer than the newest of its stream.
    pub(super) fn keep(&mut self, stream: usize, sample: Sample) {
        let samples = self.0.entry(stream).or_default();
        if samples
            .back()
            .is_some_and(|newest| newest.time >= sample.time)
        {
            return;
        }
        if samples.len() == MAX_SAMPLES {
            samples.pop_front();
        }
        samples.push_back(sample);
    }

    /// What is known of a stream, oldest first.
    pub(super) fn of(&self, stream: usize) -> impl Iterator<Item = Sample> {
        self.0.get(&stream).into_iter().flatten().copied()
    }
}
