//! What can be asked of statistics.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{TableStyle, WindowParams};
use crate::params::{Described, Field, FieldKind, Group, NONE_CHOSEN, ParamError, Params, Schema};

/// Parameters of statistics.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StatisticsParams {
    /// What is told.
    pub shown: ShownParams,
    /// The time window.
    pub window: WindowParams,
    /// How the numbers are written.
    pub style: TableStyle,
}

/// What statistics tell of each source or region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ShownParams {
    /// The numbers, which stand in their own order; at least one.
    pub numbers: BTreeSet<Statistic>,
}

/// A number that sums up an array, in the order in which tables have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Statistic {
    /// The sum of all values.
    Sum,
    /// Their arithmetic mean.
    Mean,
    /// The greatest of them.
    Max,
    /// Where that is, along each axis.
    Peak,
    /// The full width at half of the maximum, along each axis.
    Fwhm,
    /// Counts per second.
    Rate,
}

impl Statistic {
    /// All that there are, in their order.
    pub const ALL: [Self; 6] = [
        Self::Sum,
        Self::Mean,
        Self::Max,
        Self::Peak,
        Self::Fwhm,
        Self::Rate,
    ];
}

impl Default for ShownParams {
    fn default() -> Self {
        Self {
            numbers: Statistic::ALL.into(),
        }
    }
}

impl ShownParams {
    fn group() -> Group {
        let numbers = FieldKind::set(&[
            ("sum", "sum"),
            ("mean", "mean"),
            ("max", "maximum"),
            ("peak", "peak position"),
            ("fwhm", "FWHM"),
            ("rate", "rate"),
        ]);
        let text =
            "Peak position and FWHM are told along each axis, a rate only of what is counted.";
        let group = Group::new("shown", "Shown", "What sums up each source or region.");
        group.with(Field::new(
            "numbers",
            "Numbers",
            text,
            json!(Statistic::ALL),
            numbers,
        ))
    }

    fn validate(&self) -> Result<(), ParamError> {
        if self.numbers.is_empty() {
            return Err(ParamError::new("shown.numbers", NONE_CHOSEN));
        }
        Ok(())
    }
}

impl Params for StatisticsParams {
    fn validate(&self) -> Result<(), ParamError> {
        self.shown.validate()?;
        self.window.validate()?;
        self.style.validate()
    }
}

impl Described for StatisticsParams {
    fn schema() -> Schema {
        Schema {
            groups: vec![
                ShownParams::group(),
                WindowParams::group(),
                TableStyle::group(),
            ],
        }
    }
}
