//! The dummy beamline as a whole: what it sends is decodable, repeatable and as declared.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::ingest::{
    Intake, IntakeLimits, ManualClock, Received, Source as _, SourceState, SourceStatus, StopToken,
    StreamTable, channel, spawn,
};
use crate::instrument;
use crate::wire::{Limits, Message};

const START_NS: i64 = 1_750_000_000_000_000_000;

fn dummy() -> Instrument {
    instrument::load("dummy", None).expect("shipped")
}

fn simulator(config: SimulatorConfig) -> Simulator {
    Simulator::new(&dummy(), config).expect("valid settings")
}

fn pulses(config: SimulatorConfig, numbers: impl Iterator<Item = u64>) -> Vec<SimMessage> {
    let mut simulator = simulator(config);
    let mut messages = Vec::new();
    numbers.for_each(|number| simulator.pulse(number, START_NS, &mut messages));
    messages
}

fn decoded(message: &SimMessage) -> Message<'_> {
    Message::decode(&message.bytes, &Limits::default()).expect("encoded correctly")
}

fn panel_events(message: &SimMessage) -> usize {
    match decoded(message) {
        Message::Ev44(events) if events.source_name() == "panel_0" => events.event_count(),
        _ => 0,
    }
}

#[test]
fn a_pulse_depends_on_seed_number_and_start_alone() {
    let config = SimulatorConfig::default();
    let straight = pulses(config.clone(), 0..20);
    let late = pulses(config.clone(), 15..16);
    let pulse_15_ns = simulator(config.clone()).grid.time_ns(15, START_NS);
    let same: Vec<_> = straight
        .into_iter()
        .filter(|m| m.timestamp_ns == pulse_15_ns)
        .collect();
    assert_eq!(same, late);
    let other = pulses(SimulatorConfig { seed: 2, ..config }, 15..16);
    assert_ne!(other, late);
}

#[test]
fn every_stream_plays_at_its_rate() {
    let messages = pulses(SimulatorConfig::default(), 0..140);
    let mut counts = BTreeMap::new();
    for message in &messages {
        *counts
            .entry(decoded(message).source_name().expect("none is skipped"))
            .or_insert(0) += 1;
    }
    let expected = [
        ("area_panel", 140),
        ("chopper_speed", 20),
        ("monitor1", 140),
        ("monitor2", 140),
        ("motion1", 47),
        ("motion2", 47),
        ("panel_0", 140),
        ("sample_temperature", 10),
    ];
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn the_panel_counts_what_was_asked_for_on_its_own_pixels() {
    let config = SimulatorConfig {
        event_rate_hz: 1e6,
        ..Default::default()
    };
    let messages = pulses(config, 0..28);
    let mut events = 0;
    for message in &messages {
        let Message::Ev44(ev44) = decoded(message) else {
            continue;
        };
        if ev44.source_name() != "panel_0" {
            continue;
        }
        for pulse in ev44.pulses_or(0) {
            assert!(pulse.pixel_id.iter().all(|id| (1..=16384).contains(&id)));
            assert!(
                pulse
                    .time_of_flight_ns
                    .iter()
                    .all(|ns| (0..71_428_572).contains(&ns))
            );
            events += pulse.pixel_id.len();
        }
    }
    assert!((1_850_000..2_050_000).contains(&events), "{events}");
}

#[test]
fn a_histogram_has_edges_and_the_monitors_counts() {
    let messages = pulses(SimulatorConfig::default(), 0..14);
    let mut counts = 0.0;
    for message in &messages {
        let Message::Da00(array) = decoded(message) else {
            continue;
        };
        let signal = array.variable("signal").expect("present");
        let edges = array.variable("frame_time").expect("present");
        assert_eq!(
            (signal.shape(), signal.axes()),
            (&[1000][..], &["frame_time"][..])
        );
        let mut numbers = Vec::new();
        edges.data.append_f64s(&mut numbers);
        assert_eq!((edges.shape(), numbers.last()), (&[1001][..], Some(&71e6)));
        numbers.clear();
        signal.data.append_f64s(&mut numbers);
        counts += numbers.iter().sum::<f64>();
    }
    assert!((counts - 28_000.0).abs() < 1_500.0, "{counts}");
}

#[test]
fn repeated_pulses_keep_their_events_and_get_their_own_time() {
    let config = SimulatorConfig {
        event_rate_hz: 1.1e7,
        max_events_per_message: 300_000,
        ..Default::default()
    };
    let mut simulator = simulator(config);
    let mut of_pulse = |number| {
        let mut messages = Vec::new();
        simulator.pulse(number, START_NS, &mut messages);
        messages.retain(|message| panel_events(message) > 0);
        messages
    };
    let (first, again) = (of_pulse(3), of_pulse(17));
    assert_eq!(first.len(), 3, "785 714 events in messages of 300 000");
    for (a, b) in first.iter().zip(&again) {
        let (Message::Ev44(a44), Message::Ev44(b44)) = (decoded(a), decoded(b)) else {
            panic!("events");
        };
        assert_eq!(a44.last_reference_time_ns(), Some(a.timestamp_ns));
        assert_eq!(b44.last_reference_time_ns(), Some(b.timestamp_ns));
        assert_eq!(b.timestamp_ns - a.timestamp_ns, 1_000_000_000);
        let events = |message: crate::wire::ev44::Ev44<'_>| {
            let pulse = message.pulses_or(0).next().expect("one pulse");
            pulse.pixel_id.iter().map(i64::from).sum::<i64>()
        };
        assert_eq!(events(a44), events(b44));
    }
}

