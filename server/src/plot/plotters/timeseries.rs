//! Time series: the kept history of single values, reduced without losing a peak where it is long.

use std::ops::Range;
use std::sync::Arc;

use shared::data::{Coord, CoordValues, Values};
use shared::job::{OutputInfo, Temporality};
use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Curves, Extent, Frame, FrameBody, Series};
use shared::plot::params::TimeseriesParams;
use shared::plot::{m4, reduction};
use shared::topology::{JsonText, MAX_SOURCES};

use super::inputs::{in_common_units, quantity, roots, times};
use super::kind::{Kind, RoleKind};
use super::{Input, Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Time series",
    description: "Single values over time, as far back as they are kept.",
    roles: &[RoleKind::primary(MAX_SOURCES, draws)],
    is_alone: false,
    schema: TimeseriesParams::schema,
    make,
};

const NAME: &str = "timeseries";

#[derive(Debug)]
struct TimeseriesPlotter(TimeseriesParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(TimeseriesPlotter(TimeseriesParams::read(params)?)))
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
        let inputs = inputs.at(self.0.rate)?;
        let primary = in_common_units(inputs.primary())?;
        let mut reduced = 1;
        let mut series = Vec::with_capacity(primary.len());
        for input in &*primary {
            let times = times(input, NAME)?;
            let kept = keep(times, &input.data.values, self.0.max_points as usize);
            reduced = reduced.max(
                kept.as_ref()
                    .map_or(1, |kept| reduction(times.len(), kept.len())),
            );
            series.push(curve(input, times, kept));
        }
        let curves = Curves {
            quantity: quantity(&primary[0].data),
            series,
        };
        Ok(Frame {
            reduced,
            ..inputs.frame(FrameBody::Curves(curves))
        })
    }
}

/// Which samples to draw, at most `max_points`; none for all.
///
/// Buckets of time lie on a fixed grid whose width is a power of two nanoseconds, and the samples of the open bucket
/// stay whole: the next frame keeps what this one drew and differs from it by the samples appended. Where so many
/// samples lie in the open bucket that there is no room for them, it is divided by finer buckets in the same way.
fn keep(times: &[i64], values: &Values, max_points: usize) -> Option<Vec<usize>> {
    let max_points = max_points.max(MIN_POINTS);
    if times.len() <= max_points {
        return None;
    }
    let mut kept = Vec::with_capacity(max_points);
    let mut open = 0;
    while times.len() - open > max_points - kept.len() {
        let left = max_points - kept.len();
        let closed = (left >= MIN_DIVIDED)
            .then(|| reduce_closed(times, values, open, left / 2, &mut kept))
            .flatten();
        if closed.is_none() {
            // All at one instant, or hardly any room left: one bucket for them.
            reduce_into(&mut kept, values, open..times.len(), |_| 0.0);
        }
        open = closed.unwrap_or(times.len());
    }
    kept.extend(open..times.len());
    Some(kept)
}

/// Reduces the closed buckets of the samples from `start` on to at most `room` indices, at least 12. Returns where
/// the open bucket begins; none when no bucket is closed.
fn reduce_closed(
    times: &[i64],
    values: &Values,
    start: usize,
    room: usize,
    kept: &mut Vec<usize>,
) -> Option<usize> {
    let (first, last) = (*times.get(start)?, *times.last()?);
    // Four points a bucket, more only around gaps.
    let width = 4 * i128::from(last.saturating_sub(first)) / room as i128;
    let mut bits = (width.max(1) as u64).next_power_of_two().trailing_zeros();
    loop {
        let bucket = |time: i64| time >> bits;
        let closed = times.partition_point(|time| bucket(*time) < bucket(last));
        if closed <= start {
            return None;
        }
        let before = kept.len();
        let column = |i: usize| (bucket(times[i]) - bucket(first)) as f64;
        reduce_into(kept, values, start..closed, column);
        if kept.len() - before <= room {
            return Some(closed);
        }
        kept.truncate(before);
        bits += 1;
    }
}

/// Appends the indices of the samples in `range` that a line through all of them needs.
fn reduce_into(
    kept: &mut Vec<usize>,
    values: &Values,
    range: Range<usize>,
    column: impl Fn(usize) -> f64,
) {
    let mut reduced = Vec::new();
    let points = range.clone().map(|i| (column(i), values.get(i)));
    m4(points, &mut reduced);
    kept.extend(reduced.into_iter().map(|i| range.start + i));
}

