//! What instruments really do, with numbers: clocks that fail, clocks that are set, restarts, disorder, backlogs.

use super::*;

const PULSES_PER_HOUR: i64 = 3600 * 14;
const DAYS_400_NS: i64 = 400 * 24 * HOUR_NS;

/// Slots whose own messages of `streams` are all there: three of each.
fn whole_slots(engine: &Engine, streams: &[usize]) -> usize {
    let own = |slot: &TimeInterval, m: &&Message| {
        streams.contains(&m.0) && slot.start.0 <= m.1 && m.1 < slot.end.0
    };
    let whole = |(slot, messages): &&(TimeInterval, Vec<Message>)| {
        messages.iter().filter(|m| own(slot, m)).count() == 3 * streams.len()
    };
    engine.slots.iter().filter(whole).count()
}

#[test]
fn one_of_three_streams_400_days_in_the_past_moves_nothing() {
    let mut engine = Engine::default();
    engine.pulses(&[A, B, C], 0..30);
    for pulse in 30..3030 {
        engine.feed(C, pulse_ns(pulse) - DAYS_400_NS);
        engine.pulses(&[A, B], pulse..pulse + 1);
        assert!(engine.open.len() + engine.held.len() <= 24, "{pulse}");
        // C is waited for in six slots, a whole slot each; then A and B alone decide.
        let waiting = if pulse < 51 { 3 } else { 1 };
        assert!(engine.slots.len() as i64 + waiting > pulse / 3, "{pulse}");
    }
    let expected: Vec<_> = (0..1010).map(|slot| 3 * slot).collect();
    assert_eq!(engine.first_pulses(), expected);
    assert_eq!(whole_slots(&engine, &[A, B]), 1010);
    assert!(engine.rewinds.is_empty());
    assert_eq!(engine.misplaced, 3000);
    // Nor does it when everything pauses and what is held is let go.
    engine.poll(2_000_000_001);
    engine.pulses(&[A, B], 3030..3060);
    assert_eq!(engine.first_pulses().last(), Some(&3057));
    assert!(engine.rewinds.is_empty());
}

#[test]
fn four_bad_times_in_a_row_leave_no_trace_in_the_other_streams() {
    for ahead_ns in [HOUR_NS, DAYS_400_NS, YEAR_2200_NS - START_NS] {
        for bad_in_a_row in [4, 40] {
            let mut engine = Engine::default();
            engine.pulses(&[A, B, C], 0..30);
            for pulse in 30..30 + bad_in_a_row {
                engine.feed(B, pulse_ns(pulse) + ahead_ns);
            }
            engine.pulses(&[A, B, C], 30..90);
            assert_eq!(
                engine.first_pulses(),
                (0..30).map(|slot| 3 * slot).collect::<Vec<_>>()
            );
            assert_eq!(whole_slots(&engine, &[A, B, C]), 30);
            assert_eq!(engine.misplaced, bad_in_a_row as u64);
            assert!(engine.rewinds.is_empty());
        }
    }
}

#[test]
fn a_restart_finds_the_same_boundaries() {
    let mut first = Engine::default();
    first.pulses(&[A, B], 0..900);
    for start in [1, 29, 400] {
        let mut second = Engine::default();
        second.pulses(&[A, B], start..900);
        let tail = &first.slots[first.slots.len() - second.slots.len()..];
        let times = |slots: &[(TimeInterval, Vec<Message>)]| -> Vec<TimeInterval> {
            slots.iter().map(|slot| slot.0).collect()
        };
        assert_eq!(times(&second.slots), times(tail));
        assert_eq!(second.slots.len() as i64, 300 - start / 3);
    }
}

#[test]
fn the_instruments_clock_set_back_an_hour_costs_one_slot() {
    for streams in [&[A][..], &[A, B], &[A, B, C]] {
        let mut engine = Engine::default();
        engine.pulses(streams, 0..31);
        let back = 30 - PULSES_PER_HOUR;
        for pulse in 0..30 {
            let before = engine.slots.len();
            engine.pulses(streams, back + pulse..back + pulse + 1);
            assert!(engine.held.len() <= 3 * streams.len(), "{pulse}");
            if pulse > 5 && pulse % 3 == 2 {
                assert_eq!(engine.slots.len(), before + 1, "{pulse}");
            }
        }
        let expected = (0..10).map(|slot| back + 3 * slot);
        assert_eq!(engine.first_pulses()[11..], expected.collect::<Vec<_>>());
        assert_eq!(engine.rewinds, [11]);
        assert_eq!((engine.misfits(), engine.misplaced), (0, 0));
    }
}

