//! A view whose element type is known only once the message is read.

use super::{Dtype, Element, Le};

/// The elements of an array, by type.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum ElementsLe<'a> {
    I8(Le<'a, i8>),
    U8(Le<'a, u8>),
    I16(Le<'a, i16>),
    U16(Le<'a, u16>),
    I32(Le<'a, i32>),
    U32(Le<'a, u32>),
    I64(Le<'a, i64>),
    U64(Le<'a, u64>),
    F32(Le<'a, f32>),
    F64(Le<'a, f64>),
    /// Text; its elements are its bytes.
    Text(&'a str),
}

/// Evaluates `$body` with `$view` bound to the numeric view, or `$text` for a text.
macro_rules! with_view {
    ($elements:expr, $view:ident => $body:expr, $text:ident => $otherwise:expr) => {
        match $elements {
            ElementsLe::I8($view) => $body,
            ElementsLe::U8($view) => $body,
            ElementsLe::I16($view) => $body,
            ElementsLe::U16($view) => $body,
            ElementsLe::I32($view) => $body,
            ElementsLe::U32($view) => $body,
            ElementsLe::I64($view) => $body,
            ElementsLe::U64($view) => $body,
            ElementsLe::F32($view) => $body,
            ElementsLe::F64($view) => $body,
            ElementsLe::Text($text) => $otherwise,
        }
    };
}

impl<'a> ElementsLe<'a> {
    /// Views `bytes` as elements of `dtype`; `None` if they are to be text but are not UTF-8.
    pub fn new(dtype: Dtype, bytes: &'a [u8]) -> Option<Self> {
        Some(match dtype {
            Dtype::Int8 => Self::I8(Le::new(bytes)),
            Dtype::UInt8 => Self::U8(Le::new(bytes)),
            Dtype::Int16 => Self::I16(Le::new(bytes)),
            Dtype::UInt16 => Self::U16(Le::new(bytes)),
            Dtype::Int32 => Self::I32(Le::new(bytes)),
            Dtype::UInt32 => Self::U32(Le::new(bytes)),
            Dtype::Int64 => Self::I64(Le::new(bytes)),
            Dtype::UInt64 => Self::U64(Le::new(bytes)),
            Dtype::Float32 => Self::F32(Le::new(bytes)),
            Dtype::Float64 => Self::F64(Le::new(bytes)),
            Dtype::Text => Self::Text(str::from_utf8(bytes).ok()?),
        })
    }

    /// The type of the elements.
    pub fn dtype(&self) -> Dtype {
        fn of<T: Element>(_: &Le<'_, T>) -> Dtype {
            T::DTYPE
        }
        with_view!(self, view => of(view), _text => Dtype::Text)
    }

    /// Number of elements; bytes for a text.
    pub fn len(&self) -> usize {
        with_view!(self, view => view.len(), text => text.len())
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes behind the view.
    pub fn as_bytes(&self) -> &'a [u8] {
        with_view!(self, view => view.as_bytes(), text => text.as_bytes())
    }

    /// Appends every number as a double to `out`; a text appends nothing.
    pub fn append_f64s(&self, out: &mut Vec<f64>) {
        with_view!(self, view => out.extend(view.iter().map(Element::as_f64)), _text => ());
    }
}

macro_rules! from_native {
    ($($t:ty => $variant:ident),*) => {$(
        impl<'a> From<&'a [$t]> for ElementsLe<'a> {
            fn from(values: &'a [$t]) -> Self {
                Self::$variant(values.into())
            }
        }
    )*};
}

from_native!(
    i8 => I8, u8 => U8, i16 => I16, u16 => U16, i32 => I32,
    u32 => U32, i64 => I64, u64 => U64, f32 => F32, f64 => F64
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_keeps_its_name_and_size() {
        let bytes = [b'a'; 16];
        for dtype in Dtype::ALL {
            let elements = ElementsLe::new(dtype, &bytes).unwrap();
            assert_eq!(elements.dtype(), dtype);
            assert_eq!(elements.len() * dtype.size_bytes(), bytes.len());
            assert_eq!(elements.as_bytes(), bytes);
        }
        assert_eq!(ElementsLe::new(Dtype::Text, &[0xFF]), None);
    }

    #[test]
    fn numbers_widen_to_doubles_and_texts_do_not() {
        let mut out = Vec::new();
        ElementsLe::from(&[-3_i16, 7][..]).append_f64s(&mut out);
        ElementsLe::Text("12").append_f64s(&mut out);
        ElementsLe::from(&[u64::MAX][..]).append_f64s(&mut out);
        assert_eq!(out, [-3.0, 7.0, 64_f64.exp2()]);
    }
}
