//! Windows over rows that are things which change, such as regions: of each thing those results come together that knew it
//! as it is now, so that a change of one leaves the windows of the others whole.

use std::sync::Arc;

use imbl::Vector;
use shared::data::{Coord, CoordValues, DataArray, Label, Values};
use shared::plot::params::Aggregation;
use shared::time::TimeInterval;

use super::aggregate::{aggregate, covered_secs};

/// Whether coordinates are equal, apart from which things lie along the outermost.
pub(super) fn same_but_for_labels(a: &[Coord], b: &[Coord]) -> bool {
    let (Some((a, a_inner)), Some((b, b_inner))) = (a.split_first(), b.split_first()) else {
        return a.is_empty() && b.is_empty();
    };
    let are_labels =
        |coord: &Coord| matches!(coord.values, CoordValues::Labels(_)) && !a_inner.is_empty();
    let is_same_axis = (&a.dim, &a.label, &a.unit) == (&b.dim, &b.label, &b.unit);
    a_inner == b_inner && (a == b || (is_same_axis && are_labels(a) && are_labels(b)))
}

/// Whether the rows of two arrays are of the same things, whatever these are called.
pub(super) fn same_things(a: &DataArray, b: &DataArray) -> bool {
    let editions = |of: &DataArray| -> Option<Vec<u64>> {
        let labels = of.labels()?.iter();
        Some(labels.map(|label| label.edition).collect())
    };
    editions(a) == editions(b)
}

/// Arrays put together row by row: each thing of the newest, which has `labels`, from the results in which it was what it
/// is in the newest. Beside them how much data time stands behind each, s.
pub(super) fn of_things(
    arrays: &Vector<DataArray>,
    newest: &DataArray,
    labels: &[Label],
    how: Aggregation,
) -> (DataArray, Vec<f64>) {
    let time = |rows: &[DataArray]| {
        let times = rows.iter().map(|row| row.time);
        times.fold(newest.time, TimeInterval::union)
    };
    let rows: Vec<Vec<DataArray>> = labels
        .iter()
        .map(|label| rows_of(arrays, label.edition))
        .collect();
    let whole = rows
        .iter()
        .map(|rows| time(rows))
        .fold(newest.time, TimeInterval::union);
    let times = |rows: &Vec<DataArray>| covered_secs(rows.iter().map(|row| row.time), how);
    let covered_secs = rows.iter().map(times).collect();
    let together = rows.iter().filter_map(|rows| {
        let (values, variances) = aggregate(rows.first()?, rows.iter(), how);
        Some((values, variances))
    });
    let (values, variances): (Vec<_>, Vec<_>) = together.unzip();
    let variances: Option<Vec<Values>> = variances.into_iter().collect();
    let labels = labels.iter().zip(&rows).map(|(label, rows)| Label {
        since: Some(time(rows).start).filter(|start| *start > whole.start),
        ..label.clone()
    });
    let mut coords = newest.coords.clone();
    coords[0].values = CoordValues::Labels(labels.collect());
    let data = DataArray {
        coords,
        values: Arc::new(joined(&values)),
        variances: variances.map(|it| Arc::new(joined(&it))),
        time: whole,
        ..newest.clone()
    };
    (data, covered_secs)
}

/// The rows of one thing in the newest results that have it, the newest first.
fn rows_of(arrays: &Vector<DataArray>, edition: u64) -> Vec<DataArray> {
    let of_thing = |array: &DataArray| array.row_of(edition).map(|(_, row)| row);
    arrays.iter().rev().map_while(of_thing).collect()
}

/// Values one after the other; as floats where their types differ.
fn joined(parts: &[Values]) -> Values {
    let Some(first) = parts.first() else {
        return Values::F64(Vec::new());
    };
    if parts.iter().all(|it| it.dtype() == first.dtype()) {
        let mut all = first.slice(0, usize::MAX);
        parts[1..].iter().for_each(|it| all.shift(0, it));
        return all;
    }
    Values::F64(parts.iter().flat_map(Values::to_f64).collect())
}

/// Which rows cover less time than the array, in words.
pub(super) fn changed_within(data: &DataArray) -> Option<String> {
    let labels = data.labels()?.iter();
    let changed = labels.filter(|label| label.since.is_some());
    let names: Vec<&str> = changed.map(|label| &*label.name).collect();
    (!names.is_empty()).then(|| {
        let names = names.join(", ");
        format!("changed within the time shown, so that only what came since is counted: {names}")
    })
}

#[cfg(test)]
mod tests {
    use shared::data::Unit;
    use shared::job::Temporality;
    use shared::plot::params::WindowParams;
    use shared::time::TimeNs;

    use super::super::buffer::Buffer;
    use super::super::{Extracted, Extractor};
    use super::*;

    const S: i64 = 1_000_000_000;

