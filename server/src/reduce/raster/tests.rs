//! The raster on streams with gaps, repeats and late pulses.

use proptest::prelude::*;

use super::*;

const PULSE: i64 = 71_428_571;
const T0: i64 = 1_700_000_000_000_000_000;
const NEVER: Duration = Duration::ZERO;

/// The raster with messages as `(stream, time)`: holds them and offers them again, as the engine does.
struct Feeder {
    raster: Raster,
    held: Vec<(usize, i64)>,
    open: Vec<(usize, i64)>,
    closed: Vec<(TimeInterval, Vec<(usize, i64)>)>,
}

impl Feeder {
    fn new() -> Self {
        Self {
            raster: Raster::new(RasterConfig::new(14.0)),
            held: Vec::new(),
            open: Vec::new(),
            closed: Vec::new(),
        }
    }

    fn offer(&mut self, stream: usize, time: i64) {
        self.place(stream, time);
        for _ in 0..1000 {
            if !self.raster.is_complete() {
                return;
            }
            self.close();
        }
        panic!("the raster never comes to rest");
    }

    fn place(&mut self, stream: usize, time: i64) {
        match self.raster.place(stream, TimeNs(time), NEVER) {
            Placement::Now => self.open.push((stream, time)),
            Placement::Hold => self.held.push((stream, time)),
        }
    }

    fn close(&mut self) {
        let interval = self.raster.close().expect("a slot was open");
        if !self.open.is_empty() {
            self.closed.push((interval, std::mem::take(&mut self.open)));
        }
        for (stream, time) in std::mem::take(&mut self.held) {
            self.place(stream, time);
        }
    }

    /// Pulses `range` of all `streams`, in order of time.
    fn pulses(&mut self, streams: &[usize], range: std::ops::Range<i64>) {
        for pulse in range {
            for stream in streams {
                self.offer(*stream, T0 + pulse * PULSE);
            }
        }
    }

    fn pulse_numbers(&self, slot: usize) -> Vec<(usize, i64)> {
        let number = |(stream, time): &(usize, i64)| (*stream, (time - T0 + PULSE / 2) / PULSE);
        self.closed[slot].1.iter().map(number).collect()
    }
}

#[test]
fn slots_hold_three_pulses_of_every_stream_and_close_with_the_last() {
    let mut feeder = Feeder::new();
    feeder.pulses(&[0, 1], 0..30);
    assert_eq!(feeder.closed.len(), 10, "nothing waits for the next pulse");
    for slot in 0..10 {
        let first = slot as i64 * 3;
        let expected: Vec<_> = (first..first + 3).flat_map(|p| [(0, p), (1, p)]).collect();
        assert_eq!(feeder.pulse_numbers(slot), expected);
    }
    for pair in feeder.closed.windows(2) {
        assert_eq!(pair[0].0.end, pair[1].0.start, "slots follow each other");
    }
}

#[test]
fn a_slot_waits_for_the_slower_stream() {
    let mut feeder = Feeder::new();
    feeder.pulses(&[0, 1], 0..12);
    let before = feeder.closed.len();
    feeder.pulses(&[0], 12..16);
    assert_eq!(feeder.closed.len(), before);
    feeder.pulses(&[1], 12..15);
    assert_eq!(feeder.closed.len(), before + 1);
    assert_eq!(feeder.pulse_numbers(before).len(), 6);
}

#[test]
fn a_missing_pulse_costs_one_pulse_of_waiting_at_most() {
    let mut feeder = Feeder::new();
    feeder.pulses(&[0], 0..11);
    assert_eq!(feeder.closed.len(), 3);
    feeder.pulses(&[0], 12..13);
    assert_eq!(
        feeder.closed.len(),
        4,
        "pulse 11 is missing, pulse 12 says so"
    );
    feeder.pulses(&[0], 13..15);
    assert_eq!(feeder.pulse_numbers(4), [(0, 12), (0, 13), (0, 14)]);
}

#[test]
fn split_messages_stay_together() {
    let mut feeder = Feeder::new();
    for pulse in 0..30 {
        for _ in 0..4 {
            feeder.offer(0, T0 + pulse * PULSE);
        }
    }
    for slot in 1..9 {
        assert_eq!(feeder.closed[slot].1.len(), 12, "slot {slot}");
    }
}

#[test]
fn late_messages_go_to_the_open_slot() {
    let mut feeder = Feeder::new();
    feeder.pulses(&[0, 1], 0..12);
    feeder.offer(1, T0 + 7 * PULSE);
    feeder.pulses(&[0, 1], 12..15);
    assert_eq!(feeder.pulse_numbers(4)[0], (1, 7));
    assert_eq!(feeder.closed[4].1.len(), 7);
}

#[test]
fn a_stream_that_leaves_stops_gating_and_may_come_back() {
    let mut feeder = Feeder::new();
    feeder.pulses(&[0, 1], 0..12);
    feeder.pulses(&[0], 12..60);
    let waiting = 60 / 3 - feeder.closed.len();
    assert_eq!(
        waiting, 0,
        "after five slots the raster keeps pace with the one that is left"
    );
    let before = feeder.closed.len();
    feeder.pulses(&[0, 1], 60..90);
    assert_eq!(feeder.closed.len(), before + 10);
    assert_eq!(feeder.pulse_numbers(before + 8).len(), 6);
}

#[test]
fn silence_makes_no_empty_slots() {
    let mut feeder = Feeder::new();
    feeder.pulses(&[0], 0..12);
    feeder.pulses(&[0], 100_000..100_012);
    let last = feeder.closed.last().expect("slots").0;
    assert!(feeder.closed.len() <= 9, "{}", feeder.closed.len());
    assert!(last.start.0 > T0 + 100_000 * PULSE && last.span_secs() < 0.22);
}

