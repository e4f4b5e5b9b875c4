//! Histories, budgets, windows and generations, in numbers.

mod unasked;
mod wants;

use std::sync::Arc;

use shared::data::{Coord, CoordValues, Unit, Values};
use shared::plot::params::Aggregation;
use shared::time::TimeInterval;

use super::*;
use crate::results::Retained;

/// A tenth of a second.
const SLOT: i64 = 100_000_000;

fn key(output: &str) -> ResultKey {
    ResultKey {
        workflow: "dummy/panel_0_xy/1".parse().expect("an id"),
        source: "panel_0".to_owned(),
        output: output.to_owned(),
    }
}

fn number(n: u128) -> JobNumber {
    JobNumber(uuid::Uuid::from_u128(n))
}

fn array(slot: i64, coords: Vec<Coord>, values: Values) -> DataArray {
    DataArray {
        label: "Counts".into(),
        unit: Unit::counts(),
        coords,
        values: Arc::new(values),
        variances: None,
        time: TimeInterval {
            start: TimeNs(slot * SLOT),
            end: TimeNs(slot * SLOT + SLOT),
        },
    }
}

fn image(slot: i64) -> DataArray {
    array(
        slot,
        vec![Coord::index("y", 1), Coord::index("x", 2)],
        Values::U32(vec![slot as u32, 1]),
    )
}

fn scalar(slot: i64) -> DataArray {
    array(slot, Vec::new(), Values::U64(vec![slot as u64]))
}

fn result(output: &str, n: u128, data: DataArray, temporality: Temporality) -> NewResult {
    NewResult {
        key: key(output),
        number: number(n),
        data,
        temporality,
    }
}

fn window(output: &str, data: DataArray) -> NewResult {
    result(output, 1, data, Temporality::Window)
}

fn service(budget: Budget) -> DataService {
    let service = DataService::new(budget);
    service.begin_generation(&job_of(&key("")), number(1));
    service
}

fn extract(service: &DataService, output: &str, extractor: Extractor) -> Extracted {
    let mut found = service.read(&[(key(output), extractor)]);
    found.remove(0).expect("allowed").expect("data")
}

const LAST_THREE: Extractor = Extractor::Window {
    seconds: 0.3,
    aggregation: Aggregation::Auto,
};

#[test]
fn the_newest_result_replaces_the_one_before() {
    let service = service(Budget::default());
    for slot in 0..3 {
        service.publish(vec![window("current", image(slot))]);
    }
    assert_eq!(
        extract(&service, "current", Extractor::Latest).data,
        image(2)
    );
    assert_eq!(service.usage().0, 0, "nobody asked for history");
    assert_eq!(
        service.read(&[(key("other"), Extractor::Latest)]),
        [Ok(None)]
    );
}

#[test]
fn windows_sum_as_many_slots_as_they_are_long() {
    let service = service(Budget::default());
    let _want = service.want(&key("current"), LAST_THREE);
    for slot in 0..10 {
        service.publish(vec![window("current", image(slot))]);
    }
    let found = extract(&service, "current", LAST_THREE);
    assert_eq!(*found.data.values, Values::U32(vec![7 + 8 + 9, 3]));
    assert_eq!(found.data.time.start, TimeNs(7 * SLOT));
    assert_eq!(found.data.time.end, TimeNs(10 * SLOT));
    let retained = found.retained.expect("a window has a history");
    assert_eq!(
        retained,
        Retained {
            requested_ns: 3 * SLOT,
            kept_ns: 3 * SLOT
        }
    );
    assert_eq!(found.note, None);
    assert!(
        service.usage().0 < 5 * (8 + size_of::<DataArray>()),
        "only what is needed is kept"
    );
}

#[test]
fn a_window_asked_for_late_says_that_it_is_cut_until_it_is_filled() {
    let service = service(Budget::default());
    for slot in 0..10 {
        service.publish(vec![window("current", image(slot))]);
    }
    let _want = service.want(&key("current"), LAST_THREE);
    let cut = |service: &DataService| {
        let found = extract(service, "current", LAST_THREE);
        found.retained.expect("a history").is_cut()
    };
    assert!(cut(&service));
    for slot in 10..13 {
        service.publish(vec![window("current", image(slot))]);
    }
    assert!(!cut(&service));
}

#[test]
fn scalars_always_have_a_history_along_time() {
    let service = service(Budget::default());
    for slot in 0..4 {
        service.publish(vec![window("counts", scalar(slot))]);
    }
    let found = extract(&service, "counts", Extractor::FullHistory).data;
    assert_eq!(found.validate(), Ok(()));
    assert_eq!(*found.values, Values::F64(vec![0.0, 1.0, 2.0, 3.0]));
    let times = CoordValues::Times([SLOT, 2 * SLOT, 3 * SLOT, 4 * SLOT].into());
    assert_eq!(found.coords[0].values, times);
    let sum = extract(&service, "counts", LAST_THREE).data;
    assert_eq!(sum.scalar(), Some(6.0));
    assert_eq!(sum.time.start, TimeNs(SLOT));
    let latest = extract(&service, "counts", Extractor::Latest).data;
    assert_eq!(
        *latest.values,
        Values::U64(vec![3]),
        "the newest keeps its type"
    );
}

