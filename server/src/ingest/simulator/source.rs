//! The simulator as a source like any other.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Audience, SimMessage, Simulator, play};
use crate::ingest::{Clock, Intake, Source, SourceError, SourceState, StopToken, SystemClock};

/// What people are told of the data, so that nobody takes them for measured ones.
const SIMULATED: &str = "simulated data, not measured";

/// Feeds a simulator's messages into the channel, each at its time.
#[derive(Debug)]
pub struct SimulatorSource {
    simulator: Simulator,
    clock: Arc<dyn Clock>,
}

impl SimulatorSource {
    /// Plays by the clock of the machine.
    pub fn new(simulator: Simulator) -> Self {
        Self::with_clock(simulator, Arc::new(SystemClock))
    }

    /// Plays by another clock.
    pub fn with_clock(simulator: Simulator, clock: Arc<dyn Clock>) -> Self {
        Self { simulator, clock }
    }
}

impl Source for SimulatorSource {
    fn name(&self) -> &'static str {
        "simulator"
    }

    fn run(mut self: Box<Self>, intake: Intake, stop: StopToken) -> Result<(), SourceError> {
        intake.status().set(SourceState::Running, SIMULATED);
        let clock = Arc::clone(&self.clock);
        let mut audience = Feed {
            intake,
            clock: &*clock,
        };
        play(&mut self.simulator, &*clock, &stop, &mut audience);
        Ok(())
    }
}

/// Takes messages to the channel.
struct Feed<'a> {
    intake: Intake,
    clock: &'a dyn Clock,
}

impl Audience for Feed<'_> {
    fn message(&mut self, message: SimMessage) -> ControlFlow<()> {
        let SimMessage {
            topic,
            bytes,
            timestamp_ns,
        } = message;
        let accepted = self
            .intake
            .accept(&topic, bytes, timestamp_ns, self.clock.now_ns());
        match accepted {
            Ok(()) => ControlFlow::Continue(()),
            Err(_closed) => ControlFlow::Break(()),
        }
    }

    fn skipped(&mut self, pulses: u64) {
        let message = format!("{SIMULATED}; {pulses} pulses left out, lower the event rate");
        self.intake.status().set(SourceState::Degraded, message);
    }

    fn caught_up(&mut self) {
        self.intake.status().set(SourceState::Running, SIMULATED);
    }
}
