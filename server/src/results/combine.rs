//! Combining the results of a window, element by element.

use std::sync::Arc;

use shared::data::{DataArray, Values};
use shared::plot::params::Aggregation;
use shared::time::TimeInterval;

/// The sum or mean of `parts`, which have one shape and are not empty. Sums of integers are integers.
pub(super) fn combine(parts: &[DataArray], aggregation: Aggregation) -> DataArray {
    let newest = parts.last().expect("a window has at least one result");
    let aggregation = match aggregation {
        Aggregation::Auto if newest.unit.symbol() == "counts" => Aggregation::NanSum,
        Aggregation::Auto => Aggregation::NanMean,
        chosen => chosen,
    };
    let values: Vec<&Values> = parts.iter().map(|part| &*part.values).collect();
    let combined = match aggregation {
        Aggregation::Sum | Aggregation::NanSum if newest.values.is_integer() => {
            integer_sum(&values)
        }
        _ => float(&values, aggregation),
    };
    DataArray {
        values: Arc::new(combined),
        variances: None,
        time: parts
            .iter()
            .map(|part| part.time)
            .reduce(TimeInterval::union)
            .unwrap_or(newest.time),
        ..newest.clone()
    }
}

fn integer_sum(parts: &[&Values]) -> Values {
    let mut sum = vec![0_i64; parts[0].len()];
    for part in parts {
        for (index, total) in sum.iter_mut().enumerate() {
            *total = total.saturating_add(part.get(index) as i64);
        }
    }
    Values::I64(sum)
}

fn float(parts: &[&Values], aggregation: Aggregation) -> Values {
    let skip_nan = matches!(aggregation, Aggregation::NanSum | Aggregation::NanMean);
    let mean = matches!(aggregation, Aggregation::Mean | Aggregation::NanMean);
    let len = parts[0].len();
    let mut sum = vec![0.0; len];
    let mut count = vec![0_u32; len];
    for part in parts {
        for index in 0..len {
            let value = part.get(index);
            if !(skip_nan && value.is_nan()) {
                sum[index] += value;
                count[index] += 1;
            }
        }
    }
    if mean {
        for (total, count) in sum.iter_mut().zip(count) {
            // Nothing but NaN has no mean: 0/0 says so.
            *total /= f64::from(count);
        }
    }
    Values::F64(sum)
}

#[cfg(test)]
mod tests {
    use shared::data::{Coord, Unit};
    use shared::time::TimeNs;

    use super::*;

    fn part(values: Values, second: i64) -> DataArray {
        DataArray {
            label: "v".into(),
            unit: Unit::dimensionless(),
            coords: vec![Coord::index("x", values.len())],
            values: Arc::new(values),
            variances: None,
            time: TimeInterval {
                start: TimeNs(second),
                end: TimeNs(second + 1),
            },
        }
    }

    #[test]
    fn integers_stay_integers_when_summed() {
        let parts = [
            part(Values::U32(vec![1, 2]), 0),
            part(Values::U32(vec![10, 20]), 1),
        ];
        let sum = combine(&parts, Aggregation::Sum);
        assert_eq!(*sum.values, Values::I64(vec![11, 22]));
        assert_eq!(
            sum.time,
            TimeInterval {
                start: TimeNs(0),
                end: TimeNs(2)
            }
        );
    }

    #[test]
    fn nan_is_left_out_or_kept_as_asked() {
        let parts = [
            part(Values::F64(vec![1.0, f64::NAN]), 0),
            part(Values::F64(vec![3.0, 5.0]), 1),
        ];
        assert_eq!(
            *combine(&parts, Aggregation::Auto).values,
            Values::F64(vec![2.0, 5.0])
        );
        assert_eq!(
            *combine(&parts, Aggregation::NanSum).values,
            Values::F64(vec![4.0, 5.0])
        );
        assert!(combine(&parts, Aggregation::Sum).values.get(1).is_nan());
        assert!(combine(&parts, Aggregation::Mean).values.get(1).is_nan());
    }
}
