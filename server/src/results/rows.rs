//! The past of arrays as rows of equal time: what a waterfall shows.

use std::iter;
use std::sync::Arc;

use shared::data::{Coord, DataArray, Unit, Values};
use shared::job::Temporality;
use shared::time::{TimeInterval, TimeNs};

use super::ExtractError;
use super::buffer::Buffer;

/// Values of all rows at most: beyond that nobody sees more, and each update would carry megabytes.
const MAX_VALUES: usize = 1 << 19;

/// The rows of a history, or of one region in it; none where the newest results lack that. Results from before it had its
/// shape lack it, too.
pub(super) fn rows_of(
    buffer: &Buffer,
    (span_ns, n_rows): (i64, u32),
    region: Option<u64>,
) -> Result<Option<DataArray>, ExtractError> {
    let Some(edition) = region else {
        return rows(buffer, span_ns, n_rows).map(Some);
    };
    let of_region = buffer.of_region(edition);
    of_region
        .map(|buffer| rows(&buffer, span_ns, n_rows))
        .transpose()
}

/// The last `span_ns` of a history as `rows` rows along a leading dimension `time`, the newest last.
///
/// Rows lie on a raster that is fixed in time, so that what is past stays as it is; a result counts in the row that
/// its end lies in where it counts since the start, else its middle. A row of counts is their rate, the sum of its results
/// over the time that they cover; those of which nobody knows how long they counted take no part. Of anything else, and of
/// sums since the start, it is the mean. A row without results is NaN.
pub(super) fn rows(buffer: &Buffer, span_ns: i64, rows: u32) -> Result<DataArray, ExtractError> {
    let latest = &buffer.latest;
    let found = latest.values.len().saturating_mul(rows as usize);
    if found > MAX_VALUES {
        return Err(ExtractError::TooLarge {
            found,
            most: MAX_VALUES,
        });
    }
    let width_ns = (span_ns / i64::from(rows)).max(1);
    let is_cumulative = buffer.temporality == Temporality::Cumulative;
    let place_ns = if is_cumulative { end_ns } else { middle_ns };
    let row_of = |array: &DataArray| place_ns(array.time).div_euclid(width_ns);
    let first_row = row_of(latest) - i64::from(rows) + 1;
    let is_rate = latest.unit == Unit::counts() && !is_cumulative;
    let len = latest.values.len();
    let mut sums = vec![0.0_f64; len * rows as usize];
    let mut weights = vec![0.0_f64; rows as usize];
    let mut time = latest.time;
    let spans = buffer.alike().map(|it| (it.time.start.0, it.time.end.0));
    let told = buffer.alike().zip(buffer.are_whole(spans));
    for (array, _) in told.filter(|(_, is_whole)| *is_whole || !is_rate) {
        let row = usize::try_from(row_of(array) - first_row).ok();
        let Some((row, weight)) = row.and_then(|row| Some((row, weights.get_mut(row)?))) else {
            continue;
        };
        *weight += if is_rate { array.time.span_secs() } else { 1.0 };
        let sums = &mut sums[row * len..][..len];
        array.values.each_f64(|i, value| sums[i] += value);
        time = time.union(array.time);
    }
    let weight_of = |i: usize| weights[i / len.max(1)];
    let values = sums.iter().enumerate().map(|(i, sum)| match weight_of(i) {
        0.0 => f32::NAN,
        weight => (sum / weight) as f32,
    });
    let middles = (first_row..first_row + i64::from(rows)).map(|row| {
        // Rows at the ends of time have no middle.
        row.saturating_mul(width_ns).saturating_add(width_ns / 2)
    });
    let unit = if is_rate {
        Unit::new("counts/s")
    } else {
        latest.unit.clone()
    };
    Ok(DataArray {
        unit,
        coords: iter::once(Coord::times(middles.collect()))
            .chain(latest.coords.iter().cloned())
            .collect(),
        values: Arc::new(Values::F32(values.collect())),
        variances: None,
        time,
        ..latest.clone()
    })
}

fn end_ns(time: TimeInterval) -> i64 {
    time.end.0
}

fn middle_ns(
    TimeInterval {
        start: TimeNs(start),
        end: TimeNs(end),
    }: TimeInterval,
) -> i64 {
    start + (end - start) / 2
}

#[cfg(test)]
mod tests {
    use shared::data::{CoordValues, Label};

    use super::*;

    const S: i64 = 1_000_000_000;

    fn result(second: i64, unit: Unit, values: [u32; 2]) -> DataArray {
        DataArray {
            label: "Counts".into(),
            unit,
            coords: vec![Coord::index("x", 2)],
            values: Arc::new(Values::U32(values.to_vec())),
            variances: None,
            time: TimeInterval {
                start: TimeNs(second * S),
                end: TimeNs((second + 1) * S),
            },
        }
    }

    fn history(unit: &Unit, results: &[(i64, [u32; 2])]) -> Buffer {
        let mut results = results
            .iter()
            .map(|(second, values)| result(*second, unit.clone(), *values));
        let first = results.next().expect("one at least");
        let mut buffer = Buffer::new(first, Temporality::Window, i64::MAX);
        results.for_each(|it| buffer.push(it, Temporality::Window));
        buffer
    }

    fn rows(buffer: &Buffer, span_ns: i64, rows: u32) -> DataArray {
        super::rows(buffer, span_ns, rows).expect("it is not too large")
    }

