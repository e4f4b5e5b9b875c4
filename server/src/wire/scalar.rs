//! One number whose type is known only once the message is read.

/// A single value of a log, by type.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Scalar {
    I8(i8),
    U8(u8),
    I16(i16),
    U16(u16),
    I32(i32),
    U32(u32),
    I64(i64),
    U64(u64),
    F32(f32),
    F64(f64),
}

impl Scalar {
    /// The nearest double; exact for all but 64-bit integers beyond 2^53.
    pub fn as_f64(self) -> f64 {
        match self {
            Self::I8(v) => v.into(),
            Self::U8(v) => v.into(),
            Self::I16(v) => v.into(),
            Self::U16(v) => v.into(),
            Self::I32(v) => v.into(),
            Self::U32(v) => v.into(),
            Self::I64(v) => v as f64,
            Self::U64(v) => v as f64,
            Self::F32(v) => v.into(),
            Self::F64(v) => v,
        }
    }
}
