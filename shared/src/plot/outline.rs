//! Polylines of curves and histograms as points in data space, broken where there are no values.

use std::ops;

/// The stretches of consecutive indices below `n` for which there is a value, in order.
///
/// ```
/// use shared::plot::runs;
/// let values = [1.0, f64::NAN, 2.0, 3.0];
/// let found: Vec<_> = runs(values.len(), |i| values[i].is_finite()).collect();
/// assert_eq!(found, [0..1, 2..4]);
/// ```
pub fn runs(
    n: usize,
    has_value: impl Fn(usize) -> bool,
) -> impl Iterator<Item = ops::Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let start = (next..n).find(|i| has_value(*i))?;
        let end = (start..n).find(|i| !has_value(*i)).unwrap_or(n);
        next = end;
        Some(start..end)
    })
}

/// The outline of the bins `bins` of a histogram: two points per bin, from left edge to right edge.
///
/// `edges` has one element more than there are values. The outline is open: whether it falls to a base line at
/// its ends is for whoever draws it.
///
/// ```
/// use shared::plot::step_outline;
/// let outline: Vec<_> = step_outline(0..2, |i| [0.0, 1.0, 3.0][i], |i| [5.0, 7.0][i]).collect();
/// assert_eq!(outline, [(0.0, 5.0), (1.0, 5.0), (1.0, 7.0), (3.0, 7.0)]);
/// ```
pub fn step_outline(
    bins: ops::Range<usize>,
    edge: impl Fn(usize) -> f64,
    value: impl Fn(usize) -> f64,
) -> impl Iterator<Item = (f64, f64)> {
    bins.flat_map(move |i| [(edge(i), value(i)), (edge(i + 1), value(i))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_nothing_and_of_all() {
        assert_eq!(runs(0, |_| true).count(), 0);
        assert_eq!(runs(3, |_| false).count(), 0);
        assert!(runs(3, |_| true).eq(std::iter::once(0..3)));
        assert_eq!(
            runs(5, |i| i % 2 == 0).collect::<Vec<_>>(),
            [0..1, 2..3, 4..5]
        );
    }
}
