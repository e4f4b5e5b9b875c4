//! The engine from messages to published slots, with a sink that remembers.

mod logs;
mod slots;

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use shared::topology::JsonText;

use super::*;
use crate::ingest::{RawMessage, Sender, StreamTable, channel};
use crate::instrument::{self, Instrument};
use crate::wire::ev44::{self, Ev44Parts};
use crate::wire::f144::{self, F144Parts, LogValue};
use crate::wire::{FlatBufferBuilder, Scalar};

const PULSE: i64 = 71_428_571;
/// The nominal time of the first pulse of a slot of three.
const T0: i64 = 1_699_999_999_500_000_000;

#[derive(Default)]
struct Slots(Mutex<Vec<SlotResults>>);

impl ResultSink for Slots {
    fn publish(&self, slot: SlotResults) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(slot);
    }
}

struct Bench {
    engine: EngineHandle,
    sender: Sender,
    table: Arc<StreamTable>,
    slots: Arc<Slots>,
}

impl Bench {
    fn new() -> Self {
        Self::with(EngineConfig {
            slot_pulses: 3,
            ..EngineConfig::default()
        })
    }

    fn with(config: EngineConfig) -> Self {
        let instrument: Arc<Instrument> =
            Arc::new(instrument::load("dummy", None).expect("shipped"));
        let table = Arc::new(StreamTable::new(&instrument));
        let (sender, receiver) = channel(1 << 24);
        let slots = Arc::new(Slots::default());
        let engine = Engine::spawn(
            instrument,
            Arc::clone(&table),
            receiver,
            Arc::clone(&slots),
            config,
        );
        Self {
            engine: engine.expect("a thread"),
            sender,
            table,
            slots,
        }
    }

    fn start(&self, workflow: &str, source: &str) -> JobNumber {
        let number = JobNumber::random();
        self.engine
            .start(job(workflow, source), number, JsonText::empty());
        number
    }

    fn send(&self, stream: &str, bytes: &[u8]) {
        let message = message(&self.table, stream, bytes);
        self.sender.send(message).expect("the engine runs");
    }

    fn events(&self, stream: &str, pulses: &[i64], per_pulse: i32) {
        self.send(stream, &events(stream, pulses, per_pulse));
    }

    fn log(&self, stream: &str, time: i64, value: f64) {
        self.send(stream, &log(stream, time, value));
    }

