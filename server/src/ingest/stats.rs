//! What is counted per stream and per topic. Written by sources and jobs, read by the status page.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

/// Errors by their short stable name. Rare, so a lock is cheap enough.
#[derive(Debug, Default)]
pub struct Counters(Mutex<BTreeMap<&'static str, u64>>);

impl Counters {
    /// Adds one to `kind`.
    pub fn add(&self, kind: &'static str) {
        *self.lock().entry(kind).or_default() += 1;
    }

    /// Adds `count` to `kind`; nothing if it is zero.
    pub fn add_many(&self, kind: &'static str, count: u64) {
        if count > 0 {
            *self.lock().entry(kind).or_default() += count;
        }
    }

    /// All counts, by name.
    pub fn snapshot(&self) -> BTreeMap<&'static str, u64> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'static str, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Telemetry of one stream.
#[derive(Debug)]
pub struct StreamStats {
    messages: AtomicU64,
    bytes: AtomicU64,
    dropped_messages: AtomicU64,
    dropped_bytes: AtomicU64,
    misplaced: AtomicU64,
    last_data_ns: AtomicI64,
    last_arrival_ns: AtomicI64,
    last_reduced_ns: AtomicI64,
    /// Messages of this stream that were refused or could not be reduced, and events that could not be counted.
    pub errors: Counters,
}

/// Stands for "no message yet".
const NEVER: i64 = i64::MIN;

impl Default for StreamStats {
    fn default() -> Self {
        Self {
            messages: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            dropped_messages: AtomicU64::new(0),
            dropped_bytes: AtomicU64::new(0),
            misplaced: AtomicU64::new(0),
            last_data_ns: AtomicI64::new(NEVER),
            last_arrival_ns: AtomicI64::new(NEVER),
            last_reduced_ns: AtomicI64::new(NEVER),
            errors: Counters::default(),
        }
    }
}

impl StreamStats {
    pub(super) fn accepted(&self, bytes: usize, data_ns: i64, arrival_ns: i64) {
        self.messages.fetch_add(1, Relaxed);
        self.bytes.fetch_add(bytes as u64, Relaxed);
        self.last_data_ns.store(data_ns, Relaxed);
        self.last_arrival_ns.store(arrival_ns, Relaxed);
    }

    pub(super) fn dropped(&self, bytes: usize) {
        self.dropped_messages.fetch_add(1, Relaxed);
        self.dropped_bytes.fetch_add(bytes as u64, Relaxed);
    }

    /// Notes that data of this time were handed to the jobs.
    pub fn reduced(&self, data_ns: i64) {
        self.last_reduced_ns.store(data_ns, Relaxed);
    }

    /// Notes that a pulse or frame was reduced in another slot than that of its time.
    pub fn misplaced(&self) {
        self.misplaced.fetch_add(1, Relaxed);
    }

    /// The counts now. They are read one by one, so they may be a message apart.
    pub fn report(&self) -> StreamReport {
        let time = |atomic: &AtomicI64| Some(atomic.load(Relaxed)).filter(|&ns| ns != NEVER);
        let last_data_ns = time(&self.last_data_ns);
        let last_arrival_ns = time(&self.last_arrival_ns);
        StreamReport {
            messages: self.messages.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
            dropped_messages: self.dropped_messages.load(Relaxed),
            dropped_bytes: self.dropped_bytes.load(Relaxed),
            misplaced: self.misplaced.load(Relaxed),
            last_data_ns,
            lag_ns: last_arrival_ns
                .zip(time(&self.last_reduced_ns))
                .map(|(arrival, reduced)| arrival.saturating_sub(reduced)),
            errors: self.errors.snapshot(),
        }
    }
}

/// The counts of one stream since the server started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StreamReport {
    /// Messages accepted, those dropped later included.
    pub messages: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Messages that did not fit into the queue.
    pub dropped_messages: u64,
    /// Their bytes.
    pub dropped_bytes: u64,
    /// Pulses and frames that came late, or with a time far off the others', and count in another slot.
    pub misplaced: u64,
    /// Time of the newest data, in ns since the Unix epoch.
    pub last_data_ns: Option<i64>,
    /// How far the newest data that were reduced lie behind the newest arrival, in ns: the way here, and what waits in
    /// queues.
    pub lag_ns: Option<i64>,
    /// Refused messages and uncounted events, by kind of error.
    pub errors: BTreeMap<&'static str, u64>,
}

/// Telemetry of one topic: messages that belong to no stream.
#[derive(Debug, Default)]
pub struct TopicStats {
    pub(super) unmapped: AtomicU64,
    pub(super) skipped: AtomicU64,
    /// Messages that could not be read, so that nobody knows whose they are.
    pub errors: Counters,
}

impl TopicStats {
    /// The counts now.
    pub fn report(&self) -> TopicReport {
        TopicReport {
            unmapped: self.unmapped.load(Relaxed),
            skipped: self.skipped.load(Relaxed),
            errors: self.errors.snapshot(),
        }
    }
}

/// The counts of one topic since the server started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicReport {
    /// Messages of sources that the instrument does not declare.
    pub unmapped: u64,
    /// Messages of schemas that are known and of no use here.
    pub skipped: u64,
    /// Unreadable messages by kind of error.
    pub errors: BTreeMap<&'static str, u64>,
}
