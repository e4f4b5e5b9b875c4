//! The past of one key, in the form that fits its shape. Clones share their parts.

use std::cmp::Ordering;

use imbl::Vector;
use shared::data::DataArray;

/// What is kept beside the newest result.
#[derive(Clone, Debug)]
pub(super) enum History {
    /// Nothing.
    Latest,
    /// Numbers over time: of scalars and of series.
    Samples(Vector<Sample>),
    /// Whole results.
    Arrays(Arrays),
}

/// Whole results in order of time, and what they take: which regions there are changes their sizes.
#[derive(Clone, Debug, Default)]
pub(super) struct Arrays {
    list: Vector<DataArray>,
    bytes: usize,
}

/// One number. As a float: integers above 2⁵³ lose their last digits in a history, not in the newest result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sample {
    /// Start of what it covers, ns since 1970.
    pub(super) start: i64,
    /// Its time: the end of what it covers, or the time of a series' sample.
    pub(super) time: i64,
    pub(super) value: f64,
}

impl History {
    /// Bytes that dropping everything would free.
    pub(super) fn byte_len(&self) -> usize {
        match self {
            Self::Latest => 0,
            Self::Samples(samples) => samples.len() * size_of::<Sample>(),
            Self::Arrays(arrays) => arrays.bytes,
        }
    }

    /// Drops the oldest so that at most `bytes` are left, a tenth more than it must: cutting one by one
    /// on every update would be busy work. Says whether anything went.
    pub(super) fn cut_to(&mut self, bytes: usize) -> bool {
        let before = self.byte_len();
        if before <= bytes {
            return false;
        }
        let keep = bytes / 10 * 9;
        match self {
            Self::Latest => {}
            Self::Samples(samples) => {
                let left = keep / size_of::<Sample>();
                *samples = samples.split_off(samples.len().saturating_sub(left.max(1)));
            }
            Self::Arrays(arrays) => arrays.drop_while(|arrays, _| arrays.bytes > keep),
        }
        self.byte_len() < before
    }

    /// Drops results that end at or before `time` (ns since 1970), the oldest first, until at most `bytes` are left. Samples
    /// are small and stay.
    pub(super) fn forget_before(&mut self, time: i64, bytes: usize) {
        if let Self::Arrays(arrays) = self {
            arrays.drop_while(|arrays, oldest| oldest.time.end.0 <= time && arrays.bytes > bytes);
        }
    }

    /// Start of the oldest data kept, ns since 1970.
    pub(super) fn start(&self) -> Option<i64> {
        match self {
            Self::Latest => None,
            Self::Samples(samples) => samples.front().map(|sample| sample.start),
            Self::Arrays(arrays) => arrays.list.front().map(|array| array.time.start.0),
        }
    }
}

impl FromIterator<DataArray> for Arrays {
    fn from_iter<T: IntoIterator<Item = DataArray>>(results: T) -> Self {
        let mut arrays = Self::default();
        results.into_iter().for_each(|it| arrays.push(it));
        arrays
    }
}

impl Arrays {
    /// One result.
    pub(super) fn of(data: DataArray) -> Self {
        Self::from_iter([data])
    }

    /// The next result.
    pub(super) fn push(&mut self, data: DataArray) {
        self.bytes += array_bytes(&data);
        self.list.push_back(data);
    }

    /// All of them, the oldest first.
    pub(super) fn list(&self) -> &Vector<DataArray> {
        &self.list
    }

    /// Drops the oldest while it is to go; the newest stays.
    fn drop_while(&mut self, is_to_go: impl Fn(&Self, &DataArray) -> bool) {
        while self.list.len() > 1
            && self.list.front().is_some_and(|it| is_to_go(self, it))
            && let Some(oldest) = self.list.pop_front()
        {
            self.bytes -= array_bytes(&oldest);
        }
    }
}

/// Bytes of one result, its own struct included.
fn array_bytes(array: &DataArray) -> usize {
    array.byte_len() + size_of::<DataArray>()
}

