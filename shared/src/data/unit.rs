//! Units as text, compared by meaning where spelling differs.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A physical unit by its usual symbol: `"counts"`, `"ms"`, `"mm"`, `"deg"`, `"K"`; empty for dimensionless.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Unit(Arc<str>);

impl Unit {
    /// The unit named `symbol`; `us` and the two micro signs become `µs`, `one` and `dimensionless` become empty.
    pub fn new(symbol: &str) -> Self {
        Self(match symbol.trim() {
            "us" | "\u{3bc}s" => "µs".into(),
            "one" | "dimensionless" => "".into(),
            "degC" => "°C".into(),
            other => other.into(),
        })
    }

    /// No unit.
    pub fn dimensionless() -> Self {
        Self::new("")
    }

    /// Events counted.
    pub fn counts() -> Self {
        Self::new("counts")
    }

    /// The symbol, empty for dimensionless.
    pub fn symbol(&self) -> &str {
        &self.0
    }

    /// The factor that turns a value of this unit into one of `target`, where both are times.
    pub fn time_factor_to(&self, target: &Self) -> Option<f64> {
        Some(self.seconds()? / target.seconds()?)
    }

    fn seconds(&self) -> Option<f64> {
        Some(match &*self.0 {
            "ns" => 1e-9,
            "µs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "min" => 60.0,
            "h" => 3600.0,
            _ => return None,
        })
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_convert_and_others_do_not() {
        let ns = Unit::new("ns");
        assert!((ns.time_factor_to(&Unit::new("ms")).unwrap() - 1e-6).abs() < 1e-18);
        assert_eq!(Unit::new("mm").time_factor_to(&ns), None);
    }

    #[test]
    fn spellings_of_microseconds_are_one_unit() {
        assert_eq!(Unit::new("us"), Unit::new("\u{3bc}s"));
        assert_eq!(Unit::new("us"), Unit::new("\u{b5}s"));
    }
}
