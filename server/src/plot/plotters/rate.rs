//! Counts per second: what counts is divided by the data time that it covers.

use std::borrow::Cow;
use std::sync::Arc;

use shared::data::{DataArray, Unit, Values};
use shared::plot::params::RateParams;

use super::{Input, Inputs, PlotError};

impl Inputs {
    /// These inputs, as rates where `rate` asks for them.
    pub(super) fn at(&self, rate: RateParams) -> Result<Cow<'_, Self>, PlotError> {
        if !rate.per_second {
            return Ok(Cow::Borrowed(self));
        }
        let mut inputs = self.clone();
        for input in inputs.by_role.values_mut().flatten() {
            input.data = per_second(input)?;
        }
        Ok(Cow::Owned(inputs))
    }
}

/// The rate of counts. What is not known of their uncertainty is Poisson's: the variance of N counts is N.
fn per_second(input: &Input) -> Result<DataArray, PlotError> {
    let data = &input.data;
    if data.unit != Unit::counts() {
        return Err(PlotError::NoCounts {
            source_title: Arc::clone(&input.title),
            unit: data.unit.clone(),
        });
    }
    let secs = data.time.span_secs();
    if secs <= 0.0 {
        return Err(PlotError::NoTime {
            source_title: Arc::clone(&input.title),
        });
    }
    let divided = |values: &Values, by: f64| {
        let divided = values.to_f64().into_iter().map(|it| it / by).collect();
        Arc::new(Values::F64(divided))
    };
    let variances = data.variances.as_ref().unwrap_or(&data.values);
    Ok(DataArray {
        unit: Unit::new("counts/s"),
        values: divided(&data.values, secs),
        variances: Some(divided(variances, secs * secs)),
        ..data.clone()
    })
}

#[cfg(test)]
mod tests {
    use shared::data::Coord;

    use super::*;
    use crate::plot::plotters::samples::{input, inputs};

    #[test]
    fn counts_become_counts_per_second_with_their_errors() {
        // Samples cover two seconds.
        let counts = input("a", vec![Coord::index("x", 2)], Values::U32(vec![9, 16]));
        let rate = RateParams { per_second: true };
        let rates = inputs(vec![counts]);
        let rates = rates.at(rate).expect("these count");
        let data = &rates.primary()[0].data;
        assert_eq!(*data.values, Values::F64(vec![4.5, 8.0]));
        assert_eq!(
            data.variances.as_deref(),
            Some(&Values::F64(vec![2.25, 4.0]))
        );
        assert_eq!(data.unit, Unit::new("counts/s"));
    }

    #[test]
    fn what_does_not_count_has_no_rate() {
        let mut kelvin = input("Sample", Vec::new(), Values::F64(vec![3.0]));
        kelvin.data.unit = Unit::new("K");
        let inputs = inputs(vec![kelvin]);
        let error = inputs.at(RateParams { per_second: true });
        let error = error.expect_err("kelvin are not counted").to_string();
        assert!(error.starts_with("Sample is in K"), "{error}");
    }
}
