//! M4 decimation: of the points in one pixel column a line needs only the first, lowest, highest and last.
//!
//! Source: Jugel, Jerzak, Hackenbroich, Markl, "M4: A Visualization-Oriented Time Series Data Aggregation",
//! PVLDB 7(10), 2014. Unlike averaging, striding or LTTB it cannot lose a spike.

/// Picks the points that a line through all of them needs, into `kept`, as indices in rising order.
///
/// `points` are the pixel abscissa and the ordinate of each point; abscissas rise. Column `c` holds the abscissas
/// `c <= x < c + 1`. A point whose abscissa or ordinate is not finite is a gap: one index of every gap that parts
/// two columns, or the first of several inside one column, is kept so that the line stays broken there.
///
/// Columns of up to four points are kept whole, others give at most nine indices (two runs of four around a gap).
/// `kept` is cleared first and reused, so steady updates allocate nothing.
///
/// ```
/// use shared::plot::m4;
/// let ys = [0.0, 1.0, 9.0, 2.0, -5.0, 3.0, 4.0, f64::NAN, 6.0];
/// let mut kept = Vec::new();
/// m4(ys.iter().enumerate().map(|(i, y)| (i as f64 / 7.0, *y)), &mut kept);
/// assert_eq!(kept, [0, 2, 4, 6, 7, 8]);
/// ```
pub fn m4(points: impl IntoIterator<Item = (f64, f64)>, kept: &mut Vec<usize>) {
    kept.clear();
    let mut column = Column::default();
    let mut gap = None;
    for (idx, (x, y)) in points.into_iter().enumerate() {
        if !x.is_finite() || !y.is_finite() {
            gap = gap.or(Some(idx));
            continue;
        }
        let x = x.floor();
        if column.is_empty() {
            kept.extend(gap.take());
            column = Column::starting(x, idx, y);
        } else if x != column.x {
            column.flush_into(kept);
            kept.extend(gap.take());
            column = Column::starting(x, idx, y);
        } else if gap.is_some() && !column.is_broken {
            column.flush_into(kept);
            kept.extend(gap.take());
            column = Column {
                is_broken: true,
                ..Column::starting(x, idx, y)
            };
        } else {
            gap = None;
            column.push(idx, y);
        }
    }
    column.flush_into(kept);
    kept.extend(gap);
}

/// How many points stand behind one drawn, at least 1: the `n` of "1:n".
///
/// ```
/// use shared::plot::reduction;
/// assert_eq!(reduction(100_000, 4_000), 25);
/// assert_eq!(reduction(0, 0), 1);
/// ```
pub fn reduction(n_points: usize, n_kept: usize) -> u32 {
    let ratio = n_points.checked_div(n_kept).unwrap_or(1).max(1);
    u32::try_from(ratio).unwrap_or(u32::MAX)
}

/// The points of one pixel column, or of the part of it behind a gap.
#[derive(Clone, Copy, Default)]
struct Column {
    x: f64,
    n: usize,
    /// The first four; beyond that, the slots are first, lowest, highest and last.
    early: [usize; 4],
    lowest: (usize, f64),
    highest: (usize, f64),
    last: usize,
    is_broken: bool,
}

impl Column {
    fn starting(x: f64, idx: usize, y: f64) -> Self {
        Self {
            x,
            n: 1,
            early: [idx; 4],
            lowest: (idx, y),
            highest: (idx, y),
            last: idx,
            is_broken: false,
        }
    }

    fn is_empty(&self) -> bool {
        self.n == 0
    }

    fn push(&mut self, idx: usize, y: f64) {
        if let Some(slot) = self.early.get_mut(self.n) {
            *slot = idx;
        }
        self.n += 1;
        if y < self.lowest.1 {
            self.lowest = (idx, y);
        }
        if y > self.highest.1 {
            self.highest = (idx, y);
        }
        self.last = idx;
    }

    fn flush_into(&self, kept: &mut Vec<usize>) {
        if self.n <= 4 {
            kept.extend_from_slice(&self.early[..self.n]);
            return;
        }
        let (a, b) = (
            self.lowest.0.min(self.highest.0),
            self.lowest.0.max(self.highest.0),
        );
        let mut previous = None;
        for idx in [self.early[0], a, b, self.last] {
            if previous.replace(idx) != Some(idx) {
                kept.push(idx);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(points: &[(f64, f64)]) -> Vec<usize> {
        let mut kept = vec![99];
        m4(points.iter().copied(), &mut kept);
        kept
    }

    #[test]
    fn four_points_in_a_column_are_all_kept() {
        assert_eq!(
            kept(&[(0.1, 1.0), (0.2, 3.0), (0.3, 2.0), (0.9, 2.5)]),
            [0, 1, 2, 3]
        );
        assert_eq!(
            kept(&[(0.1, 1.0), (0.2, 2.0), (0.3, 3.0), (0.4, 4.0), (0.9, 5.0)]),
            [0, 4]
        );
    }

    #[test]
    fn gaps_break_the_line_between_columns_and_once_inside_one() {
        let nan = f64::NAN;
        assert_eq!(
            kept(&[(0.0, 1.0), (1.0, nan), (2.0, nan), (3.0, 1.0)]),
            [0, 1, 3]
        );
        assert_eq!(kept(&[(0.0, nan), (0.1, 1.0)]), [0, 1]);
        let many = [
            (0.0, 1.0),
            (0.1, nan),
            (0.2, 2.0),
            (0.3, nan),
            (0.4, 3.0),
            (0.5, nan),
        ];
        assert_eq!(kept(&many), [0, 1, 2, 4, 5]);
        assert_eq!(kept(&[(nan, 1.0)]), [0]);
        assert!(kept(&[]).is_empty());
    }

    #[test]
    fn a_hundred_thousand_points_become_four_per_column() {
        let n = 100_000;
        let points = (0..n).map(|i| (f64::from(i) / 100.0, (f64::from(i) * 0.37).sin()));
        let mut kept = Vec::new();
        m4(points, &mut kept);
        assert!((3_800..=4_000).contains(&kept.len()), "{}", kept.len());
        assert_eq!(reduction(n as usize, kept.len()), 25);
    }
}
