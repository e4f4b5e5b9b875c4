//! From raw messages to the pieces that belong to one slot: a log's value, a frame, the events of a pulse.

use bytes::Bytes;
use shared::time::TimeNs;

use crate::ingest::RawMessage;
use crate::reduce::{Data, Sample};
use crate::wire::ev44::Pulse;
use crate::wire::f144::F144;
use crate::wire::{I32s, Limits, Message, WireError};

/// A piece of a message. Holds the message's bytes, which pieces share.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) message: RawMessage,
    extent: Extent,
    pub(super) time: TimeNs,
    /// Whether slots wait for such pieces; they do not for logs.
    pub(super) gates: bool,
}

/// What of the message is the piece's.
#[derive(Clone, Debug)]
enum Extent {
    All,
    /// The events of one pulse, found once: searching a message of many pulses again for each of them would
    /// cost the square of their number.
    Events {
        time_of_flight_ns: Bytes,
        pixel_id: Bytes,
    },
}

/// Why a piece cannot be had. The intake has checked the bytes, so what is left is meaning.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum PieceError {
    #[error(transparent)]
    Wire(#[from] WireError),
    #[error("the log's value is an array; only single numbers are reduced")]
    ArrayLog,
    #[error("the schema is of no use to any workflow")]
    Skipped,
}

impl PieceError {
    /// Name for counters.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Wire(error) => error.kind(),
            Self::ArrayLog => "array_log",
            Self::Skipped => "skipped",
        }
    }
}

/// Hands the pieces of `message` to `take`, one at a time: a small message can have very many.
pub(super) fn split(
    message: &RawMessage,
    limits: &Limits,
    mut take: impl FnMut(Piece),
) -> Result<(), PieceError> {
    let mut push = |extent, time, gates| {
        take(Piece {
            message: message.clone(),
            extent,
            time: TimeNs(time),
            gates,
        });
    };
    match Message::decode(&message.bytes, limits)? {
        Message::Ev44(events) => {
            for pulse in events.pulses_or(message.timestamp_ns) {
                let part = |of: I32s<'_>| message.bytes.slice_ref(of.as_bytes());
                let extent = Extent::Events {
                    time_of_flight_ns: part(pulse.time_of_flight_ns),
                    pixel_id: part(pulse.pixel_id),
                };
                push(extent, pulse.reference_time_ns, true);
            }
        }
        Message::Da00(array) => push(Extent::All, array.data_time_ns(), true),
        Message::Ad00(frame) => push(Extent::All, frame.timestamp_ns(), true),
        Message::F144(log) => {
            sample(&log)?;
            push(Extent::All, log.timestamp_ns(), false);
        }
        Message::Skipped(_) => return Err(PieceError::Skipped),
    }
    Ok(())
}

impl Piece {
    /// The data of this piece, viewed in the message, which was held to the same `limits` when it came.
    pub(super) fn data(&self, limits: &Limits) -> Result<Data<'_>, PieceError> {
        if let Extent::Events {
            time_of_flight_ns,
            pixel_id,
        } = &self.extent
        {
            return Ok(Data::Events(Pulse {
                reference_time_ns: self.time.0,
                time_of_flight_ns: I32s::new(time_of_flight_ns),
                pixel_id: I32s::new(pixel_id),
            }));
        }
        match Message::decode(&self.message.bytes, limits)? {
            Message::Da00(array) => Ok(Data::Histogram(array)),
            Message::Ad00(frame) => Ok(Data::Frame(frame)),
            Message::F144(log) => Ok(Data::Log(sample(&log)?)),
            Message::Ev44(_) | Message::Skipped(_) => Err(PieceError::Skipped),
        }
    }
}

fn sample(log: &F144<'_>) -> Result<Sample, PieceError> {
    let value = log.value().as_f64().ok_or(PieceError::ArrayLog)?;
    Ok(Sample {
        time: TimeNs(log.timestamp_ns()),
        value,
    })
}
