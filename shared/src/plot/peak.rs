//! The largest value of a curve in sight, and how wide it is.

use super::Range;

/// The largest point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeakPoint {
    /// Which point it is.
    pub index: usize,
    /// The full width at half maximum, where the curve comes down to half of it on both sides in sight.
    pub fwhm: Option<f64>,
}

/// The peak of a curve of `n` points `(x, y)`, ascending in x, among those inside two ranges.
///
/// Half of the maximum is half of the way from zero; between points the curve is a straight line, and the width ends
/// where it first comes down to half. What is not finite is a gap, beyond which nothing is looked for.
///
/// ```
/// use shared::plot::{PeakPoint, Range, peak_of};
/// let y = [0.0, 2.0, 8.0, 2.0, 0.0];
/// let all = Range::new(-10.0, 10.0).unwrap();
/// let peak = peak_of(5, |i| (i as f64, y[i]), [all, all]).unwrap();
/// assert_eq!(peak.index, 2);
/// assert!((peak.fwhm.unwrap() - 4.0 / 3.0).abs() < 1e-12);
/// ```
pub fn peak_of(
    n: usize,
    point: impl Fn(usize) -> (f64, f64),
    shown: [Range; 2],
) -> Option<PeakPoint> {
    let [x_shown, y_shown] = shown;
    let in_sight = |i: &usize| {
        let (x, y) = point(*i);
        x_shown.contains(x) && y_shown.contains(y)
    };
    let larger = |best: usize, i: usize| if point(i).1 > point(best).1 { i } else { best };
    let index = (0..n).filter(in_sight).reduce(larger)?;
    let in_sight = |i| Some(point(i)).filter(|(x, _)| x_shown.contains(*x));
    Some(PeakPoint {
        index,
        fwhm: full_width(n, in_sight, index),
    })
}

/// The full width at half maximum of a curve of `n` points `(x, y)` around its point `top`: the distance between the
/// places to its left and right where straight lines between points first come down to half of it, which is half of
/// the way from zero.
///
/// None of a top that is not above zero, and where the curve ends before it has come down: at its last point, where
/// `point` tells none, or at one that is not finite.
pub(super) fn full_width(
    n: usize,
    point: impl Fn(usize) -> Option<(f64, f64)>,
    top: usize,
) -> Option<f64> {
    let half = point(top)?.1 / 2.0;
    if half.is_nan() || half <= 0.0 {
        return None;
    }
    let crossing = |steps: &mut dyn Iterator<Item = usize>| {
        let mut inner = point(top)?;
        for i in steps {
            let outer = point(i).filter(|(_, y)| y.is_finite())?;
            if outer.1 <= half {
                let part = (inner.1 - half) / (inner.1 - outer.1);
                return Some(inner.0 + part * (outer.0 - inner.0));
            }
            inner = outer;
        }
        None
    };
    let left = crossing(&mut (0..top).rev())?;
    let right = crossing(&mut (top + 1..n))?;
    Some((right - left).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Range {
        Range::new(-1e9, 1e9).unwrap()
    }

    fn peak(y: &[f64], x: Range) -> Option<PeakPoint> {
        peak_of(y.len(), |i| (i as f64, y[i]), [x, all()])
    }

    #[test]
    fn a_gaussian_is_as_wide_as_it_is() {
        let sigma = 40.0;
        let y: Vec<f64> = (0..1000)
            .map(|i| 7.0 * (-(f64::from(i) - 500.0).powi(2) / (2.0 * sigma * sigma)).exp())
            .collect();
        let found = peak(&y, all()).unwrap();
        assert_eq!(found.index, 500);
        let expected = 2.0 * (2.0 * 2.0_f64.ln()).sqrt() * sigma;
        assert!((found.fwhm.unwrap() - expected).abs() < 0.01);
    }

    #[test]
    fn shoulders_at_half_of_the_maximum_are_not_part_of_the_peak() {
        let found = peak(&[0.0, 4.0, 4.0, 8.0, 4.0, 4.0, 0.0], all()).unwrap();
        assert_eq!(found.fwhm, Some(2.0));
    }

    #[test]
    fn what_is_out_of_sight_does_not_count() {
        let y = [1.0, 9.0, 1.0, 5.0, 1.0];
        assert_eq!(peak(&y, all()).unwrap().index, 1);
        let right = Range::new(2.0, 4.0).unwrap();
        assert_eq!(peak(&y, right).unwrap().index, 3);
        let narrow = Range::new(3.0, 4.0).unwrap();
        assert_eq!(
            peak(&y, narrow),
            Some(PeakPoint {
                index: 3,
                fwhm: None
            })
        );
        let below = Range::new(0.0, 6.0).unwrap();
        let clipped = peak_of(5, |i| (i as f64, y[i]), [all(), below]).unwrap();
        assert_eq!(clipped.index, 3);
        assert_eq!(peak(&y, Range::new(7.0, 8.0).unwrap()), None);
        assert_eq!(peak(&[f64::NAN], all()), None);
    }

    #[test]
    fn a_gap_or_a_negative_peak_has_no_width() {
        assert_eq!(peak(&[0.0, f64::NAN, 4.0, 0.0], all()).unwrap().fwhm, None);
        assert_eq!(peak(&[-9.0, -4.0, -9.0], all()).unwrap().fwhm, None);
    }
}
