//! What correlations over one axis and over two have in common: pairs of samples and places, binned.

use std::borrow::Cow;
use std::sync::Arc;

use shared::data::{Coord, CoordValues, Unit, Values};
use shared::job::{OutputInfo, Temporality};
use shared::plot::correlation::{Bin, Pairs, Samples, durations, edges, histogram, pairs};
use shared::plot::frame::Quantity;
use shared::plot::params::{Combine, CombineParams};
use shared::topology::DataRole;

use super::inputs::{quantity, times};
use super::kind::RoleKind;
use super::{Input, Inputs, PlotError};

/// Single values whose history says what happened when: not those that count since the start.
pub(super) fn takes(output: &OutputInfo) -> bool {
    match output.temporality {
        Temporality::Series => output.dims.len() == 1,
        Temporality::Window => output.dims.is_empty(),
        Temporality::Cumulative => false,
    }
}

/// An axis, which is one source.
pub(super) const fn axis(role: DataRole) -> RoleKind {
    RoleKind {
        role,
        is_required: true,
        max_sources: 1,
        takes,
    }
}

/// Histories on common axes.
pub(super) struct Correlated {
    /// The axes in the order asked for.
    pub(super) axes: Vec<Coord>,
    /// What the values of the bins are.
    pub(super) quantity: Quantity,
    /// One histogram per source, the last axis running fastest.
    pub(super) histograms: Vec<Histogram>,
    /// How many samples have no place, in words.
    pub(super) notes: Vec<String>,
}

/// The values of bins, and their variances where they are known.
pub(super) struct Histogram {
    pub(super) values: Values,
    pub(super) variances: Option<Values>,
}

/// Bins what is plotted over the axes `roles`, each divided into so many bins.
pub(super) fn correlate(
    inputs: &Inputs,
    roles: &[(DataRole, u32)],
    params: CombineParams,
    plotter: &'static str,
) -> Result<Correlated, PlotError> {
    let axes = roles
        .iter()
        .map(|(role, _)| inputs.of_role(*role))
        .collect::<Result<Vec<_>, _>>()?;
    let places = axes
        .iter()
        .map(|axis| samples(axis, plotter))
        .collect::<Result<Vec<_>, _>>()?;
    let primary = inputs.primary();
    let first = primary.first().ok_or(PlotError::NoData)?;
    let mut notes = Vec::new();
    let mut paired = Vec::with_capacity(primary.len());
    for input in primary {
        let samples = samples(input, plotter)?;
        let mut pairs = pairs(samples, &places);
        let left_out = samples.times.len() - pairs.samples.len();
        if left_out > 0 {
            let (all, title) = (samples.times.len(), &input.title);
            notes.push(format!(
                "{title}: {left_out} of {all} samples came before the axes had values"
            ));
        }
        // Of the first sample after a start or a pause nobody knows how long it counted: it would stand beside the others
        // with any number of counts.
        let secs = secs(input, samples, params);
        if let Some(secs) = &secs {
            pairs.retain(|i| secs[i] > 0.0);
        }
        paired.push((samples, secs, pairs));
    }
    let edges: Vec<Arc<[f64]>> = (0..roles.len())
        .map(|axis| {
            let places = paired.iter().flat_map(|(.., pairs)| &pairs.places[axis]);
            edges(places.copied(), roles[axis].1 as usize)
        })
        .collect();
    let is_counts = first.data.unit == Unit::counts();
    let rule = Rule::of(params, is_counts);
    let histograms = paired.iter().map(|(samples, secs, pairs)| {
        let secs = secs.as_deref().filter(|_| rule.is_rate);
        rule.histogram((*samples, secs), pairs, &edges)
    });
    Ok(Correlated {
        histograms: histograms.collect(),
        axes: axes
            .iter()
            .zip(edges)
            .map(|(axis, edges)| coord(axis, edges))
            .collect(),
        quantity: rule.quantity(first),
        notes,
    })
}

fn samples<'a>(input: &'a Input, plotter: &'static str) -> Result<Samples<'a>, PlotError> {
    Ok(Samples {
        times: times(input, plotter)?,
        values: &input.data.values,
    })
}

/// For how long each sample counted, s; none where that does not matter. A sample of a series stands for the time since
/// the one before it.
fn secs<'a>(
    input: &'a Input,
    samples: Samples<'_>,
    params: CombineParams,
) -> Option<Cow<'a, [f64]>> {
    match &input.covered_secs {
        Some(secs) if secs.len() == samples.times.len() => Some(Cow::Borrowed(secs)),
        _ => params
            .per_second
            .then(|| Cow::Owned(durations(samples.times))),
    }
}

/// An axis is called as its source.
fn coord(axis: &Input, edges: Arc<[f64]>) -> Coord {
    Coord {
        dim: axis.key.source.as_str().into(),
        label: Arc::clone(&axis.title),
        unit: axis.data.unit.clone(),
        values: CoordValues::Edges(edges),
    }
}

/// What becomes of the values in a bin.
#[derive(Clone, Copy)]
struct Rule {
    is_mean: bool,
    is_rate: bool,
    is_counts: bool,
}

impl Rule {
    fn of(params: CombineParams, is_counts: bool) -> Self {
        let is_mean = match params.combine {
            Combine::Auto => !is_counts,
            Combine::Sum => false,
            Combine::Mean => true,
        };
        Self {
            is_mean: is_mean || params.per_second,
            is_rate: params.per_second,
            is_counts,
        }
    }

    /// The values of samples in bins, each divided by its seconds where there are any.
    fn histogram(
        self,
        (samples, secs): (Samples<'_>, Option<&[f64]>),
        pairs: &Pairs,
        edges: &[Arc<[f64]>],
    ) -> Histogram {
        let values = pairs.samples.iter().map(|i| {
            let value = samples.values.get(*i);
            let secs = secs.map_or(1.0, |secs| secs[*i]);
            // Poisson: the variance of N counts is N.
            (value / secs, value / (secs * secs))
        });
        let bins = histogram(edges, &pairs.places, values);
        let variances = self
            .is_counts
            .then(|| bins.iter().map(|bin| self.variance(bin)).collect());
        Histogram {
            values: Values::F64(bins.iter().map(|bin| self.value(bin)).collect()),
            variances: variances.map(Values::F64),
        }
    }

    fn value(self, bin: &Bin) -> f64 {
        // The mean of nothing is no number, its sum is 0.
        if self.is_mean {
            bin.sum / f64::from(bin.samples)
        } else {
            bin.sum
        }
    }

    fn variance(self, bin: &Bin) -> f64 {
        if self.is_mean {
            bin.variance / f64::from(bin.samples).powi(2)
        } else {
            bin.variance
        }
    }

    fn quantity(self, input: &Input) -> Quantity {
        let quantity = quantity(&input.data);
        if !self.is_rate {
            return quantity;
        }
        let unit = match quantity.unit.symbol() {
            "" => "1/s".to_owned(),
            symbol => format!("{symbol}/s"),
        };
        Quantity {
            unit: Unit::new(&unit),
            ..quantity
        }
    }
}
