//! Lines: 1-D outputs of any number of sources on common axes.

use std::sync::Arc;

use shared::data::{Coord, CoordValues};
use shared::job::{OutputInfo, Temporality};
use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Curves, Extent, Frame, FrameBody, Series};
use shared::plot::params::LinesParams;
use shared::plot::{m4, reduction};
use shared::topology::{JsonText, MAX_SOURCES};

use super::inputs::{coords, deviations, in_common_units, quantity};
use super::kind::{Kind, RoleKind};
use super::rows::{self, NO_ROWS, rows_of};
use super::{Input, Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Lines",
    description: "Values on one axis, one curve per source or region.",
    roles: &[RoleKind::primary(MAX_SOURCES, draws)],
    is_alone: false,
    schema: LinesParams::schema,
    make,
};

const NAME: &str = "lines";

#[derive(Debug)]
struct LinesPlotter(LinesParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(LinesPlotter(LinesParams::read(params)?)))
}

/// Values on one axis, or rows of them. The newest of a series is a single value, which is no line.
fn draws(output: &OutputInfo) -> bool {
    let is_line = output.dims.len() == 1 && output.temporality != Temporality::Series;
    is_line || rows::is_of_curves(output)
}

impl Plotter for LinesPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let inputs = inputs.at(self.0.rate)?;
        let primary = in_common_units(inputs.primary())?;
        let (rows, colours) = rows_of(&primary);
        for row in &rows {
            coords::<1>(row, NAME, "one dimension")?;
        }
        let curves = rows.iter().zip(colours).map(curve);
        let (series, reductions): (Vec<_>, Vec<_>) = curves.unzip();
        let body = FrameBody::Curves(Curves {
            quantity: quantity(&primary[0].data),
            series,
        });
        let frame = inputs.frame(body);
        Ok(Frame {
            reduced: reductions.into_iter().max().unwrap_or(1),
            note: frame
                .note
                .or_else(|| rows.is_empty().then(|| NO_ROWS.into())),
            ..frame
        })
    }
}

/// The curve of a source, and how many points stand behind one of it.
fn curve((input, colour): (&Input, Option<u8>)) -> (Series, u32) {
    let whole = whole_curve(input, colour);
    let len = whole.y.len();
    if len <= MAX_POINTS {
        return (whole, 1);
    }
    // A column gives nine points at most, around a gap; four otherwise.
    let columns = (MAX_POINTS / 9) as f64;
    let points = (0..len).map(|i| (i as f64 * columns / len as f64, whole.y.get(i)));
    let mut kept = Vec::new();
    m4(points, &mut kept);
    let x = kept.iter().map(|i| whole.x.centre(*i)).collect();
    let reduced = Series {
        x: Coord {
            values: CoordValues::Points(x),
            ..whole.x
        },
        y: Arc::new(whole.y.select(&kept)),
        errors: whole.errors.map(|it| Arc::new(it.select(&kept))),
        ..whole
    };
    (reduced, reduction(len, kept.len()))
}

/// Longer curves are reduced without losing a peak.
const MAX_POINTS: usize = 100_000;

fn whole_curve(input: &Input, colour: Option<u8>) -> Series {
    Series {
        name: Arc::clone(&input.title),
        x: input.data.coords[0].clone(),
        extent: Extent::of_values(&input.data.values),
        y: Arc::clone(&input.data.values),
        errors: deviations(&input.data).map(Arc::new),
        colour,
    }
}