    /// Waits until `enough` of what was published.
    fn wait<T>(&self, what: &str, enough: impl Fn(&[SlotResults]) -> Option<T>) -> T {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let slots = self.slots.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(found) = enough(&slots) {
                return found;
            }
            assert!(Instant::now() < deadline, "{what}: {slots:?}");
            drop(slots);
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

fn message(table: &StreamTable, stream: &str, bytes: &[u8]) -> RawMessage {
    RawMessage {
        stream: table.index_of(stream).expect("declared"),
        bytes: Bytes::copy_from_slice(bytes),
        data_ns: T0,
        timestamp_ns: T0,
    }
}

fn log(stream: &str, time: i64, value: f64) -> Vec<u8> {
    let parts = F144Parts {
        source_name: stream,
        timestamp_ns: time,
        value: LogValue::Scalar(Scalar::F64(value)),
    };
    f144::encode(&mut FlatBufferBuilder::new(), &parts).to_vec()
}

/// Events on pixels 1, 2, … in each of `pulses`, all in one message.
fn events(stream: &str, pulses: &[i64], per_pulse: i32) -> Vec<u8> {
    let times: Vec<_> = pulses.iter().map(|pulse| T0 + pulse * PULSE).collect();
    let count = pulses.len() as i32;
    let index: Vec<_> = (0..count).map(|pulse| pulse * per_pulse).collect();
    let pixels: Vec<_> = (0..count * per_pulse)
        .map(|event| event % per_pulse + 1)
        .collect();
    let parts = Ev44Parts {
        source_name: stream,
        message_id: 0,
        reference_time_ns: &times,
        reference_time_index: &index,
        time_of_flight_ns: &vec![1_000_000; pixels.len()],
        pixel_id: &pixels,
    };
    ev44::encode(&mut FlatBufferBuilder::new(), &parts).to_vec()
}

#[test]
fn a_job_that_does_not_fit_beside_the_others_is_refused_until_one_stops() {
    // 128² pixels of 100 bins take 6.4 MiB, a camera of 256² pixels 1 MiB.
    let bench = Bench::with(EngineConfig {
        jobs_bytes: 7 << 20,
        ..EngineConfig::default()
    });
    let (panel, camera) = (
        job("panel_0_xy", "panel_0"),
        job("area_panel_xy", "area_panel"),
    );
    let check = |id: &JobId| {
        let ids = std::slice::from_ref(id);
        bench.engine.check(ids, &JsonText::empty())
    };
    assert_eq!(check(&camera), Ok(()));
    let number = bench.start("panel_0_xy", "panel_0");
    assert_eq!(check(&panel), Ok(()), "in place of the one that runs");
    let refused = check(&camera).expect_err("both do not fit");
    assert!(refused.starts_with("it needs 1 MiB of memory"), "{refused}");
    bench.engine.stop(panel, number);
    assert_eq!(check(&camera), Ok(()));
    assert_eq!(bench.engine.job_bytes(), 0);
}

fn job(workflow: &str, source: &str) -> JobId {
    JobId {
        workflow: format!("dummy/{workflow}/1").parse().expect("an id"),
        source: source.to_owned(),
    }
}

fn scalar(slot: &SlotResults, workflow: &str, output: &str) -> Option<f64> {
    let of =
        |result: &&JobResult| result.key.workflow.name == workflow && result.key.output == output;
    slot.results.iter().find(of)?.data.scalar()
}

fn with_data(slots: &[SlotResults]) -> Vec<&SlotResults> {
    slots
        .iter()
        .filter(|slot| !slot.results.is_empty())
        .collect()
}

#[test]
fn all_jobs_of_a_slot_cover_the_same_pulses_and_come_in_one_call() {
    let bench = Bench::new();
    bench.start("panel_0_xy", "panel_0");
    bench.start("total_counts", "panel_0");
    bench.start("monitor_histogram", "monitor1");
    for pulse in 0..30 {
        bench.events("panel_0", &[pulse], 5);
        bench.events("monitor1", &[pulse], 2);
    }
    bench.wait("ten slots", |slots| {
        (with_data(slots).len() >= 10).then_some(())
    });
    let slots = bench.slots.0.lock().unwrap();
    for (number, slot) in with_data(&slots)[..10].iter().enumerate() {
        assert_eq!(scalar(slot, "panel_0_xy", "counts_total"), Some(15.0));
        assert_eq!(scalar(slot, "total_counts", "counts"), Some(15.0));
        assert_eq!(scalar(slot, "monitor_histogram", "counts_total"), Some(6.0));
        let sum = 15.0 * (number + 1) as f64;
        assert_eq!(
            scalar(slot, "panel_0_xy", "counts_total_cumulative"),
            Some(sum)
        );
        let interval = slot.interval.expect("data have a slot");
        assert!((interval.span_secs() - 3.0 / 14.0).abs() < 1e-3);
        let ends = slot.results.iter().map(|result| result.data.time.end);
        assert!(ends.into_iter().all(|end| end == interval.end));
    }
}

#[test]
fn pulses_of_one_message_go_to_their_own_slots() {
    let bench = Bench::new();
    bench.start("total_counts", "panel_0");
    let pulses: Vec<_> = (0..12).collect();
    bench.events("panel_0", &pulses[..5], 10);
    bench.events("panel_0", &pulses[5..], 10);
    bench.wait("four slots", |slots| {
        (with_data(slots).len() >= 4).then_some(())
    });
    let slots = bench.slots.0.lock().unwrap();
    for slot in &with_data(&slots)[..4] {
        assert_eq!(scalar(slot, "total_counts", "counts"), Some(30.0));
    }
}

#[test]
fn a_job_that_starts_late_still_shows_the_log_of_before() {
    let bench = Bench::new();
    for (time, value) in [(T0, 1.5), (T0 + 5, 2.5)] {
        bench.log("motion1", time, value);
    }
    // Another job's results tell that the engine has seen the logs.
    bench.start("timeseries_data", "motion2");
    bench.log("motion2", T0, 0.0);
    bench.wait("motion2", |slots| {
        (!with_data(slots).is_empty()).then_some(())
    });
    let number = bench.start("timeseries_data", "motion1");
    let values = bench.wait("the past", |slots| {
        let mut results = slots.iter().flat_map(|slot| &slot.results);
        let result = results.find(|result| result.number == number)?;
        Some(result.data.values.to_f64())
    });
    assert_eq!(values, [1.5, 2.5]);
}

#[test]
fn messages_that_make_no_sense_are_counted_and_change_nothing() {
    let bench = Bench::new();
    bench.start("total_counts", "panel_0");
    bench.start("panel_0_xy", "panel_0");
    bench.send("panel_0", b"garbage, garbage");
    bench.log("panel_0", T0, 1.0);
    bench.events("panel_0", &[0, 1, 2], 4);
    bench.wait("a slot", |slots| {
        slots
            .iter()
            .find_map(|slot| scalar(slot, "total_counts", "total_counts"))
            .filter(|n| *n == 12.0)
    });
    let stream = bench.table.index_of("panel_0").unwrap();
    let errors = bench.table.stream(stream).stats.report().errors;
    let errors: Vec<_> = errors.into_iter().collect();
    assert_eq!(errors, [("not_reducible", 1), ("unknown_schema", 1)]);
}

#[test]
fn a_restart_begins_a_generation_and_a_stop_ends_it() {
    let bench = Bench::new();
    let first = bench.start("total_counts", "panel_0");
    bench.events("panel_0", &[0, 1, 2], 4);
    let of = |number| {
        move |slots: &[SlotResults]| {
            let mut results = slots.iter().flat_map(|slot| &slot.results);
            let total = |r: &&JobResult| r.number == number && r.key.output == "total_counts";
            results.find(total)?.data.scalar()
        }
    };
    assert_eq!(bench.wait("the first", of(first)), 12.0);
    let second = bench.start("total_counts", "panel_0");
    bench.events("panel_0", &[3, 4, 5], 1);
    assert_eq!(bench.wait("the second", of(second)), 3.0);
    bench.engine.stop(job("total_counts", "panel_0"), first);
    bench.engine.stop(job("total_counts", "panel_0"), second);
    let third = bench.start("panel_0_xy", "panel_0");
    bench.events("panel_0", &[6, 7, 8], 1);
    bench.wait("the third", |slots| {
        let mut results = slots.iter().flat_map(|slot| &slot.results);
        results.find(|result| result.number == third).map(drop)
    });
    let slots = bench.slots.0.lock().unwrap();
    let last = with_data(&slots).into_iter().next_back().expect("data");
    assert_eq!(scalar(last, "total_counts", "counts"), None);
}
