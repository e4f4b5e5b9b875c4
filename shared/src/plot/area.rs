//! Closed shapes on two axes, in the units of the axes: what regions of interest and static outlines are.

use serde::{Deserialize, Serialize};

use super::frame::Extent;

/// Vertices of a polygon at most.
pub const MAX_VERTICES: usize = 200;
/// Larger coordinates are refused: their squares would overflow.
const MAX_COORDINATE: f64 = 1e100;

/// A closed shape; points are `[x, y]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Area {
    /// Everything between two values of each axis.
    Rectangle {
        /// Lower and upper end on the x axis.
        x: [f64; 2],
        /// Lower and upper end on the y axis.
        y: [f64; 2],
    },
    /// What an outline through vertices encloses; where it crosses itself, what it encloses an odd number of times.
    Polygon {
        /// The vertices in order; the last is joined to the first.
        vertices: Vec<[f64; 2]>,
    },
    /// An ellipse along the axes.
    Ellipse {
        /// Its middle.
        centre: [f64; 2],
        /// Half its width and half its height.
        radii: [f64; 2],
    },
}

/// Coordinates are finite (see [`Area::check`]), so each shape equals itself.
impl Eq for Area {}

/// What lies inside a shape at one `y`.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    area: &'a Area,
    y: f64,
    /// Edges of a polygon that reach `y`.
    edges: Vec<[[f64; 2]; 2]>,
}

impl Line<'_> {
    /// Whether the point at `px` lies inside or on the outline.
    pub fn contains(&self, px: f64) -> bool {
        let py = self.y;
        match self.area {
            Area::Rectangle { x, y } => (x[0]..=x[1]).contains(&px) && (y[0]..=y[1]).contains(&py),
            Area::Polygon { .. } => is_enclosed(&self.edges, [px, py]),
            Area::Ellipse { centre, radii } => {
                let [dx, dy] = [(px - centre[0]) / radii[0], (py - centre[1]) / radii[1]];
                dx * dx + dy * dy <= 1.0
            }
        }
    }
}

/// A shape that encloses nothing sensible.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct AreaError {
    /// The part that cannot be so, such as `vertices`.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub reason: String,
}

