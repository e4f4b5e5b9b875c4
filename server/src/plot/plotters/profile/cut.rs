//! The values of a matrix along a line through it.

use shared::data::{Coord, Values};
use shared::plot::element_at;
use shared::plot::params::{Across, CutParams};

/// Values on two axes, row-major: row `i` lies at `y[i]`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matrix<'a> {
    /// The x and the y axis.
    pub(super) axes: [&'a Coord; 2],
    pub(super) values: &'a Values,
    pub(super) variances: Option<&'a Values>,
    /// Whether each value is a number of counts, whose variance is itself.
    pub(super) is_counts: bool,
}

/// A line through a matrix with what it meets, in the order of the axes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cut {
    /// Its ends, each `[x, y]`; the first is the lower.
    pub(super) ends: [[f64; 2]; 2],
    /// The middles of its samples.
    pub(super) places: Vec<[f64; 2]>,
    /// The values there; NaN outside the matrix.
    pub(super) values: Vec<f64>,
    /// Their standard deviations.
    pub(super) errors: Option<Vec<f64>>,
}

impl Cut {
    /// Samples a matrix along a line, once for each element that the line passes along the axis on which it passes
    /// more of them; each sample takes the nearest element, and as many across as the line is wide.
    pub(super) fn along(matrix: Matrix<'_>, params: &CutParams) -> Self {
        let ends = params.ends_in(matrix.axes);
        let ends = if ends[0] > ends[1] {
            [ends[1], ends[0]]
        } else {
            ends
        };
        let count = matrix.crossed(ends);
        let part = |k: usize| k as f64 / (count.max(2) - 1) as f64;
        let between = |axis: usize, t: f64| ends[0][axis] + t * (ends[1][axis] - ends[0][axis]);
        let places: Vec<_> = (0..count)
            .map(|k| [0, 1].map(|axis| between(axis, part(k))))
            .collect();
        let offsets = matrix.offsets(ends, params.width);
        let mut values = Vec::with_capacity(count);
        let mut errors = Vec::with_capacity(count);
        for place in &places {
            let (value, variance) = matrix.sample(*place, &offsets, params.across);
            values.push(value);
            errors.push(variance.sqrt());
        }
        let has_errors = matrix.is_counts || matrix.variances.is_some();
        Self {
            ends,
            places,
            values,
            errors: has_errors.then_some(errors),
        }
    }
}

impl Matrix<'_> {
    /// How many elements the line passes, on the axis on which it passes more.
    fn crossed(&self, [a, b]: [[f64; 2]; 2]) -> usize {
        let on = |axis: usize| {
            let (from, to) = (self.index(axis, a[axis]), self.index(axis, b[axis]));
            from.abs_diff(to) as usize + 1
        };
        on(0).max(on(1)).min(MAX_SAMPLES)
    }

    /// The element nearest to a value, one beyond the ends where the value is outside.
    fn index(&self, axis: usize, value: f64) -> i64 {
        let coord = self.axes[axis];
        element_at(&coord.values, value).map_or_else(
            || {
                let ascends = coord.centre(0) <= coord.centre(coord.len().saturating_sub(1));
                if (value < coord.centre(0)) == ascends {
                    -1
                } else {
                    coord.len() as i64
                }
            },
            |index| index as i64,
        )
    }

    /// Columns and rows from the line to each element across it.
    fn offsets(&self, [a, b]: [[f64; 2]; 2], width: u32) -> Vec<[i64; 2]> {
        let [columns, rows] =
            [0, 1].map(|axis| (self.index(axis, b[axis]) - self.index(axis, a[axis])) as f64);
        let length = columns.hypot(rows).max(f64::MIN_POSITIVE);
        let across = [-rows / length, columns / length];
        let first = -(f64::from(width) - 1.0) / 2.0;
        let offset = |k: u32| across.map(|part| (part * (first + f64::from(k))).round() as i64);
        (0..width).map(offset).collect()
    }

    /// The value and its variance at a place; NaN where no element is.
    fn sample(&self, [x, y]: [f64; 2], offsets: &[[i64; 2]], across: Across) -> (f64, f64) {
        let [n_columns, n_rows] = self.axes.map(|axis| axis.len() as i64);
        let (column, row) = (self.index(0, x), self.index(1, y));
        let (mut sum, mut variance, mut taken) = (0.0, 0.0, 0_u32);
        for [right, up] in offsets {
            let (column, row) = (column + right, row + up);
            if !(0..n_columns).contains(&column) || !(0..n_rows).contains(&row) {
                continue;
            }
            let at = (row * n_columns + column) as usize;
            let value = self.values.get(at);
            if value.is_nan() {
                continue;
            }
            sum += value;
            variance += self.variances.map_or(value, |it| it.get(at));
            taken += 1;
        }
        let n = f64::from(taken);
        match across {
            _ if taken == 0 => (f64::NAN, f64::NAN),
            Across::Sum => (sum, variance),
            Across::Mean => (sum / n, variance / (n * n)),
        }
    }
}

