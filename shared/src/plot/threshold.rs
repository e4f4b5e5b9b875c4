//! The value below which a symmetric logarithmic scale is linear.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::frame::Extent;

/// A positive number, not so small or large that ratios to it overflow.
///
/// ```
/// use shared::plot::Threshold;
/// assert_eq!(Threshold::new(0.5).map(Threshold::value), Some(0.5));
/// assert_eq!(Threshold::new(0.0), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Threshold(f64);

/// A number that is no [`Threshold`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a threshold must lie between 1e-200 and 1e200")]
pub struct ThresholdError;

/// Data are shown over this many decades on each side of zero at most, however close to zero some of them are.
const MOST_DECADES: i32 = 6;

impl Threshold {
    /// What suits counts.
    pub const ONE: Self = Self(1.0);

    /// A threshold; `None` for what is not positive.
    pub fn new(value: f64) -> Option<Self> {
        (1e-200..=1e200).contains(&value).then_some(Self(value))
    }

    /// The threshold that suits data: the power of ten at their least positive value, but at most six decades below
    /// their largest amount.
    pub fn for_data(extent: Extent) -> Self {
        let Some((lo, hi)) = extent.finite else {
            return Self::ONE;
        };
        let power_of = |amount: f64| amount.log10().floor();
        let largest = power_of(lo.abs().max(hi.abs()));
        let least = power_of(extent.least_positive.unwrap_or(f64::NAN));
        // Without a positive value three decades of the negative ones must do.
        let wanted = if least.is_nan() { largest - 3.0 } else { least };
        let power = wanted.max(largest - f64::from(MOST_DECADES));
        Self::new(10.0_f64.powf(power)).unwrap_or(Self::ONE)
    }

    /// The number.
    pub const fn value(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Threshold {
    type Error = ThresholdError;

    fn try_from(value: f64) -> Result<Self, ThresholdError> {
        Self::new(value).ok_or(ThresholdError)
    }
}

impl From<Threshold> for f64 {
    fn from(threshold: Threshold) -> Self {
        threshold.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_suit_the_data() {
        let of = |values: &[f64]| Threshold::for_data(Extent::of(values.iter().copied())).value();
        assert_eq!(of(&[0.0, 1.0, 4e5]), 1.0);
        assert_eq!(of(&[0.0, 3.0, 4e5]), 1.0);
        assert_eq!(of(&[-2.0, 0.037]), 0.01);
        assert_eq!(of(&[1e-30, 5.0]), 1e-6);
        assert_eq!(of(&[-7000.0, -20.0]), 1.0);
        assert_eq!(of(&[0.0]), 1.0);
        assert_eq!(of(&[]), 1.0);
    }
}
