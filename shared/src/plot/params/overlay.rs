//! What can be asked of the overlay of rows.

use serde::{Deserialize, Serialize};

use super::{AxesParams, CurveAxes, CurveStyle, RateParams, WindowParams};
use crate::params::{Described, ParamError, Params, Schema};

/// Parameters of the overlay of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OverlayParams {
    /// The time window.
    pub window: WindowParams,
    /// Counts, or counts per second.
    pub rate: RateParams,
    /// How the curves are drawn.
    pub style: CurveStyle,
    /// How its axes are shown.
    pub axes: CurveAxes,
}

impl Params for OverlayParams {
    fn validate(&self) -> Result<(), ParamError> {
        self.window.validate()?;
        AxesParams::check(self.axes)
    }
}

impl Described for OverlayParams {
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
