//! Two-dimensional views into a row-major n-d array: a slice at an index, or dimensions flattened side by side.

use thiserror::Error;

/// Where the elements of a 2-D picture lie in the flat values of an n-d array. It copies nothing.
///
/// ```
/// use shared::plot::Plane;
/// let slice = Plane::slice(&[4, 3, 2], 0, 1).unwrap();
/// assert_eq!((slice.n_rows(), slice.n_columns()), (3, 2));
/// assert_eq!(slice.index(2, 1), 6 + 2 * 2 + 1);
/// let flat = Plane::flatten(&[4, 3, 2], &[0, 2], &[1]).unwrap();
/// assert_eq!((flat.n_rows(), flat.n_columns()), (8, 3));
/// assert_eq!(flat.index(3, 2), 6 + 2 * 2 + 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plane {
    offset: usize,
    rows: Walk,
    columns: Walk,
}

/// Why an array has no such view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PlaneError {
    /// A dimension number is not below the number of dimensions.
    #[error("choose a dimension below {n_dims}, not {dim}")]
    NoSuchDim {
        /// What was asked for.
        dim: usize,
        /// What there is.
        n_dims: usize,
    },
    /// The index lies outside the sliced dimension.
    #[error("choose an index below {len}, not {index}")]
    NoSuchIndex {
        /// What was asked for.
        index: usize,
        /// What there is.
        len: usize,
    },
    /// A slice needs three dimensions, of which two remain.
    #[error("slice an array of 3 dimensions, not of {0}")]
    NotThreeDims(usize),
    /// Each dimension must be used exactly once, on either side.
    #[error("give each dimension to the rows or to the columns, once")]
    NotAPartition,
    /// The array has more elements than can be counted.
    #[error("the shape has too many elements")]
    TooLarge,
}

impl Plane {
    /// The slice of a 3-D array at `index` of dimension `dim`; of the other two, the outer one gives the rows.
    pub fn slice(shape: &[usize], dim: usize, index: usize) -> Result<Self, PlaneError> {
        let &[_, _, _] = shape else {
            return Err(PlaneError::NotThreeDims(shape.len()));
        };
        let len = *shape
            .get(dim)
            .ok_or(PlaneError::NoSuchDim { dim, n_dims: 3 })?;
        if index >= len {
            return Err(PlaneError::NoSuchIndex { index, len });
        }
        let strides = strides(shape)?;
        let walk = |dim: usize| Walk(vec![(shape[dim], strides[dim])]);
        let (row, column) = match dim {
            0 => (1, 2),
            1 => (0, 2),
            _ => (0, 1),
        };
        Ok(Self {
            offset: index * strides[dim],
            rows: walk(row),
            columns: walk(column),
        })
    }

    /// All of an array, the dimensions `row_dims` flattened into rows and `column_dims` into columns, the last
    /// of each varying fastest.
    pub fn flatten(
        shape: &[usize],
        row_dims: &[usize],
        column_dims: &[usize],
    ) -> Result<Self, PlaneError> {
        let mut used: Vec<_> = row_dims.iter().chain(column_dims).copied().collect();
        used.sort_unstable();
        if let Some(dim) = used.last().copied().filter(|dim| *dim >= shape.len()) {
            return Err(PlaneError::NoSuchDim {
                dim,
                n_dims: shape.len(),
            });
        }
        if !used.into_iter().eq(0..shape.len()) {
            return Err(PlaneError::NotAPartition);
        }
        let strides = strides(shape)?;
        let walk = |dims: &[usize]| {
            Walk(
                dims.iter()
                    .map(|dim| (shape[*dim], strides[*dim]))
                    .collect(),
            )
        };
        Ok(Self {
            offset: 0,
            rows: walk(row_dims),
            columns: walk(column_dims),
        })
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Number of columns.
    pub fn n_columns(&self) -> usize {
        self.columns.len()
    }

    /// Where an element lies in the flat values. Rows and columns beyond the last wrap around.
    pub fn index(&self, row: usize, column: usize) -> usize {
        self.offset + self.rows.offset(row) + self.columns.offset(column)
    }

    /// Where each row begins, where the elements of a row lie one behind the other; none where they do not.
    pub fn row_starts(&self) -> Option<impl Iterator<Item = usize>> {
        let is_contiguous = matches!(self.columns.0.as_slice(), [(_, 1)]);
        is_contiguous.then(|| (0..self.n_rows()).map(|row| self.offset + self.rows.offset(row)))
    }

    /// Where all elements lie, row by row.
    pub fn indices(&self) -> impl Iterator<Item = usize> {
        (0..self.n_rows()).flat_map(move |row| {
            let start = self.offset + self.rows.offset(row);
            (0..self.n_columns()).map(move |column| start + self.columns.offset(column))
        })
    }

    /// The same as a list: a third of the time where all are needed, since places along a row are worked out once.
    pub fn all_indices(&self) -> Vec<usize> {
        let columns: Vec<usize> = (0..self.n_columns())
            .map(|column| self.columns.offset(column))
            .collect();
        let mut indices = Vec::with_capacity(columns.len() * self.n_rows());
        for row in 0..self.n_rows() {
            let start = self.offset + self.rows.offset(row);
            indices.extend(columns.iter().map(|column| start + column));
        }
        indices
    }
}

/// Lengths and strides of the dimensions that one axis walks through, outermost first.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Walk(Vec<(usize, usize)>);

impl Walk {
    fn len(&self) -> usize {
        self.0.iter().map(|(len, _)| len).product()
    }

