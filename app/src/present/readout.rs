//! What is under the cursor, from the original numbers.

use shared::data::{Coord, CoordValues, Values};
use shared::plot::format::{
    count_with_error, date_time, place, read_out, to_resolution, with_error, with_unit,
};
use shared::plot::{element_at, nearest_point};

use super::content::{Content, CurveItem};
use super::surface::Surface;
use super::{Figure, LayerPicture, Room, Scene};

/// How far from a point of a curve the cursor may be.
const REACH_PX: f64 = 30.0;

/// What is under the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Readout {
    /// The curve, where it is one of several.
    pub name: Option<String>,
    /// Coordinates, then the value.
    pub readings: Vec<Reading>,
    /// The point of a curve that is meant, in CSS pixels.
    pub marker: Option<[f64; 2]>,
}

/// A named number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it is.
    pub label: String,
    /// Its value with its unit.
    pub value: String,
}

impl Readout {
    /// All of it in one line: `panel_0: x 12, y 40, Counts 1523 counts`.
    pub fn text(&self) -> String {
        let readings = self
            .readings
            .iter()
            .map(|it| format!("{} {}", it.label, it.value));
        let readings = readings.collect::<Vec<_>>().join(", ");
        match &self.name {
            Some(name) => format!("{name}: {readings}"),
            None => readings,
        }
    }
}

impl Figure {
    /// What is under the cursor: a point of a curve within 30 pixels, else the element of the uppermost image, else
    /// the coordinates themselves; nothing outside the frame.
    pub fn readout(
        &self,
        scene: &Scene,
        room: &Room,
        pictures: &[LayerPicture],
        cursor: [f64; 2],
    ) -> Option<Readout> {
        let content = Content::of(pictures, &self.presentation);
        if !scene.layout.frame.contains(cursor) || !content.has_axes() {
            return None;
        }
        nearest_curve(&content, scene, room, cursor)
            .or_else(|| {
                let mut surfaces = content.surfaces.iter().rev();
                surfaces.find_map(|surface| image_readout(surface, scene, room, cursor))
            })
            .or_else(|| content.bars.readout([&scene.x, &scene.y], cursor))
            .or_else(|| Some(position_readout(&content, scene, room, cursor)))
    }
}

fn nearest_curve(
    content: &Content<'_>,
    scene: &Scene,
    room: &Room,
    cursor: [f64; 2],
) -> Option<Readout> {
    let hit = |curve: &CurveItem<'_>| {
        let series = curve.series;
        let n = series.x.len().min(series.y.len());
        let point = |i| (series.x.centre(i), series.y.get(i));
        nearest_point(n, point, [&scene.x, &scene.y], cursor, REACH_PX)
    };
    let curves = content.curves.iter().filter(|curve| !curve.is_hidden);
    let hits = curves.filter_map(|curve| Some((hit(curve)?, curve)));
    let (hit, curve) = hits.min_by(|(a, _), (b, _)| a.distance_px.total_cmp(&b.distance_px))?;
    let (series, i) = (curve.series, hit.index);
    let y = series.y.get(i);
    Some(Readout {
        name: (content.curves.len() > 1).then(|| curve.key.name.clone()),
        readings: vec![
            coord_reading(&series.x, i, room),
            value_reading(curve, i, content),
        ],
        marker: Some([
            scene.x.px_from_data(series.x.centre(i)),
            scene.y.px_from_data(y),
        ]),
    })
}

fn image_readout(
    surface: &Surface<'_>,
    scene: &Scene,
    room: &Room,
    [x_px, y_px]: [f64; 2],
) -> Option<Readout> {
    let column = element_at(&surface.x.values, scene.x.data_from_px(x_px))?;
    let row = element_at(&surface.y.values, scene.y.data_from_px(y_px))?;
    Some(Readout {
        name: None,
        readings: element_readings(surface, [row, column], room),
        marker: None,
    })
}

/// Where an element lies, per dimension, and its exact value.
pub(super) fn element_readings(
    surface: &Surface<'_>,
    [row, column]: [usize; 2],
    room: &Room,
) -> Vec<Reading> {
    let parts = [surface.x.parts(column), surface.y.parts(row)].concat();
    let mut readings: Vec<_> = parts
        .iter()
        .map(|(coord, i)| coord_reading(coord, *i, room))
        .collect();
    let value = surface.value(row, column);
    let unit = surface.quantity.unit.symbol();
    let error = surface.error(row, column);
    readings.push(Reading {
        label: surface.quantity.label.to_string(),
        value: value_text(value, error, surface.values, unit),
    });
    readings
}

/// A value with its error where it is known, else with the digits that its kind of number carries. Whole counts are exact,
/// whatever they are stored in.
fn value_text(value: f64, error: f64, values: &Values, unit: &str) -> String {
    let number = match () {
        () if value.is_nan() => return "no data".to_owned(),
        () if error > 0.0 && unit == "counts" && value.fract() == 0.0 => {
            count_with_error(value, error)
        }
        () if error > 0.0 => with_error(value, error),
        () => read_out(value, matches!(values, Values::F32(_))),
    };
    with_unit(&number, unit)
}

/// The value of a point of a curve, with its error where it is known.
pub(super) fn value_reading(curve: &CurveItem<'_>, i: usize, content: &Content<'_>) -> Reading {
    let series = curve.series;
    Reading {
        label: content.y.label.clone(),
        value: value_text(series.y.get(i), curve.error(i), &series.y, &content.y.unit),
    }
}

/// Coordinates to the pixel, where there are no data.
fn position_readout(
    content: &Content<'_>,
    scene: &Scene,
    room: &Room,
    cursor: [f64; 2],
) -> Readout {
    let axes = [
        (&content.x, &scene.x, cursor[0]),
        (&content.y, &scene.y, cursor[1]),
    ];
    let readings = axes.map(|(meta, axis, px)| {
        let value = axis.data_from_px(px);
        let resolution = (axis.data_from_px(px + 1.0) - value).abs();
        let text = if meta.is_time {
            date_time(value as i64, room.utc_offset_s, 3)
        } else {
            with_unit(&to_resolution(value, resolution), &meta.unit)
        };
        Reading {
            label: meta.label.clone(),
            value: text,
        }
    });
    Readout {
        name: None,
        readings: readings.into(),
        marker: None,
    }
}

pub(super) fn coord_reading(coord: &Coord, i: usize, room: &Room) -> Reading {
    let time = match &coord.values {
        CoordValues::Times(times) => times.get(i),
        _ => None,
    };
    let value = match time {
        Some(time) => date_time(*time, room.utc_offset_s, 3),
        None => with_unit(&place(coord.centre(i)), coord.unit.symbol()),
    };
    Reading {
        label: coord.label.to_string(),
        value,
    }
}
