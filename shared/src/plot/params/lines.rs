//! What can be asked of the lines plotter.

use serde::{Deserialize, Serialize};

use super::{AxesParams, CurveAxes, CurveStyle, RateParams, WindowParams};
use crate::params::{Described, ParamError, Params, Schema};

/// Parameters of the lines plotter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinesParams {
    /// The time window.
    pub window: WindowParams,
    /// Counts, or counts per second.
    pub rate: RateParams,
    /// How the curves are drawn.
    pub style: CurveStyle,
    /// How its axes are shown.
    pub axes: CurveAxes,
}

impl Params for LinesParams {
    fn validate(&self) -> Result<(), ParamError> {
        self.window.validate()?;
        AxesParams::check(self.axes)
    }
}

impl Described for LinesParams {
    fn schema() -> Schema {
        Schema {
            groups: vec![
                WindowParams::group(),
                RateParams::group(),
                CurveStyle::group(),
                CurveAxes::group(),
            ],
        }
    }
}
