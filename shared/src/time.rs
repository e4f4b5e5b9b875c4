//! Data time: when something was measured, in the instrument's own clock.

use serde::{Deserialize, Serialize};

/// Nanoseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct TimeNs(pub i64);

impl TimeNs {
    /// How long after `earlier` this is, in nanoseconds; negative when it is before.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// This time moved by `span_ns`.
    pub fn plus(self, span_ns: i64) -> Self {
        Self(self.0.saturating_add(span_ns))
    }
}

/// The span of data time that a result covers: `start <= t < end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeInterval {
    /// The first instant covered.
    pub start: TimeNs,
    /// The first instant no longer covered.
    pub end: TimeNs,
}

impl TimeInterval {
    /// The smallest interval that covers both.
    pub fn union(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Length in seconds.
    pub fn span_secs(self) -> f64 {
        self.end.since(self.start) as f64 / 1e9
    }
}
