//! The simulator as a source like any other.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Simulator, play};
use crate::ingest::{Clock, Intake, Source, SourceError, SourceState, StopToken, SystemClock};

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
        intake.status().set(SourceState::Running, "simulated data");
        let clock = Arc::clone(&self.clock);
        let deliver = |message: super::SimMessage| {
            let super::SimMessage {
                topic,
                bytes,
                timestamp_ns,
            } = message;
            match intake.accept(&topic, bytes, timestamp_ns, clock.arrival()) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_closed) => ControlFlow::Break(()),
            }
        };
        let skipped = play(&mut self.simulator, &*clock, &stop, deliver);
        if skipped > 0 {
            tracing::warn!(
                skipped,
                "the simulator could not keep up and left out pulses"
            );
        }
        Ok(())
    }
}
