//! Images of a detector on three logical axes, which a slicer shows layer by layer.

use shared::params::{LayersParams, ParamError, Params as _};
use shared::topology::JsonText;

use super::pixel_view::PixelView;
use crate::instrument::{Instrument, LogicalView};
use crate::reduce::histogram::{MAX_TABLE_BYTES, PixelHistogram, TofRange};
use crate::reduce::panel::Panel;
use crate::reduce::plan::Plan;

/// Counts events by pixel alone. Checks what is asked for; the images are made by what this returns.
pub(in crate::reduce) fn plan(
    instrument: &Instrument,
    source: &str,
    view: Option<&LogicalView>,
    params: &JsonText,
) -> Result<Plan, ParamError> {
    let params = LayersParams::read(params)?;
    let panel = Panel::of(instrument, source, view)?;
    let pixels = panel.pixel_count();
    let bytes = check_size(source, pixels)?;
    let everything = (f64::MIN, f64::MAX);
    let (start, stop) = params.toa_range.bounds_ns().unwrap_or(everything);
    Ok(Plan::large(bytes, move || {
        let range = TofRange::new(start, stop);
        let histogram = PixelHistogram::new(panel.first_pixel_id, pixels, range);
        PixelView::new("detector_layers", &panel, histogram)
    }))
}

/// What the images take, unless that is too much.
fn check_size(source: &str, pixels: usize) -> Result<usize, ParamError> {
    let most = MAX_TABLE_BYTES / PixelHistogram::PIXEL_BYTES;
    if pixels <= most {
        return Ok(pixels * PixelHistogram::PIXEL_BYTES);
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
    use crate::reduce::{Data, Span};
    use crate::wire::ev44::Pulse;

    #[test]
    fn pixels_lie_in_their_layers_and_the_range_decides_what_is_shown() {
        let instrument = instrument::load("dummy", None).expect("shipped");
        let view = instrument.workflow("panel_0_layers").expect("shipped");
        let params = r#"{"toa_range": {"enabled": true, "start": 0, "stop": 10, "unit": "ms"}}"#;
        let params = serde_json::from_str(params).expect("an object");
        let plan = plan(&instrument, "panel_0", view.view.as_ref(), &params);
        let mut layers = plan.expect("good").make();
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
        assert_eq!(check_size("bank", 100_000_000), Ok(1_200_000_000));
        let error = check_size("bank", usize::MAX).expect_err("too large");
        assert!(error.reason.contains("at most 357913941"), "{error}");
    }
}
