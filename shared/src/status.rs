//! Telemetry: counters, rates and last-seen times. Not versioned, sampled only for those who look.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::time::TimeNs;

/// How the server is doing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// The server's version.
    pub version: String,
    /// The server's clock.
    pub server_time_ns: TimeNs,
    /// Time since it started, s.
    pub uptime_secs: f64,
    /// The instrument's title.
    pub instrument: String,
    /// Where messages come from.
    pub sources: Vec<SourceStatus>,
    /// The instrument's streams.
    pub streams: Vec<StreamStatus>,
    /// The topics they come on.
    pub topics: Vec<TopicStatus>,
    /// Messages waiting for reduction, bytes.
    pub queued_bytes: u64,
    /// Messages waiting for others of their pulses, bytes.
    pub held_bytes: u64,
    /// Tables of jobs, bytes.
    pub job_bytes: u64,
    /// Histories of results, bytes.
    pub result_bytes: u64,
    /// Results that came too late, from generations that were over.
    pub stale_results: u64,
    /// Sessions that are looking.
    pub sessions: u64,
    /// What is wrong with what is kept on disk, and what to do; none while all is well.
    #[serde(default)]
    pub store: Option<String>,
}

/// How a source of messages is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceStatus {
    /// Its name.
    pub name: String,
    /// `starting`, `running`, `degraded`, `stopped` or `failed`.
    pub state: String,
    /// What it says about that; may be empty.
    pub message: String,
    /// Messages brought, good and bad.
    pub messages: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// What came on one stream since the server started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamStatus {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The topic it comes on.
    pub topic: String,
    /// Messages accepted.
    pub messages: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Messages dropped since the queue was full.
    pub dropped_messages: u64,
    /// Pulses and frames that came late, or with a time far off the others', and count in another slot.
    pub misplaced: u64,
    /// Time of the newest data.
    pub last_data_ns: Option<TimeNs>,
    /// How much later than its own time that data arrived, ns.
    pub lag_ns: Option<i64>,
    /// Refused messages by kind of error.
    pub errors: BTreeMap<String, u64>,
}

/// What came on a topic and belongs to no stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicStatus {
    /// Its name.
    pub name: String,
    /// Messages of sources that the instrument does not declare.
    pub unmapped: u64,
    /// Messages of schemas that nothing here reads.
    pub skipped: u64,
    /// Messages that could not be read, by kind of error.
    pub errors: BTreeMap<String, u64>,
}
