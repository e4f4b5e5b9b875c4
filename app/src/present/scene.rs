//! A figure ready to be painted.

use std::sync::Arc;

use shared::data::Values;
use shared::id::LayerId;
use shared::plot::{ColourMap, Layout, Normalization, Plane, Projection, Rect};
use shared::version::Stamp;

use super::{Draw, LegendEntry, Readout};

/// What is painted, from back to front: `under`, `images`, `over`.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The room, in CSS pixels.
    pub size_px: [f64; 2],
    /// Device pixels per CSS pixel.
    pub device_pixel_ratio: f64,
    /// False for single values, which have nothing to zoom.
    pub has_axes: bool,
    /// Where the parts lie.
    pub layout: Layout,
    /// The horizontal axis.
    pub x: Projection,
    /// The vertical axis.
    pub y: Projection,
    /// Commands behind the images.
    pub under: Vec<Draw>,
    /// Images.
    pub images: Vec<ImageQuad>,
    /// Commands before the images.
    pub over: Vec<Draw>,
    /// What the legend offers to be clicked.
    pub legend: Vec<LegendEntry>,
    /// The largest value in sight, if it is wished for.
    pub peak: Option<Readout>,
}

impl Scene {
    /// Lets go of the images once they are painted: what remains serves gestures and read-outs, and the values are
    /// the mirror's alone again, so that the next difference applies in place.
    pub fn release_images(&mut self) {
        self.images = Vec::new();
    }
}

/// A matrix of values in a rectangle, told as one lookup per device pixel column and row.
///
/// The pixel in column `i` and row `j` of the rectangle shows the value at `columns[i]` and `rows[j]`, whatever
/// the axes are like: the value that is read out under the cursor is the one whose colour is there.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageQuad {
    /// Whose values these are.
    pub layer: LayerId,
    /// Which frame of it.
    pub version: Stamp,
    /// The values, of which `plane` is shown.
    pub values: Arc<Values>,
    /// Where its rows and columns lie among the values.
    pub plane: Plane,
    /// Where it is painted, on whole device pixels.
    pub rect: Rect,
    /// The matrix column of each device pixel from left to right; -1 where there is none.
    pub columns: Vec<i32>,
    /// The matrix row of each device pixel from top to bottom; -1 where there is none.
    pub rows: Vec<i32>,
    /// From values to positions on the colour map.
    pub normalization: Normalization,
    /// The colour map.
    pub map: ColourMap,
    /// How opaque it is.
    pub opacity: f64,
}
