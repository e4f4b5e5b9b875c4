//! What can be asked of the table.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{RateParams, WindowParams};
use crate::params::{Described, Field, FieldKind, Group, ParamError, Params, Schema};
use crate::plot::format::{Measured, with_power};
use crate::topology::JsonText;

/// Parameters of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableParams {
    /// The time window.
    pub window: WindowParams,
    /// Counts, or counts per second.
    pub rate: RateParams,
    /// How the numbers are written.
    pub style: TableStyle,
}

impl Params for TableParams {
    fn validate(&self) -> Result<(), ParamError> {
        self.window.validate()?;
        self.style.validate()
    }
}

impl Described for TableParams {
    fn schema() -> Schema {
        Schema {
            groups: vec![
                WindowParams::group(),
                RateParams::group(),
                TableStyle::group(),
            ],
        }
    }
}

/// How the numbers of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableStyle {
    /// With a power of ten, or without.
    pub notation: TableNotation,
    /// Decimals; below zero, digits before the point that are rounded away.
    pub precision: i32,
}

/// How powers of ten are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TableNotation {
    /// Whole numbers whole, others plain between 0.001 and 100,000 and scientific beyond. With an error, which limits
    /// the digits, plain from 0.001 on.
    #[default]
    Auto,
    /// `1.235×10⁴`.
    Scientific,
    /// `12345.679`.
    Decimal,
    /// `12.346k`: thousands, millions, billions, trillions.
    Compact,
}

impl Default for TableStyle {
    fn default() -> Self {
        Self {
            notation: TableNotation::Auto,
            precision: DECIMALS,
        }
    }
}

impl TableStyle {
    /// The style that a layer's parameters ask for, under `style`.
    pub fn of_params(params: &JsonText) -> Self {
        let style = params.object().get("style");
        let notation = style.and_then(|style| style.get("notation")?.as_str());
        let precision = style.and_then(|style| style.get("precision")?.as_i64());
        Self {
            notation: match notation {
                Some("scientific") => TableNotation::Scientific,
                Some("decimal") => TableNotation::Decimal,
                Some("compact") => TableNotation::Compact,
                _ => TableNotation::Auto,
            },
            precision: precision.map_or(DECIMALS, |it| it as i32),
        }
    }

    /// A number; `–` for none.
    ///
    /// ```
    /// use shared::plot::params::{TableNotation, TableStyle};
    /// let style = |notation, precision| TableStyle { notation, precision };
    /// assert_eq!(style(TableNotation::Auto, 3).write(1523.0), "1523");
    /// assert_eq!(style(TableNotation::Auto, 3).write(293.15), "293.150");
    /// assert_eq!(style(TableNotation::Auto, 2).write(1234567.5), "1.23×10⁶");
    /// assert_eq!(style(TableNotation::Decimal, -2).write(12345.6), "12300");
    /// assert_eq!(style(TableNotation::Compact, 1).write(12345.6), "12.3k");
    /// assert_eq!(style(TableNotation::Auto, 3).write(f64::NAN), "–");
    /// ```
    pub fn write(self, value: f64) -> String {
        if value.is_nan() {
            return "–".to_owned();
        }
        let decimals = self.precision.clamp(0, MAX_DECIMALS) as usize;
        let scientific = || {
            let text = format!("{value:.decimals$e}");
            let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
            with_power(mantissa, power.parse().unwrap_or_default())
        };
        match self.notation {
            TableNotation::Auto if value == value.trunc() && value.abs() < 1e15 => {
                format!("{}", value + 0.0)
            }
            TableNotation::Auto if !(1e-3..1e5).contains(&value.abs()) => scientific(),
            TableNotation::Auto | TableNotation::Decimal => self.decimal(value),
            TableNotation::Scientific => scientific(),
            TableNotation::Compact => {
                let (step, suffix) = compact_step(value.abs());
                let value = value / 1000_f64.powi(step);
                format!("{value:.decimals$}{suffix}")
            }
        }
    }

