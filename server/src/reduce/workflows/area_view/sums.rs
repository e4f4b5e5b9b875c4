//! Sums of numbers per pixel whose type widens and never narrows again: results of one generation can be
//! compared, and differ as little as their values do.

use shared::data::Values;

use crate::wire::ElementsLe;

/// Sums since the last look and of all before. Whole numbers are exact and stay at the limits of `i64`; floats are
/// kept in double precision.
pub(super) enum Sums {
    /// Of unsigned numbers alone, or of signed ones too.
    Whole {
        both: Both<i64>,
        sign: Sign,
        width: [Width; 2],
    },
    Float(Both<f64>),
}

pub(super) struct Both<T> {
    sum: Vec<T>,
    window: Vec<T>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Unsigned,
    Signed,
}

/// Whether every value so far was one of 32 bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    Bits32,
    Bits64,
}

impl Sums {
    /// What a pixel takes in memory.
    pub(super) const PIXEL_BYTES: usize = 2 * size_of::<i64>();

    /// Nothing on `pixels` pixels.
    pub(super) fn zero(pixels: usize) -> Self {
        Self::Whole {
            both: Both {
                sum: vec![0; pixels],
                window: vec![0; pixels],
            },
            sign: Sign::Unsigned,
            width: [Width::Bits32; 2],
        }
    }

    /// Adds one number per pixel; text adds nothing.
    pub(super) fn add(&mut self, data: &ElementsLe<'_>) {
        self.admit(data);
        match self {
            Self::Whole { both, .. } => add_whole(&mut both.window, data),
            Self::Float(both) => add_float(&mut both.window, data),
        }
    }

    /// The sum of everything, and that since the last call.
    pub(super) fn take_window(&mut self) -> (Values, Values) {
        match self {
            Self::Whole { both, sign, width } => {
                let window = both.take_window(i64::saturating_add);
                let sum = whole(&both.sum, *sign, &mut width[0]);
                (sum, whole(&window, *sign, &mut width[1]))
            }
            Self::Float(both) => {
                let window = both.take_window(|a, b| a + b);
                (Values::F64(both.sum.clone()), Values::F64(window))
            }
        }
    }

    /// Makes room for numbers of this type.
    fn admit(&mut self, data: &ElementsLe<'_>) {
        let Self::Whole { both, sign, .. } = self else {
            return;
        };
        match data {
            ElementsLe::F32(_) | ElementsLe::F64(_) => {
                let floats = |sums: &[i64]| sums.iter().map(|sum| *sum as f64).collect();
                let (sum, window) = (floats(&both.sum), floats(&both.window));
                *self = Self::Float(Both { sum, window });
            }
            ElementsLe::I8(_) | ElementsLe::I16(_) | ElementsLe::I32(_) | ElementsLe::I64(_) => {
                *sign = Sign::Signed;
            }
            _ => {}
        }
    }
}

impl<T: Copy + Default> Both<T> {
    fn take_window(&mut self, add: impl Fn(T, T) -> T) -> Vec<T> {
        let pairs = self.window.iter_mut().zip(&mut self.sum);
        pairs
            .map(|(window, sum)| {
                *sum = add(*sum, *window);
                std::mem::take(window)
            })
            .collect()
    }
}

/// One loop per element type, so that each one is compiled for it.
macro_rules! each {
    ($sums:expr, $view:expr, |$sum:ident, $value:ident| $added:expr) => {
        for (sum, $value) in $sums.iter_mut().zip($view.iter()) {
            let $sum = *sum;
            *sum = $added;
        }
    };
}

fn add_whole(sums: &mut [i64], data: &ElementsLe<'_>) {
    match data {
        ElementsLe::I8(view) => each!(sums, view, |sum, it| sum.saturating_add(i64::from(it))),
        ElementsLe::U8(view) => each!(sums, view, |sum, it| sum.saturating_add(i64::from(it))),
        ElementsLe::I16(view) => each!(sums, view, |sum, it| sum.saturating_add(i64::from(it))),
        ElementsLe::U16(view) => each!(sums, view, |sum, it| sum.saturating_add(i64::from(it))),
        ElementsLe::I32(view) => each!(sums, view, |sum, it| sum.saturating_add(i64::from(it))),
        ElementsLe::U32(view) => each!(sums, view, |sum, it| sum.saturating_add(i64::from(it))),
        ElementsLe::I64(view) => each!(sums, view, |sum, it| sum.saturating_add(it)),
        ElementsLe::U64(view) => {
            each!(sums, view, |sum, it| sum
                .saturating_add(i64::try_from(it).unwrap_or(i64::MAX)));
        }
        ElementsLe::F32(_) | ElementsLe::F64(_) | ElementsLe::Text(_) => {}
    }
}

