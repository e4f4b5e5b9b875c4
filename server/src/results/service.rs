//! The buffers of all keys: one writer, many readers.

mod wants;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use shared::data::DataArray;
use shared::id::{JobId, JobNumber, ResultKey};
use shared::job::Temporality;
use shared::time::TimeNs;

pub use self::wants::Want;
use self::wants::{Lapsing, Wants};
use super::buffer::Buffer;
use super::{ExtractError, Extracted, Extractor};

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

/// How many bytes histories may take. The newest result of each key is kept whatever it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Of one result key; 64 MiB by default: a week of single values per slot, a minute of images of 256²
    /// pixels.
    pub key_bytes: usize,
    /// Of all together; 1 GiB by default. What nobody needs gives way first, then the largest histories.
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

/// Results by key, with as much history as somebody needs and memory allows.
#[derive(Debug)]
pub struct DataService {
    state: Arc<Mutex<State>>,
    lapsing: Mutex<Lapsing>,
    budget: Budget,
}

#[derive(Debug, Default)]
struct State {
    buffers: BTreeMap<ResultKey, Buffer>,
    /// How much history is wanted of keys, kept even while they have no data.
    wants: Wants,
    generations: BTreeMap<JobId, JobNumber>,
    /// The newest data time of what came last: the clock of the data, which may be set back.
    newest: TimeNs,
    stale_results: u64,
}

impl DataService {
    /// An empty service.
    pub fn new(budget: Budget) -> Self {
        Self {
            state: Arc::default(),
            lapsing: Mutex::default(),
            budget,
        }
    }

    /// Takes all results of a slot at once and returns the keys that changed: a reader sees all of them
    /// or none. Results of generations that are over are counted and left out.
    pub fn publish(&self, results: Vec<NewResult>) -> BTreeSet<ResultKey> {
        let mut state = self.lock();
        let mut changed = BTreeSet::new();
        let mut newest = None;
        for result in results {
            if state.generations.get(&job_of(&result.key)) == Some(&result.number) {
                changed.insert(result.key.clone());
                newest = newest.max(Some(result.data.time.end));
                state.store(result, self.budget.key_bytes);
            } else {
                state.stale_results += 1;
            }
        }
        state.newest = newest.unwrap_or(state.newest);
        state.keep_within(self.budget.total_bytes);
        changed
    }

    /// A new generation: what older ones left is dropped, and their late results will be.
    pub fn begin_generation(&self, job: &JobId, number: JobNumber) {
        let mut state = self.lock();
        state.generations.insert(job.clone(), number);
        state.buffers.retain(|key, _| job_of(key) != *job);
    }

    /// The generation is over, unless a newer one has begun: what it left stays, its later results are dropped.
    pub fn end_generation(&self, job: &JobId, number: JobNumber) {
        let mut state = self.lock();
        if state.generations.get(job) == Some(&number) {
            state.generations.remove(job);
        }
    }

    /// Reads several keys as of one moment; keys without data give none.
    pub fn read(
        &self,
        wanted: &[(ResultKey, Extractor)],
    ) -> Vec<Result<Option<Extracted>, ExtractError>> {
        let state = self.lock();
        let newest = state.newest;
        let buffers: Vec<Option<Buffer>> = wanted
            .iter()
            .map(|(key, _)| state.buffers.get(key).cloned())
            .collect();
        drop(state);
        // Combining may take a while: ingest must not wait for it.
        let extract = |((_, extractor), buffer): (&(_, Extractor), Option<Buffer>)| {
            let age_ns = |buffer: &Buffer| newest.since(buffer.latest.time.end);
            let extracted = buffer.map(|buffer| extractor.extract(&buffer, age_ns(&buffer)));
            extracted.transpose().map(Option::flatten)
        };
        wanted.iter().zip(buffers).map(extract).collect()
    }

    /// Bytes of all histories, and how many results came from generations that were over.
    pub fn usage(&self) -> (usize, u64) {
        let state = self.lock();
        (state.history_bytes(), state.stale_results)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    // A panic while a result was stored can at worst have lost that result.
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    fn store(&mut self, result: NewResult, key_bytes: usize) {
        let NewResult {
            key,
            data,
            temporality,
            ..
        } = result;
        if let Some(buffer) = self.buffers.get_mut(&key) {
            buffer.push(data, temporality);
            buffer.cut_to(key_bytes);
        } else {
            let wanted_ns = self.wants.longest_ns(&key);
            let buffer = Buffer::new(data, temporality, wanted_ns);
            self.buffers.insert(key, buffer);
        }
    }

    fn history_bytes(&self) -> usize {
        self.buffers
            .values()
            .map(|buffer| buffer.history.byte_len())
            .sum()
    }

    /// Lets go first what nobody needs, then of what somebody does, each of the largest histories first. One that cannot be
    /// cut, since it is a single result, leaves it to the next.
    fn keep_within(&mut self, total_bytes: usize) {
        let mut surplus = self.history_bytes().saturating_sub(total_bytes);
        if surplus == 0 {
            return;
        }
        let mut buffers: Vec<&mut Buffer> = self.buffers.values_mut().collect();
        for cut in [Buffer::let_go, Buffer::cut_to] {
            buffers.sort_by_key(|it| Reverse(it.history.byte_len()));
            for buffer in &mut buffers {
                let before = buffer.history.byte_len();
                if surplus > 0 {
                    cut(buffer, before.saturating_sub(surplus));
                }
                surplus = surplus.saturating_sub(before - buffer.history.byte_len());
            }
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
mod tests;
