//! What a plotter takes from a buffer.

use std::cmp::Ordering;
use std::sync::Arc;

use shared::data::DataArray;
use shared::plot::params::{Aggregation, WindowParams};

use super::combine::combine;

/// Which part of a history is wanted, and how it becomes one array.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Extractor {
    /// The newest result.
    Latest,
    /// All that is kept: single values become a series over time.
    FullHistory,
    /// The results of the last seconds of data time, combined element by element.
    Window {
        /// Length, s; above zero.
        seconds: f64,
        /// How they combine.
        aggregation: Aggregation,
    },
}

impl From<WindowParams> for Extractor {
    fn from(window: WindowParams) -> Self {
        if window.seconds > 0.0 {
            Self::Window {
                seconds: window.seconds,
                aggregation: window.aggregation,
            }
        } else {
            Self::Latest
        }
    }
}

impl Extractor {
    /// How much data time must be kept for it, ns.
    pub(super) fn span_ns(self) -> i64 {
        match self {
            Self::Latest => 0,
            Self::FullHistory => i64::MAX,
            Self::Window { seconds, .. } => (seconds * 1e9) as i64,
        }
    }
}

// Ordered by the history needed, so that sets of extractors end with the neediest.
impl Eq for Extractor {}

impl PartialOrd for Extractor {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Extractor {
    fn cmp(&self, other: &Self) -> Ordering {
        let rank = |extractor: &Self| {
            let aggregation = match extractor {
                Self::Window { aggregation, .. } => *aggregation as u8,
                _ => 0,
            };
            (extractor.span_ns(), aggregation)
        };
        rank(self).cmp(&rank(other))
    }
}

/// What an extractor gave.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// The data.
    pub data: DataArray,
    /// What limits them, such as a window that memory cut short.
    pub note: Option<Arc<str>>,
}

/// A window gives nothing that could be shown as if it were current.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ExtractError {
    /// The source has been silent for longer than the window.
    #[error(
        "no data in the last {seconds} s: the newest are {age_secs:.1} s older than other data"
    )]
    Silent {
        /// Length of the window, s.
        seconds: f64,
        /// Age of the newest data, s of data time.
        age_secs: f64,
    },
    /// Sums since the start cannot be summed again.
    #[error(
        "this output counts since the start: choose its per-update flavour for a window of time"
    )]
    Cumulative,
}

/// References taken under the lock, to be combined after it.
#[derive(Debug)]
pub(super) enum Taken {
    Ready(Extracted),
    Combine {
        parts: Vec<DataArray>,
        aggregation: Aggregation,
        note: Option<Arc<str>>,
    },
    Refused(ExtractError),
}

impl Taken {
    pub(super) fn extract(self) -> Result<Extracted, ExtractError> {
        match self {
            Self::Ready(extracted) => Ok(extracted),
            Self::Combine {
                parts,
                aggregation,
                note,
            } => Ok(Extracted {
                data: combine(&parts, aggregation),
                note,
            }),
            Self::Refused(error) => Err(error),
        }
    }
}
