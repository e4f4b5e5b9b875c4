//! Counters of the server itself. Sampled by those who look; never a reason to wake anybody.

mod watch;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use shared::status::Status;
use shared::sync::codec::Packet;

use crate::ingest::{SourceReport, SourceStatus};

pub use watch::{News, Watch};

/// What is counted.
#[derive(Debug, Default)]
pub struct Telemetry {
    answers: AtomicU64,
    snapshots: AtomicU64,
    frames: AtomicU64,
    frame_bytes: AtomicU64,
    sources: Mutex<Vec<Arc<SourceStatus>>>,
    /// The newest sample.
    pub sample: Sampled<Status>,
}

/// How long a sample is good enough for everybody who asks.
const SAMPLE_AGE: Duration = Duration::from_secs(1);

/// The newest sample of something. However many ask, it is taken once a second at most.
#[derive(Debug)]
pub struct Sampled<T>(Mutex<Option<(Instant, Arc<T>)>>);

impl<T> Default for Sampled<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Sampled<T> {
    /// The newest sample, at `now`; `take` takes a fresh one if it is older than a second. Who asks meanwhile waits for
    /// the same one.
    pub fn get(&self, now: Instant, take: impl FnOnce() -> T) -> Arc<T> {
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = newest
            .as_ref()
            .filter(|(taken, _)| now.saturating_duration_since(*taken) < SAMPLE_AGE);
        if let Some((_, sample)) = fresh {
            return Arc::clone(sample);
        }
        let sample = Arc::new(take());
        *newest = Some((now, Arc::clone(&sample)));
        sample
    }
}

/// The counters of `sync` since the server started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncCounts {
    /// Answers given.
    pub answers: u64,
    /// Those that were snapshots.
    pub snapshots: u64,
    /// Frames in them.
    pub frames: u64,
    /// Bytes of these frames in the binary form.
    pub frame_bytes: u64,
}

impl Telemetry {
    /// Counts an answer.
    pub fn record_answer(&self, packet: &Packet) {
        self.answers.fetch_add(1, Relaxed);
        self.snapshots
            .fetch_add(u64::from(packet.answer.base.is_none()), Relaxed);
        self.frames
            .fetch_add(packet.answer.frames.len() as u64, Relaxed);
        let bytes: usize = packet.bodies.iter().map(bytes::Bytes::len).sum();
        self.frame_bytes.fetch_add(bytes as u64, Relaxed);
    }

    /// The counters of `sync`.
    pub fn sync(&self) -> SyncCounts {
        SyncCounts {
            answers: self.answers.load(Relaxed),
            snapshots: self.snapshots.load(Relaxed),
            frames: self.frames.load(Relaxed),
            frame_bytes: self.frame_bytes.load(Relaxed),
        }
    }

    /// Shows a source on the status page.
    pub fn add_source(&self, source: Arc<SourceStatus>) {
        self.sources
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(source);
    }

    /// How the sources are doing.
    pub fn sources(&self) -> Vec<SourceReport> {
        let sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        sources.iter().map(|source| source.report()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_taken_once_a_second_at_most() {
        let sampled = Sampled::default();
        let start = Instant::now();
        let mut taken = 0;
        let mut at = |ms| {
            let count = || {
                taken += 1;
                taken
            };
            *sampled.get(start + Duration::from_millis(ms), count)
        };
        assert_eq!([at(0), at(1), at(999)], [1, 1, 1]);
        assert_eq!([at(1_000), at(1_999), at(2_500)], [2, 2, 3]);
        assert_eq!(
            at(2_400),
            3,
            "who read the clock before the newest was taken"
        );
    }
}
