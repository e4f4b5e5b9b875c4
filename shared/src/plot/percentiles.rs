//! Which part of the values a colour scale spans, where few very large or small ones would hide all others.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::frame::Extent;
use crate::data::Values;

/// Of more values than this an even sample is taken. Its ranks are off by less than 0.4 % of all values.
const SAMPLE: usize = 16_384;

/// The lower and the upper percentile, 0 ≤ lower < upper ≤ 100.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
pub struct Percentiles {
    lower: f64,
    upper: f64,
}

/// Two numbers that are no [`Percentiles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("percentiles must rise and lie between 0 and 100")]
pub struct PercentilesError;

impl Percentiles {
    /// Two percentiles; `None` unless they rise between 0 and 100.
    pub fn new(lower: f64, upper: f64) -> Option<Self> {
        (0.0 <= lower && lower < upper && upper <= 100.0).then_some(Self { lower, upper })
    }

    /// The part without so many percent at each end.
    pub const fn without(percent: u8) -> Self {
        let percent = if percent < 50 { percent } else { 49 };
        Self {
            lower: percent as f64,
            upper: 100.0 - percent as f64,
        }
    }

    /// What people call them: `1–99 %`.
    pub fn title(self) -> String {
        format!("{}–{} %", self.lower, self.upper)
    }

    /// The range between the percentiles of the finite values, of the positive ones alone if asked for; the whole range
    /// where both percentiles are the same value.
    ///
    /// ```
    /// use shared::data::Values;
    /// use shared::plot::Percentiles;
    /// let values = Values::U32((0..=100).chain([1_000_000]).collect());
    /// let extent = Percentiles::new(1.0, 99.0).unwrap().extent_of(&values, false);
    /// assert_eq!(extent.finite, Some((1.0, 100.0)));
    /// ```
    pub fn extent_of(self, values: &Values, only_positive: bool) -> Extent {
        let mut sample = sample(values);
        sample.retain(|value| value.is_finite() && (!only_positive || *value > 0.0));
        let lo = nth(&mut sample, self.lower);
        let hi = nth(&mut sample, self.upper);
        match (lo, hi) {
            (Some(lo), Some(hi)) if lo < hi => Extent {
                finite: Some((lo, hi)),
                least_positive: [lo, hi].into_iter().find(|end| *end > 0.0),
            },
            _ => Extent::of(sample),
        }
    }
}

/// The value below which so many percent lie (nearest rank).
fn nth(sample: &mut [f64], percent: f64) -> Option<f64> {
    let last = sample.len().checked_sub(1)?;
    let at = (percent / 100.0 * last as f64).round() as usize;
    let (_, value, _) = sample.select_nth_unstable_by(at.min(last), f64::total_cmp);
    Some(*value)
}

/// All values, or evenly spread ones. Their distance shares no factor with the number of values, so that no column of a
/// matrix is left out.
fn sample(values: &Values) -> Vec<f64> {
    let n = values.len();
    if n <= SAMPLE {
        return (0..n).map(|i| values.get(i)).collect();
    }
    let golden = (n as f64 * 0.618_033_988_75) as usize;
    let step = (golden.max(1)..n)
        .find(|step| gcd(*step, n) == 1)
        .unwrap_or(1);
    let mut at = 0;
    (0..SAMPLE)
        .map(|_| {
            at += step;
            if at >= n {
                at -= n;
            }
            values.get(at)
        })
        .collect()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl TryFrom<[f64; 2]> for Percentiles {
    type Error = PercentilesError;

    fn try_from([lower, upper]: [f64; 2]) -> Result<Self, PercentilesError> {
        Self::new(lower, upper).ok_or(PercentilesError)
    }
}

impl From<Percentiles> for [f64; 2] {
    fn from(percentiles: Percentiles) -> Self {
        [percentiles.lower, percentiles.upper]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finite(values: Values, percentiles: Percentiles, only_positive: bool) -> Option<(f64, f64)> {
        percentiles.extent_of(&values, only_positive).finite
    }

    #[test]
    fn nothing_and_sameness_show_everything() {
        let some = Percentiles::without(1);
        assert_eq!(finite(Values::F64(vec![]), some, false), None);
        assert_eq!(finite(Values::F64(vec![f64::NAN]), some, false), None);
        let mut dark = vec![0; 10_000];
        dark[77] = 9;
        assert_eq!(
            finite(Values::U32(dark.clone()), some, false),
            Some((0.0, 9.0))
        );
        assert_eq!(finite(Values::U32(dark), some, true), Some((9.0, 9.0)));
    }

    #[test]
    fn ends_must_rise() {
        for (lower, upper) in [
            (5.0, 5.0),
            (9.0, 1.0),
            (-1.0, 50.0),
            (0.0, 101.0),
            (f64::NAN, 9.0),
        ] {
            assert_eq!(Percentiles::new(lower, upper), None);
        }
        assert_eq!(Percentiles::without(1).title(), "1–99 %");
        assert!(serde_json::from_str::<Percentiles>("[9, 1]").is_err());
    }

    /// Columns of a matrix that differ must all be seen: the worst case for a sample at even distances.
    #[test]
    fn a_large_matrix_of_columns_is_sampled_fairly() {
        for side in [256_u32, 500, 512, 1024] {
            let values = Values::U32((0..side * side).map(|i| i % side).collect());
            let (lo, hi) =
                finite(values, Percentiles::without(5), false).expect("there are values");
            let side = f64::from(side);
            assert!(
                (lo / side - 0.05).abs() < 0.01 && (hi / side - 0.95).abs() < 0.01,
                "{lo} {hi}"
            );
        }
    }

    proptest! {
        #[test]
        fn so_many_lie_between(
            values in prop::collection::vec(-1e3..1e3_f64, 1..3000),
            percent in 0..50_u8,
        ) {
            let range = finite(Values::F64(values.clone()), Percentiles::without(percent), false);
            let (lo, hi) = range.expect("there are values");
            let below = values.iter().filter(|it| **it < lo).count() as f64;
            let above = values.iter().filter(|it| **it > hi).count() as f64;
            let most = f64::from(percent) / 100.0 * values.len() as f64 + 1.0;
            prop_assert!(below <= most && above <= most, "{below} {above} of {}", values.len());
        }
    }
}
