//! Geometry over the data: regions, outlines, and lines across the frame.

use std::f64::consts::TAU;

use shared::plot::frame::Shapes;
use shared::plot::{Area, Dash, Ink, Projection, Rect, Shape, ShapePlace};

use super::style::Style;
use super::{Align, Baseline, Colour, Draw};

/// Corners of the polygon that stands for an ellipse.
const ELLIPSE_CORNERS: usize = 72;

/// Between a shape and its name, and between names.
const GAP_PX: f64 = 1.0;

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
    let mut labels = Vec::new();
    for shape in &shapes.shapes {
        let colour = match shape.line.ink {
            Ink::Layer => colour,
            Ink::Series(place) => ground.style.theme.series(place.into()),
            Ink::Rgb(rgb) => Colour::opaque(rgb),
        };
        labels.extend(ground.draw(shape, colour.faded(opacity), out));
    }
    // Over all outlines, none over another as far as there is room.
    let mut taken = Vec::new();
    for label in labels {
        taken.push(ground.write(label, &taken, out));
    }
}

/// The name of a shape, for the place that it is given.
struct Label<'a> {
    name: &'a str,
    /// The least and the largest place of the shape along each axis, in pixels.
    left_top: [f64; 2],
    right_bottom: [f64; 2],
    colour: Colour,
}

impl Ground<'_> {
    fn draw<'a>(&self, shape: &'a Shape, colour: Colour, out: &mut Vec<Draw>) -> Option<Label<'a>> {
        let points = self.outline(&shape.place)?;
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
        let [left_top, right_bottom] = extent(&points);
        out.push(Draw::Line {
            points,
            width_px,
            dash: shape.line.dash,
            colour,
        });
        let frame = self.frame;
        let is_in_sight = left_top[0] <= frame.right()
            && left_top[1] <= frame.bottom()
            && right_bottom[0] >= frame.left
            && right_bottom[1] >= frame.top;
        let name = shape.name.as_deref().filter(|_| is_in_sight);
        name.map(|name| Label {
            name,
            left_top,
            right_bottom,
            colour,
        })
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

    /// Writes a name at the first corner of its shape where no other is: above it, below it, at its right, at its left, further
    /// above or below; inside the frame as far as there is room.
    fn write(&self, label: Label<'_>, taken: &[Rect], out: &mut Vec<Draw>) -> Rect {
        let (style, frame) = (self.style, self.frame);
        let [width, height] = [style.width_px(label.name) + 6.0, style.line_px];
        let ([left, top], [right, bottom]) = (label.left_top, label.right_bottom);
        let within = |[left, top]: [f64; 2]| Rect {
            left: left.min(frame.right() - width).max(frame.left),
            top: top.min(frame.bottom() - height).max(frame.top),
            width,
            height,
        };
        let line = height + GAP_PX;
        let beside = [
            [left, top - line],
            [left, bottom + GAP_PX],
            [right + GAP_PX, top],
            [left - width - GAP_PX, top],
        ];
        let further = (1..=taken.len()).flat_map(|lines| {
            let by = line * lines as f64;
            [[left, top - line - by], [left, bottom + GAP_PX + by]]
        });
        let mut places = beside.into_iter().chain(further).map(within);
        let free = places.find(|it| !taken.iter().any(|other| it.overlaps(*other)));
        let rect = free.unwrap_or_else(|| within(beside[0]));
        out.push(Draw::Fill {
            rect,
            colour: style.theme.background.faded(0.75),
        });
        out.push(Draw::Fill {
            rect: Rect { width: 3.0, ..rect },
            colour: label.colour,
        });
        let at = [rect.left + 5.0, rect.top + rect.height / 2.0];
        let place = (Align::Left, Baseline::Middle);
        out.push(style.text(label.name.to_owned(), at, place, style.theme.text));
        rect
    }
}

/// The least and the largest place along each axis.
fn extent(points: &[[f64; 2]]) -> [[f64; 2]; 2] {
    let along = |from: f64, choose: fn(f64, f64) -> f64| {
        [0, 1].map(|axis| points.iter().map(|it| it[axis]).fold(from, choose))
    };
    [
        along(f64::INFINITY, f64::min),
        along(f64::NEG_INFINITY, f64::max),
    ]
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
