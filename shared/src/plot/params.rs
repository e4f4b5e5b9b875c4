//! The parameters of plotters: what is computed, and how it looks before a session chooses otherwise.

use serde::{Deserialize, Serialize};

use super::CurveStyle;

/// Over which data time results are combined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WindowParams {
    /// Length in seconds of data time; 0 takes the latest result alone.
    pub seconds: f64,
    /// How results within the window combine.
    pub aggregation: Aggregation,
}

/// How results within a window combine, element by element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aggregation {
    /// `nansum` for counts, `nanmean` for everything else.
    #[default]
    Auto,
    /// The sum of what is not NaN.
    NanSum,
    /// The mean of what is not NaN.
    NanMean,
    /// The sum; NaN where any is.
    Sum,
    /// The mean; NaN where any is.
    Mean,
}

/// Parameters of the image plotter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImageParams {
    /// The time window.
    pub window: WindowParams,
}

/// Parameters of the lines plotter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinesParams {
    /// The time window.
    pub window: WindowParams,
    /// How the curves are drawn.
    pub style: CurveStyle,
}

/// Parameters of the slicer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SlicerParams {
    /// The time window.
    pub window: WindowParams,
}

/// Parameters of the time series plotter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimeseriesParams {
    /// Samples drawn per source at most; longer histories are reduced without losing a peak, and say so.
    pub max_points: u32,
    /// How the curves are drawn.
    pub style: CurveStyle,
}

impl Default for TimeseriesParams {
    fn default() -> Self {
        Self {
            max_points: 100_000,
            style: CurveStyle::default(),
        }
    }
}
