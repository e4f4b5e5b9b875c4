//! What is kept for one key.

use std::iter;
use std::sync::Arc;

use shared::data::{Coord, CoordValues, DataArray, Values};
use shared::job::Temporality;
use shared::time::{TimeInterval, TimeNs};

use super::editions::same_but_for_labels;
use super::history::{Arrays, History, Sample};
use super::{Retained, unasked};

/// The newest result of a key and its history. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Buffer {
    pub(super) latest: DataArray,
    pub(super) temporality: Temporality,
    pub(super) history: History,
    /// Start of the first data since the history began, ns since 1970.
    first: i64,
    /// Start of the newest results that follow each other without a gap, ns since 1970.
    run_start: i64,
    /// How much history readers need, in ns.
    required_ns: i64,
    /// Data time between the newest results, the newest first; zero where there is none yet.
    gaps_ns: [i64; 2],
}

impl Buffer {
    /// A buffer that holds `data` alone.
    pub(super) fn new(data: DataArray, temporality: Temporality, required_ns: i64) -> Self {
        let mut buffer = Self {
            first: data.time.start.0,
            run_start: data.time.start.0,
            history: History::Latest,
            latest: data,
            temporality,
            required_ns,
            gaps_ns: [0; 2],
        };
        buffer.start_history();
        buffer
    }

    /// Appends `data`. Another shape, unit or axis, or an older time, starts the history anew: the detector
    /// was set up otherwise, or its clock set back.
    pub(super) fn push(&mut self, data: DataArray, temporality: Temporality) {
        let goes_on = temporality == self.temporality
            && !self.is_older(&data)
            && same_kind(&self.latest, &data, temporality);
        if !goes_on {
            *self = Self::new(data, temporality, self.required_ns);
            return;
        }
        match &mut self.history {
            History::Latest => {}
            History::Samples(samples) => samples.extend(samples_of(&data, self.temporality)),
            History::Arrays(arrays) => arrays.push(data.clone()),
        }
        let gap_ns = data.time.end.since(self.latest.time.end);
        if gap_ns > 0 {
            self.gaps_ns = [gap_ns, self.gaps_ns[0]];
        }
        if data.time.start != self.latest.time.end {
            self.run_start = data.time.start.0;
        }
        self.latest = data;
        self.forget_unneeded();
    }

    /// Whether `data` cannot follow the newest. Series tell each sample once: one that begins before the newest ends
    /// tells its past anew.
    fn is_older(&self, data: &DataArray) -> bool {
        let time = match self.temporality {
            Temporality::Series => data.time.start,
            Temporality::Window | Temporality::Cumulative => data.time.end,
        };
        time < self.latest.time.end
    }

    /// So much is what readers need from now on; arrays beyond it are dropped.
    pub(super) fn require(&mut self, span_ns: i64) {
        self.required_ns = span_ns;
        match self.history {
            History::Latest if self.span_ns() > 0 => self.start_history(),
            History::Arrays(_) if self.span_ns() == 0 => self.history = History::Latest,
            _ => self.forget_unneeded(),
        }
    }

    fn forget_unneeded(&mut self) {
        let end = self.latest.time.end.0;
        let span_ns = self.span_ns();
        self.history.forget_before(end.saturating_sub(span_ns), 0);
        self.let_go(unasked::MAX_BYTES);
    }

    /// How much history is kept, ns: what readers need, and the little that is kept for who comes later.
    fn span_ns(&self) -> i64 {
        let unasked_ns = unasked::span_ns(&self.latest, self.temporality);
        self.required_ns.max(unasked_ns)
    }

    /// Drops the oldest of what no reader needs so that at most `bytes` are left in all.
    pub(super) fn let_go(&mut self, bytes: usize) {
        let end = self.latest.time.end.0;
        let needed_from = end.saturating_sub(self.required_ns);
        self.history.forget_before(needed_from, bytes);
    }

    /// Drops the oldest so that at most `bytes` are left, whoever needs it.
    pub(super) fn cut_to(&mut self, bytes: usize) {
        self.history.cut_to(bytes);
    }

    /// How often results come, ns of data time: the smaller of the two newest gaps, since a pause makes one of them
    /// long, but not both.
    pub(super) fn interval_ns(&self) -> Option<i64> {
        self.gaps_ns.into_iter().filter(|gap| *gap > 0).min()
    }

    /// For how long after its end the newest result is still the newest that can be expected, in ns: as long as it
    /// covers. A sample of a series covers no time, and a piece of one as much as happened to come at once: of those it
    /// is as long as from one to the next.
    pub(super) fn reach_ns(&self) -> i64 {
        if self.temporality == Temporality::Series {
            let told = self.interval_ns();
            return told.or_else(|| self.newest_gap_ns()).unwrap_or_default();
        }
        let time = self.latest.time;
        time.end.since(time.start)
    }

