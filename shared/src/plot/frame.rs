//! What a plotter computes and a presenter draws: five data shapes, the same for every plotter.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Errors, Shape};
use crate::data::{Coord, Unit, Values};
use crate::time::TimeInterval;

/// The computed picture of one layer, before any session presents it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The data.
    pub body: FrameBody,
    /// The data time it covers; none for static geometry.
    pub time: Option<TimeInterval>,
    /// How many original samples stand behind one drawn at most: 1 when nothing was reduced.
    pub reduced: u32,
    /// What limits the picture, in words, such as a window that memory cut short.
    pub note: Option<Arc<str>>,
}

impl Frame {
    /// About how many bytes its data take in memory.
    pub fn byte_len(&self) -> usize {
        match &self.body {
            FrameBody::Image(image) => image.values.byte_len() + image.errors.byte_len(),
            FrameBody::Volume(volume) => volume.values.byte_len() + volume.errors.byte_len(),
            FrameBody::Curves(curves) => curves.series.iter().map(Series::byte_len).sum(),
            FrameBody::Scalars(scalars) => 64 * scalars.entries.len(),
            FrameBody::Shapes(shapes) => shapes.shapes.iter().map(Shape::byte_len).sum(),
        }
    }
}

/// The shapes that data come in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameBody {
    /// Values on two axes.
    Image(Image),
    /// Series of points.
    Curves(Curves),
    /// Single values: bars and tables.
    Scalars(Scalars),
    /// Values on three axes, of which a session shows a slice.
    Volume(SlicerState),
    /// Regions and lines.
    Shapes(Shapes),
}

/// What the values of a picture mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// What people call them.
    pub label: Arc<str>,
    /// Their unit.
    pub unit: Unit,
}

/// The range of values, so that no browser scans pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extent {
    /// Least and greatest finite value; none when there is no finite value.
    pub finite: Option<(f64, f64)>,
    /// The least finite value above zero, where a logarithmic scale starts.
    pub least_positive: Option<f64>,
}

/// A matrix, row-major: row `i` lies at `y[i]`, column `j` at `x[j]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// The column coordinate.
    pub x: Coord,
    /// The row coordinate.
    pub y: Coord,
    /// What the values are.
    pub quantity: Quantity,
    /// `y.len() * x.len()` values.
    pub values: Arc<Values>,
    /// How sure they are.
    pub errors: Errors,
    /// Their range.
    pub extent: Extent,
}

/// Series on common axes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    /// What the ordinates are.
    pub quantity: Quantity,
    /// The curves, in drawing order.
    pub series: Vec<Series>,
}

/// One curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What the legend says.
    pub name: Arc<str>,
    /// The abscissas: points, bin edges or instants, ascending.
    pub x: Coord,
    /// The ordinates, one per element of `x`; `NaN` is a gap.
    pub y: Arc<Values>,
    /// Standard deviations of the ordinates.
    pub errors: Option<Arc<Values>>,
    /// The range of the ordinates.
    pub extent: Extent,
    /// The place of its colour among those of series; by its position in the figure when none.
    pub colour: Option<u8>,
}

/// Single values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scalars {
    /// One entry per source.
    pub entries: Vec<ScalarEntry>,
}

/// One value with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScalarEntry {
    /// Whose value it is.
    pub name: Arc<str>,
    /// What it is.
    pub quantity: Quantity,
    /// The value; `NaN` when there is none.
    pub value: f64,
    /// Its standard deviation.
    pub error: Option<f64>,
}

/// A cuboid of values, row-major over `[z, y, x]`: which slice of it is shown is each session's own choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlicerState {
    /// The coordinates, outermost first.
    pub coords: [Coord; 3],
    /// What the values are.
    pub quantity: Quantity,
    /// `product(len)` values.
    pub values: Arc<Values>,
    /// How sure they are.
    pub errors: Errors,
    /// Their range over the whole volume, so that colours do not change from slice to slice.
    pub extent: Extent,
}

/// Geometry in axis units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shapes {
    /// The shapes, in drawing order.
    pub shapes: Vec<Shape>,
}

impl Series {
    fn byte_len(&self) -> usize {
        let errors = self.errors.as_ref().map_or(0, |it| it.byte_len());
        8 * self.x.len() + self.y.byte_len() + errors
    }

