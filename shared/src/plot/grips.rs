//! Taking hold of areas: where their handles are, what a hand grips, and what moving it makes of them.
//!
//! Hands are in pixels, areas in the units of the axes. Results are rounded to less than a pixel, so that numbers stay
//! short.

use super::{Area, Projection, Scale};

/// What is held of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// All of it: it moves.
    Whole,
    /// Ends of a rectangle or an ellipse on the x and the y axis: -1 the lower, 1 the upper, 0 none.
    Ends([i8; 2]),
    /// A vertex of a polygon.
    Vertex(usize),
    /// The middle between a vertex and the next one, where a new vertex comes to be.
    Between(usize),
}

/// The shapes that can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaKind {
    /// A rectangle.
    Rectangle,
    /// A polygon.
    Polygon,
    /// An ellipse.
    Ellipse,
}

/// Where an area can be gripped, in pixels.
pub fn handles(area: &Area, [x, y]: [&Projection; 2]) -> Vec<(Grip, [f64; 2])> {
    let px = |[px, py]: [f64; 2]| [x.px_from_data(px), y.px_from_data(py)];
    if let Area::Polygon { vertices } = area {
        let points: Vec<[f64; 2]> = vertices.iter().map(|vertex| px(*vertex)).collect();
        let of_vertices = points.iter().enumerate();
        let of_vertices = of_vertices.map(|(i, at)| (Grip::Vertex(i), *at));
        let nexts = points.iter().cycle().skip(1);
        let between = points.iter().zip(nexts).enumerate();
        let between = between.map(|(i, (a, b))| (Grip::Between(i), middle(*a, *b)));
        return of_vertices.chain(between).collect();
    }
    let [xs, ys] = area.bounds();
    let [low, high] = [px([xs[0], ys[0]]), px([xs[1], ys[1]])];
    let centre = middle(low, high);
    let place = |axis: usize, end: i8| match end {
        -1 => low[axis],
        1 => high[axis],
        _ => centre[axis],
    };
    let ends = [-1, 0, 1];
    let all = ends.into_iter().flat_map(|a| ends.map(|b| [a, b]));
    all.filter(|it| *it != [0, 0])
        .map(|it| (Grip::Ends(it), [place(0, it[0]), place(1, it[1])]))
        .collect()
}

/// What a hand at `at` grips of an area, with handles that reach `reach_px` far.
pub fn grip_at(area: &Area, axes: [&Projection; 2], at: [f64; 2], reach_px: f64) -> Option<Grip> {
    let data = [axes[0].data_from_px(at[0]), axes[1].data_from_px(at[1])];
    let is_inside = area.contains(data);
    let handles = handles(area, axes);
    if is_inside && is_small(&handles, reach_px) {
        return Some(Grip::Whole);
    }
    let mut best = None;
    let mut least = reach_px;
    for (grip, place) in handles {
        let distance = (place[0] - at[0]).hypot(place[1] - at[1]);
        if distance < least {
            (least, best) = (distance, Some(grip));
        }
    }
    best.or_else(|| is_inside.then_some(Grip::Whole))
}

/// What an area becomes when a hand moves what it grips.
pub fn moved(area: &Area, grip: Grip, axes: [&Projection; 2], [from, to]: [[f64; 2]; 2]) -> Area {
    let shift = |axis: usize, value: f64| shifted(axes[axis], value, [from[axis], to[axis]]);
    match (area, grip) {
        (Area::Polygon { vertices }, grip) => {
            let mut vertices = vertices.clone();
            let at = |[x, y]: [f64; 2]| [shift(0, x), shift(1, y)];
            match grip {
                Grip::Vertex(i) => vertices
                    .iter_mut()
                    .skip(i)
                    .take(1)
                    .for_each(|it| *it = at(*it)),
                Grip::Between(i) => {
                    if let (Some(a), Some(b)) =
                        (vertices.get(i), vertices.iter().cycle().nth(i + 1))
                    {
                        let new = at(middle(*a, *b));
                        vertices.insert(i + 1, new);
                    }
                }
                Grip::Whole | Grip::Ends(_) => vertices.iter_mut().for_each(|it| *it = at(*it)),
            }
            Area::Polygon { vertices }
        }
        (_, grip) => {
            let held = match grip {
                Grip::Ends(ends) => ends.map(|end| [end < 0, end > 0]),
                _ => [[true; 2]; 2],
            };
            let bounds = area.bounds();
            let bounds = [0, 1].map(|axis| {
                [0, 1].map(|end| {
                    if held[axis][end] {
                        shift(axis, bounds[axis][end])
                    } else {
                        bounds[axis][end]
                    }
                })
            });
            within(area, bounds)
        }
    }
}

