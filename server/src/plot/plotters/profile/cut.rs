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
}

/// A line through a matrix with what it meets, in the order of the axes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cut {
    /// Its ends, each `[x, y]`; the first is the lower.
    pub(super) ends: [[f64; 2]; 2],
    /// The middles of its samples.
    pub(super) places: Vec<[f64; 2]>,
    /// The values there.
    pub(super) values: Vec<f64>,
    /// Their standard deviations.
    pub(super) errors: Option<Vec<f64>>,
}

/// Where a line is sampled: the place, and the column and row of the element there.
#[derive(Clone, Copy, Debug)]
struct Stop {
    place: [f64; 2],
    element: [i64; 2],
}

impl Cut {
    /// Samples a matrix along a line, once for each element that the line passes along the axis on which it passes
    /// more of them, at the middle of that element; each sample takes the element there, and as many across as the line
    /// is wide. Outside the matrix there are no samples.
    pub(super) fn along(matrix: Matrix<'_>, params: &CutParams) -> Self {
        let ends = params.ends_in(matrix.axes);
        let ends = if ends[0] > ends[1] {
            [ends[1], ends[0]]
        } else {
            ends
        };
        let [along_x, along_y] = [0, 1].map(|axis| matrix.walk(axis, ends));
        let is_along_x = along_x.len() >= along_y.len();
        let stops = if is_along_x { along_x } else { along_y };
        let offsets = matrix.offsets(&stops, is_along_x, params.width);
        let mut values = Vec::with_capacity(stops.len());
        let mut errors = Vec::with_capacity(stops.len());
        for stop in &stops {
            let (value, variance) = matrix.sample(stop.element, &offsets, params.across);
            values.push(value);
            errors.push(variance.sqrt());
        }
        Self {
            ends,
            places: stops.into_iter().map(|stop| stop.place).collect(),
            values,
            errors: matrix.variances.map(|_| errors),
        }
    }
}

