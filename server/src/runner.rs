//! Where the engine meets the jobs it runs and the results it makes: adapters, no logic.

use std::sync::{Arc, OnceLock, Weak};
use std::time::Instant;

use shared::id::{JobId, JobNumber};
use shared::region::Region;
use shared::topology::JsonText;

use crate::jobs::{JobOrchestrator, JobReport, JobRunner, JobStart};
use crate::plot::{FrameClock, PlottingController};
use crate::reduce::{EngineHandle, ResultSink, SlotResults};
use crate::results::{DataService, NewResult};

/// Runs jobs in this process.
#[derive(Debug)]
pub(crate) struct EngineRunner(EngineHandle);

impl EngineRunner {
    pub(crate) fn new(engine: EngineHandle) -> Self {
        Self(engine)
    }
}

impl JobRunner for EngineRunner {
    fn check(&self, ids: &[JobId], params: &JsonText) -> Result<(), String> {
        self.0.check(ids, params)
    }

    fn start(&self, job: JobStart) {
        self.0.start(job.id, job.number, job.params);
    }

    fn set_regions(&self, id: JobId, regions: Arc<[Region]>) {
        self.0.set_regions(id, regions);
    }

    fn stop(&self, id: &JobId, number: JobNumber) {
        self.0.stop(id.clone(), number);
    }
}

/// Hands the engine's results to the histories and says which layers they concern.
#[derive(Debug)]
pub(crate) struct Publisher {
    data: Arc<DataService>,
    plotting: Arc<PlottingController>,
    frame_clock: Arc<FrameClock>,
    /// Set once the orchestrator exists, which needs the engine first.
    jobs: OnceLock<Weak<JobOrchestrator>>,
}

impl Publisher {
    pub(crate) fn new(
        data: Arc<DataService>,
        plotting: Arc<PlottingController>,
        frame_clock: Arc<FrameClock>,
    ) -> Arc<Self> {
        Arc::new(Self {
            data,
            plotting,
            frame_clock,
            jobs: OnceLock::new(),
        })
    }

    /// From now on reports go to `jobs`.
    pub(crate) fn report_to(&self, jobs: &Arc<JobOrchestrator>) {
        self.jobs.get_or_init(|| Arc::downgrade(jobs));
    }
}

impl ResultSink for Publisher {
    fn publish(&self, slot: SlotResults) {
        let results = slot.results.into_iter().map(|result| NewResult {
            key: result.key,
            number: result.number,
            temporality: result.temporality,
            data: result.data,
        });
        self.data.lapse(Instant::now());
        let changed = self.data.publish(results.collect());
        self.frame_clock
            .mark_dirty(self.plotting.layers_of(&changed));
        let reports = slot.reports.into_iter().map(|report| JobReport {
            id: report.id,
            number: report.number,
            state: report.state,
        });
        if let Some(jobs) = self.jobs.get().and_then(Weak::upgrade) {
            jobs.handle_reports(reports.collect());
        }
    }
}
