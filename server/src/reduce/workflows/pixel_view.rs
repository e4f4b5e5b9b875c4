//! Images of a detector and its counts, whatever counts them.

use shared::data::{DataArray, Unit, Values};
use shared::job::OutputView;

use crate::instrument::{Instrument, LogicalView};
use crate::reduce::histogram::CountPixels;
use crate::reduce::outputs::{Axes, COUNTS_IN_RANGE, COUNTS_TOTAL, IMAGE, count_arrays};
use crate::reduce::panel::{Panel, check_pixels, unmapped_warning};
use crate::reduce::workflow::{Data, LeftOut, ReduceError, Reducer, Span};

/// Shows what `H` counts on the logical axes of a detector.
pub(in crate::reduce) struct PixelView<H> {
    /// The kind of workflow, for messages.
    kind: &'static str,
    axes: Axes,
    histogram: H,
}

impl<H> PixelView<H> {
    pub(super) fn new(kind: &'static str, panel: &Panel, histogram: H) -> Self {
        Self {
            kind,
            axes: panel.axes(),
            histogram,
        }
    }
}

/// What every view of a detector's pixels produces.
pub(in crate::reduce) fn pixel_views(
    instrument: &Instrument,
    source: &str,
    view: Option<&LogicalView>,
) -> Vec<OutputView> {
    let dims = Panel::dims_of(instrument, source, view);
    vec![
        IMAGE.declare(&dims, &Unit::counts()),
        COUNTS_TOTAL.declare(&[], &Unit::counts()),
        COUNTS_IN_RANGE.declare(&[], &Unit::counts()),
    ]
}

impl<H: CountPixels> Reducer for PixelView<H> {
    fn accumulate(&mut self, data: &Data<'_>) -> Result<(), ReduceError> {
        let Data::Events(pulse) = data else {
            return Err(data.unexpected(self.kind));
        };
        check_pixels(pulse)?;
        self.histogram
            .add(&pulse.pixel_id, &pulse.time_of_flight_ns);
        Ok(())
    }

    fn publish(&mut self, span: &Span) -> Vec<(&'static str, DataArray)> {
        let (window, counts) = self.histogram.take_window();
        let since = self.histogram.counts();
        let sum = Values::from_counts(self.histogram.sum(), since.start.in_range);
        let images = IMAGE.arrays(&self.axes, span, sum, Values::U32(window));
        images
            .into_iter()
            .chain(count_arrays(span, since, counts))
            .collect()
    }

    fn warning(&self) -> Option<&'static str> {
        if self.histogram.saturated() > 0 {
            return Some(
                "events are missing in the spectra of single pixels, whose counters are full; start the job anew",
            );
        }
        unmapped_warning(self.histogram.unmapped())
    }

    fn left_out(&self) -> LeftOut {
        LeftOut {
            unmapped: self.histogram.unmapped(),
            saturated: self.histogram.saturated(),
        }
    }
}