/// Samples at these times, whose values are the times.
fn series(times: &[i64]) -> NewResult {
    let coord = Coord {
        values: CoordValues::Times(times.into()),
        ..Coord::index("time", 0)
    };
    let values = times.iter().map(|time| *time as f64).collect();
    let data = DataArray {
        time: TimeInterval {
            start: TimeNs(times[0]),
            end: TimeNs(times[times.len() - 1] + 1),
        },
        ..array(0, vec![coord], Values::F64(values))
    };
    result("delta", 1, data, Temporality::Series)
}

#[test]
fn series_join_their_pieces_and_have_a_latest_sample() {
    let service = service(Budget::default());
    for times in [&[5, 6][..], &[9]] {
        service.publish(vec![series(times)]);
    }
    let found = extract(&service, "delta", Extractor::FullHistory).data;
    assert_eq!(*found.values, Values::F64(vec![5.0, 6.0, 9.0]));
    assert_eq!(found.coords[0].values, CoordValues::Times([5, 6, 9].into()));
    let latest = extract(&service, "delta", Extractor::Latest).data;
    assert_eq!((latest.scalar(), latest.time.start), (Some(9.0), TimeNs(9)));
}

#[test]
fn a_past_that_is_told_anew_replaces_what_was_told_of_it() {
    let service = service(Budget::default());
    // The second ends later than the first, as after a clock that was set back by less than a slot.
    for times in [&[90, 95][..], &[90, 95, 100, 101, 102, 103]] {
        service.publish(vec![series(times)]);
    }
    let found = extract(&service, "delta", Extractor::FullHistory).data;
    let told_anew = CoordValues::Times([90, 95, 100, 101, 102, 103].into());
    assert_eq!(found.coords[0].values, told_anew);
}

#[test]
fn a_series_that_is_slower_than_the_window_is_not_silent() {
    let service = service(Budget::default());
    let told = |time| {
        let recent = service.read(&[(key("delta"), LAST_THREE)]).remove(0);
        let value = recent.map(|it| it.expect("data").data.scalar());
        assert_eq!(value, Ok(Some((time * SLOT) as f64)));
    };
    for time in [10, 20, 30] {
        service.publish(vec![series(&[time * SLOT])]);
        service.publish(vec![window("counts", scalar(time + 8))]);
        if time > 10 {
            told(time);
        }
    }
    service.publish(vec![window("counts", scalar(45))]);
    let silent = service.read(&[(key("delta"), LAST_THREE)]).remove(0);
    let Err(ExtractError::Silent { until, .. }) = silent else {
        panic!("{silent:?}")
    };
    assert_eq!(until, TimeNs(30 * SLOT + 1));
}

#[test]
fn images_stack_along_time() {
    let service = service(Budget::default());
    let _want = service.want(&key("current"), Extractor::FullHistory);
    for slot in 0..3 {
        service.publish(vec![window("current", image(slot))]);
    }
    let found = extract(&service, "current", Extractor::FullHistory).data;
    assert_eq!(found.shape(), [3, 1, 2]);
    assert_eq!(*found.values, Values::U32(vec![0, 1, 1, 1, 2, 1]));
}

#[test]
fn sums_since_the_start_have_no_window() {
    let service = service(Budget::default());
    service.publish(vec![result(
        "cumulative",
        1,
        image(0),
        Temporality::Cumulative,
    )]);
    let found = service.read(&[(key("cumulative"), LAST_THREE)]);
    assert_eq!(found, [Err(ExtractError::Cumulative)]);
}

#[test]
fn other_generations_are_dropped_and_counted() {
    let service = service(Budget::default());
    let job = job_of(&key(""));
    service.publish(vec![window("current", image(0))]);
    service.begin_generation(&job, number(2));
    assert_eq!(
        service.read(&[(key("current"), Extractor::Latest)]),
        [Ok(None)]
    );
    let late = service.publish(vec![window("current", image(1))]);
    assert!(late.is_empty());
    service.publish(vec![result("current", 2, image(2), Temporality::Window)]);
    service.end_generation(&job, number(1));
    service.publish(vec![result("current", 2, image(2), Temporality::Window)]);
    service.end_generation(&job, number(2));
    service.publish(vec![result("current", 2, image(3), Temporality::Window)]);
    assert_eq!(
        extract(&service, "current", Extractor::Latest).data,
        image(2)
    );
    assert_eq!(service.usage().1, 2);
}

