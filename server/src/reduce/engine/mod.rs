//! The engine: feeds every message to the jobs that want it, and has them publish together.
//!
//! One thread takes messages in order; the jobs of a batch run in parallel on a bounded pool, each owning its
//! state. Commands come on a channel of their own and are never dropped.

mod handle;
mod held;
mod intake;
mod job;
mod log_memory;
mod memory;
mod run;
mod window;

use std::sync::Arc;

use shared::data::DataArray;
use shared::id::{JobId, JobNumber, ResultKey};
use shared::job::{JobState, Temporality};
use shared::time::TimeInterval;

use crate::wire::Limits;

pub use handle::{Engine, EngineHandle};

/// Where results go.
pub trait ResultSink: Send + 'static {
    /// Everything that the jobs made of one slot of data time, all at once.
    fn publish(&self, slot: SlotResults);
}

impl<S: ResultSink + Sync> ResultSink for Arc<S> {
    fn publish(&self, slot: SlotResults) {
        (**self).publish(slot);
    }
}

/// What the jobs made of one slot.
#[derive(Debug)]
pub struct SlotResults {
    /// The slot; none between slots, when jobs report or a new one shows the past of its log.
    pub interval: Option<TimeInterval>,
    /// The results of all jobs that had data.
    pub results: Vec<JobResult>,
    /// The jobs whose state changed.
    pub reports: Vec<EngineReport>,
}

/// One output of one job.
#[derive(Debug, PartialEq)]
pub struct JobResult {
    /// Where it belongs.
    pub key: ResultKey,
    /// The generation that made it.
    pub number: JobNumber,
    /// How it relates to the results before it.
    pub temporality: Temporality,
    /// The data.
    pub data: DataArray,
}

/// How a job is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineReport {
    /// Which job.
    pub id: JobId,
    /// Its generation.
    pub number: JobNumber,
    /// What it is doing.
    pub state: JobState,
}

/// How the engine runs.
#[derive(Clone, Copy, Debug)]
pub struct EngineConfig {
    /// Threads that reduce; 0 takes one per core.
    pub threads: usize,
    /// How much data time results cover, in pulses of the instrument; jobs publish once a slot.
    pub slot_pulses: u32,
    /// Bytes that the tables of all jobs may take together.
    pub jobs_bytes: usize,
    /// What messages were held to when they came.
    pub wire: Limits,
}

impl Default for EngineConfig {
    fn default() -> Self {
        Self {
            threads: 0,
            slot_pulses: 2,
            jobs_bytes: 4 << 30,
            wire: Limits::default(),
        }
    }
}

#[cfg(test)]
mod tests;