/// Less room than this is not divided any further; a bucket with gaps needs up to 11 indices.
const MIN_DIVIDED: usize = 24;

/// Fewer would not draw a line.
const MIN_POINTS: usize = 100;

fn curve(input: &Input, times: &[i64], kept: Option<Vec<usize>>) -> Series {
    let coord = &input.data.coords[0];
    let values = &input.data.values;
    let extent = Extent::of_values(values);
    let variances = input.data.variances.as_deref();
    let (x, y, errors) = match kept {
        None => (coord.clone(), Arc::clone(values), variances.map(roots)),
        Some(kept) => (
            Coord {
                values: CoordValues::Times(kept.iter().map(|i| times[*i]).collect()),
                ..coord.clone()
            },
            Arc::new(values.select(&kept)),
            variances.map(|it| roots(&it.select(&kept))),
        ),
    };
    Series {
        name: Arc::clone(&input.title),
        x,
        y,
        errors: errors.map(Arc::new),
        extent,
        colour: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::plotters::samples::{compute, history, inputs};

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

    /// Checks that few enough are kept, and the lowest, the highest and the newest among them.
    fn check(times: &[i64], values: Vec<f64>, max_points: usize) {
        let extreme = |by: fn(f64, f64) -> f64| values.iter().copied().reduce(by).unwrap();
        let (low, high) = (extreme(f64::min), extreme(f64::max));
        let count = values.len();
        let values = Values::F64(values);
        let kept = keep(times, &values, max_points).unwrap();
        assert!(kept.len() <= max_points, "{}", kept.len());
        assert!(kept.is_sorted_by(|a, b| a < b));
        let has = |wanted| kept.iter().any(|i| values.get(*i) == wanted);
        assert!(has(low) && has(high));
        assert_eq!(kept.last(), Some(&(count - 1)));
    }

    #[test]
    fn no_spacing_of_samples_gives_more_points_than_allowed() {
        let wave = |n: usize| -> Vec<f64> { (0..n).map(|i| (i as f64 * 0.7).sin()).collect() };
        // A long pause, then bursts; everything at one instant; the whole of time.
        let bursts: Vec<i64> = (0..40_000)
            .map(|i| {
                if i == 0 {
                    0
                } else {
                    1_000_000_000_000 + i * i / 1_000
                }
            })
            .collect();
        check(&bursts, wave(bursts.len()), 1_000);
        check(&vec![5; 5_000], wave(5_000), 100);
        let mut extremes = vec![i64::MIN; 3_000];
        extremes.extend((0..3_000).map(|i| i64::MAX - 3_000 + i));
        check(&extremes, wave(6_000), 1_000);
    }

    #[test]
    fn gaps_give_no_more_points_than_allowed() {
        let times: Vec<i64> = (0..50_000).map(|i| i * 1_000_000).collect();
        let gap = |i: usize| if i % 2 == 1 { f64::NAN } else { i as f64 };
        let values = Values::F64((0..50_000).map(gap).collect());
        let kept = keep(&times, &values, 1_000).unwrap();
        assert!((100..=1_000).contains(&kept.len()), "{}", kept.len());
    }

    #[test]
    fn counts_over_time_are_told_per_second_on_wish() {
        let counts = history("Panel", "counts", &[(1, 4.0), (2, 9.0), (4, 16.0)]);
        let rate = r#"{"rate":{"per_second":true}}"#;
        let frame = compute(NAME, rate, &inputs(vec![counts])).expect("curves");
        let FrameBody::Curves(curves) = frame.body else {
            panic!("no curves")
        };
        let y = curves.series[0].y.to_f64();
        assert!(y[0].is_nan(), "nobody knows how long the first one counted");
        assert_eq!(y[1..], [9.0, 8.0]);
        let errors = curves.series[0].errors.as_deref().expect("of counts");
        assert_eq!([errors.get(1), errors.get(2)], [3.0, 2.0]);
        assert_eq!(curves.quantity.unit.symbol(), "counts/s");
        assert_eq!(curves.series[0].extent.finite, Some((8.0, 9.0)));
    }

    #[test]
    fn a_short_history_is_drawn_whole() {
        assert_eq!(keep(&[1, 2, 3], &Values::U32(vec![1, 2, 3]), 2), None);
    }
}
