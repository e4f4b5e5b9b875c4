//! The labelled array.

use std::sync::Arc;

use super::{Coord, CoordValues, Label, Unit, Values};
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

    /// The things that the elements of the outermost dimension are, if they are things.
    pub fn labels(&self) -> Option<&[Label]> {
        match &self.coords.first()?.values {
            CoordValues::Labels(labels) => Some(labels),
            _ => None,
        }
    }

    /// Element `index` of the outermost dimension; none past the end, or without dimensions.
    pub fn row(&self, index: usize) -> Option<Self> {
        let (outermost, inner) = self.coords.split_first()?;
        let len: usize = inner.iter().map(Coord::len).product();
        let slice = |values: &Values| Arc::new(values.slice(index * len, (index + 1) * len));
        (index < outermost.len()).then(|| Self {
            coords: inner.to_vec(),
            values: slice(&self.values),
            variances: self.variances.as_deref().map(slice),
            time: self.row_time(index),
            ..self.clone()
        })
    }

    /// The element of the outermost dimension that is the thing of an edition, and what it is called.
    pub fn row_of(&self, edition: u64) -> Option<(&Label, Self)> {
        let labels = self.labels()?;
        let index = labels.iter().position(|it| it.edition == edition)?;
        Some((&labels[index], self.row(index)?))
    }

    /// The span of data time that element `index` of the outermost dimension covers.
    pub fn row_time(&self, index: usize) -> TimeInterval {
        let label = self.labels().and_then(|labels| labels.get(index));
        let since = label.and_then(|label| label.since);
        TimeInterval {
            start: since.unwrap_or(self.time.start),
            ..self.time
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeNs;

    #[test]
    fn a_row_covers_the_time_of_what_it_is_of() {
        let label = |name: &str, since| Label {
            name: name.into(),
            colour: None,
            edition: 0,
            since,
        };
        let labels = [label("old", None), label("new", Some(TimeNs(7)))];
        let things = Coord {
            values: CoordValues::Labels(labels.into()),
            ..Coord::index("roi", 0)
        };
        let array = DataArray {
            label: "Counts".into(),
            unit: Unit::counts(),
            coords: vec![things, Coord::index("x", 3)],
            values: Arc::new(Values::U32(vec![1, 2, 3, 4, 5, 6])),
            variances: None,
            time: TimeInterval {
                start: TimeNs(0),
                end: TimeNs(10),
            },
        };
        let row = |index| {
            let row = array.row(index)?;
            row.validate().expect("a proper array");
            Some((row.values.to_f64(), row.time.start.0))
        };
        assert_eq!(row(0), Some((vec![1.0, 2.0, 3.0], 0)));
        assert_eq!(row(1), Some((vec![4.0, 5.0, 6.0], 7)));
        assert_eq!(row(2), None);
    }
}
