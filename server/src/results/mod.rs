//! Results by key: bounded histories, read all or none of a slot at a time.
//!
//! No clock, and no lock is held while anything is combined or copied out.

mod buffer;
mod combine;
mod extract;
mod samples;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::data::DataArray;
use shared::id::{JobId, JobNumber, ResultKey};
use shared::job::Temporality;
use shared::time::TimeNs;

pub use extract::{ExtractError, Extracted, Extractor};

use buffer::Buffer;

/// One result on its way in.
#[derive(Clone, Debug)]
pub struct NewResult {
    /// Where it belongs.
    pub key: ResultKey,
    /// The generation that made it.
    pub number: JobNumber,
    /// How it relates to the results before it.
    pub temporality: Temporality,
    /// The data.
    pub data: DataArray,
}

/// How many bytes histories may take.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Of one result key.
    pub key_bytes: usize,
    /// Of all together; the largest histories give way first.
    pub total_bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            key_bytes: 64 << 20,
            total_bytes: 1 << 30,
        }
    }
}

/// The newest results and as much of their history as somebody needs and memory allows.
#[derive(Debug)]
pub struct DataService {
    inner: Mutex<Inner>,
    budget: Budget,
}

#[derive(Debug, Default)]
struct Inner {
    buffers: BTreeMap<ResultKey, Buffer>,
    /// How much history is wanted of keys, kept even while they have no data.
    wanted: BTreeMap<ResultKey, BTreeSet<Extractor>>,
    generations: BTreeMap<JobId, JobNumber>,
    /// The newest data time of all results: the clock of the data.
    newest: TimeNs,
    stale_results: u64,
}

impl DataService {
    /// An empty service.
    pub fn new(budget: Budget) -> Self {
        Self {
            inner: Mutex::default(),
            budget,
        }
    }

    /// Takes all results of a slot at once and returns the keys that changed. Results of generations that are
    /// over are counted and left out.
    pub fn publish(&self, results: Vec<NewResult>) -> BTreeSet<ResultKey> {
        let mut inner = self.lock();
        let mut changed = BTreeSet::new();
        for result in results {
            let job = job_of(&result.key);
            if inner.generations.get(&job) != Some(&result.number) {
                inner.stale_results += 1;
                continue;
            }
            inner.newest = inner.newest.max(result.data.time.end);
            let wanted = inner.wanted.get(&result.key).cloned().unwrap_or_default();
            changed.insert(result.key.clone());
            match inner.buffers.entry(result.key) {
                Entry::Vacant(entry) => {
                    entry.insert(Buffer::new(result.data, result.temporality));
                }
                Entry::Occupied(mut entry) => {
                    let max_bytes = self.budget.key_bytes;
                    entry
                        .get_mut()
                        .push(result.data, result.temporality, &wanted, max_bytes);
                }
            }
        }
        inner.keep_within(self.budget.total_bytes);
        changed
    }

    /// A new generation: what older ones left is dropped, and their late results will be.
    pub fn begin_generation(&self, job: &JobId, number: JobNumber) {
        let mut inner = self.lock();
        inner.generations.insert(job.clone(), number);
        inner.buffers.retain(|key, _| job_of(key) != *job);
    }

    /// Says what will be asked of a key, so that enough history is kept from now on.
    pub fn want(&self, key: &ResultKey, extractor: Extractor) {
        self.lock()
            .wanted
            .entry(key.clone())
            .or_default()
            .insert(extractor);
    }

    /// Reads several keys as of one moment; keys without data give none.
    pub fn read(
        &self,
        wanted: &[(ResultKey, Extractor)],
    ) -> Vec<Result<Option<Extracted>, ExtractError>> {
        let taken: Vec<_> = {
            let inner = self.lock();
            let newest = inner.newest;
            let take = |(key, extractor): &(ResultKey, Extractor)| {
                inner
                    .buffers
                    .get(key)
                    .map(|buffer| buffer.take(*extractor, newest))
            };
            wanted.iter().map(take).collect()
        };
        // Combining may take a while: ingest must not wait for it.
        taken
            .into_iter()
            .map(|taken| taken.map(extract::Taken::extract).transpose())
            .collect()
    }

