//! A stretch of time of arrival to which counts and images are restricted.

use serde::{Deserialize, Serialize};

use super::{ParamError, TimeUnit};

/// Events with `start <= time of arrival < stop`; everything while not enabled.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ToaRange {
    /// Whether the range restricts anything.
    pub enabled: bool,
    /// The first time inside.
    pub start: f64,
    /// The first time no longer inside.
    pub stop: f64,
    /// Unit of both, independent of that of the edges.
    pub unit: TimeUnit,
}

/// In the unit of the edges, so that switching the range on shows something.
impl Default for ToaRange {
    fn default() -> Self {
        Self {
            enabled: false,
            start: 0.0,
            stop: 10.0,
            unit: TimeUnit::Ms,
        }
    }
}

impl ToaRange {
    /// Checks the order, also of a range that is not enabled.
    pub fn validate(&self) -> Result<(), ParamError> {
        if self.start.is_finite() && self.stop.is_finite() && self.stop > self.start {
            return Ok(());
        }
        Err(ParamError::new("stop", "must be a number above start"))
    }

    /// `(start, stop)` in ns; none while not enabled.
    pub fn bounds_ns(&self) -> Option<(f64, f64)> {
        let ns = self.unit.ns();
        self.enabled.then_some((self.start * ns, self.stop * ns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_convert_from_their_own_unit() {
        let range = ToaRange {
            enabled: true,
            start: 5.0,
            stop: 20.0,
            unit: TimeUnit::Us,
        };
        assert_eq!(range.bounds_ns(), Some((5_000.0, 20_000.0)));
        assert_eq!(ToaRange::default().bounds_ns(), None);
    }
}
