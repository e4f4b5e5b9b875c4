//! Ticks at 1, 2 or 5 times a power of ten, as many as their labels leave room for.

use super::fixed::{fixed, shared_exponent, value};
use super::{Room, Tick, Ticks};
use crate::plot::{Range, Scale};

/// Minor ticks closer than this would run together.
const MIN_MINOR_PX: f64 = 5.0;

/// The ticks of a linear axis: majors at the finest step of 1, 2 or 5 × 10ⁿ whose labels fit, minors
/// between them. Large and small values share one power of ten ([`Ticks::exponent`]).
///
/// ```
/// use shared::plot::{Range, Room, linear_ticks};
/// let ticks = linear_ticks(Range::new(0.0, 1.0).unwrap(), Room::horizontal(400.0, 7.0));
/// let labels: Vec<_> = ticks.majors().map(|tick| tick.label.as_str()).collect();
/// assert_eq!(labels, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
/// ```
pub fn linear_ticks(range: Range, room: Room) -> Ticks {
    let range = range.widened(Scale::Linear);
    let mut step = Step::at_least(finest(range, room));
    loop {
        let majors = step.multiples_in(range);
        let exponent = shared_exponent(magnitude(&majors, step));
        let labels: Vec<_> = majors
            .iter()
            .map(|n| fixed(*n, step.power - exponent))
            .collect();
        let chars = labels
            .iter()
            .map(|label| label.chars().count())
            .max()
            .unwrap_or_default();
        let step_px = step.size() / range.span() * room.length_px();
        if majors.len() <= 1 || step_px >= room.spacing_px(chars) {
            let exponent = if majors.is_empty() { 0 } else { exponent };
            return Ticks {
                ticks: with_minors(range, room, step, exponent),
                exponent,
            };
        }
        step = step.coarser();
    }
}

/// The smallest step worth trying: by room, and by what floats can tell apart.
fn finest(range: Range, room: Room) -> f64 {
    let by_room = range.span() / room.most(1);
    let by_precision = 8.0 * f64::EPSILON * range.lo().abs().max(range.hi().abs());
    by_room.max(by_precision).max(1e-299)
}

/// The power of ten of the largest label.
fn magnitude(multiples: &[i64], step: Step) -> i32 {
    let largest = multiples
        .iter()
        .map(|n| n.unsigned_abs())
        .max()
        .unwrap_or_default();
    largest
        .checked_ilog10()
        .map_or(0, |digits| digits as i32 + step.power)
}

fn with_minors(range: Range, room: Room, step: Step, exponent: i32) -> Vec<Tick> {
    let px_per_data = room.length_px() / range.span();
    let minor = step
        .finer()
        .into_iter()
        .find(|minor| minor.size() * px_per_data >= MIN_MINOR_PX);
    let fine = minor.unwrap_or(step);
    let ratio = step.in_units_of(fine);
    let tick = |n: i64| {
        let at = value(n, fine.power);
        if (n / fine.factor) % ratio == 0 {
            let n = n / fine.factor / ratio * step.factor;
            Tick::major(at, fixed(n, step.power - exponent))
        } else {
            Tick::minor(at)
        }
    };
    fine.multiples_in(range).into_iter().map(tick).collect()
}

/// `factor` × 10^`power`, with a factor of 1, 2 or 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    factor: i64,
    power: i32,
}

impl Step {
    /// The smallest step that is not below a positive number.
    fn at_least(least: f64) -> Self {
        let power = least.log10().floor() as i32 - 1;
        let mut step = Self { factor: 1, power };
        while step.size() < least {
            step = step.coarser();
        }
        step
    }

    fn coarser(self) -> Self {
        match self.factor {
            1 => Self { factor: 2, ..self },
            2 => Self { factor: 5, ..self },
            _ => Self {
                factor: 1,
                power: self.power + 1,
            },
        }
    }

    /// What divides it evenly, finest first.
    fn finer(self) -> [Self; 2] {
        let below = self.power - 1;
        match self.factor {
            1 => [
                Self {
                    factor: 2,
                    power: below,
                },
                Self {
                    factor: 5,
                    power: below,
                },
            ],
            2 => [
                Self {
                    factor: 5,
                    power: below,
                },
                Self { factor: 1, ..self },
            ],
            _ => [Self { factor: 1, ..self }, Self { factor: 1, ..self }],
        }
    }

    fn in_units_of(self, fine: Self) -> i64 {
        self.factor * 10_i64.pow((self.power - fine.power) as u32) / fine.factor
    }

    fn size(self) -> f64 {
        value(self.factor, self.power)
    }

    /// The multiples inside a range, each as the `n` of `n` × 10^`power`.
    fn multiples_in(self, range: Range) -> Vec<i64> {
        let first = (range.lo() / self.size()).ceil() as i64 - 1;
        let last = (range.hi() / self.size()).floor() as i64 + 1;
        (first..=last)
            .map(|k| k.saturating_mul(self.factor))
            .filter(|n| range.contains(value(*n, self.power)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(lo: f64, hi: f64, px: f64) -> (Vec<String>, i32) {
        let ticks = linear_ticks(Range::new(lo, hi).unwrap(), Room::horizontal(px, 7.0));
        (
            ticks.majors().map(|tick| tick.label.clone()).collect(),
            ticks.exponent,
        )
    }

    #[test]
    fn no_float_dust() {
        let (labels, exponent) = labels(0.0, 0.35, 400.0);
        assert_eq!(
            labels,
            [
                "0.00", "0.05", "0.10", "0.15", "0.20", "0.25", "0.30", "0.35"
            ]
        );
        assert_eq!(exponent, 0);
    }

    #[test]
    fn thousands_share_an_exponent() {
        assert_eq!(
            labels(0.0, 2.4e6, 300.0),
            (
                ["0.0", "0.5", "1.0", "1.5", "2.0"]
                    .map(String::from)
                    .to_vec(),
                6
            )
        );
        assert_eq!(
            labels(-4e-6, 4e-6, 250.0),
            (["−4", "−2", "0", "2", "4"].map(String::from).to_vec(), -6)
        );
    }

    #[test]
    fn minors_divide_majors() {
        let ticks = linear_ticks(Range::new(0.0, 10.0).unwrap(), Room::vertical(200.0, 14.0));
        let majors: Vec<_> = ticks.majors().map(|tick| tick.value).collect();
        assert_eq!(majors, [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks.ticks.len(), 21);
        assert_eq!(ticks.ticks[1], Tick::minor(0.5));
    }

    #[test]
    fn far_from_zero_labels_stay_apart() {
        let (labels, exponent) = labels(1e9, 1e9 + 4.0, 500.0);
        assert_eq!(
            (labels[1].as_str(), labels.len(), exponent),
            ("1.000000001", 5, 9)
        );
    }

    #[test]
    fn degenerate_ranges_end() {
        for (lo, hi) in [
            (5.0, 5.0),
            (0.0, 0.0),
            (1e300, -1e300),
            (0.0, 1e-300),
            (1.0, 1.0 + 1e-15),
        ] {
            assert!(labels(lo, hi, 300.0).0.len() < 60, "{lo} {hi}");
        }
    }
}
