//! How many events came, whatever their pixel and time.

use shared::data::{DataArray, Unit, Values};
use shared::job::OutputView;
use shared::params::{NoParams, ParamError, Params as _};
use shared::topology::JsonText;

use crate::reduce::outputs::{Axes, Pair};
use crate::reduce::workflow::{Data, ReduceError, Reducer, Span};

const TOTAL: Pair = Pair {
    view: "total_counts",
    title: "Total counts",
    cumulative: "total_counts",
    window: "counts",
};

/// Counts events.
#[derive(Default)]
pub(in crate::reduce) struct TotalCounts {
    window: u64,
    sum: u64,
}

impl TotalCounts {
    pub(in crate::reduce) fn create(params: &JsonText) -> Result<Self, ParamError> {
        NoParams::read(params)?;
        Ok(Self::default())
    }

    pub(in crate::reduce) fn views() -> Vec<OutputView> {
        vec![TOTAL.declare(&[], &Unit::counts())]
    }
}

impl Reducer for TotalCounts {
    fn accumulate(&mut self, data: &Data<'_>) -> Result<(), ReduceError> {
        let Data::Events(pulse) = data else {
            return Err(data.unexpected("total_counts"));
        };
        self.window += pulse.time_of_flight_ns.len() as u64;
        Ok(())
    }

    fn publish(&mut self, span: &Span) -> Vec<(&'static str, DataArray)> {
        let window = std::mem::take(&mut self.window);
        self.sum += window;
        let values = |count| Values::U64(vec![count]);
        TOTAL
            .arrays(
                &Axes::counts_scalar(),
                span,
                values(self.sum),
                values(window),
            )
            .into()
    }
}
