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
        let inputs = inputs.at(self.0.rate)?;
        let inputs = inputs.added_up()?;
        let shown = inputs.single::<3>(NAME, "three dimensions")?;
        Ok(inputs.frame(FrameBody::Volume(SlicerState {
            coords: shown.coords.clone(),
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
    use crate::plot::plotters::Input;
    use crate::plot::plotters::samples::{compute, input, inputs};

    fn volume(source: &str, counts: [u32; 4]) -> Input {
        let coords = vec![
            Coord::index("z", 2),
            Coord::index("y", 1),
            Coord::index("x", 2),
        ];
        input(source, coords, Values::U32(counts.to_vec()))
    }

    fn state(frame: Frame) -> SlicerState {
        let FrameBody::Volume(state) = frame.body else {
            panic!("no volume")
        };
        state
    }

    #[test]
    fn sources_are_added_up_element_by_element_with_one_range_for_all_slices() {
        let both = inputs(vec![volume("a", [0, 1, 2, 3]), volume("b", [10, 0, 0, 40])]);
        let frame = compute("slicer", "{}", &both).expect("a volume");
        assert_eq!(frame.note.as_deref(), Some("the sum of a, b"));
        let state = state(frame);
        assert_eq!(*state.values, Values::U32(vec![10, 1, 2, 43]));
        let dims: Vec<_> = state.coords.iter().map(|it| &*it.dim).collect();
        assert_eq!(dims, ["z", "y", "x"]);
        let extent = Extent {
            finite: Some((1.0, 43.0)),
            least_positive: Some(1.0),
        };
        assert_eq!(state.extent, extent);
    }

    #[test]
    fn counts_may_be_rates() {
        // Samples cover two seconds.
        let both = inputs(vec![volume("a", [0, 1, 2, 3]), volume("b", [1, 1, 1, 1])]);
        let frame = compute("slicer", r#"{"rate":{"per_second":true}}"#, &both);
        let state = state(frame.expect("a volume"));
        assert_eq!(*state.values, Values::F64(vec![0.5, 1.0, 1.5, 2.0]));
        assert_eq!(state.quantity.unit, Unit::new("counts/s"));
    }

    #[test]
    fn what_has_other_dimensions_is_refused() {
        let flat = input("a", vec![Coord::index("x", 1)], Values::U32(vec![1]));
        let error = compute("slicer", "{}", &inputs(vec![flat])).expect_err("a line");
        assert!(error.to_string().contains("three dimensions"), "{error}");
    }
}
