//! What the source says when it cannot keep up, and when it can again.

use super::*;
use crate::ingest::{Clock, SourceReport};

/// A clock on which every wait is over at once, at exactly the time waited for.
#[derive(Debug)]
struct Leaping(ManualClock);

impl Clock for Leaping {
    fn now_ns(&self) -> i64 {
        self.0.now_ns()
    }

    fn wait_until(&self, time_ns: i64, _stop: &StopToken) {
        self.0.set(time_ns);
    }
}

/// Plays a run of `pulses` that is ten seconds late from the start, and returns what the source says then and how
/// many messages wait.
fn late_run(pulses: u64) -> (SourceReport, usize) {
    let config = SimulatorConfig {
        pulses: Some(pulses),
        start_time_ns: Some(START_NS),
        event_rate_hz: 1e3,
        ..Default::default()
    };
    let instrument = dummy();
    let clock = Leaping(ManualClock::new(START_NS + 10_000_000_000));
    let simulator = Simulator::new(&instrument, config).expect("valid settings");
    let source = SimulatorSource::with_clock(simulator, Arc::new(clock));
    let (sender, receiver) = channel(1 << 30);
    let table = Arc::new(StreamTable::new(&instrument));
    let status = Arc::new(SourceStatus::new("simulator"));
    let intake = Intake::new(table, sender, Arc::clone(&status));
    Box::new(source)
        .run(intake, StopToken::default())
        .expect("it ends by itself");
    (status.report(), receiver.level().messages)
}

#[test]
fn pulses_left_out_are_shown() {
    let (report, waiting) = late_run(100);
    assert_eq!(report.state, SourceState::Degraded);
    // The last of them was due 2.9 s ago.
    assert!(
        report.message.contains("100 pulses left out"),
        "{}",
        report.message
    );
    assert_eq!(waiting, 0);
}

#[test]
fn ten_seconds_without_a_pulse_left_out_make_it_whole_again() {
    // Fourteen pulses a second: the last are due 9.9 s and 10.1 s after those that were left out.
    let (report, _) = late_run(14 * 20 - 1);
    assert_eq!(report.state, SourceState::Degraded, "{}", report.message);
    let (report, _) = late_run(14 * 20 + 2);
    assert_eq!(report.state, SourceState::Running);
    assert_eq!(report.message, "simulated data, not measured");
}
