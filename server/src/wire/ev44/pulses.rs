//! The pulses of an ev44 message, each with its own events.

use std::ops::Range;

use super::{Ev44, I32s};

/// One pulse and the events that belong to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pulse<'a> {
    /// Time of the pulse in ns since the Unix epoch.
    pub reference_time_ns: i64,
    /// Time of each event in ns since the pulse.
    pub time_of_flight_ns: I32s<'a>,
    /// Detector number of each event; empty if the message has none.
    pub pixel_id: I32s<'a>,
}

/// Iterator over the pulses of a message. Pulses without events are included.
#[derive(Clone, Debug)]
pub struct Pulses<'a> {
    message: Ev44<'a>,
    fallback_time_ns: i64,
    left: Range<usize>,
}

impl<'a> Pulses<'a> {
    pub(super) fn new(message: Ev44<'a>, fallback_time_ns: i64) -> Self {
        let count = message.reference_time_ns.len().max(1);
        Self {
            message,
            fallback_time_ns,
            left: 0..count,
        }
    }

    fn pulse(&self, index: usize) -> Pulse<'a> {
        let message = &self.message;
        let start = |at| {
            message
                .reference_time_index
                .get(at)
                .map(|event| event as usize)
        };
        let range =
            start(index).unwrap_or(0)..start(index + 1).unwrap_or_else(|| message.event_count());
        Pulse {
            reference_time_ns: message
                .reference_time_ns
                .get(index)
                .unwrap_or(self.fallback_time_ns),
            time_of_flight_ns: message.time_of_flight_ns.slice(range.clone()),
            pixel_id: message.pixel_id.slice(range),
        }
    }
}

impl<'a> Iterator for Pulses<'a> {
    type Item = Pulse<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left.next().map(|index| self.pulse(index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }
}

impl ExactSizeIterator for Pulses<'_> {}
