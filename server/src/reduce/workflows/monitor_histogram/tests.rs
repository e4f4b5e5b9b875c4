//! Monitors as events and as histograms, against numbers worked out by hand.

use shared::data::Values;
use shared::time::{TimeInterval, TimeNs};

use super::*;
use crate::wire::da00::{Da00, Da00Parts, VariableParts, encode};
use crate::wire::ev44::Pulse;
use crate::wire::{ElementsLe, FlatBufferBuilder, Limits};

const PARAMS: &str = r#"{
    "toa_edges": {"start": 0, "stop": 40, "num_bins": 4, "unit": "ms"},
    "toa_range": {"enabled": true, "start": 5000, "stop": 20000, "unit": "us"}
}"#;

fn monitor() -> MonitorHistogram {
    let params = serde_json::from_str(PARAMS).expect("an object");
    MonitorHistogram::create(&params).expect("good parameters")
}

fn add_events(monitor: &mut MonitorHistogram, tofs: &[i32]) {
    let pulse = Pulse {
        reference_time_ns: 0,
        time_of_flight_ns: tofs.into(),
        pixel_id: (&[][..]).into(),
    };
    monitor.accumulate(&Data::Events(pulse)).expect("events");
}

fn variable<'a>(
    name: &'a str,
    unit: &'a str,
    data: ElementsLe<'a>,
    shape: &'a [i64],
) -> VariableParts<'a> {
    VariableParts {
        name,
        unit: Some(unit),
        label: None,
        source: None,
        axes: &["frame_time"],
        shape,
        data,
    }
}

fn add_histogram(
    monitor: &mut MonitorHistogram,
    variables: &[VariableParts<'_>],
) -> Result<(), ReduceError> {
    let mut builder = FlatBufferBuilder::new();
    let parts = Da00Parts {
        source_name: "monitor2",
        timestamp_ns: 1,
        variables,
    };
    let bytes = encode(&mut builder, &parts);
    let array = Da00::decode(bytes, &Limits::default()).expect("a good message");
    monitor.accumulate(&Data::Histogram(array))
}

fn publish(monitor: &mut MonitorHistogram) -> Vec<(&'static str, DataArray)> {
    let interval = TimeInterval {
        start: TimeNs(0),
        end: TimeNs(1),
    };
    let results = monitor.publish(&Span {
        window: interval,
        since_start: interval,
    });
    assert!(results.iter().all(|(_, array)| array.validate().is_ok()));
    results
}

fn find<'r>(results: &'r [(&str, DataArray)], name: &str) -> &'r DataArray {
    let found = results.iter().find(|(output, _)| *output == name);
    &found.expect(name).1
}

#[test]
fn events_give_whole_counts_in_bins_and_range() {
    let mut monitor = monitor();
    add_events(
        &mut monitor,
        &[0, 4_999_999, 5_000_000, 19_999_999, 20_000_000, 40_000_000],
    );
    publish(&mut monitor);
    add_events(&mut monitor, &[10_000_000]);
    let results = publish(&mut monitor);
    let cumulative = find(&results, "cumulative");
    assert_eq!(*cumulative.values, Values::U32(vec![3, 2, 1, 0]));
    assert_eq!(cumulative.variances, None);
    assert_eq!(cumulative.coords[0].unit, Unit::new("ms"));
    assert_eq!(
        *find(&results, "current").values,
        Values::U32(vec![0, 1, 0, 0])
    );
    let scalar = |name| find(&results, name).scalar();
    assert_eq!(scalar("counts_total_cumulative"), Some(6.0));
    assert_eq!(scalar("counts_in_toa_range_cumulative"), Some(3.0));
    assert_eq!(scalar("counts_in_toa_range"), Some(1.0));
}

#[test]
fn histograms_in_ns_are_rebinned_and_converted() {
    let mut monitor = monitor();
    let edges = [0_i64, 5_000_000, 15_000_000, 50_000_000];
    let signal = [8_i32, 10, 35];
    let coord = variable("frame_time", "ns", edges[..].into(), &[4]);
    let variables = [variable("signal", "counts", signal[..].into(), &[3]), coord];
    add_histogram(&mut monitor, &variables).expect("good");
    publish(&mut monitor);
    add_histogram(&mut monitor, &variables).expect("good");
    let results = publish(&mut monitor);
    assert_eq!(
        *find(&results, "current").values,
        Values::F64(vec![13.0, 10.0, 10.0, 10.0])
    );
    assert_eq!(
        *find(&results, "cumulative").values,
        Values::F64(vec![26.0, 20.0, 20.0, 20.0])
    );
    assert_eq!(find(&results, "cumulative").variances, None);
    assert_eq!(find(&results, "counts_total").scalar(), Some(43.0));
    assert_eq!(find(&results, "counts_in_toa_range").scalar(), Some(15.0));
    assert_eq!(
        find(&results, "counts_in_toa_range_cumulative").scalar(),
        Some(30.0)
    );
}