    /// A number and its error in one notation: the error to two digits, the number to the same decimal, whatever the
    /// precision. Without an error that says something, the number alone.
    ///
    /// ```
    /// use shared::plot::params::{TableNotation, TableStyle};
    /// let written = |notation, value, error| {
    ///     TableStyle { notation, precision: 3 }.write_with_error(value, error)
    /// };
    /// assert_eq!(written(TableNotation::Auto, 1_095_716.0, 1_046.765), "1095700 ± 1000");
    /// assert_eq!(written(TableNotation::Auto, 1_095_716.5, 1_046.765), "1095700 ± 1000");
    /// assert_eq!(written(TableNotation::Scientific, 1_095_716.5, 1_046.765), "(1.0957 ± 0.0010)×10⁶");
    /// assert_eq!(written(TableNotation::Compact, 1_095_716.0, 1_046.765), "1.0957m ± 0.0010m");
    /// assert_eq!(written(TableNotation::Auto, 293.1528, 0.0312), "293.153 ± 0.031");
    /// ```
    pub fn write_with_error(self, value: f64, error: f64) -> String {
        let Some(measured) = Measured::new(value, error) else {
            return self.write(value);
        };
        let largest = measured.largest();
        let is_plain = match self.notation {
            TableNotation::Auto => (1e-3..1e15).contains(&largest),
            TableNotation::Scientific => false,
            TableNotation::Decimal => true,
            TableNotation::Compact => {
                let (step, suffix) = compact_step(largest);
                let both = measured.at_power(3 * step);
                return both.map(|it| format!("{it}{suffix}")).join(" ± ");
            }
        };
        if is_plain {
            measured.at_power(0).join(" ± ")
        } else {
            measured.scientific()
        }
    }

    fn decimal(self, value: f64) -> String {
        let decimals = self.precision.clamp(0, MAX_DECIMALS) as usize;
        let unit = 10_f64.powi((-self.precision).clamp(0, -MIN_PRECISION));
        let rounded = (value / unit).round() * unit;
        let value = if self.precision < 0 { rounded } else { value };
        let text = format!("{value:.decimals$}");
        let is_zero = text.bytes().all(|it| matches!(it, b'-' | b'0' | b'.'));
        if is_zero { text.replace('-', "") } else { text }
    }

    pub(super) fn validate(self) -> Result<(), ParamError> {
        if (MIN_PRECISION..=MAX_DECIMALS).contains(&self.precision) {
            return Ok(());
        }
        let reason = format!("must be a whole number from {MIN_PRECISION} to {MAX_DECIMALS}");
        Err(ParamError::new("precision", reason).within("style"))
    }

    pub(super) fn group() -> Group {
        let notations = FieldKind::choice(&[
            ("auto", "automatic"),
            ("scientific", "scientific"),
            ("decimal", "decimal"),
            ("compact", "compact: k, m, b, t"),
        ]);
        let precision = FieldKind::Integer {
            min: MIN_PRECISION.into(),
            max: MAX_DECIMALS.into(),
        };
        Group::new("style", "Appearance", "How the numbers are written.")
            .with(Field::new(
                "notation",
                "Notation",
                "Automatic writes whole numbers whole, and very large and very small ones with a power of ten.",
                json!("auto"),
                notations,
            ))
            .with(Field::new(
                "precision",
                "Decimals",
                "Digits behind the point. Below zero, digits before the point are rounded away (decimal notation). Numbers with an error have those that the error leaves.",
                json!(DECIMALS),
                precision,
            ))
    }
}

/// How many powers of a thousand are taken out of a number, and the letter that says so.
fn compact_step(value: f64) -> (i32, &'static str) {
    let steps = ["", "k", "m", "b", "t"];
    let step = (value.max(1.0).log10() / 3.0) as usize;
    let step = step.min(steps.len() - 1);
    (step as i32, steps[step])
}

/// Digits behind the point unless asked otherwise.
const DECIMALS: i32 = 3;
/// Digits before the point that can be rounded away, below zero.
const MIN_PRECISION: i32 = -9;
/// Digits behind the point at most.
const MAX_DECIMALS: i32 = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_digits_that_its_error_leaves() {
        let written = |notation, value, error| {
            let style = TableStyle {
                notation,
                precision: 3,
            };
            style.write_with_error(value, error)
        };
        for (value, error, wanted) in [
            (4.0, 2.0, "4.0 ± 2.0"),
            (100.0, 10.0, "100 ± 10"),
            (12.0, 250.0, "10 ± 250"),
            (-0.04, 9.96, "0 ± 10"),
            (3.2, 0.8, "3.20 ± 0.80"),
            (1e12, 1e6, "1000000000000 ± 1000000"),
            (2e15, 4.5e7, "(2.000000000 ± 0.000000045)×10¹⁵"),
            (0.0, 3e-7, "(0.0 ± 3.0)×10⁻⁷"),
            (2.5, 0.0, "2.500"),
            (7.0, f64::NAN, "7"),
            (f64::NAN, 1.0, "–"),
        ] {
            assert_eq!(written(TableNotation::Auto, value, error), wanted);
        }
        let count = |notation| written(notation, 1_095_716.0, 1_046.765);
        assert_eq!(count(TableNotation::Scientific), "(1.0957 ± 0.0010)×10⁶");
        assert_eq!(count(TableNotation::Decimal), "1095700 ± 1000");
        assert_eq!(
            written(TableNotation::Compact, 999_960.0, 120.0),
            "999.96k ± 0.12k"
        );
        assert_eq!(written(TableNotation::Compact, 12.0, 250.0), "10 ± 250");
    }
}
