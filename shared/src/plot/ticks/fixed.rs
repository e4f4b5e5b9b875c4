//! Labels written from integers, so that 0.1 + 0.2 never shows as 0.30000000000000004.

/// Raised digits of an exponent: `-3` as `⁻³`.
pub(in crate::plot) fn superscript(exponent: i32) -> String {
    exponent
        .to_string()
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            _ => '⁹',
        })
        .collect()
}

/// `n` × 10^`power` in full, with a true minus sign: `(-15, -1)` as `−1.5`, `(2, 3)` as `2000`.
pub(super) fn fixed(n: i64, power: i32) -> String {
    let sign = if n < 0 { "−" } else { "" };
    let digits = n.unsigned_abs().to_string();
    if n == 0 && power >= 0 {
        return digits;
    }
    if power >= 0 {
        return format!("{sign}{digits}{}", "0".repeat(power as usize));
    }
    let decimals = power.unsigned_abs() as usize;
    let digits = format!("{digits:0>width$}", width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    format!("{sign}{whole}.{fraction}")
}

/// `n` × 10^`power` as a number, correctly rounded while both factors are exact (up to 10^22).
pub(super) fn value(n: i64, power: i32) -> f64 {
    if power >= 0 {
        n as f64 * 10.0_f64.powi(power)
    } else {
        n as f64 / 10.0_f64.powi(-power)
    }
}

/// The power of ten that an axis takes out of its labels when its largest one is about 10^`magnitude`:
/// a multiple of three, or none between 0.001 and 99,999.
pub(super) fn shared_exponent(magnitude: i32) -> i32 {
    if (-3..=4).contains(&magnitude) {
        0
    } else {
        magnitude.div_euclid(3) * 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_become_decimals() {
        assert_eq!(fixed(3, -1), "0.3");
        assert_eq!(fixed(-15, -1), "−1.5");
        assert_eq!(fixed(20, -1), "2.0");
        assert_eq!(fixed(2, 3), "2000");
        assert_eq!(fixed(0, 3), "0");
        assert_eq!(fixed(0, -2), "0.00");
        assert_eq!(superscript(-12), "⁻¹²");
    }

    #[test]
    fn values_are_the_nearest_floats() {
        assert_eq!(value(3, -1), 0.3);
        assert_eq!(value(7, -20), 7e-20);
        assert_eq!(value(5, 22), 5e22);
    }

    #[test]
    fn exponents_come_in_threes() {
        assert_eq!(shared_exponent(4), 0);
        assert_eq!(shared_exponent(5), 3);
        assert_eq!(shared_exponent(6), 6);
        assert_eq!(shared_exponent(-4), -6);
    }
}