#[test]
fn another_shape_starts_the_history_anew() {
    let service = service(Budget::default());
    let _want = service.want(&key("current"), Extractor::FullHistory);
    service.publish(vec![window("current", image(0))]);
    let wide = array(1, vec![Coord::index("x", 3)], Values::U32(vec![1, 2, 3]));
    service.publish(vec![window("current", wide)]);
    let found = extract(&service, "current", Extractor::FullHistory).data;
    assert_eq!(found.shape(), [1, 3]);
}

#[test]
fn memory_is_bounded_per_key_and_in_all_and_the_cut_is_visible() {
    let budget = Budget {
        key_bytes: 10_000,
        total_bytes: 12_000,
    };
    let service = service(budget);
    for slot in 0..1000 {
        service.publish(vec![window("a", scalar(slot)), window("b", scalar(slot))]);
        assert!(service.usage().0 <= 12_000);
    }
    let found = extract(&service, "a", Extractor::FullHistory);
    let retained = found.retained.expect("a history");
    assert!(retained.is_cut() && retained.requested_ns == 1000 * SLOT);
    assert_eq!(retained.kept_ns, found.data.values.len() as i64 * SLOT);
    assert!(
        found
            .note
            .expect("the cut is told")
            .ends_with("of 100.0 s are kept")
    );
}

#[test]
fn a_history_that_cannot_be_cut_leaves_it_to_the_next() {
    let service = service(Budget {
        key_bytes: 100_000,
        total_bytes: 30_000,
    });
    let _want = service.want(&key("large"), LAST_THREE);
    let large = array(0, vec![Coord::index("x", 3000)], Values::U64(vec![1; 3000]));
    service.publish(vec![window("large", large)]);
    for slot in 0..1000 {
        service.publish(vec![window("counts", scalar(slot))]);
        assert!(service.usage().0 <= 30_000, "{slot}");
    }
    let left = extract(&service, "counts", Extractor::FullHistory).data;
    assert!(left.values.len() > 100);
}

#[test]
fn a_window_is_silent_when_other_data_have_left_it_behind() {
    let service = service(Budget::default());
    service.publish(vec![window("a", scalar(0)), window("b", scalar(0))]);
    service.publish(vec![window("b", scalar(3))]);
    assert_eq!(extract(&service, "a", LAST_THREE).data.scalar(), Some(0.0));
    service.publish(vec![window("b", scalar(7))]);
    let silent = service.read(&[(key("a"), LAST_THREE)]).remove(0);
    let text = silent.expect_err("silent").to_string();
    assert_eq!(
        text,
        "no data in the last 0.3 s: the newest are 0.7 s older than other data"
    );
    assert_eq!(extract(&service, "a", Extractor::Latest).data, scalar(0));
}

#[test]
fn a_clock_set_back_silences_nothing() {
    let service = service(Budget::default());
    service.publish(vec![
        window("a", scalar(36_000)),
        window("b", scalar(36_000)),
    ]);
    service.publish(vec![window("a", scalar(0)), window("b", scalar(0))]);
    service.publish(vec![window("a", scalar(1))]);
    for (output, sum) in [("a", 1.0), ("b", 0.0)] {
        let data = extract(&service, output, LAST_THREE).data;
        assert_eq!(data.scalar(), Some(sum), "{output}");
    }
}

#[test]
fn readers_see_a_transaction_whole_or_not_at_all() {
    let service = Arc::new(service(Budget::default()));
    let writer = Arc::clone(&service);
    let thread = std::thread::spawn(move || {
        for slot in 0..2000 {
            writer.publish(vec![window("a", scalar(slot)), window("b", scalar(slot))]);
        }
    });
    let wanted = ["a", "b"].map(|output| (key(output), Extractor::Latest));
    while !thread.is_finished() {
        let both = service.read(&wanted);
        let values = both
            .into_iter()
            .map(|one| Some(one.expect("allowed")?.data.values));
        let values: Vec<_> = values.collect();
        assert_eq!(values[0], values[1]);
    }
    thread.join().expect("no panic");
}

#[test]
fn the_publishing_interval_is_the_data_s_own_and_a_pause_does_not_raise_it() {
    let service = service(Budget::default());
    let interval = |slot| {
        service.publish(vec![window("current", image(slot))]);
        extract(&service, "current", Extractor::Latest).interval_ns
    };
    assert_eq!(interval(0), None);
    assert_eq!(interval(2), Some(2 * SLOT));
    assert_eq!(interval(4), Some(2 * SLOT));
    assert_eq!(interval(6_004), Some(2 * SLOT), "ten minutes of nothing");
    assert_eq!(interval(6_006), Some(2 * SLOT));
    assert_eq!(interval(6_106), Some(2 * SLOT));
    assert_eq!(interval(6_206), Some(100 * SLOT), "it has become slower");
}
