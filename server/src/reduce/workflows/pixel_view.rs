//! Images of a detector and its counts, whatever counts them.

use std::sync::Arc;

use shared::data::{DataArray, Unit, Values};
use shared::job::OutputView;
use shared::region::Region;

use crate::instrument::{Instrument, LogicalView};
use crate::reduce::histogram::CountPixels;
use crate::reduce::outputs::{Axes, COUNTS_IN_RANGE, COUNTS_TOTAL, IMAGE, count_arrays};
use crate::reduce::panel::{Panel, check_pixels, unmapped_warning};
use crate::reduce::region_spectra::RegionSpectra;
use crate::reduce::workflow::{Data, LeftOut, ReduceError, Reducer, Span};

/// Shows what `H` counts on the logical axes of a detector.
pub(in crate::reduce) struct PixelView<H> {
    /// The kind of workflow, for messages.
    kind: &'static str,
    axes: Axes,
    histogram: H,
    /// None where there is no histogram to take spectra from.
    regions: Option<RegionSpectra>,
}

impl<H> PixelView<H> {
    pub(super) fn new(kind: &'static str, panel: &Panel, histogram: H) -> Self {
        Self {
            kind,
            axes: panel.axes(),
            histogram,
            regions: None,
        }
    }

    /// The same with spectra of regions of interest.
    pub(super) fn with_regions(self, regions: Option<RegionSpectra>) -> Self {
        Self { regions, ..self }
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
        let counts = count_arrays(span, since, counts);
        let mut results: Vec<_> = images.into_iter().chain(counts).collect();
        if let Some((regions, table)) = self.regions.as_mut().zip(self.histogram.table()) {
            results.extend(regions.publish(table, span));
        }
        results
    }

    fn set_regions(&mut self, regions: &Arc<[Region]>) {
        if let Some(spectra) = &mut self.regions {
            spectra.set(regions);
        }
    }

    fn publish_regions(&mut self, span: &Span) -> Vec<(&'static str, DataArray)> {
        match self.regions.as_mut().zip(self.histogram.table()) {
            Some((regions, table)) => regions.publish_changed(table, span),
            None => Vec::new(),
        }
    }

    fn warning(&self) -> Option<&'static str> {
        if self.histogram.saturated() > 0 {
            return Some(
                "events are missing in the spectra of single pixels, whose counters are full; start the job anew",
            );
        }
        let of_regions = || self.regions.as_ref()?.warning();
        unmapped_warning(self.histogram.unmapped()).or_else(of_regions)
    }

    fn left_out(&self) -> LeftOut {
        LeftOut {
            unmapped: self.histogram.unmapped(),
            saturated: self.histogram.saturated(),
        }
    }
}
