//! What a reader wants of a key: the newest value, everything, or a window put together.

use std::sync::Arc;

use imbl::Vector;
use shared::data::{DataArray, Unit, Values};
use shared::job::Temporality;
use shared::plot::params::{Aggregation, WindowParams};
use shared::time::{TimeInterval, TimeNs};

use super::aggregate::{aggregate, aggregate_samples, covered_secs};
use super::buffer::Buffer;
use super::editions::{changed_within, of_things, same_things};
use super::history::{History, Sample, in_window};
use super::rows::rows_of;

/// Which part of a history is wanted, and how it becomes one array.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Extractor {
    /// The newest result; of a series, the newest sample.
    Latest,
    /// Everything kept, along a leading dimension `time`.
    FullHistory,
    /// The results of the last seconds of data time, combined element by element.
    Window {
        /// Length, s; above zero.
        seconds: f64,
        /// How they combine.
        aggregation: Aggregation,
    },
    /// The results of the last seconds of data time as rows of equal time, along a leading dimension `time`.
    Rows {
        /// Length, s; above zero.
        seconds: f64,
        /// How many rows.
        rows: u32,
        /// Of results with one element for each region, the edition of the one that is wanted.
        region: Option<u64>,
    },
}

impl From<WindowParams> for Extractor {
    fn from(window: WindowParams) -> Self {
        if window.seconds > 0.0 {
            Self::Window {
                seconds: window.seconds,
                aggregation: window.aggregation,
            }
        } else {
            Self::Latest
        }
    }
}

/// What an extractor gave, and what a reader should know about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Extracted {
    /// The data; their `time` is the span of data time that they cover.
    pub data: DataArray,
    /// Of a history, how much data time each sample covers, s; NaN where nobody knows, as of the first after a start or a
    /// silence. Of a window, how much its results cover without the silences between them: one number, or one for each row.
    /// None where samples are instants, and where it is the time of the data.
    pub covered_secs: Option<Arc<[f64]>>,
    /// How much of the history asked for is there; none for [`Extractor::Latest`].
    pub retained: Option<Retained>,
    /// The same in words, where memory or a late request cut the history short, and which rows cover less.
    pub note: Option<Arc<str>>,
    /// How often the key is published, ns of data time; none before its second result.
    pub interval_ns: Option<i64>,
}

/// How much history was asked for and how much of it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retained {
    /// What the extractor would like, in ns of data time; never more than the generation's age.
    pub requested_ns: i64,
    /// What there is, in ns of data time.
    pub kept_ns: i64,
}

impl Retained {
    /// Whether memory or a late request cut the history short.
    pub fn is_cut(self) -> bool {
        self.kept_ns < self.requested_ns
    }
}

/// The data there are do not allow what was asked.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum ExtractError {
    /// The source has been silent for longer than the window: nothing could be shown as if it were current.
    #[error(
        "no data in the last {seconds} s: the newest are {age_secs:.1} s older than other data"
    )]
    Silent {
        /// Length of the window, s.
        seconds: f64,
        /// Age of the newest data, s of data time.
        age_secs: f64,
        /// Where the newest data end.
        until: TimeNs,
    },
    /// Sums since the start cannot be summed again.
    #[error(
        "this output counts since the start: choose its per-update flavour for a window of time"
    )]
    Cumulative,
    /// More rows of more values than anybody sees.
    #[error(
        "a waterfall has {most} values at most, this one would have {found}: choose fewer rows, or a coarser axis for its workflow"
    )]
    TooLarge {
        /// How many there would be.
        found: usize,
        /// How many there can be.
        most: usize,
    },
}

impl Retained {
    fn note(self) -> Option<String> {
        let secs = |ns: i64| ns as f64 / 1e9;
        let (kept, requested) = (secs(self.kept_ns), secs(self.requested_ns));
        self.is_cut()
            .then(|| format!("the newest {kept:.1} s of {requested:.1} s are kept"))
    }
}

impl Extractor {
    /// The same for one region, of results with one element for each.
    #[must_use]
    pub fn of_region(self, edition: Option<u64>) -> Self {
        match self {
            Self::Rows { seconds, rows, .. } => Self::Rows {
                seconds,
                rows,
                region: edition,
            },
            other => other,
        }
    }

    /// How much data time must be kept for it, ns.
    pub(super) fn span_ns(self) -> i64 {
        match self {
            Self::Latest => 0,
            Self::FullHistory => i64::MAX,
            Self::Window { seconds, .. } | Self::Rows { seconds, .. } => (seconds * 1e9) as i64,
        }
    }

