//! Numbers that sum up an array: its sum, mean, maximum, the width of its peak, each with its uncertainty.
//!
//! Counts follow Poisson's distribution: the variance of N counts is N (G. F. Knoll, *Radiation Detection and Measurement*,
//! chapter 3). Uncertainties of other values are as their source gives them, and values are taken as independent.

use crate::data::{Coord, DataArray, Unit, Values};

/// What sums up an array of one or more dimensions. Values that are not finite take no part.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// The sum, with its standard deviation where one is known: `√ΣVar`.
    pub sum: (f64, Option<f64>),
    /// The arithmetic mean `Σv / n`, with `√ΣVar / n`.
    pub mean: (f64, Option<f64>),
    /// The greatest value, the first one of equals, with its own standard deviation.
    pub max: (f64, Option<f64>),
    /// Counts per second with `√N / t`; none of what is not counted, or covers no time.
    pub rate: Option<(f64, f64)>,
    /// Along each dimension, outermost first.
    pub peaks: Vec<Peak>,
}

/// The peak along one dimension.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peak {
    /// Where the greatest value is: the middle of its element.
    pub position: f64,
    /// The full width at half of the maximum of the values summed over the other dimensions. NaN when they do not fall
    /// to half of it on both sides. It is measured from zero: no background is subtracted.
    pub fwhm: f64,
}

impl Statistics {
    /// The statistics of `data`; none when it has no finite value.
    pub fn of(data: &DataArray) -> Option<Self> {
        let values = &*data.values;
        let is_counts = data.unit == Unit::counts();
        let variance = |i: usize| match &data.variances {
            Some(variances) => Some(variances.get(i)),
            None => is_counts.then(|| values.get(i)),
        };
        let finite = || (0..values.len()).filter(|i| values.get(*i).is_finite());
        let n = finite().count() as f64;
        let greatest = finite().reduce(|a, b| if values.get(b) > values.get(a) { b } else { a })?;
        let sum: f64 = finite().map(|i| values.get(i)).sum();
        let deviation = finite().map(variance).sum::<Option<f64>>().map(f64::sqrt);
        let span_secs = data.time.span_secs();
        let rate = (is_counts && span_secs > 0.0).then(|| {
            let deviation = deviation.unwrap_or_else(|| sum.sqrt());
            (sum / span_secs, deviation / span_secs)
        });
        Some(Self {
            sum: (sum, deviation),
            mean: (sum / n, deviation.map(|it| it / n)),
            max: (values.get(greatest), variance(greatest).map(f64::sqrt)),
            rate,
            peaks: peaks(data, greatest),
        })
    }
}

fn peaks(data: &DataArray, greatest: usize) -> Vec<Peak> {
    let shape = data.shape();
    let mut stride = data.values.len();
    let each = data.coords.iter().zip(shape).map(|(coord, len)| {
        stride /= len.max(1);
        let place = |i: usize| i / stride.max(1) % len.max(1);
        Peak {
            position: coord.centre(place(greatest)),
            fwhm: full_width(coord, &projection(&data.values, len, place)),
        }
    });
    each.collect()
}

/// Sums over all dimensions but the one in which `place` tells an element's index.
fn projection(values: &Values, len: usize, place: impl Fn(usize) -> usize) -> Vec<f64> {
    let mut sums = vec![0.0; len];
    for i in 0..values.len() {
        let value = values.get(i);
        if value.is_finite() {
            sums[place(i)] += value;
        }
    }
    sums
}

