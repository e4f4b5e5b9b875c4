//! The time that a histogram's producer took from the pulses: more exact than the time of the message.

use super::super::{ElementsLe, WireError, checked_time_ns};
use super::Variable;

/// Name of the variable that holds one time per pulse.
pub(super) const NAME: &str = "reference_time";

/// The last of the times, in ns since the Unix epoch; `None` if they are not whole numbers or there are
/// none. A unit that is not said is ns.
pub(super) fn last_ns(variable: &Variable<'_>) -> Result<Option<i64>, WireError> {
    let last = variable.data.len().checked_sub(1);
    let last = last.and_then(|index| match variable.data {
        ElementsLe::I64(times) => times.get(index).map(i128::from),
        ElementsLe::U64(times) => times.get(index).map(i128::from),
        _ => None,
    });
    let Some(last) = last else { return Ok(None) };
    let ns = last * i128::from(ns_of(variable.unit)?);
    // What does not fit lies outside the times that are allowed, on the same side.
    let ns = i64::try_from(ns).unwrap_or(if ns < 0 { i64::MIN } else { i64::MAX });
    checked_time_ns(ns).map(Some)
}

fn ns_of(unit: Option<&str>) -> Result<i64, WireError> {
    let Some(unit) = unit else { return Ok(1) };
    let date = unit.strip_prefix("datetime64[");
    match date.and_then(|it| it.strip_suffix(']')).unwrap_or(unit) {
        "ns" => Ok(1),
        "us" | "µs" | "μs" => Ok(1_000),
        "ms" => Ok(1_000_000),
        "s" => Ok(1_000_000_000),
        _ => Err(WireError::TimeUnit {
            unit: unit.to_owned(),
        }),
    }
}
