//! Conservative rebinning: counts of a bin are shared out by overlap, none are made or lost inside.

/// Shares the counts of source bins out to target bins in proportion to their overlap.
///
/// Within the overlap of both axes the sum is conserved. Variances are shared as counts are: a part `f`
/// of `N` independent events has expectation and variance `f·N`.
#[derive(Clone, Debug)]
pub struct Rebinner {
    target_edges: Vec<f64>,
}

/// The source does not describe a histogram.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RebinError {
    /// Edges and values do not fit together.
    #[error("{values} values need {} edges, got {edges}", .values + 1)]
    Length {
        /// Number of values.
        values: usize,
        /// Number of edges.
        edges: usize,
    },
    /// Edges are not finite or do not increase.
    #[error("bin edges must be finite and increase, edge {index} does not")]
    Order {
        /// The first edge that is wrong.
        index: usize,
    },
}

impl Rebinner {
    /// Rebins to `target_edges`, which increase.
    pub fn new(target_edges: Vec<f64>) -> Self {
        Self { target_edges }
    }

    /// Number of target bins.
    pub fn len(&self) -> usize {
        self.target_edges.len().saturating_sub(1)
    }

    /// True without target bins.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds `values` between `source_edges` (in the unit of the target's) to `sums`, one per target bin.
    pub fn add(
        &self,
        source_edges: &[f64],
        values: impl ExactSizeIterator<Item = f64>,
        sums: &mut [f64],
    ) -> Result<(), RebinError> {
        check_edges(source_edges, values.len())?;
        let target = &self.target_edges;
        let mut first = 0;
        for (source, value) in source_edges.windows(2).zip(values) {
            let (low, high) = (source[0], source[1]);
            while first < self.len() && target[first + 1] <= low {
                first += 1;
            }
            let mut bin = first;
            while bin < self.len() && target[bin] < high {
                let overlap = high.min(target[bin + 1]) - low.max(target[bin]);
                sums[bin] += value * (overlap / (high - low));
                bin += 1;
            }
        }
        Ok(())
    }
}

/// Whether `edges` are finite, increase, and bound this many values.
pub fn check_edges(edges: &[f64], values: usize) -> Result<(), RebinError> {
    if edges.len() != values + 1 {
        return Err(RebinError::Length {
            values,
            edges: edges.len(),
        });
    }
    let wrong = |i: &usize| !edges[*i].is_finite() || (*i > 0 && edges[*i] <= edges[i - 1]);
    let index = (0..edges.len()).find(wrong);
    index.map_or(Ok(()), |index| Err(RebinError::Order { index }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rebin(source: &[f64], values: &[f64], target: &[f64]) -> Result<Vec<f64>, RebinError> {
        let rebinner = Rebinner::new(target.to_vec());
        let mut sums = vec![0.0; rebinner.len()];
        rebinner.add(source, values.iter().copied(), &mut sums)?;
        Ok(sums)
    }

    #[test]
    fn counts_are_shared_by_overlap() {
        let found = rebin(&[0.0, 10.0, 20.0], &[100.0, 10.0], &[0.0, 5.0, 15.0, 40.0]);
        assert_eq!(found, Ok(vec![50.0, 55.0, 5.0]));
    }

    #[test]
    fn what_lies_outside_is_left_out() {
        let found = rebin(&[0.0, 10.0, 20.0], &[100.0, 10.0], &[-5.0, 0.0, 2.0]);
        assert_eq!(found, Ok(vec![0.0, 20.0]));
        let found = rebin(&[0.0, 10.0], &[100.0], &[20.0, 30.0]);
        assert_eq!(found, Ok(vec![0.0]));
    }

    #[test]
    fn edges_that_do_not_fit_are_refused() {
        let error = rebin(&[0.0, 1.0], &[1.0, 2.0], &[0.0, 1.0]).unwrap_err();
        assert_eq!(error.to_string(), "2 values need 3 edges, got 2");
        let order = |index| Err(RebinError::Order { index });
        assert_eq!(rebin(&[0.0, 0.0], &[1.0], &[0.0, 1.0]), order(1));
        assert_eq!(rebin(&[f64::NAN, 0.0], &[1.0], &[0.0, 1.0]), order(0));
    }

    proptest! {
        #[test]
        fn counts_are_conserved_where_the_target_covers_the_source(
            mut source in prop::collection::vec(0.0..100.0_f64, 2..30),
            mut inner in prop::collection::vec(0.0..100.0_f64, 0..30),
            seed in prop::collection::vec(0.0..1e4_f64, 30),
        ) {
            source.sort_by(f64::total_cmp);
            source.dedup();
            prop_assume!(source.len() > 1);
            inner.extend([-1.0, 101.0]);
            inner.sort_by(f64::total_cmp);
            inner.dedup();
            let values = &seed[..source.len() - 1];
            let sums = rebin(&source, values, &inner).unwrap();
            let (before, after): (f64, f64) = (values.iter().sum(), sums.iter().sum());
            prop_assert!((before - after).abs() <= 1e-9 * before.max(1.0), "{before} {after}");
            prop_assert!(sums.iter().all(|s| *s >= 0.0));
        }
    }
}
