//! Images of a detector on three logical axes, which a slicer shows layer by layer.

use shared::data::{DataArray, Unit, Values};
use shared::job::OutputView;
use shared::params::{LayersParams, ParamError, Params as _};
use shared::topology::JsonText;

use crate::instrument::{Instrument, LogicalView};
use crate::reduce::histogram::{PixelHistogram, TofRange};
use crate::reduce::outputs::{Axes, COUNTS_IN_RANGE, COUNTS_TOTAL, IMAGE, count_arrays};
use crate::reduce::panel::{Panel, check_pixels, unmapped_warning};
use crate::reduce::workflow::{Data, LeftOut, ReduceError, Reducer, Span};

/// Counts events by pixel alone.
pub(in crate::reduce) struct Layers {
    axes: Axes,
    histogram: PixelHistogram,
}

impl Layers {
    /// Checks what is asked for; the table is made by what this returns.
    pub(in crate::reduce) fn plan(
        instrument: &Instrument,
        source: &str,
        view: Option<&LogicalView>,
        params: &JsonText,
    ) -> Result<impl FnOnce() -> Self + use<>, ParamError> {
        let params = LayersParams::read(params)?;
        let panel = Panel::of(instrument, source, view)?;
        let everything = (f64::MIN, f64::MAX);
        let (start, stop) = params.toa_range.bounds_ns().unwrap_or(everything);
        Ok(move || Self {
            axes: panel.axes(),
            histogram: PixelHistogram::new(
                panel.first_pixel_id,
                panel.pixel_count(),
                TofRange::new(start, stop),
            ),
        })
    }

    pub(in crate::reduce) fn views(
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
}

impl Reducer for Layers {
    fn accumulate(&mut self, data: &Data<'_>) -> Result<(), ReduceError> {
        let Data::Events(pulse) = data else {
            return Err(data.unexpected("detector_layers"));
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
        unmapped_warning(self.histogram.unmapped())
    }

    fn left_out(&self) -> LeftOut {
        LeftOut {
            unmapped: self.histogram.unmapped(),
            saturated: 0,
        }
    }
}
