//! Events per second of CPU time on one core, from ev44 bytes to counters.

#[path = "support/line.rs"]
mod line;
#[path = "support/on_cpu.rs"]
mod on_cpu;

use std::io;
use std::time::Duration;

use server::reduce::histogram::{
    CountPixels as _, PixelHistogram, PixelTofHistogram, TofBins, TofHistogram, TofRange,
};
use server::wire::ev44::{Ev44, Ev44Parts, encode};
use server::wire::{FlatBufferBuilder, I32s, Limits};
use shared::params::ToaEdges;

use line::{Budget, Line};
use on_cpu::timed;

const RUNS: usize = 7;
const RUN_TIME: Duration = Duration::from_millis(300);
/// Distinct events that a case cycles through: more than the caches hold.
const DISTINCT_EVENTS: usize = 4_000_000;

fn main() -> io::Result<()> {
    for events in [1_000, 100_000, 1_000_000] {
        for (side, budget) in [(128, 100e6), (512, 60e6)] {
            let messages = messages(events, side * side);
            let mut histogram = PixelTofHistogram::new(1, (side * side) as usize, bins(), None);
            let run = |messages: &[Vec<u8>]| {
                let add = |pixels: I32s<'_>, tofs: I32s<'_>| histogram.add(&pixels, &tofs);
                let seconds = feed(messages, add);
                // What still waits in buckets belongs to the work.
                seconds + timed(|| assert!(histogram.table().is_some())).0
            };
            let budget = Budget {
                at_least: Some(budget),
                at_most: None,
            };
            let case = format!("{side}² × 100");
            report(&case, &messages, Some(budget), run)?;

            let range = TofRange::new(f64::MIN, f64::MAX);
            let mut image = PixelHistogram::new(1, (side * side) as usize, range);
            let run =
                |messages: &[Vec<u8>]| feed(messages, |pixels, tofs| image.add(&pixels, &tofs));
            let case = format!("{side}² image alone");
            report(&case, &messages, None, run)?;
        }
        let messages = messages(events, 1);
        let mut monitor = TofHistogram::new(bins(), None);
        let run = |messages: &[Vec<u8>]| feed(messages, |_, tofs| monitor.add(&tofs));
        report("monitor, 100 bins", &messages, None, run)?;
    }
    Ok(())
}

fn bins() -> TofBins {
    TofBins::new(&ToaEdges::default().edges_ns())
}

/// Decodes every message and hands its events on; the seconds it took.
fn feed(messages: &[Vec<u8>], mut add: impl FnMut(I32s<'_>, I32s<'_>)) -> f64 {
    timed(|| {
        for message in messages {
            let events = Ev44::decode(message, &Limits::default()).expect("made by the encoder");
            for pulse in events.pulses_or(0) {
                add(pulse.pixel_id, pulse.time_of_flight_ns);
            }
        }
    })
    .0
}

/// Runs a case and prints its line. `run` takes all messages once and returns the seconds.
fn report(
    case: &str,
    messages: &[Vec<u8>],
    budget: Option<Budget>,
    mut run: impl FnMut(&[Vec<u8>]) -> f64,
) -> io::Result<()> {
    run(messages);
    let mut rate = || {
        let (mut seconds, mut rounds) = (0.0, 0);
        while seconds < RUN_TIME.as_secs_f64() {
            seconds += run(messages);
            rounds += 1;
        }
        (rounds * DISTINCT_EVENTS) as f64 / seconds
    };
    let rates = (0..RUNS).map(|_| rate()).collect();
    let case = format!(
        "{case}, messages of {:.0e}",
        (DISTINCT_EVENTS / messages.len()) as f64
    );
    Line::new("reduce", case, ("rate", "events/s"), rates, budget).print()
}

/// Encoded messages of `events` events each, uniform over pixels and a little more than the bins.
fn messages(events: usize, pixels: u32) -> Vec<Vec<u8>> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: u32| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (((state >> 32) * u64::from(below)) >> 32) as i32
    };
    let mut builder = FlatBufferBuilder::new();
    let mut message = || {
        let pixel_id: Vec<_> = (0..events).map(|_| random(pixels) + 1).collect();
        let time_of_flight_ns: Vec<_> = (0..events).map(|_| random(72_000_000)).collect();
        let parts = Ev44Parts {
            source_name: "panel_0",
            message_id: 0,
            reference_time_ns: &[0],
            reference_time_index: &[0],
            time_of_flight_ns: &time_of_flight_ns,
            pixel_id: &pixel_id,
        };
        encode(&mut builder, &parts).to_vec()
    };
    (0..DISTINCT_EVENTS / events).map(|_| message()).collect()
}
