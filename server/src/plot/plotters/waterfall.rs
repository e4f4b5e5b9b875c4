//! Waterfall: the past of a 1-D output, row by row of time, the newest above.

use std::sync::Arc;

use shared::job::{OutputInfo, Temporality};
use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Frame, FrameBody, Image};
use shared::plot::params::WaterfallParams;
use shared::topology::JsonText;

use super::inputs::Single;
use super::kind::{Kind, RoleKind};
use super::{Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Waterfall",
    description: "Values on one axis over time, in colour, as far back as you say.",
    roles: &[RoleKind::primary(1, draws)],
    is_alone: false,
    schema: WaterfallParams::schema,
    make,
};

const NAME: &str = "waterfall";

#[derive(Debug)]
struct WaterfallPlotter(WaterfallParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(WaterfallPlotter(WaterfallParams::read(params)?)))
}

/// What counts anew with every result: sums since the start hardly change from row to row.
fn draws(output: &OutputInfo) -> bool {
    output.dims.len() == 1 && output.temporality == Temporality::Window
}

impl Plotter for WaterfallPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::Rows {
            seconds: self.0.seconds,
            rows: self.0.rows,
        }
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let Single {
            coords: [y, x],
            quantity,
            extent,
            values,
        } = inputs.single(NAME, "one dimension over time")?;
        let image = Image {
            x: x.clone(),
            y: y.clone(),
            quantity,
            extent,
            values,
        };
        Ok(inputs.frame(FrameBody::Image(image)))
    }
}
