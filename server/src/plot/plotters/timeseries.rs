//! Time series: the kept history of single values, reduced without losing a peak where it is long.

use std::sync::Arc;

use shared::data::{Coord, CoordValues, Values};
use shared::job::{OutputInfo, Temporality};
use shared::plot::frame::{Curves, Extent, Frame, FrameBody, Series};
use shared::plot::params::TimeseriesParams;
use shared::plot::{m4, reduction};
use shared::topology::JsonText;

use super::{Input, Inputs, PlotError, Plotter, coords, first_of_common_unit, quantity};
use crate::results::Extractor;

pub(super) const NAME: &str = "timeseries";

#[derive(Debug)]
struct TimeseriesPlotter(TimeseriesParams);

pub(super) fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, serde_json::Error> {
    Ok(Arc::new(TimeseriesPlotter(params.parse()?)))
}

/// Single values, whose history is kept, and series of samples.
pub(super) fn draws(output: &OutputInfo) -> bool {
    match output.temporality {
        Temporality::Series => output.dims.len() == 1,
        Temporality::Window | Temporality::Cumulative => output.dims.is_empty(),
    }
}

impl Plotter for TimeseriesPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::FullHistory
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let primary = inputs.primary();
        let first = first_of_common_unit(primary, |input| &input.data.unit)?;
        let mut reduced = 1;
        let mut series = Vec::with_capacity(primary.len());
        for input in primary {
            let [time] = coords(input, NAME, "values over time")?;
            let CoordValues::Times(times) = &time.values else {
                return Err(PlotError::Dimensions {
                    plotter: NAME,
                    expected: "values over time",
                    source_title: Arc::clone(&input.title),
                    found: format!("values over {}", time.label),
                });
            };
            let kept = keep(times, &input.data.values, self.0.max_points as usize);
            reduced = reduced.max(
                kept.as_ref()
                    .map_or(1, |kept| reduction(times.len(), kept.len())),
            );
            series.push(curve(input, time, times, kept));
        }
        Ok(Frame {
            body: FrameBody::Curves(Curves {
                quantity: quantity(&first.data),
                series,
            }),
            time: inputs.time(),
            reduced,
            note: inputs.note(),
        })
    }
}

/// Which samples to draw; none for all. Buckets of time lie on a fixed grid whose width is a power of two
/// nanoseconds, and the samples of the open bucket stay whole: the next frame keeps what this one drew and
/// differs from it by the samples appended.
fn keep(times: &[i64], values: &Values, max_points: usize) -> Option<Vec<usize>> {
    if times.len() <= max_points.max(MIN_POINTS) {
        return None;
    }
    let span = times.last()?.saturating_sub(*times.first()?).max(1) as u64;
    // Four points a bucket, and half of the points for the open one.
    let width = (8 * span / max_points.max(MIN_POINTS) as u64)
        .max(1)
        .next_power_of_two();
    let bucket = |time: i64| time.div_euclid(width as i64);
    let open = bucket(*times.last()?);
    let closed = times.partition_point(|time| bucket(*time) < open);
    let origin = bucket(*times.first()?);
    let columns = times[..closed]
        .iter()
        .map(|time| (bucket(*time) - origin) as f64);
    let mut kept = Vec::new();
    m4(
        columns
            .enumerate()
            .map(|(i, column)| (column, values.get(i))),
        &mut kept,
    );
    kept.extend(closed..times.len());
    Some(kept)
}

/// Fewer would not draw a line.
const MIN_POINTS: usize = 100;

fn curve(input: &Input, coord: &Coord, times: &[i64], kept: Option<Vec<usize>>) -> Series {
    let extent = Extent::of_values(&input.data.values);
    let (x, y) = match kept {
        None => (coord.clone(), Arc::clone(&input.data.values)),
        Some(kept) => (
            Coord {
                values: CoordValues::Times(kept.iter().map(|i| times[*i]).collect()),
                ..coord.clone()
            },
            Arc::new(input.data.values.select(&kept)),
        ),
    };
    Series {
        name: Arc::clone(&input.title),
        x,
        y,
        errors: None,
        extent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reduced_history_keeps_its_peak_and_its_past() {
        let times: Vec<i64> = (0..50_000).map(|i| i * 1_000_000).collect();
        let mut values = vec![0.0; 50_000];
        values[12_345] = 99.0;
        let values = Values::F64(values);
        let kept = keep(&times, &values, 1_000).unwrap();
        assert!(kept.len() <= 1_000, "{}", kept.len());
        assert!(kept.contains(&12_345));

        // One sample less: the closed buckets are drawn by the same samples.
        let before = keep(&times[..49_999], &values, 1_000).unwrap();
        assert_eq!(before[..], kept[..before.len()]);
    }

    #[test]
    fn a_short_history_is_drawn_whole() {
        assert_eq!(keep(&[1, 2, 3], &Values::U32(vec![1, 2, 3]), 2), None);
    }
}