#[test]
fn errors_of_the_producer_become_variances() {
    let mut monitor = monitor();
    let variables = [
        variable("signal", "counts", (&[4.0, 6.0][..]).into(), &[2]),
        variable("errors", "counts", (&[3.0, 1.0][..]).into(), &[2]),
        variable("frame_time", "ms", (&[0.0, 10.0, 30.0][..]).into(), &[3]),
    ];
    add_histogram(&mut monitor, &variables).expect("good");
    let results = publish(&mut monitor);
    let current = find(&results, "current");
    assert_eq!(*current.values, Values::F64(vec![4.0, 3.0, 3.0, 0.0]));
    let variances = current.variances.as_deref();
    assert_eq!(variances, Some(&Values::F64(vec![9.0, 0.5, 0.5, 0.0])));
}

#[test]
fn a_monitor_that_turns_from_events_to_histograms_loses_nothing() {
    let mut monitor = monitor();
    add_events(&mut monitor, &[1, 11_000_000]);
    publish(&mut monitor);
    add_events(&mut monitor, &[1]);
    let variables = [
        variable("signal", "counts", (&[5_u8][..]).into(), &[1]),
        variable("frame_time", "us", (&[10_000.0, 20_000.0][..]).into(), &[2]),
    ];
    add_histogram(&mut monitor, &variables).expect("good");
    let results = publish(&mut monitor);
    assert_eq!(
        *find(&results, "cumulative").values,
        Values::F64(vec![2.0, 6.0, 0.0, 0.0])
    );
    assert_eq!(
        *find(&results, "current").values,
        Values::F64(vec![1.0, 5.0, 0.0, 0.0])
    );
    assert_eq!(
        find(&results, "counts_in_toa_range_cumulative").scalar(),
        Some(6.0)
    );
}

#[test]
fn histograms_that_make_no_sense_say_why_and_change_nothing() {
    let mut monitor = monitor();
    let signal = variable("signal", "counts", (&[5_u8][..]).into(), &[1]);
    let coord = |unit, data: ElementsLe<'static>, shape| variable("frame_time", unit, data, shape);
    let mut fails = |variables: &[VariableParts<'_>]| {
        add_histogram(&mut monitor, variables)
            .expect_err("bad")
            .to_string()
    };
    assert_eq!(
        fails(&[signal]),
        "the histogram's axis has no coordinate of its own name"
    );
    let metres = coord("m", (&[0.0, 1.0][..]).into(), &[2]);
    assert!(fails(&[signal, metres]).contains("unit \"m\", not one of time"));
    let short = coord("ms", (&[0.0][..]).into(), &[1]);
    assert_eq!(fails(&[signal, short]), "1 values need 2 edges, got 1");
    let falling = coord("ms", (&[1.0, 0.0][..]).into(), &[2]);
    assert!(fails(&[signal, falling]).contains("edge 1 does not"));
    let results = publish(&mut monitor);
    assert_eq!(
        find(&results, "counts_total_cumulative").scalar(),
        Some(0.0)
    );
}

#[test]
fn numbers_that_are_none_poison_nothing_and_leave_an_event_monitor_what_it_was() {
    let mut monitor = monitor();
    add_events(&mut monitor, &[1]);
    let coord = variable("frame_time", "ms", (&[0.0, 10.0][..]).into(), &[2]);
    for bad in [f64::NAN, f64::INFINITY, -1e300] {
        let bad = [bad];
        let values = |name, data: &'static [f64]| variable(name, "counts", data.into(), &[1]);
        let signal = variable("signal", "counts", (&bad[..]).into(), &[1]);
        let errors = variable("errors", "counts", (&bad[..]).into(), &[1]);
        for variables in [
            vec![signal, coord],
            vec![values("signal", &[1.0]), errors, coord],
        ] {
            let error = add_histogram(&mut monitor, &variables).expect_err("bad");
            assert!(error.to_string().contains("not a number"), "{error}");
        }
    }
    let results = publish(&mut monitor);
    assert_eq!(
        *find(&results, "cumulative").values,
        Values::U32(vec![1, 0, 0, 0])
    );
}

#[test]
fn whole_counts_have_whole_totals_however_they_are_shared_out_to_bins() {
    let params = r#"{"toa_edges": {"start": 0, "stop": 70, "num_bins": 97, "unit": "ms"}}"#;
    let params = serde_json::from_str(params).expect("an object");
    let mut monitor = MonitorHistogram::create(&params).expect("good parameters");
    // Bins of 1 ms whose counts no bin of the target takes whole.
    let edges: Vec<f64> = (0..=70).map(f64::from).collect();
    let signal: Vec<i32> = (0..70).map(|i| i * i % 113 + 1).collect();
    let total: i32 = signal.iter().sum();
    let variables = [
        variable("signal", "counts", signal[..].into(), &[70]),
        variable("frame_time", "ms", edges[..].into(), &[71]),
    ];
    add_histogram(&mut monitor, &variables).expect("good");
    let results = publish(&mut monitor);
    let bins = find(&results, "current").values.to_f64();
    assert!((bins.iter().sum::<f64>() - f64::from(total)).abs() < 1e-9);
    for output in ["counts_total", "counts_total_cumulative"] {
        assert_eq!(find(&results, output).scalar(), Some(f64::from(total)));
    }
}
