//! The element types that arrays on the wire can have.

use super::super::{Schema, WireError};

/// Type of the elements of an array. Each schema numbers them in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Dtype {
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float32,
    Float64,
    /// Text in UTF-8, counted in bytes.
    Text,
}

impl Dtype {
    /// Every type, in the order in which all schemas number them.
    pub const ALL: [Self; 11] = [
        Self::Int8,
        Self::UInt8,
        Self::Int16,
        Self::UInt16,
        Self::Int32,
        Self::UInt32,
        Self::Int64,
        Self::UInt64,
        Self::Float32,
        Self::Float64,
        Self::Text,
    ];

    /// Bytes of one element.
    pub const fn size_bytes(self) -> usize {
        match self {
            Self::Int8 | Self::UInt8 | Self::Text => 1,
            Self::Int16 | Self::UInt16 => 2,
            Self::Int32 | Self::UInt32 | Self::Float32 => 4,
            Self::Int64 | Self::UInt64 | Self::Float64 => 8,
        }
    }

    /// The type numbered `code - first` in [`Self::ALL`].
    pub(in crate::wire) fn read(schema: Schema, code: i8, first: i8) -> Result<Self, WireError> {
        let index = usize::try_from(i16::from(code) - i16::from(first)).ok();
        let dtype = index.and_then(|index| Self::ALL.get(index).copied());
        dtype.ok_or_else(|| WireError::ElementType {
            schema,
            code: code.into(),
        })
    }

    /// The number that [`Self::read`] reads back.
    pub(in crate::wire) const fn code(self, first: i8) -> i8 {
        self as i8 + first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip_for_both_numberings() {
        for first in [0, 1] {
            for dtype in Dtype::ALL {
                assert_eq!(
                    Dtype::read(Schema::Da00, dtype.code(first), first),
                    Ok(dtype)
                );
            }
            for code in [first - 1, 11 + first, i8::MIN, i8::MAX] {
                let refused = Dtype::read(Schema::Da00, code, first).unwrap_err();
                assert_eq!(refused.kind(), "element_type", "{code}");
            }
        }
    }
}
