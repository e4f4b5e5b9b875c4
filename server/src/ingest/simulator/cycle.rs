//! Very high event rates: pulses are made once and then repeated with new times.

use bytes::{Bytes, BytesMut};

use super::SimulatorConfig;
use super::panel::Panel;
use super::producer::{Output, Producer};
use super::pulse::Pulse;

/// Above this rate, in Hz, making every event anew would take too much of a core.
const MAX_FRESH_HZ: f64 = 1e7;

/// Memory for repeated pulses of one detector.
const MAX_CYCLE_BYTES: f64 = 256e6;

/// Bytes of an event: time and pixel.
const EVENT_BYTES: f64 = 8.0;

/// Repeats a few pulses of a panel. Nothing moves any more, but every message has its own time.
#[derive(Debug)]
pub(super) struct Cycle {
    panel: Panel,
    /// One per repeated pulse, made when first needed.
    slots: Vec<Vec<Template>>,
}

/// A message and where its time is.
#[derive(Debug)]
struct Template {
    bytes: Bytes,
    time_at: usize,
}

impl Cycle {
    /// The panel itself, or a cycle around it if the rate is very high.
    pub(super) fn around(panel: Panel, config: &SimulatorConfig) -> Box<dyn Producer> {
        if config.event_rate_hz <= MAX_FRESH_HZ {
            return Box::new(panel);
        }
        let pulse_bytes = panel.mean_events() * EVENT_BYTES;
        let pulses = (MAX_CYCLE_BYTES / pulse_bytes).clamp(2.0, 14.0) as usize;
        let slots = std::iter::repeat_with(Vec::new).take(pulses).collect();
        Box::new(Self { panel, slots })
    }

    fn make(panel: &mut Panel, pulse: &Pulse, output: &mut Output<'_>) -> Vec<Template> {
        let mut encoded = |time_ns| {
            let first = output.messages.len();
            panel.produce(&pulse.at(time_ns), output);
            output
                .messages
                .drain(first..)
                .map(|message| message.bytes)
                .collect::<Vec<_>>()
        };
        // Two encodings that differ in every byte of the time show where it is.
        let ones = encoded(i64::from_le_bytes([1; 8]));
        let twos = encoded(i64::from_le_bytes([2; 8]));
        let template = |(bytes, other): (Bytes, Bytes)| {
            let differ = bytes.iter().zip(&other).position(|(a, b)| a != b);
            let time_at = differ.expect("an encoded pulse contains its time");
            Template { bytes, time_at }
        };
        ones.into_iter().zip(twos).map(template).collect()
    }
}

impl Producer for Cycle {
    fn produce(&mut self, pulse: &Pulse, output: &mut Output<'_>) {
        let number = pulse.number % self.slots.len() as u64;
        let slot = &mut self.slots[number as usize];
        if slot.is_empty() {
            *slot = Self::make(&mut self.panel, &pulse.at_rest(number), output);
        }
        for template in slot {
            output.send_bytes(template.at(pulse.time_ns));
        }
    }
}

impl Template {
    /// The message with another time. The memory is reused once the last one has been consumed.
    fn at(&mut self, time_ns: i64) -> Bytes {
        let bytes = std::mem::take(&mut self.bytes);
        let mut bytes = match bytes.try_into_mut() {
            Ok(unshared) => unshared,
            Err(shared) => BytesMut::from(&*shared),
        };
        bytes[self.time_at..self.time_at + 8].copy_from_slice(&time_ns.to_le_bytes());
        self.bytes = bytes.freeze();
        self.bytes.clone()
    }
}
