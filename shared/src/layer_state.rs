//! What a person must know about a layer besides its picture.

use serde::{Deserialize, Serialize};

use crate::id::LayerId;

/// How a layer is doing. `stale` is not said by the server: silence is told from the frame's age.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerState {
    /// The layer.
    pub id: LayerId,
    /// Its condition.
    pub phase: LayerPhase,
    /// How often its data are published, ns of data time; none for static layers.
    pub interval_ns: Option<i64>,
}

/// The condition of a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerPhase {
    /// No data yet.
    Waiting,
    /// Data arrive, or nothing can change.
    Live,
    /// The job ended; the last frame is kept.
    Stopped,
    /// The last computation failed; the next good one heals it.
    Error {
        /// What went wrong and what to do.
        message: String,
    },
}

/// Silence after which a live layer is stale: 5 s, or three times its publishing interval when that is longer.
pub fn stale_after_ns(interval_ns: Option<i64>) -> i64 {
    interval_ns.map_or(FIVE_SECONDS_NS, |i| {
        i.saturating_mul(3).max(FIVE_SECONDS_NS)
    })
}

/// How long nothing came, in steps coarse enough not to tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Silence(&'static str);

impl Silence {
    /// The step that a silence has reached.
    ///
    /// ```
    /// use shared::layer_state::Silence;
    /// assert_eq!(Silence::of_ns(59_000_000_000).text(), "> 30 s");
    /// assert_eq!(Silence::of_ns(61_000_000_000).length(), "1 min");
    /// ```
    pub fn of_ns(silence_ns: i64) -> Self {
        let secs = silence_ns / 1_000_000_000;
        let step = STEPS.iter().rev().find(|(from_secs, _)| secs >= *from_secs);
        Self(step.map_or(STEPS[0].1, |(_, text)| text))
    }

    /// The step as a mark shows it.
    pub fn text(self) -> &'static str {
        self.0
    }

    /// The step in a sentence.
    pub fn length(self) -> &'static str {
        self.0.trim_start_matches("> ")
    }
}

const STEPS: [(i64, &str); 8] = [
    (5, "> 5 s"),
    (10, "> 10 s"),
    (30, "> 30 s"),
    (60, "> 1 min"),
    (300, "> 5 min"),
    (1800, "> 30 min"),
    (7200, "> 2 h"),
    (86_400, "> 1 day"),
];

const FIVE_SECONDS_NS: i64 = 5_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_layers_get_three_intervals() {
        assert_eq!(stale_after_ns(Some(200_000_000)), 5_000_000_000);
        assert_eq!(stale_after_ns(Some(4_000_000_000)), 12_000_000_000);
        assert_eq!(stale_after_ns(None), 5_000_000_000);
    }
}
