//! What holds for all times and orders.

use proptest::prelude::*;

use super::super::{AHEAD_SLOTS, LATE_SLOTS};
use super::*;

/// Times of every kind: on the pulses, near them, far away, at the ends of what a number holds.
fn any_time() -> impl Strategy<Value = i64> {
    let ends = [
        i64::MIN,
        i64::MIN + 1,
        -1,
        0,
        1,
        i64::MAX - 1,
        i64::MAX,
        YEAR_2200_NS,
    ];
    prop_oneof![
        8 => (0..200_i64).prop_map(pulse_ns),
        4 => (0..14_000_000_000_i64).prop_map(|offset| START_NS + offset),
        2 => (-4..4_i64).prop_map(|hours| START_NS + hours * HOUR_NS),
        1 => prop::sample::select(ends.to_vec()),
        1 => any::<i64>(),
    ]
}

#[derive(Clone, Debug)]
enum Step {
    Feed(usize, i64),
    Poll(u64),
    Relieve,
}

fn any_step() -> impl Strategy<Value = Step> {
    let streams = prop::sample::select(vec![A, B, C, LOG, LOG + 1]);
    prop_oneof![
        60 => (streams, any_time()).prop_map(|(stream, time)| Step::Feed(stream, time)),
        1 => (0..4_000_000_000_u64).prop_map(Step::Poll),
        1 => Just(Step::Relieve),
    ]
}

fn relieve(engine: &mut Engine) {
    let mut actions = Vec::new();
    engine.raster.relieve(&mut actions);
    engine.obey(&actions, None);
}

/// Intervals are disjoint and ascend between rewinds; each is a slot of the raster.
fn check_intervals(engine: &Engine) -> Result<(), TestCaseError> {
    for (at, pair) in engine.slots.windows(2).enumerate() {
        let follows = pair[0].0.end <= pair[1].0.start;
        prop_assert!(follows || engine.rewinds.contains(&(at + 1)), "{:?}", &pair);
    }
    let cut = |interval: &TimeInterval| interval.start.0 == i64::MAX;
    for (interval, _) in engine.slots.iter().filter(|slot| !cut(&slot.0)) {
        let whole = engine
            .raster
            .grid
            .interval(engine.raster.grid.slot_at(interval.start));
        prop_assert_eq!(*interval, whole);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_message_is_in_one_slot_and_slots_ascend(
        steps in prop::collection::vec(any_step(), 1..400),
        max_held in 1..40_usize,
        pulses in 1..15_u32,
    ) {
        let mut engine = Engine::new(RasterConfig { max_held, ..RasterConfig::new(14.0, pulses) });
        let mut sent = Vec::new();
        for step in steps {
            match step {
                Step::Feed(stream, time) => {
                    engine.feed(stream, time);
                    sent.push((stream, time));
                }
                Step::Poll(idle_ns) => engine.poll(idle_ns),
                Step::Relieve => relieve(&mut engine),
            }
        }
        engine.flush();
        prop_assert!(engine.held.is_empty() && engine.open.is_empty());
        prop_assert!(!engine.raster.is_buffering());
        prop_assert!(engine.most_held <= max_held);
        let mut placed: Vec<_> = engine.slots.iter().flat_map(|(_, messages)| messages.clone()).collect();
        placed.sort_unstable();
        sent.sort_unstable();
        prop_assert_eq!(placed, sent);
        check_intervals(&engine)?;
    }

    /// Two streams that tell the truth keep the raster near them whatever a third and a log say.
    ///
    /// A lie that opens the raster leaves the truth so late that it is just believed, and the next lie may lead
    /// on as far as one message is believed.
    #[test]
    fn the_truth_of_two_streams_holds(
        lies in prop::collection::vec((prop::sample::select(vec![C, LOG]), any_time(), 0..3_usize), 150),
    ) {
        let mut engine = Engine::default();
        for (pulse, (stream, time, place)) in lies.into_iter().enumerate() {
            for good in [A, B] {
                if place == good {
                    engine.feed(stream, time);
                }
                engine.pulses(&[good], pulse as i64..pulse as i64 + 1);
            }
        }
        let near_ns = (LATE_SLOTS + AHEAD_SLOTS) * engine.raster.slot_ns();
        let last = engine.slots.last().expect("slots were closed").0;
        prop_assert!((last.end.0 - pulse_ns(149)).abs() < near_ns, "{last:?}");
        for (slot, messages) in &engine.slots {
            for (_, time) in messages.iter().filter(|message| message.0 < C) {
                prop_assert!((slot.start.0 - time).abs() < near_ns, "{slot:?} {time}");
            }
        }
        check_intervals(&engine)?;
    }

    /// Streams that send at least once a slot keep their messages in their slots, although one in ten is lost.
    #[test]
    fn honest_streams_are_never_misplaced(
        periods in prop::collection::vec(1..4_i64, 1..4),
        gaps in prop::collection::vec(0..10_u8, 900),
    ) {
        let mut engine = Engine::default();
        for pulse in 0..300_i64 {
            for (stream, period) in periods.iter().enumerate() {
                let is_lost = gaps[pulse as usize * 3 + stream] == 0;
                if pulse % period == 0 && !is_lost {
                    engine.feed(stream, pulse_ns(pulse));
                }
            }
        }
        engine.flush();
        prop_assert!(engine.most_held < 100);
        prop_assert!(engine.rewinds.is_empty());
        prop_assert!(engine.misplaced <= 8, "{}", engine.misplaced);
    }
}