    fn offset(&self, mut position: usize) -> usize {
        if let &[(len, stride)] = self.0.as_slice() {
            return position % len.max(1) * stride;
        }
        let mut offset = 0;
        for (len, stride) in self.0.iter().rev() {
            let len = (*len).max(1);
            offset += position % len * stride;
            position /= len;
        }
        offset
    }
}

/// Elements to the next index of each dimension, row-major.
fn strides(shape: &[usize]) -> Result<Vec<usize>, PlaneError> {
    let mut strides = vec![1; shape.len()];
    let mut n: usize = 1;
    for (stride, len) in strides.iter_mut().zip(shape).rev() {
        *stride = n;
        n = n.checked_mul(*len).ok_or(PlaneError::TooLarge)?;
    }
    Ok(strides)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_along_each_dimension() {
        let at = |dim, index| {
            Plane::slice(&[2, 3, 4], dim, index)
                .unwrap()
                .indices()
                .collect::<Vec<_>>()
        };
        assert_eq!(at(0, 1), (12..24).collect::<Vec<_>>());
        let second = Plane::slice(&[2, 3, 4], 1, 2).unwrap();
        assert_eq!(second.all_indices(), at(1, 2));
        assert_eq!(at(1, 2), [8, 9, 10, 11, 20, 21, 22, 23]);
        let starts = second.row_starts().map(Iterator::collect::<Vec<_>>);
        assert_eq!(starts, Some(vec![8, 20]));
        let across = Plane::slice(&[2, 3, 4], 2, 0).unwrap();
        assert!(across.row_starts().is_none());
        assert_eq!(at(2, 3), [3, 7, 11, 15, 19, 23]);
    }

    #[test]
    fn a_flattened_plane_visits_everything_once() {
        let plane = Plane::flatten(&[2, 3, 4, 2], &[1, 3], &[2, 0]).unwrap();
        let mut indices: Vec<_> = plane.indices().collect();
        assert_eq!(plane.index(5, 7), indices[5 * 8 + 7]);
        assert_eq!(plane.all_indices(), indices);
        indices.sort_unstable();
        assert_eq!(indices, (0..48).collect::<Vec<_>>());
    }

    #[test]
    fn impossible_views_say_why() {
        let error = |result: Result<Plane, PlaneError>| result.unwrap_err().to_string();
        assert_eq!(
            error(Plane::slice(&[2, 3], 0, 0)),
            "slice an array of 3 dimensions, not of 2"
        );
        assert_eq!(
            error(Plane::slice(&[2, 3, 4], 3, 0)),
            "choose a dimension below 3, not 3"
        );
        assert_eq!(
            error(Plane::slice(&[2, 3, 4], 1, 3)),
            "choose an index below 3, not 3"
        );
        assert!(matches!(
            Plane::flatten(&[2, 3], &[0], &[0]),
            Err(PlaneError::NotAPartition)
        ));
        let huge = [usize::MAX, 2, 2];
        assert!(matches!(
            Plane::slice(&huge, 1, 0),
            Err(PlaneError::TooLarge)
        ));
    }

    #[test]
    fn empty_dimensions_give_empty_planes() {
        let plane = Plane::slice(&[2, 0, 4], 0, 1).unwrap();
        assert_eq!(plane.indices().count(), 0);
        assert_eq!(plane.index(0, 0), 0);
    }
}
