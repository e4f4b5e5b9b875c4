//! Counters of the server itself. Sampled by those who look; never a reason to wake anybody.

mod watch;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

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
