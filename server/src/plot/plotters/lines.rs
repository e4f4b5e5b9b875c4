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

#[cfg(test)]
mod tests {
    use shared::data::{Unit, Values};

    use super::*;
    use crate::plot::plotters::samples::{compute, input, inputs};

    fn curves(params: &str, primary: Vec<Input>) -> (Frame, Vec<Series>) {
        let frame = compute("lines", params, &inputs(primary)).expect("curves");
        let FrameBody::Curves(curves) = frame.body.clone() else {
            panic!("no curves")
        };
        (frame, curves.series)
    }

    fn spectrum(source: &str, edges: Vec<f64>, counts: Vec<u32>) -> Input {
        let coord = Coord {
            values: CoordValues::Edges(edges.into()),
            ..Coord::index("t", 0)
        };
        input(source, vec![coord], Values::U32(counts))
    }

    #[test]
    fn each_source_is_a_curve_whose_counts_are_as_sure_as_their_root() {
        let sources = vec![
            spectrum("a", vec![0.0, 1.0, 3.0], vec![4, 9]),
            spectrum("b", vec![0.0, 2.0], vec![0]),
        ];
        let (frame, series) = curves("{}", sources);
        assert_eq!((frame.reduced, series.len()), (1, 2));
        assert_eq!((&*series[0].name, &*series[1].name), ("a", "b"));
        assert_eq!(*series[0].y, Values::U32(vec![4, 9]));
        let error = |i| series[0].error(i, &Unit::counts());
        assert_eq!((error(0), error(1)), (2.0, 3.0));
        assert_eq!(series[0].extent.finite, Some((4.0, 9.0)));
    }

    #[test]
    fn rates_bring_the_errors_of_their_counts() {
        // Samples cover two seconds.
        let source = spectrum("a", vec![0.0, 1.0, 3.0], vec![4, 9]);
        let (_, series) = curves(r#"{"rate":{"per_second":true}}"#, vec![source]);
        assert_eq!(*series[0].y, Values::F64(vec![2.0, 4.5]));
        let error = |i| series[0].error(i, &Unit::new("counts/s"));
        assert_eq!((error(0), error(1)), (1.0, 1.5));
    }

    #[test]
    fn a_long_curve_keeps_its_peak_and_each_value_its_own_error() {
        let n = 300_000;
        let at = |i: usize| 100.0 + (i as f64 * 0.01).sin();
        let mut values: Vec<f64> = (0..n).map(at).collect();
        values[123_456] = 999.0;
        let variances = values.iter().map(|it| it * it / 16.0).collect();
        let mut source = input("a", vec![Coord::index("x", n)], Values::F64(values));
        source.data.variances = Some(Arc::new(Values::F64(variances)));
        let (frame, series) = curves("{}", vec![source]);
        let curve = &series[0];
        assert!(curve.y.len() <= MAX_POINTS, "{}", curve.y.len());
        assert_eq!(frame.reduced, reduction(n, curve.y.len()));
        assert!(frame.reduced > 1);
        let peak = (0..curve.y.len()).find(|i| curve.y.get(*i) == 999.0);
        let peak = peak.expect("the peak is kept");
        assert_eq!(curve.x.centre(peak), 123_456.0);
        for i in 0..curve.y.len() {
            let place = curve.x.centre(i) as usize;
            let expected = if place == 123_456 { 999.0 } else { at(place) };
            assert_eq!(curve.y.get(i), expected, "at {place}");
            assert!((curve.error(i, &Unit::counts()) - expected / 4.0).abs() < 1e-9);
        }
        // The range is that of all values, not only of those that are drawn.
        assert_eq!(curve.extent.finite.map(|it| it.1), Some(999.0));
    }

    #[test]
    fn exactly_as_many_points_as_are_drawn_stay_as_they_are() {
        let values = Values::U32((0..MAX_POINTS as u32).collect());
        let source = input("a", vec![Coord::index("x", MAX_POINTS)], values.clone());
        let (frame, series) = curves("{}", vec![source]);
        assert_eq!((frame.reduced, &*series[0].y), (1, &values));
    }
}
