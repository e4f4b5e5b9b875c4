//! Any message: asks for the schema and hands over to its decoder.

use super::ad00::Ad00;
use super::da00::Da00;
use super::ev44::Ev44;
use super::f144::F144;
use super::{Limits, Schema, WireError};

/// A decoded message that borrows its bytes.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    /// Neutron events.
    Ev44(Ev44<'a>),
    /// A dense labelled array.
    Da00(Da00<'a>),
    /// One value of a log.
    F144(F144<'a>),
    /// A frame of an area detector.
    Ad00(Ad00<'a>),
    /// Recognised and of no use to us: alarms and connection states. The caller counts it.
    Skipped(Schema),
}

impl<'a> Message<'a> {
    /// Decodes `bytes` by the schema they name.
    pub fn decode(bytes: &'a [u8], limits: &Limits) -> Result<Self, WireError> {
        match Schema::of(bytes)? {
            Schema::Ev44 => Ev44::decode(bytes, limits).map(Self::Ev44),
            Schema::Da00 => Da00::decode(bytes, limits).map(Self::Da00),
            Schema::F144 => F144::decode(bytes, limits).map(Self::F144),
            Schema::Ad00 => Ad00::decode(bytes, limits).map(Self::Ad00),
            schema @ (Schema::Al00 | Schema::Ep01) => Ok(Self::Skipped(schema)),
        }
    }

    /// The schema the message is of.
    pub const fn schema(&self) -> Schema {
        match self {
            Self::Ev44(_) => Schema::Ev44,
            Self::Da00(_) => Schema::Da00,
            Self::F144(_) => Schema::F144,
            Self::Ad00(_) => Schema::Ad00,
            Self::Skipped(schema) => *schema,
        }
    }

    /// The producer's name; with topic and schema it names the stream. `None` for a skipped message.
    pub fn source_name(&self) -> Option<&'a str> {
        match self {
            Self::Ev44(message) => Some(message.source_name()),
            Self::Da00(message) => Some(message.source_name()),
            Self::F144(message) => Some(message.source_name()),
            Self::Ad00(message) => Some(message.source_name()),
            Self::Skipped(_) => None,
        }
    }
}