impl Area {
    /// What people call such a shape.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Rectangle { .. } => "rectangle",
            Self::Polygon { .. } => "polygon",
            Self::Ellipse { .. } => "ellipse",
        }
    }

    /// Whether a point lies inside or on the outline.
    ///
    /// ```
    /// use shared::plot::Area;
    /// let area = Area::Rectangle { x: [1.0, 3.0], y: [0.0, 2.0] };
    /// assert!(area.contains([3.0, 0.0]));
    /// assert!(!area.contains([3.1, 0.0]));
    /// ```
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        self.line(y).contains(x)
    }

    /// What lies inside at one `y`: for many points on a line, which see only the edges of a polygon that are there.
    pub fn line(&self, y: f64) -> Line<'_> {
        let mut edges = Vec::new();
        if let Self::Polygon { vertices } = self {
            let starts = vertices.last().into_iter().chain(vertices);
            let all = starts.zip(vertices).map(|(from, to)| [*from, *to]);
            edges.extend(all.filter(|[a, b]| y >= a[1].min(b[1]) && y <= a[1].max(b[1])));
        }
        Line {
            area: self,
            y,
            edges,
        }
    }

    /// Lower and upper end on each axis.
    pub fn bounds(&self) -> [[f64; 2]; 2] {
        match self {
            Self::Rectangle { x, y } => [*x, *y],
            Self::Polygon { vertices } => [0, 1].map(|axis| {
                let extent = Extent::of(vertices.iter().map(|vertex| vertex[axis]));
                let (low, high) = extent.finite.unwrap_or((f64::NAN, f64::NAN));
                [low, high]
            }),
            Self::Ellipse { centre, radii } => {
                [0, 1].map(|axis| [centre[axis] - radii[axis], centre[axis] + radii[axis]])
            }
        }
    }

    /// The same shape where the axes are counted in other units, of which there are `factors` in one; they are positive.
    ///
    /// ```
    /// use shared::plot::Area;
    /// let area = Area::Rectangle { x: [1.0, 3.0], y: [0.0, 2.0] };
    /// let wanted = Area::Rectangle { x: [10.0, 30.0], y: [0.0, 1.0] };
    /// assert_eq!(area.scaled([10.0, 0.5]), wanted);
    /// ```
    #[must_use]
    pub fn scaled(&self, factors: [f64; 2]) -> Self {
        let point = |point: &[f64; 2]| [point[0] * factors[0], point[1] * factors[1]];
        match self {
            Self::Rectangle { x, y } => Self::Rectangle {
                x: x.map(|x| x * factors[0]),
                y: y.map(|y| y * factors[1]),
            },
            Self::Polygon { vertices } => Self::Polygon {
                vertices: vertices.iter().map(point).collect(),
            },
            Self::Ellipse { centre, radii } => Self::Ellipse {
                centre: point(centre),
                radii: point(radii),
            },
        }
    }

    /// Refuses what encloses nothing, and numbers that nobody can calculate with.
    ///
    /// # Errors
    /// With the part that is wrong.
    pub fn check(&self) -> Result<(), AreaError> {
        let fail = |field, reason: String| Err(AreaError { field, reason });
        match self {
            Self::Rectangle { x, y } => {
                for (field, ends) in [("x", x), ("y", y)] {
                    check_numbers(field, ends)?;
                    if ends[0] >= ends[1] {
                        let [low, high] = ends;
                        let reason = format!("{low} to {high} is no range: the first must be less");
                        return fail(field, reason);
                    }
                }
            }
            Self::Polygon { vertices } => {
                check_numbers("vertices", vertices.as_flattened())?;
                if vertices.len() > MAX_VERTICES {
                    return fail("vertices", format!("use at most {MAX_VERTICES} vertices"));
                }
                if !is_spread(vertices) {
                    let reason = "a polygon needs three vertices that lie on no common line";
                    return fail("vertices", reason.to_owned());
                }
            }
            Self::Ellipse { centre, radii } => {
                check_numbers("centre", centre)?;
                check_numbers("radii", radii)?;
                if radii.iter().any(|radius| *radius <= 0.0) {
                    return fail("radii", "a radius must be above zero".to_owned());
                }
            }
        }
        Ok(())
    }
}

fn check_numbers(field: &'static str, numbers: &[f64]) -> Result<(), AreaError> {
    match numbers
        .iter()
        .find(|it| it.is_nan() || it.abs() > MAX_COORDINATE)
    {
        None => Ok(()),
        Some(bad) => Err(AreaError {
            field,
            reason: format!("{bad} is no coordinate: use a finite number"),
        }),
    }
}

/// Counts the edges that a ray crosses, all of which reach the ray's `y`; the outline itself is inside.
fn is_enclosed(edges: &[[[f64; 2]; 2]], [px, py]: [f64; 2]) -> bool {
    let mut inside = false;
    for [[ax, ay], [bx, by]] in edges {
        let cross = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
        if cross == 0.0 && px >= ax.min(*bx) && px <= ax.max(*bx) {
            return true;
        }
        if (*ay > py) != (*by > py) && px < ax + (py - ay) / (by - ay) * (bx - ax) {
            inside = !inside;
        }
    }
    inside
}

