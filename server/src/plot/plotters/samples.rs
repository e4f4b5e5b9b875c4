//! Inputs for tests of plotters.

use std::sync::Arc;

use shared::data::{Coord, CoordValues, DataArray, Unit, Values};
use shared::id::ResultKey;
use shared::time::{TimeInterval, TimeNs};
use shared::topology::{DataRole, JsonText};

use super::{Input, Inputs, PlotError, make};

/// Counts of a source over two seconds.
pub(super) fn input(source: &str, coords: Vec<Coord>, values: Values) -> Input {
    Input {
        title: source.into(),
        key: ResultKey {
            workflow: "dummy/w/1".parse().expect("an id"),
            source: source.to_owned(),
            output: "o".to_owned(),
        },
        data: DataArray {
            label: "Counts".into(),
            unit: Unit::counts(),
            coords,
            values: Arc::new(values),
            variances: None,
            time: TimeInterval {
                start: TimeNs(1_000_000_000),
                end: TimeNs(3_000_000_000),
            },
        },
        covered_secs: None,
        note: None,
    }
}

/// Values over time, in s. Each covers the time since the one before it; of the first nobody knows.
pub(super) fn history(source: &str, unit: &str, samples: &[(i64, f64)]) -> Input {
    let times = samples
        .iter()
        .map(|(secs, _)| secs * 1_000_000_000)
        .collect();
    let time = Coord {
        values: CoordValues::Times(times),
        ..Coord::index("time", 0)
    };
    let values = samples.iter().map(|(_, value)| *value).collect();
    let mut input = input(source, vec![time], Values::F64(values));
    input.data.unit = Unit::new(unit);
    let ends = [samples.first(), samples.last()].map(|it| it.map_or(0, |it| it.0));
    let [start, end] = ends.map(|secs| TimeNs(secs * 1_000_000_000));
    input.data.time = TimeInterval { start, end };
    let gaps = samples
        .windows(2)
        .map(|pair| (pair[1].0 - pair[0].0) as f64);
    let first = samples.first().map(|_| f64::NAN);
    input.covered_secs = Some(first.into_iter().chain(gaps).collect());
    input
}

/// What is plotted.
pub(super) fn inputs(primary: Vec<Input>) -> Inputs {
    Inputs {
        by_role: [(DataRole::Primary, primary)].into(),
        ..Inputs::default()
    }
}

/// What a plotter with these parameters makes of inputs.
pub(super) fn compute(
    plotter: &str,
    params: &str,
    inputs: &Inputs,
) -> Result<shared::plot::frame::Frame, PlotError> {
    let params: JsonText = serde_json::from_str(params).expect("an object");
    let plotter = make(plotter, &params).expect("the parameters fit");
    plotter.compute(inputs)
}
