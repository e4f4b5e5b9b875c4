//! How curves are drawn.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::params::{Field, FieldKind, Group};
use crate::topology::JsonText;

/// How the curves of a layer are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CurveStyle {
    /// What stands for a value.
    pub mode: CurveMode,
    /// What stands for its uncertainty.
    pub errors: ErrorStyle,
}

impl CurveStyle {
    /// The style that a layer's parameters ask for, under `style`.
    ///
    /// ```
    /// use shared::plot::{CurveMode, CurveStyle};
    /// let params = serde_json::from_str(r#"{"style": {"mode": "points"}}"#).unwrap();
    /// assert_eq!(CurveStyle::of_params(&params).mode, CurveMode::Points);
    /// ```
    pub fn of_params(params: &JsonText) -> Self {
        let style = params.object().get("style");
        // The server refuses layers whose parameters do not fit.
        style
            .and_then(|style| Self::deserialize(style).ok())
            .unwrap_or_default()
    }

    pub(super) fn group() -> Group {
        let modes = FieldKind::choice(&[
            ("auto", "steps for bins, lines otherwise"),
            ("line", "lines"),
            ("points", "points"),
            ("histogram", "steps"),
        ]);
        let errors = FieldKind::choice(&[("bars", "bars"), ("band", "band"), ("none", "nothing")]);
        Group::new("style", "Appearance", "How the curves are drawn.")
            .with(Field::new(
                "mode",
                "Values as",
                "What stands for a value.",
                json!("auto"),
                modes,
            ))
            .with(Field::new(
                "errors",
                "Errors as",
                "What stands for an uncertainty of one standard deviation.",
                json!("bars"),
                errors,
            ))
    }
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
