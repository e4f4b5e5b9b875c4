//! Histograms of one history over others: each sample counts where the axes stood when it was taken.

use std::sync::Arc;

use crate::data::Values;

/// Values over time, times ascending in ns since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Samples<'a> {
    /// When.
    pub times: &'a [i64],
    /// What.
    pub values: &'a Values,
}

/// The samples of one history, each with the places of the axes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs {
    /// The indices of the samples that have a place on every axis.
    pub samples: Vec<usize>,
    /// Their places, one list per axis.
    pub places: Vec<Vec<f64>>,
}

/// What falls into one bin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// The sum of the values.
    pub sum: f64,
    /// The sum of their variances.
    pub variance: f64,
    /// How many there are.
    pub samples: u32,
}

/// Pairs each sample with the newest value of every axis at or before it. Samples for which an axis has no such value, or
/// one that is not finite, have no place and are left out.
///
/// ```
/// use shared::data::Values;
/// use shared::plot::correlation::{Samples, pairs};
/// let (counts, motor) = (Values::U32(vec![5, 6, 7]), Values::F64(vec![1.5, 2.5]));
/// let counts = Samples { times: &[10, 20, 30], values: &counts };
/// let motor = Samples { times: &[20, 25], values: &motor };
/// let pairs = pairs(counts, &[motor]);
/// assert_eq!((pairs.samples, pairs.places), (vec![1, 2], vec![vec![1.5, 2.5]]));
/// ```
pub fn pairs(primary: Samples<'_>, axes: &[Samples<'_>]) -> Pairs {
    let mut next = vec![0; axes.len()];
    let mut pairs = Pairs {
        samples: Vec::new(),
        places: vec![Vec::new(); axes.len()],
    };
    for (i, time) in primary.times.iter().enumerate() {
        for (axis, next) in axes.iter().zip(&mut next) {
            let newer = axis.times[*next..].iter();
            *next += newer.take_while(|it| *it <= time).count();
        }
        let place = |(axis, next): (&Samples<'_>, &usize)| {
            let place = axis.values.get(next.checked_sub(1)?);
            place.is_finite().then_some(place)
        };
        let here: Option<Vec<f64>> = axes.iter().zip(&next).map(place).collect();
        if let Some(here) = here {
            pairs.samples.push(i);
            for (places, place) in pairs.places.iter_mut().zip(here) {
                places.push(place);
            }
        }
    }
    pairs
}

impl Pairs {
    /// Leaves out the samples that `is_kept` refuses by their index.
    pub fn retain(&mut self, is_kept: impl Fn(usize) -> bool) {
        let kept: Vec<bool> = self.samples.iter().map(|i| is_kept(*i)).collect();
        for places in &mut self.places {
            let mut kept = kept.iter();
            places.retain(|_| kept.next().copied().unwrap_or_default());
        }
        self.samples.retain(|i| is_kept(*i));
    }
}

/// `bins + 1` edges of equal distance over all places. Where all are the same, the only place gets room around it: a
/// twentieth of it to both sides, at least one half.
///
/// ```
/// use shared::plot::correlation::edges;
/// assert_eq!(*edges([0.0, 4.0, 2.0], 2), [0.0, 2.0, 4.0]);
/// assert_eq!(*edges([100.0, 100.0], 2), [95.0, 100.0, 105.0]);
/// ```
pub fn edges(places: impl IntoIterator<Item = f64>, bins: usize) -> Arc<[f64]> {
    let ends = places
        .into_iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), it| {
            (lo.min(it), hi.max(it))
        });
    let (lo, hi) = match ends {
        (lo, hi) if lo > hi => (-0.5, 0.5),
        (lo, hi) if hi - lo <= 4.0 * f64::EPSILON * lo.abs().max(hi.abs()) => {
            let room = (0.05 * lo.abs()).max(0.5);
            (lo - room, hi + room)
        }
        ends => ends,
    };
    let bins = bins.max(1);
    let edge = |i: usize| lo + (hi - lo) * (i as f64 / bins as f64);
    (0..bins).map(edge).chain([hi]).collect()
}

/// The bin of a place: edges belong to the bin on their right, the last one to the last bin. None outside.
pub fn bin_of(edges: &[f64], place: f64) -> Option<usize> {
    let bins = edges.len().checked_sub(1)?;
    if !(*edges.first()?..=*edges.last()?).contains(&place) {
        return None;
    }
    let right = edges.partition_point(|edge| *edge <= place);
    Some(right.saturating_sub(1).min(bins.saturating_sub(1)))
}

