//! Counts per second: what counts is divided by the data time that it covers.

use std::borrow::Cow;
use std::sync::Arc;

use shared::data::{CoordValues, DataArray, Unit, Values};
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

/// The rate of counts, with its variances.
fn per_second(input: &Input) -> Result<DataArray, PlotError> {
    let data = &input.data;
    if data.unit != Unit::counts() {
        return Err(PlotError::NoCounts {
            source_title: Arc::clone(&input.title),
            unit: data.unit.clone(),
        });
    }
    // The span of a history is no time that one of its samples covers.
    let whole_secs = data.time.span_secs();
    let is_history =
        matches!(data.coords.as_slice(), [it] if matches!(it.values, CoordValues::Times(_)));
    if input.covered_secs.is_none() && (is_history || whole_secs <= 0.0) {
        return Err(PlotError::NoTime {
            source_title: Arc::clone(&input.title),
        });
    }
    let secs = |i: usize| match &input.covered_secs {
        Some(each) => each
            .get(i)
            .copied()
            .filter(|it| *it > 0.0)
            .unwrap_or(f64::NAN),
        None => whole_secs,
    };
    let divided = |values: &Values, power: i32| {
        let each = values.to_f64().into_iter().enumerate();
        let divided = each.map(|(i, it)| it / secs(i).powi(power)).collect();
        Arc::new(Values::F64(divided))
    };
    Ok(DataArray {
        unit: Unit::new("counts/s"),
        values: divided(&data.values, 1),
        variances: data.known_variances().map(|it| divided(it, 2)),
        ..data.clone()
    })
}

#[cfg(test)]
mod tests {
    use shared::data::Coord;

    use super::*;
    use crate::plot::plotters::samples::{history, input, inputs};

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
    fn each_sample_of_a_history_is_divided_by_the_time_that_it_covers() {
        // The first one came after the start: nobody knows how long it counted.
        let counts = history("a", "counts", &[(1, 4.0), (2, 9.0), (4, 16.0)]);
        let per_second = RateParams { per_second: true };
        let histories = inputs(vec![counts.clone()]);
        let rates = histories.at(per_second).expect("these count");
        let data = &rates.primary()[0].data;
        let (values, variances) = (&data.values, data.known_variances().expect("of counts"));
        assert!(values.get(0).is_nan() && variances.get(0).is_nan());
        assert_eq!([values.get(1), values.get(2)], [9.0, 8.0]);
        assert_eq!([variances.get(1), variances.get(2)], [9.0, 4.0]);
        let instants = Input {
            covered_secs: None,
            ..counts
        };
        let error = inputs(vec![instants]).at(per_second).expect_err("instants");
        assert!(matches!(error, PlotError::NoTime { .. }), "{error}");
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
