//! What can be asked of histograms of one history over others.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::CurveStyle;
use super::{AxesParams, CurveAxes, ImageAxes};
use crate::params::{Described, Field, FieldKind, Group, ParamError, Params, Schema};

/// Parameters of the correlation over one axis.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Correlation1dParams {
    /// Bins along x.
    pub x_bins: u32,
    /// What is made of the values in a bin.
    pub values: CombineParams,
    /// How the histogram is drawn.
    pub style: CurveStyle,
    /// How its axes are shown.
    pub axes: CurveAxes,
}

/// Parameters of the correlation over two axes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Correlation2dParams {
    /// Bins along x.
    pub x_bins: u32,
    /// Bins along y.
    pub y_bins: u32,
    /// What is made of the values in a bin.
    pub values: CombineParams,
    /// How its axes are shown.
    pub axes: ImageAxes,
}

/// What is made of the values in a bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CombineParams {
    /// How they combine.
    pub combine: Combine,
    /// Whether each is divided by the time since the one before it; the bins then hold means.
    pub per_second: bool,
}

/// How the values in a bin combine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Combine {
    /// The sum of counts, the mean of everything else.
    #[default]
    Auto,
    /// The sum.
    Sum,
    /// The mean.
    Mean,
}

impl CombineParams {
    fn group() -> Group {
        let combine = FieldKind::choice(&[("auto", "automatic"), ("sum", "sum"), ("mean", "mean")]);
        Group::new("values", "Values", "What is made of the values in a bin.")
            .with(Field::new(
                "combine",
                "Combined by",
                "Automatic takes the sum of counts and the mean of everything else.",
                json!("auto"),
                combine,
            ))
            .with(Field::new(
                "per_second",
                "Per second",
                "Divides each value by the time that it covers, and takes the mean of these rates.",
                json!(false),
                FieldKind::Switch,
            ))
    }
}

impl Default for Correlation1dParams {
    fn default() -> Self {
        Self {
            x_bins: 100,
            values: CombineParams::default(),
            style: CurveStyle::default(),
            axes: CurveAxes::default(),
        }
    }
}

impl Default for Correlation2dParams {
    fn default() -> Self {
        Self {
            x_bins: 20,
            y_bins: 20,
            values: CombineParams::default(),
            axes: ImageAxes::default(),
        }
    }
}

impl Params for Correlation1dParams {
    fn validate(&self) -> Result<(), ParamError> {
        check("x_bins", self.x_bins, MAX_BINS_1D)?;
        AxesParams::check(self.axes)
    }
}

impl Params for Correlation2dParams {
    fn validate(&self) -> Result<(), ParamError> {
        check("x_bins", self.x_bins, MAX_BINS_2D)?;
        check("y_bins", self.y_bins, MAX_BINS_2D)?;
        AxesParams::check(self.axes)
    }
}

impl Described for Correlation1dParams {
    fn schema() -> Schema {
        let defaults = Self::default();
        let bins = Group::new("", "Bins", BINS).with(bins(
            "x_bins",
            "Along x",
            defaults.x_bins,
            MAX_BINS_1D,
        ));
        Schema {
            groups: vec![
                bins,
                CombineParams::group(),
                CurveStyle::group(),
                CurveAxes::group(),
            ],
        }
    }
}

impl Described for Correlation2dParams {
    fn schema() -> Schema {
        let defaults = Self::default();
        let bins = Group::new("", "Bins", BINS)
            .with(bins("x_bins", "Along x", defaults.x_bins, MAX_BINS_2D))
            .with(bins("y_bins", "Along y", defaults.y_bins, MAX_BINS_2D));
        Schema {
            groups: vec![bins, CombineParams::group(), ImageAxes::group()],
        }
    }
}

fn check(field: &str, bins: u32, most: u32) -> Result<(), ParamError> {
    if (1..=most).contains(&bins) {
        return Ok(());
    }
    let reason = format!("must be a whole number from 1 to {most}");
    Err(ParamError::new(field, reason))
}

fn bins(name: &str, title: &str, default: u32, most: u32) -> Field {
    let limits = FieldKind::Integer {
        min: 1,
        max: most.into(),
    };
    let description = "How many, from the least to the greatest place.";
    Field::new(name, title, description, json!(default), limits)
}

const BINS: &str = "Into how many parts the axes are divided.";
const MAX_BINS_1D: u32 = 5_000;
const MAX_BINS_2D: u32 = 1_000;
