//! When slots close: rates, gaps, parts, streams that come and go.

use super::*;

/// The pulses whose first message of `stream` closed a slot when the pulse was fed for `streams` in order.
fn closing_messages(
    engine: &mut Engine,
    streams: &[usize],
    pulses: std::ops::Range<i64>,
) -> Vec<(usize, i64)> {
    let mut closing = Vec::new();
    for pulse in pulses {
        for stream in streams {
            let before = engine.slots.len();
            engine.feed(*stream, pulse_ns(pulse));
            if engine.slots.len() > before {
                closing.push((*stream, pulse));
            }
        }
    }
    closing
}

/// Feeds `period` and `phase` in pulses per stream.
fn feed_rates(engine: &mut Engine, rates: &[(usize, i64, i64)], pulses: std::ops::Range<i64>) {
    for pulse in pulses {
        for (stream, period, phase) in rates {
            if pulse % period == *phase {
                engine.feed(*stream, pulse_ns(pulse));
            }
        }
    }
}

#[test]
fn a_slot_closes_with_the_last_message_of_its_last_pulse() {
    let mut engine = Engine::default();
    let closing = closing_messages(&mut engine, &[A, B, C], 0..30);
    // The periods are known from the fourth pulse on; the first slot needs it to close.
    let expected = [
        (C, 3),
        (C, 5),
        (C, 8),
        (C, 11),
        (C, 14),
        (C, 17),
        (C, 20),
        (C, 23),
        (C, 26),
        (C, 29),
    ];
    assert_eq!(closing, expected);
    assert_eq!(engine.first_pulses(), [0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
    assert_eq!(engine.sizes(), [9; 10]);
    assert_eq!((engine.misfits(), engine.most_held), (0, 2));
}

#[test]
fn a_slot_waits_for_the_stream_that_lags() {
    let mut engine = Engine::default();
    engine.pulses(&[A, B], 0..12);
    engine.pulses(&[A], 12..17);
    assert_eq!(engine.slots.len(), 4);
    engine.pulses(&[B], 12..15);
    assert_eq!((engine.sizes(), engine.misfits()), (vec![6; 5], 0));
}

#[test]
fn a_rate_that_differs_a_little_moves_no_boundary_and_delays_nothing() {
    let mut engine = Engine::default();
    for pulse in 0..30_000 {
        engine.feed(A, pulse_ns(pulse) + pulse * 20_000);
        assert!(engine.open.len() + engine.held.len() <= 4, "{pulse}");
    }
    // A pulse that jitter could have put on either side of a boundary is at most one slot late.
    assert!(engine.sizes().iter().all(|size| (2..=4).contains(size)));
    for (slot, messages) in &engine.slots {
        let early = |m: &&Message| m.1 < slot.start.0 - (pulse_ns(1) - START_NS) / 16;
        assert_eq!(messages.iter().filter(early).count(), 0);
        assert!(messages.iter().all(|m| m.1 < slot.end.0));
    }
}

#[test]
fn slots_of_one_pulse_and_of_fourteen_close_as_promptly() {
    for (pulses, slots) in [(1, 84), (14, 6)] {
        let mut engine = Engine::new(RasterConfig::new(14.0, pulses));
        engine.pulses(&[A, B], 0..84);
        assert_eq!((engine.slots.len(), engine.misfits()), (slots, 0));
    }
}

#[test]
fn streams_slower_than_the_slot_do_not_gate() {
    let mut engine = Engine::default();
    let rates = [(C, 14, 5), (A, 1, 0), (B, 2, 0)];
    feed_rates(&mut engine, &rates, 0..84);
    let mut open = 0;
    for pulse in 84..840 {
        let before = engine.slots.len();
        feed_rates(&mut engine, &rates, pulse..pulse + 1);
        // The pulse that completes a slot closes it, whether or not the 1 Hz stream was due.
        assert_eq!(
            engine.slots.len() - before,
            usize::from(pulse % 3 == 2),
            "{pulse}"
        );
        open = engine.open.len();
    }
    assert_eq!((engine.slots.len(), engine.misfits(), open), (280, 0, 0));
    let slow = engine
        .slots
        .iter()
        .flat_map(|(_, messages)| messages)
        .filter(|m| m.0 == C);
    assert_eq!(slow.count(), 60);
}

#[test]
fn only_slow_streams_close_with_each_of_their_messages() {
    let mut engine = Engine::default();
    feed_rates(&mut engine, &[(A, 14, 0)], 0..14 * 10);
    for second in 10..20 {
        engine.feed(A, pulse_ns(14 * second));
        assert!(engine.open.is_empty() && engine.held.is_empty(), "{second}");
    }
    assert_eq!((engine.slots.len(), engine.misfits()), (20, 0));
}

#[test]
fn a_missing_last_pulse_costs_one_pulse_of_waiting() {
    let mut engine = Engine::default();
    engine.pulses(&[A, B], 0..11);
    engine.feed(A, pulse_ns(11));
    engine.feed(A, pulse_ns(12));
    assert_eq!(engine.slots.len(), 3);
    engine.feed(B, pulse_ns(12));
    assert_eq!(engine.sizes(), [6, 6, 6, 5]);
    engine.pulses(&[A, B], 13..15);
    assert_eq!(engine.sizes(), [6, 6, 6, 5, 6]);
    assert_eq!(engine.misfits(), 0);
}

#[test]
fn many_missing_pulses_misplace_nothing() {
    let mut engine = Engine::default();
    for pulse in 0..3000_i64 {
        for stream in [A, B, C] {
            let dice = (pulse * 7919 + stream as i64 * 104_729) % 101;
            if dice >= 30 {
                engine.feed(stream, pulse_ns(pulse));
            }
        }
    }
    assert_eq!(engine.misfits(), 0);
    assert!(engine.slots.len() >= 995, "{}", engine.slots.len());
}

#[test]
fn a_split_pulse_closes_with_its_last_part() {
    let mut engine = Engine::default();
    let closing = closing_messages(&mut engine, &[B, A, A, A], 0..30);
    assert_eq!(closing.last(), Some(&(A, 29)));
    assert_eq!(engine.sizes(), [12; 10]);
    assert_eq!(engine.misfits(), 0);
}

#[test]
fn a_varying_number_of_parts_waits_rather_than_tears() {
    let mut engine = Engine::default();
    for pulse in 0..300_i64 {
        (0..=pulse % 4).for_each(|_| engine.feed(A, pulse_ns(pulse)));
        engine.feed(B, pulse_ns(pulse));
    }
    engine.flush();
    assert_eq!(
        (engine.slots.len(), engine.misfits(), engine.misplaced),
        (100, 0, 0)
    );
}

#[test]
fn late_messages_go_to_the_open_slot_and_are_counted() {
    let mut engine = Engine::default();
    engine.pulses(&[A, B], 0..13);
    engine.feed(B, pulse_ns(7));
    engine.feed(B, pulse_ns(2));
    engine.pulses(&[A, B], 13..18);
    assert_eq!(engine.sizes(), [6, 6, 6, 6, 8, 6]);
    assert_eq!(engine.first_pulses(), [0, 3, 6, 9, 12, 15]);
    assert_eq!(engine.misplaced, 2);
}

#[test]
fn a_stream_that_joins_is_waited_for() {
    let mut engine = Engine::default();
    engine.pulses(&[A, B], 0..30);
    let closing = closing_messages(&mut engine, &[A, B, C], 30..60);
    assert_eq!(closing.last(), Some(&(C, 59)));
    assert_eq!((engine.slots.len(), engine.misfits()), (20, 0));
    assert_eq!(engine.sizes()[10..], [9; 10]);
}

#[test]
fn a_stream_that_joins_right_behind_the_others_is_late_once() {
    let mut engine = Engine::new(RasterConfig::new(14.0, 1));
    engine.pulses(&[A], 0..30);
    engine.pulses(&[A, B], 30..90);
    assert_eq!(engine.misplaced, 1);
    engine.flush();
    assert_eq!(engine.sizes()[32..89], [2; 57]);
}

#[test]
fn a_stream_that_lags_by_slots_is_waited_for_in_vain_but_rarely() {
    let mut engine = Engine::new(RasterConfig::new(14.0, 1));
    let mut delayed = 0;
    for pulse in 0..300 {
        engine.pulses(&[A], pulse..pulse + 1);
        delayed += usize::from(engine.first_pulses().last() != Some(&pulse));
        if pulse >= 30 {
            engine.feed(B, pulse_ns(pulse - 3));
        }
    }
    assert!(delayed < 25, "{delayed}");
}

#[test]
fn a_stream_that_leaves_is_waited_for_in_a_few_slots_and_may_return() {
    let mut engine = Engine::default();
    engine.pulses(&[A, B], 0..30);
    engine.pulses(&[A], 30..46);
    // Pulse 45 is a whole slot beyond the end of the slot of pulses 39 to 41, its predecessors closed likewise.
    assert_eq!(engine.first_pulses().last(), Some(&39));
    engine.pulses(&[A], 46..60);
    assert_eq!(
        engine.first_pulses().last(),
        Some(&57),
        "closes at once again"
    );
    let closing = closing_messages(&mut engine, &[A, B], 60..90);
    assert_eq!(closing.last(), Some(&(B, 89)));
    assert_eq!((engine.slots.len(), engine.misfits()), (30, 0));
    assert_eq!(engine.sizes()[21..], [6; 9]);
}

#[test]
fn silence_makes_no_slots() {
    let mut engine = Engine::default();
    engine.pulses(&[A, B, C], 0..30);
    engine.pulses(&[A, B, C], 8430..8460);
    assert_eq!(engine.sizes(), [9; 20]);
    assert_eq!(engine.first_pulses()[9..12], [27, 8430, 8433]);
    assert_eq!((engine.misfits(), engine.rewinds.len()), (0, 0));
}

#[test]
fn a_backlog_in_bursts_gives_the_slots_of_live_data() {
    let mut engine = Engine::default();
    for burst in 0..300 {
        for stream in [A, B, C] {
            engine.pulses(&[stream], burst * 4..burst * 4 + 4);
        }
    }
    // The first burst alone cannot tell that other streams will follow.
    assert_eq!(engine.sizes()[..2], [3, 15]);
    assert_eq!(engine.sizes()[2..], [9; 398]);
    assert_eq!(engine.misfits(), 1);
    assert!(engine.most_held <= 15, "{}", engine.most_held);
}

#[test]
fn logs_ride_in_the_slot_of_their_time_and_never_gate() {
    let mut engine = Engine::default();
    for pulse in 0..60 {
        // A log that is two slots ahead of the data, and one that is far off.
        engine.feed(LOG, pulse_ns(pulse + 6));
        engine.feed(LOG + 1, pulse_ns(pulse) + HOUR_NS);
        engine.pulses(&[A, B], pulse..pulse + 1);
    }
    // The log that came first opened the slot of pulse 6; the data caught up with it.
    assert_eq!(
        engine.first_pulses(),
        (2..20).map(|slot| 3 * slot).collect::<Vec<_>>()
    );
    let own = |m: &&Message| m.0 == LOG;
    for (slot, messages) in &engine.slots[4..] {
        assert_eq!(messages.len(), 12);
        assert!(
            messages
                .iter()
                .filter(own)
                .all(|m| slot.start.0 <= m.1 && m.1 < slot.end.0)
        );
    }
}

#[test]
fn logs_alone_close_slots_by_their_own_times() {
    let mut engine = Engine::default();
    let closing = closing_messages(&mut engine, &[LOG, LOG + 1], 0..30);
    assert_eq!(closing.last(), Some(&(LOG + 1, 29)));
    assert_eq!((engine.sizes(), engine.misfits()), (vec![6; 10], 0));
}

#[test]
fn slots_longer_than_the_backstop_are_not_cut_by_it() {
    // One pulse a second, three to a slot, each followed by a look at the clock.
    let mut engine = Engine::new(RasterConfig::new(1.0, 3));
    let first_ns = START_NS / 3_000_000_000 * 3_000_000_000;
    for pulse in 0..30_i64 {
        engine.feed(A, first_ns + pulse * 1_000_000_000);
        let since_close = pulse % 3 + 1;
        engine.poll(since_close as u64 * 1_000_000_000);
    }
    engine.flush();
    assert_eq!(engine.sizes(), [3; 10]);
    assert_eq!((engine.misfits(), engine.misplaced), (0, 0));
}

#[test]
fn logs_drive_on_when_the_gating_streams_have_gone() {
    let mut engine = Engine::default();
    engine.pulses(&[A, LOG], 0..30);
    engine.pulses(&[LOG], 30..60);
    engine.poll(2_000_000_001);
    engine.pulses(&[LOG], 60..120);
    assert_eq!(engine.first_pulses().last(), Some(&117));
    engine.pulses(&[LOG, A], 120..150);
    assert_eq!(engine.first_pulses().last(), Some(&147));
}

#[test]
fn the_backstop_closes_after_two_seconds() {
    let mut engine = Engine::default();
    engine.feed(A, pulse_ns(0));
    engine.poll(2_000_000_000);
    assert_eq!(engine.slots.len(), 0);
    engine.poll(2_000_000_001);
    assert_eq!(engine.first_pulses(), [0]);
    engine.poll(u64::MAX);
    assert_eq!(engine.slots.len(), 1, "nothing is buffered");
    // A rare log is shown in its own slot, not in the one after the last.
    engine.feed(LOG, pulse_ns(900));
    engine.poll(2_000_000_001);
    assert_eq!(engine.first_pulses(), [0, 900]);
    assert_eq!(engine.misfits(), 0);
}
