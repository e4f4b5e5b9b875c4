//! Counts per second: what counts is divided by the data time that it covers, row by row where rows cover different times.

use std::borrow::Cow;
use std::sync::Arc;

use shared::data::{Coord, CoordValues, DataArray, Unit, Values};
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

/// How long an input without rows of their own counted, s.
pub(super) fn secs_of(input: &Input) -> Option<f64> {
    secs_of_rows(input)?.first().copied()
}

/// How long each row counted, or all of them together, s; NaN where nobody knows. None where that means nothing, as of
/// instants.
fn secs_of_rows(input: &Input) -> Option<Vec<f64>> {
    let data = &input.data;
    if let Some(secs) = &input.covered_secs {
        let known = |secs: &f64| if *secs > 0.0 { *secs } else { f64::NAN };
        return Some(secs.iter().map(known).collect());
    }
    let outermost = data.coords.first();
    if outermost.is_some_and(|it| matches!(it.values, CoordValues::Times(_))) {
        // The span of a history is no time that one of its samples covers.
        return None;
    }
    let rows = 0..outermost.map_or(1, Coord::len);
    let secs: Vec<f64> = rows.map(|row| data.row_time(row).span_secs()).collect();
    secs.iter().all(|secs| *secs > 0.0).then_some(secs)
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
    let Some(secs) = secs_of_rows(input) else {
        return Err(PlotError::NoTime {
            source_title: Arc::clone(&input.title),
        });
    };
    let row_len = (data.values.len() / secs.len().max(1)).max(1);
    let divided = |values: &Values, power| {
        let mut divided = values.to_f64();
        for (row, secs) in divided.chunks_mut(row_len).zip(&secs) {
            let by = secs.powi(power);
            for value in row {
                *value /= by;
            }
        }
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
    use shared::data::Label;
    use shared::time::TimeNs;

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
    fn a_window_is_divided_by_the_time_that_its_results_cover() {
        let counts = Values::U32(vec![8, 4]);
        let window = Input {
            covered_secs: Some([0.5].into()),
            ..input("a", vec![Coord::index("x", 2)], counts)
        };
        let rates = per_second(&window).expect("these count");
        assert_eq!(*rates.values, Values::F64(vec![16.0, 8.0]));
        assert_eq!(secs_of(&window), Some(0.5));
    }

    #[test]
    fn each_row_is_divided_by_the_time_that_it_covers() {
        let labels = [None, Some(TimeNs(2_500_000_000))].map(|since| Label {
            name: "".into(),
            colour: None,
            edition: 0,
            since,
        });
        let regions = Coord {
            values: CoordValues::Labels(labels.into()),
            ..Coord::index("roi", 0)
        };
        let coords = vec![regions, Coord::index("x", 2)];
        let counts = input("a", coords, Values::U32(vec![8, 4, 8, 4]));
        assert_eq!(counts.data.time.end, TimeNs(3_000_000_000));
        let rates = per_second(&counts).expect("these count");
        assert_eq!(*rates.values, Values::F64(vec![4.0, 2.0, 16.0, 8.0]));
        let variances = Values::F64(vec![2.0, 1.0, 32.0, 16.0]);
        assert_eq!(rates.variances.as_deref(), Some(&variances));
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