/// The rectangle or ellipse that a hand draws from corner to corner; none while it has no size.
pub fn drawn(kind: AreaKind, axes: [&Projection; 2], [from, to]: [[f64; 2]; 2]) -> Option<Area> {
    let bounds = [0, 1].map(|axis| [from, to].map(|at| data_at(axes[axis], at[axis])));
    let [x, y] = bounds.map(sorted);
    let area = match kind {
        AreaKind::Ellipse => ellipse([x, y]),
        AreaKind::Rectangle | AreaKind::Polygon => Area::Rectangle { x, y },
    };
    area.check().is_ok().then_some(area)
}

/// The value under a pixel, rounded to less than a pixel.
pub fn data_at(axis: &Projection, px: f64) -> f64 {
    rounded(axis, px, axis.data_from_px(px))
}

/// An area moved by so much on each axis.
pub fn translated(area: &Area, by: [f64; 2]) -> Area {
    if let Area::Polygon { vertices } = area {
        let shift = |[x, y]: &[f64; 2]| [tidy(x + by[0]), tidy(y + by[1])];
        let vertices = vertices.iter().map(shift).collect();
        return Area::Polygon { vertices };
    }
    let bounds = area.bounds();
    within(
        area,
        [0, 1].map(|axis| bounds[axis].map(|end| tidy(end + by[axis]))),
    )
}

/// An area whose upper ends are moved by so much on each axis, with what is in between in proportion; as it was where
/// nothing would be left.
pub fn stretched(area: &Area, by: [f64; 2]) -> Area {
    let bounds = area.bounds();
    let [x, y] = [0, 1].map(|axis| {
        let [low, high] = bounds[axis];
        let factor = (high + by[axis] - low) / (high - low);
        let factor = if factor > 0.0 { factor } else { 1.0 };
        move |value: f64| tidy(low + (value - low) * factor)
    });
    if let Area::Polygon { vertices } = area {
        let vertices = vertices.iter().map(|it| [x(it[0]), y(it[1])]).collect();
        return Area::Polygon { vertices };
    }
    within(area, [bounds[0].map(x), bounds[1].map(y)])
}

/// The rectangle or ellipse between other ends.
fn within(area: &Area, [x, y]: [[f64; 2]; 2]) -> Area {
    match area {
        Area::Ellipse { .. } => ellipse([sorted(x), sorted(y)]),
        _ => Area::Rectangle {
            x: sorted(x),
            y: sorted(y),
        },
    }
}

fn ellipse(bounds: [[f64; 2]; 2]) -> Area {
    Area::Ellipse {
        centre: bounds.map(|[low, high]| tidy(f64::midpoint(low, high))),
        radii: bounds.map(|[low, high]| tidy((high - low) / 2.0)),
    }
}

fn sorted([a, b]: [f64; 2]) -> [f64; 2] {
    [a.min(b), a.max(b)]
}

fn middle(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])]
}

/// A value that goes along with a hand. On linear axes all values go equally far, so that sizes stay.
fn shifted(axis: &Projection, value: f64, [from, to]: [f64; 2]) -> f64 {
    if axis.scale() == Scale::Linear {
        let by = axis.data_from_px(to) - axis.data_from_px(from);
        return tidy(value + rounded(axis, to, by));
    }
    let px = axis.px_from_data(value) + to - from;
    data_at(axis, px)
}

/// `value` to the power of ten below what a pixel at `px` spans.
fn rounded(axis: &Projection, px: f64, value: f64) -> f64 {
    let span = (axis.data_from_px(px + 1.0) - axis.data_from_px(px)).abs();
    let digits = (span.log10() + 1e-9).floor();
    if !digits.is_finite() {
        return value;
    }
    // Dividing by a whole power of ten gives the nearest short number, multiplying by a fraction does not.
    if digits < 0.0 {
        let parts = 10_f64.powf(-digits);
        (value * parts).round() / parts
    } else {
        let unit = 10_f64.powf(digits);
        (value / unit).round() * unit
    }
}

/// A number without the last digits, which sums of floats leave behind.
fn tidy(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

/// Whether handles leave no room between them to grip the whole.
fn is_small(handles: &[(Grip, [f64; 2])], reach_px: f64) -> bool {
    [0, 1].iter().all(|axis| {
        let places = || handles.iter().map(|(_, place)| place[*axis]);
        let low = places().fold(f64::INFINITY, f64::min);
        let high = places().fold(f64::NEG_INFINITY, f64::max);
        high - low < 3.0 * reach_px
    })
}

#[cfg(test)]
mod tests;
