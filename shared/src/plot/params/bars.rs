//! What can be asked of bars.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{RateParams, WindowParams};
use crate::params::{Described, Field, FieldKind, Group, ParamError, Params, Schema};
use crate::topology::LayerConfig;

/// Parameters of bars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BarsParams {
    /// The time window.
    pub window: WindowParams,
    /// Counts, or counts per second.
    pub rate: RateParams,
    /// How they are drawn.
    pub style: BarStyle,
}

impl Params for BarsParams {
    fn validate(&self) -> Result<(), ParamError> {
        self.window.validate()
    }
}

impl Described for BarsParams {
    fn schema() -> Schema {
        Schema {
            groups: vec![
                WindowParams::group(),
                RateParams::group(),
                BarStyle::group(),
            ],
        }
    }
}

/// How bars are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BarStyle {
    /// Whether they lie along x.
    pub horizontal: bool,
}

impl BarStyle {
    /// The style that a layer asks for; none if it draws no bars.
    pub fn of_layer(config: &LayerConfig) -> Option<Self> {
        let style = config.params.object().get("style");
        let horizontal = style.and_then(|style| style.get("horizontal")?.as_bool());
        (config.plotter == "bars").then_some(Self {
            horizontal: horizontal.unwrap_or_default(),
        })
    }

    fn group() -> Group {
        Group::new("style", "Appearance", "How the bars are drawn.").with(Field::new(
            "horizontal",
            "Horizontal",
            "Bars lie along the x axis, and their names stand at their left.",
            json!(false),
            FieldKind::Switch,
        ))
    }
}
