//! Values of a device over time, each published once. Their order is the engine's business.

use std::sync::Arc;

use shared::data::{Coord, DataArray, Unit, Values};
use shared::job::{OutputInfo, OutputView, Temporality};
use shared::params::{NoParams, ParamError, Params as _};
use shared::time::TimeInterval;
use shared::topology::JsonText;

use crate::instrument::Instrument;
use crate::reduce::workflow::{Data, ReduceError, Reducer, Sample, Span};

const OUTPUT: &str = "delta";

/// Collects samples, which come with strictly increasing time between two calls of [`Reducer::rewind`].
pub(in crate::reduce) struct Timeseries {
    title: String,
    unit: Unit,
    fresh: Vec<Sample>,
}

impl Timeseries {
    pub(in crate::reduce) fn create(
        instrument: &Instrument,
        source: &str,
        params: &JsonText,
    ) -> Result<Self, ParamError> {
        NoParams::read(params)?;
        let title = instrument.stream(source).map(|stream| stream.title.clone());
        Ok(Self {
            title: title.unwrap_or_else(|| source.to_owned()),
            unit: unit_of(instrument, source),
            fresh: Vec::new(),
        })
    }

    pub(in crate::reduce) fn views(instrument: &Instrument, source: &str) -> Vec<OutputView> {
        vec![OutputView {
            name: OUTPUT.to_owned(),
            title: "Value over time".to_owned(),
            outputs: vec![OutputInfo {
                name: OUTPUT.to_owned(),
                title: "Value over time".to_owned(),
                dims: vec!["time".to_owned()],
                unit: unit_of(instrument, source),
                temporality: Temporality::Series,
            }],
        }]
    }
}

impl Reducer for Timeseries {
    fn accumulate(&mut self, data: &Data<'_>) -> Result<(), ReduceError> {
        let Data::Log(sample) = data else {
            return Err(data.unexpected("timeseries"));
        };
        self.fresh.push(*sample);
        Ok(())
    }

    fn rewind(&mut self) {
        self.fresh.clear();
    }

    fn publish(&mut self, _span: &Span) -> Vec<(&'static str, DataArray)> {
        let fresh = std::mem::take(&mut self.fresh);
        let (Some(first), Some(last)) = (fresh.first(), fresh.last()) else {
            return Vec::new();
        };
        let time = TimeInterval {
            start: first.time,
            end: last.time.plus(1),
        };
        let times: Arc<[i64]> = fresh.iter().map(|sample| sample.time.0).collect();
        let values = fresh.iter().map(|sample| sample.value).collect();
        let array = DataArray {
            label: self.title.as_str().into(),
            unit: self.unit.clone(),
            coords: vec![Coord::times(times)],
            values: Arc::new(Values::F64(values)),
            variances: None,
            time,
        };
        vec![(OUTPUT, array)]
    }
}

fn unit_of(instrument: &Instrument, source: &str) -> Unit {
    let unit = instrument.stream(source).and_then(|s| s.unit.as_deref());
    unit.map_or_else(Unit::dimensionless, Unit::new)
}

#[cfg(test)]
mod tests {
    use shared::data::CoordValues;
    use shared::time::TimeNs;

    use super::*;
    use crate::instrument;

    /// Series carry their own times and look at no span.
    const NOWHEN: TimeInterval = TimeInterval {
        start: TimeNs(0),
        end: TimeNs(0),
    };

    #[test]
    fn samples_come_out_once_and_none_from_before_a_rewind() {
        let instrument = instrument::load("dummy", None).expect("shipped");
        let mut series = Timeseries::create(&instrument, "motion1", &JsonText::empty()).unwrap();
        let log = |series: &mut Timeseries, time, value| {
            let time = TimeNs(time);
            series
                .accumulate(&Data::Log(Sample { time, value }))
                .unwrap();
        };
        log(&mut series, 99, 9.0);
        series.rewind();
        for (time, value) in [(10, 1.0), (20, 2.0), (30, 3.0)] {
            log(&mut series, time, value);
        }
        let span = Span {
            window: NOWHEN,
            since_start: NOWHEN,
        };
        let results = series.publish(&span);
        let array = &results[0].1;
        assert_eq!(*array.values, Values::F64(vec![1.0, 2.0, 3.0]));
        assert_eq!(
            array.coords[0].values,
            CoordValues::Times([10, 20, 30].into())
        );
        assert_eq!(array.unit, Unit::new("mm"));
        assert_eq!((array.time.start, array.time.end), (TimeNs(10), TimeNs(31)));
        assert!(series.publish(&span).is_empty());
    }
}
