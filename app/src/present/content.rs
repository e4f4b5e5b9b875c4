//! The layers of a figure, sorted by what is drawn of them.

use shared::data::{Coord, CoordValues, Unit};
use shared::id::LayerId;
use shared::plot::frame::{Frame, FrameBody, Series, Shapes};

use super::axis_meta::AxisMeta;
use super::bars::Bars;
use super::surface::Surface;
use super::{LayerPicture, Meanings, Presentation, SeriesKey};

/// One curve of one layer.
#[derive(Clone, Debug)]
pub(super) struct CurveItem<'a> {
    pub(super) picture: &'a LayerPicture,
    pub(super) series: &'a Series,
    /// The unit of its values.
    unit: &'a Unit,
    pub(super) key: SeriesKey,
    /// Its position in the legend, which gives its colour unless it has one of its own.
    pub(super) position: usize,
    pub(super) is_hidden: bool,
    /// The colour that a session gave it.
    pub(super) painted: Option<usize>,
}

/// Everything that a figure draws.
#[derive(Clone, Debug)]
pub(super) struct Content<'a> {
    pub(super) surfaces: Vec<Surface<'a>>,
    pub(super) curves: Vec<CurveItem<'a>>,
    pub(super) shapes: Vec<(&'a LayerPicture, &'a Shapes)>,
    pub(super) bars: Bars<'a>,
    pub(super) x: AxisMeta,
    pub(super) y: AxisMeta,
    pub(super) colour: AxisMeta,
    /// The most samples that stand behind one drawn.
    pub(super) reduced: u32,
}

impl CurveItem<'_> {
    /// The place of its colour among those of series.
    pub(super) fn colour_place(&self) -> usize {
        let own = self.series.colour.map(usize::from);
        self.painted.or(own).unwrap_or(self.position)
    }

    /// Whether its values have uncertainties.
    pub(super) fn has_errors(&self) -> bool {
        self.series.has_errors(self.unit)
    }

    /// The standard deviation of value `i`; NaN where nothing is known.
    pub(super) fn error(&self, i: usize) -> f64 {
        self.series.error(i, self.unit)
    }
}

impl<'a> Content<'a> {
    pub(super) fn of(pictures: &'a [LayerPicture], presentation: &Presentation) -> Self {
        let surfaces: Vec<_> = pictures
            .iter()
            .filter_map(|picture| Surface::of(picture, presentation.cut))
            .collect();
        let curves = curves_of(pictures, presentation);
        let of_surfaces = |meta: fn(&Surface<'_>) -> AxisMeta| surfaces.iter().map(meta);
        let quantities = pictures
            .iter()
            .filter_map(|picture| match &picture.frame.body {
                FrameBody::Curves(curves) => Some(AxisMeta::of_quantity(&curves.quantity)),
                _ => None,
            });
        let bars = Bars::of(pictures);
        let [bars_x, bars_y] = bars.axes().map_or([None, None], |axes| axes.map(Some));
        let x = of_surfaces(|surface| AxisMeta::of_coord(&surface.x));
        let x = bars_x.into_iter().chain(x);
        let y = of_surfaces(|surface| AxisMeta::of_coord(&surface.y));
        let colour = of_surfaces(|surface| AxisMeta::of_quantity(surface.quantity));
        Self {
            x: AxisMeta::shared(x.chain(curves.iter().map(|it| AxisMeta::of_coord(&it.series.x)))),
            y: AxisMeta::shared(bars_y.into_iter().chain(y).chain(quantities)),
            colour: AxisMeta::shared(colour),
            shapes: pictures.iter().filter_map(shapes_of).collect(),
            bars,
            reduced: pictures
                .iter()
                .map(|it| it.frame.reduced)
                .max()
                .unwrap_or(1),
            surfaces,
            curves,
        }
    }

    /// What its axes mean to a reader whose clock is so far ahead of UTC.
    pub(super) fn meanings(&self, utc_offset_s: i32) -> Meanings {
        Meanings {
            x: self.x.clone(),
            y: self.y.clone(),
            colour: self.colour.clone(),
            utc_offset_s,
        }
    }

    /// Whether it is an image whose two axes can be compared: both have the same unit, or count pixels.
    pub(super) fn is_map(&self) -> bool {
        let is_flat = |coord: &Coord| matches!(coord.values, CoordValues::Flat(_));
        let is_map = |surface: &Surface<'_>| !is_flat(&surface.x) && !is_flat(&surface.y);
        let axes = [&self.x, &self.y];
        !self.surfaces.is_empty()
            && self.surfaces.iter().all(is_map)
            && self.x.unit == self.y.unit
            && axes.iter().all(|axis| !axis.is_time && !axis.is_mixed)
    }

    /// Whether there is anything that needs axes.
    pub(super) fn has_axes(&self) -> bool {
        !(self.surfaces.is_empty()
            && self.curves.is_empty()
            && self.shapes.is_empty()
            && self.bars.bars.is_empty())
    }
}

/// The curves that a layer's frame holds, in drawing order, with the colours of those that have one of their own.
pub fn series_of(layer: LayerId, frame: &Frame) -> Vec<(SeriesKey, Option<usize>)> {
    let FrameBody::Curves(curves) = &frame.body else {
        return Vec::new();
    };
    let key = |series: &Series| {
        let key = SeriesKey {
            layer,
            name: series.name.to_string(),
        };
        (key, series.colour.map(usize::from))
    };
    curves.series.iter().map(key).collect()
}

/// The curves of all layers, in drawing order.
fn curves_of<'a>(pictures: &'a [LayerPicture], presentation: &Presentation) -> Vec<CurveItem<'a>> {
    let all = pictures
        .iter()
        .flat_map(|picture| match &picture.frame.body {
            FrameBody::Curves(curves) => curves
                .series
                .iter()
                .map(|series| (picture, &curves.quantity.unit, series))
                .collect(),
            _ => Vec::new(),
        });
    all.enumerate()
        .map(|(position, (picture, unit, series))| {
            let key = SeriesKey {
                layer: picture.layer,
                name: series.name.to_string(),
            };
            let is_hidden = presentation.hidden.contains(&key);
            let painted = presentation.colour_of(&key);
            CurveItem {
                picture,
                series,
                unit,
                key,
                position,
                is_hidden,
                painted,
            }
        })
        .collect()
}

fn shapes_of(picture: &LayerPicture) -> Option<(&LayerPicture, &Shapes)> {
    match &picture.frame.body {
        FrameBody::Shapes(shapes) => Some((picture, shapes)),
        _ => None,
    }
}
