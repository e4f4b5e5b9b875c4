//! The limits of plotters' parameters, and what forms say of them.

use serde_json::json;

use super::CurveStyle;
use super::params::{ImageParams, LinesParams, SlicerParams, TimeseriesParams, WindowParams};
use crate::params::{Described, Field, FieldKind, Group, ParamError, Params, Schema};

/// The longest window, s of data time.
const MAX_WINDOW_SECS: f64 = 3_600.0;
/// How many samples of a time series may be drawn.
const POINTS: std::ops::RangeInclusive<u32> = 100..=1_000_000;

impl WindowParams {
    fn validate(&self) -> Result<(), ParamError> {
        if (0.0..=MAX_WINDOW_SECS).contains(&self.seconds) {
            return Ok(());
        }
        let reason = format!("must be a number from 0 to {MAX_WINDOW_SECS}");
        Err(ParamError::new("seconds", reason).within("window"))
    }

    fn group() -> Group {
        let limits = FieldKind::Number {
            min: 0.0,
            max: MAX_WINDOW_SECS,
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

macro_rules! windowed {
    ($($params:ty)*) => {$(
        impl Params for $params {
            fn validate(&self) -> Result<(), ParamError> {
                self.window.validate()
            }
        }

        impl Described for $params {
            fn schema() -> Schema {
                Schema {
                    groups: vec![WindowParams::group()],
                }
            }
        }
    )*};
}

windowed! { ImageParams SlicerParams }

impl CurveStyle {
    fn group() -> Group {
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

impl Params for LinesParams {
    fn validate(&self) -> Result<(), ParamError> {
        self.window.validate()
    }
}

impl Described for LinesParams {
    fn schema() -> Schema {
        Schema {
            groups: vec![WindowParams::group(), CurveStyle::group()],
        }
    }
}

impl Params for TimeseriesParams {
    fn validate(&self) -> Result<(), ParamError> {
        if POINTS.contains(&self.max_points) {
            return Ok(());
        }
        let reason = format!(
            "must be a whole number from {} to {}",
            POINTS.start(),
            POINTS.end()
        );
        Err(ParamError::new("max_points", reason))
    }
}

impl Described for TimeseriesParams {
    fn schema() -> Schema {
        let limits = FieldKind::Integer {
            min: i64::from(*POINTS.start()),
            max: i64::from(*POINTS.end()),
        };
        let history = Group::new("", "History", "How much of it is drawn.").with(Field::new(
            "max_points",
            "Most points",
            "Samples drawn per source at most. Longer histories are reduced without losing a peak, and say so.",
            json!(Self::default().max_points),
            limits,
        ));
        Schema {
            groups: vec![history, CurveStyle::group()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::assert_describes;

    #[test]
    fn forms_say_what_is_read() {
        assert_describes::<ImageParams>();
        assert_describes::<LinesParams>();
        assert_describes::<SlicerParams>();
        assert_describes::<TimeseriesParams>();
    }
}
