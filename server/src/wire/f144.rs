//! f144: one value of a log, a scalar or an array of any numeric type.

use flatbuffers::FlatBufferBuilder;

use super::generated::f144::{LogData, LogDataArgs, finish_log_data_buffer};
use super::root::verified_root;
use super::{ElementsLe, Limits, Scalar, Schema, WireError, checked_time_ns};

mod value;

/// A log's value as it lies in the message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LogValue<'a> {
    /// A single number.
    Scalar(Scalar),
    /// A list of numbers; the schema has no lists of texts.
    Array(ElementsLe<'a>),
}

impl LogValue<'_> {
    /// A scalar as a double; `None` for an array.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Scalar(scalar) => Some(scalar.as_f64()),
            Self::Array(_) => None,
        }
    }
}

/// A verified f144 message. It states no unit; the instrument file does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct F144<'a> {
    source_name: &'a str,
    timestamp_ns: i64,
    value: LogValue<'a>,
}

impl<'a> F144<'a> {
    /// Verifies and views `bytes`.
    pub fn decode(bytes: &'a [u8], limits: &Limits) -> Result<Self, WireError> {
        let root = verified_root::<LogData<'a>>(Schema::F144, bytes, limits)?;
        Ok(Self {
            source_name: root.source_name(),
            timestamp_ns: checked_time_ns(root.timestamp())?,
            value: value::read(&root)?,
        })
    }

    /// The name of the process variable.
    pub fn source_name(&self) -> &'a str {
        self.source_name
    }

    /// When the value was taken, in ns since the Unix epoch.
    pub fn timestamp_ns(&self) -> i64 {
        self.timestamp_ns
    }

    /// The value.
    pub fn value(&self) -> LogValue<'a> {
        self.value
    }
}

/// What an f144 message is made of.
#[derive(Clone, Copy, Debug)]
pub struct F144Parts<'a> {
    /// The name of the process variable.
    pub source_name: &'a str,
    /// When the value was taken, in ns since the Unix epoch.
    pub timestamp_ns: i64,
    /// The value. A text is written as the array of its bytes, since the schema has no texts.
    pub value: LogValue<'a>,
}

/// Encodes `parts` in `builder`, whose memory is reused; the message lies in it until the next use.
pub fn encode<'b>(builder: &'b mut FlatBufferBuilder<'_>, parts: &F144Parts<'_>) -> &'b [u8] {
    builder.reset();
    let source_name = builder.create_string(parts.source_name);
    let (value_type, value) = value::write(builder, &parts.value);
    let root = LogData::create(
        builder,
        &LogDataArgs {
            source_name: Some(source_name),
            timestamp: parts.timestamp_ns,
            value_type,
            value: Some(value),
        },
    );
    finish_log_data_buffer(builder, root);
    builder.finished_data()
}
