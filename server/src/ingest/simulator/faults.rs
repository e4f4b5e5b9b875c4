//! Bad messages, for tests of those who must survive them.

use std::num::NonZeroU64;
use std::sync::Arc;

use bytes::Bytes;
use rand::Rng as _;

use crate::instrument::{Instrument, Stream};
use crate::wire::ev44::{self, Ev44Parts};
use crate::wire::f144::{self, F144Parts, LogValue};
use crate::wire::{FlatBufferBuilder, Scalar, TIME_END_NS};

use super::pulse::Pulse;
use super::{SimMessage, SimulatorConfig};

/// Sends every kind of bad message in turn to the topic of the first stream.
#[derive(Debug)]
pub(super) struct Faults {
    every: Option<NonZeroU64>,
    victim: Option<(Arc<str>, String)>,
}

/// Stands for "no stream" in the seed of the randomness.
const NO_STREAM: u64 = u64::MAX - 1;

impl Faults {
    pub(super) fn new(instrument: &Instrument, config: &SimulatorConfig) -> Self {
        let victim = |stream: &Stream| (stream.topic.as_str().into(), stream.source.clone());
        Self {
            every: config.bad_message_every,
            victim: instrument.streams.first().map(victim),
        }
    }

    /// Appends the bad message of this pulse, if it is time for one.
    pub(super) fn inject(
        &self,
        pulse: &Pulse,
        builder: &mut FlatBufferBuilder<'static>,
        messages: &mut Vec<SimMessage>,
    ) {
        let (Some(every), Some((topic, source))) = (self.every, &self.victim) else {
            return;
        };
        if !pulse.number.is_multiple_of(every.get()) {
            return;
        }
        let bytes = bad_message(pulse.number / every, source, pulse, builder);
        messages.push(SimMessage {
            topic: Arc::clone(topic),
            bytes,
            timestamp_ns: pulse.time_ns,
        });
    }
}

/// Garbage, an empty message, a truncated one, one of another schema, one from the year 2200 and one
/// of an unknown source.
fn bad_message(
    turn: u64,
    source: &str,
    pulse: &Pulse,
    builder: &mut FlatBufferBuilder<'static>,
) -> Bytes {
    let events = |source_name, time_ns| Ev44Parts {
        source_name,
        message_id: -1,
        reference_time_ns: time_ns,
        reference_time_index: &[0],
        time_of_flight_ns: &[1, 2, 3],
        pixel_id: &[1, 2, 3],
    };
    match turn % 6 {
        0 => {
            let mut garbage = [0; 100];
            pulse.rng(NO_STREAM).fill_bytes(&mut garbage);
            Bytes::copy_from_slice(&garbage)
        }
        1 => Bytes::new(),
        2 => {
            let whole = ev44::encode(builder, &events(source, &[pulse.time_ns]));
            Bytes::copy_from_slice(&whole[..whole.len() / 2])
        }
        3 => {
            let value = LogValue::Scalar(Scalar::F64(0.0));
            let timestamp_ns = pulse.time_ns;
            let parts = F144Parts {
                source_name: source,
                timestamp_ns,
                value,
            };
            Bytes::copy_from_slice(f144::encode(builder, &parts))
        }
        4 => Bytes::copy_from_slice(ev44::encode(builder, &events(source, &[TIME_END_NS]))),
        _ => {
            let parts = events("nobody", std::slice::from_ref(&pulse.time_ns));
            Bytes::copy_from_slice(ev44::encode(builder, &parts))
        }
    }
}
