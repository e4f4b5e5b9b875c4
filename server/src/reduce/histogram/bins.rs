//! From an integer time to its bin: one multiplication where edges are even, a lookup where not.

use super::TofRange;
use super::range::integer_edge;

/// Half-open bins of time of flight.
#[derive(Clone, Debug)]
pub struct TofBins {
    range: TofRange,
    /// Distance of each edge from the first, as integers; one more than there are bins.
    offsets: Vec<u32>,
    lookup: Lookup,
}

/// How the bin of an offset is found. Both ways are exact.
#[derive(Clone, Debug)]
enum Lookup {
    Even(FixedPoint),
    /// `first_bin[offset >> shift]` is the bin at the start of a cell; the rest is a short search.
    Cells {
        shift: u32,
        first_bin: Vec<u32>,
    },
}

/// `(offset * factor + phase) >> shift`, checked against every edge before it is used.
#[derive(Clone, Copy, Debug)]
struct FixedPoint {
    factor: u64,
    phase: u64,
    shift: u32,
}

/// Cells of the lookup: 4 bytes each, so that they stay in the first-level cache.
const MAX_CELLS: u32 = 4096;

impl TofBins {
    /// Bins between increasing `edges_ns`, at least two.
    pub fn new(edges_ns: &[f64]) -> Self {
        let integer: Vec<_> = edges_ns.iter().copied().map(integer_edge).collect();
        let first = integer.first().copied().unwrap_or(0);
        let range = match edges_ns {
            [start, .., stop] => TofRange::new(*start, *stop),
            _ => TofRange::new(0.0, 0.0),
        };
        let offsets: Vec<_> = integer.iter().map(|edge| (edge - first) as u32).collect();
        let lookup = FixedPoint::fit(edges_ns, &offsets)
            .map_or_else(|| Lookup::cells(&offsets), Lookup::Even);
        Self {
            range,
            offsets,
            lookup,
        }
    }

    /// Number of bins.
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// True without bins.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All times that fall into a bin.
    pub fn range(&self) -> TofRange {
        self.range
    }

    /// The bin of one time.
    pub fn bin(&self, tof_ns: i32) -> Option<usize> {
        let mut bin = [0];
        self.bins_of(&[tof_ns], &mut bin);
        self.range.contains(tof_ns).then_some(bin[0] as usize)
    }

    /// Writes the bin of each time. What is written for a time outside of [`Self::range`] means nothing,
    /// but is below [`Self::len`].
    #[inline]
    pub(super) fn bins_of(&self, tof_ns: &[i32], bins: &mut [u32]) {
        let last = (self.len() as u32).saturating_sub(1);
        match &self.lookup {
            Lookup::Even(fixed) => {
                for (tof, bin) in tof_ns.iter().zip(bins) {
                    *bin = fixed.bin(self.range.offset(*tof)).min(last);
                }
            }
            Lookup::Cells { shift, first_bin } => {
                for (tof, bin) in tof_ns.iter().zip(bins) {
                    let offset = self.range.offset(*tof);
                    *bin = if offset < self.range.len() {
                        search(&self.offsets, *shift, first_bin, offset)
                    } else {
                        0
                    };
                }
            }
        }
    }
}

impl FixedPoint {
    /// The line through the edges, if rounding it down gives the right bin everywhere.
    ///
    /// It is monotone and so is the true bin, which changes at edges alone: agreement on both sides of
    /// every edge is agreement everywhere.
    fn fit(edges_ns: &[f64], offsets: &[u32]) -> Option<Self> {
        let (first, last) = (edges_ns.first()?, edges_ns.last()?);
        let bins = offsets.len().checked_sub(1)?;
        let bins_per_ns = bins as f64 / (last - first);
        if !(bins_per_ns.is_finite() && bins_per_ns > 0.0) {
            return None;
        }
        // As many fraction bits as fit: factor < 2^31 and phase < 2^62 cannot overflow with 32-bit offsets.
        let shift = (0..=52)
            .rev()
            .find(|shift| bins_per_ns * 2_f64.powi(*shift) < 2_f64.powi(31))?;
        let scale = bins_per_ns * 2_f64.powi(shift);
        let phase = (integer_edge(*first) as f64 - first) * scale;
        let fixed = Self {
            factor: scale.ceil() as u64,
            phase: phase.clamp(0.0, 2_f64.powi(61)) as u64,
            shift: shift as u32,
        };
        let agrees = |offset: u32| fixed.bin(offset) == true_bin(offsets, offset);
        let end = *offsets.last()?;
        let inside = |offset: &u32| *offset < end;
        offsets
            .iter()
            .flat_map(|edge| [edge.checked_sub(1), Some(*edge)])
            .flatten()
            .filter(inside)
            .all(agrees)
            .then_some(fixed)
    }

    #[inline]
    fn bin(self, offset: u32) -> u32 {
        ((u64::from(offset) * self.factor + self.phase) >> self.shift) as u32
    }
}