#[test]
fn one_wrong_time_neither_stops_the_raster_nor_drags_it_along() {
    let mut feeder = Feeder::new();
    feeder.pulses(&[0, 1], 0..12);
    feeder.offer(0, T0 + 365 * 86_400_000_000_000);
    feeder.offer(1, 5);
    feeder.pulses(&[0, 1], 12..30);
    assert_eq!(feeder.closed.len(), 10);
    let all: usize = feeder
        .closed
        .iter()
        .map(|(_, messages)| messages.len())
        .sum();
    assert_eq!(
        all, 62,
        "both wrong messages were counted, none was kept for a year"
    );
    for (interval, _) in &feeder.closed {
        assert!((interval.span_secs() - 3.0 / 14.0).abs() < 0.01);
        assert!(interval.start.0 < T0 + 30 * PULSE);
    }
}

#[test]
fn a_wrong_first_time_is_left_behind_once_others_agree() {
    for wrong in [T0 + 365 * 86_400_000_000_000, 5] {
        let mut feeder = Feeder::new();
        feeder.offer(0, wrong);
        feeder.pulses(&[0], 0..30);
        let last = feeder.closed.last().expect("slots").0;
        assert!(last.end.0 > T0 + 28 * PULSE && last.end.0 < T0 + 31 * PULSE);
        assert!(feeder.closed.len() >= 8);
    }
}

#[test]
fn a_clock_that_was_set_back_is_followed() {
    let mut feeder = Feeder::new();
    feeder.pulses(&[0, 1], 1_000_000..1_000_012);
    feeder.pulses(&[0, 1], 0..30);
    let last = feeder.closed.last().expect("slots").0;
    assert!(last.end.0 > T0 + 28 * PULSE && last.end.0 < T0 + 31 * PULSE);
}

#[test]
fn slow_streams_are_not_waited_for() {
    let mut feeder = Feeder::new();
    let mut slow = 0;
    for pulse in 0..140 {
        let time = T0 + pulse * PULSE;
        feeder.offer(0, time);
        if pulse % 14 == 7 {
            feeder.offer(1, time);
            slow += 1;
        }
    }
    assert!(feeder.closed.len() >= 45, "{}", feeder.closed.len());
    let seen = feeder
        .closed
        .iter()
        .flat_map(|(_, m)| m)
        .filter(|m| m.0 == 1)
        .count();
    assert!(seen >= slow - 1);
    for (interval, messages) in &feeder.closed[20..] {
        let earliest = interval.start.0 - PULSE;
        let fits = |m: &(usize, i64)| m.1 >= earliest && m.1 < interval.end.0;
        assert!(messages.iter().all(fits), "in its slot, or one pulse late");
    }
}

#[test]
fn a_rate_that_differs_a_little_keeps_pulses_off_the_edges() {
    let mut feeder = Feeder::new();
    for pulse in 0..30_000_i64 {
        feeder.offer(0, T0 + pulse * (PULSE + 20_000));
    }
    for (interval, messages) in &feeder.closed[100..] {
        assert_eq!(messages.len(), 3);
        let phase = messages[0].1 - interval.start.0;
        assert!((phase - PULSE / 2).abs() < PULSE / 8, "{phase}");
    }
}

#[test]
fn what_waits_is_overdue_after_the_backstop_or_one_slot_of_logs() {
    let ms = Duration::from_millis;
    let mut raster = Raster::new(RasterConfig::new(14.0));
    assert!(!raster.is_overdue(ms(10_000)));
    raster.ride_along(ms(1000));
    assert!(!raster.is_overdue(ms(1213)));
    assert!(raster.is_overdue(ms(1215)));
    assert_eq!(raster.close(), None);
    raster.place(0, TimeNs(T0), ms(2000));
    assert!(!raster.is_overdue(ms(3999)));
    assert!(raster.is_overdue(ms(4000)));
    assert!(raster.close().is_some());
    assert!(!raster.is_overdue(ms(9000)));
}

proptest! {
    /// Whatever comes, every message comes out once, and good data bring the raster back on their pace.
    #[test]
    fn nothing_is_lost_or_doubled_and_the_raster_keeps_pace(
        seed in prop::collection::vec((0..3_usize, 0..100_u32, -20_000_000..20_000_000_i64), 60..300),
    ) {
        let mut feeder = Feeder::new();
        let (mut offered, mut pulse) = (0, 0);
        for (stream, dice, jitter) in &seed {
            pulse += 1;
            let time = T0 + pulse * PULSE;
            let time = match dice {
                0..3 => time + 86_400_000_000_000 * i64::from(*dice + 1),
                3..6 => 1_000 * i64::from(*dice),
                6..10 => time - 400_000_000,
                _ => time + jitter,
            };
            feeder.offer(0, T0 + pulse * PULSE);
            feeder.offer(*stream, time);
            offered += 2;
        }
        for _ in 0..30 {
            pulse += 1;
            feeder.offer(0, T0 + pulse * PULSE);
            offered += 1;
        }
        let closed: usize = feeder.closed.iter().map(|(_, messages)| messages.len()).sum();
        prop_assert_eq!(closed + feeder.open.len() + feeder.held.len(), offered);
        let last = feeder.closed.last().expect("slots were closed").0;
        prop_assert!(last.end.0 > T0 + (pulse - 8) * PULSE, "{} pulses behind", (T0 + pulse * PULSE - last.end.0) / PULSE);
        prop_assert!(last.end.0 < T0 + (pulse + 4) * PULSE);
    }
}
