//! A histogram as its producer sent it, read and held to what can be summed. A bad one changes no sum.

use shared::data::Unit;

use crate::reduce::histogram::check_edges;
use crate::reduce::workflow::ReduceError;
use crate::wire::da00::{Da00, Variable};

/// Counts beyond this are none; it leaves sums and squares far from infinity.
const MAX_COUNT: f64 = 1e18;

/// The newest histogram; its memory is used again for the next.
#[derive(Default)]
pub(super) struct Source {
    pub(super) edges_ns: Vec<f64>,
    pub(super) values: Vec<f64>,
    squares: Vec<f64>,
    pub(super) has_errors: bool,
}

impl Source {
    /// Reads `array`.
    ///
    /// # Errors
    /// It is no histogram over time, or has a number that is none; what was read is then of no use.
    pub(super) fn read(&mut self, array: &Da00<'_>) -> Result<(), ReduceError> {
        let signal = spectrum(array, "signal")?.ok_or_else(|| bad("signal", "is missing"))?;
        let errors = spectrum(array, "errors")?;
        if errors.is_some_and(|errors| errors.data.len() != signal.data.len()) {
            return Err(bad("errors", "differ in number from its values"));
        }
        self.read_edges(array, signal.axes()[0])?;
        read_counts("signal", &signal, &mut self.values)?;
        self.has_errors = errors.is_some();
        if let Some(errors) = errors {
            read_counts("errors", &errors, &mut self.squares)?;
            self.squares.iter_mut().for_each(|error| *error *= *error);
        }
        Ok(check_edges(&self.edges_ns, self.values.len())?)
    }

    /// The variances of the values: of counts without errors, the counts themselves.
    pub(super) fn variances(&self) -> &[f64] {
        if self.has_errors {
            &self.squares
        } else {
            &self.values
        }
    }

    fn read_edges(&mut self, array: &Da00<'_>, dim: &str) -> Result<(), ReduceError> {
        let missing = || bad("axis", "has no coordinate of its own name");
        let coord = array.variable(dim).ok_or_else(missing)?;
        let unit = Unit::new(coord.unit.unwrap_or_default());
        let factor = unit.time_factor_to(&Unit::new("ns")).ok_or_else(|| {
            let problem = format!("has the unit {:?}, not one of time", unit.symbol());
            ReduceError::Histogram {
                part: "axis",
                problem,
            }
        })?;
        self.edges_ns.clear();
        coord.data.append_f64s(&mut self.edges_ns);
        // Every unit of time is a whole number of ns; rounding takes the residue of the division away.
        let factor = factor.round();
        self.edges_ns.iter_mut().for_each(|edge| *edge *= factor);
        Ok(())
    }
}

fn read_counts(
    part: &'static str,
    variable: &Variable<'_>,
    counts: &mut Vec<f64>,
) -> Result<(), ReduceError> {
    counts.clear();
    variable.data.append_f64s(counts);
    // NaN compares as false.
    if counts.iter().all(|count| count.abs() <= MAX_COUNT) {
        return Ok(());
    }
    Err(bad(
        part,
        "has values that are infinite, too large or not a number",
    ))
}

/// The variable of this name, which must have one axis.
fn spectrum<'a>(array: &Da00<'a>, name: &'static str) -> Result<Option<Variable<'a>>, ReduceError> {
    let Some(variable) = array.variable(name) else {
        return Ok(None);
    };
    if variable.axes().len() == 1 {
        return Ok(Some(variable));
    }
    Err(bad(name, "must have exactly one axis"))
}

fn bad(part: &'static str, problem: &str) -> ReduceError {
    ReduceError::Histogram {
        part,
        problem: problem.to_owned(),
    }
}
