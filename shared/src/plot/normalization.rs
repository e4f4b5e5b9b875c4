//! From values to positions on a colour map, in the same steps as the fragment shader takes.

use super::{Range, Scale};

/// Places values on a colour map: 0 at the lower end of a range, 1 at the upper.
///
/// Values beyond the range take the end colours. NaN, and on a log scale everything that is not positive, has no
/// place: its position is NaN and its pixel transparent.
///
/// ```
/// use shared::plot::{Normalization, Range, Scale};
/// let counts = Normalization::new(Scale::Log, Range::new(1.0, 10_000.0).unwrap());
/// assert_eq!(counts.unit_from_value(100.0), 0.5);
/// assert!(counts.unit_from_value(0.0).is_nan());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normalization {
    scale: Scale,
    offset: f64,
    factor: f64,
}

impl Normalization {
    /// Spreads a range over the map; one that the scale cannot show is replaced, a degenerate one widened.
    pub fn new(scale: Scale, range: Range) -> Self {
        let range = range.admitted(scale).widened(scale);
        let (lo, hi) = (scale.forward(range.lo()), scale.forward(range.hi()));
        Self {
            scale,
            offset: lo,
            factor: 1.0 / (hi - lo),
        }
    }

    /// What values go through first.
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// Subtracted from the value as the scale spreads it, before [`Normalization::factor`].
    pub const fn offset(&self) -> f64 {
        self.offset
    }

    /// Multiplied last.
    pub const fn factor(&self) -> f64 {
        self.factor
    }

    /// The position of a value, not limited to 0 and 1.
    pub fn unit_from_value(&self, value: f64) -> f64 {
        (self.scale.forward(value) - self.offset) * self.factor
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::Threshold;

    #[test]
    fn ends_beyond_and_nothing() {
        let linear = Normalization::new(Scale::Linear, Range::new(-10.0, 30.0).unwrap());
        assert_eq!(linear.unit_from_value(-10.0), 0.0);
        assert_eq!(linear.unit_from_value(0.0), 0.25);
        assert_eq!(linear.unit_from_value(70.0), 2.0);
        let log = Normalization::new(Scale::Log, Range::new(0.0, 0.0).unwrap());
        assert_eq!(
            (log.unit_from_value(1.0), log.unit_from_value(10.0)),
            (0.0, 1.0)
        );
        assert!(log.unit_from_value(-1.0).is_nan());
        let sqrt = Normalization::new(Scale::Sqrt, Range::new(0.0, 100.0).unwrap());
        assert_eq!(sqrt.unit_from_value(25.0), 0.5);
        let symlog = Scale::Symlog(Threshold::new(10.0).unwrap());
        let symlog = Normalization::new(symlog, Range::new(-990.0, 990.0).unwrap());
        assert_eq!(symlog.unit_from_value(-90.0), 0.25);
    }
}
