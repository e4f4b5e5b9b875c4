//! From raw messages to the pieces that belong to one slot: a log's value, a frame, the events of a pulse.

use shared::time::TimeNs;

use crate::ingest::RawMessage;
use crate::reduce::{Data, Sample};
use crate::wire::f144::F144;
use crate::wire::{Limits, Message, WireError};

/// A piece of a message. Holds the message's bytes, which pieces share.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) message: RawMessage,
    /// Which pulse of the message; 0 where there are none.
    pulse: usize,
    pub(super) time: TimeNs,
    /// Whether slots wait for such pieces; they do not for logs.
    pub(super) gates: bool,
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

/// Appends the pieces of `message` to `pieces`.
pub(super) fn split(message: &RawMessage, pieces: &mut Vec<Piece>) -> Result<(), PieceError> {
    let mut push = |pulse, time, gates| {
        pieces.push(Piece {
            message: message.clone(),
            pulse,
            time: TimeNs(time),
            gates,
        });
    };
    match decode(message)? {
        Message::Ev44(events) => {
            for (number, pulse) in events.pulses_or(message.timestamp_ns).enumerate() {
                push(number, pulse.reference_time_ns, true);
            }
        }
        Message::Da00(array) => push(0, array.timestamp_ns(), true),
        Message::Ad00(frame) => push(0, frame.timestamp_ns(), true),
        Message::F144(log) => {
            sample(&log)?;
            push(0, log.timestamp_ns(), false);
        }
        Message::Skipped(_) => return Err(PieceError::Skipped),
    }
    Ok(())
}

impl Piece {
    /// The data of this piece, viewed in the message.
    pub(super) fn data(&self) -> Result<Data<'_>, PieceError> {
        match decode(&self.message)? {
            Message::Ev44(events) => {
                let mut pulses = events.pulses_or(self.message.timestamp_ns);
                let pulse = pulses.nth(self.pulse).ok_or(PieceError::Skipped)?;
                Ok(Data::Events(pulse))
            }
            Message::Da00(array) => Ok(Data::Histogram(array)),
            Message::Ad00(frame) => Ok(Data::Frame(frame)),
            Message::F144(log) => Ok(Data::Log(sample(&log)?)),
            Message::Skipped(_) => Err(PieceError::Skipped),
        }
    }
}

/// The intake has held the message against its limits; here it is only viewed again.
fn decode(message: &RawMessage) -> Result<Message<'_>, WireError> {
    Message::decode(&message.bytes, &Limits::default())
}

fn sample(log: &F144<'_>) -> Result<Sample, PieceError> {
    let value = log.value().as_f64().ok_or(PieceError::ArrayLog)?;
    Ok(Sample {
        time: TimeNs(log.timestamp_ns()),
        value,
    })
}
