//! What can be asked of the profile.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{AxesParams, CurveAxes, CurveStyle, WindowParams};
use crate::data::Coord;
use crate::params::{Described, Field, FieldKind, Group, ParamError, Params, Schema};

/// Parameters of the profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProfileParams {
    /// Where the image is cut.
    pub cut: CutParams,
    /// The time window.
    pub window: WindowParams,
    /// How the curve is drawn.
    pub style: CurveStyle,
    /// How its axes are shown.
    pub axes: CurveAxes,
}

/// A line through an image, from one point to another in the units of its axes. A line of no length is the middle row.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CutParams {
    /// Where it starts, on the x axis.
    pub from_x: f64,
    /// Where it starts, on the y axis.
    pub from_y: f64,
    /// Where it ends, on the x axis.
    pub to_x: f64,
    /// Where it ends, on the y axis.
    pub to_y: f64,
    /// How many elements it is wide.
    pub width: u32,
    /// What becomes of the elements across it.
    pub across: Across,
}

/// What becomes of the elements across a cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Across {
    /// Their sum.
    #[default]
    Sum,
    /// Their mean.
    Mean,
}

impl Default for CutParams {
    fn default() -> Self {
        Self {
            from_x: 0.0,
            from_y: 0.0,
            to_x: 0.0,
            to_y: 0.0,
            width: 1,
            across: Across::Sum,
        }
    }
}

impl CutParams {
    /// How far from 0 its ends may lie.
    pub const FARTHEST: f64 = 1e12;

    /// Its two ends in an image with these axes, each `[x, y]`: as they were given, or those of the middle row.
    pub fn ends_in(&self, [x, y]: [&Coord; 2]) -> [[f64; 2]; 2] {
        let ends = [[self.from_x, self.from_y], [self.to_x, self.to_y]];
        if ends[0] != ends[1] {
            return ends;
        }
        let middle = y.centre(y.len() / 2);
        let last = x.len().saturating_sub(1);
        [[x.centre(0), middle], [x.centre(last), middle]]
    }

    fn validate(&self) -> Result<(), ParamError> {
        let places = [
            ("from_x", self.from_x),
            ("from_y", self.from_y),
            ("to_x", self.to_x),
            ("to_y", self.to_y),
        ];
        for (field, place) in places {
            if !PLACE.contains(&place) {
                let reason = format!("must be a number from {} to {}", PLACE.start(), PLACE.end());
                return Err(ParamError::new(field, reason).within("cut"));
            }
        }
        if !WIDTH.contains(&self.width) {
            let reason = format!(
                "must be a whole number from {} to {}",
                WIDTH.start(),
                WIDTH.end()
            );
            return Err(ParamError::new("width", reason).within("cut"));
        }
        Ok(())
    }

    fn group() -> Group {
        let place = |name: &str, title: &str, description: &str| {
            let limits = FieldKind::Number {
                min: *PLACE.start(),
                max: *PLACE.end(),
            };
            Field::new(name, title, description, json!(0.0), limits)
        };
        let width = FieldKind::Integer {
            min: i64::from(*WIDTH.start()),
            max: i64::from(*WIDTH.end()),
        };
        let across = FieldKind::choice(&[("sum", "sum"), ("mean", "mean")]);
        Group::new(
            "cut",
            "Cut",
            "The line through the image, in the units of its axes. While all four are 0 it is the middle row.",
        )
        .with(place("from_x", "From x", "Where the line starts."))
        .with(place("from_y", "From y", "Where the line starts."))
        .with(place("to_x", "To x", "Where the line ends."))
        .with(place("to_y", "To y", "Where the line ends."))
        .with(Field::new(
            "width",
            "Width",
            "How many elements across the line are taken together.",
            json!(1),
            width,
        ))
        .with(Field::new(
            "across",
            "Across it",
            "What becomes of the elements across the line.",
            json!("sum"),
            across,
        ))
    }
}

const PLACE: std::ops::RangeInclusive<f64> = -CutParams::FARTHEST..=CutParams::FARTHEST;
const WIDTH: std::ops::RangeInclusive<u32> = 1..=1_000;

impl Params for ProfileParams {
    fn validate(&self) -> Result<(), ParamError> {
        self.cut.validate()?;
        self.window.validate()?;
        AxesParams::check(self.axes)
    }
}

impl Described for ProfileParams {
    fn schema() -> Schema {
        Schema {
            groups: vec![
                CutParams::group(),
                WindowParams::group(),
                CurveStyle::group(),
                CurveAxes::group(),
            ],
        }
    }
}
