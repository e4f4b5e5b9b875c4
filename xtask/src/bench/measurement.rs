//! One measured number beside its budget, and the table of many.

use anyhow::{Context as _, Result};
use serde_json::Value;

/// A line that a benchmark printed: `{bench, case, metric, unit, median, min, max, n, budget?}`.
#[derive(Debug)]
pub(super) struct Measurement {
    case: String,
    metric: String,
    unit: String,
    median: f64,
    min: f64,
    max: f64,
    n: u64,
    budget: Option<Budget>,
}

#[derive(Debug, Clone, Copy)]
enum Budget {
    AtMost(f64),
    AtLeast(f64),
}

impl Measurement {
    pub(super) fn parse(line: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(line).unwrap_or_default();
        Self::of(&value)
            .with_context(|| format!("a benchmark printed what is no measurement: {line}"))
    }

    fn of(value: &Value) -> Option<Self> {
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        let budget = &value["budget"];
        let at_most = budget["at_most"].as_f64().map(Budget::AtMost);
        let at_least = budget["at_least"].as_f64().map(Budget::AtLeast);
        text("bench")?;
        Some(Self {
            case: text("case")?,
            metric: text("metric")?,
            unit: text("unit")?,
            median: value["median"].as_f64()?,
            min: value["min"].as_f64()?,
            max: value["max"].as_f64()?,
            n: value["n"].as_u64()?,
            budget: at_most.or(at_least),
        })
    }

    fn row(&self) -> [String; 8] {
        let [bound, ratio, verdict] = self.budget.map_or_else(Default::default, |it| {
            let (sign, limit, is_met) = match it {
                Budget::AtMost(limit) => ("≤", limit, self.median <= limit),
                Budget::AtLeast(limit) => ("≥", limit, self.median >= limit),
            };
            // Nothing is a fraction of nothing.
            let ratio = if limit == 0.0 {
                String::new()
            } else {
                format!("{:.2}", self.median / limit)
            };
            let verdict = if is_met { "met" } else { "MISSED" };
            [
                format!("{sign} {}", self.short(limit).trim_end()),
                ratio,
                verdict.to_owned(),
            ]
        });
        [
            self.case.clone(),
            self.metric.clone(),
            format!("{}{}", self.short(self.median), self.unit),
            format!(
                "{}– {}",
                self.short(self.min),
                self.short(self.max).trim_end()
            ),
            self.n.to_string(),
            bound,
            ratio,
            verdict,
        ]
    }

    /// A number at three digits, before the unit: with the prefix that makes it short.
    fn short(&self, value: f64) -> String {
        let is_counted = COUNTED.contains(&self.unit.as_str());
        let (scaled, prefix) = match value.abs() {
            large if is_counted && large >= 1e6 => (value / 1e6, "M"),
            large if is_counted && large >= 1e4 => (value / 1e3, "k"),
            _ => (value, ""),
        };
        let digits = match scaled.abs() {
            large if large >= 100.0 => 0,
            middle if middle >= 10.0 => 1,
            0.0 => 0,
            _ => 2,
        };
        format!("{scaled:.digits$} {prefix}")
    }
}

/// Units that are counted by the thousand.
const COUNTED: [&str; 3] = ["B", "B/s", "events/s"];

const HEAD: [&str; 8] = [
    "case",
    "metric",
    "median",
    "min – max",
    "n",
    "budget",
    "ratio",
    "",
];

/// The table of a group.
pub(super) fn table(measurements: &[Measurement]) -> String {
    let mut rows = vec![HEAD.map(str::to_owned)];
    rows.extend(measurements.iter().map(Measurement::row));
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..HEAD.len()).filter_map(width).collect();
    let line = |row: &[String; 8]| {
        let padded = row.iter().zip(&widths);
        let cells: Vec<String> = padded
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Measurement, table};

    fn line(unit: &str, budget: &str) -> String {
        format!(
            r#"{{"bench":"b","case":"c","metric":"m","unit":"{unit}","median":30.0,"min":1.0,"max":2e6,"n":5{budget}}}"#
        )
    }

    #[test]
    fn numbers_stand_beside_their_budgets() {
        for (budget, end) in [
            (
                r#","budget":{"at_most":20.0}"#,
                ["≤", "20.0", "1.50", "MISSED"],
            ),
            (
                r#","budget":{"at_most":40.0}"#,
                ["≤", "40.0", "0.75", "met"],
            ),
            (
                r#","budget":{"at_least":20.0}"#,
                ["≥", "20.0", "1.50", "met"],
            ),
            (r#","budget":{"at_most":0.0}"#, ["5", "≤", "0", "MISSED"]),
            ("", ["1.00", "–", "2000000", "5"]),
        ] {
            let measurement = Measurement::parse(&line("ms", budget)).expect("a measurement");
            let table = table(&[measurement]);
            let words: Vec<_> = table.split_whitespace().collect();
            assert!(words.ends_with(&end), "{table}");
        }
    }

    #[test]
    fn numbers_are_short() {
        let values = [0.0, 0.25, 8.0, 47.36, 473.4, 12_345.0, 1.5e8];
        for (unit, texts) in [
            (
                "B",
                ["0 ", "0.25 ", "8.00 ", "47.4 ", "473 ", "12.3 k", "150 M"],
            ),
            (
                "µs",
                [
                    "0 ",
                    "0.25 ",
                    "8.00 ",
                    "47.4 ",
                    "473 ",
                    "12345 ",
                    "150000000 ",
                ],
            ),
        ] {
            let measurement = Measurement::parse(&line(unit, "")).expect("a measurement");
            assert_eq!(values.map(|value| measurement.short(value)), texts);
        }
    }

    #[test]
    fn what_is_no_measurement_is_named() {
        let error = Measurement::parse("hello")
            .expect_err("no JSON")
            .to_string();
        assert!(error.ends_with("hello"), "{error}");
        Measurement::parse("{}").expect_err("no fields");
    }
}
