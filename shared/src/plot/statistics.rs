//! Numbers that sum up an array: its sum, mean, maximum, the width of its peak, each with its uncertainty.
//!
//! Counts follow Poisson's distribution: the variance of N counts is N (G. F. Knoll, *Radiation Detection and Measurement*,
//! chapter 3). Uncertainties of other values are as their source gives them, and values are taken as independent.

use super::peak::full_width;
use crate::data::{DataArray, Values};

/// What sums up an array of one or more dimensions. Values that are not finite take no part.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// The sum, with its standard deviation where one is known: `√ΣVar`.
    pub sum: (f64, Option<f64>),
    /// The arithmetic mean `Σv / n`, with `√ΣVar / n`.
    pub mean: (f64, Option<f64>),
    /// The greatest value, the first one of equals, with its own standard deviation.
    pub max: (f64, Option<f64>),
    /// Along each dimension, outermost first.
    pub peaks: Vec<Peak>,
}

/// The peak along one dimension.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peak {
    /// Where the greatest value is: the middle of its element.
    pub position: f64,
    /// The full width at half of the maximum of the values summed over the other dimensions, as of
    /// [`peak_of`](super::peak_of). NaN when they do not come down to half of it on both sides. It is measured from zero:
    /// no background is subtracted.
    pub fwhm: f64,
}

impl Statistics {
    /// The statistics of `data`; none when it has no finite value.
    pub fn of(data: &DataArray) -> Option<Self> {
        // Once for all walks: deciding about the type for each element took longer than the walks.
        let values = data.values.to_f64();
        let Moments { n, sum, greatest } = Moments::of(&values);
        let greatest = greatest?;
        let max = values[greatest];
        let variance = data.known_variances().map(|variances| {
            let of_sum = sum_where_finite(variances, &values);
            (of_sum, variances.get(greatest))
        });
        let deviation = variance.map(|(of_sum, _)| of_sum.sqrt());
        Some(Self {
            sum: (sum, deviation),
            mean: (sum / n, deviation.map(|it| it / n)),
            max: (max, variance.map(|(_, of_max)| of_max.sqrt())),
            peaks: peaks(data, &values, greatest),
        })
    }
}

/// What one walk through all values tells of those that are finite.
struct Moments {
    n: f64,
    sum: f64,
    /// Where the first of the greatest is.
    greatest: Option<usize>,
}

impl Moments {
    fn of(values: &[f64]) -> Self {
        let (mut n, mut sum) = (0_u64, 0.0);
        let (mut greatest, mut max) = (None, f64::NEG_INFINITY);
        for (i, &value) in values.iter().enumerate() {
            if value.is_finite() {
                n += 1;
                sum += value;
                if value > max {
                    (greatest, max) = (Some(i), value);
                }
            }
        }
        let n = n as f64;
        Self { n, sum, greatest }
    }
}

fn sum_where_finite(variances: &Values, values: &[f64]) -> f64 {
    let mut sum = 0.0;
    variances.each_f64(|i, variance| {
        if values[i].is_finite() {
            sum += variance;
        }
    });
    sum
}

fn peaks(data: &DataArray, values: &[f64], greatest: usize) -> Vec<Peak> {
    let shape = data.shape();
    let mut stride = values.len();
    let each = data.coords.iter().zip(shape).map(|(coord, len)| {
        stride /= len.max(1);
        let sums = projection(values, len, stride);
        let point = |i: usize| Some((coord.centre(i), sums[i]));
        let top = first_greatest(&sums);
        Peak {
            position: coord.centre(greatest / stride.max(1) % len.max(1)),
            fwhm: top
                .and_then(|top| full_width(len, point, top))
                .unwrap_or(f64::NAN),
        }
    });
    each.collect()
}

fn first_greatest(values: &[f64]) -> Option<usize> {
    let finite = (0..values.len()).filter(|i| values[*i].is_finite());
    finite.reduce(|best, i| if values[i] > values[best] { i } else { best })
}

/// Sums over all dimensions but the one that has `len` elements, each `stride` elements after the one before. NaN where
/// no value is finite.
fn projection(values: &[f64], len: usize, stride: usize) -> Vec<f64> {
    let mut sums = vec![0.0; len];
    let mut are_there = vec![false; len];
    let mut add = |place: usize, value: f64| {
        let is_finite = value.is_finite();
        sums[place] += if is_finite { value } else { 0.0 };
        are_there[place] |= is_finite;
    };
    for block in values.chunks_exact((len * stride).max(1)) {
        if stride == 1 {
            (0..)
                .zip(block)
                .for_each(|(place, value)| add(place, *value));
            continue;
        }
        for (place, row) in block.chunks_exact(stride).enumerate() {
            for value in row {
                add(place, *value);
            }
        }
    }
    let sums = sums.into_iter().zip(are_there);
    sums.map(|(sum, is_there)| if is_there { sum } else { f64::NAN })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::data::{Coord, CoordValues, Unit};
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
    fn counts_in_bins_give_sum_and_width() {
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
        assert_eq!(it.sum.1, None);
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
    fn the_width_is_that_of_the_peak_in_sight() {
        let values = Values::U32(vec![0, 4, 4, 8, 4, 4, 0]);
        let it = Statistics::of(&data(vec![Coord::index("x", 7)], values, "counts"));
        assert_eq!(it.expect("there are values").peaks[0].fwhm, 2.0);
        let values = Values::F64(vec![0.0, 8.0, f64::NAN, 0.0]);
        let it = Statistics::of(&data(vec![Coord::index("x", 4)], values, "counts"));
        let fwhm = it.expect("there are values").peaks[0].fwhm;
        assert!(
            fwhm.is_nan(),
            "nobody knows how far it reaches into the gap"
        );
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
