//! Sums of arrays, element by element.

use super::Values;

impl Values {
    /// The sums of arrays of one length, element by element; none without arrays.
    ///
    /// Sums of integers stay integers: counters as of [`Values::from_counts`], others as `i64`, and one that has no
    /// place there stays at the end of the range. With a float among them all are floats, and NaN spreads.
    pub fn sum<'a>(arrays: impl Iterator<Item = &'a Self> + Clone) -> Option<Self> {
        let len = arrays.clone().next()?.len();
        if !arrays.clone().all(Self::is_integer) {
            let mut sums = vec![0.0; len];
            arrays.for_each(|it| it.each_f64(|index, value| sums[index] += value));
            return Some(Self::F64(sums));
        }
        let is_signed = |it: &Self| matches!(it, Self::I32(_) | Self::I64(_));
        if arrays.clone().any(is_signed) {
            let mut sums = vec![0; len];
            arrays.for_each(|it| it.add_to_i64(&mut sums));
            return Some(Self::I64(sums));
        }
        let mut sums = vec![0; len];
        arrays.for_each(|it| it.add_to_u64(&mut sums));
        Some(Self::from_counts(&sums, u64::MAX))
    }

    fn add_to_i64(&self, sums: &mut [i64]) {
        match self {
            Self::U8(values) => add(sums, values, i64::saturating_add),
            Self::U16(values) => add(sums, values, i64::saturating_add),
            Self::U32(values) => add(sums, values, i64::saturating_add),
            Self::I32(values) => add(sums, values, i64::saturating_add),
            Self::I64(values) => add(sums, values, i64::saturating_add),
            Self::U64(values) => add(sums, values, i64::saturating_add_unsigned),
            Self::F32(_) | Self::F64(_) => {}
        }
    }

    fn add_to_u64(&self, sums: &mut [u64]) {
        match self {
            Self::U8(values) => add(sums, values, u64::saturating_add),
            Self::U16(values) => add(sums, values, u64::saturating_add),
            Self::U32(values) => add(sums, values, u64::saturating_add),
            Self::U64(values) => add(sums, values, u64::saturating_add),
            Self::I32(_) | Self::I64(_) | Self::F32(_) | Self::F64(_) => {}
        }
    }
}

fn add<S: Copy, V: Copy + Into<W>, W>(sums: &mut [S], values: &[V], plus: impl Fn(S, W) -> S) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum = plus(*sum, (*value).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(arrays: &[Values]) -> Values {
        Values::sum(arrays.iter()).expect("there are arrays")
    }

    #[test]
    fn sums_of_integers_stay_exact_integers() {
        let counts = [Values::U32(vec![1, u32::MAX]), Values::U8(vec![2, 1])];
        assert_eq!(sum(&counts), Values::U64(vec![3, 1 << 32]));
        let many = (1 << 60) + 1;
        let counts = [Values::U64(vec![many]), Values::U64(vec![1])];
        assert_eq!(sum(&counts), Values::U64(vec![many + 1]));
        let signed = [Values::I32(vec![-5]), Values::U64(vec![3])];
        assert_eq!(sum(&signed), Values::I64(vec![-2]));
        let beyond = [Values::I64(vec![1]), Values::U64(vec![u64::MAX])];
        assert_eq!(sum(&beyond), Values::I64(vec![i64::MAX]));
    }

    #[test]
    fn with_a_float_all_are_floats() {
        let mixed = [Values::F32(vec![0.5, f32::NAN]), Values::U16(vec![2, 2])];
        let sum = sum(&mixed).to_f64();
        assert_eq!(sum[0], 2.5);
        assert!(sum[1].is_nan());
        assert_eq!(Values::sum([].iter()), None);
    }
}
