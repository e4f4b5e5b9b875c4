//! Units of layers that share a figure: what converts is converted, what does not cannot be drawn together.

use std::borrow::Cow;
use std::sync::Arc;

use super::Cut;
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
    /// The units of a picture, whose single values are drawn as such bars, or written as a table, which has no axes, and
    /// whose volume is cut so.
    pub fn of(frame: &Frame, bars: Option<BarStyle>, cut: Cut) -> Self {
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
                let [x, y] = cut.dims().map(|dim| unit_of(&volume.coords[dim?]));
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
    /// The same picture in the units of a figure that it joined, whose single values are drawn as such bars and whose
    /// volume is cut so.
    pub fn in_units<'a>(
        self: &'a Arc<Self>,
        units: &AxisUnits,
        bars: Option<BarStyle>,
        cut: Cut,
    ) -> Cow<'a, Arc<Self>> {
        let own = AxisUnits::of(self, bars, cut);
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
                    image.errors = image.errors.scaled(factor);
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
                for (dim, unit) in cut.dims().into_iter().zip([x, y]) {
                    if let Some(dim) = dim {
                        convert(&mut volume.coords[dim], unit.as_ref());
                    }
                }
                if let Some(factor) = rescale(&mut volume.quantity.unit, colour.as_ref()) {
                    volume.values = Arc::new(volume.values.scaled(factor));
                    volume.errors = volume.errors.scaled(factor);
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
mod tests;
