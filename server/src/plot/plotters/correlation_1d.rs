//! Correlation over one axis: what was counted, by where a device stood.

use std::sync::Arc;

use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Curves, Extent, Frame, FrameBody, Series};
use shared::plot::params::Correlation1dParams;
use shared::topology::{DataRole, JsonText, MAX_SOURCES};

use super::correlation::{axis, correlate, takes};
use super::inputs::{in_common_units, roots};
use super::kind::{Kind, RoleKind};
use super::{Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Correlation histogram",
    description: "Single values binned by what another source, such as a motor, read when they were taken.",
    roles: &[RoleKind::primary(MAX_SOURCES, takes), axis(DataRole::XAxis)],
    is_alone: false,
    schema: Correlation1dParams::schema,
    make,
};

const NAME: &str = "correlation_histogram_1d";

#[derive(Debug)]
struct Correlation1dPlotter(Correlation1dParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(Correlation1dPlotter(Correlation1dParams::read(
        params,
    )?)))
}

impl Plotter for Correlation1dPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::FullHistory
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let mut inputs = inputs.clone();
        let primary = in_common_units(inputs.primary())?.into_owned();
        inputs.by_role.insert(DataRole::Primary, primary);
        let axes = [(DataRole::XAxis, self.0.x_bins)];
        let correlated = correlate(&inputs, &axes, self.0.values, NAME)?;
        let x = &correlated.axes[0];
        let curves = inputs.primary().iter().zip(correlated.histograms);
        let series = curves.map(|(input, histogram)| Series {
            name: Arc::clone(&input.title),
            x: x.clone(),
            extent: Extent::of_values(&histogram.values),
            y: Arc::new(histogram.values),
            errors: histogram.variances.map(|it| Arc::new(roots(&it))),
            colour: None,
        });
        let body = FrameBody::Curves(Curves {
            quantity: correlated.quantity,
            series: series.collect(),
        });
        Ok(inputs.noting(correlated.notes).frame(body))
    }
}

#[cfg(test)]
mod tests {
    use shared::data::{CoordValues, Unit, Values};

    use super::*;
    use crate::plot::plotters::samples::{compute, history};

    fn scan() -> Inputs {
        let counts = history(
            "Panel",
            "counts",
            &[(1, 4.0), (2, 9.0), (3, 16.0), (5, 2.0)],
        );
        // The motor tells its place when it moves, and stands still between.
        let motor = history("Motor", "mm", &[(2, 10.0), (5, 20.0)]);
        Inputs {
            by_role: [
                (DataRole::Primary, vec![counts]),
                (DataRole::XAxis, vec![motor]),
            ]
            .into(),
            ..Inputs::default()
        }
    }

    fn drawn(params: &str) -> (Series, Frame, Unit) {
        let frame = compute(NAME, params, &scan()).expect("a histogram");
        let FrameBody::Curves(curves) = &frame.body else {
            panic!("not curves")
        };
        (
            curves.series[0].clone(),
            frame.clone(),
            curves.quantity.unit.clone(),
        )
    }

    #[test]
    fn counts_fall_where_the_motor_stood() {
        let (series, frame, unit) = drawn(r#"{"x_bins":2}"#);
        assert_eq!(
            series.x.values,
            CoordValues::Edges([10.0, 15.0, 20.0].into())
        );
        assert_eq!((&*series.x.label, series.x.unit.symbol()), ("Motor", "mm"));
        assert_eq!(*series.y, Values::F64(vec![25.0, 2.0]));
        assert_eq!(
            series.errors.as_deref(),
            Some(&Values::F64(vec![5.0, 2_f64.sqrt()]))
        );
        assert_eq!(unit, Unit::counts());
        let note = "Panel: 1 of 4 samples came before the axes had values";
        assert_eq!(frame.note.as_deref(), Some(note));
        // The motor's place holds until it says another one.
        assert_eq!(frame.time.map(|it| it.end.0), Some(5_000_000_000));
    }

    #[test]
    fn the_first_sample_after_a_start_or_a_pause_counts_nowhere() {
        // Half a slot, a whole one, a pause, what piled up, a whole one.
        let mut counts = history(
            "Panel",
            "counts",
            &[(1, 4.0), (2, 9.0), (90, 700.0), (91, 10.0)],
        );
        counts.covered_secs = Some([f64::NAN, 1.0, f64::NAN, 1.0].into());
        let still = |name| history(name, "mm", &[(0, 10.0)]);
        let by_role = [
            (DataRole::Primary, vec![counts]),
            (DataRole::XAxis, vec![still("Motor")]),
        ];
        let inputs = Inputs {
            by_role: by_role.into(),
            ..Inputs::default()
        };
        for (params, expected) in [
            (r#"{"x_bins":1}"#, 19.0),
            (r#"{"x_bins":1,"values":{"per_second":true}}"#, 9.5),
        ] {
            let frame = compute(NAME, params, &inputs).expect("a histogram");
            let FrameBody::Curves(curves) = &frame.body else {
                panic!("not curves")
            };
            assert_eq!(*curves.series[0].y, Values::F64(vec![expected]), "{params}");
            assert_eq!(frame.note, None, "every run has such a sample");
        }
    }

    #[test]
    fn rates_and_means_are_means_over_the_samples_of_a_bin() {
        let (series, _, unit) = drawn(r#"{"x_bins":2,"values":{"per_second":true}}"#);
        // 9 and 16 took one second each, 2 took two.
        assert_eq!(*series.y, Values::F64(vec![12.5, 1.0]));
        assert_eq!(
            series.errors.as_deref(),
            Some(&Values::F64(vec![2.5, 0.5_f64.sqrt()]))
        );
        assert_eq!(unit, Unit::new("counts/s"));
        let (series, _, _) = drawn(r#"{"x_bins":4,"values":{"combine":"mean"}}"#);
        let Values::F64(means) = &*series.y else {
            panic!("not floats")
        };
        assert_eq!((means[0], means[3]), (12.5, 2.0));
        assert!(means[1].is_nan(), "no sample, no mean");
    }
}
