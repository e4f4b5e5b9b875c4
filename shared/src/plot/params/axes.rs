//! How the axes of a layer are shown to those who choose nothing.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::params::{Field, FieldKind, Group};
use crate::plot::{Aspect, ScaleKind};
use crate::topology::{JsonText, LayerConfig};

/// How a page shows the axes of a layer until somebody chooses otherwise there: what the layers of any plotter may say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AxesParams {
    /// The scale of the horizontal axis.
    pub x: ScaleChoice,
    /// The scale of the vertical axis.
    pub y: ScaleChoice,
    /// The scale of colours.
    pub colour: ScaleChoice,
    /// The shape of the frame.
    pub shape: ShapeChoice,
}

/// What curves say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CurveAxes {
    /// The scale of the horizontal axis.
    pub x: ScaleChoice,
    /// The scale of the vertical axis.
    pub y: ScaleChoice,
}

/// What curves over time say of it, whose horizontal axis is always linear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HistoryAxes {
    /// The scale of the vertical axis.
    pub y: ScaleChoice,
}

/// What images say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImageAxes {
    /// The scale of colours.
    pub colour: ScaleChoice,
    /// The shape of the frame.
    pub shape: ShapeChoice,
}

/// A scale, or none in particular.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScaleChoice {
    /// Linear for axes, logarithmic for colours.
    #[default]
    Auto,
    /// Even.
    Linear,
    /// Logarithmic.
    Log,
    /// Linear around zero, logarithmic beyond.
    Symlog,
    /// By the square root.
    Sqrt,
}

/// The shape of a frame, or none in particular.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShapeChoice {
    /// As it suits the data.
    #[default]
    Auto,
    /// As the room has it.
    Free,
    /// As wide as high.
    Square,
    /// One unit of x is as long as one unit of y.
    Equal,
}

impl ScaleChoice {
    /// The kind of scale; none in particular is none.
    pub const fn kind(self) -> Option<ScaleKind> {
        match self {
            Self::Auto => None,
            Self::Linear => Some(ScaleKind::Linear),
            Self::Log => Some(ScaleKind::Log),
            Self::Symlog => Some(ScaleKind::Symlog),
            Self::Sqrt => Some(ScaleKind::Sqrt),
        }
    }
}

impl ShapeChoice {
    /// The shape; none in particular is none.
    pub const fn aspect(self) -> Option<Aspect> {
        match self {
            Self::Auto => None,
            Self::Free => Some(Aspect::Free),
            Self::Square => Some(Aspect::Square),
            Self::Equal => Some(Aspect::Equal),
        }
    }
}

impl AxesParams {
    /// The name of the group among a layer's parameters.
    pub const GROUP: &str = "axes";

    /// What a layer's parameters ask for.
    ///
    /// ```
    /// use shared::plot::params::{AxesParams, ScaleChoice};
    /// let params = serde_json::from_str(r#"{"axes": {"y": "log"}}"#).unwrap();
    /// assert_eq!(AxesParams::of_params(&params).y, ScaleChoice::Log);
    /// ```
    pub fn of_params(params: &JsonText) -> Self {
        let axes = params.object().get(Self::GROUP);
        // The server refuses layers whose parameters do not fit.
        axes.and_then(|axes| Self::deserialize(axes).ok())
            .unwrap_or_default()
    }

    /// What the layers of a cell ask for together, the lowest first: of each axis the lowest that asks for something.
    pub fn of_layers<'a>(configs: impl IntoIterator<Item = &'a LayerConfig>) -> Self {
        let asked = configs.into_iter().map(|it| Self::of_params(&it.params));
        asked.fold(Self::default(), Self::or)
    }

    /// Its own choices, and those of another layer above it where it has none.
    #[must_use]
    pub fn or(self, above: Self) -> Self {
        let scale = |own: ScaleChoice, above| {
            if own == ScaleChoice::Auto { above } else { own }
        };
        Self {
            x: scale(self.x, above.x),
            y: scale(self.y, above.y),
            colour: scale(self.colour, above.colour),
            shape: if self.shape == ShapeChoice::Auto {
                above.shape
            } else {
                self.shape
            },
        }
    }
}

impl CurveAxes {
    pub(super) fn group() -> Group {
        HistoryAxes::group().with(scale("x", "Scale of x", "linear"))
    }
}

impl HistoryAxes {
    pub(super) fn group() -> Group {
        group().with(scale("y", "Scale of y", "linear"))
    }
}

impl ImageAxes {
    pub(super) fn group() -> Group {
        let shapes = FieldKind::choice(&[
            ("auto", "as it suits the data"),
            ("free", "as the room has it"),
            ("square", "square"),
            ("equal", "equal units"),
        ]);
        group()
            .with(scale("colour", "Scale of colours", "logarithmic"))
            .with(Field::new(
                "shape",
                "Shape of the frame",
                "How wide it is for its height.",
                json!("auto"),
                shapes,
            ))
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
    Field::new(
        name,
        title,
        "How its values are spread.",
        json!("auto"),
        scales,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_layer_that_says_something_decides() {
        let low = AxesParams {
            y: ScaleChoice::Log,
            ..AxesParams::default()
        };
        let high = AxesParams {
            y: ScaleChoice::Sqrt,
            shape: ShapeChoice::Square,
            ..AxesParams::default()
        };
        let both = low.or(high);
        assert_eq!(
            (both.y, both.shape),
            (ScaleChoice::Log, ShapeChoice::Square)
        );
        assert_eq!(both.x, ScaleChoice::Auto);
    }
}
