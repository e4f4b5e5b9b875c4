//! Lengths of time as a person would say them. Whole units are cut, not rounded: `3 min` until four have passed.

/// A length of time in seconds: `230 ms`, `2.3 s`, `41 s`, `3 min`, `2 h 5 min`, `3 d 4 h`.
///
/// ```
/// use shared::plot::format::duration;
/// assert_eq!(duration(2.34), "2.3 s");
/// assert_eq!(duration(41.9), "41 s");
/// assert_eq!(duration(200.0), "3 min");
/// assert_eq!(duration(7_500.0), "2 h 5 min");
/// ```
pub fn duration(seconds: f64) -> String {
    if !seconds.is_finite() {
        return "unknown".to_owned();
    }
    let sign = if seconds < 0.0 { "-" } else { "" };
    format!("{sign}{}", positive(seconds.abs()))
}

/// How long ago something was, in seconds. Clocks that differ may say that it is yet to come; it was now.
///
/// ```
/// use shared::plot::format::ago;
/// assert_eq!(ago(0.3), "now");
/// assert_eq!(ago(-2.0), "now");
/// assert_eq!(ago(61.0), "1 min ago");
/// ```
pub fn ago(seconds: f64) -> String {
    if seconds < 1.0 {
        "now".to_owned()
    } else {
        format!("{} ago", duration(seconds))
    }
}

fn positive(seconds: f64) -> String {
    let whole = seconds as u64;
    match seconds {
        0.0 => "0 s".to_owned(),
        s if s < 1e-6 => format!("{} ns", (s * 1e9).round()),
        s if s < 1e-3 => format!("{} µs", (s * 1e6).floor()),
        s if s < 1.0 => format!("{} ms", (s * 1e3).floor()),
        s if s < 10.0 => format!("{:.1} s", (s * 10.0).floor() / 10.0),
        s if s < 60.0 => format!("{whole} s"),
        s if s < 3600.0 => format!("{} min", whole / 60),
        s if s < 86_400.0 => two(whole / 3600, "h", whole / 60 % 60, "min"),
        _ => two(whole / 86_400, "d", whole / 3600 % 24, "h"),
    }
}

fn two(large: u64, large_unit: &str, small: u64, small_unit: &str) -> String {
    match small {
        0 => format!("{large} {large_unit}"),
        small => format!("{large} {large_unit} {small} {small_unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit() {
        let said = [
            0.0, 2e-8, 5e-5, 0.23, 9.99, 59.9, 60.0, 3_599.0, 3_600.0, 273_600.0,
        ]
        .map(duration);
        let expected = [
            "0 s", "20 ns", "50 µs", "230 ms", "9.9 s", "59 s", "1 min", "59 min", "1 h", "3 d 4 h",
        ];
        assert_eq!(said, expected);
        assert_eq!(duration(-5.0), "-5.0 s");
        assert_eq!(duration(f64::NAN), "unknown");
    }
}
