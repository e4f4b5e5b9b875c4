//! Waterfall: the past of a 1-D output, row by row of time, the newest above.

use std::sync::Arc;

use shared::id::RegionId;
use shared::job::{OutputInfo, Temporality};
use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Frame, FrameBody, Image};
use shared::plot::params::WaterfallParams;
use shared::topology::JsonText;

use super::inputs::Single;
use super::kind::{Kind, RoleKind};
use super::rows::is_of_curves;
use super::{Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Waterfall",
    description: "Values on one axis over time, in colour, as far back as you say; of a region of interest, too.",
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

/// Values on one axis, of one region where there are some for each. The newest of a series is a single value, which has
/// no past of its own.
fn draws(output: &OutputInfo) -> bool {
    let is_line = output.dims.len() == 1 && output.temporality != Temporality::Series;
    is_line || is_of_curves(output)
}

impl Plotter for WaterfallPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::Rows {
            seconds: self.0.seconds,
            rows: self.0.rows,
            // Which edition of its region is wanted depends on how that was drawn.
            region: None,
        }
    }

    fn region(&self) -> Option<RegionId> {
        self.0.region.id
    }

    fn refusal(&self, output: &OutputInfo) -> Option<ParamError> {
        let reason = match self.0.region.id {
            None if is_of_curves(output) => "choose a region: a waterfall shows one",
            Some(_) if !is_of_curves(output) => "there are no regions in this output: leave it out",
            _ => return None,
        };
        Some(ParamError::new("region.id", reason))
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let Single {
            coords: [y, x],
            quantity,
            extent,
            values,
            errors,
        } = inputs.single(NAME, "one dimension over time")?;
        let image = Image {
            x: x.clone(),
            y: y.clone(),
            quantity,
            extent,
            values,
            errors,
        };
        Ok(inputs.frame(FrameBody::Image(image)))
    }
}

#[cfg(test)]
mod tests {
    use shared::data::{Coord, Values};

    use super::*;
    use crate::plot::plotters::samples::{compute, input, inputs};

    fn rows(n_rows: usize, values: Vec<f32>) -> Inputs {
        let n_columns = values.len() / n_rows;
        let coords = vec![Coord::index("time", n_rows), Coord::index("x", n_columns)];
        inputs(vec![input("a", coords, Values::F32(values))])
    }

    #[test]
    fn rows_of_time_are_rows_of_an_image() {
        let values = vec![1.0, f32::NAN, 3.0, 4.0, 5.0, 0.5];
        let frame = compute("waterfall", "{}", &rows(2, values)).expect("an image");
        let FrameBody::Image(image) = frame.body else {
            panic!("no image")
        };
        assert_eq!((&*image.y.dim, image.y.len()), ("time", 2));
        assert_eq!((&*image.x.dim, image.x.len()), ("x", 3));
        assert_eq!(image.extent.finite, Some((0.5, 5.0)));
        assert_eq!(image.values.get(5), 0.5);
    }
}
