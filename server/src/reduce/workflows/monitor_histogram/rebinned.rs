//! Sums of histograms that producers made, on the bins that people chose.

use shared::data::{DataArray, Values};
use shared::params::ToaParams;

use crate::reduce::histogram::{Counts, Rebinner, TofHistogram};
use crate::reduce::outputs::{Axes, COUNTS_IN_RANGE, COUNTS_TOTAL, HISTOGRAM, Pair};
use crate::reduce::workflow::{ReduceError, Span};

use super::source::Source;

/// Rebinned counts of the window and since the beginning.
pub(super) struct Rebinned {
    bins: Rebinner,
    /// All bins as one, and the range of time of arrival. What lies within is added up before it is shared out to bins:
    /// whole numbers of counts stay whole, which the sum of their parts does not.
    whole: Rebinner,
    range: Rebinner,
    window: Sums,
    sum: Sums,
    /// Whether any message carried errors; without them counts speak for themselves.
    has_errors: bool,
}

#[derive(Clone)]
struct Sums {
    values: Vec<f64>,
    variances: Vec<f64>,
    total: f64,
    in_range: f64,
}

impl Rebinned {
    /// Goes on from the events already published.
    pub(super) fn after(events: &TofHistogram, params: &ToaParams) -> Self {
        let edges = params.toa_edges.edges_ns();
        let (first, last) = (edges[0], edges[edges.len() - 1]);
        let (start, stop) = params.toa_range.bounds_ns().unwrap_or((first, last));
        let (start, stop) = (start.max(first), stop.min(last));
        let counts = events.counts();
        let published = events.sum().iter().map(|count| *count as f64);
        let values: Vec<_> = published.collect();
        let zero = vec![0.0; values.len()];
        Self {
            bins: Rebinner::new(edges),
            whole: Rebinner::new(vec![first, last]),
            range: Rebinner::new(vec![start, stop.max(start)]),
            window: Sums {
                values: zero.clone(),
                variances: zero,
                total: 0.0,
                in_range: 0.0,
            },
            sum: Sums {
                variances: values.clone(),
                total: values.iter().sum(),
                values,
                in_range: (counts.start.in_range - counts.window.in_range) as f64,
            },
            has_errors: false,
        }
    }

    /// Adds one histogram.
    pub(super) fn add(&mut self, source: &Source) -> Result<(), ReduceError> {
        let (edges, values) = (&source.edges_ns, &source.values);
        let window = &mut self.window;
        self.bins
            .add(edges, values.iter().copied(), &mut window.values)?;
        for (rebinner, sum) in [
            (&self.whole, &mut window.total),
            (&self.range, &mut window.in_range),
        ] {
            let mut added = [0.0];
            rebinner.add(edges, values.iter().copied(), &mut added)?;
            *sum += added[0];
        }
        let variances = source.variances();
        self.bins
            .add(edges, variances.iter().copied(), &mut window.variances)?;
        self.has_errors |= source.has_errors;
        Ok(())
    }

    /// Adds events that were binned as they came.
    pub(super) fn add_counts(&mut self, bins: &[u64], counts: Counts) {
        let window = &mut self.window;
        let sums = window.values.iter_mut().zip(&mut window.variances);
        for ((value, variance), count) in sums.zip(bins) {
            *value += *count as f64;
            *variance += *count as f64;
        }
        window.total += bins.iter().sum::<u64>() as f64;
        window.in_range += counts.in_range as f64;
    }

    /// Results, after which a new window starts.
    pub(super) fn publish(&mut self, axes: &Axes, span: &Span) -> Vec<(&'static str, DataArray)> {
        self.sum.add(&self.window);
        let (sum, window) = (&self.sum, &self.window);
        let values = |sums: &Sums| Values::F64(sums.values.clone());
        let mut arrays = HISTOGRAM.arrays(axes, span, values(sum), values(window));
        if self.has_errors {
            for (array, sums) in arrays.iter_mut().zip([sum, window]) {
                array.1.variances = Some(Values::F64(sums.variances.clone()).into());
            }
        }
        let scalars = |pair: &Pair, of: fn(&Sums) -> f64| {
            let value = |sums| Values::F64(vec![of(sums)]);
            pair.arrays(&Axes::counts_scalar(), span, value(sum), value(window))
        };
        let total = scalars(&COUNTS_TOTAL, |sums| sums.total);
        let in_range = scalars(&COUNTS_IN_RANGE, |sums| sums.in_range);
        let results = arrays.into_iter().chain(total).chain(in_range).collect();
        self.window.clear();
        results
    }
}

impl Sums {
    fn add(&mut self, other: &Self) {
        let add = |sums: &mut [f64], others: &[f64]| {
            sums.iter_mut()
                .zip(others)
                .for_each(|(sum, other)| *sum += other);
        };
        add(&mut self.values, &other.values);
        add(&mut self.variances, &other.variances);
        self.total += other.total;
        self.in_range += other.in_range;
    }

    fn clear(&mut self) {
        self.values.fill(0.0);
        self.variances.fill(0.0);
        self.total = 0.0;
        self.in_range = 0.0;
    }
}
