//! Which times are believed: bad ones, and clocks that were set.

use super::*;

const DAY_NS: i64 = 24 * HOUR_NS;
const BAD_NS: [i64; 8] = [
    YEAR_2200_NS,
    i64::MAX,
    i64::MIN,
    0,
    1,
    START_NS + 400 * DAY_NS,
    START_NS - 400 * DAY_NS,
    START_NS + HOUR_NS,
];

#[test]
fn one_bad_time_is_reduced_in_the_open_slot() {
    for bad in BAD_NS {
        let mut engine = Engine::default();
        engine.pulses(&[A, B, C], 0..31);
        engine.feed(B, bad);
        engine.pulses(&[A, B, C], 31..60);
        assert_eq!(
            engine.first_pulses(),
            (0..20).map(|slot| 3 * slot).collect::<Vec<_>>()
        );
        assert_eq!(engine.sizes().iter().sum::<usize>(), 181);
        let at = engine
            .slots
            .iter()
            .position(|(_, messages)| messages.contains(&(B, bad)));
        assert!(at == Some(10) || at == Some(11), "{bad} in {at:?}");
        assert_eq!(engine.misplaced, 1);
        assert_eq!((engine.misfits(), engine.rewinds.len()), (1, 0));
    }
}

#[test]
fn a_bad_first_time_is_left_without_a_trace() {
    for bad in BAD_NS {
        let mut engine = Engine::default();
        engine.feed(A, bad);
        engine.pulses(&[A, B, C], 0..30);
        assert_eq!(
            engine.first_pulses(),
            [0, 3, 6, 9, 12, 15, 18, 21, 24, 27],
            "{bad}"
        );
        assert_eq!(engine.sizes().iter().sum::<usize>(), 91);
        assert_eq!((engine.misfits(), engine.rewinds.len()), (1, 0));
    }
}

#[test]
fn a_bad_first_time_of_the_only_stream_is_left_within_three_messages() {
    for bad in BAD_NS {
        let mut engine = Engine::default();
        engine.feed(A, bad);
        engine.pulses(&[A], 0..30);
        assert_eq!(
            engine.first_pulses(),
            [0, 3, 6, 9, 12, 15, 18, 21, 24, 27],
            "{bad}"
        );
        assert_eq!((engine.misfits(), engine.rewinds.len()), (1, 0));
    }
}

#[test]
fn a_bad_time_that_was_published_alone_is_taken_back() {
    let mut engine = Engine::default();
    engine.feed(A, YEAR_2200_NS);
    engine.poll(2_000_000_001);
    engine.pulses(&[A, B], 0..30);
    assert_eq!(engine.rewinds, [1]);
    assert_eq!(
        engine.first_pulses()[1..],
        [0, 3, 6, 9, 12, 15, 18, 21, 24, 27]
    );
    assert_eq!(engine.misfits(), 0);
}

#[test]
fn a_stream_whose_times_are_always_bad_neither_leads_nor_blocks() {
    for bad in BAD_NS {
        for first in [A, C] {
            let mut engine = Engine::default();
            let good = [A, B, C].into_iter().filter(|stream| *stream != first);
            let good: Vec<_> = good.collect();
            for pulse in 0..300 {
                engine.feed(first, bad.saturating_add(pulse_ns(pulse) - START_NS));
                engine.pulses(&good, pulse..pulse + 1);
            }
            assert_eq!(engine.first_pulses().last(), Some(&297), "{bad}");
            assert_eq!(engine.slots.len(), 100, "{bad}");
            assert_eq!(engine.rewinds.len(), 0);
            let strangers = engine.slots.iter().flat_map(|(slot, messages)| {
                let outside = |m: &&Message| !(slot.start.0..slot.end.0).contains(&m.1);
                messages.iter().filter(outside)
            });
            assert!(strangers.clone().all(|message| message.0 == first));
            assert!(strangers.count() >= 296);
        }
    }
}

