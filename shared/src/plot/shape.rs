//! Geometry that is drawn over data: regions, static outlines and lines.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Area;

/// One shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// Where it is.
    pub place: ShapePlace,
    /// What is written beside it; none when nothing is.
    pub name: Option<Arc<str>>,
    /// How its outline is drawn.
    pub line: ShapeLine,
    /// How opaque its inside is filled in the colour of its outline, 0 to 1.
    pub fill: f64,
}

/// Where a shape is, in the units of the axes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShapePlace {
    /// A closed outline.
    Area(Area),
    /// A vertical line at an `x`.
    VerticalLine(f64),
    /// A horizontal line at a `y`.
    HorizontalLine(f64),
}

/// How an outline or a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShapeLine {
    /// Its colour.
    pub ink: Ink,
    /// How wide it is.
    pub width_px: f64,
    /// How it is interrupted.
    pub dash: Dash,
    /// How opaque it is, 0 to 1.
    pub opacity: f64,
}

/// The colour of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ink {
    /// That of its layer's place in the figure.
    #[default]
    Layer,
    /// One of the colours of series, by its place: light and dark panels have their own.
    Series(u8),
    /// Red, green, blue.
    Rgb([u8; 3]),
}

/// How a line is interrupted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dash {
    /// Not at all.
    #[default]
    Solid,
    /// Into strokes.
    Dashed,
    /// Into dots.
    Dotted,
    /// Into strokes and dots in turn.
    #[serde(rename = "dash_dot")]
    Alternating,
}

impl Default for ShapeLine {
    fn default() -> Self {
        Self {
            ink: Ink::Layer,
            width_px: 1.5,
            dash: Dash::Solid,
            opacity: 1.0,
        }
    }
}

impl Shape {
    /// The outline of an area or a line, drawn as shapes are without a wish.
    pub fn plain(place: ShapePlace) -> Self {
        Self {
            place,
            name: None,
            line: ShapeLine::default(),
            fill: 0.0,
        }
    }

    /// About how many bytes it takes in memory.
    pub(super) fn byte_len(&self) -> usize {
        let vertices = match &self.place {
            ShapePlace::Area(Area::Polygon { vertices }) => vertices.len(),
            _ => 0,
        };
        size_of::<Self>() + 16 * vertices + self.name.as_ref().map_or(0, |name| name.len())
    }
}

impl Dash {
    /// Lengths of strokes and gaps in turn, in widths of the line; empty for a line without gaps.
    pub fn pattern(self) -> &'static [f64] {
        match self {
            Self::Solid => &[],
            Self::Dashed => &[4.0, 3.0],
            Self::Dotted => &[1.0, 2.0],
            Self::Alternating => &[4.0, 2.0, 1.0, 2.0],
        }
    }
}
