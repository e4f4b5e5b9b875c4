//! The same data in other units.

use std::sync::Arc;

use super::{Coord, CoordValues, DataArray, Unit, Values};

impl Values {
    /// Every value times a factor, as floats.
    pub fn scaled(&self, factor: f64) -> Self {
        Self::F64(self.to_f64().into_iter().map(|it| it * factor).collect())
    }
}

impl Coord {
    /// The same places in another unit; none where the units measure different things. Times and names have no other.
    pub fn in_unit(&self, unit: &Unit) -> Option<Self> {
        let factor = self.unit.factor_to(unit)?;
        if self.unit == *unit {
            return Some(self.clone());
        }
        let scaled = |values: &[f64]| values.iter().map(|it| it * factor).collect();
        let values = match &self.values {
            CoordValues::Linear { start, step, len } => CoordValues::Linear {
                start: start * factor,
                step: step * factor,
                len: *len,
            },
            CoordValues::Points(points) => CoordValues::Points(scaled(points)),
            CoordValues::Edges(edges) => CoordValues::Edges(scaled(edges)),
            CoordValues::Times(_) | CoordValues::Labels(_) | CoordValues::Flat(_) => return None,
        };
        Some(Self {
            unit: unit.clone(),
            values,
            ..self.clone()
        })
    }
}

impl DataArray {
    /// The same values in another unit; none where the units measure different things.
    pub fn in_unit(&self, unit: &Unit) -> Option<Self> {
        let factor = self.unit.factor_to(unit)?;
        if self.unit == *unit {
            return Some(self.clone());
        }
        let variances = self.variances.as_ref();
        Some(Self {
            unit: unit.clone(),
            values: Arc::new(self.values.scaled(factor)),
            variances: variances.map(|it| Arc::new(it.scaled(factor * factor))),
            ..self.clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{TimeInterval, TimeNs};

    #[test]
    fn values_and_places_convert_with_their_errors() {
        let data = DataArray {
            label: "Length".into(),
            unit: Unit::new("cm"),
            coords: Vec::new(),
            values: Arc::new(Values::U32(vec![2])),
            variances: Some(Arc::new(Values::F64(vec![0.04]))),
            time: TimeInterval {
                start: TimeNs(0),
                end: TimeNs(1),
            },
        };
        let mm = data.in_unit(&Unit::new("mm")).expect("both are lengths");
        assert_eq!(*mm.values, Values::F64(vec![20.0]));
        assert_eq!(mm.variances.as_deref(), Some(&Values::F64(vec![4.0])));
        assert_eq!(data.in_unit(&Unit::new("s")), None);
        let coord = Coord {
            unit: Unit::new("ms"),
            values: CoordValues::Edges([1.0, 2.0].into()),
            ..Coord::index("t", 0)
        };
        let us = coord.in_unit(&Unit::new("us")).expect("both are times");
        assert_eq!(us.values, CoordValues::Edges([1000.0, 2000.0].into()));
    }
}
