//! What each kind of plotter may say of its axes: a part of what any may, which forms show in this order.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{AxesParams, FARTHEST, ScaleChoice, ShapeChoice};
use crate::params::{Field, FieldKind, Group};
use crate::plot::{Aspect, AxisView};

/// Declares a part of [`AxesParams`], which has the same defaults.
macro_rules! part_of_axes {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $name {
            $($(#[$what])* pub $field: $kind,)*
        }

        impl From<$name> for AxesParams {
            fn from(part: $name) -> Self {
                Self { $($field: part.$field,)* ..Self::default() }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                let usual = AxesParams::default();
                Self { $($field: usual.$field,)* }
            }
        }
    };
}

part_of_axes! {
    /// What curves say of their axes.
    CurveAxes {
        /// The scale of the horizontal axis.
        x: ScaleChoice,
        /// The scale of the vertical axis.
        y: ScaleChoice,
        /// The shape of the frame.
        shape: ShapeChoice,
        /// The number that goes with a fixed shape.
        ratio: f64,
        /// How many labels the horizontal axis has at most.
        x_labels: Option<u8>,
        /// How many labels the vertical axis has at most.
        y_labels: Option<u8>,
    }
}

part_of_axes! {
    /// What curves over time say of them, whose horizontal axis is always linear.
    HistoryAxes {
        /// The scale of the vertical axis.
        y: ScaleChoice,
        /// The shape of the frame.
        shape: ShapeChoice,
        /// The number that goes with a fixed shape.
        ratio: f64,
        /// How many labels the horizontal axis has at most.
        x_labels: Option<u8>,
        /// How many labels the vertical axis has at most.
        y_labels: Option<u8>,
    }
}

part_of_axes! {
    /// What images say of them.
    ImageAxes {
        /// The scale of colours.
        colour: ScaleChoice,
        /// Where colours begin.
        colour_min: Option<f64>,
        /// Where colours end.
        colour_max: Option<f64>,
        /// The shape of the frame.
        shape: ShapeChoice,
        /// The number that goes with a fixed shape.
        ratio: f64,
        /// How many labels the horizontal axis has at most.
        x_labels: Option<u8>,
        /// How many labels the vertical axis has at most.
        y_labels: Option<u8>,
    }
}

impl CurveAxes {
    pub(in super::super) fn group() -> Group {
        let group = group().with(scale("x", "Scale of x", "linear"));
        with_frame(group.with(scale("y", "Scale of y", "linear")))
    }
}

impl HistoryAxes {
    pub(in super::super) fn group() -> Group {
        with_frame(group().with(scale("y", "Scale of y", "linear")))
    }
}

impl ImageAxes {
    pub(in super::super) fn group() -> Group {
        let limit = |name, title, text| {
            let (min, max) = (-FARTHEST, FARTHEST);
            let kind = FieldKind::Number { min, max };
            Field::new(name, title, text, Value::Null, kind)
        };
        let group = group()
            .with(scale("colour", "Scale of colours", "logarithmic"))
            .with(limit(
                "colour_min",
                "Colours from",
                "The value of the first colour. Without the two limits colours follow the data.",
            ))
            .with(limit(
                "colour_max",
                "Colours to",
                "The value of the last colour.",
            ));
        with_frame(group)
    }
}

fn group() -> Group {
    let description = "What pages show at first; on each, everybody may choose otherwise.";
    Group::new(AxesParams::GROUP, "Axes", description)
}

fn scale(name: &str, title: &str, auto: &str) -> Field {
    let auto = format!("usual: {auto}");
    let scales = FieldKind::choice(&[
        ("auto", &auto),
        ("linear", "linear"),
        ("log", "logarithmic"),
        ("symlog", "symmetric logarithmic"),
        ("sqrt", "square root"),
    ]);
    let text = "How its values are spread.";
    Field::new(name, title, text, json!("auto"), scales)
}

/// What every frame has.
fn with_frame(group: Group) -> Group {
    let shapes = FieldKind::choice(&[
        ("auto", "as it suits the data"),
        ("free", "as the room has it"),
        ("square", "square"),
        ("equal", "equal units"),
        ("frame", "width : height"),
        ("data", "unit of x : unit of y"),
    ]);
    let (min, max) = (Aspect::LEAST_RATIO, Aspect::MOST_RATIO);
    let labels = |name, title| {
        let limits = FieldKind::Integer {
            min: i64::from(*AxisView::LABELS.start()),
            max: i64::from(*AxisView::LABELS.end()),
        };
        let text = "How many there are at most; without a number, as many as have room.";
        Field::new(name, title, text, Value::Null, limits)
    };
    group
        .with(Field::new(
            "shape",
            "Shape of the frame",
            "How wide it is for its height.",
            json!("auto"),
            shapes,
        ))
        .with(Field::new(
            "ratio",
            "Ratio",
            "Of the two shapes with a colon: 2 makes the first twice as long as the second.",
            json!(1.0),
            FieldKind::Number { min, max },
        ))
        .with(labels("x_labels", "Labels of x"))
        .with(labels("y_labels", "Labels of y"))
}
