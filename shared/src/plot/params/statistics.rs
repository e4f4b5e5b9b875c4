//! What can be asked of statistics.

use serde::{Deserialize, Serialize};

use super::{TableStyle, WindowParams};
use crate::params::{Described, ParamError, Params, Schema};

/// Parameters of statistics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StatisticsParams {
    /// The time window.
    pub window: WindowParams,
    /// How the numbers are written.
    pub style: TableStyle,
}

impl Params for StatisticsParams {
    fn validate(&self) -> Result<(), ParamError> {
        self.window.validate()?;
        self.style.validate()
    }
}

impl Described for StatisticsParams {
    fn schema() -> Schema {
        Schema {
            groups: vec![WindowParams::group(), TableStyle::group()],
        }
    }
}