fn add_float(sums: &mut [f64], data: &ElementsLe<'_>) {
    match data {
        ElementsLe::I8(view) => each!(sums, view, |sum, it| sum + f64::from(it)),
        ElementsLe::U8(view) => each!(sums, view, |sum, it| sum + f64::from(it)),
        ElementsLe::I16(view) => each!(sums, view, |sum, it| sum + f64::from(it)),
        ElementsLe::U16(view) => each!(sums, view, |sum, it| sum + f64::from(it)),
        ElementsLe::I32(view) => each!(sums, view, |sum, it| sum + f64::from(it)),
        ElementsLe::U32(view) => each!(sums, view, |sum, it| sum + f64::from(it)),
        ElementsLe::I64(view) => each!(sums, view, |sum, it| sum + it as f64),
        ElementsLe::U64(view) => each!(sums, view, |sum, it| sum + it as f64),
        ElementsLe::F32(view) => each!(sums, view, |sum, it| sum + f64::from(it)),
        ElementsLe::F64(view) => each!(sums, view, |sum, it| sum + it),
        ElementsLe::Text(_) => {}
    }
}

/// The values in the narrowest type that `sign` and `width` allow; wider from now on if they do not fit.
fn whole(sums: &[i64], sign: Sign, width: &mut Width) -> Values {
    let fits = |sum: &i64| match sign {
        Sign::Unsigned => u32::try_from(*sum).is_ok(),
        Sign::Signed => i32::try_from(*sum).is_ok(),
    };
    if !sums.iter().all(fits) {
        *width = Width::Bits64;
    }
    match (sign, *width) {
        (Sign::Unsigned, Width::Bits32) => {
            Values::U32(sums.iter().map(|sum| *sum as u32).collect())
        }
        (Sign::Unsigned, Width::Bits64) => {
            Values::U64(sums.iter().map(|sum| *sum as u64).collect())
        }
        (Sign::Signed, Width::Bits32) => Values::I32(sums.iter().map(|sum| *sum as i32).collect()),
        (Sign::Signed, Width::Bits64) => Values::I64(sums.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(sums: &mut Sums, data: ElementsLe<'_>) -> (Values, Values) {
        sums.add(&data);
        sums.take_window()
    }

    #[test]
    fn the_type_comes_from_the_wire_and_not_from_the_values() {
        let mut sums = Sums::zero(2);
        let (sum, window) = added(&mut sums, (&[1_i32, 2][..]).into());
        assert_eq!(
            (sum, window),
            (Values::I32(vec![1, 2]), Values::I32(vec![1, 2]))
        );
        let (sum, _) = added(&mut sums, (&[-3_i8, 0][..]).into());
        assert_eq!(sum, Values::I32(vec![-2, 2]));
    }

    #[test]
    fn what_was_wide_once_stays_wide() {
        let mut sums = Sums::zero(1);
        assert_eq!(
            added(&mut sums, (&[u32::MAX][..]).into()).0,
            Values::U32(vec![u32::MAX])
        );
        let (sum, window) = added(&mut sums, (&[1_u32][..]).into());
        assert_eq!(
            (sum, window),
            (Values::U64(vec![1 << 32]), Values::U32(vec![1]))
        );
        let (sum, window) = added(&mut sums, (&[-5_i64][..]).into());
        assert_eq!(
            (sum, window),
            (Values::I64(vec![(1 << 32) - 5]), Values::I32(vec![-5]))
        );
        let (sum, _) = added(&mut sums, (&[-(1_i64 << 32)][..]).into());
        assert_eq!(
            sum,
            Values::I64(vec![-5]),
            "small again, and as wide as before"
        );
    }

    #[test]
    fn floats_go_on_from_what_was_counted() {
        let mut sums = Sums::zero(1);
        added(&mut sums, (&[7_u8][..]).into());
        let (sum, window) = added(&mut sums, (&[0.5_f32][..]).into());
        assert_eq!(
            (sum, window),
            (Values::F64(vec![7.5]), Values::F64(vec![0.5]))
        );
        assert_eq!(
            added(&mut sums, (&[1_u8][..]).into()).0,
            Values::F64(vec![8.5])
        );
    }

    #[test]
    fn full_sums_stay_full() {
        let mut sums = Sums::zero(2);
        for _ in 0..3 {
            sums.add(&(&[i64::MAX, i64::MIN][..]).into());
            sums.add(&(&[1_u8, 0][..]).into());
            sums.take_window();
        }
        assert_eq!(sums.take_window().0, Values::I64(vec![i64::MAX, i64::MIN]));
        let mut sums = Sums::zero(1);
        assert_eq!(
            added(&mut sums, (&[u64::MAX][..]).into()).0,
            Values::U64(vec![i64::MAX as u64])
        );
    }
}
