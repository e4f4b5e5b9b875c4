//! Images: which element of a matrix each device pixel shows.

use std::sync::Arc;

use shared::data::CoordValues;
use shared::plot::{ColourMap, Normalization, Projection, Rect, element_at};

use super::ImageQuad;
use super::surface::Surface;

/// The image of a surface in the frame of a figure.
pub(super) fn image_quad(
    surface: &Surface<'_>,
    [x, y]: [&Projection; 2],
    frame: Rect,
    device_pixel_ratio: f64,
    normalization: Normalization,
    map: ColourMap,
) -> ImageQuad {
    ImageQuad {
        layer: surface.picture.layer,
        version: surface.picture.version,
        values: Arc::clone(surface.values),
        plane: surface.plane.clone(),
        rect: frame,
        columns: lookup(
            &surface.x.values,
            x,
            [frame.left, frame.width],
            device_pixel_ratio,
        ),
        rows: lookup(
            &surface.y.values,
            y,
            [frame.top, frame.height],
            device_pixel_ratio,
        ),
        normalization,
        map,
        opacity: surface.picture.opacity(),
    }
}

/// The element at the middle of each device pixel of a stretch `[start, length]`.
fn lookup(
    coord: &CoordValues,
    axis: &Projection,
    [start, length]: [f64; 2],
    device_pixel_ratio: f64,
) -> Vec<i32> {
    let n_pixels = (length * device_pixel_ratio).round() as usize;
    let element = |pixel: usize| {
        let px = start + (pixel as f64 + 0.5) / device_pixel_ratio;
        i32::try_from(element_at(coord, axis.data_from_px(px))?).ok()
    };
    (0..n_pixels)
        .map(|pixel| element(pixel).unwrap_or(-1))
        .collect()
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
            lookup(&coord, &x, [10.0, 4.0], 2.0),
            [0, 0, 1, 1, 2, 2, 3, 3]
        );
        let y = Projection::new(Scale::Linear, range, [8.0, 4.0]);
        assert_eq!(lookup(&coord, &y, [4.0, 4.0], 1.0), [3, 2, 1, 0]);
    }

    #[test]
    fn beyond_the_data_and_on_log_axes() {
        let coord = CoordValues::Edges([1.0, 10.0, 100.0].into());
        let range = Range::new(0.1, 1000.0).unwrap();
        let x = Projection::new(Scale::Log, range, [0.0, 4.0]);
        assert_eq!(lookup(&coord, &x, [0.0, 4.0], 1.0), [-1, 0, 1, -1]);
    }
}
