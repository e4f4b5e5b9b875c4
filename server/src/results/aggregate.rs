//! Sums and means of arrays of one shape, element by element.

use shared::data::{DataArray, Values};
use shared::plot::params::Aggregation;
use shared::time::TimeInterval;

/// What missing values do, and whether sums are divided.
#[derive(Clone, Copy)]
struct Rule {
    skips_missing: bool,
    is_mean: bool,
}

impl Rule {
    fn of(how: Aggregation) -> Self {
        Self {
            skips_missing: matches!(
                how,
                Aggregation::Auto | Aggregation::NanSum | Aggregation::NanMean
            ),
            is_mean: matches!(how, Aggregation::NanMean | Aggregation::Mean),
        }
    }

    fn takes(self, value: f64) -> bool {
        !(self.skips_missing && value.is_nan())
    }
}

/// Puts `arrays`, which are of one kind with `one` of them, together by `how`, which is not `Auto`.
///
/// Sums of integers stay integers, means are floats. Variances add up; those that are known from the values alone are
/// written out where a mean would hide them, or where others are told.
pub(super) fn aggregate<'a>(
    one: &DataArray,
    arrays: impl Iterator<Item = &'a DataArray> + Clone,
    how: Aggregation,
) -> (Values, Option<Values>) {
    let rule = Rule::of(how);
    let values = arrays.clone().map(|array| &*array.values);
    let writes_variances = rule.is_mean || arrays.clone().any(|it| it.variances.is_some());
    if !writes_variances
        && values.clone().all(Values::is_integer)
        && let Some(sums) = Values::sum(values.clone())
    {
        return (sums, None);
    }
    let len = one.values.len();
    let (sums, present) = sum_floats(len, values, rule);
    let known = || {
        arrays
            .map(DataArray::known_variances)
            .collect::<Option<Vec<&Values>>>()
    };
    let known = writes_variances.then(known).flatten();
    let variances = known.map(|all| sum_floats(len, all.into_iter(), rule).0);
    if !rule.is_mean {
        return (Values::F64(sums), variances.map(Values::F64));
    }
    let divided = |sums: Vec<f64>, power| {
        let parts = sums.into_iter().zip(&present);
        let mean = |(sum, n): (f64, &u32)| sum / f64::from(*n).powi(power);
        Values::F64(parts.map(mean).collect())
    };
    (divided(sums, 1), variances.map(|sums| divided(sums, 2)))
}

/// The same for single values without variances of their own, as floats; without an array for each.
pub(super) fn aggregate_samples(
    samples: impl Iterator<Item = f64>,
    are_counts: bool,
    how: Aggregation,
) -> (f64, Option<f64>) {
    let rule = Rule::of(how);
    let (mut sum, mut n) = (0.0, 0_u32);
    for value in samples.filter(|value| rule.takes(*value)) {
        sum += value;
        n += 1;
    }
    if !rule.is_mean {
        return (sum, None);
    }
    let n = f64::from(n);
    (sum / n, are_counts.then(|| sum / (n * n)))
}

/// How much data time stands behind results put together by `how`, s: that of all of them, or that of one on average.
///
/// Silences between them do not count: a rate must not be thinned out by what nobody knows.
pub(super) fn covered_secs(times: impl Iterator<Item = TimeInterval>, how: Aggregation) -> f64 {
    let (mut secs, mut n) = (0.0, 0_u32);
    for time in times {
        secs += time.span_secs();
        n += 1;
    }
    if Rule::of(how).is_mean {
        secs / f64::from(n)
    } else {
        secs
    }
}