#[test]
fn disorder_of_a_second_loses_nothing_and_turns_no_clock_back() {
    let mut engine = Engine::default();
    let mut messages: Vec<Message> = Vec::new();
    for pulse in 0..3000 {
        for stream in [A, B, C] {
            messages.push((stream, pulse_ns(pulse)));
        }
    }
    // Each comes up to a second after its time.
    let delay = |(stream, time): &Message| {
        let dice = (time / 1_000_000 * 7919 + *stream as i64 * 104_729) % 1000;
        time + dice * 1_000_000
    };
    messages.sort_by_key(delay);
    for (stream, time) in &messages {
        engine.feed(*stream, *time);
        assert!(engine.held.len() <= 60);
    }
    engine.flush();
    assert_eq!(engine.sizes().iter().sum::<usize>(), 9000);
    assert!(engine.rewinds.is_empty());
    let off = |slot: &TimeInterval, time: i64| (slot.start.0 - time).max(time - slot.end.0);
    let worst = engine
        .slots
        .iter()
        .flat_map(|(slot, messages)| messages.iter().map(move |message| off(slot, message.1)));
    assert!(worst.max() < Some(1_300_000_000));
}

#[test]
fn a_backlog_that_comes_stream_by_stream_is_sorted_by_going_back() {
    let mut engine = Engine::default();
    engine.pulses(&[A, B], 0..30);
    for burst in 0..4 {
        for stream in [A, B] {
            engine.pulses(&[stream], 30 + burst * 300..330 + burst * 300);
        }
    }
    engine.pulses(&[A, B], 1230..1260);
    let messages = engine.slots.iter().map(|slot| slot.1.len()).sum::<usize>();
    assert_eq!(messages, 2 * 1260);
    assert!(engine.misplaced <= 30, "{}", engine.misplaced);
    assert_eq!(engine.first_pulses().last(), Some(&1257));
}

#[test]
fn slow_streams_with_a_lag_of_seconds_do_not_steer() {
    let mut engine = Engine::default();
    // Two cameras at 1 Hz whose frames come 2.5 s after their time, and a log at 0.1 Hz that is 30 s old.
    for pulse in 0..14 * 60 {
        engine.pulses(&[A], pulse..pulse + 1);
        if pulse % 14 == 5 {
            engine.feed(B, pulse_ns(pulse - 35));
            engine.feed(C, pulse_ns(pulse - 35));
        }
        if pulse % 140 == 7 {
            engine.feed(LOG, pulse_ns(pulse - 420));
        }
    }
    let late = |pulse: i64| pulse > 14 * 5;
    let firsts = engine.first_pulses();
    let settled: Vec<_> = firsts.into_iter().filter(|pulse| late(*pulse)).collect();
    assert_eq!(settled, (24..280).map(|slot| 3 * slot).collect::<Vec<_>>());
    assert!(
        engine.rewinds.iter().all(|at| *at < 30),
        "{:?}",
        engine.rewinds
    );
    engine.flush();
    assert_eq!(engine.sizes().iter().sum::<usize>(), 840 + 120 + 6);
}

#[test]
fn one_slow_stream_alone_is_followed_without_waiting_once_it_is_known() {
    let mut engine = Engine::default();
    for frame in 0..30 {
        engine.feed(A, pulse_ns(140 * frame));
    }
    engine.flush();
    assert_eq!(engine.sizes().iter().sum::<usize>(), 30);
    assert!(engine.misplaced <= 3, "{}", engine.misplaced);
    let expected: Vec<_> = (5..30).map(|frame| 140 * frame / 3 * 3).collect();
    let firsts = engine.first_pulses();
    assert_eq!(firsts[firsts.len() - 25..], expected);
    assert!(engine.rewinds.is_empty());
}
