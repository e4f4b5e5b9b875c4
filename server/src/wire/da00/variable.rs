//! One variable of a da00 message.

use flatbuffers::{FlatBufferBuilder, WIPOffset};

use super::super::generated::da00 as wire;
use super::super::shape::sized_elements;
use super::super::{Dtype, ElementsLe, Le, MAX_DIMS, Schema, Shape, WireError};

/// The number that this schema gives to the first element type; 0 says that there is none.
const FIRST_DTYPE: i8 = 1;

/// Names of dimensions that the producer did not name.
const UNNAMED: [&str; MAX_DIMS] = [
    "dim_0", "dim_1", "dim_2", "dim_3", "dim_4", "dim_5", "dim_6", "dim_7",
];

/// A verified variable: `signal`, `errors` or a coordinate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variable<'a> {
    /// What the values are.
    pub name: &'a str,
    /// Their unit; absent is not the same as dimensionless.
    pub unit: Option<&'a str>,
    /// Their title.
    pub label: Option<&'a str>,
    /// Where they come from.
    pub source: Option<&'a str>,
    /// The elements in C order.
    pub data: ElementsLe<'a>,
    shape: Shape,
    axes: [&'a str; MAX_DIMS],
}

impl<'a> Variable<'a> {
    /// Lengths of the dimensions, slowest first; empty for a scalar.
    pub fn shape(&self) -> &[usize] {
        self.shape.as_slice()
    }

    /// Names of the dimensions, one per entry of [`Self::shape`]; `dim_0` and so on where the producer
    /// named none.
    pub fn axes(&self) -> &[&'a str] {
        &self.axes[..self.shape().len()]
    }

    pub(super) fn read(variable: &wire::Variable<'a>) -> Result<Self, WireError> {
        let dtype = Dtype::read(Schema::Da00, variable.data_type().0, FIRST_DTYPE)?;
        let bytes = variable.data().bytes();
        let stated = Shape::from_wire("shape", Le::new(variable.shape().bytes()))?;
        let named = variable.axes();
        let shape = if named.is_empty() {
            unnamed_shape(stated, dtype, bytes.len())
        } else {
            stated
        };
        let ndim = shape.as_slice().len();
        let mut axes = UNNAMED;
        if !named.is_empty() {
            if named.len() != ndim {
                return Err(WireError::Mismatched {
                    left: "axes",
                    left_len: named.len(),
                    right: "shape",
                    right_len: ndim,
                });
            }
            axes.iter_mut()
                .zip(named)
                .for_each(|(axis, name)| *axis = name);
        }
        Ok(Self {
            name: variable.name(),
            unit: variable.unit(),
            label: variable.label(),
            source: variable.source(),
            data: sized_elements(Schema::Da00, dtype, &shape, bytes)?,
            shape,
            axes,
        })
    }
}

/// The shape of a variable without axes. The facility's Python encoder states a scalar's length in bytes,
/// so a single element is a scalar if its shape counts either one element or those bytes.
fn unnamed_shape(stated: Shape, dtype: Dtype, bytes: usize) -> Shape {
    let scalar = bytes == dtype.size_bytes() && matches!(stated.as_slice(), [] | [_]);
    if scalar && (stated.count() == 1 || stated.count() == bytes) {
        Shape::SCALAR
    } else {
        stated
    }
}

/// What a variable is made of. Lengths are the caller's business: tests write wrong ones on purpose.
#[derive(Clone, Copy, Debug)]
pub struct VariableParts<'a> {
    /// What the values are.
    pub name: &'a str,
    /// Their unit.
    pub unit: Option<&'a str>,
    /// Their title.
    pub label: Option<&'a str>,
    /// Where they come from.
    pub source: Option<&'a str>,
    /// Names of the dimensions, slowest first; none for a scalar.
    pub axes: &'a [&'a str],
    /// Lengths of the dimensions, slowest first; none for a scalar.
    pub shape: &'a [i64],
    /// The elements in C order.
    pub data: ElementsLe<'a>,
}

impl VariableParts<'_> {
    pub(super) fn create<'f>(
        &self,
        builder: &mut FlatBufferBuilder<'f>,
    ) -> WIPOffset<wire::Variable<'f>> {
        let axes: Vec<_> = self
            .axes
            .iter()
            .map(|axis| builder.create_string(axis))
            .collect();
        let args = wire::VariableArgs {
            name: Some(builder.create_string(self.name)),
            unit: self.unit.map(|text| builder.create_string(text)),
            label: self.label.map(|text| builder.create_string(text)),
            source: self.source.map(|text| builder.create_string(text)),
            data_type: wire::Dtype(self.data.dtype().code(FIRST_DTYPE)),
            axes: Some(builder.create_vector(&axes)),
            shape: Some(builder.create_vector(self.shape)),
            data: Some(builder.create_vector(self.data.as_bytes())),
        };
        wire::Variable::create(builder, &args)
    }
}