    /// Takes the data out of `buffer`, whose newest data are `age_ns` older than those of other keys.
    ///
    /// None where the newest results lack the region that is wanted.
    pub(super) fn extract(
        self,
        buffer: &Buffer,
        age_ns: i64,
    ) -> Result<Option<Extracted>, ExtractError> {
        let (data, covered_secs) = match self {
            Self::Latest => (buffer.latest_value(), None),
            Self::FullHistory => (buffer.stacked(), buffer.covered_secs()),
            Self::Window { .. } if buffer.temporality == Temporality::Cumulative => {
                return Err(ExtractError::Cumulative);
            }
            // A stream slower than the window is not silent: its newest result reaches into it.
            Self::Window { seconds, .. } if age_ns > self.span_ns() + buffer.reach_ns() => {
                let age_secs = age_ns as f64 / 1e9;
                return Err(ExtractError::Silent {
                    seconds,
                    age_secs,
                    until: buffer.latest.time.end,
                });
            }
            Self::Window { aggregation, .. } => window(buffer, self.span_ns(), aggregation),
            Self::Rows { rows, region, .. } => {
                match rows_of(buffer, (self.span_ns(), rows), region)? {
                    Some(data) => (data, None),
                    None => return Ok(None),
                }
            }
        };
        let retained = (self != Self::Latest).then(|| buffer.retained(self.span_ns()));
        let notes = [retained.and_then(Retained::note), changed_within(&data)];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        Ok(Some(Extracted {
            note: (!notes.is_empty()).then(|| notes.join("; ").into()),
            data,
            covered_secs,
            retained,
            interval_ns: buffer.interval_ns(),
        }))
    }
}

/// Results put together, and how much data time stands behind each row of them, s.
type Together = (DataArray, Vec<f64>);

fn window(
    buffer: &Buffer,
    duration_ns: i64,
    aggregation: Aggregation,
) -> (DataArray, Option<Arc<[f64]>>) {
    let how = match aggregation {
        Aggregation::Auto if buffer.latest.unit == Unit::counts() => Aggregation::NanSum,
        Aggregation::Auto => Aggregation::NanMean,
        chosen => chosen,
    };
    let together = match &buffer.history {
        History::Latest => of_arrays(&Vector::unit(buffer.latest_value()), how),
        History::Samples(samples) => {
            let samples = in_window(samples, |sample| sample.time, duration_ns);
            of_samples(buffer, &samples, how)
        }
        History::Arrays(arrays) => of_arrays(
            &in_window(arrays.list(), |it| it.time.end.0, duration_ns),
            how,
        ),
    };
    let Some((data, secs)) = together else {
        return (buffer.latest_value(), None);
    };
    // Instants cover no time: of a window of them there is only its span.
    let covers_time = buffer.temporality != Temporality::Series;
    (data, covers_time.then(|| secs.into()))
}

/// Arrays put together; none of none.
fn of_arrays(arrays: &Vector<DataArray>, how: Aggregation) -> Option<Together> {
    let newest = arrays.last()?;
    let times = || arrays.iter().map(|array| array.time);
    if arrays.len() == 1 && newest.values.is_integer() {
        return Some((newest.clone(), vec![newest.time.span_secs()]));
    }
    if let Some(labels) = newest.labels()
        && !arrays.iter().all(|it| same_things(it, newest))
    {
        return Some(of_things(arrays, newest, labels, how));
    }
    let (values, variances) = aggregate(newest, arrays.iter(), how);
    let data = DataArray {
        values: Arc::new(values),
        variances: variances.map(Arc::new),
        time: times().fold(newest.time, TimeInterval::union),
        ..newest.clone()
    };
    Some((data, vec![covered_secs(times(), how)]))
}

/// Samples put together, as if each were an array without axes; none of none.
fn of_samples(buffer: &Buffer, samples: &Vector<Sample>, how: Aggregation) -> Option<Together> {
    let newest = buffer.scalar(samples.last()?);
    let latest = &buffer.latest;
    let times = || {
        samples.iter().map(|sample| TimeInterval {
            start: TimeNs(sample.start),
            end: TimeNs(sample.time),
        })
    };
    let secs = vec![covered_secs(times(), how)];
    if samples.len() == 1 && latest.values.is_integer() {
        return Some((newest, secs));
    }
    let values = samples.iter().map(|sample| sample.value);
    let (value, variance) = aggregate_samples(values, latest.unit == Unit::counts(), how);
    let one = |value| Arc::new(Values::F64(vec![value]));
    let data = DataArray {
        values: one(value),
        variances: variance.map(one),
        time: times().fold(newest.time, TimeInterval::union),
        ..newest
    };
    Some((data, secs))
}

#[cfg(test)]
mod tests;
