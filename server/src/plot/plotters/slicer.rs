//! 3-D slicer: one 3-D output of one source or of the sum of several; which slice is shown is each session's own choice.

use std::sync::Arc;

use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Frame, FrameBody, SlicerState};
use shared::plot::params::SlicerParams;
use shared::topology::{JsonText, MAX_SOURCES};

use super::kind::{Kind, RoleKind};
use super::{Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Slicer",
    description: "Values on three axes, slice by slice or with two axes flattened.",
    roles: &[RoleKind::primary(MAX_SOURCES, |output| {
        output.dims.len() == 3
    })],
    is_alone: false,
    schema: SlicerParams::schema,
    make,
};

const NAME: &str = "slicer";

/// Computes the volume; slicing it never asks the server.
#[derive(Debug)]
struct SlicerPlotter(SlicerParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(SlicerPlotter(SlicerParams::read(params)?)))
}

impl Plotter for SlicerPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let inputs = inputs.added_up()?;
        let shown = inputs.single::<3>(NAME, "three dimensions")?;
        Ok(inputs.frame(FrameBody::Volume(SlicerState {
            coords: shown.coords.clone(),
            quantity: shown.quantity,
            extent: shown.extent,
            values: shown.values,
        })))
    }
}
