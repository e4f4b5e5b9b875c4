//! What the axes of a figure have to show, from what frames say about themselves.

use shared::data::{Coord, CoordValues};
use shared::plot::frame::Extent;
use shared::plot::{
    CurveMode, ErrorStyle, Range, Scale, Shape, ShapePlace, Target, Targets, edges_around,
};

use super::Presentation;
use super::axis::shown_scale;
use super::content::{Content, CurveItem};
use super::curve::draws_steps;

/// Around the ordinates of curves, and around dots.
const MARGIN: f64 = 0.1;

/// What everything visible in a figure spans. Static shapes take part only where there is nothing else.
pub(super) fn targets_of(content: &Content<'_>, presentation: &Presentation) -> Targets {
    let view = &presentation.view;
    let x_scale = shown_scale(view.x.scale(), &content.x);
    let y_scale = shown_scale(view.y.scale(), &content.y);
    let surfaces = content.surfaces.iter().map(|surface| Targets {
        x: coord_target(&surface.x, Reach::Elements, x_scale, 0.0),
        y: coord_target(&surface.y, Reach::Elements, y_scale, 0.0),
        colour: Target::new(surface.extent, view.colour.scale(), 0.0),
    });
    let curves = content.curves.iter().filter(|curve| !curve.is_hidden);
    let curves = curves.map(|curve| Targets {
        x: abscissas(curve, x_scale),
        y: ordinates(curve, y_scale),
        colour: None,
    });
    let bars = content.bars.targets([x_scale, y_scale]);
    let data = surfaces
        .chain(curves)
        .chain([bars])
        .fold(Targets::default(), Targets::union);
    let shapes = content.shapes.iter().flat_map(|(_, shapes)| &shapes.shapes);
    let of_shapes = shapes.map(|shape| shape_targets(shape, x_scale, y_scale));
    let of_shapes = of_shapes.fold(Targets::default(), Targets::union);
    Targets {
        x: data.x.or(of_shapes.x),
        y: data.y.or(of_shapes.y),
        colour: if presentation.colours.diverges() && !view.colour.scale().is_log() {
            data.colour.map(Target::around_zero)
        } else {
            data.colour
        },
    }
}

/// Which part of a coordinate counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// From the middle of the first element to that of the last.
    Centres,
    /// All of them, from edge to edge.
    Elements,
}

fn abscissas(curve: &CurveItem<'_>, scale: Scale) -> Option<Target> {
    let reach = if draws_steps(curve) {
        Reach::Elements
    } else {
        Reach::Centres
    };
    let margin = if curve.picture.style.mode == CurveMode::Points {
        MARGIN
    } else {
        0.0
    };
    coord_target(&curve.series.x, reach, scale, margin)
}

fn ordinates(curve: &CurveItem<'_>, scale: Scale) -> Option<Target> {
    let shows_errors = curve.picture.style.errors != ErrorStyle::None;
    let extent = if shows_errors && curve.has_errors() {
        with_errors(curve)
    } else {
        curve.series.extent
    };
    let target = Target::new(extent, scale, MARGIN)?;
    let is_count = !scale.is_log() && extent.finite.is_some_and(|(lo, _)| lo >= 0.0);
    Some(if is_count {
        target.not_below_zero()
    } else {
        target
    })
}

/// The extent of a curve with its error bars.
fn with_errors(curve: &CurveItem<'_>) -> Extent {
    let ends = (0..curve.series.y.len()).flat_map(|i| {
        let (y, error) = (curve.series.y.get(i), curve.error(i));
        let error = if error.is_finite() { error } else { 0.0 };
        [y - error, y + error]
    });
    Extent::of(ends)
}

fn coord_target(coord: &Coord, reach: Reach, scale: Scale, margin: f64) -> Option<Target> {
    let ends = match reach {
        Reach::Centres => [coord.centre(0), coord.centre(coord.len().checked_sub(1)?)],
        Reach::Elements => outer_edges(coord)?,
    };
    let range = Range::new(ends[0], ends[1])?;
    if matches!(coord.values, CoordValues::Times(_)) {
        return Some(Target::of_times(range));
    }
    let least_positive = if scale.is_log() && range.lo() <= 0.0 {
        least_positive(coord)
    } else {
        Some(range.lo())
    };
    let extent = Extent {
        finite: Some((range.lo(), range.hi())),
        least_positive,
    };
    Target::new(extent, scale, margin)
}

/// Where the first element begins and the last one ends.
fn outer_edges(coord: &Coord) -> Option<[f64; 2]> {
    Some(match &coord.values {
        CoordValues::Linear { start, step, len } => {
            let step = if *len == 1 { 1.0 } else { *step };
            [start - step / 2.0, start + (*len as f64 - 0.5) * step]
        }
        CoordValues::Edges(edges) => [*edges.first()?, *edges.last()?],
        CoordValues::Points(_) | CoordValues::Times(_) => {
            let centres: Vec<_> = (0..coord.len()).map(|i| coord.centre(i)).collect();
            let edges = edges_around(&centres);
            [*edges.first()?, *edges.last()?]
        }
        CoordValues::Labels(_) | CoordValues::Flat(_) => [-0.5, coord.len() as f64 - 0.5],
    })
}

fn least_positive(coord: &Coord) -> Option<f64> {
    let positive = (0..coord.len())
        .map(|i| coord.centre(i))
        .filter(|x| *x > 0.0);
    positive.min_by(f64::total_cmp)
}

fn shape_targets(shape: &Shape, x_scale: Scale, y_scale: Scale) -> Targets {
    let target = |values: Vec<f64>, scale| Target::new(Extent::of(values), scale, MARGIN);
    let (x, y) = match &shape.place {
        ShapePlace::Area(area) => {
            let [x, y] = area.bounds();
            (x.to_vec(), y.to_vec())
        }
        ShapePlace::VerticalLine(x) => (vec![*x], Vec::new()),
        ShapePlace::HorizontalLine(y) => (Vec::new(), vec![*y]),
    };
    Targets {
        x: target(x, x_scale),
        y: target(y, y_scale),
        colour: None,
    }
}
