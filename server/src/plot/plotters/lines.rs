//! Lines: 1-D outputs of any number of sources on common axes.

use std::sync::Arc;

use shared::data::Values;
use shared::params::{ParamError, Params as _};
use shared::plot::frame::{Curves, Extent, Frame, FrameBody, Series};
use shared::plot::params::LinesParams;
use shared::topology::JsonText;

use super::{Input, Inputs, PlotError, Plotter, coords, first_of_common_unit, quantity};
use crate::results::Extractor;

pub(super) const NAME: &str = "lines";

#[derive(Debug)]
struct LinesPlotter(LinesParams);

pub(super) fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(LinesPlotter(LinesParams::read(params)?)))
}

impl Plotter for LinesPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let primary = inputs.primary();
        let first = first_of_common_unit(primary, |input| &input.data.unit)?;
        for input in primary {
            coords::<1>(input, NAME, "one dimension")?;
        }
        first_of_common_unit(primary, |input| &input.data.coords[0].unit)?;
        Ok(inputs.frame(FrameBody::Curves(Curves {
            quantity: quantity(&first.data),
            series: primary.iter().map(curve).collect(),
        })))
    }
}

fn curve(input: &Input) -> Series {
    let errors = input.data.variances.as_ref().map(|variances| {
        let deviations: Vec<f64> = variances.to_f64().into_iter().map(f64::sqrt).collect();
        Arc::new(Values::F64(deviations))
    });
    Series {
        name: Arc::clone(&input.title),
        x: input.data.coords[0].clone(),
        extent: Extent::of_values(&input.data.values),
        y: Arc::clone(&input.data.values),
        errors,
    }
}
