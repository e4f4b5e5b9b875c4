//! The schemas Beamdeck knows, told apart by the four bytes every message carries.

use std::fmt;

use super::WireError;

/// A wire format, named by its four-byte identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Schema {
    /// Neutron events.
    Ev44,
    /// A dense labelled array.
    Da00,
    /// One value of a log.
    F144,
    /// A frame of an area detector.
    Ad00,
    /// An alarm; shares topics with logs and is skipped.
    Al00,
    /// The state of an EPICS connection; shares topics with logs and is skipped.
    Ep01,
}

/// Bytes before which no message can state its schema: the root offset and the identifier.
const HEAD_BYTES: usize = 8;

impl Schema {
    /// Every schema, in the order of the enum.
    pub const ALL: [Self; 6] = [
        Self::Ev44,
        Self::Da00,
        Self::F144,
        Self::Ad00,
        Self::Al00,
        Self::Ep01,
    ];

    /// Reads which schema `bytes` claim to be, from bytes 4 to 8; verifies nothing else.
    pub fn of(bytes: &[u8]) -> Result<Self, WireError> {
        let id = identifier(bytes)?;
        let known = Self::ALL
            .into_iter()
            .find(|schema| *schema.id().as_bytes() == id);
        known.ok_or(WireError::UnknownSchema { id })
    }

    /// The identifier as written on the wire.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ev44 => "ev44",
            Self::Da00 => "da00",
            Self::F144 => "f144",
            Self::Ad00 => "ad00",
            Self::Al00 => "al00",
            Self::Ep01 => "ep01",
        }
    }
}

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

pub(super) fn identifier(bytes: &[u8]) -> Result<[u8; 4], WireError> {
    let too_short = WireError::TooShort { len: bytes.len() };
    let head = bytes.first_chunk::<HEAD_BYTES>().ok_or(too_short)?;
    Ok([head[4], head[5], head[6], head[7]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_is_recognised_by_its_own_identifier() {
        for schema in Schema::ALL {
            let mut bytes = vec![0; 4];
            bytes.extend_from_slice(schema.id().as_bytes());
            assert_eq!(Schema::of(&bytes), Ok(schema));
        }
    }

    #[test]
    fn short_and_foreign_messages_are_told_apart() {
        assert_eq!(
            Schema::of(b"\0\0\0\0ev4"),
            Err(WireError::TooShort { len: 7 })
        );
        assert_eq!(
            Schema::of(b"\0\0\0\0x5f2"),
            Err(WireError::UnknownSchema { id: *b"x5f2" })
        );
    }
}
