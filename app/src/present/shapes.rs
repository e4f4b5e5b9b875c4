//! Static geometry over the data: outlines and lines across the frame.

use shared::plot::frame::{Shape, Shapes};
use shared::plot::{Projection, Rect};

use super::{Colour, Draw};

const LINE_PX: f64 = 1.5;

/// Draws the outlines of shapes.
pub(super) fn draw_shapes(
    shapes: &Shapes,
    [x, y]: [&Projection; 2],
    frame: Rect,
    colour: Colour,
    out: &mut Vec<Draw>,
) {
    let line = |points| Draw::Line {
        points,
        width_px: LINE_PX,
        colour,
    };
    for shape in &shapes.shapes {
        match shape {
            Shape::Polygon(corners) => {
                let closed = corners.iter().chain(corners.first());
                let at = |(cx, cy): &(f64, f64)| [x.px_from_data(*cx), y.px_from_data(*cy)];
                let points: Vec<_> = closed.map(at).collect();
                if points.iter().flatten().all(|px| px.is_finite()) {
                    out.push(line(points));
                }
            }
            Shape::VerticalLine(at) => {
                let px = x.px_from_data(*at);
                if px.is_finite() {
                    out.push(line(vec![[px, frame.top], [px, frame.bottom()]]));
                }
            }
            Shape::HorizontalLine(at) => {
                let px = y.px_from_data(*at);
                if px.is_finite() {
                    out.push(line(vec![[frame.left, px], [frame.right(), px]]));
                }
            }
        }
    }
}
