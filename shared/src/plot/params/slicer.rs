//! What can be asked of the slicer.

use serde::{Deserialize, Serialize};

use super::{AxesParams, ImageAxes, RateParams, WindowParams};
use crate::params::{Described, ParamError, Params, Schema};

/// Parameters of the slicer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SlicerParams {
    /// The time window.
    pub window: WindowParams,
    /// Counts, or counts per second.
    pub rate: RateParams,
    /// How its axes are shown.
    pub axes: ImageAxes,
}

impl Params for SlicerParams {
    fn validate(&self) -> Result<(), ParamError> {
        self.window.validate()?;
        AxesParams::check(self.axes)
    }
}

impl Described for SlicerParams {
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
