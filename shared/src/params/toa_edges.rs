//! The bins of time of arrival, as people choose them.

use serde::{Deserialize, Serialize};

use super::{ParamError, TimeUnit};

/// The time between two pulses of a 14 Hz source, in ms.
pub const PULSE_PERIOD_MS: f64 = 1000.0 / 14.0;

/// Most bins a histogram may have along time of arrival.
pub const MAX_BINS: u32 = 10_000;

/// Bins from `start` to `stop`, evenly spaced in the value or in its logarithm.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ToaEdges {
    /// The first edge.
    pub start: f64,
    /// The last edge; an event exactly there is not counted.
    pub stop: f64,
    /// Number of bins, 1 to [`MAX_BINS`].
    pub num_bins: u32,
    /// How the edges are spaced.
    pub scale: Scale,
    /// Unit of `start` and `stop`, and of the histogram's axis.
    pub unit: TimeUnit,
}

/// How bin edges are spaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Equal widths.
    Linear,
    /// Equal ratios.
    Log,
}

impl Default for ToaEdges {
    /// One pulse of a 14 Hz source in 100 bins.
    fn default() -> Self {
        Self {
            start: 0.0,
            stop: PULSE_PERIOD_MS,
            num_bins: 100,
            scale: Scale::Linear,
            unit: TimeUnit::Ms,
        }
    }
}

impl ToaEdges {
    /// Checks order, number and, for a logarithmic scale, sign.
    pub fn validate(&self) -> Result<(), ParamError> {
        if !(self.start.is_finite() && self.stop.is_finite() && self.stop > self.start) {
            return Err(ParamError::new("stop", "must be a number above start"));
        }
        if !(1..=MAX_BINS).contains(&self.num_bins) {
            let reason = format!("must lie between 1 and {MAX_BINS}");
            return Err(ParamError::new("num_bins", reason));
        }
        if self.scale == Scale::Log && self.start <= 0.0 {
            let reason = "must be above 0 on a logarithmic scale";
            return Err(ParamError::new("start", reason));
        }
        let edges = self.edges();
        if edges.windows(2).any(|pair| pair[1] <= pair[0]) {
            let reason = "is more than the numbers between start and stop can tell apart";
            return Err(ParamError::new("num_bins", reason));
        }
        Ok(())
    }

    /// The `num_bins + 1` edges in [`Self::unit`].
    pub fn edges(&self) -> Vec<f64> {
        let bins = self.num_bins;
        let at = |i: u32| {
            let fraction = f64::from(i) / f64::from(bins);
            match self.scale {
                Scale::Linear => self.start + (self.stop - self.start) * fraction,
                Scale::Log => self.start * (self.stop / self.start).powf(fraction),
            }
        };
        // The ends are what was asked for, whatever the rounding between them.
        (0..=bins)
            .map(|i| if i == bins { self.stop } else { at(i) })
            .collect()
    }

    /// The edges in ns.
    pub fn edges_ns(&self) -> Vec<f64> {
        let ns = self.unit.ns();
        self.edges().into_iter().map(|edge| edge * ns).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_covers_one_pulse_at_14_hz() {
        let edges = ToaEdges::default().edges_ns();
        assert_eq!(edges.len(), 101);
        assert_eq!(edges[0], 0.0);
        assert!((edges[100] - 1e9 / 14.0).abs() < 1e-6);
        assert!((edges[1] - 1e7 / 14.0).abs() < 1e-6);
    }

    #[test]
    fn log_edges_have_one_ratio() {
        let edges = ToaEdges {
            start: 1.0,
            stop: 1000.0,
            num_bins: 3,
            scale: Scale::Log,
            ..ToaEdges::default()
        };
        for (found, expected) in edges.edges().iter().zip([1.0, 10.0, 100.0, 1000.0]) {
            assert!((found / expected - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn bad_edges_name_the_field() {
        let good = ToaEdges::default();
        let field = |edges: ToaEdges| edges.validate().unwrap_err().field;
        assert_eq!(field(ToaEdges { stop: 0.0, ..good }), "stop");
        assert_eq!(
            field(ToaEdges {
                stop: f64::NAN,
                ..good
            }),
            "stop"
        );
        assert_eq!(
            field(ToaEdges {
                num_bins: 0,
                ..good
            }),
            "num_bins"
        );
        assert_eq!(
            field(ToaEdges {
                num_bins: 10_001,
                ..good
            }),
            "num_bins"
        );
        assert_eq!(
            field(ToaEdges {
                scale: Scale::Log,
                ..good
            }),
            "start"
        );
        let narrow = ToaEdges {
            start: 1.0,
            stop: 1.0 + 1e-15,
            ..good
        };
        assert_eq!(field(narrow), "num_bins");
    }
}