/// Whether three of the points span a triangle.
fn is_spread(points: &[[f64; 2]]) -> bool {
    let Some(first) = points.first() else {
        return false;
    };
    let from_first = |point: &[f64; 2]| [point[0] - first[0], point[1] - first[1]];
    let Some(arm) = points.iter().map(from_first).find(|it| *it != [0.0, 0.0]) else {
        return false;
    };
    let mut others = points.iter().map(from_first);
    others.any(|it| arm[0] * it[1] - arm[1] * it[0] != 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polygon(vertices: &[[f64; 2]]) -> Area {
        Area::Polygon {
            vertices: vertices.to_vec(),
        }
    }

    /// How many points with whole coordinates from 0 to 9 lie inside.
    fn points_in(area: &Area) -> usize {
        let all = (0..10).flat_map(|x| (0..10).map(move |y| [f64::from(x), f64::from(y)]));
        all.filter(|point| area.contains(*point)).count()
    }

    #[test]
    fn edges_belong_to_a_shape() {
        let rectangle = Area::Rectangle {
            x: [2.0, 4.0],
            y: [1.0, 5.0],
        };
        assert_eq!(points_in(&rectangle), 3 * 5);
        let same = polygon(&[[2.0, 1.0], [4.0, 1.0], [4.0, 5.0], [2.0, 5.0]]);
        assert_eq!(points_in(&same), 3 * 5);
        let between = Area::Rectangle {
            x: [1.5, 4.4],
            y: [0.1, 0.9],
        };
        assert_eq!(points_in(&between), 0);
    }

    #[test]
    fn polygons_enclose_by_the_even_odd_rule() {
        // Rows of 6, 5, 4, 3, 2 and 1.
        let triangle = polygon(&[[0.0, 0.0], [5.0, 0.0], [0.0, 5.0]]);
        assert_eq!(points_in(&triangle), 21);
        // A pentagram: its middle is enclosed twice.
        let star: Vec<[f64; 2]> = (0..5)
            .map(|i| f64::from(i) * 0.8 * std::f64::consts::PI)
            .map(|angle| [5.0 + 4.0 * angle.sin(), 5.0 + 4.0 * angle.cos()])
            .collect();
        assert!(!polygon(&star).contains([5.0, 5.0]));
        assert!(polygon(&star).contains([5.0, 8.0]));
        assert!(!polygon(&[]).contains([0.0, 0.0]));
    }

    #[test]
    fn ellipses_are_as_wide_as_their_radii() {
        let ellipse = Area::Ellipse {
            centre: [5.0, 5.0],
            radii: [3.0, 1.0],
        };
        assert_eq!(
            points_in(&ellipse),
            7 + 2,
            "a row, and above and below the middle"
        );
        assert_eq!(ellipse.bounds(), [[2.0, 8.0], [4.0, 6.0]]);
    }

    #[test]
    fn what_encloses_nothing_is_refused() {
        let rectangle = |x, y| Area::Rectangle { x, y };
        let ellipse = |radii| Area::Ellipse {
            centre: [0.0, 0.0],
            radii,
        };
        let line = [[0.0, 0.0], [1.0, 1.0], [2.0, 2.0], [0.0, 0.0]];
        for (bad, field) in [
            (rectangle([1.0, 1.0], [0.0, 1.0]), "x"),
            (rectangle([0.0, 1.0], [0.0, f64::NAN]), "y"),
            (rectangle([0.0, f64::INFINITY], [0.0, 1.0]), "x"),
            (ellipse([1.0, 0.0]), "radii"),
            (ellipse([1.0, 1e101]), "radii"),
            (polygon(&line), "vertices"),
            (polygon(&[[0.0, 0.0], [1.0, 0.0]]), "vertices"),
            (polygon(&[[3.0, 3.0]; 5]), "vertices"),
            (polygon(&vec![[0.0, 0.5]; MAX_VERTICES + 1]), "vertices"),
            (polygon(&[]), "vertices"),
        ] {
            assert_eq!(bad.check().unwrap_err().field, field, "{bad:?}");
        }
        assert_eq!(rectangle([0.0, 1.0], [-1.0, 1.0]).check(), Ok(()));
        assert_eq!(polygon(&line).bounds(), [[0.0, 2.0], [0.0, 2.0]]);
    }
}
