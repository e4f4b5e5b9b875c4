//! One pulse of the source: its time, its strength and its randomness.

use std::f64::consts::TAU;

use rand::RngExt as _;
use rand::SeedableRng as _;
use rand_distr::{Distribution as _, Poisson, StandardNormal};
use rand_pcg::Pcg64Mcg;

/// Fast and repeatable; nothing here needs to be unpredictable.
pub(super) type SimRng = Pcg64Mcg;

/// The times of pulses: exactly spaced in whole ns, however many there have been.
#[derive(Clone, Copy, Debug)]
pub(super) struct PulseGrid {
    rate_mhz: i128,
}

impl PulseGrid {
    pub(super) fn new(rate_hz: f64) -> Self {
        let rate_mhz = ((rate_hz * 1e3).round() as i128).max(1);
        Self { rate_mhz }
    }

    /// Time of a pulse in ns since the Unix epoch, rounded down.
    pub(super) fn time_ns(&self, number: u64, start_ns: i64) -> i64 {
        let since = i128::from(number) * 1_000_000_000_000 / self.rate_mhz;
        i64::try_from(i128::from(start_ns) + since).unwrap_or(i64::MAX)
    }

    /// Number of pulses at or before `now_ns`.
    pub(super) fn count(&self, now_ns: i64, start_ns: i64) -> u64 {
        let since = i128::from(now_ns) - i128::from(start_ns);
        if since < 0 {
            return 0;
        }
        // Times are rounded down, so the last of a nanosecond counts already.
        let last = ((since + 1) * self.rate_mhz - 1) / 1_000_000_000_000;
        u64::try_from(last).map_or(u64::MAX, |last| last.saturating_add(1))
    }

    /// Time since the start in s.
    pub(super) fn seconds(&self, number: u64) -> f64 {
        number as f64 / self.rate_hz()
    }

    pub(super) fn rate_hz(&self) -> f64 {
        self.rate_mhz as f64 / 1e3
    }

    /// Time between pulses in ns.
    pub(super) fn period_ns(&self) -> f64 {
        1e9 / self.rate_hz()
    }
}

/// Where the sample is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Motion {
    pub(super) shift_mm: f64,
    pub(super) rotation_deg: f64,
}

/// What all streams share at one pulse.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pulse {
    seed: u64,
    pub(super) number: u64,
    pub(super) time_ns: i64,
    pub(super) seconds: f64,
    /// Protons on target relative to the mean.
    pub(super) strength: f64,
    pub(super) motion: Motion,
}

impl Pulse {
    pub(super) fn new(seed: u64, number: u64, time_ns: i64, seconds: f64, motion: Motion) -> Self {
        let drift = 0.03 * (TAU * seconds / 90.0).sin();
        let jitter: f64 = rng(seed, number, u64::MAX).sample(StandardNormal);
        Self {
            seed,
            number,
            time_ns,
            seconds,
            strength: (1.0 + drift + 0.01 * jitter).max(0.0),
            motion,
        }
    }

    /// The pulse with another time, and nothing else changed.
    pub(super) fn at(self, time_ns: i64) -> Self {
        Self { time_ns, ..self }
    }

    /// A pulse of mean strength with the sample at rest, as if it were `number` of the run.
    pub(super) fn at_rest(self, number: u64) -> Self {
        let motion = Motion {
            shift_mm: 0.0,
            rotation_deg: 0.0,
        };
        Self {
            number,
            seconds: 0.0,
            strength: 1.0,
            motion,
            ..self
        }
    }

    /// The randomness of one stream at this pulse, apart from that of all others.
    pub(super) fn rng(&self, stream: u64) -> SimRng {
        rng(self.seed, self.number, stream)
    }
}

/// How many of `mean` expected neutrons come.
pub(super) fn poisson(mean: f64, rng: &mut SimRng) -> usize {
    // A mean of zero or less is no distribution, and no neutrons.
    Poisson::new(mean).map_or(0, |poisson| poisson.sample(rng) as usize)
}

fn rng(seed: u64, number: u64, stream: u64) -> SimRng {
    SimRng::seed_from_u64(mixed(mixed(mixed(seed) ^ number) ^ stream))
}

/// The finaliser of `SplitMix64`: neighbours come out unrelated.
fn mixed(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fourteen_pulses_fill_a_second_exactly() {
        let grid = PulseGrid::new(14.0);
        assert_eq!(grid.time_ns(1, 0), 71_428_571);
        assert_eq!(grid.time_ns(14, 5), 1_000_000_005);
        assert_eq!(
            grid.time_ns(14 * 86_400 * 3650, 0),
            3650 * 86_400 * 1_000_000_000
        );
    }

    #[test]
    fn the_count_is_the_inverse_of_the_time() {
        let grid = PulseGrid::new(14.0);
        assert_eq!(grid.count(-1, 0), 0);
        for number in [0, 1, 2, 13, 14, 15, 1_000_003] {
            let time_ns = grid.time_ns(number, 7);
            assert_eq!(grid.count(time_ns, 7), number + 1);
            assert_eq!(grid.count(time_ns - 1, 7), number);
        }
    }

    #[test]
    fn streams_and_pulses_have_their_own_randomness() {
        let first = |seed, number, stream| rng(seed, number, stream).random::<u64>();
        assert_eq!(first(1, 2, 3), first(1, 2, 3));
        assert_ne!(first(1, 2, 3), first(1, 3, 2));
        assert_ne!(first(1, 2, 3), first(2, 2, 3));
    }
}
