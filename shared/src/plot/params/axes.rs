//! How the axes of a layer are shown to those who choose nothing.

use serde::{Deserialize, Serialize};

use crate::params::ParamError;
use crate::plot::{Aspect, AxisView, Range, ScaleKind};
use crate::topology::{JsonText, LayerConfig};

mod kinds;
#[cfg(test)]
mod tests;

pub use kinds::{CurveAxes, HistoryAxes, ImageAxes};

/// How a page shows the axes of a layer until somebody chooses otherwise there: what the layers of any plotter may say.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
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
    /// The number that goes with a fixed shape.
    pub ratio: f64,
    /// How many labels the horizontal axis has at most; none leaves it to the room.
    pub x_labels: Option<u8>,
    /// The same of the vertical axis.
    pub y_labels: Option<u8>,
    /// Where colours begin; none lets them follow the data.
    pub colour_min: Option<f64>,
    /// Where colours end; none lets them follow the data.
    pub colour_max: Option<f64>,
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
    /// So many times as wide as high.
    Frame,
    /// One unit of x is so many times as long as one unit of y.
    Data,
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

impl Default for AxesParams {
    fn default() -> Self {
        Self {
            x: ScaleChoice::Auto,
            y: ScaleChoice::Auto,
            colour: ScaleChoice::Auto,
            shape: ShapeChoice::Auto,
            ratio: 1.0,
            x_labels: None,
            y_labels: None,
            colour_min: None,
            colour_max: None,
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
        let (shape, ratio) = match self.shape {
            ShapeChoice::Auto => (above.shape, above.ratio),
            own => (own, self.ratio),
        };
        let (colour_min, colour_max) = match self.colour_limits() {
            None => (above.colour_min, above.colour_max),
            Some(_) => (self.colour_min, self.colour_max),
        };
        Self {
            x: scale(self.x, above.x),
            y: scale(self.y, above.y),
            colour: scale(self.colour, above.colour),
            shape,
            ratio,
            x_labels: self.x_labels.or(above.x_labels),
            y_labels: self.y_labels.or(above.y_labels),
            colour_min,
            colour_max,
        }
    }

    /// The shape of the frame; none in particular is none.
    pub fn aspect(&self) -> Option<Aspect> {
        match self.shape {
            ShapeChoice::Auto => None,
            ShapeChoice::Free => Some(Aspect::Free),
            ShapeChoice::Square => Some(Aspect::Square),
            ShapeChoice::Equal => Some(Aspect::Equal),
            ShapeChoice::Frame => Some(Aspect::frame(self.ratio)),
            ShapeChoice::Data => Some(Aspect::data(self.ratio)),
        }
    }

    /// What colours span; none where they follow the data.
    pub fn colour_limits(&self) -> Option<Range> {
        Range::new(self.colour_min?, self.colour_max?)
    }

    /// Checks what the parameters of a plotter say of its axes.
    pub(super) fn check(axes: impl Into<Self>) -> Result<(), ParamError> {
        let it: Self = axes.into();
        it.check_numbers()
            .and_then(|()| it.check_limits())
            .map_err(|error| error.within(Self::GROUP))
    }

    fn check_numbers(&self) -> Result<(), ParamError> {
        let ratios = Aspect::LEAST_RATIO..=Aspect::MOST_RATIO;
        if !ratios.contains(&self.ratio) {
            let reason = format!(
                "must be a number from {} to {}",
                ratios.start(),
                ratios.end()
            );
            return Err(ParamError::new("ratio", reason));
        }
        for (field, labels) in [("x_labels", self.x_labels), ("y_labels", self.y_labels)] {
            if labels.is_some_and(|it| !AxisView::LABELS.contains(&it)) {
                let [least, most] = [AxisView::LABELS.start(), AxisView::LABELS.end()];
                let reason = format!("must be a whole number from {least} to {most}, or nothing");
                return Err(ParamError::new(field, reason));
            }
        }
        Ok(())
    }

    fn check_limits(&self) -> Result<(), ParamError> {
        for (field, limit) in [
            ("colour_min", self.colour_min),
            ("colour_max", self.colour_max),
        ] {
            if limit.is_some_and(|it| !(-FARTHEST..=FARTHEST).contains(&it)) {
                let reason = format!("must be a number from -{FARTHEST:e} to {FARTHEST:e}");
                return Err(ParamError::new(field, reason));
            }
        }
        // Colours are spread logarithmically where nothing else is asked for.
        let is_log = matches!(self.colour, ScaleChoice::Auto | ScaleChoice::Log);
        let (field, reason) = match (self.colour_min, self.colour_max) {
            (None, Some(_)) => ("colour_min", "give both limits of colours, or none"),
            (Some(_), None) => ("colour_max", "give both limits of colours, or none"),
            (Some(min), Some(max)) if min >= max => {
                ("colour_max", "must be above where colours begin")
            }
            (Some(min), Some(_)) if is_log && min <= 0.0 => {
                ("colour_min", "must be above 0 on a logarithmic scale")
            }
            _ => return Ok(()),
        };
        Err(ParamError::new(field, reason))
    }
}

/// Beyond this no limit is meant.
const FARTHEST: f64 = 1e12;
