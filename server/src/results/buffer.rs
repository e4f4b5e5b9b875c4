//! The history of one result key.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use shared::data::DataArray;
use shared::job::Temporality;
use shared::time::TimeNs;

use super::extract::{ExtractError, Extracted, Extractor, Taken};
use super::samples::Samples;

/// The newest result, with the history that its kind has.
#[derive(Debug)]
pub(super) enum Buffer {
    /// Single values: their history is small and always kept.
    Samples(Samples),
    /// Arrays: older ones are kept as long as a window needs them.
    Arrays {
        arrays: VecDeque<DataArray>,
        temporality: Temporality,
        cut: bool,
    },
}

impl Buffer {
    /// A history of one result.
    pub(super) fn new(first: DataArray, temporality: Temporality) -> Self {
        if first.coords.is_empty() || temporality == Temporality::Series {
            Self::Samples(Samples::new(first))
        } else {
            Self::Arrays {
                arrays: VecDeque::from([first]),
                temporality,
                cut: false,
            }
        }
    }

    /// Takes the next result. A result that does not fit the history (another shape, unit or type, or an older
    /// time) starts a new one: the detector was reconfigured or its clock was set back.
    pub(super) fn push(
        &mut self,
        data: DataArray,
        temporality: Temporality,
        wanted: &BTreeSet<Extractor>,
        max_bytes: usize,
    ) {
        match self {
            Self::Samples(samples) if samples.continues(&data) => samples.push(data, max_bytes),
            Self::Arrays { arrays, cut, .. }
                if arrays.back().is_some_and(|last| continues(last, &data)) =>
            {
                let newest = data.time.end;
                arrays.push_back(data);
                let span = wanted.last().map_or(0, |extractor| extractor.span_ns());
                drop_unneeded(arrays, newest, span);
                *cut = drop_beyond(arrays, max_bytes);
            }
            _ => *self = Self::new(data, temporality),
        }
    }

    /// Takes what `extractor` asks for; `newest` is the newest data time of all results.
    pub(super) fn take(&self, extractor: Extractor, newest: TimeNs) -> Taken {
        match (self, extractor) {
            (Self::Samples(samples), Extractor::Latest) => ready(samples.newest().clone(), None),
            (Self::Samples(samples), _) => {
                let note = samples.is_cut().then(|| cut_note(samples.len()));
                ready(samples.history(), note)
            }
            (
                Self::Arrays {
                    arrays,
                    temporality,
                    cut,
                },
                Extractor::Window {
                    seconds,
                    aggregation,
                },
            ) => {
                if *temporality == Temporality::Cumulative {
                    return Taken::Refused(ExtractError::Cumulative);
                }
                let cutoff = newest.plus(-extractor.span_ns());
                // Half of the interval between results: a window takes those whose middle it covers.
                let parts: Vec<_> = arrays
                    .iter()
                    .filter(|a| middle(a) > cutoff)
                    .cloned()
                    .collect();
                match arrays.back() {
                    Some(last) if parts.is_empty() => Taken::Refused(ExtractError::Silent {
                        seconds,
                        age_secs: newest.since(last.time.end) as f64 / 1e9,
                    }),
                    _ => Taken::Combine {
                        note: cut.then(|| cut_note(parts.len())),
                        parts,
                        aggregation,
                    },
                }
            }
            (Self::Arrays { arrays, .. }, _) => {
                let latest = arrays.back().expect("an array buffer is never empty");
                ready(latest.clone(), None)
            }
        }
    }

    pub(super) fn byte_len(&self) -> usize {
        match self {
            Self::Samples(samples) => samples.byte_len(),
            Self::Arrays { arrays, .. } => arrays.iter().map(DataArray::byte_len).sum(),
        }
    }

    /// Gives up the older half of the history.
    pub(super) fn halve(&mut self) {
        match self {
            Self::Samples(samples) => samples.drop_oldest(samples.len() / 2),
            Self::Arrays { arrays, cut, .. } => {
                let dropped = arrays.len() / 2;
                arrays.drain(..dropped);
                *cut |= dropped > 0;
            }
        }
    }
}

fn ready(data: DataArray, note: Option<Arc<str>>) -> Taken {
    Taken::Ready(Extracted { data, note })
}

fn cut_note(kept: usize) -> Arc<str> {
    format!("memory holds the newest {kept} results only").into()
}

fn continues(last: &DataArray, next: &DataArray) -> bool {
    last.coords == next.coords
        && last.unit == next.unit
        && last.values.dtype() == next.values.dtype()
        && last.time.end <= next.time.end
}

fn middle(data: &DataArray) -> TimeNs {
    data.time
        .start
        .plus(data.time.end.since(data.time.start) / 2)
}

fn drop_unneeded(arrays: &mut VecDeque<DataArray>, newest: TimeNs, span_ns: i64) {
    // What keeps the full history of arrays keeps as much as memory allows.
    while arrays.len() > 1 && newest.since(arrays[0].time.end) >= span_ns {
        arrays.pop_front();
    }
}

/// True when the budget made the history shorter than it is wanted.
fn drop_beyond(arrays: &mut VecDeque<DataArray>, max_bytes: usize) -> bool {
    let mut bytes: usize = arrays.iter().map(DataArray::byte_len).sum();
    let mut cut = false;
    while arrays.len() > 1 && bytes > max_bytes {
        bytes -= arrays.pop_front().map_or(0, |array| array.byte_len());
        cut = true;
    }
    cut
}
