//! Jobs: what people want to run, and what is seen running.
//!
//! The orchestrator writes `job` objects and hands work to a [`JobRunner`]; whether that runs it in this process or
//! asks a worker elsewhere is not known here.

mod news;
mod orchestrator;

pub(crate) use orchestrator::is_stopped;
pub use orchestrator::{JobError, JobOrchestrator};

use std::sync::Arc;

use shared::id::{JobId, JobNumber};
use shared::job::JobState;
use shared::region::Region;
use shared::topology::JsonText;

/// Runs jobs.
pub trait JobRunner: Send + Sync + std::fmt::Debug {
    /// Says why one of the jobs could not be started, or all together, without starting any.
    fn check(&self, ids: &[JobId], params: &JsonText) -> Result<(), String>;

    /// Starts a job that was checked, ending any older generation of it. Troubles come as reports.
    fn start(&self, job: JobStart);

    /// Tells which regions of interest lie on the images of a job, whether it runs or will.
    fn set_regions(&self, id: JobId, regions: Arc<[Region]>);

    /// Ends the job, if it still runs under this number.
    fn stop(&self, id: &JobId, number: JobNumber);
}

/// What to run.
#[derive(Clone, Debug)]
pub struct JobStart {
    /// Which workflow for which source.
    pub id: JobId,
    /// Its generation.
    pub number: JobNumber,
    /// Its parameters.
    pub params: JsonText,
}

/// What a runner observed of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobReport {
    /// Which job.
    pub id: JobId,
    /// Its generation.
    pub number: JobNumber,
    /// What it is doing.
    pub state: JobState,
}

/// Told of generations, so that what an older one left is not taken for news.
pub trait GenerationListener: Send + Sync + std::fmt::Debug {
    /// A new generation begins: results of older ones no longer count, and pictures of them go.
    fn generation_started(&self, id: &JobId, number: JobNumber);

    /// A generation ends, unless a newer one has begun: what it left stays, what still comes of it is refused.
    fn generation_ended(&self, id: &JobId, number: JobNumber);
}
