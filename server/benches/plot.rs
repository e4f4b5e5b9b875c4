//! Compute and encode per plotter and size: what one tick costs, whatever the number of sessions.
//!
//! Three steps are timed: the plotter's computation, the difference to the frame before, encoded and compressed,
//! and the whole frame, encoded and compressed for those who hold none. All three are shared by all sessions.

#[path = "support/line.rs"]
mod line;
#[path = "support/on_cpu.rs"]
mod on_cpu;

use std::io;
use std::sync::Arc;

use server::plot::plotters::{self, Input, Inputs};
use shared::data::{Coord, CoordValues, DataArray, Unit, Values};
use shared::id::{LayerId, ResultKey, WorkflowId};
use shared::sync::state::FrameSlot;
use shared::time::{TimeInterval, TimeNs};
use shared::topology::{DataRole, JsonText, MAX_SOURCES};

use line::Line;
use on_cpu::timed;

/// Timed repetitions of each case.
const RUNS: usize = 31;

fn main() -> io::Result<()> {
    for size in [64, 512, 1_024] {
        let before = Values::U32(counts(size * size, 0));
        let after = Values::U32(counts(size * size, 1));
        let coords = vec![Coord::index("y", size), Coord::index("x", size)];
        case("image", &format!("{size}²"), coords, before, after)?;
    }
    over_time_and_along_lines()?;
    of_images()?;
    of_single_values()?;
    correlations()?;
    for layers in [4, 32] {
        let coords = vec![
            Coord::index("z", layers),
            Coord::index("y", 128),
            Coord::index("x", 128),
        ];
        let n = layers * 128 * 128;
        let (before, after) = (Values::U32(counts(n, 0)), Values::U32(counts(n, 1)));
        case("slicer", &format!("{layers} × 128²"), coords, before, after)?;
    }
    for points in [1_000, 100_000] {
        let values = |shift| Values::F64((0..points).map(|i| f64::from(i + shift).sin()).collect());
        let coords = vec![Coord::index("time_of_arrival", points as usize)];
        case(
            "lines",
            &format!("{points} points"),
            coords,
            values(0),
            values(1),
        )?;
    }
    for points in [1_000_i64, 100_000, 1_000_000] {
        let coords = vec![Coord {
            values: CoordValues::Times((0..points).map(|i| i * 1_000_000).collect()),
            ..Coord::index("time", 0)
        }];
        let values = || Values::F64((0..points).map(|i| (i as f64 / 700.0).sin()).collect());
        case(
            "timeseries",
            &format!("{points} points"),
            coords,
            values(),
            values(),
        )?;
    }
    Ok(())
}

/// Waterfalls and profiles.
fn over_time_and_along_lines() -> io::Result<()> {
    for rows in [120, 512] {
        let times = (0..rows as i64).map(|i| i * 1_000_000_000).collect();
        let time = Coord {
            values: CoordValues::Times(times),
            ..Coord::index("time", 0)
        };
        let rates = |step| {
            let counts = counts(rows * 100, step).into_iter();
            Values::F32(counts.map(|count| count as f32).collect())
        };
        let coords = vec![time, Coord::index("time_of_arrival", 100)];
        case(
            "waterfall",
            &format!("{rows} × 100"),
            coords,
            rates(0),
            rates(1),
        )?;
    }
    let coords = vec![Coord::index("y", 512), Coord::index("x", 512)];
    let values = |step| Values::U32(counts(512 * 512, step));
    case("profile", "512²", coords, values(0), values(1))
}

/// What is made of images and volumes beside themselves.
fn of_images() -> io::Result<()> {
    for (rows, columns) in [(8, 100), (64, 1_000)] {
        let values = |step| Values::U32(counts(rows * columns, step));
        let coords = vec![Coord::index("roi", rows), Coord::index("toa", columns)];
        let size = format!("{rows} × {columns}");
        case("overlay_1d", &size, coords, values(0), values(1))?;
    }
    for size in [64, 512] {
        let values = |step| Values::U32(counts(size * size, step));
        let coords = vec![Coord::index("y", size), Coord::index("x", size)];
        case(
            "statistics",
            &format!("{size}²"),
            coords,
            values(0),
            values(1),
        )?;
    }
    for layers in [4, 32] {
        let values = |step| Values::U32(counts(layers * 128 * 128, step));
        let coords = vec![
            Coord::index("z", layers),
            Coord::index("y", 128),
            Coord::index("x", 128),
        ];
        let size = format!("{layers} × 128²");
        case("flatten", &size, coords, values(0), values(1))?;
    }
    Ok(())
}