/// Those of `results`, in order of time, that belong to a window of `duration_ns` up to the newest.
///
/// The cutoff lies half a median interval inside, so that jitter does not decide whether a result
/// at the window's edge takes part; the newest always does. What came before the window, perhaps at another rate, does
/// not count.
pub(super) fn in_window<T: Clone>(
    results: &Vector<T>,
    time_of: impl Fn(&T) -> i64,
    duration_ns: i64,
) -> Vector<T> {
    let Some(newest) = results.last().map(&time_of) else {
        return Vector::new();
    };
    let oldest = newest.saturating_sub(duration_ns);
    let reached = since(results, &time_of, oldest);
    let times = || reached.iter().map(&time_of);
    let pairs = times().zip(times().skip(1));
    let mut intervals: Vec<_> = pairs.map(|(before, after)| after - before).collect();
    let middle = intervals.len() / 2;
    let half_interval = if intervals.is_empty() {
        0
    } else {
        *intervals.select_nth_unstable(middle).1 / 2
    };
    since(&reached, &time_of, (oldest + half_interval).min(newest))
}

/// Those of `results`, in order of time, that are not before `start`.
fn since<T: Clone>(results: &Vector<T>, time_of: impl Fn(&T) -> i64, start: i64) -> Vector<T> {
    let side = |it: &T| {
        if time_of(it) < start {
            Ordering::Less
        } else {
            Ordering::Greater
        }
    };
    // Nothing is equal, so that what is found is always the first that is not before.
    let first = results.binary_search_by(side).unwrap_or_else(|first| first);
    results.skip(first)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use shared::data::{Coord, Unit, Values};
    use shared::time::{TimeInterval, TimeNs};

    use super::*;

    fn count_in_window(times: impl IntoIterator<Item = i64>, duration_ns: i64) -> usize {
        let times: Vector<i64> = times.into_iter().collect();
        let found = in_window(&times, |time| *time, duration_ns);
        assert_eq!(found, times.skip(times.len() - found.len()), "the newest");
        found.len()
    }

    #[test]
    fn a_window_holds_duration_over_interval_results_despite_jitter() {
        for jitter in [-3, 0, 3] {
            let times = (0..20).map(|i| i * 100 + if i % 2 == 0 { jitter } else { 0 });
            assert_eq!(count_in_window(times, 500), 5, "{jitter}");
        }
    }

    #[test]
    fn the_newest_result_always_takes_part() {
        assert_eq!(count_in_window([0, 100, 200], 0), 1);
        assert_eq!(count_in_window([7], 1000), 1);
        assert_eq!(count_in_window([], 1000), 0);
        assert_eq!(count_in_window([0, 100, 200], i64::MAX), 3);
    }

    #[test]
    fn how_rare_results_were_before_a_window_does_not_shorten_it() {
        let slow = (0..360).map(|i| i * 10_000);
        let fast = (1..=300).map(|i| 3_590_000 + i * 100);
        assert_eq!(count_in_window(slow.chain(fast), 4_000), 40);
    }

    #[test]
    fn results_of_any_size_are_counted_as_what_they_take() {
        let array = |end: i64, len: usize| DataArray {
            label: "".into(),
            unit: Unit::counts(),
            coords: vec![Coord::index("x", len)],
            values: Arc::new(Values::U32(vec![0; len])),
            variances: None,
            time: TimeInterval {
                start: TimeNs(end - 1),
                end: TimeNs(end),
            },
        };
        let whole = |len: usize| size_of::<DataArray>() + 4 * len;
        let mut arrays = Arrays::of(array(1, 10));
        arrays.push(array(2, 5000));
        arrays.push(array(3, 20));
        let mut history = History::Arrays(arrays);
        assert_eq!(history.byte_len(), whole(10) + whole(5000) + whole(20));
        assert!(!history.cut_to(history.byte_len()));
        assert!(history.cut_to(10_000));
        assert_eq!(history.byte_len(), whole(20));
        history.forget_before(9, 0);
        assert_eq!(history.byte_len(), whole(20), "the newest stays");
    }

    #[test]
    fn cutting_keeps_the_newest() {
        let sample = |time| Sample {
            start: time,
            time,
            value: 0.0,
        };
        let mut history = History::Samples((0..100).map(sample).collect());
        assert!(!history.cut_to(2400));
        assert!(history.cut_to(1000));
        assert!(history.byte_len() <= 900 && history.byte_len() > 800);
        let History::Samples(samples) = history else {
            panic!("samples")
        };
        assert_eq!(samples.back().map(|s| s.time), Some(99));
    }
}
