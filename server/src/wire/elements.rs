//! Typed views of little-endian bytes inside a message: nothing is copied until a value is read.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

mod dtype;
mod typed;

pub use dtype::Dtype;
pub use typed::ElementsLe;

const _: () = assert!(
    cfg!(target_endian = "little"),
    "native slices are borrowed as wire bytes"
);

/// A number as it lies on the wire.
pub trait Element: bytemuck::Pod + PartialEq + fmt::Debug {
    /// The element type's name on the wire.
    const DTYPE: Dtype;

    /// Reads one value from exactly `size_of::<Self>()` bytes.
    fn from_le(bytes: &[u8]) -> Self;

    /// The nearest double; exact for all but 64-bit integers beyond 2^53.
    fn as_f64(self) -> f64;
}

macro_rules! elements {
    ($($t:ty => $dtype:ident by $widen:path),*) => {$(
        impl Element for $t {
            const DTYPE: Dtype = Dtype::$dtype;

            #[inline]
            fn from_le(bytes: &[u8]) -> Self {
                Self::from_le_bytes(bytes.try_into().expect("chunks have the size of the element"))
            }

            #[inline]
            fn as_f64(self) -> f64 {
                $widen(self)
            }
        }
    )*};
}

elements!(
    i8 => Int8 by f64::from, u8 => UInt8 by f64::from, i16 => Int16 by f64::from,
    u16 => UInt16 by f64::from, i32 => Int32 by f64::from, u32 => UInt32 by f64::from,
    i64 => Int64 by rounded_i64, u64 => UInt64 by rounded_u64,
    f32 => Float32 by f64::from, f64 => Float64 by f64::from
);

fn rounded_i64(value: i64) -> f64 {
    value as f64
}

fn rounded_u64(value: u64) -> f64 {
    value as f64
}

/// A view of `T` values over unaligned little-endian bytes.
#[derive(Clone, Copy)]
pub struct Le<'a, T> {
    bytes: &'a [u8],
    element: PhantomData<T>,
}

/// Times of flight and pixel ids of events.
pub type I32s<'a> = Le<'a, i32>;

impl<'a, T: Element> Le<'a, T> {
    /// Views `bytes`; a tail shorter than one element is left out.
    pub fn new(bytes: &'a [u8]) -> Self {
        let whole = bytes.len() / size_of::<T>() * size_of::<T>();
        Self {
            bytes: &bytes[..whole],
            element: PhantomData,
        }
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.bytes.len() / size_of::<T>()
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The element at `index`, if there is one.
    pub fn get(&self, index: usize) -> Option<T> {
        let start = index.checked_mul(size_of::<T>())?;
        self.bytes
            .get(start..start.checked_add(size_of::<T>())?)
            .map(T::from_le)
    }

    /// The elements in order; compiles to plain loads, so loops over it vectorise.
    #[inline]
    pub fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = T> + DoubleEndedIterator + Clone + use<'a, T> {
        self.bytes.chunks_exact(size_of::<T>()).map(T::from_le)
    }

    /// The elements of `range`, cut to what is there.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let end = range.end.min(self.len());
        let start = range.start.min(end);
        Self {
            bytes: &self.bytes[start * size_of::<T>()..end * size_of::<T>()],
            ..*self
        }
    }

    /// The bytes behind the view.
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl<T: Element> Default for Le<'_, T> {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl<'a, T: Element> From<&'a [T]> for Le<'a, T> {
    fn from(values: &'a [T]) -> Self {
        Self::new(bytemuck::cast_slice(values))
    }
}

impl<T: Element> PartialEq for Le<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: Element> fmt::Debug for Le<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unaligned_bytes_read_as_numbers() {
        let bytes = [9, 1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 7];
        let view = I32s::new(&bytes[1..]);
        assert_eq!(view.iter().collect::<Vec<_>>(), [1, -2]);
        assert_eq!(view.get(1), Some(-2));
        assert_eq!(view.get(2), None);
        assert_eq!(view.get(usize::MAX), None);
    }

    #[test]
    fn slices_are_cut_to_the_view() {
        let values = [1, 2, 3, 4];
        let view = I32s::from(&values[..]);
        assert_eq!(view.slice(1..3), I32s::from(&values[1..3]));
        assert_eq!(view.slice(3..9), I32s::from(&values[3..]));
        assert!(view.slice(7..9).is_empty());
        #[expect(
            clippy::reversed_empty_ranges,
            reason = "a reversed range is the case under test"
        )]
        let reversed = 3..1;
        assert!(view.slice(reversed).is_empty());
    }
}
