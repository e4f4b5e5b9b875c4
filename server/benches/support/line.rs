//! One measured number, as every benchmark of the project prints it: a JSON object on a line of standard output.

use std::io::{self, Write as _};

use serde::Serialize;

/// What was measured, how often, how it spreads, and what it should be.
#[derive(Serialize)]
pub(crate) struct Line {
    bench: &'static str,
    case: String,
    metric: &'static str,
    unit: &'static str,
    median: f64,
    min: f64,
    max: f64,
    n: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<Budget>,
}

/// What a median should keep to.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) struct Budget {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at_most: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at_least: Option<f64>,
}

impl Line {
    /// The line of a case and a metric; `samples` is not empty.
    pub(crate) fn new(
        bench: &'static str,
        case: impl Into<String>,
        (metric, unit): (&'static str, &'static str),
        mut samples: Vec<f64>,
        budget: Option<Budget>,
    ) -> Self {
        samples.sort_by(f64::total_cmp);
        let (first, last) = samples
            .first()
            .zip(samples.last())
            .expect("something was measured");
        let middle = f64::midpoint(samples[samples.len() / 2], samples[(samples.len() - 1) / 2]);
        Self {
            bench,
            case: case.into(),
            metric,
            unit,
            median: rounded(middle),
            min: rounded(*first),
            max: rounded(*last),
            n: samples.len(),
            budget,
        }
    }

    /// Prints it.
    pub(crate) fn print(&self) -> io::Result<()> {
        writeln!(io::stdout(), "{}", serde_json::to_string(self)?)
    }
}

/// Four digits: more would not be the same the next time.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
