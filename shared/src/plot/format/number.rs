//! Plain, scientific and engineering notation to a number of significant digits.

use crate::plot::ticks::superscript;

/// Beyond these magnitudes [`Notation::Auto`] turns scientific.
pub(super) const AUTO_POWERS: std::ops::RangeInclusive<i32> = -4..=5;

/// What is computed in double precision is good to more digits than anybody measures.
const READ_OUT_DIGITS: usize = 9;

/// Between thousands: a narrow space that does not break.
const GROUP_SEPARATOR: &str = "\u{202f}";

/// How powers of ten are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notation {
    /// Plain between 0.0001 and 999,999, else scientific.
    #[default]
    Auto,
    /// Never a power of ten.
    Plain,
    /// One digit before the point.
    Scientific,
    /// Powers of a thousand.
    Engineering,
}

/// How a number is written.
///
/// ```
/// use shared::plot::format::{NumberFormat, Notation};
/// let three = NumberFormat::significant(3);
/// assert_eq!(three.write(0.012345), "0.0123");
/// assert_eq!(three.write(-0.0), "0.00");
/// assert_eq!(three.write(1_234_567.0), "1.23×10⁶");
/// let engineering = NumberFormat { notation: Notation::Engineering, ..three };
/// assert_eq!(engineering.write(12_345.0), "12.3×10³");
/// let grouped = NumberFormat { notation: Notation::Plain, grouped: true, ..three };
/// assert_eq!(grouped.write(1_234_567.0), "1\u{202f}230\u{202f}000");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    /// Significant digits, at least one.
    pub digits: usize,
    /// How powers of ten are written.
    pub notation: Notation,
    /// Whether thousands are set apart from five digits on.
    pub grouped: bool,
}

impl NumberFormat {
    /// So many digits, in the notation that suits the number.
    pub const fn significant(digits: usize) -> Self {
        Self {
            digits,
            notation: Notation::Auto,
            grouped: false,
        }
    }

    /// The number in this form; `NaN`, `∞` and `-∞` by name.
    pub fn write(self, value: f64) -> String {
        if !value.is_finite() {
            return not_finite(value);
        }
        let digits = self.digits.clamp(1, 17);
        let (rounded, power) = rounded(value, digits);
        let is_plain = match self.notation {
            Notation::Auto => AUTO_POWERS.contains(&power),
            Notation::Plain => true,
            Notation::Scientific | Notation::Engineering => false,
        };
        if is_plain {
            let decimals = (digits as i32 - 1 - power).max(0) as usize;
            let text = without_minus_zero(format!("{rounded:.decimals$}"));
            return if self.grouped {
                group_thousands(&text)
            } else {
                text
            };
        }
        let step = if self.notation == Notation::Engineering {
            3
        } else {
            1
        };
        let power_shown = power.div_euclid(step) * step;
        let decimals = (digits as i32 - 1 - (power - power_shown)).max(0) as usize;
        with_power(
            &format!("{:.decimals$}", scaled(rounded, -power_shown)),
            power_shown,
        )
    }
}

