//! Units of layers that share a figure: what converts is converted, what does not cannot be drawn together.

use std::borrow::Cow;
use std::sync::Arc;

use super::frame::{Extent, Frame, FrameBody, Series};
use super::params::BarStyle;
use crate::data::{Coord, CoordValues, Unit, Values};

/// The units along the axes of a picture: x, y and colour. None where it has no such axis, or its numbers name things.
/// Instants and the names of bars have units of their own, which nothing converts into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AxisUnits(pub [Option<Unit>; 3]);

/// Two layers whose units do not convert.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{axis} is {found} here and {wanted} below it: put it in a cell of its own")]
pub struct UnitClash {
    axis: &'static str,
    found: String,
    wanted: String,
}

const AXES: [&str; 3] = ["the x axis", "the y axis", "the colour"];

impl AxisUnits {
    /// The units of a picture, whose single values are drawn as such bars, or written as a table, which has no axes.
    ///
    /// A volume is taken as it is cut at first: along its outermost axis.
    pub fn of(frame: &Frame, bars: Option<BarStyle>) -> Self {
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
            FrameBody::Volume(volume) => {
                let [_, y, x] = volume.coords.each_ref().map(unit_of);
                [x, y, Some(volume.quantity.unit.clone())]
            }
            FrameBody::Scalars(scalars) => {
                let first = scalars.entries.first();
                let values = first.map(|it| it.quantity.unit.clone());
                let names = values.is_some().then(|| Unit::new(NAMES));
                match bars {
                    Some(BarStyle { horizontal: true }) => [values, names, None],
                    Some(_) => [names, values, None],
                    None => [const { None }; 3],
                }
            }
            FrameBody::Shapes(_) => [const { None }; 3],
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
                    found: named(other),
                    wanted: named(own),
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
    /// The same picture in the units of a figure that it joined, whose single values are drawn as such bars.
    pub fn in_units<'a>(
        self: &'a Arc<Self>,
        units: &AxisUnits,
        bars: Option<BarStyle>,
    ) -> Cow<'a, Arc<Self>> {
        let own = AxisUnits::of(self, bars);
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
                let unit = curves.quantity.unit.clone();
                let factor = rescale(&mut curves.quantity.unit, y.as_ref());
                for series in &mut curves.series {
                    convert(&mut series.x, x.as_ref());
                    if let Some(factor) = factor {
                        scale_series(series, &unit, factor);
                    }
                }
            }
            FrameBody::Volume(volume) => {
                let [_, row, column] = &mut volume.coords;
                convert(column, x.as_ref());
                convert(row, y.as_ref());
                if let Some(factor) = rescale(&mut volume.quantity.unit, colour.as_ref()) {
                    volume.values = Arc::new(volume.values.scaled(factor));
                    volume.extent = Extent::of_values(&volume.values);
                }
            }
            FrameBody::Scalars(scalars) => {
                let is_horizontal = bars.is_some_and(|it| it.horizontal);
                let unit = if is_horizontal { x } else { y };
                for entry in &mut scalars.entries {
                    if let Some(factor) = rescale(&mut entry.quantity.unit, unit.as_ref()) {
                        entry.value *= factor;
                        entry.error = entry.error.map(|it| it * factor);
                    }
                }
            }
            FrameBody::Shapes(_) => {}
        }
        Cow::Owned(Arc::new(frame))
    }
}

/// Along an axis of names. What stands there besides them would lie anywhere.
const NAMES: &str = "names";

