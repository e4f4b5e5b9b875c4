//! The time window that most plotters combine results over.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::params::{AppliesTo, Field, FieldKind, Group, ParamError};

/// Over which data time results are combined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WindowParams {
    /// Length in seconds of data time; 0 takes the latest result alone.
    pub seconds: f64,
    /// How results within the window combine.
    pub aggregation: Aggregation,
}

/// How results within a window combine, element by element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aggregation {
    /// `nansum` for counts, `nanmean` for everything else.
    #[default]
    Auto,
    /// The sum of what is not NaN.
    NanSum,
    /// The mean of what is not NaN.
    NanMean,
    /// The sum; NaN where any is.
    Sum,
    /// The mean; NaN where any is.
    Mean,
}

impl WindowParams {
    pub(super) fn validate(&self) -> Result<(), ParamError> {
        if (0.0..=MAX_SECS).contains(&self.seconds) {
            return Ok(());
        }
        let reason = format!("must be a number from 0 to {MAX_SECS}");
        Err(ParamError::new("seconds", reason).within("window"))
    }

    pub(super) fn group() -> Group {
        let limits = FieldKind::Number {
            min: 0.0,
            max: MAX_SECS,
        };
        let aggregations = FieldKind::choice(&[
            ("auto", "automatic"),
            ("nansum", "sum, gaps left out"),
            ("nanmean", "mean, gaps left out"),
            ("sum", "sum"),
            ("mean", "mean"),
        ]);
        Group::new(
            "window",
            "Time window",
            "Over which data time results are combined.",
        )
        .only_for(AppliesTo::Combinable)
        .with(
            Field::new(
                "seconds",
                "Length",
                "Seconds of data time that are combined; 0 shows the latest result alone.",
                json!(0.0),
                limits,
            )
            .in_unit("s"),
        )
        .with(Field::new(
            "aggregation",
            "Combined by",
            "How results within the window combine. Automatic takes the sum of counts and the mean of everything else.",
            json!("auto"),
            aggregations,
        ))
    }
}

/// The longest window, s of data time.
const MAX_SECS: f64 = 3_600.0;
