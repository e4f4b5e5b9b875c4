//! Array values that keep their type: packed on the wire, numbers in JSON.

use std::fmt;

use serde::de;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::byte_string::ByteString;
use super::packed::Packed;

macro_rules! values {
    ($($variant:ident $type:ty, $name:literal;)*) => {
        /// Element type of an array.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum DType {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        /// The elements of an array, row-major.
        #[derive(Clone, PartialEq)]
        pub enum Values {
            $(#[doc = concat!("Elements of type `", $name, "`")] $variant(Vec<$type>),)*
        }

        impl Values {
            /// Number of elements.
            pub fn len(&self) -> usize {
                match self { $(Self::$variant(v) => v.len(),)* }
            }

            /// Element type.
            pub fn dtype(&self) -> DType {
                match self { $(Self::$variant(_) => DType::$variant,)* }
            }

            /// Element `index` as a float; `NaN` past the end. Integers above 2⁵³ lose their last digits.
            pub fn get(&self, index: usize) -> f64 {
                match self { $(Self::$variant(v) => v.get(index).map_or(f64::NAN, |x| *x as f64),)* }
            }

            /// All elements as floats.
            pub fn to_f64(&self) -> Vec<f64> {
                match self { $(Self::$variant(v) => v.iter().map(|x| *x as f64).collect(),)* }
            }

            /// Calls `each` with the index and the value of every element, as [`Values::get`] tells it, but with one
            /// decision about the type for all of them.
            pub fn each_f64(&self, mut each: impl FnMut(usize, f64)) {
                match self {
                    $(Self::$variant(v) => v.iter().enumerate().for_each(|(i, x)| each(i, *x as f64)),)*
                }
            }

            /// The elements `start..end`, clamped to what exists.
            pub fn slice(&self, start: usize, end: usize) -> Self {
                let end = end.min(self.len());
                let start = start.min(end);
                match self { $(Self::$variant(v) => Self::$variant(v[start..end].to_vec()),)* }
            }

            /// The elements at `indices`, which must exist.
            pub fn select(&self, indices: &[usize]) -> Self {
                match self { $(Self::$variant(v) => Self::$variant(indices.iter().map(|i| v[*i]).collect()),)* }
            }

            /// Drops `count` elements at the head and appends those of `tail`, which has the same type.
            pub fn shift(&mut self, count: usize, tail: &Self) {
                match (self, tail) {
                    $((Self::$variant(v), Self::$variant(tail)) => {
                        v.drain(..count.min(v.len()));
                        v.extend_from_slice(tail);
                    })*
                    _ => debug_assert!(false, "elements of one type only"),
                }
            }

            /// Size in memory, bytes.
            pub fn byte_len(&self) -> usize {
                match self { $(Self::$variant(v) => std::mem::size_of_val(v.as_slice()),)* }
            }

            /// Little-endian bytes of all elements.
            pub fn to_le_bytes(&self) -> Vec<u8> {
                match self { $(Self::$variant(v) => v.iter().flat_map(|x| x.to_le_bytes()).collect(),)* }
            }

            /// The elements of type `dtype` in little-endian `bytes`; none when they do not divide evenly.
            pub fn from_le_bytes(dtype: DType, bytes: &[u8]) -> Option<Self> {
                match dtype {
                    $(DType::$variant => {
                        let (chunks, rest) = bytes.as_chunks::<{ size_of::<$type>() }>();
                        rest.is_empty().then(|| {
                            Self::$variant(chunks.iter().map(|c| <$type>::from_le_bytes(*c)).collect())
                        })
                    })*
                }
            }
        }

        $(impl From<Vec<$type>> for Values {
            fn from(values: Vec<$type>) -> Self { Self::$variant(values) }
        })*
    };
}

values! {
    U8 u8, "u8";
    U16 u16, "u16";
    U32 u32, "u32";
    U64 u64, "u64";
    I32 i32, "i32";
    I64 i64, "i64";
    F32 f32, "f32";
    F64 f64, "f64";
}

impl Values {
    /// True without elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True when type and every bit are equal, `NaN`s included.
    pub fn same_bits(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::F32(a), Self::F32(b)) => a
                .iter()
                .map(|x| x.to_bits())
                .eq(b.iter().map(|x| x.to_bits())),
            (Self::F64(a), Self::F64(b)) => a
                .iter()
                .map(|x| x.to_bits())
                .eq(b.iter().map(|x| x.to_bits())),
            _ => self == other,
        }
    }

    /// Counters as `u32` while every one fits, since half the bytes travel faster, else as they are.
    /// `bound` is at least the largest counter; it saves looking at all of them.
    pub fn from_counts(counts: &[u64], bound: u64) -> Self {
        let fits = |count: u64| u32::try_from(count).is_ok();
        if fits(bound) || counts.iter().all(|count| fits(*count)) {
            return Self::U32(counts.iter().map(|count| *count as u32).collect());
        }
        Self::U64(counts.to_vec())
    }

    /// True for integer types, whose differences are exact.
    pub fn is_integer(&self) -> bool {
        !matches!(self, Self::F32(_) | Self::F64(_))
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}[{}]", self.dtype(), self.len())
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return Wire::of(self).serialize(serializer);
        }
        // JSON has no NaN: `null` says that a value is missing.
        match self {
            Self::F32(v) => serializer.collect_seq(v.iter().map(|x| x.is_finite().then_some(x))),
            Self::F64(v) => serializer.collect_seq(v.iter().map(|x| x.is_finite().then_some(x))),
            Self::U8(v) => v.serialize(serializer),
            Self::U16(v) => v.serialize(serializer),
            Self::U32(v) => v.serialize(serializer),
            Self::U64(v) => v.serialize(serializer),
            Self::I32(v) => v.serialize(serializer),
            Self::I64(v) => v.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            // The type is not said in JSON: everything reads back as f64.
            let numbers = Vec::<Option<f64>>::deserialize(deserializer)?;
            return Ok(Self::F64(
                numbers.into_iter().map(|x| x.unwrap_or(f64::NAN)).collect(),
            ));
        }
        let wire = Wire::deserialize(deserializer)?;
        wire.values()
            .ok_or_else(|| de::Error::custom("array bytes do not divide into elements"))
    }
}