    /// Whether its values, in the unit of its curves, have uncertainties.
    pub fn has_errors(&self, unit: &Unit) -> bool {
        self.errors.is_some() || *unit == Unit::counts()
    }

    /// The standard deviation of value `i` in the unit of the curves: as given, else √n of n counts (Poisson). NaN where
    /// nothing is known.
    pub fn error(&self, i: usize, unit: &Unit) -> f64 {
        match &self.errors {
            Some(errors) => errors.get(i),
            None if *unit == Unit::counts() => self.y.get(i).sqrt(),
            None => f64::NAN,
        }
    }
}

impl Extent {
    /// The range of `values`; what is not finite is left out.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut low = f64::INFINITY;
        let mut high = f64::NEG_INFINITY;
        let mut positive = f64::INFINITY;
        for value in values {
            if value.is_finite() {
                low = low.min(value);
                high = high.max(value);
                if value > 0.0 {
                    positive = positive.min(value);
                }
            }
        }
        Self {
            finite: (low <= high).then_some((low, high)),
            least_positive: positive.is_finite().then_some(positive),
        }
    }

    /// The range of array elements, without converting integers one by one to floats.
    pub fn of_values(values: &Values) -> Self {
        fn of_integers<T: Copy + Ord + Default>(values: &[T], to_f64: impl Fn(T) -> f64) -> Extent {
            let zero = T::default();
            let mut low = values.first().copied();
            let mut high = low;
            let mut positive: Option<T> = None;
            for &value in values {
                low = low.min(Some(value));
                high = high.max(Some(value));
                if value > zero && positive.is_none_or(|p| value < p) {
                    positive = Some(value);
                }
            }
            Extent {
                finite: low.zip(high).map(|(l, h)| (to_f64(l), to_f64(h))),
                least_positive: positive.map(to_f64),
            }
        }
        match values {
            Values::U8(v) => of_integers(v, f64::from),
            Values::U16(v) => of_integers(v, f64::from),
            Values::U32(v) => of_integers(v, f64::from),
            Values::I32(v) => of_integers(v, f64::from),
            Values::U64(v) => of_integers(v, |x| x as f64),
            Values::I64(v) => of_integers(v, |x| x as f64),
            Values::F32(v) => Self::of(v.iter().map(|x| f64::from(*x))),
            Values::F64(v) => Self::of(v.iter().copied()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::CoordValues;

    #[test]
    fn extent_leaves_out_what_is_not_finite() {
        let extent = Extent::of([f64::NAN, -2.0, 0.0, 0.5, 3.0, f64::INFINITY]);
        assert_eq!(extent.finite, Some((-2.0, 3.0)));
        assert_eq!(extent.least_positive, Some(0.5));
        assert_eq!(Extent::of([f64::NAN]), Extent::default());
    }

    #[test]
    fn counts_are_as_sure_as_their_root_whatever_their_type() {
        let series = |x: CoordValues, y: Values| Series {
            name: "a".into(),
            x: Coord {
                values: x,
                ..Coord::index("x", 1)
            },
            extent: Extent::of_values(&y),
            y: Arc::new(y),
            errors: None,
            colour: None,
        };
        let (counts, kelvin) = (Unit::counts(), Unit::new("K"));
        for x in [
            CoordValues::Edges([0.0, 1.0].into()),
            CoordValues::Points([0.0].into()),
            CoordValues::Times([0].into()),
        ] {
            for y in [Values::U32(vec![9]), Values::F64(vec![9.0])] {
                let series = series(x.clone(), y);
                assert_eq!(series.error(0, &counts), 3.0);
                assert!(series.error(0, &kelvin).is_nan() && !series.has_errors(&kelvin));
            }
        }
    }

    #[test]
    fn integer_extent_equals_the_float_one() {
        let values = Values::U32(vec![7, 0, 3, 900]);
        assert_eq!(Extent::of_values(&values), Extent::of(values.to_f64()));
        let values = Values::I32(vec![-7, 0, -3]);
        assert_eq!(Extent::of_values(&values), Extent::of(values.to_f64()));
        assert_eq!(Extent::of_values(&Values::U8(vec![])), Extent::default());
    }
}
