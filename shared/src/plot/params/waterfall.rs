//! What can be asked of the waterfall.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{AxesParams, ImageAxes};
use crate::id::RegionId;
use crate::params::{AppliesTo, Described, Field, FieldKind, Group, ParamError, Params, Schema};

/// Parameters of the waterfall.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WaterfallParams {
    /// How far back it goes, s of data time.
    pub seconds: f64,
    /// Into how many rows that time is divided.
    pub rows: u32,
    /// Whose spectra are shown, of an output with one for each region.
    pub region: RegionParams,
    /// How its axes are shown.
    pub axes: ImageAxes,
}

/// Which region is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RegionParams {
    /// The region.
    pub id: Option<RegionId>,
}

impl Default for WaterfallParams {
    fn default() -> Self {
        Self {
            seconds: 120.0,
            rows: 120,
            region: RegionParams::default(),
            axes: ImageAxes::default(),
        }
    }
}

const SECONDS: std::ops::RangeInclusive<f64> = 1.0..=3_600.0;
const ROWS: std::ops::RangeInclusive<u32> = 2..=512;

impl RegionParams {
    fn group() -> Group {
        let group = Group::new("region", "Region", "Of which region of interest.");
        group.only_for(AppliesTo::Regions).with(Field::new(
            "id",
            "Region",
            "Its counts are shown whatever it is called. After a change of its shape they begin anew.",
            Value::Null,
            FieldKind::Region,
        ))
    }
}

impl Params for WaterfallParams {
    fn validate(&self) -> Result<(), ParamError> {
        if !SECONDS.contains(&self.seconds) {
            let reason = format!(
                "must be a number from {} to {}",
                SECONDS.start(),
                SECONDS.end()
            );
            return Err(ParamError::new("seconds", reason));
        }
        if !ROWS.contains(&self.rows) {
            let reason = format!(
                "must be a whole number from {} to {}",
                ROWS.start(),
                ROWS.end()
            );
            return Err(ParamError::new("rows", reason));
        }
        AxesParams::check(self.axes)
    }
}

impl Described for WaterfallParams {
    fn schema() -> Schema {
        let default = Self::default();
        let history = Group::new("", "History", "How much of it is drawn.")
            .with(
                Field::new(
                    "seconds",
                    "Length",
                    "How far back it goes, in data time.",
                    json!(default.seconds),
                    FieldKind::Number {
                        min: *SECONDS.start(),
                        max: *SECONDS.end(),
                    },
                )
                .in_unit("s"),
            )
            .with(Field::new(
                "rows",
                "Rows",
                "Into how many rows that time is divided. A row is the rate of counts in its time, or the mean of everything else.",
                json!(default.rows),
                FieldKind::Integer {
                    min: i64::from(*ROWS.start()),
                    max: i64::from(*ROWS.end()),
                },
            ));
        Schema {
            groups: vec![history, RegionParams::group(), ImageAxes::group()],
        }
    }
}