    /// Data time between the newest two samples.
    fn newest_gap_ns(&self) -> Option<i64> {
        let History::Samples(samples) = &self.history else {
            return None;
        };
        let mut newest = samples.iter().rev();
        Some(newest.next()?.time - newest.next()?.time)
    }

    /// How much of the last `span_ns` is kept.
    pub(super) fn retained(&self, span_ns: i64) -> Retained {
        let end = self.latest.time.end.0;
        let start = self.history.start().unwrap_or(self.latest.time.start.0);
        let age_ns = end.saturating_sub(self.first);
        let requested_ns = span_ns.min(age_ns);
        Retained {
            requested_ns,
            kept_ns: end.saturating_sub(start).min(requested_ns),
        }
    }

    /// The newest result; of a series, its newest sample as a scalar.
    pub(super) fn latest_value(&self) -> DataArray {
        if self.temporality != Temporality::Series {
            return self.latest.clone();
        }
        let sample = match &self.history {
            History::Samples(samples) => samples.back().copied(),
            _ => None,
        };
        sample.map_or_else(|| self.latest.clone(), |sample| self.scalar(&sample))
    }

    /// One number of the history as an array without axes.
    pub(super) fn scalar(&self, sample: &Sample) -> DataArray {
        let series = self.temporality == Temporality::Series;
        DataArray {
            coords: Vec::new(),
            values: Arc::new(Values::F64(vec![sample.value])),
            variances: None,
            time: TimeInterval {
                start: TimeNs(sample.start),
                end: TimeNs(sample.time + i64::from(series)),
            },
            ..self.latest.clone()
        }
    }

    /// The whole history along a leading dimension `time`.
    pub(super) fn stacked(&self) -> DataArray {
        let latest = &self.latest;
        if let History::Samples(samples) = &self.history {
            let times = samples.iter().map(|sample| sample.time).collect();
            let values = samples.iter().map(|sample| sample.value).collect();
            return self.along_time(times, Values::F64(values), &[]);
        }
        let times = self.alike().map(|array| array.time.end.0).collect();
        let mut values = latest.values.slice(0, 0);
        for array in self.alike() {
            values.shift(0, &array.values);
        }
        self.along_time(times, values, &latest.coords)
    }

    /// The results that lie on the axes of the newest, the oldest first; the newest where no others are kept.
    pub(super) fn alike(&self) -> impl Iterator<Item = &DataArray> {
        let (arrays, alone) = match &self.history {
            History::Arrays(arrays) => (Some(arrays.list()), None),
            _ => (None, Some(&self.latest)),
        };
        let all = arrays.into_iter().flatten().chain(alone);
        all.filter(|it| it.coords == self.latest.coords)
    }

    /// The same for the region of an edition alone; none where the newest results lack it. Those from before it was drawn
    /// so lack it, too.
    pub(super) fn of_region(&self, edition: u64) -> Option<Self> {
        let history = match &self.history {
            History::Arrays(arrays) => {
                let parts = arrays.list().iter().filter_map(|it| part(it, edition));
                History::Arrays(parts.collect())
            }
            History::Latest | History::Samples(_) => History::Latest,
        };
        Some(Self {
            latest: part(&self.latest, edition)?,
            history,
            ..self.clone()
        })
    }

    /// How much data time each sample of the history covers, s; NaN where nobody knows. None where samples are instants, or
    /// whole arrays.
    pub(super) fn covered_secs(&self) -> Option<Arc<[f64]>> {
        let History::Samples(samples) = &self.history else {
            return None;
        };
        let secs = |sample: &Sample| sample.time.saturating_sub(sample.start) as f64 / 1e9;
        match self.temporality {
            Temporality::Series => None,
            Temporality::Cumulative => Some(samples.iter().map(secs).collect()),
            Temporality::Window => {
                let spans = samples.iter().map(|it| (it.start, it.time));
                let known = |(sample, is_whole)| if is_whole { secs(sample) } else { f64::NAN };
                Some(
                    samples
                        .iter()
                        .zip(self.are_whole(spans))
                        .map(known)
                        .collect(),
                )
            }
        }
    }

    /// Of windows, by start and end and in order of time: whether each was counted from its start on.
    ///
    /// Nobody knows that of one that does not begin where the one before it ended, the first after a start or a silence. The
    /// job may have begun within it, and a slow stream may have begun to count before it.
    pub(super) fn are_whole(
        &self,
        spans: impl Iterator<Item = (i64, i64)>,
    ) -> impl Iterator<Item = bool> {
        let mut end_before = None;
        spans.map(move |(start, end)| {
            // What came before the oldest one kept is forgotten, but not where it went on without a gap.
            end_before.replace(end) == Some(start) || start > self.run_start
        })
    }

