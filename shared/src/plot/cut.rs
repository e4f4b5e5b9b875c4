//! How a volume is cut for the screen: a plane of it, or all planes side by side.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Plane;
use crate::data::Coord;

/// Which plane of a volume is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// The plane at an index of a dimension.
    Slice {
        /// 0, 1 or 2, outermost first.
        dim: usize,
        /// The index; beyond the last it is the last.
        index: usize,
    },
    /// Everything: one dimension along x, the two others side by side along y.
    Flatten {
        /// The dimension along x.
        x_dim: usize,
    },
}

impl Cut {
    /// Every way to cut a volume, each in the middle of its dimension.
    pub fn all(shape: [usize; 3]) -> [Self; 6] {
        std::array::from_fn(|i| match i {
            0..3 => Self::Slice {
                dim: i,
                index: shape[i] / 2,
            },
            _ => Self::Flatten { x_dim: i - 3 },
        })
    }

    /// The stable name of the way, wherever the plane lies: `slice 0`, `flat 2`.
    pub fn name(self) -> String {
        match self {
            Self::Slice { dim, .. } => format!("slice {dim}"),
            Self::Flatten { x_dim } => format!("flat {x_dim}"),
        }
    }

    /// The way of this name, in the middle of a volume.
    pub fn named(name: &str, shape: [usize; 3]) -> Option<Self> {
        Self::all(shape).into_iter().find(|it| it.name() == name)
    }

    /// What people call it.
    pub fn title(self, labels: &[String; 3]) -> String {
        match self {
            Self::Slice { dim, .. } => format!("Slice {}", labels[dim.min(2)]),
            Self::Flatten { x_dim } => format!("All slices, x axis: {}", labels[x_dim.min(2)]),
        }
    }

    /// Which plane of a volume of this shape it is: a dimension and an index that exist; none of a flat one.
    pub fn place(self, shape: [usize; 3]) -> Option<(usize, usize)> {
        match self {
            Self::Slice { dim, index } => {
                let dim = dim.min(2);
                Some((dim, index.min(shape[dim].saturating_sub(1))))
            }
            Self::Flatten { .. } => None,
        }
    }

    /// The dimensions along x and along y; none where several lie side by side.
    pub fn dims(self) -> [Option<usize>; 2] {
        match self {
            Self::Slice { dim, .. } => {
                let [y, x] = others(dim);
                [Some(x), Some(y)]
            }
            Self::Flatten { x_dim } => [Some(x_dim.min(2)), None],
        }
    }

    /// The axes that a volume with these has where it is cut, x and y, and where its elements lie; none where there are
    /// none.
    pub(super) fn axes(self, coords: &[Coord; 3]) -> Option<([Cow<'_, Coord>; 2], Plane)> {
        let shape = coords.each_ref().map(Coord::len);
        match self {
            Self::Slice { .. } => {
                let (dim, index) = self.place(shape)?;
                let plane = Plane::slice(&shape, dim, index).ok()?;
                let [y, x] = others(dim).map(|dim| Cow::Borrowed(&coords[dim]));
                Some(([x, y], plane))
            }
            Self::Flatten { x_dim } => {
                let x_dim = x_dim.min(2);
                let rows = others(x_dim);
                let plane = Plane::flatten(&shape, &rows, &[x_dim]).ok()?;
                let y = Coord::flat(&rows.map(|dim| coords[dim].clone()));
                Some(([Cow::Borrowed(&coords[x_dim]), Cow::Owned(y)], plane))
            }
        }
    }

    /// True when both cut the same way, wherever.
    pub fn has_axes_of(self, other: Self) -> bool {
        match (self, other) {
            (Self::Slice { dim: a, .. }, Self::Slice { dim: b, .. })
            | (Self::Flatten { x_dim: a }, Self::Flatten { x_dim: b }) => a == b,
            _ => false,
        }
    }
}

impl Default for Cut {
    fn default() -> Self {
        Self::Slice { dim: 0, index: 0 }
    }
}

/// The two dimensions of three that are not `dim`, outer one first.
fn others(dim: usize) -> [usize; 2] {
    match dim {
        0 => [1, 2],
        1 => [0, 2],
        _ => [0, 1],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_cut_is_found_by_its_name() {
        let shape = [4, 6, 8];
        for cut in Cut::all(shape) {
            assert_eq!(Cut::named(&cut.name(), shape), Some(cut));
        }
        let middle = Cut::Slice { dim: 1, index: 3 };
        assert_eq!(Cut::named("slice 1", shape), Some(middle));
        assert_eq!(Cut::named("flat 2", shape), Some(Cut::Flatten { x_dim: 2 }));
        assert_eq!(Cut::named("slice 3", shape), None);
        assert_eq!(Cut::named("", shape), None);
    }

    #[test]
    fn a_plane_that_does_not_exist_is_the_last() {
        let slice = |dim, index| Cut::Slice { dim, index };
        assert_eq!(slice(1, 9).place([4, 6, 8]), Some((1, 5)));
        assert_eq!(slice(7, 2).place([4, 6, 8]), Some((2, 2)));
        assert_eq!(slice(0, 3).place([0, 6, 8]), Some((0, 0)));
        assert_eq!(Cut::Flatten { x_dim: 0 }.place([4, 6, 8]), None);
        assert!(slice(0, 1).has_axes_of(slice(0, 7)));
        assert!(!slice(0, 1).has_axes_of(Cut::Flatten { x_dim: 0 }));
    }

    #[test]
    fn the_outer_of_the_dimensions_that_are_left_is_y() {
        let dims = [4, 6, 8].map(|len| Coord::index("d", len));
        for (dim, x, y) in [(0, 2, 1), (1, 2, 0), (2, 1, 0), (9, 1, 0)] {
            let cut = Cut::Slice { dim, index: 0 };
            assert_eq!(cut.dims(), [Some(x), Some(y)]);
            let (axes, plane) = cut.axes(&dims).unwrap();
            assert_eq!(axes.map(|axis| axis.len()), [dims[x].len(), dims[y].len()]);
            assert_eq!(plane.n_columns(), dims[x].len());
        }
        let flat = Cut::Flatten { x_dim: 1 };
        assert_eq!(flat.dims(), [Some(1), None]);
        let (axes, _) = flat.axes(&dims).unwrap();
        assert_eq!(axes.map(|axis| axis.len()), [6, 32]);
    }
}
