//! The shape of an array on the wire, held without an allocation.

use super::{Dtype, ElementsLe, Le, Schema, WireError};

/// Most dimensions an array may have.
pub const MAX_DIMS: usize = 8;

/// Lengths of the dimensions, slowest first; empty for a scalar. The product never overflows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shape {
    ndim: usize,
    sizes: [usize; MAX_DIMS],
}

impl Shape {
    /// The shape of a single value.
    pub const SCALAR: Self = Self {
        ndim: 0,
        sizes: [0; MAX_DIMS],
    };

    /// The lengths, slowest dimension first.
    pub fn as_slice(&self) -> &[usize] {
        &self.sizes[..self.ndim]
    }

    /// Number of elements: the product of the lengths, 1 for a scalar.
    pub fn count(&self) -> usize {
        self.as_slice().iter().product()
    }

    /// Reads a shape from `field`; refuses negative lengths, more than [`MAX_DIMS`] and overflow.
    pub(super) fn from_wire(field: &'static str, lengths: Le<'_, i64>) -> Result<Self, WireError> {
        let bad = || WireError::Dimensions { field };
        let ndim = lengths.len();
        let mut sizes = [0; MAX_DIMS];
        let mut count = 1_usize;
        for (i, length) in lengths.iter().enumerate() {
            let length = usize::try_from(length).ok().ok_or_else(bad)?;
            // A zero elsewhere must not hide an absurd length.
            count = count.checked_mul(length.max(1)).ok_or_else(bad)?;
            *sizes.get_mut(i).ok_or_else(bad)? = length;
        }
        Ok(Self { ndim, sizes })
    }
}

/// Views `bytes` as the elements of an array; refuses anything but exactly the bytes its shape needs.
pub(super) fn sized_elements<'a>(
    schema: Schema,
    dtype: Dtype,
    shape: &Shape,
    bytes: &'a [u8],
) -> Result<ElementsLe<'a>, WireError> {
    let expected = shape.count().saturating_mul(dtype.size_bytes());
    if expected != bytes.len() {
        return Err(WireError::Size {
            expected,
            found: bytes.len(),
        });
    }
    let text = || WireError::Text {
        schema,
        field: "data".to_owned(),
    };
    ElementsLe::new(dtype, bytes).ok_or_else(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lengths: &[i64]) -> Result<Shape, WireError> {
        Shape::from_wire("shape", lengths.into())
    }

    #[test]
    fn count_is_the_product_and_one_for_a_scalar() {
        assert_eq!(read(&[2, 3, 4]).unwrap().count(), 24);
        assert_eq!(read(&[2, 0]).unwrap().count(), 0);
        assert_eq!(read(&[]), Ok(Shape::SCALAR));
        assert_eq!(Shape::SCALAR.count(), 1);
    }

    #[test]
    fn elements_fill_the_shape_exactly() {
        let shape = read(&[2, 2]).unwrap();
        let view = |dtype, bytes| sized_elements(Schema::Da00, dtype, &shape, bytes);
        assert_eq!(view(Dtype::Int16, &[0; 8]).unwrap().len(), 4);
        let size = Err(WireError::Size {
            expected: 8,
            found: 7,
        });
        assert_eq!(view(Dtype::Int16, &[0; 7]), size);
        let huge = read(&[i64::MAX]).unwrap();
        let refused = sized_elements(Schema::Da00, Dtype::Float64, &huge, &[0; 8]);
        assert_eq!(refused.unwrap_err().kind(), "size");
    }

    #[test]
    fn negative_overflowing_and_many_dimensions_are_refused() {
        let bad = Err(WireError::Dimensions { field: "shape" });
        assert_eq!(read(&[-1]), bad);
        assert_eq!(read(&[i64::MAX, 3]), bad);
        assert_eq!(read(&[0, i64::MAX, i64::MAX]), bad);
        assert_eq!(read(&[1; MAX_DIMS + 1]), bad);
    }
}
