//! The simulator floods a small queue that nobody reads: memory stays bounded, every loss is counted
//! at the stream that caused it, and slow devices lose nothing.

use std::sync::Arc;
use std::time::Duration;

use server::ingest::simulator::{Simulator, SimulatorConfig, SimulatorSource};
use server::ingest::{Intake, SourceStatus};
use server::ingest::{ManualClock, Received, Source as _, StopToken, StreamTable, channel};
use server::instrument::{self, StreamKind};

const START_NS: i64 = 1_750_000_000_000_000_000;
const LIMIT_BYTES: usize = 4 << 20;

#[test]
fn a_flood_of_events_costs_events_only() {
    let instrument = instrument::load("dummy", None).expect("shipped");
    let config = SimulatorConfig {
        event_rate_hz: 5e6,
        pulses: Some(28),
        start_time_ns: Some(START_NS),
        ..SimulatorConfig::default()
    };
    let simulator = Simulator::new(&instrument, config).expect("valid settings");
    let clock = Arc::new(ManualClock::new(START_NS + 1_950_000_000));
    let source = Box::new(SimulatorSource::with_clock(simulator, clock));
    let (sender, receiver) = channel(LIMIT_BYTES);
    let table = Arc::new(StreamTable::new(&instrument));
    let status = Arc::new(SourceStatus::new("simulator"));
    let intake = Intake::new(Arc::clone(&table), sender, status);
    source
        .run(intake, StopToken::default())
        .expect("it ends by itself");

    assert!(receiver.level().bytes <= LIMIT_BYTES);
    let mut messages = Vec::new();
    while receiver.recv_many(&mut messages, 1 << 20, Duration::ZERO) == Received::Messages {}
    let mut dropped_bytes = 0;
    for (position, entry) in table.streams().iter().enumerate() {
        let report = entry.stats.report();
        let received = messages
            .iter()
            .filter(|m| m.stream.as_usize() == position)
            .count();
        assert_eq!(report.messages, received as u64 + report.dropped_messages);
        if matches!(
            entry.stream.kind,
            StreamKind::Log | StreamKind::MonitorHistogram
        ) {
            assert_eq!(report.dropped_messages, 0, "{}", entry.stream.name);
            assert!(report.messages > 0, "{}", entry.stream.name);
        }
        dropped_bytes += report.dropped_bytes;
    }
    // 5e6 events/s of 8 bytes for 2 s are 80 MB, of which 4 MiB may stay.
    assert!(dropped_bytes > 70_000_000, "{dropped_bytes}");
}
