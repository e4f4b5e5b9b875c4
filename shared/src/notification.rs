//! Toasts: events that each page shows once, read by number.

use serde::{Deserialize, Serialize};

use crate::time::TimeNs;

/// One event worth telling people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Ascending over all server runs.
    pub number: u64,
    /// When it happened, server clock.
    pub time: TimeNs,
    /// How much it matters.
    pub severity: Severity,
    /// What happened.
    pub message: String,
}

/// How much a notification matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Something asked for was done.
    Success,
    /// Something needs attention.
    Warning,
    /// Something failed.
    Error,
}

/// What a page missed since its cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notices {
    /// The newest number; the page's next cursor.
    pub head: u64,
    /// How many were no longer kept.
    pub missed: u64,
    /// The others, oldest first.
    pub events: Vec<Notification>,
}
