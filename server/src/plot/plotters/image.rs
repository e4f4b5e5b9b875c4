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
            errors: shown.errors,
        })))
    }
}

#[cfg(test)]
mod tests {
    use shared::data::{Coord, Unit, Values};
    use shared::plot::frame::Extent;

    use super::*;
    use crate::plot::plotters::samples::{compute, input, inputs};

    fn image(params: &str) -> Image {
        let coords = vec![Coord::index("y", 2), Coord::index("x", 3)];
        let counts = Values::U16(vec![0, 1, 2, 10, 11, 12]);
        let one = inputs(vec![input("a", coords, counts)]);
        let FrameBody::Image(image) = compute("image", params, &one).expect("an image").body else {
            panic!("no image")
        };
        image
    }

    #[test]
    fn rows_lie_along_y_and_counts_keep_their_type() {
        let image = image("{}");
        assert_eq!((&*image.y.dim, &*image.x.dim), ("y", "x"));
        assert_eq!(*image.values, Values::U16(vec![0, 1, 2, 10, 11, 12]));
        let extent = Extent {
            finite: Some((0.0, 12.0)),
            least_positive: Some(1.0),
        };
        assert_eq!(image.extent, extent);
        assert_eq!(image.quantity.unit, Unit::counts());
    }

    #[test]
    fn a_rate_is_the_counts_of_a_second() {
        // Samples cover two seconds.
        let image = image(r#"{"rate":{"per_second":true}}"#);
        let rates = vec![0.0, 0.5, 1.0, 5.0, 5.5, 6.0];
        assert_eq!(*image.values, Values::F64(rates));
        assert_eq!(image.quantity.unit, Unit::new("counts/s"));
        assert_eq!(image.extent.finite, Some((0.0, 6.0)));
    }
}
