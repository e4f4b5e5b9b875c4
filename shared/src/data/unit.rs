//! Units as text, compared by meaning where spelling differs.

mod scale;

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

    /// What a sentence calls it: its symbol, or that there is none.
    pub fn named(&self) -> &str {
        match self.symbol() {
            "" => "no unit",
            symbol => symbol,
        }
    }

    /// The factor that turns a value of this unit into one of `target`; none where they measure different things, or
    /// one of them is not known. Temperatures in °C convert into nothing: their zero is another one.
    ///
    /// ```
    /// use shared::data::Unit;
    /// assert_eq!(Unit::new("ms").factor_to(&Unit::new("s")), Some(1e-3));
    /// assert_eq!(Unit::new("1/s").factor_to(&Unit::new("Hz")), Some(1.0));
    /// assert_eq!(Unit::new("mm").factor_to(&Unit::new("s")), None);
    /// ```
    pub fn factor_to(&self, target: &Self) -> Option<f64> {
        if self == target {
            return Some(1.0);
        }
        scale::factor(&self.0, &target.0)
    }

    /// The same, where both are times.
    pub fn time_factor_to(&self, target: &Self) -> Option<f64> {
        scale::is_time(&self.0).then(|| self.factor_to(target))?
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
