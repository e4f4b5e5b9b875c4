//! Sums of histograms that producers made, on the bins that people chose.

use shared::data::{DataArray, Unit, Values};
use shared::params::ToaParams;

use crate::reduce::histogram::{Counts, Rebinner, TofHistogram};
use crate::reduce::outputs::{Axes, COUNTS_IN_RANGE, COUNTS_TOTAL, HISTOGRAM, Pair};
use crate::reduce::workflow::{ReduceError, Span};
use crate::wire::da00::{Da00, Variable};

/// Rebinned counts of the window and since the beginning.
pub(super) struct Rebinned {
    bins: Rebinner,
    range: Rebinner,
    window: Sums,
    sum: Sums,
    /// Whether any message carried errors; without them counts speak for themselves.
    has_errors: bool,
    source_edges_ns: Vec<f64>,
}

#[derive(Clone)]
struct Sums {
    values: Vec<f64>,
    variances: Vec<f64>,
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
            range: Rebinner::new(vec![start, stop.max(start)]),
            window: Sums {
                values: zero.clone(),
                variances: zero,
                in_range: 0.0,
            },
            sum: Sums {
                variances: values.clone(),
                values,
                in_range: (counts.start.in_range - counts.window.in_range) as f64,
            },
            has_errors: false,
            source_edges_ns: Vec::new(),
        }
    }

    /// Adds one histogram.
    pub(super) fn add(&mut self, array: &Da00<'_>) -> Result<(), ReduceError> {
        let signal = spectrum(array, "signal")?.ok_or_else(|| bad("signal", "is missing"))?;
        let errors = spectrum(array, "errors")?;
        if errors.is_some_and(|errors| errors.data.len() != signal.data.len()) {
            return Err(bad("errors", "differ in number from its values"));
        }
        self.read_edges(array, signal.axes()[0])?;
        let edges = &self.source_edges_ns;
        let numbers = |variable: Variable<'_>| {
            let mut numbers = Vec::with_capacity(variable.data.len());
            variable.data.append_f64s(&mut numbers);
            numbers
        };
        let values = numbers(signal);
        let window = &mut self.window;
        self.bins
            .add(edges, values.iter().copied(), &mut window.values)?;
        let mut in_range = [0.0];
        self.range
            .add(edges, values.iter().copied(), &mut in_range)?;
        window.in_range += in_range[0];
        let variances = errors.map_or(values, |errors| {
            self.has_errors = true;
            numbers(errors)
                .into_iter()
                .map(|error| error * error)
                .collect()
        });
        self.bins
            .add(edges, variances.into_iter(), &mut window.variances)?;
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
        let total = scalars(&COUNTS_TOTAL, |sums| sums.values.iter().sum());
        let in_range = scalars(&COUNTS_IN_RANGE, |sums| sums.in_range);
        let results = arrays.into_iter().chain(total).chain(in_range).collect();
        self.window.clear();
        results
    }

    fn read_edges(&mut self, array: &Da00<'_>, dim: &str) -> Result<(), ReduceError> {
        let missing = || bad("axis", "has no coordinate of its own name");
        let coord = array.variable(dim).ok_or_else(missing)?;
        let unit = Unit::new(coord.unit.unwrap_or_default());
        let factor = unit.time_factor_to(&Unit::new("ns")).ok_or_else(|| {
            let problem = format!("has the unit {:?}, not one of time", unit.symbol());
            ReduceError::Histogram {
                part: "axis",
                problem,
            }
        })?;
        self.source_edges_ns.clear();
        coord.data.append_f64s(&mut self.source_edges_ns);
        // Every unit of time is a whole number of ns; rounding takes the residue of the division away.
        let factor = factor.round();
        self.source_edges_ns
            .iter_mut()
            .for_each(|edge| *edge *= factor);
        Ok(())
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
        self.in_range += other.in_range;
    }

    fn clear(&mut self) {
        self.values.fill(0.0);
        self.variances.fill(0.0);
        self.in_range = 0.0;
    }
}

/// The variable of this name, which must have one axis.
fn spectrum<'a>(array: &Da00<'a>, name: &'static str) -> Result<Option<Variable<'a>>, ReduceError> {
    let Some(variable) = array.variable(name) else {
        return Ok(None);
    };
    if variable.axes().len() == 1 {
        return Ok(Some(variable));
    }
    Err(bad(name, "must have exactly one axis"))
}

fn bad(part: &'static str, problem: &str) -> ReduceError {
    ReduceError::Histogram {
        part,
        problem: problem.to_owned(),
    }
}
