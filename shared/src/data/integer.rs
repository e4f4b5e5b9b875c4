//! What the integer types of arrays have in common.

use super::Values;

/// An integer that widens to 64 bits and back.
pub(crate) trait Integer: Copy + Ord + 'static {
    /// The bits, sign-extended.
    fn widen(self) -> u64;
    /// The low bits.
    fn narrow(bits: u64) -> Self;
    /// The elements of an array of this type.
    fn elements(values: &Values) -> Option<&[Self]>;
    /// An array of this type.
    fn array(elements: Vec<Self>) -> Values;
}

macro_rules! integers {
    ($($variant:ident $type:ty;)*) => {$(
        impl Integer for $type {
            fn widen(self) -> u64 {
                self as u64
            }

            fn narrow(bits: u64) -> Self {
                bits as Self
            }

            fn elements(values: &Values) -> Option<&[Self]> {
                match values {
                    Values::$variant(elements) => Some(elements),
                    _ => None,
                }
            }

            fn array(elements: Vec<Self>) -> Values {
                Values::$variant(elements)
            }
        }
    )*};
}

integers! {
    U8 u8;
    U16 u16;
    U32 u32;
    U64 u64;
    I32 i32;
    I64 i64;
}