#[test]
fn silence_and_bad_messages_come_when_asked_for() {
    let silence = Silence {
        stream: "panel_0".into(),
        from_pulse: 2,
        until_pulse: Some(4),
    };
    let config = SimulatorConfig {
        silences: vec![silence],
        bad_message_every: NonZeroU64::new(1),
        ..Default::default()
    };
    let mut simulator = simulator(config);
    for number in 0..6 {
        let mut messages = Vec::new();
        simulator.pulse(number, START_NS, &mut messages);
        let bad = messages.pop().expect("one bad message");
        let events: usize = messages.iter().map(panel_events).sum();
        assert_eq!(events == 0, (2..4).contains(&number), "pulse {number}");
        match Message::decode(&bad.bytes, &Limits::default()) {
            Err(_) => {}
            Ok(message) => assert!(
                message.source_name() == Some("nobody") || matches!(message, Message::F144(_)),
                "{message:?}"
            ),
        }
    }
}

#[test]
fn settings_out_of_range_say_what_to_use() {
    let fail = |config| {
        Simulator::new(&dummy(), config)
            .expect_err("out of range")
            .to_string()
    };
    let message = fail(SimulatorConfig {
        event_rate_hz: 1.0,
        ..Default::default()
    });
    assert_eq!(message, "event_rate_hz is 1; use 1e3 to 1e8");
    let silence = Silence {
        stream: "panel".into(),
        from_pulse: 0,
        until_pulse: None,
    };
    let message = fail(SimulatorConfig {
        silences: vec![silence],
        ..Default::default()
    });
    assert!(
        message.contains("\"panel\"") && message.contains("panel_0"),
        "{message}"
    );
}

#[test]
fn the_source_feeds_the_channel_by_its_clock() {
    let config = SimulatorConfig {
        pulses: Some(28),
        start_time_ns: Some(START_NS),
        bad_message_every: NonZeroU64::new(1),
        ..Default::default()
    };
    let instrument = dummy();
    let clock = ManualClock::new(START_NS);
    let simulator = Simulator::new(&instrument, config).expect("valid settings");
    let source = SimulatorSource::with_clock(simulator, Arc::new(clock.clone()));
    let (sender, receiver) = channel(1 << 30);
    let table = Arc::new(StreamTable::new(&instrument));
    let running = spawn(
        Box::new(source),
        Arc::clone(&table),
        sender,
        IntakeLimits::default(),
    )
    .expect("a thread");
    clock.set(START_NS + 1_950_000_000);
    let status = Arc::clone(running.status());
    let mut messages = Vec::new();
    while receiver.recv_many(&mut messages, 1 << 20, Duration::from_mins(1)) == Received::Messages {
    }
    running.join();
    assert_eq!(status.report().state, SourceState::Stopped);
    let panel = table.index_of("panel_0").expect("declared");
    assert_eq!(messages.iter().filter(|m| m.stream == panel).count(), 28);
    let report = table.stream(panel).stats.report();
    assert_eq!(report.dropped_messages, 0);
    assert_eq!(report.messages, 28);
    assert_eq!(report.errors["too_short"], 5);
    assert_eq!(report.errors["timestamp"], 4);
    assert_eq!(report.errors["wrong_schema"], 5);
    let topic = table.topic("dummy_detector").expect("declared");
    assert_eq!(topic.stats.report().unmapped, 4);
}

mod keeping_up;
