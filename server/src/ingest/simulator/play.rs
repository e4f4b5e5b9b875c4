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

    /// Hears that after this no pulse was left out for ten seconds.
    fn caught_up(&mut self);
}

/// How long, in ns, no pulse must have been left out before that is told.
const RELIEF_NS: i64 = 10_000_000_000;

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
    let mut relief_ns = None;
    while !stop.is_stopped() {
        let before = pacer.skipped();
        let now_ns = clock.now_ns();
        let due = pacer.due(now_ns);
        if pacer.skipped() > before {
            audience.skipped(pacer.skipped());
            relief_ns = Some(now_ns.saturating_add(RELIEF_NS));
        } else if relief_ns
            .take_if(|relief_ns| *relief_ns <= now_ns)
            .is_some()
        {
            audience.caught_up();
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
