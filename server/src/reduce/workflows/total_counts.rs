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

#[cfg(test)]
mod tests {
    use shared::time::{TimeInterval, TimeNs};

    use super::*;
    use crate::reduce::workflow::Sample;
    use crate::wire::ev44::Pulse;

    #[test]
    fn every_event_counts_once_in_its_window_and_for_good() {
        let mut total = TotalCounts::create(&JsonText::empty()).expect("no parameters");
        let interval = TimeInterval {
            start: TimeNs(0),
            end: TimeNs(1),
        };
        let span = Span {
            window: interval,
            since_start: interval,
        };
        let mut published = Vec::new();
        for tofs in [&[1, 2, 3][..], &[i32::MIN, i32::MAX]] {
            let pulse = Pulse {
                reference_time_ns: 0,
                time_of_flight_ns: tofs.into(),
                pixel_id: (&[][..]).into(),
            };
            total.accumulate(&Data::Events(pulse)).expect("events");
            let results = total.publish(&span);
            published.extend(results.iter().map(|(name, data)| (*name, data.scalar())));
        }
        let expected = [
            ("total_counts", 3),
            ("counts", 3),
            ("total_counts", 5),
            ("counts", 2),
        ];
        assert_eq!(
            published,
            expected.map(|(name, n)| (name, Some(f64::from(n))))
        );
        let log = Sample {
            time: TimeNs(0),
            value: 1.0,
        };
        assert!(total.accumulate(&Data::Log(log)).is_err());
    }
}
