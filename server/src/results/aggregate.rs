//! Sums and means of arrays of one shape, element by element.

use shared::data::{DataArray, Values};
use shared::plot::params::Aggregation;

/// Puts `arrays`, at least one and all of one kind, together by `how`, which is not `Auto`.
///
/// Sums of integers stay integers, means are floats. Variances add up; those of counts, which are the
/// counts themselves, are written out where a mean would hide them.
pub(super) fn aggregate(arrays: &[DataArray], how: Aggregation) -> (Values, Option<Values>) {
    let skip_missing = matches!(
        how,
        Aggregation::Auto | Aggregation::NanSum | Aggregation::NanMean
    );
    let mean = matches!(how, Aggregation::NanMean | Aggregation::Mean);
    let integers = arrays.iter().all(|array| array.values.is_integer());
    if integers && !mean {
        return (sum_integers(arrays), None);
    }
    let (sums, present) = sum_floats(arrays, skip_missing, |array| Some(&array.values));
    let explicit = arrays.iter().all(|array| array.variances.is_some());
    let counts = arrays[0].unit == shared::data::Unit::counts();
    let variances = if explicit {
        Some(sum_floats(arrays, skip_missing, |array| array.variances.as_deref()).0)
    } else {
        (mean && counts).then(|| sums.clone())
    };
    if !mean {
        return (Values::F64(sums), variances.map(Values::F64));
    }
    let divided = |sums: Vec<f64>, power| {
        let parts = sums.into_iter().zip(&present);
        let mean = |(sum, n): (f64, &u32)| sum / f64::from(*n).powi(power);
        Values::F64(parts.map(mean).collect())
    };
    (divided(sums, 1), variances.map(|sums| divided(sums, 2)))
}

/// Sums and how many values took part in each.
fn sum_floats<'a>(
    arrays: &'a [DataArray],
    skip_missing: bool,
    part: impl Fn(&'a DataArray) -> Option<&'a Values>,
) -> (Vec<f64>, Vec<u32>) {
    let len = arrays[0].values.len();
    let (mut sums, mut present) = (vec![0.0; len], vec![0; len]);
    for values in arrays.iter().filter_map(part) {
        each_f64(values, |index, value| {
            if !(skip_missing && value.is_nan()) {
                sums[index] += value;
                present[index] += 1;
            }
        });
    }
    (sums, present)
}

/// One loop per type instead of one decision per element.
macro_rules! for_each {
    ($values:expr, $each:expr, [$($variant:ident),*]) => {
        match $values {
            $(Values::$variant(values) => {
                values.iter().enumerate().for_each(|(index, value)| $each(index, *value as f64));
            })*
        }
    };
}

fn each_f64(values: &Values, mut each: impl FnMut(usize, f64)) {
    for_each!(values, each, [U8, U16, U32, U64, I32, I64, F32, F64]);
}

fn sum_integers(arrays: &[DataArray]) -> Values {
    let len = arrays[0].values.len();
    let signed = |array: &DataArray| matches!(*array.values, Values::I32(_) | Values::I64(_));
    if arrays.iter().any(signed) {
        let mut sums = vec![0_i64; len];
        for array in arrays {
            add_i64(&mut sums, &array.values);
        }
        return Values::I64(sums);
    }
    let mut sums = vec![0_u64; len];
    for array in arrays {
        add_u64(&mut sums, &array.values);
    }
    Values::from_counts(&sums, u64::MAX)
}

fn add_u64(sums: &mut [u64], values: &Values) {
    match values {
        Values::U8(v) => sums
            .iter_mut()
            .zip(v)
            .for_each(|(s, x)| *s += u64::from(*x)),
        Values::U16(v) => sums
            .iter_mut()
            .zip(v)
            .for_each(|(s, x)| *s += u64::from(*x)),
        Values::U32(v) => sums
            .iter_mut()
            .zip(v)
            .for_each(|(s, x)| *s += u64::from(*x)),
        Values::U64(v) => sums
            .iter_mut()
            .zip(v)
            .for_each(|(s, x)| *s = s.saturating_add(*x)),
        _ => {}
    }
}

fn add_i64(sums: &mut [i64], values: &Values) {
    match values {
        Values::U8(v) => sums
            .iter_mut()
            .zip(v)
            .for_each(|(s, x)| *s += i64::from(*x)),
        Values::U16(v) => sums
            .iter_mut()
            .zip(v)
            .for_each(|(s, x)| *s += i64::from(*x)),
        Values::U32(v) => sums
            .iter_mut()
            .zip(v)
            .for_each(|(s, x)| *s += i64::from(*x)),
        Values::I32(v) => sums
            .iter_mut()
            .zip(v)
            .for_each(|(s, x)| *s += i64::from(*x)),
        Values::I64(v) => sums
            .iter_mut()
            .zip(v)
            .for_each(|(s, x)| *s = s.saturating_add(*x)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use shared::data::{Coord, Unit};
    use shared::time::{TimeInterval, TimeNs};

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
