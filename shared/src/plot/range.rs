//! A closed interval of data values that is never inverted, infinite or NaN. It knows no pixels.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Scale;

/// Ends are kept within ± this, so that spans, sums and midpoints stay finite.
const LIMIT: f64 = 1e300;

/// Spans and logarithmic ends below this are taken for zero.
const TINY: f64 = 1e-300;

/// A closed interval `[lo, hi]` of finite values with `lo <= hi`.
///
/// ```
/// use shared::plot::Range;
/// let a = Range::new(5.0, -1.0).unwrap();
/// assert_eq!((a.lo(), a.hi()), (-1.0, 5.0));
/// assert_eq!(a.union(Range::new(4.0, 9.0).unwrap()), Range::new(-1.0, 9.0).unwrap());
/// assert_eq!(Range::new(f64::NAN, 1.0), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
pub struct Range {
    lo: f64,
    hi: f64,
}

/// Why two numbers are no [`Range`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RangeError {
    /// An end is NaN or infinite.
    #[error("the ends of a range must be finite numbers")]
    NotFinite,
}

impl Range {
    /// From zero to one.
    pub const UNIT: Self = Self { lo: 0.0, hi: 1.0 };

    /// From one to ten, what an empty log axis shows.
    pub const TEN: Self = Self { lo: 1.0, hi: 10.0 };

    /// The interval between two values, in either order; `None` if one of them is not finite.
    pub fn new(a: f64, b: f64) -> Option<Self> {
        if !a.is_finite() || !b.is_finite() {
            return None;
        }
        let (a, b) = (a.clamp(-LIMIT, LIMIT), b.clamp(-LIMIT, LIMIT));
        Some(Self {
            lo: a.min(b),
            hi: a.max(b),
        })
    }

    /// The smallest interval that holds every finite value; `None` if there is none.
    pub fn of_values(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let (lo, hi) = values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| {
                (lo.min(v), hi.max(v))
            });
        Self::new(lo, hi)
    }

    /// The lower end.
    pub const fn lo(self) -> f64 {
        self.lo
    }

    /// The upper end.
    pub const fn hi(self) -> f64 {
        self.hi
    }

    /// The distance between the ends, finite and never negative.
    pub fn span(self) -> f64 {
        self.hi - self.lo
    }

    /// Whether a value lies inside, ends included. NaN lies nowhere.
    pub fn contains(self, value: f64) -> bool {
        self.lo <= value && value <= self.hi
    }

    /// Whether the other interval lies inside, ends included.
    pub fn encloses(self, other: Self) -> bool {
        self.contains(other.lo) && self.contains(other.hi)
    }

    /// The smallest interval that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            lo: self.lo.min(other.lo),
            hi: self.hi.max(other.hi),
        }
    }

    /// What both have in common, if they touch.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (lo, hi) = (self.lo.max(other.lo), self.hi.min(other.hi));
        (lo <= hi).then_some(Self { lo, hi })
    }

    /// Whether the ends are so close (4 units in the last place) that nothing can be drawn between them.
    pub fn is_degenerate(self) -> bool {
        let largest = self.lo.abs().max(self.hi.abs());
        self.span() <= (4.0 * f64::EPSILON * largest).max(TINY)
    }

    /// The same where a scale has put the ends: far below a symlog threshold or far out on a log scale even
    /// distinct values meet. Ends without a place meet nowhere.
    fn is_degenerate_on(self, scale: Scale) -> bool {
        let [lo, hi] = [self.lo, self.hi].map(|end| scale.forward(end));
        Self::new(lo, hi).is_some_and(Self::is_degenerate)
    }

    /// Opens a degenerate interval so that a constant is visible: linear by `max(0.05·|lo|, 0.5)` to both
    /// sides, logarithmic by the factor 1.1. Every other interval is returned as it is.
    ///
    /// ```
    /// use shared::plot::{Range, Scale};
    /// let flat = Range::new(100.0, 100.0).unwrap();
    /// assert_eq!(flat.widened(Scale::Linear), Range::new(95.0, 105.0).unwrap());
    /// assert_eq!(flat.widened(Scale::Log), Range::new(100.0 / 1.1, 100.0 * 1.1).unwrap());
    /// let zero = Range::new(0.0, 0.0).unwrap();
    /// assert_eq!(zero.widened(Scale::Linear), Range::new(-0.5, 0.5).unwrap());
    /// ```
    pub fn widened(self, scale: Scale) -> Self {
        match scale {
            _ if !self.is_degenerate() && !self.is_degenerate_on(scale) => self,
            Scale::Linear | Scale::Symlog(_) | Scale::Sqrt => {
                self.opened(0.5_f64.max(0.05 * self.lo.abs()))
            }
            Scale::Log => {
                let Self { lo, hi } = self.admitted(Scale::Log);
                Self {
                    lo: lo / 1.1,
                    hi: hi * 1.1,
                }
                .limited()
            }
        }
    }

    /// Opens a degenerate interval by a fixed amount to both sides; a time axis in nanoseconds takes `1e9`.
    pub fn widened_by(self, amount: f64) -> Self {
        if self.is_degenerate() {
            self.opened(amount)
        } else {
            self
        }
    }

    /// Adds a fraction of the span to both sides, as the scale spreads it: on a log scale, of the span in log10.
    ///
    /// ```
    /// use shared::plot::{Range, Scale};
    /// let r = Range::new(0.0, 10.0).unwrap().padded(Scale::Linear, 0.1);
    /// assert_eq!((r.lo(), r.hi()), (-1.0, 11.0));
    /// let r = Range::new(1.0, 1e10).unwrap().padded(Scale::Log, 0.1);
    /// assert_eq!((r.lo(), r.hi()), (0.1, 1e11));
    /// ```
    pub fn padded(self, scale: Scale, fraction: f64) -> Self {
        match scale {
            Scale::Linear => self.opened(fraction * self.span()),
            Scale::Log => {
                let Self { lo, hi } = self.admitted(Scale::Log);
                let factor = 10.0_f64.powf(fraction * (hi.log10() - lo.log10()));
                Self::new((lo / factor).max(TINY), hi * factor).unwrap_or(self)
            }
            Scale::Symlog(_) | Scale::Sqrt => {
                let [lo, hi] = [self.lo, self.hi].map(|end| scale.forward(end));
                let margin = fraction * (hi - lo);
                let padded = Self::new(scale.inverse(lo - margin), scale.inverse(hi + margin));
                // Far from zero the way there and back may lose what was there.
                padded.map_or(self, |it| it.union(self))
            }
        }
    }

    /// The interval as a scale can show it. A log scale shows positive values only: a lower end that is not
    /// positive becomes a ten-thousandth of the upper one, and an interval without positive values `[1, 10]`.
    pub fn admitted(self, scale: Scale) -> Self {
        match scale {
            Scale::Log if self.hi < TINY => Self::TEN,
            Scale::Log if self.lo < TINY => Self {
                lo: (self.hi * 1e-4).max(TINY),
                hi: self.hi,
            },
            Scale::Linear | Scale::Log | Scale::Symlog(_) | Scale::Sqrt => self,
        }
    }

    fn opened(self, amount: f64) -> Self {
        Self::new(self.lo - amount, self.hi + amount).unwrap_or(self)
    }

    fn limited(self) -> Self {
        Self {
            lo: self.lo.max(-LIMIT),
            hi: self.hi.min(LIMIT),
        }
    }
}

