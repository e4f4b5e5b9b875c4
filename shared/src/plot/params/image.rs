//! What can be asked of the image plotter.

use serde::{Deserialize, Serialize};

use super::{AxesParams, ImageAxes, RateParams, WindowParams};
use crate::params::{Described, ParamError, Params, Schema};

/// Parameters of the image plotter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImageParams {
    /// The time window.
    pub window: WindowParams,
    /// Counts, or counts per second.
    pub rate: RateParams,
    /// How its axes are shown.
    pub axes: ImageAxes,
}

impl Params for ImageParams {
    fn validate(&self) -> Result<(), ParamError> {
        self.window.validate()?;
        AxesParams::check(self.axes)
    }
}

impl Described for ImageParams {
    fn schema() -> Schema {
        Schema {
            groups: vec![
                WindowParams::group(),
                RateParams::group(),
                ImageAxes::group(),
            ],
        }
    }
}
