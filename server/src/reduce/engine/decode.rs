//! From the bytes of a message to what reducers take.

use shared::time::TimeNs;

use crate::ingest::RawMessage;
use crate::reduce::{Data, Sample};
use crate::wire::{Limits, Message, WireError};

/// Calls `take` for each part of the message: each pulse of an event message, or the message itself.
/// Values that are no single number (arrays, texts) have no part.
pub(super) fn for_each_part(
    message: &RawMessage,
    mut take: impl FnMut(&Data<'_>),
) -> Result<(), WireError> {
    // The intake has checked the message against its limits; here it is only viewed again.
    match Message::decode(&message.bytes, &Limits::default())? {
        Message::Ev44(events) => {
            for pulse in events.pulses_or(message.timestamp_ns) {
                take(&Data::Events(pulse));
            }
        }
        Message::Da00(histogram) => take(&Data::Histogram(histogram)),
        Message::F144(log) => {
            if let Some(value) = log.value().as_f64() {
                let time = TimeNs(log.timestamp_ns());
                take(&Data::Log(Sample { time, value }));
            }
        }
        Message::Ad00(frame) => take(&Data::Frame(frame)),
        Message::Skipped(_) => {}
    }
    Ok(())
}
