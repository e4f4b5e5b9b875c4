//! A half-open range of integer times, tested with one comparison.

/// Times of flight `start <= t < stop` in ns, as integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TofRange {
    start: i32,
    len: u32,
}

/// Edges nearer than this to an integer are that integer: unit conversion leaves such residues.
const INTEGER_TOLERANCE_NS: f64 = 1e-4;

/// The least integer time at or above `edge_ns`, as far as 32 bits reach.
pub(super) fn integer_edge(edge_ns: f64) -> i64 {
    let edge = (edge_ns - INTEGER_TOLERANCE_NS).ceil() as i64;
    edge.clamp(i32::MIN.into(), i32::MAX.into())
}

impl TofRange {
    /// The integer times in `start_ns <= t < stop_ns`; none when the order is wrong. The last
    /// representable time, 2³¹ - 1 ns, lies in no range.
    pub fn new(start_ns: f64, stop_ns: f64) -> Self {
        let (start, stop) = (integer_edge(start_ns), integer_edge(stop_ns));
        Self {
            start: start as i32,
            len: (stop - start).max(0) as u32,
        }
    }

    /// Whether `tof_ns` lies inside.
    #[inline]
    pub fn contains(self, tof_ns: i32) -> bool {
        self.offset(tof_ns) < self.len
    }

    /// Distance from the start; times before it come out larger than any length.
    #[inline]
    pub(super) fn offset(self, tof_ns: i32) -> u32 {
        (tof_ns as u32).wrapping_sub(self.start as u32)
    }

    /// Number of integer times inside.
    pub(super) fn len(self) -> u32 {
        self.len
    }

    /// The times in both.
    #[must_use]
    pub fn intersect(self, other: Self) -> Self {
        let stop = |range: Self| i64::from(range.start) + i64::from(range.len);
        let start = self.start.max(other.start);
        let len = (stop(self).min(stop(other)) - i64::from(start)).max(0) as u32;
        Self { start, len }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_half_open() {
        let range = TofRange::new(-2.0, 10.5);
        let inside: Vec<_> = (-5..15).filter(|t| range.contains(*t)).collect();
        assert_eq!(inside, (-2..11).collect::<Vec<_>>());
        assert!(!range.contains(i32::MAX) && !range.contains(i32::MIN));
    }

    #[test]
    fn conversion_residue_does_not_move_an_edge() {
        let edge_ns = 0.1 * 1e6 + 1e-11;
        assert!(TofRange::new(edge_ns, 1e6).contains(100_000));
    }

    #[test]
    fn wrong_order_and_far_bounds_hold_nothing_or_everything() {
        assert_eq!(TofRange::new(5.0, 5.0).len(), 0);
        assert_eq!(TofRange::new(6.0, 5.0).len(), 0);
        let all = TofRange::new(-1e18, 1e18);
        assert!(all.contains(i32::MIN) && all.contains(0) && all.contains(i32::MAX - 1));
    }

    #[test]
    fn intersection_is_what_both_contain() {
        let (a, b) = (TofRange::new(0.0, 10.0), TofRange::new(7.0, 30.0));
        let both = a.intersect(b);
        for t in -5..40 {
            assert_eq!(both.contains(t), a.contains(t) && b.contains(t), "{t}");
        }
        assert_eq!(a.intersect(TofRange::new(20.0, 30.0)).len(), 0);
    }
}