/// Multiplies the values of a series, which are in `unit` until now, and their errors.
fn scale_series(series: &mut Series, unit: &Unit, factor: f64) {
    let errors = (0..series.y.len()).map(|i| series.error(i, unit) * factor);
    let errors = series.has_errors(unit).then(|| errors.collect());
    series.errors = errors.map(|it| Arc::new(Values::F64(it)));
    series.y = Arc::new(series.y.scaled(factor));
    series.extent = Extent::of_values(&series.y);
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

fn named(unit: &Unit) -> String {
    match unit.symbol() {
        NAMES => "one of names".to_owned(),
        _ => format!("in {}", unit.named()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::frame::{Curves, Image, Quantity, ScalarEntry, Scalars, SlicerState};

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
            errors: Some(Arc::new(Values::F64(vec![2.0, 4.0]))),
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
        let mut units = units_of(&ms);
        assert_eq!(units.join(&units_of(&us)), Ok(()));
        assert!(matches!(ms.in_units(&units, None), Cow::Borrowed(_)));
        let converted = us.in_units(&units, None);
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
        let error = series.error(1, &curves.quantity.unit);
        assert_eq!(error, 0.004);
    }

    #[test]
    fn what_does_not_convert_says_which_axis() {
        let mut units = units_of(&curve("ms", "counts"));
        let clash = units.join(&units_of(&curve("mm", "counts")));
        let text = clash.expect_err("a length is no time").to_string();
        assert_eq!(
            text,
            "the x axis is in mm here and in ms below it: put it in a cell of its own"
        );
        assert!(units.join(&units_of(&curve("s", "K"))).is_err());
        assert_eq!(units, units_of(&curve("ms", "counts")));
    }

    fn units_of(frame: &Arc<Frame>) -> AxisUnits {
        AxisUnits::of(frame, None)
    }

    fn frame(body: FrameBody) -> Arc<Frame> {
        Arc::new(Frame {
            body,
            time: None,
            reduced: 1,
            note: None,
        })
    }

    fn quantity(unit: &str) -> Quantity {
        Quantity {
            label: "a".into(),
            unit: Unit::new(unit),
        }
    }

    fn scalar(unit: &str, value: f64) -> Arc<Frame> {
        let entry = ScalarEntry {
            name: "a".into(),
            quantity: quantity(unit),
            value,
            error: Some(value / 10.0),
        };
        frame(FrameBody::Scalars(Scalars {
            entries: vec![entry],
        }))
    }

    #[test]
    fn bars_share_an_axis_of_values_and_one_of_names() {
        let upright = Some(BarStyle::default());
        let level = Some(BarStyle { horizontal: true });
        let mut units = AxisUnits::of(&scalar("mm", 5.0), upright);
        let clash = units.join(&AxisUnits::of(&scalar("K", 320.0), upright));
        assert_eq!(
            clash.expect_err("no length").to_string(),
            "the y axis is in K here and in mm below it: put it in a cell of its own"
        );
        let clash = units.join(&units_of(&curve("ms", "mm")));
        assert_eq!(
            clash.expect_err("no name").to_string(),
            "the x axis is in ms here and one of names below it: put it in a cell of its own"
        );
        assert!(
            units
                .join(&AxisUnits::of(&scalar("mm", 5.0), level))
                .is_err()
        );
        let converted = scalar("m", 2.0);
        let converted = converted.in_units(&units, upright);
        let FrameBody::Scalars(scalars) = &converted.body else {
            panic!("still values")
        };
        let entry = &scalars.entries[0];
        assert_eq!((entry.value, entry.error), (2000.0, Some(200.0)));
        assert_eq!(units_of(&scalar("K", 1.0)), AxisUnits::default());
    }

    #[test]
    fn a_volume_shares_the_colours_of_images() {
        let values = Arc::new(Values::U32(vec![3000]));
        let volume = |unit| {
            frame(FrameBody::Volume(SlicerState {
                coords: ["z", "y", "x"].map(|it| Coord::index(it, 1)),
                quantity: quantity(unit),
                extent: Extent::of_values(&values),
                values: Arc::clone(&values),
            }))
        };
        let image = frame(FrameBody::Image(Image {
            x: Coord::index("x", 1),
            y: Coord::index("y", 1),
            quantity: quantity("V"),
            extent: Extent::of_values(&values),
            values: Arc::clone(&values),
        }));
        let mut units = units_of(&image);
        assert!(units.join(&units_of(&volume("counts"))).is_err());
        assert_eq!(units.join(&units_of(&volume("mV"))), Ok(()));
        let converted = volume("mV");
        let converted = converted.in_units(&units, None);
        let FrameBody::Volume(volume) = &converted.body else {
            panic!("still a volume")
        };
        assert_eq!(*volume.values, Values::F64(vec![3.0]));
        assert_eq!(volume.extent.finite, Some((3.0, 3.0)));
    }
}
