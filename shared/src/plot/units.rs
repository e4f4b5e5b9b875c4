//! Units of layers that share a figure: what converts is converted, what does not cannot be drawn together.

use std::borrow::Cow;
use std::sync::Arc;

use super::frame::{Extent, Frame, FrameBody};
use crate::data::{Coord, CoordValues, Unit};

/// The units along the axes of a picture: x, y and colour. None where it has no such axis, or its numbers name things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AxisUnits(pub [Option<Unit>; 3]);

/// Two layers whose units do not convert.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{axis} is in {found} here and in {wanted} below it: put it in a cell of its own")]
pub struct UnitClash {
    axis: &'static str,
    found: String,
    wanted: String,
}

const AXES: [&str; 3] = ["the x axis", "the y axis", "the colour"];

impl AxisUnits {
    /// The units of a picture.
    pub fn of(frame: &Frame) -> Self {
        Self(match &frame.body {
            FrameBody::Image(image) => [
                unit_of(&image.x),
                unit_of(&image.y),
                Some(image.quantity.unit.clone()),
            ],
            FrameBody::Curves(curves) => {
                let x = curves.series.first().and_then(|it| unit_of(&it.x));
                let has_series = !curves.series.is_empty();
                [x, has_series.then(|| curves.quantity.unit.clone()), None]
            }
            FrameBody::Scalars(_) | FrameBody::Volume(_) | FrameBody::Shapes(_) => {
                [const { None }; 3]
            }
        })
    }

    /// Takes the units of a further picture for axes that had none so far.
    ///
    /// # Errors
    /// When a unit does not convert into the one of its axis: nothing is taken then.
    pub fn join(&mut self, other: &Self) -> Result<(), UnitClash> {
        for ((axis, own), other) in AXES.iter().zip(&self.0).zip(&other.0) {
            if let (Some(own), Some(other)) = (own, other)
                && other.factor_to(own).is_none()
            {
                return Err(UnitClash {
                    axis,
                    found: other.named().to_owned(),
                    wanted: own.named().to_owned(),
                });
            }
        }
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            if own.is_none() {
                own.clone_from(other);
            }
        }
        Ok(())
    }
}

impl Frame {
    /// The same picture in the units of a figure that it joined.
    pub fn in_units<'a>(self: &'a Arc<Self>, units: &AxisUnits) -> Cow<'a, Arc<Self>> {
        let own = AxisUnits::of(self);
        let differs =
            |(own, wanted): (&Option<Unit>, &Option<Unit>)| own.is_some() && own != wanted;
        if !own.0.iter().zip(&units.0).any(differs) {
            return Cow::Borrowed(self);
        }
        let mut frame = Self::clone(self);
        let [x, y, colour] = &units.0;
        match &mut frame.body {
            FrameBody::Image(image) => {
                convert(&mut image.x, x.as_ref());
                convert(&mut image.y, y.as_ref());
                if let Some(factor) = rescale(&mut image.quantity.unit, colour.as_ref()) {
                    image.values = Arc::new(image.values.scaled(factor));
                    image.extent = Extent::of_values(&image.values);
                }
            }
            FrameBody::Curves(curves) => {
                let factor = rescale(&mut curves.quantity.unit, y.as_ref());
                for series in &mut curves.series {
                    convert(&mut series.x, x.as_ref());
                    if let Some(factor) = factor {
                        let errors = (0..series.y.len())
                            .map(|i| series.error(i) * factor)
                            .collect();
                        series.errors = series
                            .has_errors()
                            .then(|| Arc::new(crate::data::Values::F64(errors)));
                        series.y = Arc::new(series.y.scaled(factor));
                        series.extent = Extent::of_values(&series.y);
                    }
                }
            }
            FrameBody::Scalars(_) | FrameBody::Volume(_) | FrameBody::Shapes(_) => {}
        }
        Cow::Owned(Arc::new(frame))
    }
}

/// The unit along a coordinate. Instants have one of their own, which no duration converts into.
fn unit_of(coord: &Coord) -> Option<Unit> {
    match &coord.values {
        CoordValues::Labels(_) | CoordValues::Flat(_) => None,
        CoordValues::Times(_) => Some(Unit::new("date and time")),
        CoordValues::Linear { .. } | CoordValues::Points(_) | CoordValues::Edges(_) => {
            Some(coord.unit.clone())
        }
    }
}

fn convert(coord: &mut Coord, unit: Option<&Unit>) {
    if let Some(converted) = unit.and_then(|unit| coord.in_unit(unit)) {
        *coord = converted;
    }
}

/// Makes `unit` the wanted one; the factor for its values if it was another one.
fn rescale(unit: &mut Unit, wanted: Option<&Unit>) -> Option<f64> {
    let wanted = wanted.filter(|it| *it != unit)?;
    let factor = unit.factor_to(wanted)?;
    unit.clone_from(wanted);
    Some(factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Values;
    use crate::plot::frame::{Curves, Quantity, Series};

    fn curve(x_unit: &str, unit: &str) -> Arc<Frame> {
        let y = Values::U32(vec![4, 16]);
        let series = Series {
            name: "a".into(),
            x: Coord {
                unit: Unit::new(x_unit),
                values: CoordValues::Edges([0.0, 1.0, 2.0].into()),
                ..Coord::index("x", 2)
            },
            extent: Extent::of_values(&y),
            y: Arc::new(y),
            errors: None,
            colour: None,
        };
        let quantity = Quantity {
            label: "a".into(),
            unit: Unit::new(unit),
        };
        Arc::new(Frame {
            body: FrameBody::Curves(Curves {
                quantity,
                series: vec![series],
            }),
            time: None,
            reduced: 1,
            note: None,
        })
    }

    #[test]
    fn what_converts_is_drawn_in_the_units_of_the_lowest_layer() {
        let (ms, us) = (curve("ms", "V"), curve("us", "mV"));
        let mut units = AxisUnits::of(&ms);
        assert_eq!(units.join(&AxisUnits::of(&us)), Ok(()));
        assert!(matches!(ms.in_units(&units), Cow::Borrowed(_)));
        let converted = us.in_units(&units);
        let FrameBody::Curves(curves) = &converted.body else {
            panic!("still curves")
        };
        let series = &curves.series[0];
        assert_eq!(curves.quantity.unit, Unit::new("V"));
        assert_eq!(
            series.x.values,
            CoordValues::Edges([0.0, 0.001, 0.002].into())
        );
        assert_eq!(*series.y, Values::F64(vec![0.004, 0.016]));
        assert_eq!(series.error(1), 0.004);
    }

    #[test]
    fn what_does_not_convert_says_which_axis() {
        let mut units = AxisUnits::of(&curve("ms", "counts"));
        let clash = units.join(&AxisUnits::of(&curve("mm", "counts")));
        let text = clash.expect_err("a length is no time").to_string();
        assert_eq!(
            text,
            "the x axis is in mm here and in ms below it: put it in a cell of its own"
        );
        assert!(units.join(&AxisUnits::of(&curve("s", "K"))).is_err());
        assert_eq!(units, AxisUnits::of(&curve("ms", "counts")));
    }
}