    #[test]
    fn more_values_than_a_picture_carries_are_refused() {
        let results = history(&Unit::counts(), &[(0, [1, 2])]);
        let error = super::rows(&results, S, 1 << 30).expect_err("2³¹ values");
        let most = MAX_VALUES;
        assert_eq!(
            error,
            ExtractError::TooLarge {
                found: 1 << 31,
                most
            }
        );
    }

    fn values(array: &DataArray) -> Vec<f64> {
        array.values.to_f64()
    }

    #[test]
    fn rows_are_rates_of_the_results_whose_middle_they_hold() {
        // Of those that begin at 4 s and at 9 s nobody knows how long they counted.
        let results = [
            (4, [9, 9]),
            (5, [3, 4]),
            (6, [5, 0]),
            (7, [7, 2]),
            (9, [9, 9]),
            (10, [10, 0]),
        ];
        let array = rows(&history(&Unit::counts(), &results), 8 * S, 4);
        assert_eq!(array.unit, Unit::new("counts/s"));
        // Rows of 2 s from 4 s on.
        let told = values(&array);
        assert_eq!(told[..4], [3.0, 4.0, 6.0, 1.0]);
        assert!(told[4].is_nan() && told[5].is_nan());
        assert_eq!(told[6..], [10.0, 0.0]);
        let CoordValues::Times(times) = &array.coords[0].values else {
            panic!("rows have times")
        };
        assert_eq!(times[..], [5 * S, 7 * S, 9 * S, 11 * S]);
        assert_eq!(
            (array.time.start, array.time.end),
            (TimeNs(5 * S), TimeNs(11 * S))
        );
    }

    #[test]
    fn the_past_stays_as_it_is_while_time_goes_on() {
        let mut results: Vec<_> = (0..8).map(|i| (i, [i as u32, 0])).collect();
        let before = rows(&history(&Unit::counts(), &results), 8 * S, 4);
        results.push((8, [8, 0]));
        let after = rows(&history(&Unit::counts(), &results), 8 * S, 4);
        assert_eq!(values(&before)[2..], values(&after)[..6]);
    }

    /// Counts of regions, each by its name, its edition and what was counted.
    fn regions(second: i64, regions: &[(&str, u64, [u32; 2])]) -> DataArray {
        let label = |(name, edition, _): &(&str, u64, _)| Label {
            name: (*name).into(),
            colour: None,
            edition: *edition,
            since: None,
        };
        let labels = Coord {
            values: CoordValues::Labels(regions.iter().map(label).collect()),
            ..Coord::index("roi", 0)
        };
        let counts = regions.iter().flat_map(|(_, _, counts)| *counts).collect();
        DataArray {
            coords: vec![labels, Coord::index("x", 2)],
            values: Arc::new(Values::U32(counts)),
            ..result(second, Unit::counts(), [0, 0])
        }
    }

    #[test]
    fn a_region_keeps_its_past_under_another_name_and_beside_others_until_its_shape_changes() {
        let first = regions(0, &[("a", 7, [1, 2])]);
        let mut buffer = Buffer::new(first, Temporality::Window, i64::MAX);
        for (second, others) in [
            (1, vec![("b", 9, [50, 60]), ("a", 7, [3, 4])]),
            (2, vec![("renamed", 7, [5, 6])]),
        ] {
            buffer.push(regions(second, &others), Temporality::Window);
        }
        let of = |buffer: &Buffer, edition| {
            rows_of(buffer, (4 * S, 4), Some(edition)).expect("it is not too large")
        };
        let array = of(&buffer, 7).expect("the region is there");
        assert_eq!(&*array.label, "Counts, renamed");
        let told = values(&array);
        assert!(told[..4].iter().all(|it| it.is_nan()), "{told:?}");
        assert_eq!(told[4..], [3.0, 4.0, 5.0, 6.0]);
        assert_eq!(of(&buffer, 9), None, "it was removed");
        let reshaped = regions(3, &[("renamed", 8, [7, 8])]);
        buffer.push(reshaped, Temporality::Window);
        assert_eq!(of(&buffer, 7), None);
        let told = values(&of(&buffer, 8).expect("the region is there"));
        assert!(told[..6].iter().all(|it| it.is_nan()));
        assert_eq!(told[6..], [7.0, 8.0]);
    }

    #[test]
    fn what_is_not_counted_is_averaged() {
        let results = [(4, [1, 2]), (5, [3, 4])];
        let array = rows(&history(&Unit::new("K"), &results), 4 * S, 2);
        assert_eq!(array.unit, Unit::new("K"));
        assert_eq!(values(&array)[2..], [2.0, 3.0]);
    }

    #[test]
    fn sums_since_the_start_are_told_as_they_are_where_they_end() {
        let since_start = |end: i64, values: [u32; 2]| {
            let mut result = result(end - 1, Unit::counts(), values);
            result.time.start = TimeNs(0);
            result
        };
        let mut buffer = Buffer::new(since_start(4, [1, 2]), Temporality::Cumulative, i64::MAX);
        for (end, values) in [(5, [3, 4]), (6, [10, 4]), (7, [20, 6])] {
            buffer.push(since_start(end, values), Temporality::Cumulative);
        }
        let array = rows(&buffer, 4 * S, 2);
        assert_eq!(array.unit, Unit::counts());
        assert_eq!(values(&array), [2.0, 3.0, 15.0, 5.0]);
    }
}