impl TryFrom<[f64; 2]> for Range {
    type Error = RangeError;

    fn try_from([a, b]: [f64; 2]) -> Result<Self, RangeError> {
        Self::new(a, b).ok_or(RangeError::NotFinite)
    }
}

impl From<Range> for [f64; 2] {
    fn from(range: Range) -> Self {
        [range.lo, range.hi]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(lo: f64, hi: f64) -> Range {
        Range::new(lo, hi).unwrap()
    }

    #[test]
    fn extents_skip_what_is_not_finite() {
        let values = [3.0, f64::NAN, -2.0, f64::INFINITY, 0.0];
        assert_eq!(Range::of_values(values), Some(range(-2.0, 3.0)));
        assert_eq!(Range::of_values([f64::NAN]), None);
    }

    #[test]
    fn log_ranges_become_positive() {
        assert_eq!(range(-5.0, 100.0).admitted(Scale::Log), range(0.01, 100.0));
        assert_eq!(range(-5.0, 0.0).admitted(Scale::Log), range(1.0, 10.0));
        assert_eq!(range(-5.0, 0.0).admitted(Scale::Linear), range(-5.0, 0.0));
    }

    #[test]
    fn constants_open_and_others_stay() {
        let one_s = range(1.7e18, 1.7e18).widened_by(1e9);
        assert_eq!((one_s.lo(), one_s.hi()), (1.7e18 - 1e9, 1.7e18 + 1e9));
        assert_eq!(
            range(1.0, 1.0 + 1e-9).widened(Scale::Linear),
            range(1.0, 1.0 + 1e-9)
        );
        assert!(!range(1e300, 1e300).widened(Scale::Log).is_degenerate());
        assert!(!range(5e-324, 5e-324).widened(Scale::Log).is_degenerate());
    }

    #[test]
    fn huge_ends_keep_a_finite_span() {
        let all = range(f64::MIN, f64::MAX);
        assert!(all.span().is_finite());
        assert!(all.padded(Scale::Linear, 10.0).span().is_finite());
    }

    #[test]
    fn stored_form_is_checked() {
        let stored = serde_json::to_string(&range(1.0, 2.5)).unwrap();
        assert_eq!(stored, "[1.0,2.5]");
        assert_eq!(
            serde_json::from_str::<Range>("[4,3]").unwrap(),
            range(3.0, 4.0)
        );
        assert!(serde_json::from_str::<Range>("[null,3]").is_err());
    }
}