impl Matrix<'_> {
    /// The elements that a line passes along an axis, each at its middle there, with the element of the other axis in
    /// which the line is at that place.
    fn walk(&self, axis: usize, [from, to]: [[f64; 2]; 2]) -> Vec<Stop> {
        let coord = self.axes[axis];
        let (first, last) = (self.index(axis, from[axis]), self.index(axis, to[axis]));
        let inside = first.min(last).max(0)..=first.max(last).min(coord.len() as i64 - 1);
        let stop = |index: i64| {
            let along = coord.centre(index as usize);
            let span = to[axis] - from[axis];
            let part = if span == 0.0 {
                0.5
            } else {
                (along - from[axis]) / span
            };
            let other = 1 - axis;
            let across_at = |part: f64| from[other] + part * (to[other] - from[other]);
            let across = across_at(part);
            // The middle may lie beyond an end of the line, where the line passes nothing.
            let passed = across_at(part.clamp(0.0, 1.0));
            let element = element_at(&self.axes[other].values, passed)? as i64;
            // What was found along the axis and across it, as x and y.
            Some(Stop {
                place: if axis == 0 {
                    [along, across]
                } else {
                    [across, along]
                },
                element: if axis == 0 {
                    [index, element]
                } else {
                    [element, index]
                },
            })
        };
        if first <= last {
            inside.filter_map(stop).collect()
        } else {
            inside.rev().filter_map(stop).collect()
        }
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

    /// Columns and rows from the line to each element across it; those that lie outside wherever the line is are left
    /// out.
    fn offsets(&self, stops: &[Stop], is_along_x: bool, width: u32) -> Vec<[i64; 2]> {
        let direction = match stops {
            [first, .., last] => {
                [0, 1].map(|axis| (last.element[axis] - first.element[axis]) as f64)
            }
            _ if is_along_x => [1.0, 0.0],
            _ => [0.0, 1.0],
        };
        let [columns, rows] = direction;
        let length = columns.hypot(rows);
        let across = [-rows / length, columns / length];
        let first = -(f64::from(width) - 1.0) / 2.0;
        let offset = |k: u32| across.map(|part| (part * (first + f64::from(k))).round() as i64);
        let [n_columns, n_rows] = self.axes.map(|axis| axis.len() as i64);
        let can_lie_inside = |[right, up]: &[i64; 2]| right.abs() < n_columns && up.abs() < n_rows;
        let mut offsets: Vec<_> = (0..width).map(offset).filter(can_lie_inside).collect();
        // Across a slanted line two steps may end in one element, which counts once.
        offsets.dedup();
        offsets
    }

    /// The value and its variance at an element; NaN where no value is a number.
    fn sample(&self, [column, row]: [i64; 2], offsets: &[[i64; 2]], across: Across) -> (f64, f64) {
        let [n_columns, n_rows] = self.axes.map(|axis| axis.len() as i64);
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
            variance += self.variances.map_or(0.0, |it| it.get(at));
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

#[cfg(test)]
mod tests {
    use shared::data::CoordValues;

    use super::*;

    fn tens() -> Coord {
        Coord {
            values: CoordValues::Linear {
                start: 0.0,
                step: 10.0,
                len: 4,
            },
            ..Coord::index("x", 4)
        }
    }

    /// 4 columns at x = 0, 10, 20, 30 and 3 rows at y = 0, 1, 2; the value is `10 * row + column`.
    fn cut(ends: [[f64; 2]; 2], width: u32, across: Across) -> Cut {
        let values = Values::U32((0..12).map(|i| 10 * (i / 4) + i % 4).collect());
        cut_of(
            [&tens(), &Coord::index("y", 3)],
            &values,
            ends,
            width,
            across,
        )
    }

    fn cut_of(
        axes: [&Coord; 2],
        values: &Values,
        [[from_x, from_y], [to_x, to_y]]: [[f64; 2]; 2],
        width: u32,
        across: Across,
    ) -> Cut {
        let matrix = Matrix {
            axes,
            values,
            variances: Some(values),
        };
        let params = CutParams {
            from_x,
            from_y,
            to_x,
            to_y,
            width,
            across,
        };
        Cut::along(matrix, &params)
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
    fn outside_there_are_no_samples_and_inside_no_element_is_left_out() {
        let beyond = cut([[20.0, 1.0], [90.0, 1.0]], 1, Across::Sum);
        assert_eq!(beyond.values, [12.0, 13.0]);
        assert_eq!(beyond.places, [[20.0, 1.0], [30.0, 1.0]]);
        let across = cut([[-100.0, 1.0], [199.0, 1.0]], 1, Across::Sum);
        assert_eq!(across.values, [10.0, 11.0, 12.0, 13.0]);
        let beside = cut([[0.0, 7.0], [30.0, 7.0]], 1, Across::Sum);
        assert_eq!((beside.values.len(), beside.places.len()), (0, 0));
    }

    #[test]
    fn a_line_within_one_element_reads_that_one() {
        let short = cut([[12.0, 1.4], [13.0, 0.9]], 1, Across::Sum);
        assert_eq!(short.values, [11.0]);
    }

    #[test]
    fn a_steep_line_that_begins_far_outside_passes_every_row() {
        let steep = cut([[-10.0, -99.0], [30.0, 101.0]], 1, Across::Sum);
        // At y = 0, 1, 2 it is at x = 9.8, 10, 10.2.
        assert_eq!(steep.values, [1.0, 11.0, 21.0]);
    }

    #[test]
    fn bins_of_uneven_width_are_read_once_each() {
        let uneven = Coord {
            values: CoordValues::Edges([0.0, 1.0, 2.0, 4.0, 100.0].into()),
            ..Coord::index("x", 0)
        };
        let values = Values::U32((0..12).collect());
        let ends = [[0.5, 1.0], [52.0, 1.0]];
        let axes = [&uneven, &Coord::index("y", 3)];
        let found = cut_of(axes, &values, ends, 1, Across::Sum);
        assert_eq!(found.values, [4.0, 5.0, 6.0, 7.0]);
        let along: Vec<f64> = found.places.iter().map(|it| it[0]).collect();
        assert_eq!(along, [0.5, 1.5, 3.0, 52.0]);
    }

    #[test]
    fn across_a_slanted_line_no_element_counts_twice() {
        let square = [&Coord::index("x", 5), &Coord::index("y", 5)];
        let ones = Values::U32(vec![1; 25]);
        let diagonal = [[0.0, 0.0], [4.0, 4.0]];
        let found = cut_of(square, &ones, diagonal, 5, Across::Sum);
        // One step to either side is (1, -1) from the line; two steps are that, too.
        assert_eq!(found.values, [1.0, 3.0, 3.0, 3.0, 1.0]);
    }
}
