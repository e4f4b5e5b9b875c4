//! Image: one 2-D output of one source, in the type it was counted in.

use std::sync::Arc;

use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Frame, FrameBody, Image};
use shared::plot::params::ImageParams;
use shared::topology::JsonText;

use super::kind::{Kind, RoleKind};
use super::rows::is_of_curves;
use super::{Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Image",
    description: "Values on two axes, in colour.",
    roles: &[RoleKind::primary(1, |output| {
        output.dims.len() == 2 && !is_of_curves(output)
    })],
    is_alone: false,
    schema: ImageParams::schema,
    make,
};

const NAME: &str = "image";

#[derive(Debug)]
struct ImagePlotter(ImageParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(ImagePlotter(ImageParams::read(params)?)))
}

impl Plotter for ImagePlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let inputs = inputs.at(self.0.rate)?;
        let shown = inputs.single(NAME, "two dimensions")?;
        let [y, x] = shown.coords;
        Ok(inputs.frame(FrameBody::Image(Image {
            x: x.clone(),
            y: y.clone(),
            quantity: shown.quantity,
            extent: shown.extent,
            values: shown.values,
        })))
    }
}