/// The newest value of each source.
fn of_single_values() -> io::Result<()> {
    for plotter in ["bars", "table"] {
        for sources in [4, MAX_SOURCES as u32] {
            let values = |step| {
                let source = |i| input(Vec::new(), Values::U64(vec![u64::from(1_000 * i + step)]));
                inputs([(DataRole::Primary, (0..sources).map(source).collect())])
            };
            case_of(plotter, &format!("{sources} sources"), values(0), values(1))?;
        }
    }
    Ok(())
}

/// Counts by where motors stood, which tell their places less often.
fn correlations() -> io::Result<()> {
    for samples in [1_000, 100_000] {
        let scan = |roles: &[DataRole], shift: i64| {
            let counts = history(samples, 1, |i| ((i + shift) % 97) as f64);
            let motor = || vec![history(samples / 10, 10, |i| (i as f64 / 70.0).sin())];
            let axes = roles.iter().map(|role| (*role, motor()));
            inputs(axes.chain([(DataRole::Primary, vec![counts])]))
        };
        let size = format!("{samples} samples");
        let along =
            |plotter, roles: &[DataRole]| case_of(plotter, &size, scan(roles, 0), scan(roles, 1));
        along("correlation_histogram_1d", &[DataRole::XAxis])?;
        along(
            "correlation_histogram_2d",
            &[DataRole::XAxis, DataRole::YAxis],
        )?;
    }
    Ok(())
}

/// So many samples of a value, one each `step` ms.
fn history(samples: i64, step: i64, value: impl Fn(i64) -> f64) -> Input {
    let time = Coord {
        values: CoordValues::Times((0..samples).map(|i| i * step * 1_000_000).collect()),
        ..Coord::index("time", 0)
    };
    input(vec![time], Values::F64((0..samples).map(value).collect()))
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

/// One source.
fn case(
    plotter: &str,
    size: &str,
    coords: Vec<Coord>,
    before: Values,
    after: Values,
) -> io::Result<()> {
    let inputs = |values| inputs([(DataRole::Primary, vec![input(coords.clone(), values)])]);
    case_of(plotter, size, inputs(before), inputs(after))
}

fn case_of(plotter: &str, size: &str, old: Inputs, mut new: Inputs) -> io::Result<()> {
    // Time goes on, so that it is another picture even of the same values.
    for input in new.by_role.values_mut().flatten() {
        input.data.time.end = TimeNs(2);
    }
    let made = plotters::make(plotter, &JsonText::empty()).expect("the plotter exists");
    let first = Arc::new(made.compute(&old).expect("it can be drawn"));
    let layer = LayerId::random();
    let slot = FrameSlot::default().with_frame(layer, first);
    let [mut compute, mut difference, mut whole] = [const { Vec::new() }; 3];
    let (mut difference_bytes, mut whole_bytes) = (None, 0);
    for _ in 0..RUNS {
        let (secs, frame) = timed(|| Arc::new(made.compute(&new).expect("it can be drawn")));
        compute.push(secs * 1e6);
        let (secs, prepared) = timed(|| slot.prepare(layer, frame).expect("the frame is another"));
        difference.push(secs * 1e6);
        let (secs, len) = timed(|| prepared.whole().len());
        whole.push(secs * 1e6);
        whole_bytes = len;
        difference_bytes = prepared.link_len();
    }
    let print = |metric, samples| {
        Line::new("plot", format!("{plotter} {size}"), metric, samples, None).print()
    };
    print(("compute", "µs"), compute)?;
    print(("difference", "µs"), difference)?;
    print(("whole", "µs"), whole)?;
    // Without a difference, everybody gets the whole frame.
    if let Some(bytes) = difference_bytes {
        print(("bytes of difference", "B"), vec![bytes as f64])?;
    }
    print(("bytes of whole", "B"), vec![whole_bytes as f64])
}

fn input(coords: Vec<Coord>, values: Values) -> Input {
    let workflow = WorkflowId {
        instrument: "bench".to_owned(),
        name: "w".to_owned(),
        version: 1,
    };
    Input {
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
                end: TimeNs(1),
            },
        },
        covered_secs: None,
        note: None,
    }
}

fn inputs(roles: impl IntoIterator<Item = (DataRole, Vec<Input>)>) -> Inputs {
    Inputs {
        by_role: roles.into_iter().collect(),
        ..Inputs::default()
    }
}
