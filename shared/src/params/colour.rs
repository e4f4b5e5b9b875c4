//! Colours as browsers write them.

/// Red, green and blue of `#rrggbb`.
///
/// ```
/// use shared::params::rgb;
/// assert_eq!(rgb("#1f77b4"), Some([0x1f, 0x77, 0xb4]));
/// assert_eq!(rgb("blue"), None);
/// ```
pub fn rgb(text: &str) -> Option<[u8; 3]> {
    let is_hex = |it: &&str| it.len() == 6 && it.bytes().all(|b| b.is_ascii_hexdigit());
    let digits = text.strip_prefix('#').filter(is_hex)?;
    let part = |i: usize| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).ok();
    Some([part(0)?, part(1)?, part(2)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_browsers_read_them() {
        assert_eq!(rgb("#ff8001"), Some([255, 128, 1]));
        assert_eq!(rgb("ff8001"), None);
        assert_eq!(rgb("#ff80"), None);
        assert_eq!(rgb("#ff80é"), None);
        assert_eq!(rgb("#+f+f+f"), None);
    }
}
