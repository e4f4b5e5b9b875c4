//! A value with its standard uncertainty, both cut where the uncertainty says so.

use super::number::{NumberFormat, exact, rounded, scaled, with_power, without_minus_zero};

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
    if !value.is_finite() || !error.is_finite() || error <= 0.0 {
        return NumberFormat::significant(6).write(value);
    }
    let (error, error_power) = rounded(error, 2);
    let (_, value_power) = rounded(value, 6);
    let top = if value == 0.0 {
        error_power
    } else {
        value_power.max(error_power)
    };
    let power = if (-4..=5).contains(&top) { 0 } else { top };
    let decimals = (1 - error_power + power).max(0) as usize;
    let write = |v: f64| without_minus_zero(format!("{:.decimals$}", scaled(v, -power)));
    let text = format!("{} ± {}", write(value), write(error));
    if power == 0 {
        text
    } else {
        with_power(&format!("({text})"), power)
    }
}

/// `count ± error`: the count with every digit, since it is known exactly, its error to two significant ones.
///
/// ```
/// use shared::plot::format::count_with_error;
/// assert_eq!(count_with_error(1234.0, 35.128), "1234 ± 35");
/// ```
pub fn count_with_error(count: f64, error: f64) -> String {
    let error = NumberFormat::significant(2).write(error);
    format!("{} ± {error}", exact(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_decides() {
        assert_eq!(with_error(0.0996, 0.0996), "0.10 ± 0.10");
        assert_eq!(with_error(5.0, 250.0), "5 ± 250");
        assert_eq!(with_error(0.0, 3e-7), "(0.0 ± 3.0)×10⁻⁷");
        assert_eq!(with_error(-0.001, 0.5), "0.00 ± 0.50");
        assert_eq!(with_error(3.0, 0.0), "3.00000");
    }
}
