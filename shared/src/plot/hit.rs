//! What lies under the cursor: the element of a coordinate, and the point of a curve.

use super::{Projection, partition_point};
use crate::data::{Coord, CoordValues};

/// The element of a coordinate that a value falls into; `None` outside and for NaN.
///
/// Bins are half-open, `edges[i] <= v < edges[i + 1]`. Points, evenly spaced or not, own what is nearer to them than
/// to their neighbours, and as much beyond at the ends. Coordinates may fall instead of rise.
///
/// ```
/// use shared::data::CoordValues;
/// use shared::plot::element_at;
/// let edges = CoordValues::Edges([0.0, 1.0, 10.0].into());
/// assert_eq!(element_at(&edges, 5.0), Some(1));
/// assert_eq!(element_at(&edges, 10.0), None);
/// let pixels = CoordValues::Linear { start: 0.0, step: 1.0, len: 128 };
/// assert_eq!(element_at(&pixels, 127.4), Some(127));
/// assert_eq!(element_at(&pixels, -0.6), None);
/// ```
pub fn element_at(coord: &CoordValues, value: f64) -> Option<usize> {
    match coord {
        CoordValues::Linear { start, step, len } => {
            let step = if *len == 1 { 1.0 } else { *step };
            let element = ((value - start) / step + 0.5).floor();
            (element >= 0.0 && element < *len as f64).then_some(element as usize)
        }
        CoordValues::Edges(edges) => bin_at(edges.len(), |i| edges[i], value),
        CoordValues::Points(points) => point_at(points.len(), |i| points[i], value),
        CoordValues::Times(times) => point_at(times.len(), |i| times[i] as f64, value),
        CoordValues::Labels(labels) => point_at(labels.len(), |i| i as f64, value),
        CoordValues::Flat(parts) => {
            let len: usize = parts.iter().map(Coord::len).product();
            let element = (value + 0.5).floor();
            (element >= 0.0 && element < len as f64).then_some(element as usize)
        }
    }
}

/// A point of a curve near the cursor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which point.
    pub index: usize,
    /// How far it is.
    pub distance_px: f64,
}

/// The point of a curve nearest to the cursor, at most `reach_px` away.
///
/// `point` gives the data values of point `i < n`; abscissas rise. Points with a value that has no place on its axis
/// are passed over. Looks only at points whose abscissa is within reach.
pub fn nearest_point(
    n: usize,
    point: impl Fn(usize) -> (f64, f64),
    [x_axis, y_axis]: [&Projection; 2],
    [x_px, y_px]: [f64; 2],
    reach_px: f64,
) -> Option<Hit> {
    let x = x_axis.data_from_px(x_px);
    let after = partition_point(n, |i| point(i).0 < x);
    let mut best = Hit {
        index: n,
        distance_px: reach_px,
    };
    let mut look = |i: usize| {
        let (x, y) = point(i);
        let dx = (x_axis.px_from_data(x) - x_px).abs();
        let distance_px = dx.hypot(y_axis.px_from_data(y) - y_px);
        if distance_px < best.distance_px || (best.index == n && distance_px == reach_px) {
            best = Hit {
                index: i,
                distance_px,
            };
        }
        dx <= best.distance_px || dx.is_nan()
    };
    for i in after..n {
        if !look(i) {
            break;
        }
    }
    for i in (0..after).rev() {
        if !look(i) {
            break;
        }
    }
    (best.index < n).then_some(best)
}

/// The bin between `edge(i)` and `edge(i + 1)` that holds a value.
fn bin_at(n_edges: usize, edge: impl Fn(usize) -> f64, value: f64) -> Option<usize> {
    let last = n_edges.checked_sub(1)?;
    let rises = edge(0) <= edge(last);
    let n_at_or_before = partition_point(n_edges, |i| {
        if rises {
            edge(i) <= value
        } else {
            edge(i) >= value
        }
    });
    (n_at_or_before > 0 && n_at_or_before < n_edges).then(|| n_at_or_before - 1)
}

fn point_at(n: usize, point: impl Fn(usize) -> f64, value: f64) -> Option<usize> {
    let edge = |i: usize| match (i, n) {
        (i, 1) => point(0) - 0.5 + i as f64,
        (0, _) => point(0) - (point(1) - point(0)) / 2.0,
        (i, n) if i == n => point(n - 1) + (point(n - 1) - point(n - 2)) / 2.0,
        (i, _) => f64::midpoint(point(i - 1), point(i)),
    };
    if n == 0 {
        None
    } else {
        bin_at(n + 1, edge, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::{Range, Scale};

    fn axes() -> [Projection; 2] {
        let unit = |px| Projection::new(Scale::Linear, Range::new(0.0, 100.0).unwrap(), px);
        [unit([0.0, 1000.0]), unit([500.0, 0.0])]
    }

    #[test]
    fn uneven_and_falling_points() {
        let points = CoordValues::Points([10.0, 4.0, 3.0].into());
        assert_eq!(element_at(&points, 12.9), Some(0));
        assert_eq!(element_at(&points, 7.0), Some(1));
        assert_eq!(element_at(&points, 2.6), Some(2));
        assert_eq!(element_at(&points, 2.4), None);
        assert_eq!(element_at(&points, f64::NAN), None);
        assert_eq!(element_at(&CoordValues::Points([5.0].into()), 5.4), Some(0));
        assert_eq!(element_at(&CoordValues::Points([].into()), 5.4), None);
        assert_eq!(element_at(&CoordValues::Edges([1.0].into()), 1.0), None);
    }

    #[test]
    fn every_centre_finds_its_element() {
        let times = CoordValues::Times([0, 1_000, 5_000].into());
        for (i, t) in [0.0, 1e3, 5e3].into_iter().enumerate() {
            assert_eq!(element_at(&times, t), Some(i));
        }
        let down = CoordValues::Linear {
            start: 10.0,
            step: -2.0,
            len: 3,
        };
        assert_eq!(element_at(&down, 8.1), Some(1));
        assert_eq!(element_at(&down, 4.9), None);
    }

    #[test]
    fn the_nearest_point_counts_in_pixels() {
        let [x, y] = axes();
        let points = [(10.0, 10.0), (11.0, 90.0), (12.0, f64::NAN), (50.0, 50.0)];
        let hit = |cursor| nearest_point(4, |i| points[i], [&x, &y], cursor, 20.0);
        assert_eq!(
            hit([105.0, 450.0]).unwrap(),
            Hit {
                index: 0,
                distance_px: 5.0
            }
        );
        assert_eq!(hit([105.0, 50.0]).unwrap().index, 1);
        assert_eq!(hit([105.0, 250.0]), None);
        assert_eq!(
            hit([500.0, 270.0]).unwrap(),
            Hit {
                index: 3,
                distance_px: 20.0
            }
        );
        assert_eq!(
            nearest_point(0, |_| (0.0, 0.0), [&x, &y], [0.0; 2], 9.0),
            None
        );
    }
}