#[test]
fn a_stream_of_two_with_impossible_times_is_overruled_from_the_start() {
    for bad in &BAD_NS[..5] {
        let mut engine = Engine::default();
        for pulse in 0..30 {
            engine.feed(A, bad.saturating_add(pulse));
            engine.feed(B, pulse_ns(pulse));
        }
        assert_eq!(engine.first_pulses().last(), Some(&27), "{bad}");
        assert_eq!(engine.misplaced, 29, "{bad}");
    }
}

#[test]
fn a_bad_time_in_every_second_message_changes_nothing() {
    let mut engine = Engine::default();
    for pulse in 0..300 {
        engine.feed(A, YEAR_2200_NS - pulse);
        engine.feed(B, START_NS + HOUR_NS * pulse);
        engine.pulses(&[A, B, C], pulse..pulse + 1);
    }
    assert_eq!(
        engine.first_pulses(),
        (0..100).map(|slot| 3 * slot).collect::<Vec<_>>()
    );
    let good = |(slot, messages): &(TimeInterval, Vec<Message>)| {
        let own = |m: &&Message| slot.start.0 <= m.1 && m.1 < slot.end.0;
        messages.iter().filter(own).count() == 9
    };
    // The first of the bad times is good.
    assert!(engine.slots[1..].iter().all(good));
}

#[test]
fn a_clock_set_forward_or_back_by_hours_is_followed_with_the_second_stream() {
    for (hours, rewinds) in [(3, vec![]), (-3, vec![10])] {
        // A whole number of slots.
        let shift = hours * 3600 * 14;
        let mut engine = Engine::default();
        engine.pulses(&[A, B, C], 0..31);
        engine.feed(A, pulse_ns(shift + 33));
        engine.feed(B, pulse_ns(shift + 33));
        assert_eq!(
            engine.first_pulses()[9..],
            [27, 30],
            "what was open is published"
        );
        engine.feed(C, pulse_ns(shift + 33));
        engine.pulses(&[A, B, C], shift + 34..shift + 60);
        let first = engine.first_pulses();
        assert_eq!(first[11..14], [shift + 33, shift + 36, shift + 39]);
        assert_eq!(first.last(), Some(&(shift + 57)));
        assert_eq!(engine.sizes()[11..], [9; 9]);
        let rewinds = rewinds.iter().map(|at| at + 1).collect::<Vec<_>>();
        assert_eq!((engine.misfits(), &engine.rewinds), (0, &rewinds));
    }
}

#[test]
fn a_clock_of_the_only_stream_is_followed_with_the_third_message() {
    for shift in [-126_000, 126_000] {
        let mut engine = Engine::default();
        engine.pulses(&[A], 0..30);
        engine.pulses(&[A], shift..shift + 2);
        assert_eq!(engine.held.len(), 2);
        engine.pulses(&[A], shift + 2..shift + 3);
        assert_eq!(engine.first_pulses()[9..], [27, shift]);
        engine.pulses(&[A], shift + 3..shift + 30);
        assert_eq!((engine.sizes(), engine.misfits()), (vec![3; 20], 0));
    }
}

#[test]
fn a_log_that_runs_away_from_the_data_keeps_its_order() {
    let mut engine = Engine::default();
    engine.pulses(&[A, B], 0..30);
    // 1.6 s ahead of the data, so that it waits; then 2.4 s ahead, which is too far to wait for.
    for pulse in (53..55).chain(64..66) {
        engine.feed(LOG, pulse_ns(pulse));
    }
    engine.pulses(&[A, B], 30..90);
    engine.flush();
    let messages = engine.slots.iter().flat_map(|(_, messages)| messages);
    let logs: Vec<_> = messages.filter(|message| message.0 == LOG).collect();
    assert_eq!(logs.len(), 4);
    assert!(logs.is_sorted(), "{logs:?}");
}

#[test]
fn a_log_with_a_wrong_clock_is_shown_in_the_open_slot() {
    let mut engine = Engine::default();
    for pulse in 0..30 {
        engine.feed(LOG, pulse_ns(pulse) - DAY_NS);
        engine.pulses(&[A, B], pulse..pulse + 1);
    }
    assert_eq!(engine.sizes().iter().sum::<usize>(), 90);
    assert_eq!(engine.first_pulses(), [0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
}
