//! 3-D slicer: one 3-D output of one source; which slice is shown is each session's own choice.

use std::sync::Arc;

use shared::plot::frame::{Extent, Frame, FrameBody, SlicerState};
use shared::plot::params::SlicerParams;
use shared::topology::JsonText;

use super::{Inputs, PlotError, Plotter, coords, quantity};
use crate::results::Extractor;

pub(super) const NAME: &str = "slicer";

/// Computes the volume; slicing it never asks the server.
#[derive(Debug)]
struct SlicerPlotter(SlicerParams);

pub(super) fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, serde_json::Error> {
    Ok(Arc::new(SlicerPlotter(params.parse()?)))
}

impl Plotter for SlicerPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let input = inputs.only(NAME)?;
        let coords = coords::<3>(input, NAME, "three dimensions")?;
        Ok(Frame {
            body: FrameBody::Volume(SlicerState {
                coords: coords.clone(),
                quantity: quantity(&input.data),
                extent: Extent::of_values(&input.data.values),
                values: Arc::clone(&input.data.values),
            }),
            time: inputs.time(),
            reduced: 1,
            note: inputs.note(),
        })
    }
}