/// Sums and how many values took part in each.
fn sum_floats<'a>(
    len: usize,
    all: impl Iterator<Item = &'a Values>,
    rule: Rule,
) -> (Vec<f64>, Vec<u32>) {
    let (mut sums, mut present) = (vec![0.0; len], vec![0; len]);
    for values in all {
        values.each_f64(|index, value| {
            if rule.takes(value) {
                sums[index] += value;
                present[index] += 1;
            }
        });
    }
    (sums, present)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use shared::data::{Coord, Unit};
    use shared::time::TimeNs;

    use super::*;

    fn array(values: Values, unit: &str) -> DataArray {
        DataArray {
            label: "".into(),
            unit: Unit::new(unit),
            coords: vec![Coord::index("x", values.len())],
            values: Arc::new(values),
            variances: None,
            time: TimeInterval {
                start: TimeNs(0),
                end: TimeNs(1),
            },
        }
    }

    fn aggregate(arrays: &[DataArray], how: Aggregation) -> (Values, Option<Values>) {
        super::aggregate(&arrays[0], arrays.iter(), how)
    }

    #[test]
    fn samples_come_together_as_arrays_of_one_value_do() {
        let samples = [3.0, f64::NAN, 5.0, 0.5];
        for unit in ["counts", "K"] {
            let arrays = samples.map(|it| array(Values::F64(vec![it]), unit));
            for how in [
                Aggregation::NanSum,
                Aggregation::NanMean,
                Aggregation::Sum,
                Aggregation::Mean,
            ] {
                let (values, variances) = aggregate(&arrays, how);
                let expected = [Some(values), variances].map(|it| it.map(|it| it.get(0).to_bits()));
                let (value, variance) =
                    aggregate_samples(samples.into_iter(), unit == "counts", how);
                let told = [Some(value), variance].map(|it| it.map(f64::to_bits));
                assert_eq!(told, expected, "{how:?} of {unit}");
            }
        }
    }

    #[test]
    fn sums_of_counts_stay_counts_and_widen_when_they_must() {
        let one = array(Values::U32(vec![1, u32::MAX]), "counts");
        let (sum, variances) = aggregate(&[one.clone(), one.clone()], Aggregation::NanSum);
        assert_eq!(sum, Values::U64(vec![2, 2 * u64::from(u32::MAX)]));
        assert_eq!(variances, None);
        let small = array(Values::U32(vec![1, 2]), "counts");
        let (sum, _) = aggregate(&[small.clone(), small], Aggregation::Sum);
        assert_eq!(sum, Values::U32(vec![2, 4]));
    }

    #[test]
    fn the_mean_of_counts_says_how_sure_it_is() {
        let arrays = [4, 6].map(|n| array(Values::U32(vec![n]), "counts"));
        let (mean, variances) = aggregate(&arrays, Aggregation::Mean);
        assert_eq!(mean, Values::F64(vec![5.0]));
        assert_eq!(variances, Some(Values::F64(vec![2.5])));
    }

    #[test]
    fn variances_that_are_told_and_those_of_counts_add_up() {
        let told = DataArray {
            variances: Some(Arc::new(Values::F64(vec![1.5]))),
            ..array(Values::U32(vec![4]), "counts")
        };
        let arrays = [told, array(Values::U32(vec![6]), "counts")];
        let (sum, variances) = aggregate(&arrays, Aggregation::Sum);
        assert_eq!(sum, Values::F64(vec![10.0]));
        assert_eq!(variances, Some(Values::F64(vec![7.5])));
    }

    #[test]
    fn missing_values_are_left_out_or_spread() {
        let nan = f64::NAN;
        let arrays = [vec![1.0, nan, nan], vec![3.0, 5.0, nan]].map(|v| array(Values::F64(v), "K"));
        let floats = |how| aggregate(&arrays, how).0.to_f64();
        assert_eq!(floats(Aggregation::NanMean)[..2], [2.0, 5.0]);
        assert!(floats(Aggregation::NanMean)[2].is_nan());
        assert_eq!(floats(Aggregation::NanSum), [4.0, 5.0, 0.0]);
        assert!(floats(Aggregation::Mean)[1].is_nan());
        assert_eq!(floats(Aggregation::Sum)[0], 4.0);
        assert_eq!(aggregate(&arrays, Aggregation::Mean).1, None);
    }
}
