//! What an axis means: its name, its unit, and whether it tells the time.

use shared::data::{Coord, CoordValues};
use shared::plot::frame::Quantity;

/// The meaning of one axis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AxisMeta {
    /// The dimension that runs along it; empty for values.
    pub dim: String,
    /// What people call it.
    pub label: String,
    /// The symbol of its unit.
    pub unit: String,
    /// Whether it tells the time.
    pub is_time: bool,
    /// Layers of several units share it.
    pub is_mixed: bool,
    /// What stands side by side along it, the first one at 0; empty for an axis of numbers.
    pub things: Vec<String>,
}

/// The meaning of all axes of a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meanings {
    /// Along the horizontal axis.
    pub x: AxisMeta,
    /// Along the vertical axis.
    pub y: AxisMeta,
    /// In colours.
    pub colour: AxisMeta,
    /// How far the reader's clock is ahead of UTC, on axes of time.
    pub utc_offset_s: i32,
}

impl AxisMeta {
    pub(super) fn of_coord(coord: &Coord) -> Self {
        Self {
            dim: coord.dim.to_string(),
            label: coord.label.to_string(),
            unit: coord.unit.symbol().to_owned(),
            is_time: matches!(coord.values, CoordValues::Times(_)),
            is_mixed: false,
            things: match &coord.values {
                CoordValues::Labels(labels) => {
                    labels.iter().map(|it| it.name.to_string()).collect()
                }
                _ => Vec::new(),
            },
        }
    }

    /// An axis of things instead of numbers.
    pub(super) fn of_things(things: Vec<String>) -> Self {
        Self {
            things,
            ..Self::default()
        }
    }

    pub(super) fn of_quantity(quantity: &Quantity) -> Self {
        Self {
            dim: String::new(),
            label: quantity.label.to_string(),
            unit: quantity.unit.symbol().to_owned(),
            ..Self::default()
        }
    }

    /// The meaning of an axis that layers share: the first one's, and whether the others agree about the unit.
    pub(super) fn shared(metas: impl IntoIterator<Item = Self>) -> Self {
        let mut metas = metas.into_iter();
        let mut first = metas.next().unwrap_or_default();
        first.is_mixed = metas.any(|meta| meta.unit != first.unit || meta.is_time != first.is_time);
        first
    }

    /// `Label [unit]`; a time axis names its zone instead, and units that do not agree are said to be mixed.
    pub(super) fn title(&self, zone: &str) -> String {
        let unit = match self {
            _ if self.is_mixed => "mixed units",
            _ if self.is_time => zone,
            _ => &self.unit,
        };
        if unit.is_empty() {
            self.label.clone()
        } else {
            format!("{} [{unit}]", self.label)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(label: &str, unit: &str) -> AxisMeta {
        AxisMeta {
            label: label.to_owned(),
            unit: unit.to_owned(),
            ..AxisMeta::default()
        }
    }

    #[test]
    fn units_that_do_not_agree_are_named() {
        let shared = AxisMeta::shared([meta("Counts", "counts"), meta("Monitor", "counts")]);
        assert_eq!(shared.title("UTC"), "Counts [counts]");
        let shared = AxisMeta::shared([meta("Counts", "counts"), meta("Temperature", "K")]);
        assert_eq!(shared.title("UTC"), "Counts [mixed units]");
        assert_eq!(meta("Index", "").title("UTC"), "Index");
    }
}