/// Samples of a line at most.
const MAX_SAMPLES: usize = 20_000;

#[cfg(test)]
mod tests {
    use shared::data::CoordValues;

    use super::*;

    /// 4 columns at x = 0, 10, 20, 30 and 3 rows at y = 0, 1, 2; the value is `10 * row + column`.
    fn cut(ends: [[f64; 2]; 2], width: u32, across: Across) -> Cut {
        let x = Coord {
            values: CoordValues::Linear {
                start: 0.0,
                step: 10.0,
                len: 4,
            },
            ..Coord::index("x", 4)
        };
        let y = Coord::index("y", 3);
        let values = Values::U32((0..12).map(|i| 10 * (i / 4) + i % 4).collect());
        let matrix = Matrix {
            axes: [&x, &y],
            values: &values,
            variances: None,
            is_counts: true,
        };
        let [[from_x, from_y], [to_x, to_y]] = ends;
        Cut::along(
            matrix,
            &CutParams {
                from_x,
                from_y,
                to_x,
                to_y,
                width,
                across,
            },
        )
    }

    #[test]
    fn a_line_of_no_length_is_the_middle_row() {
        let cut = cut([[0.0; 2]; 2], 1, Across::Sum);
        assert_eq!(cut.values, [10.0, 11.0, 12.0, 13.0]);
        assert_eq!(cut.places[3], [30.0, 1.0]);
    }

    #[test]
    fn a_line_gives_the_elements_that_it_passes_whichever_way_it_was_drawn() {
        let forth = cut([[10.0, 2.0], [30.0, 2.0]], 1, Across::Sum);
        assert_eq!(forth.values, [21.0, 22.0, 23.0]);
        assert_eq!(forth, cut([[30.0, 2.0], [10.0, 2.0]], 1, Across::Sum));
        let up = cut([[20.0, 0.0], [20.0, 2.0]], 1, Across::Sum);
        assert_eq!(up.values, [2.0, 12.0, 22.0]);
    }

    #[test]
    fn a_slanted_line_takes_one_sample_for_each_column() {
        let cut = cut([[0.0, 0.0], [30.0, 2.0]], 1, Across::Sum);
        // Rows 0, 2/3, 4/3, 2 are nearest to 0, 1, 1, 2.
        assert_eq!(cut.values, [0.0, 11.0, 12.0, 23.0]);
    }

    #[test]
    fn a_wide_line_sums_or_averages_with_errors_to_match() {
        let sum = cut([[0.0, 1.0], [30.0, 1.0]], 3, Across::Sum);
        assert_eq!(sum.values, [30.0, 33.0, 36.0, 39.0]);
        assert_eq!(sum.errors.as_ref().map(|it| it[2]), Some(6.0));
        let mean = cut([[0.0, 1.0], [30.0, 1.0]], 3, Across::Mean);
        assert_eq!(mean.values, [10.0, 11.0, 12.0, 13.0]);
        assert_eq!(mean.errors.as_ref().map(|it| it[2]), Some(2.0));
        let at_edge = cut([[0.0, 0.0], [30.0, 0.0]], 3, Across::Mean);
        assert_eq!(at_edge.values[0], 5.0, "rows outside take no part");
    }

    #[test]
    fn outside_there_is_nothing() {
        let cut = cut([[20.0, 1.0], [90.0, 1.0]], 1, Across::Sum);
        assert_eq!(cut.values[0], 12.0);
        assert!(cut.values.last().is_some_and(|it| it.is_nan()));
    }
}
