//! The labelled array.

use std::sync::Arc;

use super::{Coord, Unit, Values};
use crate::time::TimeInterval;

/// Values on named dimensions, row-major: the last dimension runs fastest.
///
/// Cheap to clone; nobody changes one in place.
#[derive(Clone, Debug, PartialEq)]
pub struct DataArray {
    /// What the values are called, such as `Counts`.
    pub label: Arc<str>,
    /// Unit of the values.
    pub unit: Unit,
    /// One coordinate per dimension, outermost first; their lengths are the shape.
    pub coords: Vec<Coord>,
    /// `product(shape)` elements.
    pub values: Arc<Values>,
    /// Variances in the unit squared, as many as values.
    pub variances: Option<Arc<Values>>,
    /// The span of data time that the values cover.
    pub time: TimeInterval,
}

/// Values, variances and coordinates disagree about the shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} has {found} elements where the shape {shape:?} needs {expected}")]
pub struct ShapeError {
    what: &'static str,
    shape: Vec<usize>,
    expected: usize,
    found: usize,
}

impl DataArray {
    /// Checks that every part fits the shape.
    pub fn validate(&self) -> Result<(), ShapeError> {
        let shape = self.shape();
        let expected = shape.iter().product();
        let check = |what, values: &Values| {
            if values.len() == expected {
                return Ok(());
            }
            Err(ShapeError {
                what,
                shape: shape.clone(),
                expected,
                found: values.len(),
            })
        };
        check("values", &self.values)?;
        self.variances
            .as_ref()
            .map_or(Ok(()), |v| check("variances", v))
    }

    /// The variances of the values: as they are told, else of counts the counts themselves (Poisson), whatever type they
    /// are stored in; none of anything else.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use shared::data::{DataArray, Unit, Values};
    /// use shared::time::{TimeInterval, TimeNs};
    /// let time = TimeInterval { start: TimeNs(0), end: TimeNs(1) };
    /// let of = |unit: &str| DataArray {
    ///     label: "".into(),
    ///     unit: Unit::new(unit),
    ///     coords: Vec::new(),
    ///     values: Arc::new(Values::F64(vec![2.5])),
    ///     variances: None,
    ///     time,
    /// };
    /// assert_eq!(of("counts").known_variances(), Some(&Values::F64(vec![2.5])));
    /// assert_eq!(of("K").known_variances(), None);
    /// ```
    pub fn known_variances(&self) -> Option<&Values> {
        let are_counts = self.unit == Unit::counts();
        let told = self.variances.as_deref();
        told.or_else(|| are_counts.then_some(&*self.values))
    }

    /// Length of each dimension, outermost first; empty for a scalar.
    pub fn shape(&self) -> Vec<usize> {
        self.coords.iter().map(Coord::len).collect()
    }

    /// Bytes held, coordinates left out.
    pub fn byte_len(&self) -> usize {
        self.values.byte_len() + self.variances.as_ref().map_or(0, |v| v.byte_len())
    }

    /// The only value of a scalar; none for other shapes.
    pub fn scalar(&self) -> Option<f64> {
        (self.coords.is_empty() && self.values.len() == 1).then(|| self.values.get(0))
    }
}
