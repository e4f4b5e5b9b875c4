//! The map between one axis' data values and pixels, prepared once and cheap per value.

use super::{Range, Scale};

/// Data values ⇄ pixels along one axis. On a vertical axis the pixel of `lo` is the larger one.
///
/// ```
/// use shared::plot::{Projection, Range, Scale};
/// let y = Projection::new(Scale::Log, Range::new(1.0, 1000.0).unwrap(), [300.0, 0.0]);
/// assert_eq!(y.px_from_data(10.0), 200.0);
/// assert!((y.data_from_px(100.0) - 100.0).abs() < 1e-9);
/// assert!(y.px_from_data(-1.0).is_nan());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    scale: Scale,
    range: Range,
    px_at_lo: f64,
    px_at_hi: f64,
    scaled_at_lo: f64,
    px_per_scaled: f64,
}

impl Projection {
    /// Maps `range` onto the pixels `[at lo, at hi]`. A degenerate range is widened and one that the scale
    /// cannot show is replaced as by [`Range::admitted`].
    pub fn new(scale: Scale, range: Range, [px_at_lo, px_at_hi]: [f64; 2]) -> Self {
        let range = range.admitted(scale).widened(scale);
        let scaled_at_lo = scale.forward(range.lo());
        let px_per_scaled = (px_at_hi - px_at_lo) / (scale.forward(range.hi()) - scaled_at_lo);
        Self {
            scale,
            range,
            px_at_lo,
            px_at_hi,
            scaled_at_lo,
            px_per_scaled,
        }
    }

    /// The scale of the axis.
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// The range shown, as it is drawn.
    pub const fn range(&self) -> Range {
        self.range
    }

    /// The pixel of a value; NaN where the value has no place on the scale.
    pub fn px_from_data(&self, value: f64) -> f64 {
        self.px_at_lo + (self.scale.forward(value) - self.scaled_at_lo) * self.px_per_scaled
    }

    /// The value at a pixel; the ends are met exactly.
    pub fn data_from_px(&self, px: f64) -> f64 {
        if px == self.px_at_lo || self.px_per_scaled == 0.0 {
            return self.range.lo();
        }
        if px == self.px_at_hi {
            return self.range.hi();
        }
        let scaled = self.scaled_at_lo + (px - self.px_at_lo) / self.px_per_scaled;
        self.scale.inverse(scaled)
    }

    /// Where a pixel lies along the axis: 0 at `lo`, 1 at `hi`.
    pub fn unit_from_px(&self, px: f64) -> f64 {
        let length = self.px_at_hi - self.px_at_lo;
        if length == 0.0 {
            0.0
        } else {
            (px - self.px_at_lo) / length
        }
    }

    /// The room between the ends in pixels, never negative.
    pub fn length_px(&self) -> f64 {
        (self.px_at_hi - self.px_at_lo).abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_meet() {
        let x = Projection::new(Scale::Linear, Range::new(-3.0, 5.0).unwrap(), [10.0, 810.0]);
        assert_eq!(x.px_from_data(-3.0), 10.0);
        assert_eq!(x.px_from_data(5.0), 810.0);
        assert_eq!(x.px_from_data(0.0), 310.0);
        assert_eq!(x.data_from_px(310.0), 0.0);
        assert_eq!(x.length_px(), 800.0);
    }

    #[test]
    fn a_constant_lies_in_the_middle() {
        let y = Projection::new(Scale::Linear, Range::new(7.0, 7.0).unwrap(), [100.0, 0.0]);
        assert!((y.px_from_data(7.0) - 50.0).abs() < 1e-9);
    }

    #[test]
    fn what_a_scale_puts_together_is_opened() {
        let far_below = Scale::Symlog(crate::plot::Threshold::new(9.5e9).unwrap());
        let x = Projection::new(far_below, Range::new(-1e-297, 0.0).unwrap(), [10.0, 810.0]);
        assert!((x.px_from_data(0.0) - 410.0).abs() < 1e-6);
        assert!((x.px_from_data(x.data_from_px(300.0)) - 300.0).abs() < 1e-6);
        let far_out = Range::new(1e200, 1e200 * (1.0 + 1e-15)).unwrap();
        let y = Projection::new(Scale::Log, far_out, [800.0, 0.0]);
        assert!((y.px_from_data(1e200) - 400.0).abs() < 1e-3);
    }

    #[test]
    fn an_axis_without_length_shows_its_lower_end() {
        let x = Projection::new(Scale::Linear, Range::UNIT, [5.0, 5.0]);
        assert_eq!((x.data_from_px(5.0), x.data_from_px(9.0)), (0.0, 0.0));
    }
}
