//! How an axis or a colour bar spreads values: evenly, by their logarithm, or between the two. Time is linear with
//! other ticks.

use std::f64::consts::LN_10;

use serde::{Deserialize, Serialize};

use super::{Range, Threshold};

/// How values are spread along an axis.
///
/// ```
/// use shared::plot::{Range, Scale};
/// let decades = Range::new(1.0, 100.0).unwrap();
/// assert_eq!(Scale::Log.unit_from_data(decades, 10.0), 0.5);
/// assert_eq!(Scale::Log.data_from_unit(decades, 0.5), 10.0);
/// assert_eq!(Scale::Linear.unit_from_data(decades, 100.0), 1.0);
/// assert!(Scale::Log.unit_from_data(decades, 0.0).is_nan());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// Equal differences take equal room.
    #[default]
    Linear,
    /// Equal ratios take equal room; only positive values have a place.
    Log,
    /// Linear around zero, logarithmic beyond the threshold on both sides: every value has a place. The change is
    /// smooth, `sgn(v)·log10(1 + |v|/threshold)` (Webber, Meas. Sci. Technol. 24, 2013).
    Symlog(Threshold),
    /// By the square root of the amount, with its sign: Poisson noise takes equal room everywhere.
    Sqrt,
}

impl Scale {
    /// The value in the space in which the scale is linear: itself, or its log10. NaN for what a log scale
    /// cannot show.
    pub fn forward(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Log if value > 0.0 => value.log10(),
            Self::Log => f64::NAN,
            Self::Symlog(threshold) => {
                let ratio = (value / threshold.value()).abs();
                let scaled = if ratio.is_infinite() {
                    // The one beside it means nothing there.
                    value.abs().log10() - threshold.value().log10()
                } else {
                    ratio.ln_1p() / LN_10
                };
                scaled.copysign(value)
            }
            Self::Sqrt => value.abs().sqrt().copysign(value),
        }
    }

    /// The inverse of [`Scale::forward`].
    pub fn inverse(self, scaled: f64) -> f64 {
        match self {
            Self::Linear => scaled,
            Self::Log => 10.0_f64.powf(scaled),
            Self::Symlog(threshold) => {
                let ratio = (scaled.abs() * LN_10).exp_m1();
                let value = if ratio.is_infinite() {
                    10.0_f64.powf(scaled.abs() + threshold.value().log10())
                } else {
                    threshold.value() * ratio
                };
                value.copysign(scaled)
            }
            Self::Sqrt => (scaled * scaled).copysign(scaled),
        }
    }

    /// Whether it is the logarithmic one, which alone has no place for zero and below.
    pub const fn is_log(self) -> bool {
        matches!(self, Self::Log)
    }

    /// Where a value lies in a range: 0 at `lo`, 1 at `hi`, beyond outside. NaN for NaN, for values that a
    /// log scale cannot show, and in a degenerate range.
    pub fn unit_from_data(self, range: Range, value: f64) -> f64 {
        let range = range.admitted(self);
        let (lo, hi) = (self.forward(range.lo()), self.forward(range.hi()));
        if lo < hi {
            (self.forward(value) - lo) / (hi - lo)
        } else {
            f64::NAN
        }
    }

    /// The inverse of [`Scale::unit_from_data`]; the ends are met exactly.
    pub fn data_from_unit(self, range: Range, unit: f64) -> f64 {
        let range = range.admitted(self);
        if unit == 0.0 {
            return range.lo();
        }
        if unit == 1.0 {
            return range.hi();
        }
        let (lo, hi) = (self.forward(range.lo()), self.forward(range.hi()));
        self.inverse(lo + unit * (hi - lo))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symlog(threshold: f64) -> Scale {
        Scale::Symlog(Threshold::new(threshold).unwrap())
    }

    #[test]
    fn known_places() {
        let around = |reach: f64| Range::new(-reach, reach).unwrap();
        assert_eq!(symlog(1.0).unit_from_data(around(99.0), 9.0), 0.75);
        assert_eq!(symlog(10.0).unit_from_data(around(990.0), -90.0), 0.25);
        assert_eq!(symlog(3.0).unit_from_data(around(50.0), 0.0), 0.5);
        assert_eq!(Scale::Sqrt.unit_from_data(around(16.0), 4.0), 0.75);
        assert_eq!(Scale::Sqrt.unit_from_data(around(16.0), -4.0), 0.25);
    }

    #[test]
    fn all_scales_are_stored_by_name() {
        let stored = |scale| serde_json::to_string(&scale).unwrap();
        assert_eq!(stored(Scale::Sqrt), r#""sqrt""#);
        assert_eq!(stored(symlog(0.5)), r#"{"symlog":0.5}"#);
        let bad = serde_json::from_str::<Scale>(r#"{"symlog":-1}"#);
        assert!(bad.is_err(), "a threshold is above zero");
    }

    #[test]
    fn ends_are_exact_on_both_scales() {
        let range = Range::new(0.1, 0.7).unwrap();
        for scale in [Scale::Linear, Scale::Log, symlog(0.01), Scale::Sqrt] {
            assert_eq!(scale.unit_from_data(range, 0.1), 0.0);
            assert_eq!(scale.unit_from_data(range, 0.7), 1.0);
            assert_eq!(scale.data_from_unit(range, 0.0), 0.1);
            assert_eq!(scale.data_from_unit(range, 1.0), 0.7);
        }
    }

    #[test]
    fn what_has_no_place_is_nan() {
        let range = Range::new(1.0, 10.0).unwrap();
        assert!(Scale::Log.unit_from_data(range, -3.0).is_nan());
        assert!(Scale::Linear.unit_from_data(range, f64::NAN).is_nan());
        assert!(
            Scale::Linear
                .unit_from_data(Range::new(2.0, 2.0).unwrap(), 2.0)
                .is_nan()
        );
    }
}