impl Lookup {
    fn cells(offsets: &[u32]) -> Self {
        let end = offsets.last().copied().unwrap_or(0);
        let shift = (0..31).find(|shift| end >> shift < MAX_CELLS).unwrap_or(31);
        let cells = (end >> shift) + 2;
        let first_bin = (0..cells)
            .map(|cell| {
                let start = (u64::from(cell) << shift).min(u64::from(end.saturating_sub(1)));
                true_bin(offsets, start as u32)
            })
            .collect();
        Self::Cells { shift, first_bin }
    }
}

#[inline]
fn search(offsets: &[u32], shift: u32, first_bin: &[u32], offset: u32) -> u32 {
    let cell = (offset >> shift) as usize;
    let (low, high) = (first_bin[cell], first_bin[cell + 1]);
    let candidates = &offsets[low as usize + 1..=high as usize];
    low + candidates.partition_point(|edge| *edge <= offset) as u32
}

/// The last bin whose lower edge is at or below `offset`.
fn true_bin(offsets: &[u32], offset: u32) -> u32 {
    let above = offsets.partition_point(|edge| *edge <= offset) as u32;
    let bins = offsets.len() as u32 - 1;
    above.saturating_sub(1).min(bins.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared::params::{Scale, ToaEdges};

    use super::*;

    fn naive(edges_ns: &[f64], tof_ns: i32) -> Option<usize> {
        let t = f64::from(tof_ns) + 1e-4;
        (0..edges_ns.len() - 1).rfind(|i| edges_ns[*i] <= t && t < edges_ns[i + 1])
    }

    fn check(edges_ns: &[f64], times: impl IntoIterator<Item = i32>) {
        let bins = TofBins::new(edges_ns);
        for t in times {
            assert_eq!(bins.bin(t), naive(edges_ns, t), "{t} ns");
        }
    }

    fn near_edges(edges_ns: &[f64]) -> Vec<i32> {
        let near = |edge: &f64| [-1.0, 0.0, 1.0].map(|d| (edge + d).round() as i32);
        edges_ns.iter().flat_map(near).collect()
    }

    #[test]
    fn default_edges_take_the_fast_path_and_drop_the_last_edge() {
        let edges = ToaEdges::default().edges_ns();
        let bins = TofBins::new(&edges);
        assert!(matches!(bins.lookup, Lookup::Even(_)));
        assert_eq!(bins.len(), 100);
        assert_eq!(bins.bin(71_428_571), Some(99));
        assert_eq!(bins.bin(71_428_572), None);
        assert_eq!(bins.bin(-1), None);
        check(&edges, near_edges(&edges));
    }

    #[test]
    fn an_edge_that_is_an_integer_belongs_to_the_upper_bin() {
        let edges: Vec<_> = (0..=70).map(|i| f64::from(i) * 1e6).collect();
        let bins = TofBins::new(&edges);
        assert!(matches!(bins.lookup, Lookup::Even(_)));
        assert_eq!(bins.bin(1_000_000), Some(1));
        assert_eq!(bins.bin(999_999), Some(0));
        assert_eq!(bins.bin(70_000_000), None);
    }

    #[test]
    fn log_edges_agree_with_comparing() {
        let edges = ToaEdges {
            start: 1e-3,
            num_bins: 500,
            scale: Scale::Log,
            ..ToaEdges::default()
        }
        .edges_ns();
        check(&edges, near_edges(&edges));
        check(&edges, (0..3000).chain([i32::MIN, i32::MAX]));
    }

    #[test]
    fn edges_beyond_32_bits_still_sort_what_there_is() {
        let edges = [-1e10, 0.0, 1e3, 1e12];
        check(&edges, [i32::MIN, -1, 0, 999, 1000, i32::MAX - 1]);
    }

    proptest! {
        #[test]
        fn even_edges_agree_with_comparing(
            start in -1e6..1e8_f64, width in 1.0..2e8_f64, num_bins in 1..3000_u32,
            times in prop::collection::vec(any::<i32>(), 0..50),
        ) {
            let fraction = |i: u32| f64::from(i) / f64::from(num_bins);
            let edges: Vec<_> = (0..=num_bins).map(|i| start + width * fraction(i)).collect();
            let some_edges: Vec<_> = edges.iter().step_by(1 + num_bins as usize / 40).copied().collect();
            check(&edges, near_edges(&some_edges).into_iter().chain(times));
        }

        #[test]
        fn any_edges_agree_with_comparing(
            mut edges in prop::collection::vec(-1e5..1e8_f64, 2..200),
            times in prop::collection::vec(-200_000..100_000_000_i32, 0..50),
        ) {
            edges.sort_by(f64::total_cmp);
            edges.dedup();
            prop_assume!(edges.len() > 1);
            check(&edges, near_edges(&edges).into_iter().chain(times));
        }
    }
}
