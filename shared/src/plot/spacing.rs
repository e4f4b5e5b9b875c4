//! How coordinates are spaced: whether evenly, where the middles of bins lie, and where points would meet as bins.

/// Relative to the step, distances may differ by this much and still count as even.
const TOLERANCE: f64 = 1e-6;

/// The step of coordinates that are evenly spaced to within a millionth of it; `None` if they are not, if one is not
/// finite, or if there are fewer than two.
///
/// ```
/// use shared::plot::even_step;
/// assert_eq!(even_step(&[1.0, 3.0, 5.0]), Some(2.0));
/// assert_eq!(even_step(&[1.0, 3.0, 6.0]), None);
/// ```
pub fn even_step(coords: &[f64]) -> Option<f64> {
    let (first, last) = (coords.first()?, coords.last()?);
    let n_steps = coords.len().checked_sub(1).filter(|n| *n > 0)?;
    let step = (last - first) / n_steps as f64;
    let tolerance = TOLERANCE * step.abs();
    let is_even = step != 0.0
        && step.is_finite()
        && (0..)
            .zip(coords)
            .all(|(i, x)| (x - (first + f64::from(i) * step)).abs() <= tolerance);
    is_even.then_some(step)
}

/// The middles of bins, one less than edges.
///
/// ```
/// use shared::plot::midpoints;
/// assert_eq!(midpoints(&[0.0, 1.0, 4.0]).collect::<Vec<_>>(), [0.5, 2.5]);
/// ```
pub fn midpoints(edges: &[f64]) -> impl ExactSizeIterator<Item = f64> {
    edges.windows(2).map(|edge| f64::midpoint(edge[0], edge[1]))
}

/// The edges of the bins that points stand for: halfway between neighbours, as far outside at the ends. A single
/// point stands for ±0.5, no points for nothing.
///
/// ```
/// use shared::plot::edges_around;
/// assert_eq!(edges_around(&[0.0, 2.0, 3.0]), [-1.0, 1.0, 2.5, 3.5]);
/// assert_eq!(edges_around(&[7.0]), [6.5, 7.5]);
/// ```
pub fn edges_around(points: &[f64]) -> Vec<f64> {
    match points {
        [] => Vec::new(),
        [only] => vec![only - 0.5, only + 0.5],
        [first, second, ..] => {
            let mut edges = vec![first - (second - first) / 2.0];
            edges.extend(midpoints(points));
            let (before, last) = (points[points.len() - 2], points[points.len() - 1]);
            edges.push(last + (last - before) / 2.0);
            edges
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_despite_float_dust() {
        let tenths: Vec<_> = (0..1000).map(|i| f64::from(i) * 0.1).collect();
        assert!((even_step(&tenths).unwrap() - 0.1).abs() < 1e-12);
        assert_eq!(even_step(&[3.0, 2.0, 1.0]), Some(-1.0));
    }

    #[test]
    fn too_few_equal_or_missing_are_not_even() {
        assert_eq!(even_step(&[]), None);
        assert_eq!(even_step(&[1.0]), None);
        assert_eq!(even_step(&[1.0, 1.0]), None);
        assert_eq!(even_step(&[1.0, f64::NAN, 3.0]), None);
    }
}
