//! How static geometry is drawn.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::params::{Field, FieldKind, Group, ParamError, rgb};
use crate::plot::{Dash, Ink, ShapeLine};

/// The line of static geometry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LineParams {
    /// `#rrggbb`, or empty for the colour of the layer's place in the figure.
    pub colour: String,
    /// Width in CSS pixels, 0.5 to 10.
    pub width: f64,
    /// How it is interrupted.
    pub dash: Dash,
    /// How opaque it is, 0 to 1.
    pub opacity: f64,
}

impl Default for LineParams {
    fn default() -> Self {
        Self {
            colour: String::new(),
            width: 1.5,
            dash: Dash::Solid,
            opacity: 1.0,
        }
    }
}

impl LineParams {
    /// What a shape says of its line.
    pub fn line(&self) -> ShapeLine {
        ShapeLine {
            ink: rgb(&self.colour).map_or(Ink::Layer, Ink::Rgb),
            width_px: self.width,
            dash: self.dash,
            opacity: self.opacity,
        }
    }

    pub(super) fn validate(&self) -> Result<(), ParamError> {
        let refuse = |field: &str, reason: &str| Err(ParamError::new(field, reason).within("line"));
        if !self.colour.is_empty() && rgb(&self.colour).is_none() {
            return refuse("colour", "must be empty or like #1f77b4");
        }
        if !(0.5..=10.0).contains(&self.width) {
            return refuse("width", "must be a number from 0.5 to 10");
        }
        if !(0.0..=1.0).contains(&self.opacity) {
            return refuse("opacity", "must be a number from 0 to 1");
        }
        Ok(())
    }

    pub(super) fn group() -> Group {
        let default = Self::default();
        let dashes = FieldKind::choice(&[
            ("solid", "solid"),
            ("dashed", "dashed"),
            ("dotted", "dotted"),
            ("dash_dot", "dashes and dots"),
        ]);
        Group::new("line", "Line", "How it is drawn.")
            .with(Field::new(
                "colour",
                "Colour",
                "Its own, or that of the layer's place in the figure.",
                json!(default.colour),
                FieldKind::Colour,
            ))
            .with(
                Field::new(
                    "width",
                    "Width",
                    "How wide the line is.",
                    json!(default.width),
                    FieldKind::Number {
                        min: 0.5,
                        max: 10.0,
                    },
                )
                .in_unit("px"),
            )
            .with(Field::new(
                "dash",
                "Dashes",
                "How the line is interrupted.",
                json!("solid"),
                dashes,
            ))
            .with(Field::new(
                "opacity",
                "Opacity",
                "1 covers what is below, 0 is not seen.",
                json!(default.opacity),
                FieldKind::Number { min: 0.0, max: 1.0 },
            ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_drawn_is_refused_at_its_field() {
        let refused = |line: LineParams| line.validate().unwrap_err().field;
        let line = LineParams::default;
        assert_eq!(line().line(), ShapeLine::default());
        assert_eq!(
            refused(LineParams {
                colour: "red".to_owned(),
                ..line()
            }),
            "line.colour"
        );
        assert_eq!(
            refused(LineParams {
                width: f64::NAN,
                ..line()
            }),
            "line.width"
        );
        assert_eq!(
            refused(LineParams {
                opacity: 1.5,
                ..line()
            }),
            "line.opacity"
        );
    }
}