    /// A result of one second whose rows are things of these editions with these counts.
    fn result(second: i64, rows: &[(&str, u64, u64)]) -> DataArray {
        let label = |(name, edition, _): &(&str, u64, u64)| Label {
            name: (*name).into(),
            colour: None,
            edition: *edition,
            since: None,
        };
        let things = Coord {
            values: CoordValues::Labels(rows.iter().map(label).collect()),
            ..Coord::index("roi", 0)
        };
        DataArray {
            label: "Counts".into(),
            unit: Unit::counts(),
            coords: vec![things, Coord::index("x", 2)],
            values: Arc::new(Values::U64(
                rows.iter().flat_map(|row| [row.2, 10 * row.2]).collect(),
            )),
            variances: None,
            time: TimeInterval {
                start: TimeNs(second * S),
                end: TimeNs((second + 1) * S),
            },
        }
    }

    fn window(results: Vec<DataArray>, aggregation: Aggregation) -> Extracted {
        let mut results = results.into_iter();
        let first = results.next().expect("one at least");
        let mut buffer = Buffer::new(first, Temporality::Window, i64::MAX);
        results.for_each(|it| buffer.push(it, Temporality::Window));
        let params = WindowParams {
            seconds: 4.0,
            aggregation,
        };
        Extractor::from(params)
            .extract(&buffer, 0)
            .expect("no sums")
            .expect("no region in particular")
    }

    /// Name, values and start of what is covered of each row, in seconds.
    fn told(data: &DataArray) -> Vec<(String, Vec<f64>, i64)> {
        data.validate().expect("a proper array");
        let labels = data.labels().expect("things").iter().enumerate();
        let row = |(index, label): (usize, &Label)| {
            let row = data.row(index).expect("it is there");
            (
                label.name.to_string(),
                row.values.to_f64(),
                row.time.start.0 / S,
            )
        };
        labels.map(row).collect()
    }

    #[test]
    fn a_change_of_one_thing_leaves_the_windows_of_others_whole() {
        let results = vec![
            result(0, &[("a", 1, 50), ("b", 2, 60)]),
            result(1, &[("a", 1, 1), ("b", 2, 5)]),
            result(2, &[("b", 2, 6), ("a", 1, 2)]),
            result(3, &[("a", 1, 3), ("b", 22, 7)]),
            result(4, &[("A", 1, 4), ("b", 22, 8), ("c", 3, 9)]),
        ];
        let found = window(results, Aggregation::Auto);
        let expected = [
            ("A".to_owned(), vec![10.0, 100.0], 1),
            ("b".to_owned(), vec![15.0, 150.0], 3),
            ("c".to_owned(), vec![9.0, 90.0], 4),
        ];
        assert_eq!(told(&found.data), expected);
        assert_eq!(
            *found.data.values,
            Values::U32(vec![10, 100, 15, 150, 9, 90])
        );
        let note = found.note.expect("two cover less");
        assert!(note.ends_with("counted: b, c"), "{note}");
    }

    #[test]
    fn both_are_said_that_a_window_is_cut_and_that_a_thing_changed_within_it() {
        let mut buffer = Buffer::new(result(0, &[("a", 1, 1)]), Temporality::Window, 0);
        buffer.push(result(1, &[("a", 1, 2)]), Temporality::Window);
        buffer.require(i64::MAX);
        buffer.push(result(2, &[("a", 1, 3), ("b", 2, 4)]), Temporality::Window);
        let params = WindowParams {
            seconds: 4.0,
            aggregation: Aggregation::Auto,
        };
        let found = Extractor::from(params).extract(&buffer, 0);
        let note = found.expect("no sums").expect("some data").note;
        assert_eq!(
            note.as_deref(),
            Some(
                "the newest 2.0 s of 3.0 s are kept; \
                 changed within the time shown, so that only what came since is counted: b"
            )
        );
    }

    #[test]
    fn what_changed_back_counts_from_then_on() {
        let changed = |second, edition| result(second, &[("a", edition, 1)]);
        let results = vec![changed(0, 1), changed(1, 1), changed(2, 2), changed(3, 1)];
        let found = window(results, Aggregation::Auto);
        assert_eq!(told(&found.data), [("a".to_owned(), vec![1.0, 10.0], 3)]);
    }

    #[test]
    fn means_are_over_the_results_that_a_thing_has() {
        let results = vec![
            result(0, &[("a", 1, 1)]),
            result(1, &[("a", 1, 3), ("b", 2, 8)]),
        ];
        let found = window(results, Aggregation::NanMean).data;
        let expected = [
            ("a".to_owned(), vec![2.0, 20.0], 0),
            ("b".to_owned(), vec![8.0, 80.0], 1),
        ];
        assert_eq!(told(&found), expected);
        let variances = found.variances.expect("of counts").to_f64();
        assert_eq!(variances, [1.0, 10.0, 8.0, 80.0]);
    }

    #[test]
    fn without_any_thing_there_are_no_values() {
        let results = vec![result(0, &[("a", 1, 1)]), result(1, &[])];
        let found = window(results, Aggregation::Auto);
        assert_eq!((found.data.values.len(), found.note), (0, None));
    }
}
