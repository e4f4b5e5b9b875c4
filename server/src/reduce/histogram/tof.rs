//! Events of a monitor over time of flight.

use super::chunk::{CHUNK, Chunk};
use super::{Counts, CountsSince, TofBins, TofRange};
use crate::wire::I32s;

/// Neighbouring events often meet in one bin; increments of one counter wait for each other, of four
/// copies they do not.
const LANES: usize = 4;

/// Counts per bin, per window and since the beginning, in `u64`.
#[derive(Clone, Debug)]
pub struct TofHistogram {
    bins: TofBins,
    range: TofRange,
    /// `LANES` copies of the window, one after the other.
    lanes: Vec<u64>,
    sum: Vec<u64>,
    counts: CountsSince,
    tofs: Chunk,
    bin_of_event: Box<[u32; CHUNK]>,
}

impl TofHistogram {
    /// No events yet. Without `range` every event between the edges counts as in range.
    pub fn new(bins: TofBins, range: Option<TofRange>) -> Self {
        let range = range.map_or_else(|| bins.range(), |r| r.intersect(bins.range()));
        Self {
            range,
            lanes: vec![0; bins.len() * LANES],
            sum: vec![0; bins.len()],
            counts: CountsSince::default(),
            tofs: Chunk::new(),
            bin_of_event: Box::new([0; CHUNK]),
            bins,
        }
    }

    /// Counts events by their times of flight in ns.
    pub fn add(&mut self, tof_ns: &I32s<'_>) {
        let mut counts = Counts::default();
        let edges = self.bins.range();
        let bins = self.bins.len();
        for start in (0..tof_ns.len()).step_by(CHUNK) {
            let tofs = self.tofs.load(tof_ns, start);
            self.bins.bins_of(tofs, &mut self.bin_of_event[..]);
            for (event, (tof, bin)) in tofs.iter().zip(self.bin_of_event.iter()).enumerate() {
                let counted = u64::from(edges.contains(*tof));
                counts.total += counted;
                counts.in_range += u64::from(self.range.contains(*tof));
                self.lanes[event % LANES * bins + *bin as usize] += counted;
            }
        }
        self.counts.add(counts);
    }

    /// The histogram since the last call, which starts anew.
    pub fn take_window(&mut self) -> (Vec<u64>, Counts) {
        let bins = self.bins.len();
        let window: Vec<u64> = (0..bins)
            .map(|bin| (0..LANES).map(|lane| self.lanes[lane * bins + bin]).sum())
            .collect();
        self.lanes.fill(0);
        for (sum, counts) in self.sum.iter_mut().zip(&window) {
            *sum += counts;
        }
        (window, self.counts.take_window())
    }

    /// The sum of all windows taken so far.
    pub fn sum(&self) -> &[u64] {
        &self.sum
    }

    /// Numbers of events; `total` counts all between the edges.
    pub fn counts(&self) -> &CountsSince {
        &self.counts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_counting_one_by_one(
            tofs in prop::collection::vec(-5..70_i32, 0..5000), low in 0..70_i32, len in 0..40_i32,
        ) {
            let edges = [0.0, 7.0, 8.0, 33.0, 64.0];
            let range = TofRange::new(low.into(), (low + len).into());
            let mut histogram = TofHistogram::new(TofBins::new(&edges), Some(range));
            histogram.add(&tofs[..].into());
            let count = |a: f64, b: f64| tofs.iter().filter(|t| a <= f64::from(**t) && f64::from(**t) < b).count() as u64;
            let expected: Vec<_> = edges.windows(2).map(|e| count(e[0], e[1])).collect();
            let (window, counts) = histogram.take_window();
            prop_assert_eq!(&window, &expected);
            prop_assert_eq!(histogram.sum(), expected);
            prop_assert_eq!(counts.total, count(0.0, 64.0));
            prop_assert_eq!(counts.in_range, count(low.into(), f64::from(low + len).min(64.0)));
            prop_assert_eq!(histogram.take_window().0, [0; 4]);
        }
    }
}
