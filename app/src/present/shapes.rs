//! Geometry over the data: regions, outlines, and lines across the frame.

use std::f64::consts::TAU;

use shared::plot::frame::Shapes;
use shared::plot::{Area, Dash, Ink, Projection, Rect, Shape, ShapePlace};

use super::style::Style;
use super::{Align, Baseline, Colour, Draw};

/// Corners of the polygon that stands for an ellipse.
const ELLIPSE_CORNERS: usize = 72;

/// Canvases draw nothing sensible far outside.
const FAR_PX: f64 = 1e4;

/// Where shapes are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground<'a> {
    pub(super) axes: [&'a Projection; 2],
    pub(super) frame: Rect,
    pub(super) style: &'a Style,
    /// Whether there are images below, on whose colours a line needs a border of its own to be seen.
    pub(super) has_image: bool,
}

/// Draws shapes, those without a colour of their own in `colour`; `opacity` is that of their layer.
pub(super) fn draw_shapes(
    shapes: &Shapes,
    ground: Ground<'_>,
    (colour, opacity): (Colour, f64),
    out: &mut Vec<Draw>,
) {
    for shape in &shapes.shapes {
        let colour = match shape.line.ink {
            Ink::Layer => colour,
            Ink::Series(place) => ground.style.theme.series(place.into()),
            Ink::Rgb(rgb) => Colour::opaque(rgb),
        };
        ground.draw(shape, colour.faded(opacity), out);
    }
}

impl Ground<'_> {
    fn draw(&self, shape: &Shape, colour: Colour, out: &mut Vec<Draw>) {
        let Some(points) = self.outline(&shape.place) else {
            return;
        };
        if shape.fill > 0.0 && matches!(shape.place, ShapePlace::Area(_)) {
            let colour = colour.faded(shape.fill.min(1.0));
            let points = points.clone();
            out.push(Draw::Area { points, colour });
        }
        let width_px = shape.line.width_px;
        let opacity = shape.line.opacity.clamp(0.0, 1.0);
        if self.has_image {
            let colour = self.style.theme.background.faded(0.6 * opacity);
            out.push(Draw::Line {
                points: points.clone(),
                width_px: width_px + 2.0,
                dash: Dash::Solid,
                colour,
            });
        }
        let colour = colour.faded(opacity);
        let place = label_place(&points);
        out.push(Draw::Line {
            points,
            width_px,
            dash: shape.line.dash,
            colour,
        });
        if let Some(name) = &shape.name {
            self.write(name, place, colour, out);
        }
    }

    /// The outline in pixels, a closed one with its first corner at both ends; none where an axis has no place for it.
    fn outline(&self, place: &ShapePlace) -> Option<Vec<[f64; 2]>> {
        let frame = self.frame;
        let [x, y] = self.axes;
        let across = |px: f64, ends: [[f64; 2]; 2]| px.is_finite().then(|| ends.to_vec());
        match place {
            ShapePlace::VerticalLine(at) => {
                let px = x.px_from_data(*at);
                across(px, [[px, frame.top], [px, frame.bottom()]])
            }
            ShapePlace::HorizontalLine(at) => {
                let px = y.px_from_data(*at);
                across(px, [[frame.left, px], [frame.right(), px]])
            }
            ShapePlace::Area(area) => {
                let mut points = corners(area)
                    .into_iter()
                    .map(|corner| self.px(corner))
                    .collect::<Option<Vec<_>>>()?;
                points.extend(points.first().copied());
                Some(points)
            }
        }
    }

    fn px(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        let px = [self.axes[0].px_from_data(x), self.axes[1].px_from_data(y)];
        let is_placed = px.iter().all(|it| !it.is_nan());
        is_placed.then(|| px.map(|it| it.clamp(-FAR_PX, FAR_PX)))
    }

    /// Writes a name at a shape's upper left corner, inside the frame as far as there is room.
    fn write(&self, name: &str, [left, top]: [f64; 2], colour: Colour, out: &mut Vec<Draw>) {
        let (style, frame) = (self.style, self.frame);
        let size = [style.width_px(name) + 6.0, style.line_px];
        let rect = Rect {
            left: left.min(frame.right() - size[0]).max(frame.left),
            top: (top - size[1]).max(frame.top),
            width: size[0],
            height: size[1],
        };
        out.push(Draw::Fill {
            rect,
            colour: style.theme.background.faded(0.75),
        });
        out.push(Draw::Fill {
            rect: Rect { width: 3.0, ..rect },
            colour,
        });
        let at = [rect.left + 5.0, rect.top + rect.height / 2.0];
        let place = (Align::Left, Baseline::Middle);
        out.push(style.text(name.to_owned(), at, place, style.theme.text));
    }
}

fn label_place(points: &[[f64; 2]]) -> [f64; 2] {
    [0, 1].map(|axis| {
        points
            .iter()
            .map(|it| it[axis])
            .fold(f64::INFINITY, f64::min)
    })
}

/// The corners of an area in the units of the axes.
fn corners(area: &Area) -> Vec<[f64; 2]> {
    match area {
        Area::Rectangle { x, y } => vec![[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]]],
        Area::Polygon { vertices } => vertices.clone(),
        Area::Ellipse { centre, radii } => (0..ELLIPSE_CORNERS)
            .map(|i| (i as f64 / ELLIPSE_CORNERS as f64 * TAU).sin_cos())
            .map(|(sin, cos)| [centre[0] + radii[0] * cos, centre[1] + radii[1] * sin])
            .collect(),
    }
}