/// Adds values with their variances up in the bins of their places; the last axis runs fastest. Values that are not
/// finite are left out.
pub fn histogram(
    edges: &[Arc<[f64]>],
    places: &[Vec<f64>],
    values: impl IntoIterator<Item = (f64, f64)>,
) -> Vec<Bin> {
    let lens = edges.iter().map(|it| it.len().saturating_sub(1));
    let mut bins = vec![Bin::default(); lens.product()];
    for (i, (value, variance)) in values.into_iter().enumerate() {
        let index = edges
            .iter()
            .zip(places)
            .try_fold(0, |index, (edges, places)| {
                Some(index * (edges.len() - 1) + bin_of(edges, *places.get(i)?)?)
            });
        if let Some(bin) = index
            .and_then(|it| bins.get_mut(it))
            .filter(|_| value.is_finite())
        {
            bin.sum += value;
            bin.variance += variance;
            bin.samples += 1;
        }
    }
    bins
}

/// How long each sample took, s: the time since the one before it; NaN of the first one, which has none before it.
///
/// ```
/// use shared::plot::correlation::durations;
/// let second = 1_000_000_000;
/// let took = durations(&[0, 2 * second, 3 * second]);
/// assert!(took[0].is_nan());
/// assert_eq!(took[1..], [2.0, 1.0]);
/// ```
pub fn durations(times: &[i64]) -> Vec<f64> {
    let secs = |pair: &[i64]| pair[1].saturating_sub(pair[0]) as f64 / 1e9;
    let first = times.first().map(|_| f64::NAN);
    first
        .into_iter()
        .chain(times.windows(2).map(secs))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_sample_takes_the_newest_place_at_or_before_it() {
        let values = Values::F64(vec![1.0; 5]);
        let times = [0, 10, 20, 30, 40];
        let primary = Samples {
            times: &times,
            values: &values,
        };
        let x = Values::F64(vec![1.0, 2.0, 3.0]);
        let x = Samples {
            times: &[10, 11, 39],
            values: &x,
        };
        let y = Values::F64(vec![7.0, f64::NAN]);
        let y = Samples {
            times: &[20, 40],
            values: &y,
        };
        let both = pairs(primary, &[x, y]);
        assert_eq!(both.samples, [2, 3]);
        assert_eq!(both.places, [vec![2.0, 2.0], vec![7.0, 7.0]]);
        let one = pairs(primary, &[x]);
        assert_eq!(
            (one.samples.len(), &one.places[0][..]),
            (4, &[1.0, 2.0, 2.0, 3.0][..])
        );
    }

    #[test]
    fn values_add_up_in_their_bins() {
        let edges = [edges([0.0, 2.0], 2), edges([0.0, 3.0], 3)];
        let places = [vec![0.0, 1.0, 2.0, 9.0], vec![0.0, 3.0, 2.5, 0.0]];
        let values = [(1.0, 1.0), (2.0, 2.0), (f64::NAN, 0.0), (4.0, 4.0)];
        let bins = histogram(&edges, &places, values);
        let sums: Vec<f64> = bins.iter().map(|it| it.sum).collect();
        assert_eq!(sums, [1.0, 0.0, 0.0, 0.0, 0.0, 2.0]);
        assert_eq!((bins[5].samples, bins[5].variance), (1, 2.0));
    }

    proptest! {
        /// Every place falls into the bin whose edges hold it, so that nothing is lost.
        #[test]
        fn no_sample_is_lost(places in prop::collection::vec(-1e6_f64..1e6, 1..50), bins in 1_usize..40) {
            let edges = edges(places.iter().copied(), bins);
            prop_assert_eq!(edges.len(), bins + 1);
            for place in &places {
                let bin = bin_of(&edges, *place).expect("the edges hold all places");
                prop_assert!(edges[bin] <= *place && *place <= edges[bin + 1]);
            }
            let values = places.iter().map(|_| (1.0, 1.0));
            let all = histogram(&[edges], std::slice::from_ref(&places), values);
            prop_assert_eq!(all.iter().map(|it| it.samples as usize).sum::<usize>(), places.len());
        }
    }
}
