//! ev44: neutron events of one or several pulses, read in place.
//!
//! Every event belongs to the pulse whose piece of the vectors it lies in; pulses cut the events into
//! consecutive pieces. Messages whose pieces overlap or leave events out are refused.

use flatbuffers::FlatBufferBuilder;

use super::generated::ev44::{EventMessage, EventMessageArgs, finish_event_message_buffer};
use super::root::verified_root;
use super::{I32s, Le, Limits, Schema, WireError, checked_time_ns};

mod pulses;

pub use pulses::{Pulse, Pulses};

/// A verified ev44 message.
#[derive(Clone, Copy, Debug)]
pub struct Ev44<'a> {
    source_name: &'a str,
    message_id: i64,
    reference_time_ns: Le<'a, i64>,
    reference_time_index: I32s<'a>,
    time_of_flight_ns: I32s<'a>,
    pixel_id: I32s<'a>,
}

impl<'a> Ev44<'a> {
    /// Verifies and views `bytes`. Costs time in the number of pulses, not of events.
    ///
    /// Pixel ids may be absent or empty, as monitors have none; otherwise there is one per event. Pulse
    /// times may be empty (then the caller gives the time, see [`Self::pulses_or`]), never absent.
    pub fn decode(bytes: &'a [u8], limits: &Limits) -> Result<Self, WireError> {
        let root = verified_root::<EventMessage<'a>>(Schema::Ev44, bytes, limits)?;
        let time_of_flight = root.time_of_flight().ok_or_else(|| WireError::Absent {
            schema: Schema::Ev44,
            field: "time_of_flight".to_owned(),
        })?;
        let message = Self {
            source_name: root.source_name(),
            message_id: root.message_id(),
            reference_time_ns: Le::new(root.reference_time().bytes()),
            reference_time_index: Le::new(root.reference_time_index().bytes()),
            time_of_flight_ns: Le::new(time_of_flight.bytes()),
            pixel_id: root
                .pixel_id()
                .map_or_else(I32s::default, |ids| Le::new(ids.bytes())),
        };
        message.check_lengths()?;
        let (pulses, limit) = (message.reference_time_ns.len(), limits.max_pulses);
        if pulses > limit {
            return Err(WireError::TooManyPulses { pulses, limit });
        }
        message.check_pulses()?;
        Ok(message)
    }

    /// The producer's name.
    pub fn source_name(&self) -> &'a str {
        self.source_name
    }

    /// The producer's count of messages.
    pub fn message_id(&self) -> i64 {
        self.message_id
    }

    /// Events in all pulses together.
    pub fn event_count(&self) -> usize {
        self.time_of_flight_ns.len()
    }

    /// The newest pulse time in the message, if it states any.
    pub fn last_reference_time_ns(&self) -> Option<i64> {
        self.reference_time_ns.iter().max()
    }

    /// The pulses in the order of the message. If it states no pulse time, all events form one pulse at
    /// `fallback_time_ns` (ns since the Unix epoch), usually the time at which the broker got the message.
    pub fn pulses_or(&self, fallback_time_ns: i64) -> Pulses<'a> {
        Pulses::new(*self, fallback_time_ns)
    }

    fn check_lengths(&self) -> Result<(), WireError> {
        let (events, pixels) = (self.time_of_flight_ns.len(), self.pixel_id.len());
        if pixels != 0 && pixels != events {
            return Err(WireError::Mismatched {
                left: "time_of_flight",
                left_len: events,
                right: "pixel_id",
                right_len: pixels,
            });
        }
        let (times, starts) = (
            self.reference_time_ns.len(),
            self.reference_time_index.len(),
        );
        // Without pulse times some producers still write the index of the one pulse there is.
        if times != starts && !(times == 0 && starts == 1) {
            return Err(WireError::Mismatched {
                left: "reference_time",
                left_len: times,
                right: "reference_time_index",
                right_len: starts,
            });
        }
        Ok(())
    }

    fn check_pulses(&self) -> Result<(), WireError> {
        for ns in self.reference_time_ns.iter() {
            checked_time_ns(ns)?;
        }
        let events = self.event_count();
        let mut floor = 0;
        for (pulse, start) in self.reference_time_index.iter().enumerate() {
            let in_order = usize::try_from(start).is_ok_and(|at| floor <= at && at <= events);
            if !in_order || (pulse == 0 && start != 0) {
                return Err(WireError::PulseIndex {
                    pulse,
                    start,
                    events,
                });
            }
            floor = start as usize;
        }
        Ok(())
    }
}

/// What an ev44 message is made of. Lengths are the caller's business: tests write wrong ones on purpose.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ev44Parts<'a> {
    /// The producer's name.
    pub source_name: &'a str,
    /// The producer's count of messages.
    pub message_id: i64,
    /// Pulse times in ns since the Unix epoch.
    pub reference_time_ns: &'a [i64],
    /// Index of the first event of each pulse.
    pub reference_time_index: &'a [i32],
    /// Time of each event in ns since its pulse.
    pub time_of_flight_ns: &'a [i32],
    /// Detector number of each event; empty for a monitor.
    pub pixel_id: &'a [i32],
}

/// Encodes `parts` in `builder`, whose memory is reused; the message lies in it until the next use.
pub fn encode<'b>(builder: &'b mut FlatBufferBuilder<'_>, parts: &Ev44Parts<'_>) -> &'b [u8] {
    builder.reset();
    let source_name = builder.create_string(parts.source_name);
    let reference_time = builder.create_vector(parts.reference_time_ns);
    let reference_time_index = builder.create_vector(parts.reference_time_index);
    let time_of_flight = builder.create_vector(parts.time_of_flight_ns);
    let pixel_id = builder.create_vector(parts.pixel_id);
    let root = EventMessage::create(
        builder,
        &EventMessageArgs {
            source_name: Some(source_name),
            message_id: parts.message_id,
            reference_time: Some(reference_time),
            reference_time_index: Some(reference_time_index),
            time_of_flight: Some(time_of_flight),
            pixel_id: Some(pixel_id),
        },
    );
    finish_event_message_buffer(builder, root);
    builder.finished_data()
}

#[cfg(test)]
mod tests;
