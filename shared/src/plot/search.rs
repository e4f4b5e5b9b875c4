//! Binary search in what is sorted but is no slice, such as the centres of bins.

/// How many of `0..n` come before the first for which `is_before` is false.
///
/// ```
/// use shared::plot::partition_point;
/// let rising = |i: usize| [1.0, 4.0, 9.0][i];
/// assert_eq!(partition_point(3, |i| rising(i) < 5.0), 2);
/// ```
pub fn partition_point(n: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut lo, mut hi) = (0, n);
    while lo < hi {
        let mid = usize::midpoint(lo, hi);
        if is_before(mid) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    lo
}
