//! How sure the values of an image or a volume are.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::data::{DataArray, Unit, Values};

/// Standard deviations of the values of an image or a volume.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errors {
    /// Nobody knows them.
    #[default]
    Unknown,
    /// The values are counts (Poisson), each of which adds this much: σ² = value · this. 1 of counts, 1/t of a rate over t,
    /// 1/n of the mean of n.
    PerCount(f64),
    /// One of each value.
    Each(Arc<Values>),
}

impl Errors {
    /// Of the values of an array.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use shared::data::{Coord, DataArray, Unit, Values};
    /// use shared::plot::Errors;
    /// use shared::time::{TimeInterval, TimeNs};
    /// let of = |unit, variances: Option<Vec<f64>>| Errors::of(&DataArray {
    ///     label: "".into(),
    ///     unit: Unit::new(unit),
    ///     coords: vec![Coord::index("x", 3)],
    ///     values: Arc::new(Values::F64(vec![0.0, 2.0, 4.0])),
    ///     variances: variances.map(|it| Arc::new(Values::F64(it))),
    ///     time: TimeInterval { start: TimeNs(0), end: TimeNs(1) },
    /// });
    /// assert_eq!(of("counts", None), Errors::PerCount(1.0));
    /// assert_eq!(of("counts/s", Some(vec![0.0, 1.0, 2.0])), Errors::PerCount(0.5));
    /// assert_eq!(of("mm", Some(vec![1.0, 1.0, 9.0])).of_value(2, 4.0), 3.0);
    /// assert_eq!(of("mm", None), Errors::Unknown);
    /// ```
    pub fn of(data: &DataArray) -> Self {
        match &data.variances {
            Some(variances) => Self::of_variances(&data.values, variances),
            None if data.unit == Unit::counts() => Self::PerCount(1.0),
            None => Self::Unknown,
        }
    }

    /// Of values with such variances.
    pub fn of_variances(values: &Values, variances: &Values) -> Self {
        let counted = (0..values.len()).find(|i| values.get(*i) > 0.0);
        if let Some(first) = counted {
            let per_count = variances.get(first) / values.get(first);
            let mut is_uniform = true;
            variances.each_f64(|i, variance| {
                let expected = values.get(i) * per_count;
                // Where there is no value there is no error either.
                is_uniform &= expected.is_nan() || (variance - expected).abs() <= 1e-9 * expected;
            });
            if is_uniform {
                return Self::PerCount(per_count);
            }
        }
        // Nobody reads more than a few digits of an error.
        let mut deviations = vec![0.0; variances.len()];
        variances.each_f64(|i, variance| deviations[i] = variance.sqrt() as f32);
        Self::Each(Arc::new(Values::F32(deviations)))
    }

    /// Of the value with this index; NaN where nothing is known.
    pub fn of_value(&self, index: usize, value: f64) -> f64 {
        match self {
            Self::Unknown => f64::NAN,
            Self::PerCount(per_count) => (value * per_count).sqrt(),
            Self::Each(deviations) => deviations.get(index),
        }
    }

    /// Of the values at `indices`.
    #[must_use]
    pub fn select(&self, indices: &[usize]) -> Self {
        match self {
            Self::Each(deviations) => Self::Each(Arc::new(deviations.select(indices))),
            of_all => of_all.clone(),
        }
    }

    /// Of the values times `factor`.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        match self {
            Self::Unknown => Self::Unknown,
            Self::PerCount(per_count) => Self::PerCount(per_count * factor),
            Self::Each(deviations) => Self::Each(Arc::new(deviations.scaled(factor.abs()))),
        }
    }

    /// About how many bytes they take in memory.
    pub(super) fn byte_len(&self) -> usize {
        match self {
            Self::Unknown | Self::PerCount(_) => 0,
            Self::Each(deviations) => deviations.byte_len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_its_own_where_they_are_not_counted_alike() {
        let (values, variances) = (vec![4.0, f64::NAN, 4.0], vec![4.0, 1.0, 9.0]);
        let each = Errors::of_variances(&Values::F64(values.clone()), &Values::F64(variances));
        let of = |errors: &Errors, i: usize| errors.of_value(i, values[i]);
        assert_eq!([of(&each, 0), of(&each, 2)], [2.0, 3.0]);
        let doubled = each.select(&[2, 0]).scaled(-2.0);
        assert_eq!([of(&doubled, 0), of(&doubled, 1)], [6.0, 4.0]);
    }

    #[test]
    fn counts_are_told_by_one_number_whatever_is_missing() {
        let rates = Values::F64(vec![0.0, f64::NAN, 3.0, 1.5]);
        let variances = Values::F64(vec![0.0, f64::NAN, 1.5, 0.75]);
        let errors = Errors::of_variances(&rates, &variances);
        assert_eq!(errors, Errors::PerCount(0.5));
        assert_eq!(errors.of_value(7, 8.0), 2.0);
        // In counts per millisecond: a thousandth of each, and of its error.
        assert!((errors.scaled(0.001).of_value(7, 0.008) - 0.002).abs() < 1e-15);
        assert!(errors.of_value(0, -1.0).is_nan());
    }

    #[test]
    fn nothing_counted_has_an_error_of_its_own() {
        let nothing = Values::F64(vec![0.0; 2]);
        let errors = Errors::of_variances(&nothing, &Values::F64(vec![0.0, 4.0]));
        assert_eq!(
            [errors.of_value(0, 0.0), errors.of_value(1, 0.0)],
            [0.0, 2.0]
        );
    }
}
