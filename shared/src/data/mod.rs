//! Labelled n-d arrays: what reductions produce and what plots are made of.

mod array;
mod byte_string;
mod convert;
mod coord;
mod packed;
mod sum;
mod unit;
mod values;

pub use array::{DataArray, ShapeError};
pub use coord::{Coord, CoordValues, Label};
pub use unit::Unit;
pub use values::{DType, Values};
