//! How curves are drawn.

use serde::{Deserialize, Serialize};

/// How the curves of a layer are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CurveStyle {
    /// What stands for a value.
    pub mode: CurveMode,
    /// What stands for its uncertainty.
    pub errors: ErrorStyle,
}

/// What stands for a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CurveMode {
    /// Steps where the data are bins, else lines.
    #[default]
    Auto,
    /// A line from value to value.
    Line,
    /// A dot per value.
    Points,
    /// A step per bin; a line where the data have no bins.
    Histogram,
}

/// What stands for an uncertainty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ErrorStyle {
    /// A bar of one standard deviation to both sides; a band where the bars would touch.
    #[default]
    Bars,
    /// A band between the ends of the bars.
    Band,
    /// Nothing.
    None,
}
