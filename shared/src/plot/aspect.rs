//! The shape of a plot's frame: free, or held by itself or by its data.

use serde::{Deserialize, Serialize};

use super::Range;

/// How wide the frame is for its height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// As the room has it.
    #[default]
    Free,
    /// As wide as high.
    Square,
    /// One unit of x is as long as one unit of y.
    Equal,
    /// So many times as wide as high.
    Frame(f64),
    /// One unit of x is so many times as long as one unit of y.
    Data(f64),
}

impl Aspect {
    /// The least ratio that a person can ask for.
    pub const LEAST_RATIO: f64 = 0.1;
    /// The greatest.
    pub const MOST_RATIO: f64 = 10.0;

    /// A frame so many times as wide as high, within the limits.
    pub fn frame(ratio: f64) -> Self {
        Self::Frame(within_limits(ratio))
    }

    /// A frame where a unit of x is so many times as long as a unit of y, within the limits.
    pub fn data(ratio: f64) -> Self {
        Self::Data(within_limits(ratio))
    }

    /// The shape of a map whose axes have one unit, unless that makes a strip of it.
    ///
    /// ```
    /// use shared::plot::{Aspect, Range};
    /// let (x, y) = (Range::new(0.0, 128.0).unwrap(), Range::new(0.0, 64.0).unwrap());
    /// assert_eq!(Aspect::of_map(x, y), Aspect::Equal);
    /// assert_eq!(Aspect::of_map(x, Range::UNIT), Aspect::Free);
    /// ```
    pub fn of_map(x: Range, y: Range) -> Self {
        let ratio = x.span() / y.span();
        if (1.0 / MOST_NATURAL..=MOST_NATURAL).contains(&ratio) {
            Self::Equal
        } else {
            Self::Free
        }
    }

    /// Width over height of the frame that shows these ranges; `None` if it is free or cannot be met.
    ///
    /// ```
    /// use shared::plot::{Aspect, Range};
    /// let (x, y) = (Range::new(0.0, 40.0).unwrap(), Range::new(0.0, 10.0).unwrap());
    /// assert_eq!(Aspect::Equal.width_over_height(x, y), Some(4.0));
    /// assert_eq!(Aspect::Data(0.5).width_over_height(x, y), Some(2.0));
    /// assert_eq!(Aspect::Free.width_over_height(x, y), None);
    /// ```
    pub fn width_over_height(self, x: Range, y: Range) -> Option<f64> {
        let ratio = match self {
            Self::Free => return None,
            Self::Square => 1.0,
            Self::Equal => x.span() / y.span(),
            Self::Frame(ratio) => ratio,
            Self::Data(ratio) => ratio * x.span() / y.span(),
        };
        (ratio.is_finite() && ratio > 0.0).then_some(ratio)
    }
}

/// Beyond this a frame of equal units leaves most of its room empty.
const MOST_NATURAL: f64 = 4.0;

fn within_limits(ratio: f64) -> f64 {
    if ratio.is_nan() {
        return 1.0;
    }
    ratio.clamp(Aspect::LEAST_RATIO, Aspect::MOST_RATIO)
}
