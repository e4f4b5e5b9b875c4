//! Spectrum of a monitor over time of arrival, from events or from histograms.
//!
//! Events give whole counts, whose error is their square root and needs no array. Histograms are
//! rebinned conservatively and give fractions; they carry variances only if the messages do.

mod rebinned;
mod source;

use shared::data::{DataArray, Unit, Values};
use shared::job::OutputView;
use shared::params::{ParamError, Params as _, ToaParams};
use shared::topology::JsonText;

use crate::reduce::histogram::{TofBins, TofHistogram, TofRange};
use crate::reduce::outputs::{
    Axes, COUNTS_IN_RANGE, COUNTS_TOTAL, HISTOGRAM, TOA_DIM, count_arrays,
};
use crate::reduce::workflow::{Data, ReduceError, Reducer, Span};

use rebinned::Rebinned;
use source::Source;

/// Counts in bins of time of arrival.
pub(in crate::reduce) struct MonitorHistogram {
    axes: Axes,
    events: TofHistogram,
    /// Set up by the first histogram; from then on its sums include what events there were.
    histograms: Option<Rebinned>,
    source: Source,
    params: ToaParams,
}

impl MonitorHistogram {
    pub(in crate::reduce) fn create(params: &JsonText) -> Result<Self, ParamError> {
        let params = ToaParams::read(params)?;
        let bins = TofBins::new(&params.toa_edges.edges_ns());
        let range = params.toa_range.bounds_ns();
        let range = range.map(|(start, stop)| TofRange::new(start, stop));
        Ok(Self {
            axes: Axes::time_of_arrival(&params.toa_edges),
            events: TofHistogram::new(bins, range),
            histograms: None,
            source: Source::default(),
            params,
        })
    }

    pub(in crate::reduce) fn views() -> Vec<OutputView> {
        vec![
            HISTOGRAM.declare(&[TOA_DIM.to_owned()], &Unit::counts()),
            COUNTS_TOTAL.declare(&[], &Unit::counts()),
            COUNTS_IN_RANGE.declare(&[], &Unit::counts()),
        ]
    }
}

impl Reducer for MonitorHistogram {
    fn accumulate(&mut self, data: &Data<'_>) -> Result<(), ReduceError> {
        match data {
            Data::Events(pulse) => {
                self.events.add(&pulse.time_of_flight_ns);
                Ok(())
            }
            Data::Histogram(array) => {
                // A bad one must not change what the outputs are.
                self.source.read(array)?;
                let (params, events) = (&self.params, &self.events);
                self.histograms
                    .get_or_insert_with(|| Rebinned::after(events, params))
                    .add(&self.source)
            }
            Data::Log(_) | Data::Frame(_) => Err(data.unexpected("monitor_histogram")),
        }
    }

    fn publish(&mut self, span: &Span) -> Vec<(&'static str, DataArray)> {
        let (window, counts) = self.events.take_window();
        if let Some(histograms) = &mut self.histograms {
            histograms.add_counts(&window, counts);
            return histograms.publish(&self.axes, span);
        }
        let since = self.events.counts();
        let sum = Values::from_counts(self.events.sum(), since.start.total);
        let window = Values::from_counts(&window, counts.total);
        let arrays = HISTOGRAM.arrays(&self.axes, span, sum, window);
        arrays
            .into_iter()
            .chain(count_arrays(span, since, counts))
            .collect()
    }
}

#[cfg(test)]
mod tests;