/// The distance between the places left and right of the greatest value where straight lines between values cross half
/// of it.
fn full_width(coord: &Coord, values: &[f64]) -> f64 {
    let higher = |a: usize, b: usize| if values[b] > values[a] { b } else { a };
    let Some(top) = (0..values.len()).reduce(higher) else {
        return f64::NAN;
    };
    let half = values[top] / 2.0;
    if half <= 0.0 {
        return f64::NAN;
    }
    let crossing = |inner: usize, outer: usize| {
        let fraction = (values[inner] - half) / (values[inner] - values[outer]);
        let (from, to) = (coord.centre(inner), coord.centre(outer));
        from + fraction * (to - from)
    };
    let left = (1..=top).rev().find(|i| values[i - 1] <= half);
    let right = (top..values.len() - 1).find(|i| values[i + 1] <= half);
    match (left, right) {
        (Some(left), Some(right)) => (crossing(right, right + 1) - crossing(left, left - 1)).abs(),
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::data::CoordValues;
    use crate::time::{TimeInterval, TimeNs};

    fn data(coords: Vec<Coord>, values: Values, unit: &str) -> DataArray {
        DataArray {
            label: "Counts".into(),
            unit: Unit::new(unit),
            coords,
            values: Arc::new(values),
            variances: None,
            time: TimeInterval {
                start: TimeNs(0),
                end: TimeNs(2_000_000_000),
            },
        }
    }

    fn edges(dim: &str, edges: &[f64]) -> Coord {
        Coord {
            values: CoordValues::Edges(edges.into()),
            ..Coord::index(dim, 0)
        }
    }

    #[test]
    fn counts_in_bins_give_sum_rate_and_width() {
        let coord = edges("tof", &[0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        let it = Statistics::of(&data(
            vec![coord],
            Values::U32(vec![0, 4, 8, 4, 0]),
            "counts",
        ));
        let it = it.expect("there are values");
        assert_eq!(it.sum, (16.0, Some(4.0)));
        assert_eq!(it.mean, (3.2, Some(0.8)));
        assert_eq!(it.max, (8.0, Some(8_f64.sqrt())));
        assert_eq!(it.rate, Some((8.0, 2.0)));
        // Half of the maximum is met exactly at the neighbours, 3 and 7.
        let peak = Peak {
            position: 5.0,
            fwhm: 4.0,
        };
        assert_eq!(it.peaks, [peak]);
    }

    #[test]
    fn the_width_of_a_gaussian_is_known() {
        let x: Vec<f64> = (0..2001).map(|i| f64::from(i) * 0.01 - 10.0).collect();
        let y = x
            .iter()
            .map(|x| (-x * x / (2.0 * 1.5 * 1.5)).exp())
            .collect();
        let coord = Coord {
            values: CoordValues::Points(x.into()),
            ..Coord::index("x", 0)
        };
        let it = Statistics::of(&data(vec![coord], Values::F64(y), "V")).expect("values");
        assert!((it.peaks[0].fwhm - 2.354_820 * 1.5).abs() < 1e-4);
        assert!(it.peaks[0].position.abs() < 1e-9);
        assert_eq!((it.rate, it.sum.1), (None, None));
    }

    #[test]
    fn an_image_has_a_peak_along_each_axis() {
        let coords = vec![Coord::index("y", 3), Coord::index("x", 4)];
        #[rustfmt::skip]
        let values = vec![
            0, 0, 1, 0,
            0, 2, 9, 2,
            0, 0, 2, 0,
        ];
        let it = Statistics::of(&data(coords, Values::I32(values), "counts")).expect("values");
        assert_eq!((it.sum.0, it.max.0), (16.0, 9.0));
        let at: Vec<_> = it.peaks.iter().map(|peak| peak.position).collect();
        assert_eq!(at, [1.0, 2.0]);
        // Along x the sums are 0, 2, 12, 2: 6 is crossed 0.6 to either side.
        assert!((it.peaks[1].fwhm - 1.2).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_there_takes_no_part() {
        let nan = f64::NAN;
        let values = Values::F64(vec![nan, 1.0, f64::INFINITY, 3.0]);
        let it = Statistics::of(&data(vec![Coord::index("x", 4)], values, "K")).expect("values");
        assert_eq!((it.sum.0, it.mean.0, it.max.0), (4.0, 2.0, 3.0));
        assert!(it.peaks[0].fwhm.is_nan(), "a peak at the end has no width");
        let none = data(vec![Coord::index("x", 1)], Values::F64(vec![nan]), "K");
        assert_eq!(Statistics::of(&none), None);
    }
}
