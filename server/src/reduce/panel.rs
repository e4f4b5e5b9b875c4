//! Where the pixels of a detector lie: its ids and the axes they are shown on.

use shared::data::Unit;
use shared::params::ParamError;

use crate::instrument::{Instrument, LogicalView};
use crate::wire::ev44::Pulse;

use super::outputs::Axes;
use super::workflow::ReduceError;

/// The pixels of one detector on the axes of a view; row-major as the ids run.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    pub(super) first_pixel_id: i32,
    pub(super) dims: Vec<String>,
    pub(super) shape: Vec<usize>,
}

impl Panel {
    /// The panel of the detector `source`, folded as `view` says.
    pub(super) fn of(
        instrument: &Instrument,
        source: &str,
        view: Option<&LogicalView>,
    ) -> Result<Self, ParamError> {
        let detector = instrument.detector(source).ok_or_else(|| ParamError {
            field: "source".to_owned(),
            reason: format!("{source} has no [[detector]] entry in the instrument file"),
        })?;
        let (dims, shape) = view.map_or((&detector.dims, &detector.shape), |v| (&v.dims, &v.shape));
        Ok(Self {
            first_pixel_id: detector.first_pixel_id,
            dims: dims.clone(),
            shape: shape.clone(),
        })
    }

    /// Names of the axes; none when the instrument does not know the detector.
    pub(super) fn dims_of(
        instrument: &Instrument,
        source: &str,
        view: Option<&LogicalView>,
    ) -> Vec<String> {
        Self::of(instrument, source, view).map_or_else(|_| Vec::new(), |panel| panel.dims)
    }

    pub(super) fn pixel_count(&self) -> usize {
        self.shape.iter().product()
    }

    pub(super) fn axes(&self) -> Axes {
        Axes::pixels(&self.dims, &self.shape, Unit::counts())
    }
}

/// Events without pixel ids belong on no image.
pub(super) fn check_pixels(pulse: &Pulse<'_>) -> Result<(), ReduceError> {
    if pulse.pixel_id.len() == pulse.time_of_flight_ns.len() {
        return Ok(());
    }
    Err(ReduceError::NoPixels)
}

/// What to say about events that belong to no pixel.
pub(super) fn unmapped_warning(unmapped: u64) -> Option<&'static str> {
    (unmapped > 0).then_some(
        "events have pixel ids outside the detector; check its first_pixel_id and shape, and the status page for their number",
    )
}
