//! Image of a detector on its logical axes, and its counts; the full histogram is kept.

use shared::params::{ParamError, Params as _, ToaParams};
use shared::topology::JsonText;

use super::pixel_view::PixelView;
use crate::instrument::{Instrument, LogicalView};
use crate::reduce::histogram::{MAX_TABLE_BYTES, PixelTofHistogram, TofBins, TofRange};
use crate::reduce::panel::Panel;
use crate::reduce::plan::Plan;
use crate::reduce::region_spectra::RegionSpectra;

/// Counts events by pixel and time of arrival. Checks what is asked for; the table is made by what this returns.
pub(in crate::reduce) fn plan(
    instrument: &Instrument,
    source: &str,
    view: Option<&LogicalView>,
    params: &JsonText,
) -> Result<Plan, ParamError> {
    let params = ToaParams::read(params)?;
    let panel = Panel::of(instrument, source, view)?;
    let bins = TofBins::new(&params.toa_edges.edges_ns());
    let pixels = panel.pixel_count();
    check_size(pixels, bins.len())?;
    let bytes = PixelTofHistogram::bytes(pixels, bins.len());
    let range = params.toa_range.bounds_ns();
    Ok(Plan::large(bytes, move || {
        let range = range.map(|(start, stop)| TofRange::new(start, stop));
        let histogram = PixelTofHistogram::new(panel.first_pixel_id, pixels, bins, range);
        let regions = RegionSpectra::new(&panel, &params.toa_edges);
        PixelView::new("detector_view", &panel, histogram).with_regions(regions)
    }))
}

fn check_size(pixels: usize, bins: usize) -> Result<(), ParamError> {
    let most_bins = MAX_TABLE_BYTES / size_of::<u32>() / pixels.max(1);
    if bins <= most_bins {
        return Ok(());
    }
    Err(ParamError {
        field: "toa_edges.num_bins".to_owned(),
        reason: format!("must be at most {most_bins} for a detector of {pixels} pixels"),
    })
}

#[cfg(test)]
mod tests {
    use shared::data::DataArray;
    use shared::time::{TimeInterval, TimeNs};

    use super::*;
    use crate::instrument;
    use crate::reduce::{Data, ReduceError, Reducer, Span};
    use crate::wire::ev44::Pulse;

    fn interval(start: i64, end: i64) -> TimeInterval {
        TimeInterval {
            start: TimeNs(start),
            end: TimeNs(end),
        }
    }

    fn view(params: &JsonText) -> Box<dyn Reducer> {
        let instrument = instrument::load("dummy", None).expect("shipped");
        plan(&instrument, "panel_0", None, params)
            .expect("good")
            .make()
    }

    fn add(view: &mut dyn Reducer, pixels: &[i32], tofs: &[i32]) {
        let pulse = Pulse {
            reference_time_ns: 0,
            time_of_flight_ns: tofs.into(),
            pixel_id: pixels.into(),
        };
        view.accumulate(&Data::Events(pulse)).expect("events");
    }

    fn find<'r>(results: &'r [(&str, DataArray)], name: &str) -> &'r DataArray {
        let found = results.iter().find(|(output, _)| *output == name);
        &found.expect(name).1
    }

    #[test]
    fn images_and_counts_by_hand() {
        let params = serde_json::from_str(
            r#"{"toa_range": {"enabled": true, "start": 10, "stop": 20, "unit": "ms"}}"#,
        )
        .expect("an object");
        let mut view = view(&params);
        add(
            &mut *view,
            &[1, 129, 129, 20_000],
            &[5_000_000, 15_000_000, 16_000_000, 0],
        );
        let span = |start, end| Span {
            window: interval(start, end),
            since_start: interval(0, end),
        };
        view.publish(&span(0, 1));
        add(&mut *view, &[1, 2], &[15_000_000, 80_000_000]);
        let results = view.publish(&span(1, 2));
        let cumulative = find(&results, "cumulative");
        assert!(results.iter().all(|(_, array)| array.validate().is_ok()));
        assert_eq!(cumulative.shape(), [128, 128]);
        assert_eq!(cumulative.values.get(0), 1.0);
        assert_eq!(cumulative.values.get(128), 2.0, "row 1, column 0");
        assert_eq!(cumulative.time, interval(0, 2));
        let current = find(&results, "current");
        assert_eq!((current.values.get(0), current.values.get(128)), (1.0, 0.0));
        assert_eq!(current.time, interval(1, 2));
        let scalar = |name| find(&results, name).scalar();
        assert_eq!(scalar("counts_total"), Some(1.0));
        assert_eq!(scalar("counts_total_cumulative"), Some(4.0));
        assert_eq!(scalar("counts_in_toa_range"), Some(1.0));
        assert_eq!(scalar("counts_in_toa_range_cumulative"), Some(3.0));
        let warning = view.warning().expect("one id is wrong");
        assert_eq!(view.left_out().unmapped, 1);
        add(&mut *view, &[20_001], &[0]);
        assert_eq!(
            view.warning(),
            Some(warning),
            "the same text for any number"
        );
        assert_eq!(view.left_out().unmapped, 2);
    }

    #[test]
    fn a_table_larger_than_memory_is_refused_with_the_most_that_fits() {
        let error = check_size(12_000_000, 100).expect_err("4.8 GB");
        assert!(error.reason.contains("at most 89"), "{error}");
        assert_eq!(check_size(512 * 512, 100), Ok(()));
    }

    #[test]
    fn events_without_pixels_change_nothing() {
        let mut view = view(&JsonText::empty());
        let pulse = Pulse {
            reference_time_ns: 0,
            time_of_flight_ns: (&[1, 2][..]).into(),
            pixel_id: (&[][..]).into(),
        };
        assert_eq!(
            view.accumulate(&Data::Events(pulse)),
            Err(ReduceError::NoPixels)
        );
        let span = Span {
            window: interval(0, 1),
            since_start: interval(0, 1),
        };
        let results = view.publish(&span);
        assert_eq!(
            find(&results, "counts_total_cumulative").scalar(),
            Some(0.0)
        );
    }
}
