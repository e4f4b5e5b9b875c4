//! What can be asked of the time series plotter.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{AxesParams, CurveStyle, HistoryAxes, RateParams};
use crate::params::{Described, Field, FieldKind, Group, ParamError, Params, Schema};

/// Parameters of the time series plotter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimeseriesParams {
    /// Samples drawn per source at most; longer histories are reduced without losing a peak, and say so.
    pub max_points: u32,
    /// Counts, or counts per second.
    pub rate: RateParams,
    /// How the curves are drawn.
    pub style: CurveStyle,
    /// How its axes are shown.
    pub axes: HistoryAxes,
}

impl Default for TimeseriesParams {
    fn default() -> Self {
        Self {
            max_points: 100_000,
            rate: RateParams::default(),
            style: CurveStyle::default(),
            axes: HistoryAxes::default(),
        }
    }
}

impl Params for TimeseriesParams {
    fn validate(&self) -> Result<(), ParamError> {
        if !POINTS.contains(&self.max_points) {
            let reason = format!(
                "must be a whole number from {} to {}",
                POINTS.start(),
                POINTS.end()
            );
            return Err(ParamError::new("max_points", reason));
        }
        AxesParams::check(self.axes)
    }
}

impl Described for TimeseriesParams {
    fn schema() -> Schema {
        let limits = FieldKind::Integer {
            min: i64::from(*POINTS.start()),
            max: i64::from(*POINTS.end()),
        };
        let history = Group::new("", "History", "How much of it is drawn.").with(Field::new(
            "max_points",
            "Most points",
            "Samples drawn per source at most. Longer histories are reduced without losing a peak, and say so.",
            json!(Self::default().max_points),
            limits,
        ));
        Schema {
            groups: vec![
                history,
                RateParams::group(),
                CurveStyle::group(),
                HistoryAxes::group(),
            ],
        }
    }
}

/// How many samples of a time series may be drawn.
const POINTS: std::ops::RangeInclusive<u32> = 100..=1_000_000;
