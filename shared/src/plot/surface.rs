//! What is shown as an image: an image, or a volume as it is cut.

use std::borrow::Cow;
use std::sync::Arc;

use super::frame::{Extent, Frame, FrameBody, Quantity};
use super::{Cut, Errors, Plane};
use crate::data::{Coord, Values};

/// Values on two axes, wherever they lie in memory.
#[derive(Clone, Debug)]
pub struct Surface<'a> {
    /// Where they lie along x.
    pub x: Cow<'a, Coord>,
    /// Where they lie along y.
    pub y: Cow<'a, Coord>,
    /// What they are.
    pub quantity: &'a Quantity,
    /// They, and perhaps others.
    pub values: &'a Arc<Values>,
    /// How far they reach, the others included.
    pub extent: Extent,
    /// How sure they are, the others included.
    pub errors: &'a Errors,
    /// Which of the values lie where.
    pub plane: Plane,
}

impl<'a> Surface<'a> {
    /// The surface of a frame whose volume is cut so; none of one that is no image, or whose shape does not fit its
    /// values.
    pub fn of(frame: &'a Frame, cut: Cut) -> Option<Self> {
        let surface = match &frame.body {
            FrameBody::Image(image) => Self {
                x: Cow::Borrowed(&image.x),
                y: Cow::Borrowed(&image.y),
                quantity: &image.quantity,
                values: &image.values,
                extent: image.extent,
                errors: &image.errors,
                plane: Plane::flatten(&[image.y.len(), image.x.len()], &[0], &[1]).ok()?,
            },
            FrameBody::Volume(volume) => {
                let ([x, y], plane) = cut.axes(&volume.coords)?;
                Self {
                    x,
                    y,
                    quantity: &volume.quantity,
                    values: &volume.values,
                    extent: volume.extent,
                    errors: &volume.errors,
                    plane,
                }
            }
            FrameBody::Curves(_) | FrameBody::Scalars(_) | FrameBody::Shapes(_) => return None,
        };
        let [n_rows, n_columns] = [surface.plane.n_rows(), surface.plane.n_columns()];
        let last = surface
            .plane
            .index(n_rows.checked_sub(1)?, n_columns.checked_sub(1)?);
        (last < surface.values.len()).then_some(surface)
    }

    /// The exact value of an element.
    pub fn value(&self, row: usize, column: usize) -> f64 {
        self.values.get(self.plane.index(row, column))
    }

    /// The standard deviation of an element; NaN where nothing is known.
    pub fn error(&self, row: usize, column: usize) -> f64 {
        let index = self.plane.index(row, column);
        self.errors.of_value(index, self.values.get(index))
    }
}
