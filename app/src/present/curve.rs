//! Curves: lines, steps and dots with their error bars, reduced to what the pixels can show.

use std::ops;

use shared::data::CoordValues;
use shared::plot::{
    CurveMode, Dash, ErrorStyle, Projection, Rect, m4, partition_point, runs, step_outline,
};

use super::content::CurveItem;
use super::{Colour, Draw};

const LINE_PX: f64 = 1.5;
const DOT_PX: f64 = 2.5;

/// The least distance of error bars; where values are closer, a band is drawn.
const MIN_BAR_DISTANCE_PX: f64 = 5.0;

/// Canvases draw nothing sensible far outside.
const FAR_PX: f64 = 1e5;

/// Whether the values are drawn as steps: they belong to bins, and the layer does not ask for something else.
pub(super) fn draws_steps(curve: &CurveItem<'_>) -> bool {
    let has_bins = matches!(curve.series.x.values, CoordValues::Edges(_));
    has_bins
        && matches!(
            curve.picture.style.mode,
            CurveMode::Auto | CurveMode::Histogram
        )
}

/// Draws a curve as device pixels can show it; `kept` is scratch room.
pub(super) fn draw_curve(
    curve: &CurveItem<'_>,
    axes: [&Projection; 2],
    (frame, device_pixel_ratio): (Rect, f64),
    colour: Colour,
    kept: &mut Vec<usize>,
    out: &mut Vec<Draw>,
) {
    let pen = Pen {
        curve,
        axes,
        frame,
        colour,
    };
    let window = pen.visible();
    let columns = window
        .clone()
        .map(|i| (pen.x(i) * device_pixel_ratio, pen.y(i)));
    m4(columns, kept);
    for i in kept.iter_mut() {
        *i += window.start;
    }
    pen.draw_errors(kept, out);
    let is_sparse = window.len() as f64 <= 2.0 * frame.width;
    match curve.picture.style.mode {
        CurveMode::Points => pen.draw_dots(kept, out),
        _ if draws_steps(curve) && is_sparse => pen.draw_steps(window, out),
        _ => pen.draw_line(kept, out),
    }
}

struct Pen<'a> {
    curve: &'a CurveItem<'a>,
    axes: [&'a Projection; 2],
    frame: Rect,
    colour: Colour,
}

impl Pen<'_> {
    fn x(&self, i: usize) -> f64 {
        self.axes[0].px_from_data(self.curve.series.x.centre(i))
    }

    fn y(&self, i: usize) -> f64 {
        self.y_px(self.curve.series.y.get(i))
    }

    fn y_px(&self, value: f64) -> f64 {
        let px = self.axes[1].px_from_data(value);
        if px.is_finite() {
            px.clamp(-FAR_PX, FAR_PX)
        } else {
            f64::NAN
        }
    }

    fn is_drawn(&self, i: usize) -> bool {
        self.x(i).is_finite() && self.y(i).is_finite()
    }

    /// The points inside the frame and one beyond on each side, so that lines reach the border.
    fn visible(&self) -> ops::Range<usize> {
        let series = self.curve.series;
        let n = series.x.len().min(series.y.len());
        let range = self.axes[0].range();
        let first = partition_point(n, |i| series.x.centre(i) < range.lo());
        let end = partition_point(n, |i| series.x.centre(i) <= range.hi());
        first.saturating_sub(1)..end.saturating_add(1).min(n).max(first)
    }

    fn draw_line(&self, kept: &[usize], out: &mut Vec<Draw>) {
        let mut alone = Vec::new();
        for run in runs(kept.len(), |k| self.is_drawn(kept[k])) {
            let points: Vec<_> = kept[run].iter().map(|i| [self.x(*i), self.y(*i)]).collect();
            match points.as_slice() {
                [point] => alone.push(*point),
                _ => out.push(Draw::Line {
                    points,
                    width_px: LINE_PX,
                    dash: Dash::Solid,
                    colour: self.colour,
                }),
            }
        }
        self.push_dots(alone, LINE_PX, out);
    }

    fn draw_dots(&self, kept: &[usize], out: &mut Vec<Draw>) {
        let drawn = kept.iter().filter(|i| self.is_drawn(**i));
        self.push_dots(
            drawn.map(|i| [self.x(*i), self.y(*i)]).collect(),
            DOT_PX,
            out,
        );
    }

    fn push_dots(&self, points: Vec<[f64; 2]>, radius_px: f64, out: &mut Vec<Draw>) {
        if !points.is_empty() {
            out.push(Draw::Dots {
                points,
                radius_px,
                colour: self.colour,
            });
        }
    }

    fn draw_steps(&self, window: ops::Range<usize>, out: &mut Vec<Draw>) {
        let CoordValues::Edges(edges) = &self.curve.series.x.values else {
            return;
        };
        let edge = |i: usize| self.edge_px(edges.get(i).copied());
        for run in runs(window.len(), |k| self.y(window.start + k).is_finite()) {
            let bins = window.start + run.start..window.start + run.end;
            let points = step_outline(bins, edge, |i| self.y(i))
                .map(|(x, y)| [x, y])
                .collect();
            out.push(Draw::Line {
                points,
                width_px: LINE_PX,
                dash: Dash::Solid,
                colour: self.colour,
            });
        }
    }

    /// An edge that a log axis cannot show lies at the lower end.
    fn edge_px(&self, edge: Option<f64>) -> f64 {
        let px = edge.map_or(f64::NAN, |edge| self.axes[0].px_from_data(edge));
        if px.is_nan() {
            self.frame.left
        } else {
            px.clamp(-FAR_PX, FAR_PX)
        }
    }

    fn draw_errors(&self, kept: &[usize], out: &mut Vec<Draw>) {
        let (curve, style) = (self.curve, self.curve.picture.style.errors);
        if style == ErrorStyle::None || !curve.has_errors() {
            return;
        }
        let ends = |i: usize| {
            let (y, error) = (curve.series.y.get(i), curve.error(i));
            [self.end_px(y - error), self.end_px(y + error)]
        };
        let has_bar = |i: usize| self.is_drawn(i) && curve.error(i) > 0.0;
        let fit = self.frame.width / MIN_BAR_DISTANCE_PX;
        if style == ErrorStyle::Bars && kept.len() as f64 <= fit {
            let bar = |i: &usize| ends(*i).map(|y| [self.x(*i), y]);
            let ends = kept.iter().filter(|i| has_bar(**i)).map(bar).collect();
            out.push(Draw::Segments {
                ends,
                width_px: 1.0,
                colour: self.colour,
            });
            return;
        }
        for run in runs(kept.len(), |k| has_bar(kept[k])) {
            let lower = kept[run.clone()].iter().map(|i| [self.x(*i), ends(*i)[0]]);
            let upper = kept[run].iter().rev().map(|i| [self.x(*i), ends(*i)[1]]);
            let points = lower.chain(upper).collect();
            out.push(Draw::Area {
                points,
                colour: self.colour.faded(0.25),
            });
        }
    }

    /// The end of a bar that a log axis cannot show lies at the lower end.
    fn end_px(&self, value: f64) -> f64 {
        let px = self.y_px(value);
        if px.is_nan() { self.frame.bottom() } else { px }
    }
}
