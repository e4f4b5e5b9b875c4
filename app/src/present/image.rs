//! Images: which element of a matrix each device pixel shows.

use std::sync::Arc;

use shared::data::CoordValues;
use shared::plot::{ColourMap, Normalization, Projection, Rect, element_at};

use super::ImageQuad;
use super::surface::Surface;

/// How the images of a figure are painted.
#[derive(Clone, Copy, Debug)]
pub(super) struct ImageStyle<'a> {
    pub(super) x: &'a Projection,
    pub(super) y: &'a Projection,
    pub(super) frame: Rect,
    pub(super) device_pixel_ratio: f64,
    pub(super) normalization: Normalization,
    pub(super) map: ColourMap,
}

/// The images of surfaces in the frame of a figure. `lookups` is kept from scene to scene, since new values mostly
/// come for the same coordinates and axes.
pub(super) fn image_quads(
    surfaces: &[Surface<'_>],
    style: ImageStyle<'_>,
    lookups: &mut Vec<Lookup>,
) -> Vec<ImageQuad> {
    let ImageStyle {
        x,
        y,
        frame,
        device_pixel_ratio,
        normalization,
        map,
    } = style;
    let mut kept = lookups.drain(..);
    let mut lookup = |coord: &CoordValues, axis: &Projection, stretch| {
        let lookup = kept.next();
        let lookup = lookup.filter(|it| it.serves(coord, axis, stretch, device_pixel_ratio));
        lookup.unwrap_or_else(|| Lookup::new(coord, axis, stretch, device_pixel_ratio))
    };
    let pairs: Vec<_> = surfaces
        .iter()
        .map(|surface| {
            [
                lookup(&surface.x.values, x, [frame.left, frame.width]),
                lookup(&surface.y.values, y, [frame.top, frame.height]),
            ]
        })
        .collect();
    drop(kept);
    let quad = |(surface, [columns, rows]): (&Surface<'_>, &[Lookup; 2])| ImageQuad {
        layer: surface.picture.layer,
        version: surface.picture.version,
        values: Arc::clone(surface.values),
        plane: surface.plane.clone(),
        rect: frame,
        columns: columns.elements.clone(),
        rows: rows.elements.clone(),
        normalization,
        map,
        opacity: surface.picture.opacity(),
    };
    let quads = surfaces.iter().zip(&pairs).map(quad).collect();
    lookups.extend(pairs.into_iter().flatten());
    quads
}

/// The element at the middle of each device pixel of a stretch `[start, length]` along an axis, -1 for none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lookup {
    coord: CoordValues,
    axis: Projection,
    stretch: [f64; 2],
    device_pixel_ratio: f64,
    elements: Vec<i32>,
}

impl Lookup {
    fn new(
        coord: &CoordValues,
        axis: &Projection,
        [start, length]: [f64; 2],
        device_pixel_ratio: f64,
    ) -> Self {
        let n_pixels = (length * device_pixel_ratio).round() as usize;
        let element = |pixel: usize| {
            let px = start + (pixel as f64 + 0.5) / device_pixel_ratio;
            i32::try_from(element_at(coord, axis.data_from_px(px))?).ok()
        };
        Self {
            coord: coord.clone(),
            axis: *axis,
            stretch: [start, length],
            device_pixel_ratio,
            elements: (0..n_pixels)
                .map(|pixel| element(pixel).unwrap_or(-1))
                .collect(),
        }
    }

    fn serves(
        &self,
        coord: &CoordValues,
        axis: &Projection,
        stretch: [f64; 2],
        device_pixel_ratio: f64,
    ) -> bool {
        self.axis == *axis
            && self.stretch == stretch
            && self.device_pixel_ratio == device_pixel_ratio
            && self.coord == *coord
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::plot::{Range, Scale};

    #[test]
    fn each_device_pixel_shows_the_element_at_its_middle() {
        let coord = CoordValues::Linear {
            start: 0.0,
            step: 1.0,
            len: 4,
        };
        let range = Range::new(-0.5, 3.5).unwrap();
        let x = Projection::new(Scale::Linear, range, [10.0, 14.0]);
        assert_eq!(
            Lookup::new(&coord, &x, [10.0, 4.0], 2.0).elements,
            [0, 0, 1, 1, 2, 2, 3, 3]
        );
        let y = Projection::new(Scale::Linear, range, [8.0, 4.0]);
        assert_eq!(
            Lookup::new(&coord, &y, [4.0, 4.0], 1.0).elements,
            [3, 2, 1, 0]
        );
    }

    #[test]
    fn beyond_the_data_and_on_log_axes() {
        let coord = CoordValues::Edges([1.0, 10.0, 100.0].into());
        let range = Range::new(0.1, 1000.0).unwrap();
        let x = Projection::new(Scale::Log, range, [0.0, 4.0]);
        assert_eq!(
            Lookup::new(&coord, &x, [0.0, 4.0], 1.0).elements,
            [-1, 0, 1, -1]
        );
    }
}
