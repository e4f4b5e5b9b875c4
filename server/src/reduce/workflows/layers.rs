//! Images of a detector on three logical axes, which a slicer shows layer by layer.

use shared::data::{DataArray, Unit, Values};
use shared::job::OutputView;
use shared::params::{LayersParams, ParamError, Params as _};
use shared::topology::JsonText;

use crate::instrument::{Instrument, LogicalView};
use crate::reduce::histogram::{MAX_TABLE_BYTES, PixelHistogram, TofRange};
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
        check_size(source, panel.pixel_count())?;
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

/// The image of the window and the sum of all.
const PIXEL_BYTES: usize = size_of::<u32>() + size_of::<u64>();

fn check_size(source: &str, pixels: usize) -> Result<(), ParamError> {
    let most = MAX_TABLE_BYTES / PIXEL_BYTES;
    if pixels <= most {
        return Ok(());
    }
    Err(ParamError {
        field: "source".to_owned(),
        reason: format!("{source} has {pixels} pixels, of which an image can have at most {most}"),
    })
}

#[cfg(test)]
mod tests {
    use shared::time::{TimeInterval, TimeNs};

    use super::*;
    use crate::instrument;
    use crate::wire::ev44::Pulse;

    #[test]
    fn pixels_lie_in_their_layers_and_the_range_decides_what_is_shown() {
        let instrument = instrument::load("dummy", None).expect("shipped");
        let view = instrument.workflow("panel_0_layers").expect("shipped");
        let params = r#"{"toa_range": {"enabled": true, "start": 0, "stop": 10, "unit": "ms"}}"#;
        let params = serde_json::from_str(params).expect("an object");
        let plan = Layers::plan(&instrument, "panel_0", view.view.as_ref(), &params);
        let mut layers = plan.expect("good")();
        let pulse = Pulse {
            reference_time_ns: 0,
            time_of_flight_ns: (&[1_000, 2_000, 3_000, 20_000_000][..]).into(),
            pixel_id: (&[1, 16_384, 16_385, 2][..]).into(),
        };
        layers.accumulate(&Data::Events(pulse)).expect("events");
        let interval = TimeInterval {
            start: TimeNs(0),
            end: TimeNs(1),
        };
        let span = Span {
            window: interval,
            since_start: interval,
        };
        let results = layers.publish(&span);
        let (name, image) = &results[0];
        assert_eq!((*name, image.coords.len()), ("cumulative", 3));
        assert_eq!(image.values.len(), 16_384);
        let sum: f64 = image.values.to_f64().iter().sum();
        let ends = (image.values.get(0), image.values.get(16_383));
        assert_eq!((sum, ends), (2.0, (1.0, 1.0)));
        let scalar = |name| {
            let found = results.iter().find(|(output, _)| *output == name);
            found.expect(name).1.scalar()
        };
        assert_eq!(scalar("counts_total"), Some(3.0));
        assert_eq!(scalar("counts_in_toa_range"), Some(2.0));
        assert_eq!(layers.left_out().unmapped, 1);
    }

    #[test]
    fn an_image_larger_than_memory_is_refused() {
        assert_eq!(check_size("bank", 100_000_000), Ok(()));
        let error = check_size("bank", usize::MAX).expect_err("too large");
        assert!(error.reason.contains("at most 357913941"), "{error}");
    }
}
