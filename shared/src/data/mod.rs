//! Labelled n-d arrays: what reductions produce and what plots are made of.

mod array;
mod byte_string;
mod convert;
mod coord;
mod integer;
mod packed;
mod sum;
mod unit;
mod values;

pub use array::{DataArray, ShapeError};
pub use coord::{Coord, CoordValues, Label};
pub(crate) use integer::Integer;
pub use unit::Unit;
pub use values::{DType, Values};
