//! Starts and stops jobs on command, and keeps what is observed of them in the shared state.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use shared::id::{JobId, JobNumber, WorkflowId};
use shared::job::{Job, JobState};
use shared::layer_state::{LayerPhase, LayerState};
use shared::object::Object;
use shared::sync::state::{SharedState, Transaction};
use shared::topology::{JsonText, Layer};
use shared::version::Stamp;

use super::news::JobNews;
use super::{GenerationListener, JobReport, JobRunner, JobStart};
use crate::clock::Clock;
use crate::state::Committer;

/// The one writer of `job` objects.
#[derive(Debug)]
pub struct JobOrchestrator {
    committer: Arc<Committer>,
    runner: Arc<dyn JobRunner>,
    listener: Arc<dyn GenerationListener>,
    clock: Clock,
    /// Held from the first to the last step of a command, so that histories, runner and job objects agree about
    /// which generation is the newest. The runner never takes it, so it may be waited for meanwhile.
    commanding: Mutex<()>,
    news: Mutex<JobNews>,
}

/// A command about jobs cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// The instrument has no such workflow.
    #[error(
        "there is no workflow {0}: the page Workflows and GET /api/v1/workflows list those that exist"
    )]
    UnknownWorkflow(WorkflowId),
    /// The workflow does not run for this source.
    #[error("workflow {workflow} does not run for source {source_name:?}; its sources are {}", known.join(", "))]
    UnknownSource {
        /// The workflow.
        workflow: WorkflowId,
        /// The source asked for.
        source_name: String,
        /// Those that exist.
        known: Vec<String>,
    },
    /// The jobs could not be started; none was.
    #[error("workflow {workflow} was not started for {}: {reason}", sources.join(", "))]
    NotStarted {
        /// The workflow.
        workflow: WorkflowId,
        /// Its sources.
        sources: Vec<String>,
        /// Why.
        reason: String,
    },
}

impl JobOrchestrator {
    /// An orchestrator of jobs that `runner` runs.
    pub fn new(
        committer: Arc<Committer>,
        runner: Arc<dyn JobRunner>,
        listener: Arc<dyn GenerationListener>,
        clock: Clock,
    ) -> Self {
        Self {
            committer,
            runner,
            listener,
            clock,
            commanding: Mutex::new(()),
            news: Mutex::default(),
        }
    }

    /// Starts `workflow` for `sources`, or for all of its sources when none are named: a new generation for each,
    /// all under one job number, which is returned. Waits for the commands before it and for the runner's queue, so
    /// it is not to be called on a thread that answers others.
    pub fn start(
        &self,
        workflow: &WorkflowId,
        sources: &[String],
        params: &JsonText,
    ) -> Result<(JobNumber, Stamp), JobError> {
        let jobs: Vec<JobId> = self.resolve(workflow, sources)?;
        let _commanding = self.command();
        self.runner
            .check(&jobs, params)
            .map_err(|reason| JobError::NotStarted {
                workflow: workflow.clone(),
                sources: jobs.iter().map(|id| id.source.clone()).collect(),
                reason,
            })?;
        let number = JobNumber::random();
        // What the old generation left stops counting before the first result of the new one can come.
        for id in &jobs {
            self.listener.generation_started(id, number);
        }
        let started = self.clock.now();
        let stamp = self.committer.commit(|state| {
            let mut transaction = Transaction::new();
            for id in &jobs {
                for layer in layers_fed_by(state, id) {
                    transaction.clear_frames(layer.id);
                    transaction.upsert(layer_state(state, layer, LayerPhase::Waiting));
                }
                let job = Job {
                    id: id.clone(),
                    number,
                    params: params.clone(),
                    state: JobState::Pending,
                    started,
                };
                transaction.upsert(Object::Job(job));
            }
            transaction
        });
        for id in jobs {
            self.runner.start(JobStart {
                id,
                number,
                params: params.clone(),
            });
        }
        Ok((number, stamp))
    }

    /// Stops `workflow` for `sources`, or for all of them. Stopping what does not run changes nothing. Waits as
    /// [`JobOrchestrator::start`] does.
    pub fn stop(&self, workflow: &WorkflowId, sources: &[String]) -> Result<Stamp, JobError> {
        let jobs = self.resolve(workflow, sources)?;
        let _commanding = self.command();
        let mut ending = BTreeMap::new();
        let stamp = self.committer.commit(|state| {
            let mut transaction = Transaction::new();
            let running = jobs.iter().filter_map(|id| state.job(id));
            for job in running.filter(|job| job.state.is_active()) {
                ending.insert(job.id.clone(), job.number);
                transaction.upsert(Object::Job(Job {
                    state: JobState::Stopped,
                    ..job.clone()
                }));
            }
            stop_layers(state, &mut transaction, &ending);
            transaction
        });
        // After the commit: the runner may be waiting to commit a report, and would never take the command.
        for (id, number) in ending {
            self.listener.generation_ended(&id, number);
            self.runner.stop(&id, number);
        }
        Ok(stamp)
    }

