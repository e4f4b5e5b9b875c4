//! Sampling of any distribution by its inverse, from a table.

/// Entries of the table; between them the inverse is a line.
const STEPS: usize = 4096;

/// The inverse of a cumulative distribution.
#[derive(Clone, Debug)]
pub(super) struct Quantiles(Vec<f64>);

impl Quantiles {
    /// Tabulates the distribution over `lo..hi` whose density is proportional to `density`.
    pub(super) fn of_density(lo: f64, hi: f64, density: impl Fn(f64) -> f64) -> Self {
        let fine = 8 * STEPS;
        let at = |i: usize| lo + (hi - lo) * i as f64 / fine as f64;
        let mut cumulative = vec![0.0];
        let mut sum = 0.0;
        for i in 0..fine {
            sum += density(f64::midpoint(at(i), at(i + 1)));
            cumulative.push(sum);
        }
        let mut cell = 0;
        let mut inverse = |step: usize| {
            let target = sum * step as f64 / STEPS as f64;
            while cell + 1 < fine && cumulative[cell + 1] < target {
                cell += 1;
            }
            let width = cumulative[cell + 1] - cumulative[cell];
            let part = if width > 0.0 {
                (target - cumulative[cell]) / width
            } else {
                0.0
            };
            at(cell) + (at(1) - lo) * part
        };
        Self((0..=STEPS).map(&mut inverse).collect())
    }

    /// The value below which the part `u`, from 0 to 1, of the distribution lies.
    #[inline]
    pub(super) fn at(&self, u: f64) -> f64 {
        let position = u * STEPS as f64;
        let step = (position as usize).min(STEPS - 1);
        let (low, high) = (self.0[step], self.0[step + 1]);
        low + (high - low) * (position - step as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_of_a_triangle_is_a_root() {
        let quantiles = Quantiles::of_density(0.0, 2.0, |x| x);
        for u in [0.0, 0.1, 0.25, 0.5, 0.9, 1.0] {
            assert!((quantiles.at(u) - 2.0 * u.sqrt()).abs() < 1e-3, "{u}");
        }
    }

    #[test]
    fn gaps_have_no_samples() {
        let quantiles = Quantiles::of_density(0.0, 3.0, |x| f64::from(!(1.0..2.0).contains(&x)));
        assert!(quantiles.at(0.499) < 1.0);
        assert!(quantiles.at(0.501) > 2.0);
    }
}
