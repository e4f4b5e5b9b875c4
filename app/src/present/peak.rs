//! The largest value in sight, as it is read out and marked.

use shared::plot::format::{place, with_unit};
use shared::plot::{PeakPoint, Projection, peak_of};

use super::content::{Content, CurveItem};
use super::readout::{coord_reading, element_readings, value_reading};
use super::style::Style;
use super::{Draw, ImageQuad, Reading, Readout, Room};

/// Half the size of the cross that marks it.
const MARK_PX: f64 = 6.0;

/// The largest value of all curves in sight, else of all images, whose quads say which elements are in sight.
pub(super) fn peak_readout(
    content: &Content<'_>,
    axes: [&Projection; 2],
    quads: &[ImageQuad],
    room: &Room,
) -> Option<Readout> {
    of_curves(content, axes, room).or_else(|| of_images(content, axes, quads, room))
}

/// The cross at a peak.
pub(super) fn draw_peak(peak: &Readout, style: &Style, out: &mut Vec<Draw>) {
    let Some([x, y]) = peak.marker else { return };
    let cross = |width_px, colour| Draw::Segments {
        ends: vec![
            [[x - MARK_PX, y], [x + MARK_PX, y]],
            [[x, y - MARK_PX], [x, y + MARK_PX]],
        ],
        width_px,
        colour,
    };
    // Seen on every colour.
    out.push(cross(3.0, style.theme.background));
    out.push(cross(1.0, style.theme.text));
}

fn of_curves(content: &Content<'_>, axes: [&Projection; 2], room: &Room) -> Option<Readout> {
    let ranges = axes.map(Projection::range);
    let found = |curve: &CurveItem<'_>| {
        let series = curve.series;
        let n = series.x.len().min(series.y.len());
        peak_of(n, |i| (series.x.centre(i), series.y.get(i)), ranges)
    };
    let curves = content.curves.iter().filter(|curve| !curve.is_hidden);
    let peaks = curves.filter_map(|curve| Some((found(curve)?, curve)));
    let height = |(peak, curve): &(PeakPoint, &CurveItem<'_>)| curve.series.y.get(peak.index);
    let (peak, curve) = peaks.max_by(|a, b| height(a).total_cmp(&height(b)))?;
    let series = curve.series;
    let mut readings = vec![
        coord_reading(&series.x, peak.index, room),
        value_reading(curve, peak.index, content),
    ];
    if let Some(fwhm) = peak.fwhm.filter(|_| !content.x.is_time) {
        readings.push(Reading {
            label: "FWHM".to_owned(),
            value: with_unit(&place(fwhm), &content.x.unit),
        });
    }
    Some(Readout {
        name: (content.curves.len() > 1).then(|| curve.key.name.clone()),
        readings,
        marker: Some([
            axes[0].px_from_data(series.x.centre(peak.index)),
            axes[1].px_from_data(series.y.get(peak.index)),
        ]),
    })
}

fn of_images(
    content: &Content<'_>,
    axes: [&Projection; 2],
    quads: &[ImageQuad],
    room: &Room,
) -> Option<Readout> {
    let pairs = content.surfaces.iter().zip(quads);
    let peaks = pairs.filter_map(|(surface, quad)| Some((largest(quad)?, surface)));
    let ([row, column], surface) =
        peaks.max_by(|(a, x), (b, y)| x.value(a[0], a[1]).total_cmp(&y.value(b[0], b[1])))?;
    Some(Readout {
        name: None,
        readings: element_readings(surface, [row, column], room),
        marker: Some([
            axes[0].px_from_data(surface.x.centre(column)),
            axes[1].px_from_data(surface.y.centre(row)),
        ]),
    })
}

/// The row and column of the largest element that any device pixel shows.
fn largest(quad: &ImageQuad) -> Option<[usize; 2]> {
    let [rows, columns] = [&quad.rows, &quad.columns].map(|it| shown(it));
    let mut best = None;
    let mut most = f64::NEG_INFINITY;
    for row in rows? {
        for column in columns.clone()? {
            let value = quad.values.get(quad.plane.index(row, column));
            if value > most {
                most = value;
                best = Some([row, column]);
            }
        }
    }
    best
}

/// The elements from the first to the last one that is shown.
fn shown(lookup: &[i32]) -> Option<std::ops::RangeInclusive<usize>> {
    let shown = || {
        lookup
            .iter()
            .filter_map(|element| usize::try_from(*element).ok())
    };
    Some(shown().min()?..=shown().max()?)
}