    /// Bytes of all histories, and how many results came from generations that were over.
    pub fn usage(&self) -> (usize, u64) {
        let inner = self.lock();
        (
            inner.buffers.values().map(Buffer::byte_len).sum(),
            inner.stale_results,
        )
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic while a result was pushed can at worst have lost that result.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn keep_within(&mut self, total_bytes: usize) {
        let mut used: usize = self.buffers.values().map(Buffer::byte_len).sum();
        while used > total_bytes {
            let Some(largest) = self
                .buffers
                .values_mut()
                .max_by_key(|buffer| buffer.byte_len())
            else {
                return;
            };
            let before = largest.byte_len();
            largest.halve();
            let freed = before - largest.byte_len();
            if freed == 0 {
                return;
            }
            used -= freed;
        }
    }
}

fn job_of(key: &ResultKey) -> JobId {
    JobId {
        workflow: key.workflow.clone(),
        source: key.source.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use shared::data::{Unit, Values};
    use shared::id::WorkflowId;
    use shared::time::TimeInterval;

    use super::*;

    fn key() -> ResultKey {
        ResultKey {
            workflow: WorkflowId {
                instrument: "i".into(),
                name: "w".into(),
                version: 1,
            },
            source: "s".into(),
            output: "counts".into(),
        }
    }

    fn scalar(value: u64, second: i64, number: JobNumber) -> NewResult {
        NewResult {
            key: key(),
            number,
            temporality: Temporality::Window,
            data: DataArray {
                label: "Counts".into(),
                unit: Unit::counts(),
                coords: vec![],
                values: Arc::new(Values::U64(vec![value])),
                variances: None,
                time: TimeInterval {
                    start: TimeNs(second * 1_000_000_000),
                    end: TimeNs((second + 1) * 1_000_000_000),
                },
            },
        }
    }

    fn read(service: &DataService, extractor: Extractor) -> Option<DataArray> {
        let read = service.read(&[(key(), extractor)]).pop().unwrap().unwrap();
        read.map(|extracted| extracted.data)
    }

    #[test]
    fn values_build_a_history_and_a_new_generation_ends_it() {
        let service = DataService::new(Budget::default());
        let number = JobNumber::random();
        service.begin_generation(&job_of(&key()), number);
        for second in 0..3 {
            assert_eq!(
                service
                    .publish(vec![scalar(10 + second as u64, second, number)])
                    .len(),
                1
            );
        }
        let history = read(&service, Extractor::FullHistory).unwrap();
        assert_eq!(*history.values, Values::U64(vec![10, 11, 12]));
        assert_eq!(history.time.span_secs(), 3.0);
        assert_eq!(
            read(&service, Extractor::Latest).unwrap().scalar(),
            Some(12.0)
        );

        service.begin_generation(&job_of(&key()), JobNumber::random());
        assert_eq!(read(&service, Extractor::Latest), None);
        assert!(
            service.publish(vec![scalar(1, 9, number)]).is_empty(),
            "the old generation is over"
        );
        assert_eq!(service.usage().1, 1);
    }

    #[test]
    fn memory_stays_within_the_budget_and_what_is_left_is_the_newest() {
        let service = DataService::new(Budget {
            key_bytes: 1_600,
            total_bytes: 1 << 20,
        });
        let number = JobNumber::random();
        service.begin_generation(&job_of(&key()), number);
        for second in 0..1_000 {
            service.publish(vec![scalar(second as u64, second, number)]);
        }
        let extracted = service
            .read(&[(key(), Extractor::FullHistory)])
            .pop()
            .unwrap()
            .unwrap()
            .unwrap();
        assert!(service.usage().0 <= 1_600);
        assert_eq!(
            extracted.data.values.get(extracted.data.values.len() - 1),
            999.0
        );
        assert!(extracted.note.is_some(), "what was cut is told");
    }
}
