//! A value with its standard uncertainty, both cut where the uncertainty says so.

use super::number::{
    AUTO_POWERS, Notation, NumberFormat, exact, rounded, scaled, with_power, without_minus_zero,
};

/// `value ± error`, the error rounded to two significant digits and the value to the same decimal.
///
/// A common power of ten is taken out of large and small numbers. Without a usable error the value stands alone
/// with six digits.
///
/// ```
/// use shared::plot::format::with_error;
/// assert_eq!(with_error(12.3456, 0.1234), "12.35 ± 0.12");
/// assert_eq!(with_error(1_234_567.0, 12_345.0), "(1.235 ± 0.012)×10⁶");
/// assert_eq!(with_error(100.0, 10.0), "100 ± 10");
/// assert_eq!(with_error(2.5, f64::NAN), "2.50000");
/// ```
pub fn with_error(value: f64, error: f64) -> String {
    let Some(measured) = Measured::new(value, error) else {
        return NumberFormat::significant(6).write(value);
    };
    let top = power_of(measured.largest());
    if AUTO_POWERS.contains(&top) {
        return measured.at_power(0).join(" ± ");
    }
    measured.scientific()
}

/// A value and its error, rounded to the decimal place of the error's second digit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::plot) struct Measured {
    value: f64,
    error: f64,
    /// The power of ten that both are multiples of.
    place: i32,
}

impl Measured {
    /// None without a usable error.
    pub(in crate::plot) fn new(value: f64, error: f64) -> Option<Self> {
        if !value.is_finite() || !error.is_finite() || error <= 0.0 {
            return None;
        }
        let (error, power) = rounded(error, 2);
        let place = power - 1;
        let steps = scaled(value, -place).round();
        let near = scaled(steps, place);
        // What is so much larger than its error has no digit to lose.
        let is_rounded = steps.abs() < LARGEST_EXACT && near.is_finite();
        Some(Self {
            value: if is_rounded { near } else { value },
            error,
            place,
        })
    }

    /// The larger of the two, whatever the sign.
    pub(in crate::plot) fn largest(self) -> f64 {
        self.value.abs().max(self.error)
    }

    /// Both as multiples of 10^`power`.
    pub(in crate::plot) fn at_power(self, power: i32) -> [String; 2] {
        let decimals = (power - self.place).max(0) as usize;
        [self.value, self.error]
            .map(|it| without_minus_zero(format!("{:.decimals$}", scaled(it, -power))))
    }

    /// Both, the larger one with one digit before the point, and the power of ten that this takes out of them.
    pub(in crate::plot) fn scientific(self) -> String {
        let top = power_of(self.largest());
        with_power(&format!("({})", self.at_power(top).join(" ± ")), top)
    }
}

/// The power of ten of the first digit.
fn power_of(value: f64) -> i32 {
    rounded(value, 17).1
}

/// `count ± error`: the count with every digit, since it is known exactly, its error to two significant ones.
///
/// ```
/// use shared::plot::format::count_with_error;
/// assert_eq!(count_with_error(1234.0, 35.128), "1234 ± 35");
/// assert_eq!(count_with_error(4e12, 2e6), "4000000000000 ± 2000000");
/// ```
pub fn count_with_error(count: f64, error: f64) -> String {
    let format = NumberFormat {
        notation: Notation::Plain,
        ..NumberFormat::significant(2)
    };
    format!("{} ± {}", exact(count), format.write(error))
}

/// Below it, whole numbers are their own neighbours.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_decides() {
        assert_eq!(with_error(0.0996, 0.0996), "0.10 ± 0.10");
        assert_eq!(with_error(12.0, 250.0), "10 ± 250");
        assert_eq!(with_error(95_716.0, 309.4), "95720 ± 310");
        assert_eq!(with_error(1_095_716.0, 1_046.765), "(1.0957 ± 0.0010)×10⁶");
        assert_eq!(with_error(99_999.7, 12.0), "100000 ± 12");
        assert_eq!(with_error(0.0, 3e-7), "(0.0 ± 3.0)×10⁻⁷");
        assert_eq!(with_error(-0.001, 0.5), "0.00 ± 0.50");
        let largest = Measured::new(f64::MAX, f64::MAX / 10.0).expect("both are finite");
        assert_eq!(largest.value, f64::MAX, "rounded up it would be infinite");
        assert_eq!(with_error(3.0, 0.0), "3.00000");
    }
}
