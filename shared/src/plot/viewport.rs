//! Moving the visible range of one axis: pan, zoom about a point, zoom to a box. Distances are fractions of what is
//! visible, so the same gesture feels the same on linear and logarithmic axes.

use super::{Range, Scale};

/// The part of a range between two positions in it (0 at `lo`, 1 at `hi`, beyond outside), in either order.
///
/// Every gesture is one call of this. What would be empty, too narrow for floats to tell its values apart, or
/// beyond the largest numbers leaves the range as it is.
///
/// ```
/// use shared::plot::{Range, Scale, between};
/// let range = Range::new(1.0, 100.0).unwrap();
/// assert_eq!(between(range, Scale::Log, 0.5, 1.0), Range::new(10.0, 100.0).unwrap());
/// assert_eq!(between(range, Scale::Log, 0.5, 0.5), range);
/// ```
pub fn between(range: Range, scale: Scale, from: f64, to: f64) -> Range {
    let range = range.admitted(scale).widened(scale);
    let ends = [from, to].map(|unit| scale.data_from_unit(range, unit));
    let Some(part) = Range::new(ends[0], ends[1]) else {
        return range;
    };
    let is_cut = part.lo() > ends[0].min(ends[1]) || part.hi() < ends[0].max(ends[1]);
    let resolution = 64.0 * f64::EPSILON * part.lo().abs().max(part.hi().abs());
    let is_positive = !scale.is_log() || part.lo() > 1e-300;
    if is_cut || !is_positive || part.span() <= resolution || part.is_degenerate() {
        return range;
    }
    part
}

/// Moves a range by a fraction of itself: positive towards larger values.
///
/// ```
/// use shared::plot::{Range, Scale, pan};
/// let range = Range::new(0.0, 10.0).unwrap();
/// assert_eq!(pan(range, Scale::Linear, 0.5), Range::new(5.0, 15.0).unwrap());
/// ```
pub fn pan(range: Range, scale: Scale, by: f64) -> Range {
    between(range, scale, by, 1.0 + by)
}

/// Shows `factor` times as much, keeping the value at position `at` where it is: below 1 zooms in.
///
/// ```
/// use shared::plot::{Range, Scale, zoom_about};
/// let range = Range::new(0.0, 8.0).unwrap();
/// assert_eq!(zoom_about(range, Scale::Linear, 0.25, 0.5), Range::new(1.0, 5.0).unwrap());
/// ```
pub fn zoom_about(range: Range, scale: Scale, at: f64, factor: f64) -> Range {
    between(range, scale, at - at * factor, at + (1.0 - at) * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(lo: f64, hi: f64) -> Range {
        Range::new(lo, hi).unwrap()
    }

    #[test]
    fn a_log_axis_pans_by_ratios() {
        let moved = pan(range(1.0, 100.0), Scale::Log, 0.5);
        assert!((moved.lo() - 10.0).abs() < 1e-9 && (moved.hi() - 1000.0).abs() < 1e-9);
    }

    #[test]
    fn zooming_ends_where_floats_end() {
        let mut shown = range(3.0, 4.0);
        for _ in 0..500 {
            shown = zoom_about(shown, Scale::Linear, 0.3, 0.5);
        }
        assert!(shown.span() > 1e-14 && shown.span() < 1e-12, "{shown:?}");
        for _ in 0..5000 {
            shown = zoom_about(shown, Scale::Linear, 0.3, 2.0);
        }
        assert!(
            shown.span() > 1e298 && shown.span().is_finite(),
            "{shown:?}"
        );
        let mut log = range(1.0, 10.0);
        for _ in 0..5000 {
            log = zoom_about(log, Scale::Log, 0.3, 2.0);
        }
        assert!(log.lo() > 0.0 && log.span().is_finite(), "{log:?}");
    }

    #[test]
    fn nonsense_changes_nothing() {
        let shown = range(3.0, 4.0);
        assert_eq!(between(shown, Scale::Linear, f64::NAN, 1.0), shown);
        assert_eq!(zoom_about(shown, Scale::Linear, 0.5, 0.0), shown);
        assert_eq!(pan(shown, Scale::Linear, f64::INFINITY), shown);
    }
}
