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
