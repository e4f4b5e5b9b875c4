//! Correlation over two axes: what was counted, by where two devices stood.

use std::sync::Arc;

use shared::data::Values;
use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::Errors;
use shared::plot::frame::{Extent, Frame, FrameBody, Image};
use shared::plot::params::Correlation2dParams;
use shared::topology::{DataRole, JsonText};

use super::correlation::{axis, correlate, takes};
use super::kind::{Kind, RoleKind};
use super::{Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Correlation map",
    description: "Single values binned by what two other sources read when they were taken, in colour.",
    roles: &[
        RoleKind::primary(1, takes),
        axis(DataRole::XAxis),
        axis(DataRole::YAxis),
    ],
    is_alone: false,
    schema: Correlation2dParams::schema,
    make,
};

const NAME: &str = "correlation_histogram_2d";

#[derive(Debug)]
struct Correlation2dPlotter(Correlation2dParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(Correlation2dPlotter(Correlation2dParams::read(
        params,
    )?)))
}

impl Plotter for Correlation2dPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::FullHistory
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        inputs.only(NAME)?;
        let axes = [
            (DataRole::YAxis, self.0.y_bins),
            (DataRole::XAxis, self.0.x_bins),
        ];
        let correlated = correlate(inputs, &axes, self.0.values, NAME)?;
        let histogram = correlated.histograms.into_iter().next();
        let (values, variances) = histogram.map_or_else(
            || (Values::F64(Vec::new()), None),
            |it| (it.values, it.variances),
        );
        let errors = variances.map(|it| Errors::of_variances(&values, &it));
        let body = FrameBody::Image(Image {
            x: correlated.axes[1].clone(),
            y: correlated.axes[0].clone(),
            quantity: correlated.quantity,
            extent: Extent::of_values(&values),
            values: Arc::new(values),
            errors: errors.unwrap_or_default(),
        });
        Ok(inputs.noting(correlated.notes).frame(body))
    }
}

#[cfg(test)]
mod tests {
    use shared::data::CoordValues;

    use super::*;
    use crate::plot::plotters::samples::{compute, history};

    #[test]
    fn counts_fall_where_both_motors_stood() {
        let counts = history("Panel", "counts", &[(1, 1.0), (2, 2.0), (3, 4.0), (4, 8.0)]);
        let x = history("X", "mm", &[(1, 0.0), (3, 2.0)]);
        let y = history("Y", "deg", &[(2, 5.0), (4, 9.0)]);
        let inputs = Inputs {
            by_role: [
                (DataRole::Primary, vec![counts]),
                (DataRole::XAxis, vec![x]),
                (DataRole::YAxis, vec![y]),
            ]
            .into(),
            ..Inputs::default()
        };
        let frame = compute(NAME, r#"{"x_bins":2,"y_bins":2}"#, &inputs).expect("a map");
        let FrameBody::Image(image) = &frame.body else {
            panic!("not an image")
        };
        assert_eq!(image.x.values, CoordValues::Edges([0.0, 1.0, 2.0].into()));
        assert_eq!(image.y.values, CoordValues::Edges([5.0, 7.0, 9.0].into()));
        assert_eq!(*image.values, Values::F64(vec![2.0, 4.0, 0.0, 8.0]));
        assert!(frame.note.is_some_and(|it| it.contains("1 of 4 samples")));
    }

    #[test]
    fn a_motor_that_never_moved_gets_room() {
        let counts = history("Panel", "counts", &[(1, 3.0), (2, 5.0)]);
        let still = |name| history(name, "mm", &[(0, 100.0)]);
        let inputs = Inputs {
            by_role: [
                (DataRole::Primary, vec![counts]),
                (DataRole::XAxis, vec![still("X")]),
                (DataRole::YAxis, vec![still("Y")]),
            ]
            .into(),
            ..Inputs::default()
        };
        let frame = compute(NAME, r#"{"x_bins":1,"y_bins":1}"#, &inputs).expect("a map");
        let FrameBody::Image(image) = &frame.body else {
            panic!("not an image")
        };
        assert_eq!(image.x.values, CoordValues::Edges([95.0, 105.0].into()));
        // Nobody knows how long the first sample counted.
        assert_eq!(*image.values, Values::F64(vec![5.0]));
    }
}
