//! Compute and encode per plotter and size: what one tick costs, whatever the number of sessions.
//!
//! Prints one JSON line per case: medians of CPU-bound wall times, with the spread.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use serde_json::json;
use server::plot::plotters::{self, Input, Inputs};
use shared::data::{Coord, CoordValues, DataArray, Unit, Values};
use shared::id::{LayerId, ResultKey, WorkflowId};
use shared::sync::state::FrameSlot;
use shared::time::{TimeInterval, TimeNs};
use shared::topology::{DataRole, JsonText};

/// Timed repetitions of each case.
const RUNS: usize = 31;

fn main() {
    for size in [64, 512, 1_024] {
        let before = Values::U32(counts(size * size, 0));
        let after = Values::U32(counts(size * size, 1));
        let coords = vec![Coord::index("y", size), Coord::index("x", size)];
        case("image", &format!("{size}x{size}"), coords, before, after);
    }
    for layers in [4, 32] {
        let coords = vec![
            Coord::index("z", layers),
            Coord::index("y", 128),
            Coord::index("x", 128),
        ];
        let n = layers * 128 * 128;
        let (before, after) = (Values::U32(counts(n, 0)), Values::U32(counts(n, 1)));
        case(
            "slicer",
            &format!("{layers}x128x128"),
            coords,
            before,
            after,
        );
    }
    for points in [1_000, 100_000] {
        let values = |shift| Values::F64((0..points).map(|i| f64::from(i + shift).sin()).collect());
        let coords = vec![Coord::index("time_of_arrival", points as usize)];
        case("lines", &points.to_string(), coords, values(0), values(1));
    }
    for points in [1_000_i64, 100_000, 1_000_000] {
        let coords = vec![Coord {
            values: CoordValues::Times((0..points).map(|i| i * 1_000_000).collect()),
            ..Coord::index("time", 0)
        }];
        let values = || Values::F64((0..points).map(|i| (i as f64 / 700.0).sin()).collect());
        case(
            "timeseries",
            &points.to_string(),
            coords,
            values(),
            values(),
        );
    }
}

/// A sparse detector image; `step` adds a few counts.
fn counts(len: usize, step: u32) -> Vec<u32> {
    let mut counts: Vec<u32> = (0..len)
        .map(|i| (i as u32).wrapping_mul(2_654_435_761) >> 27)
        .collect();
    if step > 0 {
        for count in counts.iter_mut().step_by(250) {
            *count += step;
        }
    }
    counts
}

fn case(plotter: &str, size: &str, coords: Vec<Coord>, before: Values, after: Values) {
    let made = plotters::make(plotter, &JsonText::empty()).expect("the plotter exists");
    let inputs = |values: &Values, end| inputs(coords.clone(), values.clone(), end);
    let (old, new) = (inputs(&before, 1), inputs(&after, 2));
    let first = Arc::new(made.compute(&old).expect("it can be drawn"));
    let layer = LayerId::random();
    let slot = FrameSlot::default().with_frame(layer, first);
    let mut compute = Vec::new();
    let mut encode = Vec::new();
    let mut whole = Vec::new();
    let mut bytes = (0, 0);
    for _ in 0..RUNS {
        let start = Instant::now();
        let frame = Arc::new(made.compute(&new).expect("it can be drawn"));
        compute.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let prepared = slot.prepare(layer, frame).expect("the frame is another");
        encode.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let body_bytes = prepared.whole().len();
        whole.push(start.elapsed().as_secs_f64());
        bytes = (prepared.link_len().unwrap_or(0), body_bytes);
    }
    let line = json!({
        "bench": "plot",
        "plotter": plotter,
        "size": size,
        "compute_us": spread(compute),
        "difference_us": spread(encode),
        "whole_us": spread(whole),
        "difference_bytes": bytes.0,
        "whole_bytes": bytes.1,
    });
    writeln!(std::io::stdout(), "{line}").expect("standard output is open");
}

/// Least, median and greatest of the times, µs.
fn spread(mut secs: Vec<f64>) -> [f64; 3] {
    secs.sort_by(f64::total_cmp);
    [secs[0], secs[secs.len() / 2], secs[secs.len() - 1]].map(|secs| (secs * 1e7).round() / 10.0)
}

fn inputs(coords: Vec<Coord>, values: Values, end: i64) -> Inputs {
    let workflow = WorkflowId {
        instrument: "bench".to_owned(),
        name: "w".to_owned(),
        version: 1,
    };
    let input = Input {
        title: "Source".into(),
        key: ResultKey {
            workflow,
            source: "s".to_owned(),
            output: "o".to_owned(),
        },
        data: DataArray {
            label: "Counts".into(),
            unit: Unit::counts(),
            coords,
            values: Arc::new(values),
            variances: None,
            time: TimeInterval {
                start: TimeNs(0),
                end: TimeNs(end),
            },
        },
        note: None,
    };
    Inputs(BTreeMap::from([(DataRole::Primary, vec![input])]))
}
