//! Plays a simulator by a clock, to whoever takes the messages.

use std::ops::ControlFlow;

use super::{SimMessage, Simulator};
use crate::ingest::{Clock, StopToken};

/// Whoever takes the messages.
pub trait Audience {
    /// Takes one message; a break ends the play.
    fn message(&mut self, message: SimMessage) -> ControlFlow<()>;

    /// Hears that the play cannot keep up and has left out `pulses` pulses in all.
    fn skipped(&mut self, pulses: u64);
}

/// Delivers every pulse at its time until `stop`, the last pulse, or until the audience breaks off.
pub fn play(
    simulator: &mut Simulator,
    clock: &dyn Clock,
    stop: &StopToken,
    audience: &mut impl Audience,
) {
    let start_ns = simulator.config().start_time_ns;
    let start_ns = start_ns.unwrap_or_else(|| clock.now_ns());
    let mut pacer = simulator.pacer(start_ns);
    let mut messages = Vec::new();
    while !stop.is_stopped() {
        let before = pacer.skipped();
        let due = pacer.due(clock.now_ns());
        if pacer.skipped() > before {
            audience.skipped(pacer.skipped());
        }
        for number in due {
            simulator.pulse(number, start_ns, &mut messages);
            for message in messages.drain(..) {
                if audience.message(message).is_break() {
                    return;
                }
            }
            // A burst of large pulses must not outlast the request to stop.
            if stop.is_stopped() {
                return;
            }
        }
        let Some(next_ns) = pacer.next_ns() else {
            return;
        };
        clock.wait_until(next_ns, stop);
    }
}
