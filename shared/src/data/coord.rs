//! Coordinates along one dimension: points, or the edges between bins.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Unit;
use crate::time::TimeNs;

/// Where the elements of one dimension lie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coord {
    /// The dimension's name, such as `time_of_arrival`.
    pub dim: Arc<str>,
    /// What people call it, such as `Time of arrival`.
    pub label: Arc<str>,
    /// Unit of the values.
    pub unit: Unit,
    /// The values.
    pub values: CoordValues,
}

/// The values of a coordinate; shared, since coordinates rarely change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoordValues {
    /// Element `i` of `len` sits at `start + i * step`.
    Linear {
        /// Position of element 0.
        start: f64,
        /// Distance between elements.
        step: f64,
        /// Number of elements.
        len: usize,
    },
    /// One position per element.
    Points(Arc<[f64]>),
    /// Bin `i` spans `edges[i] <= v < edges[i + 1]`: one edge more than elements.
    Edges(Arc<[f64]>),
    /// One instant per element, nanoseconds since 1970.
    Times(Arc<[i64]>),
    /// One name per element; element `i` is drawn at `i`.
    Labels(Arc<[Label]>),
    /// The elements of several dimensions side by side, outermost first, the last one running fastest; element `i` is
    /// drawn at `i`.
    Flat(Arc<[Coord]>),
}

/// What stands for a position where elements are things and no numbers, such as regions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// What people call it.
    pub name: Arc<str>,
    /// The place of its colour among those of series; none when it has no colour of its own.
    pub colour: Option<u8>,
    /// Another one when the same name stands for another thing: values before and after are not added up.
    pub edition: u64,
    /// Start of the time that its values cover, where they cover less than the array that they are in. Not sent.
    #[serde(skip)]
    pub since: Option<TimeNs>,
}

impl Coord {
    /// Element numbers 0, 1, 2 … of a dimension that has no other coordinate.
    pub fn index(dim: &str, len: usize) -> Self {
        Self {
            dim: dim.into(),
            label: dim.into(),
            unit: Unit::dimensionless(),
            values: CoordValues::Linear {
                start: 0.0,
                step: 1.0,
                len,
            },
        }
    }

    /// Instants along a dimension `time`, ns since 1970.
    pub fn times(times: Arc<[i64]>) -> Self {
        Self {
            dim: "time".into(),
            label: "Time".into(),
            unit: Unit::new("ns"),
            values: CoordValues::Times(times),
        }
    }

    /// How many elements it locates.
    pub fn len(&self) -> usize {
        match &self.values {
            CoordValues::Linear { len, .. } => *len,
            CoordValues::Points(points) => points.len(),
            CoordValues::Edges(edges) => edges.len().saturating_sub(1),
            CoordValues::Times(times) => times.len(),
            CoordValues::Labels(labels) => labels.len(),
            CoordValues::Flat(parts) => parts.iter().map(Self::len).product(),
        }
    }

    /// True when it locates nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The centre of element `index`; `NaN` past the end. Times come as nanoseconds since 1970, labels as their number.
    pub fn centre(&self, index: usize) -> f64 {
        let pick = |values: &[f64], i: usize| values.get(i).copied().unwrap_or(f64::NAN);
        match &self.values {
            CoordValues::Linear { start, step, len } if index < *len => start + index as f64 * step,
            CoordValues::Points(points) => pick(points, index),
            CoordValues::Edges(edges) => f64::midpoint(pick(edges, index), pick(edges, index + 1)),
            CoordValues::Times(times) => times.get(index).map_or(f64::NAN, |t| *t as f64),
            CoordValues::Labels(labels) if index < labels.len() => index as f64,
            CoordValues::Flat(_) if index < self.len() => index as f64,
            CoordValues::Linear { .. } | CoordValues::Labels(_) | CoordValues::Flat(_) => f64::NAN,
        }
    }

    /// One dimension out of several side by side, the last one running fastest.
    pub fn flat(parts: &[Self]) -> Self {
        let names = |of: fn(&Self) -> &str| parts.iter().map(of).collect::<Vec<_>>().join(" / ");
        Self {
            dim: names(|it| &it.dim).into(),
            label: names(|it| &it.label).into(),
            unit: Unit::dimensionless(),
            values: CoordValues::Flat(parts.into()),
        }
    }

    /// The dimensions that an element stands for, each with its index there: of most coordinates the only one.
    pub fn parts(&self, index: usize) -> Vec<(&Self, usize)> {
        let CoordValues::Flat(parts) = &self.values else {
            return vec![(self, index)];
        };
        let mut left = index;
        let inner_first = parts.iter().rev().map(|part| {
            let len = part.len().max(1);
            let here = left % len;
            left /= len;
            (part, here)
        });
        let mut all: Vec<_> = inner_first.collect();
        all.reverse();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_of_several_dimensions_knows_its_place_in_each() {
        let coord = Coord::flat(&[Coord::index("layer", 4), Coord::index("y", 3)]);
        assert_eq!((coord.len(), &*coord.label), (12, "layer / y"));
        assert_eq!(coord.centre(7), 7.0);
        assert!(coord.centre(12).is_nan());
        let parts: Vec<_> = coord
            .parts(7)
            .iter()
            .map(|(part, i)| (&*part.dim, *i))
            .collect();
        assert_eq!(parts, [("layer", 2), ("y", 1)]);
    }

    #[test]
    fn edges_have_one_element_less_and_centres_between() {
        let coord = Coord {
            values: CoordValues::Edges([0.0, 1.0, 3.0].into()),
            ..Coord::index("x", 0)
        };
        assert_eq!(coord.len(), 2);
        assert_eq!(coord.centre(1), 2.0);
        assert!(coord.centre(2).is_nan());
    }
}
