//! The values of devices whose clocks are wrong.

use super::slots::Steps;
use super::*;

/// Where the data are when the device begins to speak.
const NOW: i64 = T0 + 30 * PULSE;

/// What was published as series since the last look, in order.
fn series(steps: &Steps) -> Vec<Vec<i64>> {
    let mut slots = steps.slots.0.lock().unwrap();
    let results = slots.drain(..).flat_map(|slot| slot.results);
    let times = |result: JobResult| match &result.data.coords[0].values {
        shared::data::CoordValues::Times(times) => times.iter().map(|time| time - NOW).collect(),
        _ => Vec::new(),
    };
    results.map(times).collect()
}

fn errors(steps: &Steps) -> Vec<(&'static str, u64)> {
    let index = steps.table.index_of("motion1").expect("declared");
    let errors = steps.table.stream(index).stats.report().errors;
    errors.into_iter().collect()
}

#[test]
fn one_value_from_the_future_does_not_silence_a_device() {
    let mut steps = Steps::new(&[("timeseries_data", "motion1")]);
    steps.pulses(&["panel_0"], 0..31);
    for time in [0, 1, 100 * PULSE, 2, 3, 4, 5, 6, 7] {
        steps.log("motion1", NOW + time, 1.0);
    }
    steps.run.finish(&mut Vec::new());
    assert_eq!(series(&steps), [vec![0, 1, 2, 3, 4], vec![5, 6, 7]]);
    assert_eq!(errors(&steps), [("older_value", 3)]);
    // What a job that starts later is told of the past.
    steps.start("timeseries_data", "motion1");
    steps.run.finish(&mut Vec::new());
    assert_eq!(series(&steps), [[0, 1, 2, 3, 4, 5, 6, 7]]);
}

#[test]
fn values_that_are_left_out_are_counted_and_warned_of_once() {
    let mut steps = Steps::new(&[("timeseries_data", "motion1")]);
    for (time, value) in [
        (10, 1.0),
        (10, 1.0),
        (10, 2.0),
        (9, 3.0),
        (11, 1.0),
        (5, 1.0),
    ] {
        steps.log("motion1", T0 + time, value);
        steps.run.finish(&mut Vec::new());
    }
    assert_eq!(
        errors(&steps),
        [("contradicting_value", 1), ("older_value", 2)]
    );
    let slots = steps.slots.0.lock().unwrap();
    let reports = slots.iter().flat_map(|slot| &slot.reports);
    let states: Vec<_> = reports.map(|report| report.state.clone()).collect();
    let [JobState::Running, JobState::Warning { message }] = &states[..] else {
        panic!("{states:?}");
    };
    assert!(message.contains("not newer"), "{message}");
}
