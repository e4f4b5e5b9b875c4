//! Which range an axis should show for its data, and when it moves there.

use super::frame::Extent;
use super::{Range, Scale, Threshold};

/// Data that fill less than this part of an autoscaled axis make it shrink.
const MIN_FILL: f64 = 0.6;

/// A constant on a time axis is shown with this much to both sides, nanoseconds.
const TIME_MARGIN_NS: f64 = 1e9;

/// What one axis has to show: the data and a margin around them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    data: Range,
    padded: Range,
    least_positive: Option<f64>,
}

impl Target {
    /// The target for data on a scale, with a margin on both sides as a fraction of their span: 0 for images,
    /// 0.1 for the ordinates of curves. A constant is opened as by [`Range::widened`]. `None` if the scale cannot
    /// show any of it.
    pub fn new(extent: Extent, scale: Scale, margin: f64) -> Option<Self> {
        let (lo, hi) = extent.finite?;
        let lo = match scale {
            Scale::Log => extent.least_positive?,
            Scale::Linear | Scale::Symlog(_) | Scale::Sqrt => lo,
        };
        Some(Self {
            least_positive: extent.least_positive,
            ..Self::of_range(Range::new(lo, hi)?, scale, margin)
        })
    }

    /// The same for a range that the scale can show.
    pub fn of_range(data: Range, scale: Scale, margin: f64) -> Self {
        Self {
            data,
            padded: data.widened(scale).padded(scale, margin),
            least_positive: (data.lo() > 0.0).then_some(data.lo()),
        }
    }

    /// The target for instants in nanoseconds, without margin.
    pub fn of_times(data: Range) -> Self {
        Self {
            data,
            padded: data.widened_by(TIME_MARGIN_NS),
            least_positive: None,
        }
    }

    /// What shows both.
    pub fn union(self, other: Self) -> Self {
        Self {
            data: self.data.union(other.data),
            padded: self.padded.union(other.padded),
            least_positive: match (self.least_positive, other.least_positive) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        }
    }

    /// Below which amount a symmetric logarithmic scale of the data should be linear.
    pub fn threshold(self) -> Threshold {
        Threshold::for_data(Extent {
            finite: Some((self.data.lo(), self.data.hi())),
            least_positive: self.least_positive,
        })
    }

    /// The same without the part of the margin below zero, for data that cannot be negative.
    pub fn not_below_zero(self) -> Self {
        let lo = if self.data.lo() >= 0.0 {
            self.padded.lo().max(0.0)
        } else {
            self.padded.lo()
        };
        Self {
            padded: Range::new(lo, self.padded.hi()).unwrap_or(self.padded),
            ..self
        }
    }

    /// The same with zero in the middle, for colour maps that diverge from it; only if the data lie on both sides.
    pub fn around_zero(self) -> Self {
        let reach = self.padded.hi().max(-self.padded.lo());
        match Range::new(-reach, reach) {
            Some(padded) if self.data.lo() < 0.0 && self.data.hi() > 0.0 => Self { padded, ..self },
            _ => self,
        }
    }

    /// Data and margin.
    pub const fn padded(self) -> Range {
        self.padded
    }

    /// The range to show after `current`, chosen so that axes of live data neither clip nor breathe.
    ///
    /// Data that leave the current range expand it at once, margin included; since only the data count here,
    /// a slowly growing curve moves its axis once per margin and not once per update. Data that fill less than
    /// 60 % of the current range (margin included, in log10 on a log scale) shrink it. Everything between leaves
    /// it alone.
    ///
    /// ```
    /// use shared::plot::{Range, Scale, Target};
    /// let range = |lo, hi| Range::new(lo, hi).unwrap();
    /// let follow = |data, current| Target::of_range(data, Scale::Linear, 0.1).follow(Some(current), Scale::Linear);
    /// let shown = range(-10.0, 110.0);
    /// assert_eq!(follow(range(0.0, 105.0), shown), shown);
    /// assert_eq!(follow(range(0.0, 120.0), shown), range(-12.0, 132.0));
    /// assert_eq!(follow(range(0.0, 70.0), shown), shown);
    /// assert_eq!(follow(range(0.0, 50.0), shown), range(-5.0, 55.0));
    /// ```
    pub fn follow(self, current: Option<Range>, scale: Scale) -> Range {
        let Some(current) = current.filter(|current| current.encloses(self.data)) else {
            return self.padded;
        };
        let span = |range: Range| scale.forward(range.hi()) - scale.forward(range.lo());
        let fill = span(self.padded) / span(current.admitted(scale));
        if fill < MIN_FILL {
            self.padded
        } else {
            current
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_axis_starts_at_the_least_positive_value() {
        let extent = Extent {
            finite: Some((0.0, 1000.0)),
            least_positive: Some(10.0),
        };
        let target = Target::new(extent, Scale::Log, 0.0).unwrap();
        assert_eq!(target.padded(), Range::new(10.0, 1000.0).unwrap());
        let none = Extent {
            finite: Some((-2.0, 0.0)),
            least_positive: None,
        };
        assert_eq!(Target::new(none, Scale::Log, 0.0), None);
        assert_eq!(Target::new(Extent::default(), Scale::Linear, 0.0), None);
    }

    #[test]
    fn a_growing_count_moves_its_axis_rarely() {
        let mut shown = None;
        let mut moves = 0;
        for count in 100..=1000 {
            let data = Range::new(0.0, f64::from(count)).unwrap();
            let next = Target::of_range(data, Scale::Linear, 0.1).follow(shown, Scale::Linear);
            moves += u32::from(Some(next) != shown);
            assert!(next.encloses(data));
            shown = Some(next);
        }
        assert_eq!(moves, 24);
    }

    #[test]
    fn counts_have_no_margin_below_zero() {
        let target = |lo, hi| {
            let data = Range::new(lo, hi).unwrap();
            Target::of_range(data, Scale::Linear, 0.1)
                .not_below_zero()
                .padded()
        };
        assert_eq!(target(0.0, 100.0), Range::new(0.0, 110.0).unwrap());
        assert_eq!(target(-10.0, 90.0), Range::new(-20.0, 100.0).unwrap());
    }

    #[test]
    fn differences_have_zero_in_the_middle() {
        let target = |lo, hi| {
            let data = Range::new(lo, hi).unwrap();
            Target::of_range(data, Scale::Linear, 0.0)
                .around_zero()
                .padded()
        };
        assert_eq!(target(-3.0, 10.0), Range::new(-10.0, 10.0).unwrap());
        assert_eq!(target(2.0, 10.0), Range::new(2.0, 10.0).unwrap());
    }

    #[test]
    fn one_instant_shows_two_seconds() {
        let at = Range::new(5e9, 5e9).unwrap();
        assert_eq!(Target::of_times(at).padded(), Range::new(4e9, 6e9).unwrap());
    }
}
