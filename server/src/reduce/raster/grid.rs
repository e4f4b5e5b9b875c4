//! The fixed grid of slots: which pulses of data time belong together.

use std::num::NonZeroU32;

use shared::time::{TimeInterval, TimeNs};

/// Slots of a whole number of pulses, counted from the Unix epoch, so that a restart finds the same boundaries.
///
/// Nominal pulses lie at multiples of the pulse period after the epoch. Boundaries lie half a period before
/// a pulse, where times that were rounded or jitter a little cannot change sides.
#[derive(Clone, Copy, Debug)]
pub(super) struct SlotGrid {
    pulse_rate_mhz: i128,
    pulses: i128,
}

/// Nanoseconds times millihertz in one pulse.
const PULSE: i128 = 1_000_000_000_000;

impl SlotGrid {
    pub(super) fn new(pulse_rate_mhz: NonZeroU32, pulses_per_slot: NonZeroU32) -> Self {
        Self {
            pulse_rate_mhz: i128::from(pulse_rate_mhz.get()),
            pulses: i128::from(pulses_per_slot.get()),
        }
    }

    /// The number of the slot that holds `time`; below 2^56 in magnitude for every time and rate.
    pub(super) fn slot_at(self, time: TimeNs) -> i64 {
        let half_pulses = 2 * i128::from(time.0) * self.pulse_rate_mhz + PULSE;
        half_pulses.div_euclid(2 * self.pulses * PULSE) as i64
    }

    /// The times of a slot, cut off at the ends of what an `i64` holds.
    pub(super) fn interval(self, slot: i64) -> TimeInterval {
        TimeInterval {
            start: self.start(slot),
            end: self.start(slot + 1),
        }
    }

    /// The length of a slot in ns, rounded down, at least 1.
    pub(super) fn slot_ns(self) -> i64 {
        i64::try_from(self.pulses * PULSE / self.pulse_rate_mhz)
            .unwrap_or(i64::MAX)
            .max(1)
    }

    fn start(self, slot: i64) -> TimeNs {
        let half_pulses = (2 * i128::from(slot) * self.pulses - 1) * PULSE;
        // Rounded up: the first whole nanosecond of the slot.
        let start = -(-half_pulses).div_euclid(2 * self.pulse_rate_mhz);
        TimeNs(start.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rate_mhz: u32, pulses: u32) -> SlotGrid {
        let positive = |n| NonZeroU32::new(n).expect("tests use positive numbers");
        SlotGrid::new(positive(rate_mhz), positive(pulses))
    }

    #[test]
    fn three_pulses_at_14_hz_last_214_ms_and_surround_their_nominal_times() {
        let grid = grid(14_000, 3);
        assert_eq!(grid.slot_ns(), 214_285_714);
        assert_eq!(
            grid.interval(0),
            TimeInterval {
                start: TimeNs(-35_714_285),
                end: TimeNs(178_571_429)
            }
        );
        // Pulses at k/14 s, rounded down: three in every slot, a billion seconds in as well.
        for k in (0..300_i64).chain(14_000_000_000..14_000_000_300) {
            let time = i128::from(k) * 1_000_000_000 / 14;
            assert_eq!(grid.slot_at(TimeNs(time as i64)), k.div_euclid(3));
        }
    }

    #[test]
    fn slots_touch_and_contain_their_times_up_to_the_ends_of_time() {
        for grid in [
            grid(14_000, 3),
            grid(14_000, 1),
            grid(1, 1),
            grid(u32::MAX, 7),
        ] {
            for time in [
                i64::MIN,
                i64::MIN + 1,
                -1,
                0,
                1,
                1_700_000_000_000_000_000,
                i64::MAX - 1,
            ] {
                let slot = grid.slot_at(TimeNs(time));
                let interval = grid.interval(slot);
                assert!(
                    interval.start.0 <= time && time < interval.end.0,
                    "{time} {interval:?}"
                );
                assert_eq!(interval.end, grid.interval(slot + 1).start);
            }
            assert!(grid.slot_at(TimeNs(i64::MAX)) < 1 << 56);
        }
    }
}
