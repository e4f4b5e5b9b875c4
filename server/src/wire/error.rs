//! Everything that can be wrong with a message, as one enum that also names the counter it belongs to.

use flatbuffers::{ErrorTraceDetail, InvalidFlatbuffer};
use thiserror::Error;

use super::Schema;

/// Why a message was refused. The message itself is left as it is; the next one can be decoded.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WireError {
    /// Fewer bytes than a root offset and an identifier take.
    #[error("message of {len} bytes is too short to name its schema")]
    TooShort {
        /// Bytes received.
        len: usize,
    },
    /// More bytes than [`super::Limits::max_message_bytes`].
    #[error(
        "message of {len} bytes exceeds the limit of {limit}; raise max_message_mib if it is genuine"
    )]
    TooLarge {
        /// Bytes received.
        len: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// An identifier that is none of [`Schema::ALL`].
    #[error("unknown schema \"{}\"", id.escape_ascii())]
    UnknownSchema {
        /// Bytes 4 to 8 of the message.
        id: [u8; 4],
    },
    /// A message of another schema than the decoder's.
    #[error("expected schema {expected}, found \"{}\"", found.escape_ascii())]
    WrongSchema {
        /// What the decoder reads.
        expected: Schema,
        /// Bytes 4 to 8 of the message.
        found: [u8; 4],
    },
    /// The verifier found offsets, lengths or counts that do not hold together.
    #[error("not a valid {schema} buffer: {detail}")]
    Invalid {
        /// What the message claims to be.
        schema: Schema,
        /// The verifier's finding, on one line.
        detail: String,
    },
    /// A field that the schema requires is not there.
    #[error("{schema} message lacks its field {field}")]
    Absent {
        /// What the message claims to be.
        schema: Schema,
        /// Name of the field.
        field: String,
    },
    /// A name or a text that is not UTF-8.
    #[error("{schema} message has a text that is not UTF-8 in {field}")]
    Text {
        /// What the message claims to be.
        schema: Schema,
        /// Name of the field.
        field: String,
    },
    /// Two vectors that belong together differ in length.
    #[error("{left} has {left_len} entries but {right} has {right_len}")]
    Mismatched {
        /// Name of the first vector.
        left: &'static str,
        /// Entries of the first vector.
        left_len: usize,
        /// Name of the second vector.
        right: &'static str,
        /// Entries of the second vector.
        right_len: usize,
    },
    /// The pulses do not cut the events into consecutive pieces.
    #[error("pulse {pulse} starts at event {start}, which is out of order or past {events} events")]
    PulseIndex {
        /// Which pulse, from 0.
        pulse: usize,
        /// Its `reference_time_index`.
        start: i32,
        /// Events in the message.
        events: usize,
    },
    /// More pulses than [`super::Limits::max_pulses`].
    #[error(
        "message of {pulses} pulses exceeds the limit of {limit}; send them in several messages"
    )]
    TooManyPulses {
        /// Pulses in the message.
        pulses: usize,
        /// Pulses allowed.
        limit: usize,
    },
    /// A shape with a negative length, too many dimensions or more elements than memory can address.
    #[error(
        "the shape of {field} is negative, too large or has more than {} dimensions",
        super::MAX_DIMS
    )]
    Dimensions {
        /// Name of the field.
        field: &'static str,
    },
    /// The elements do not fill the shape exactly.
    #[error("shape and element type need {expected} bytes but data has {found}")]
    Size {
        /// Bytes that shape and element type need, at most `usize::MAX`.
        expected: usize,
        /// Bytes in the message.
        found: usize,
    },
    /// An element or value type the schema does not define.
    #[error("{schema} message has unknown element type {code}")]
    ElementType {
        /// What the message claims to be.
        schema: Schema,
        /// The number on the wire.
        code: i16,
    },
    /// A time before 1970 or not before 2200.
    #[error("timestamp {ns} ns lies outside 1970 to 2200; check the producer's clock")]
    Timestamp {
        /// Nanoseconds since the Unix epoch.
        ns: i64,
    },
    /// Times whose unit is none of ns, us, ms and s.
    #[error("times are in {unit:?}; use ns, us, ms or s")]
    TimeUnit {
        /// What the message says.
        unit: String,
    },
}

impl WireError {
    /// A short, stable name of the variant for counters.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "too_short",
            Self::TooLarge { .. } => "too_large",
            Self::UnknownSchema { .. } => "unknown_schema",
            Self::WrongSchema { .. } => "wrong_schema",
            Self::Invalid { .. } => "invalid",
            Self::Absent { .. } => "absent",
            Self::Text { .. } => "text",
            Self::Mismatched { .. } => "mismatched",
            Self::PulseIndex { .. } => "pulse_index",
            Self::TooManyPulses { .. } => "too_many_pulses",
            Self::Dimensions { .. } => "dimensions",
            Self::Size { .. } => "size",
            Self::ElementType { .. } => "element_type",
            Self::Timestamp { .. } => "timestamp",
            Self::TimeUnit { .. } => "time_unit",
        }
    }

    pub(super) fn from_verifier(schema: Schema, error: InvalidFlatbuffer) -> Self {
        match error {
            InvalidFlatbuffer::MissingRequiredField { required, .. } => Self::Absent {
                schema,
                field: required.into_owned(),
            },
            InvalidFlatbuffer::Utf8Error { error_trace, .. } => Self::Text {
                schema,
                field: innermost_field(error_trace.as_ref()),
            },
            other => Self::Invalid {
                schema,
                detail: first_line(&other.to_string()),
            },
        }
    }
}

fn innermost_field(trace: &[ErrorTraceDetail]) -> String {
    let field = trace.iter().find_map(|detail| match detail {
        ErrorTraceDetail::TableField { field_name, .. } => Some(field_name.clone().into_owned()),
        _ => None,
    });
    field.unwrap_or_else(|| "a text".to_owned())
}

fn first_line(text: &str) -> String {
    text.lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_owned()
}