    fn along_time(&self, times: Arc<[i64]>, values: Values, rest: &[Coord]) -> DataArray {
        let start = self.history.start().map_or(self.latest.time.start, TimeNs);
        DataArray {
            coords: iter::once(Coord::times(times))
                .chain(rest.iter().cloned())
                .collect(),
            values: Arc::new(values),
            variances: None,
            time: TimeInterval {
                start,
                end: self.latest.time.end,
            },
            ..self.latest.clone()
        }
    }

    /// Scalars and series always keep a history, arrays when a reader needs one or might.
    fn start_history(&mut self) {
        let data = &self.latest;
        let is_series = self.temporality == Temporality::Series;
        self.history = if is_series || data.coords.is_empty() {
            History::Samples(samples_of(data, self.temporality).collect())
        } else if self.span_ns() > 0 {
            History::Arrays(Arrays::of(data.clone()))
        } else {
            History::Latest
        };
    }
}

/// Whether two results can lie in one history. Series differ in length; of what has rows that are things, such as regions,
/// these come and go.
fn same_kind(a: &DataArray, b: &DataArray, temporality: Temporality) -> bool {
    if a.unit != b.unit || a.coords.len() != b.coords.len() {
        return false;
    }
    temporality == Temporality::Series
        || (same_but_for_labels(&a.coords, &b.coords)
            && (a.coords.is_empty() || a.values.dtype() == b.values.dtype())
            && a.variances.is_some() == b.variances.is_some())
}

/// What belongs to the region of an edition, without the axis of regions.
fn part(array: &DataArray, edition: u64) -> Option<DataArray> {
    let (label, row) = array.row_of(edition)?;
    Some(DataArray {
        label: format!("{}, {}", array.label, label.name).into(),
        ..row
    })
}

fn samples_of(
    data: &DataArray,
    temporality: Temporality,
) -> impl Iterator<Item = Sample> + use<'_> {
    let interval = data.time;
    let times = match data.coords.first().map(|coord| &coord.values) {
        Some(CoordValues::Times(times)) if temporality == Temporality::Series => Some(times),
        _ => None,
    };
    (0..data.values.len()).map(move |index| {
        let own = times.and_then(|times| times.get(index).copied());
        Sample {
            start: own.unwrap_or(interval.start.0),
            time: own.unwrap_or(interval.end.0),
            value: data.values.get(index),
        }
    })
}

#[cfg(test)]
mod tests {
    use shared::data::Unit;

    use super::*;

    const S: i64 = 1_000_000_000;

    /// A history of single counts from second to second.
    fn buffer(temporality: Temporality, spans: &[(i64, i64)]) -> Buffer {
        let mut results = spans.iter().map(|(start, end)| DataArray {
            label: "Counts".into(),
            unit: Unit::counts(),
            coords: Vec::new(),
            values: Arc::new(Values::U64(vec![5])),
            variances: None,
            time: TimeInterval {
                start: TimeNs(start * S),
                end: TimeNs(end * S),
            },
        });
        let first = results.next().expect("one at least");
        let mut buffer = Buffer::new(first, temporality, i64::MAX);
        results.for_each(|it| buffer.push(it, temporality));
        buffer
    }

    fn covered_secs(temporality: Temporality, spans: &[(i64, i64)]) -> Option<Vec<f64>> {
        let secs = buffer(temporality, spans).covered_secs();
        secs.map(|it| it.to_vec())
    }

    #[test]
    fn nobody_knows_what_the_first_window_after_a_start_or_a_silence_covers() {
        let spans = [(0, 1), (1, 2), (2, 5), (90, 91), (91, 92)];
        let told = covered_secs(Temporality::Window, &spans).expect("windows cover time");
        assert!(told[0].is_nan() && told[3].is_nan(), "{told:?}");
        assert_eq!([told[1], told[2], told[4]], [1.0, 3.0, 1.0]);
    }

    #[test]
    fn the_oldest_one_kept_is_known_where_it_followed_others_without_a_gap_since() {
        let told = |spans: &[(i64, i64)]| {
            let mut buffer = buffer(Temporality::Window, spans);
            assert!(buffer.history.cut_to(3 * size_of::<Sample>()));
            buffer.covered_secs().expect("windows cover time").to_vec()
        };
        assert_eq!(told(&[(0, 1), (1, 2), (2, 3), (3, 5)]), [1.0, 2.0]);
        let before_a_gap = told(&[(0, 1), (1, 2), (2, 3), (7, 8)]);
        assert!(
            before_a_gap.iter().all(|it| it.is_nan()),
            "{before_a_gap:?}"
        );
    }

    #[test]
    fn sums_cover_the_time_since_the_start_and_instants_none() {
        let spans = [(0, 1), (0, 4)];
        let told = covered_secs(Temporality::Cumulative, &spans);
        assert_eq!(told, Some(vec![1.0, 4.0]));
        assert_eq!(covered_secs(Temporality::Series, &[(1, 1), (2, 2)]), None);
    }
}