    fn command(&self) -> MutexGuard<'_, ()> {
        // A command that panicked left at worst a job that a later start replaces.
        self.commanding
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over what was observed; reports of older generations are ignored.
    pub fn handle_reports(&self, reports: Vec<JobReport>) {
        let state = self.committer.read();
        let is_news = |report: &JobReport| {
            state.job(&report.id).is_some_and(|job| {
                job.number == report.number && job.state.is_active() && job.state != report.state
            })
        };
        // Most reports say what is known: those cost no commit.
        if !reports.iter().any(is_news) {
            return;
        }
        let now = self.clock.now();
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        self.committer.commit(|state| {
            let mut transaction = Transaction::new();
            for report in reports {
                if let Some(job) = state.job(&report.id)
                    && job.number == report.number
                    && job.state.is_active()
                {
                    let title = title_of(state, &report.id);
                    let change = (&job.state, &report.state);
                    if let Some((severity, text)) = news.on_change(&job.id, &title, change, now) {
                        transaction.notify(severity, text);
                    }
                    transaction.upsert(Object::Job(Job {
                        state: report.state,
                        ..job.clone()
                    }));
                }
            }
            transaction
        });
    }

    fn resolve(&self, id: &WorkflowId, sources: &[String]) -> Result<Vec<JobId>, JobError> {
        let state = self.committer.read();
        let workflow = state
            .workflow(id)
            .ok_or_else(|| JobError::UnknownWorkflow(id.clone()))?;
        let known: Vec<String> = workflow
            .sources
            .iter()
            .map(|source| source.name.clone())
            .collect();
        if let Some(unknown) = sources.iter().find(|source| !known.contains(source)) {
            return Err(JobError::UnknownSource {
                workflow: id.clone(),
                source_name: unknown.clone(),
                known,
            });
        }
        // Naming a source twice means it once.
        let chosen: BTreeSet<String> = if sources.is_empty() {
            known.into_iter().collect()
        } else {
            sources.iter().cloned().collect()
        };
        Ok(chosen
            .into_iter()
            .map(|source| JobId {
                workflow: id.clone(),
                source,
            })
            .collect())
    }
}

/// What people call a job: its workflow and, where there are several, its source.
fn title_of(state: &SharedState, id: &JobId) -> String {
    let Some(workflow) = state.workflow(&id.workflow) else {
        return id.source.clone();
    };
    match workflow.source_title(&id.source) {
        Some(source) if workflow.sources.len() > 1 => format!("{}, {source}", workflow.title),
        _ => workflow.title.clone(),
    }
}

fn feeding_jobs(layer: &Layer) -> impl Iterator<Item = JobId> {
    layer.config.sources.values().flat_map(|source| {
        source.sources.iter().map(|name| JobId {
            workflow: source.workflow.clone(),
            source: name.clone(),
        })
    })
}

fn layers_fed_by<'a>(state: &'a SharedState, id: &'a JobId) -> impl Iterator<Item = &'a Layer> {
    state
        .layers()
        .filter(move |layer| feeding_jobs(layer).any(|job| job == *id))
}

fn layer_state(state: &SharedState, layer: &Layer, phase: LayerPhase) -> Object {
    let known = state.layer_state(layer.id);
    Object::LayerState(LayerState {
        id: layer.id,
        phase,
        interval_ns: known.and_then(|known| known.interval_ns),
    })
}

/// Marks the layers as stopped that no running job feeds any more; their last frames stay.
fn stop_layers(
    state: &SharedState,
    transaction: &mut Transaction,
    ending: &BTreeMap<JobId, JobNumber>,
) {
    let runs = |id: &JobId| {
        !ending.contains_key(id) && state.job(id).is_some_and(|job| job.state.is_active())
    };
    for layer in state.layers() {
        let feeding: Vec<JobId> = feeding_jobs(layer).collect();
        if feeding.iter().any(|id| ending.contains_key(id)) && !feeding.iter().any(runs) {
            transaction.upsert(layer_state(state, layer, LayerPhase::Stopped));
        }
    }
}

/// True when jobs have fed the layer and none does now: what it shows cannot change.
pub(crate) fn is_stopped(state: &SharedState, layer: &Layer) -> bool {
    let mut feeding = feeding_jobs(layer)
        .filter_map(|id| state.job(&id))
        .peekable();
    feeding.peek().is_some() && feeding.all(|job| !job.state.is_active())
}

#[cfg(test)]
mod tests;
