//! Single values over time, kept as columns: a day of them fits where a few hundred images would.

use std::sync::Arc;

use shared::data::{Coord, CoordValues, DataArray, Unit, Values};
use shared::time::{TimeInterval, TimeNs};

/// Times and values of equal number, ascending in time.
#[derive(Debug)]
pub(super) struct Samples {
    times: Vec<i64>,
    values: Values,
    /// Where the first of them begins.
    start: TimeNs,
    newest: DataArray,
    /// True once old samples gave way to the budget.
    cut: bool,
}

impl Samples {
    /// Starts from a first result: a single value, or a series of them.
    pub(super) fn new(first: DataArray) -> Self {
        Self {
            times: times_of(&first),
            values: (*first.values).clone(),
            start: first.time.start,
            newest: first,
            cut: false,
        }
    }

    /// True when `next` continues these samples.
    pub(super) fn continues(&self, next: &DataArray) -> bool {
        let follows = self
            .times
            .last()
            .zip(times_of(next).first())
            .is_none_or(|(last, first)| last < first);
        follows && self.newest.unit == next.unit && self.values.dtype() == next.values.dtype()
    }

    pub(super) fn push(&mut self, next: DataArray, max_bytes: usize) {
        self.times.extend(times_of(&next));
        self.values.shift(0, &next.values);
        self.newest = next;
        if self.byte_len() > max_bytes {
            // A tenth at a time, so that samples are not moved on every push.
            self.drop_oldest(self.times.len() / 10 + 1);
        }
    }

    pub(super) fn drop_oldest(&mut self, count: usize) {
        let count = count.min(self.times.len().saturating_sub(1));
        self.times.drain(..count);
        self.values = self.values.slice(count, self.values.len());
        if count > 0 {
            self.cut = true;
            self.start = self
                .times
                .first()
                .map_or(self.start, |first| TimeNs(*first));
        }
    }

    pub(super) fn len(&self) -> usize {
        self.times.len()
    }

    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    pub(super) fn byte_len(&self) -> usize {
        self.values.byte_len() + size_of_val(self.times.as_slice())
    }

    /// The newest result as it came.
    pub(super) fn newest(&self) -> &DataArray {
        &self.newest
    }

    /// All samples as a series over time.
    pub(super) fn history(&self) -> DataArray {
        DataArray {
            coords: vec![Coord {
                dim: "time".into(),
                label: "Time".into(),
                unit: Unit::new("ns"),
                values: CoordValues::Times(self.times.as_slice().into()),
            }],
            values: Arc::new(self.values.clone()),
            variances: None,
            time: TimeInterval {
                start: self.start,
                end: self.newest.time.end,
            },
            ..self.newest.clone()
        }
    }
}

/// A single value counts for the end of what it covers.
fn times_of(data: &DataArray) -> Vec<i64> {
    match data.coords.first().map(|coord| &coord.values) {
        Some(CoordValues::Times(times)) => times.to_vec(),
        _ => vec![data.time.end.0],
    }
}
