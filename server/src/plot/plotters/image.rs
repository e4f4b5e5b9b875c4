//! Image: one 2-D output of one source, in the type it was counted in.

use std::sync::Arc;

use shared::plot::frame::{Extent, Frame, FrameBody, Image};
use shared::plot::params::ImageParams;
use shared::topology::JsonText;

use super::{Inputs, PlotError, Plotter, coords, quantity};
use crate::results::Extractor;

pub(super) const NAME: &str = "image";

#[derive(Debug)]
struct ImagePlotter(ImageParams);

pub(super) fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, serde_json::Error> {
    Ok(Arc::new(ImagePlotter(params.parse()?)))
}

impl Plotter for ImagePlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let input = inputs.only(NAME)?;
        let [y, x] = coords(input, NAME, "two dimensions")?;
        Ok(Frame {
            body: FrameBody::Image(Image {
                x: x.clone(),
                y: y.clone(),
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
