//! What the tables of all jobs take together, and what they may.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::id::JobId;

/// The memory of the jobs, counted when they are started and stopped.
#[derive(Debug)]
pub(super) struct JobMemory {
    most_bytes: usize,
    by_job: Mutex<BTreeMap<JobId, usize>>,
}

impl JobMemory {
    /// Room for `most_bytes`, none of it taken.
    pub(super) fn new(most_bytes: usize) -> Self {
        Self {
            most_bytes,
            by_job: Mutex::default(),
        }
    }

    /// Says whether `wanted` fits beside the jobs that it does not replace.
    pub(super) fn check(&self, wanted: &BTreeMap<JobId, usize>) -> Result<(), String> {
        let by_job = self.lock();
        let others = by_job.iter().filter(|(id, _)| !wanted.contains_key(id));
        let taken = sum(others.map(|(_, bytes)| bytes));
        let needed = sum(wanted.values());
        if needed <= self.most_bytes.saturating_sub(taken) {
            return Ok(());
        }
        Err(format!(
            "it needs {} of memory, and jobs may take {} together, of which others have {}: stop one of them, \
             ask for fewer bins, or raise jobs_mib in the configuration",
            mebibytes(needed),
            mebibytes(self.most_bytes),
            mebibytes(taken),
        ))
    }

    /// A job takes `bytes`, in place of what it took before.
    pub(super) fn take(&self, id: JobId, bytes: usize) {
        self.lock().insert(id, bytes);
    }

    /// A job has ended.
    pub(super) fn give_back(&self, id: &JobId) {
        self.lock().remove(id);
    }

    /// What all jobs take.
    pub(super) fn taken(&self) -> usize {
        sum(self.lock().values())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<JobId, usize>> {
        self.by_job.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sum<'a>(bytes: impl Iterator<Item = &'a usize>) -> usize {
    bytes.fold(0, |sum, bytes| sum.saturating_add(*bytes))
}

fn mebibytes(bytes: usize) -> String {
    format!("{} MiB", bytes.div_ceil(1 << 20))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(source: &str) -> JobId {
        JobId {
            workflow: "dummy/w/1".parse().expect("an id"),
            source: source.to_owned(),
        }
    }

    fn wanted<const N: usize>(jobs: [(&str, usize); N]) -> BTreeMap<JobId, usize> {
        jobs.map(|(source, mib)| (job(source), mib << 20)).into()
    }

    #[test]
    fn jobs_share_what_there_is_and_a_new_generation_replaces_the_old() {
        let memory = JobMemory::new(10 << 20);
        memory.take(job("a"), 6 << 20);
        assert_eq!(memory.check(&wanted([("b", 4)])), Ok(()));
        assert_eq!(memory.check(&wanted([("a", 10)])), Ok(()));
        let error = memory
            .check(&wanted([("b", 3), ("c", 2)]))
            .expect_err("together they are too large");
        let expected = "it needs 5 MiB of memory, and jobs may take 10 MiB together, of which others have 6 MiB: ";
        assert!(error.starts_with(expected), "{error}");
        assert_eq!(memory.taken(), 6 << 20);
        memory.give_back(&job("a"));
        assert_eq!(memory.check(&wanted([("b", 3), ("c", 2)])), Ok(()));
        assert_eq!(memory.taken(), 0);
    }

    #[test]
    fn what_no_machine_has_does_not_overflow() {
        let memory = JobMemory::new(usize::MAX);
        memory.take(job("a"), usize::MAX);
        assert!(memory.check(&wanted([("b", 1)])).is_err());
    }
}