/// The binary form: integers packed, floats as little-endian bytes.
#[derive(Serialize, Deserialize)]
enum Wire {
    U8(Packed),
    U16(Packed),
    U32(Packed),
    U64(Packed),
    I32(Packed),
    I64(Packed),
    F32(ByteString),
    F64(ByteString),
}

impl Wire {
    fn of(values: &Values) -> Self {
        match values {
            Values::U8(v) => Self::U8(Packed::of(v)),
            Values::U16(v) => Self::U16(Packed::of(v)),
            Values::U32(v) => Self::U32(Packed::of(v)),
            Values::U64(v) => Self::U64(Packed::of(v)),
            Values::I32(v) => Self::I32(Packed::of(v)),
            Values::I64(v) => Self::I64(Packed::of(v)),
            Values::F32(_) => Self::F32(ByteString(values.to_le_bytes())),
            Values::F64(_) => Self::F64(ByteString(values.to_le_bytes())),
        }
    }

    fn values(&self) -> Option<Values> {
        Some(match self {
            Self::U8(packed) => Values::U8(packed.unpack()?),
            Self::U16(packed) => Values::U16(packed.unpack()?),
            Self::U32(packed) => Values::U32(packed.unpack()?),
            Self::U64(packed) => Values::U64(packed.unpack()?),
            Self::I32(packed) => Values::I32(packed.unpack()?),
            Self::I64(packed) => Values::I64(packed.unpack()?),
            Self::F32(bytes) => Values::from_le_bytes(DType::F32, &bytes.0)?,
            Self::F64(bytes) => Values::from_le_bytes(DType::F64, &bytes.0)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_form_keeps_type_and_every_bit() {
        for values in [
            Values::U16(vec![0, 1, u16::MAX]),
            Values::I64(vec![i64::MIN, 0, i64::MAX]),
            Values::F32(vec![1.5, -0.0, f32::INFINITY]),
        ] {
            let bytes = postcard::to_stdvec(&values).unwrap();
            assert_eq!(postcard::from_bytes::<Values>(&bytes).unwrap(), values);
        }
    }

    #[test]
    fn counters_widen_only_when_one_needs_it() {
        let big = u64::from(u32::MAX) + 1;
        assert_eq!(Values::from_counts(&[1, 2], big), Values::U32(vec![1, 2]));
        assert_eq!(
            Values::from_counts(&[1, big], big),
            Values::U64(vec![1, big])
        );
    }

    #[test]
    fn json_says_null_for_what_is_not_a_number() {
        let values = Values::F64(vec![1.0, f64::NAN, f64::INFINITY]);
        assert_eq!(serde_json::to_string(&values).unwrap(), "[1.0,null,null]");
    }

    #[test]
    fn torn_bytes_are_refused() {
        assert_eq!(Values::from_le_bytes(DType::U32, &[1, 0, 0]), None);
        assert_eq!(
            Values::from_le_bytes(DType::U32, &[1, 0, 0, 0]),
            Some(Values::U32(vec![1]))
        );
    }
}
