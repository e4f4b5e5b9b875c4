//! Plays a simulator by a clock, to whoever takes the messages.

use std::ops::ControlFlow;

use super::{SimMessage, Simulator};
use crate::ingest::{Clock, StopToken};

/// Delivers every pulse at its time until `stop`, the last pulse, or `deliver` breaks; returns how
/// many pulses were skipped because nobody could keep up.
pub fn play(
    simulator: &mut Simulator,
    clock: &dyn Clock,
    stop: &StopToken,
    mut deliver: impl FnMut(SimMessage) -> ControlFlow<()>,
) -> u64 {
    let start_ns = simulator
        .config()
        .start_time_ns
        .unwrap_or_else(|| clock.now_ns());
    let mut pacer = simulator.pacer(start_ns);
    let mut messages = Vec::new();
    while !stop.is_stopped() {
        for number in pacer.due(clock.now_ns()) {
            simulator.pulse(number, start_ns, &mut messages);
            for message in messages.drain(..) {
                if deliver(message).is_break() {
                    return pacer.skipped();
                }
            }
        }
        let Some(next_ns) = pacer.next_ns() else {
            break;
        };
        clock.wait_until(next_ns, stop);
    }
    pacer.skipped()
}
