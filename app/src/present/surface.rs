//! A matrix to be shown as an image: an image frame, or a plane of a volume.

use std::borrow::Cow;
use std::sync::Arc;

use shared::data::{Coord, Values};
use shared::plot::Plane;
use shared::plot::frame::{Extent, FrameBody, Quantity, SlicerState};

use super::{Cut, LayerPicture};

/// Values on two axes, wherever they lie in memory.
#[derive(Clone, Debug)]
pub(super) struct Surface<'a> {
    pub(super) picture: &'a LayerPicture,
    pub(super) x: Cow<'a, Coord>,
    pub(super) y: Cow<'a, Coord>,
    pub(super) quantity: &'a Quantity,
    pub(super) values: &'a Arc<Values>,
    pub(super) extent: Extent,
    pub(super) plane: Plane,
}

impl<'a> Surface<'a> {
    /// The surface of a picture; none if it is not one of images, or if its shape does not fit its values.
    pub(super) fn of(picture: &'a LayerPicture, cut: Cut) -> Option<Self> {
        let surface = match &picture.frame.body {
            FrameBody::Image(image) => Self {
                picture,
                x: Cow::Borrowed(&image.x),
                y: Cow::Borrowed(&image.y),
                quantity: &image.quantity,
                values: &image.values,
                extent: image.extent,
                plane: Plane::flatten(&[image.y.len(), image.x.len()], &[0], &[1]).ok()?,
            },
            FrameBody::Volume(volume) => Self::of_volume(picture, volume, cut)?,
            FrameBody::Curves(_) | FrameBody::Scalars(_) | FrameBody::Shapes(_) => return None,
        };
        let [n_rows, n_columns] = [surface.plane.n_rows(), surface.plane.n_columns()];
        let last = surface
            .plane
            .index(n_rows.checked_sub(1)?, n_columns.checked_sub(1)?);
        (last < surface.values.len()).then_some(surface)
    }

    fn of_volume(picture: &'a LayerPicture, volume: &'a SlicerState, cut: Cut) -> Option<Self> {
        let shape = volume.coords.each_ref().map(Coord::len);
        let (plane, y, x) = match cut {
            Cut::Slice { .. } => {
                let (dim, index) = cut.place(shape)?;
                let [row, column] = others(dim);
                let plane = Plane::slice(&shape, dim, index).ok()?;
                let [y, x] = [row, column].map(|dim| Cow::Borrowed(&volume.coords[dim]));
                (plane, y, x)
            }
            Cut::Flatten { x_dim } => {
                let x_dim = x_dim.min(2);
                let rows = others(x_dim);
                let plane = Plane::flatten(&shape, &rows, &[x_dim]).ok()?;
                let y = Coord::flat(&rows.map(|dim| volume.coords[dim].clone()));
                let x = Cow::Borrowed(&volume.coords[x_dim]);
                (plane, Cow::Owned(y), x)
            }
        };
        Some(Self {
            picture,
            x,
            y,
            quantity: &volume.quantity,
            values: &volume.values,
            extent: volume.extent,
            plane,
        })
    }

    /// The exact value of an element.
    pub(super) fn value(&self, row: usize, column: usize) -> f64 {
        self.values.get(self.plane.index(row, column))
    }
}

/// The two dimensions of three that are not `dim`, outer one first.
fn others(dim: usize) -> [usize; 2] {
    match dim {
        0 => [1, 2],
        1 => [0, 2],
        _ => [0, 1],
    }
}
