//! Overlay: the rows of a 2-D output as curves on common axes.

use std::sync::Arc;

use shared::data::{Coord, CoordValues};
use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::format::{exact, with_unit};
use shared::plot::frame::{Curves, Extent, Frame, FrameBody, Series};
use shared::plot::params::OverlayParams;
use shared::topology::JsonText;

use super::inputs::{coords, deviations, quantity};
use super::kind::{Kind, RoleKind};
use super::{Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Overlay",
    description: "The rows of values on two axes, as curves over each other.",
    roles: &[RoleKind::primary(1, |output| output.dims.len() == 2)],
    is_alone: false,
    schema: OverlayParams::schema,
    make,
};

const NAME: &str = "overlay_1d";

#[derive(Debug)]
struct OverlayPlotter(OverlayParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(OverlayPlotter(OverlayParams::read(params)?)))
}

impl Plotter for OverlayPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let mut inputs = inputs.at(self.0.rate)?.into_owned();
        let input = inputs.only(NAME)?.clone();
        let [rows, x] = coords(&input, NAME, "two dimensions")?;
        let series = (0..rows.len().min(MAX_ROWS)).filter_map(|index| {
            let row = input.data.row(index)?;
            Some(Series {
                name: name_of(rows, index),
                x: x.clone(),
                extent: Extent::of_values(&row.values),
                errors: deviations(&row).map(Arc::new),
                y: row.values,
                colour: colour_of(rows, index),
            })
        });
        let curves = Curves {
            quantity: quantity(&input.data),
            series: series.collect(),
        };
        if rows.len() > MAX_ROWS {
            let note = format!("the first {MAX_ROWS} of {} rows are drawn", rows.len());
            inputs.absent.push(note);
        }
        Ok(inputs.frame(FrameBody::Curves(curves)))
    }
}

/// More curves than this cannot be told apart.
const MAX_ROWS: usize = 64;

fn name_of(rows: &Coord, row: usize) -> Arc<str> {
    if let CoordValues::Labels(labels) = &rows.values {
        return labels
            .get(row)
            .map_or_else(|| "".into(), |label| Arc::clone(&label.name));
    }
    let value = with_unit(&exact(rows.centre(row)), rows.unit.symbol());
    format!("{}={value}", rows.label).into()
}

/// What is numbered or named keeps its colour, whichever rows there are.
fn colour_of(rows: &Coord, row: usize) -> Option<u8> {
    if let CoordValues::Labels(labels) = &rows.values {
        return labels.get(row)?.colour;
    }
    let value = rows.centre(row);
    let is_number = rows.unit.symbol().is_empty() && value == value.trunc() && value >= 0.0;
    is_number.then_some((value % 256.0) as u8)
}

#[cfg(test)]
mod tests {
    use shared::data::{Unit, Values};

    use super::*;
    use crate::plot::plotters::samples::{compute, input, inputs};

    fn curves(frame: Frame) -> Vec<Series> {
        match frame.body {
            FrameBody::Curves(curves) => curves.series,
            _ => panic!("not curves"),
        }
    }

    #[test]
    fn each_row_is_a_curve_with_its_place_in_its_name() {
        let rows = Coord {
            unit: Unit::new("mm"),
            values: CoordValues::Edges([0.0, 1.0, 2.0].into()),
            ..Coord::index("height", 0)
        };
        let coords = vec![rows, Coord::index("x", 3)];
        let image = input("a", coords, Values::U32(vec![1, 2, 3, 4, 5, 6]));
        let frame = compute("overlay_1d", "{}", &inputs(vec![image])).expect("curves");
        assert_eq!(frame.note, None);
        let series = curves(frame);
        let names: Vec<_> = series.iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["height=0.5 mm", "height=1.5 mm"]);
        assert_eq!(*series[1].y, Values::U32(vec![4, 5, 6]));
    }

    #[test]
    fn rows_beyond_the_last_one_drawn_are_told() {
        let coords = vec![Coord::index("y", 100), Coord::index("x", 1)];
        let image = input("a", coords, Values::U32(vec![1; 100]));
        let frame = compute("overlay_1d", "{}", &inputs(vec![image])).expect("curves");
        let note = frame.note.as_deref();
        assert_eq!(note, Some("the first 64 of 100 rows are drawn"));
        let series = curves(frame);
        assert_eq!((series.len(), series[63].colour), (64, Some(63)));
    }
}