/// Every digit that tells the number from its neighbours, and no more: integers in full up to 10^15.
///
/// ```
/// use shared::plot::format::exact;
/// assert_eq!(exact(0.1), "0.1");
/// assert_eq!(exact(4_294_967_296.0), "4294967296");
/// assert_eq!(exact(-2.5e-7), "-2.5×10⁻⁷");
/// ```
pub fn exact(value: f64) -> String {
    if !value.is_finite() {
        return not_finite(value);
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    if (1e-4..1e15).contains(&value.abs()) {
        return value.to_string();
    }
    let text = format!("{value:e}");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    with_power(mantissa, power.parse().unwrap_or_default())
}

/// A value as a cursor reads it: whole numbers in full, others to the digits that are no noise of computing: nine, or
/// those that tell a number of single precision from its neighbours.
///
/// ```
/// use shared::plot::format::read_out;
/// assert_eq!(read_out(3839.000000000001, false), "3839");
/// assert_eq!(read_out(302.52820974183186, false), "302.52821");
/// assert_eq!(read_out(f64::from(0.1_f32), true), "0.1");
/// assert_eq!(read_out(12_345_678_901.0, false), "12345678901");
/// ```
pub fn read_out(value: f64, is_single: bool) -> String {
    if value.fract() == 0.0 || !value.is_finite() {
        return exact(value);
    }
    let near = if is_single {
        (value as f32).to_string().parse().unwrap_or(value)
    } else {
        rounded(value, READ_OUT_DIGITS).0
    };
    exact(near)
}

/// A place along an axis: indices and whole numbers as they are, others to six significant digits.
///
/// ```
/// use shared::plot::format::place;
/// assert_eq!(place(3.0), "3");
/// assert_eq!(place(35.5), "35.5000");
/// ```
pub fn place(value: f64) -> String {
    if value.fract() == 0.0 {
        exact(value)
    } else {
        NumberFormat::significant(6).write(value)
    }
}

/// The number with as many decimals as a step of `resolution` (one pixel, say) can tell apart.
///
/// ```
/// use shared::plot::format::to_resolution;
/// assert_eq!(to_resolution(12.345_678, 0.02), "12.35");
/// assert_eq!(to_resolution(12.345_678, 5.0), "12");
/// ```
pub fn to_resolution(value: f64, resolution: f64) -> String {
    if !(value.is_finite() && resolution.is_finite() && resolution > 0.0) {
        return exact(value);
    }
    let (_, power) = rounded(value, 1);
    let digits = power - resolution.log10().floor() as i32 + 1;
    if value == 0.0 || digits < 1 {
        let decimals = (-resolution.log10().floor()).clamp(0.0, 17.0) as usize;
        return without_minus_zero(format!("{value:.decimals$}"));
    }
    let plain = AUTO_POWERS.contains(&power);
    let digits = if plain { digits.max(power + 1) } else { digits };
    NumberFormat::significant(digits as usize).write(value)
}

/// A number and its unit; nothing is added where there is no unit.
///
/// ```
/// use shared::plot::format::with_unit;
/// assert_eq!(with_unit("3.2", "mm"), "3.2 mm");
/// assert_eq!(with_unit("3.2", "dimensionless"), "3.2");
/// ```
pub fn with_unit(number: &str, unit: &str) -> String {
    match unit {
        "" | "dimensionless" | "one" | "1" => number.to_owned(),
        unit => format!("{number} {unit}"),
    }
}

/// Sets thousands apart by narrow spaces when there are five digits or more before the point.
pub fn group_thousands(number: &str) -> String {
    let digits = number.trim_start_matches('-');
    let sign = &number[..number.len() - digits.len()];
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    if whole.len() < 5 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut text = sign.to_owned();
    for (idx, digit) in whole.chars().enumerate() {
        if idx > 0 && (whole.len() - idx).is_multiple_of(3) {
            text.push_str(GROUP_SEPARATOR);
        }
        text.push(digit);
    }
    text.push_str(fraction);
    text
}

/// The value rounded to significant digits, and the power of ten of its first digit after rounding.
pub(super) fn rounded(value: f64, digits: usize) -> (f64, i32) {
    let text = format!("{value:.*e}", digits - 1);
    let power = text
        .split_once('e')
        .and_then(|(_, power)| power.parse().ok());
    let near = text.parse().ok().filter(|near: &f64| near.is_finite());
    (near.unwrap_or(value), power.unwrap_or_default())
}

/// `value` × 10^`power`, in two steps where the power alone would overflow.
pub(super) fn scaled(value: f64, power: i32) -> f64 {
    match power {
        -300..0 => value / 10.0_f64.powi(-power),
        0..=300 => value * 10.0_f64.powi(power),
        _ => value * 10.0_f64.powi(power / 2) * 10.0_f64.powi(power - power / 2),
    }
}

/// `1.5` and 6 as `1.5×10⁶`.
pub(in crate::plot) fn with_power(mantissa: &str, power: i32) -> String {
    match power {
        0 => mantissa.to_owned(),
        power => format!("{mantissa}×10{}", superscript(power)),
    }
}

/// `-0.00` as `0.00`.
pub(super) fn without_minus_zero(text: String) -> String {
    match text.strip_prefix('-') {
        Some(digits) if !digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) => {
            digits.to_owned()
        }
        _ => text,
    }
}

fn not_finite(value: f64) -> String {
    let name = if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "∞"
    } else {
        "-∞"
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_may_carry_into_a_new_digit() {
        let three = NumberFormat::significant(3);
        assert_eq!(three.write(9.996), "10.0");
        assert_eq!(three.write(999_999.0), "1.00×10⁶");
        assert_eq!(three.write(-0.000_12), "-0.000120");
        assert_eq!(three.write(0.000_012), "1.20×10⁻⁵");
        assert_eq!(three.write(f64::NAN), "NaN");
        assert_eq!(three.write(5e-324), "4.94×10⁻³²⁴");
        assert_eq!(three.write(f64::MAX), "1.80×10³⁰⁸");
    }

    #[test]
    fn thousands_from_five_digits() {
        assert_eq!(group_thousands("1234"), "1234");
        assert_eq!(group_thousands("-12345.678"), "-12\u{202f}345.678");
        assert_eq!(group_thousands("1.5×10⁶"), "1.5×10⁶");
    }

    #[test]
    fn exact_says_every_digit() {
        assert_eq!(exact(123_456_789_012.0), "123456789012");
        assert_eq!(exact(-0.0), "0");
        assert_eq!(exact(1e300), "1×10³⁰⁰");
        assert_eq!(exact(f64::NEG_INFINITY), "-∞");
        assert_eq!(exact(0.1 + 0.2), "0.30000000000000004");
    }

    #[test]
    fn decimals_follow_the_resolution() {
        assert_eq!(to_resolution(-0.001, 0.1), "0.0");
        assert_eq!(to_resolution(0.0, 0.25), "0.0");
        assert_eq!(to_resolution(123_456.7, 30.0), "123457");
        assert_eq!(to_resolution(3e7, 1e5), "3.00×10⁷");
        assert_eq!(to_resolution(1.5, 0.0), "1.5");
    }
}
