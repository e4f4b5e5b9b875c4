//! The composition root: which parts there are and who knows whom.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use shared::id::WorkflowId;
use shared::notification::Severity;
use shared::object::Object;
use shared::sync::state::{Limits, SharedState, Transaction};
use shared::topology::JsonText;
use shared::version::Epoch;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::ingest::{self, IntakeLimits, Receiver, RunningSource, Sender, StreamTable};
use crate::instrument::Instrument;
use crate::jobs::JobOrchestrator;
use crate::plot::{
    FrameClock, PlotDataService, PlotOrchestrator, PlottingController, Templates, TickRate,
};
use crate::reduce::{self, Engine, EngineConfig, EngineHandle};
use crate::results::{Budget, DataService};
use crate::runner::{EngineRunner, Publisher};
use crate::session::SessionRegistry;
use crate::state::Committer;
use crate::store::{Store, StoreError};
use crate::telemetry::{Telemetry, Watch};

/// Everything that handlers need, wired.
#[derive(Debug)]
pub struct DashboardServices {
    /// The instrument served.
    pub instrument: Arc<Instrument>,
    /// The server's clock.
    pub clock: Clock,
    /// The shared state.
    pub committer: Arc<Committer>,
    /// Who looks at what.
    pub sessions: Arc<SessionRegistry>,
    /// Results and their histories.
    pub data: Arc<DataService>,
    /// Jobs.
    pub jobs: Arc<JobOrchestrator>,
    /// From results to pictures.
    pub plotting: Arc<PlottingController>,
    /// When pictures are computed.
    pub frame_clock: Arc<FrameClock>,
    /// What is arranged.
    pub topology: Arc<PlotOrchestrator>,
    /// What can be added to that.
    pub templates: Arc<Templates>,
    /// What survives a restart.
    pub store: Arc<Store>,
    /// Counters.
    pub telemetry: Telemetry,
    /// The instrument's streams, with their counters.
    pub streams: Arc<StreamTable>,
    /// True once the server is stopping.
    pub shutdown: watch::Sender<bool>,
    /// When the server started.
    pub started: Instant,
    watch: Mutex<Watch>,
    engine: EngineHandle,
    intake: Sender,
    limits: IntakeLimits,
}

/// What the services can be told.
#[derive(Clone, Copy, Debug)]
pub struct ServicesConfig {
    /// Bytes of messages that may wait for reduction.
    pub queue_bytes: usize,
    /// Bytes of result histories.
    pub results: Budget,
    /// Ticks per second of a grid at most.
    pub tick_rate: TickRate,
    /// How jobs publish, and what messages are held to.
    pub engine: EngineConfig,
}

impl Default for ServicesConfig {
    fn default() -> Self {
        Self {
            queue_bytes: 256 << 20,
            results: Budget::default(),
            tick_rate: TickRate::default(),
            engine: EngineConfig::default(),
        }
    }
}

/// The services cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The system gives no threads.
    #[error("cannot start the threads of the server: {0}")]
    Threads(#[from] std::io::Error),
    /// What is kept cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DashboardServices {
    /// Wires the services of `instrument`, with what `store` keeps arranged and the jobs that start with the server
    /// started. No source is attached yet: [`DashboardServices::attach`].
    ///
    /// # Errors
    /// When the system gives no threads, or what is kept cannot be used.
    pub fn new(
        instrument: Instrument,
        config: ServicesConfig,
        store: Store,
        clock: Clock,
    ) -> Result<Arc<Self>, StartError> {
        let instrument = Arc::new(instrument);
        let streams = Arc::new(StreamTable::new(&instrument));
        let committer = Arc::new(committer(&clock));
        let data = Arc::new(DataService::new(config.results));
        let sessions = Arc::new(SessionRegistry::default());
        let (plotting, frame_clock) = plotting(&committer, &data, &sessions, config.tick_rate);
        let (intake, receiver): (Sender, Receiver) = ingest::channel(config.queue_bytes);

        let publisher = Publisher::new(
            Arc::clone(&data),
            Arc::clone(&plotting),
            Arc::clone(&frame_clock),
        );
        let engine = Engine::spawn(
            Arc::clone(&instrument),
            Arc::clone(&streams),
            receiver,
            publisher.clone(),
            config.engine,
        )?;
        let runner = Arc::new(EngineRunner::new(engine.clone()));
        let jobs = Arc::new(JobOrchestrator::new(
            Arc::clone(&committer),
            runner.clone(),
            Arc::clone(&plotting) as _,
            clock.clone(),
        ));
        publisher.report_to(&jobs);
        let store = Arc::new(store);
        let templates = Templates::new(&instrument, &committer, &store, &clock);
        let topology = PlotOrchestrator::new(
            Arc::clone(&committer),
            Arc::clone(&store),
            Arc::clone(&frame_clock),
            runner,
            clock.clone(),
        );
        frame_clock.spawn()?;

        let services = Arc::new(Self {
            instrument,
            clock,
            committer,
            sessions,
            data,
            jobs,
            plotting,
            frame_clock,
            topology: Arc::new(topology),
            templates: Arc::new(templates),
            store,
            telemetry: Telemetry::default(),
            streams,
            shutdown: watch::Sender::new(false),
            started: Instant::now(),
            watch: Mutex::default(),
            engine,
            intake,
            limits: IntakeLimits::of(config.engine.wire),
        });
        services.arrange().inspect_err(|_| services.stop())?;
        Ok(services)
    }

    /// Declares the workflows, arranges what is kept and starts what starts by itself.
    fn arrange(&self) -> Result<(), StoreError> {
        let workflows = reduce::declarations(&self.instrument);
        self.committer.commit(|_| {
            let mut transaction = Transaction::new();
            for workflow in workflows {
                transaction.upsert(Object::Workflow(workflow));
            }
            transaction
        });
        self.topology.restore(&self.instrument)?;
        if let Some(trouble) = self.store.trouble() {
            // Pages that were open over the restart would else only see that their grids have changed.
            self.committer.commit(|_| {
                let mut transaction = Transaction::new();
                transaction.notify(Severity::Error, trouble);
                transaction
            });
        }
        for workflow in self
            .instrument
            .workflows
            .iter()
            .filter(|workflow| workflow.autostart)
        {
            let id = WorkflowId {
                instrument: self.instrument.name.clone(),
                name: workflow.name.clone(),
                version: workflow.version,
            };
            if let Err(error) = self.jobs.start(&id, &[], &JsonText::empty()) {
                tracing::error!(workflow = %id, "not started: {error}");
            }
        }
        Ok(())
    }

    /// Lets `source` feed the jobs, on a thread of its own.
    pub fn attach(
        &self,
        source: Box<dyn ingest::Source>,
    ) -> Result<RunningSource, ingest::SourceError> {
        let running = ingest::spawn(
            source,
            Arc::clone(&self.streams),
            self.intake.clone(),
            self.limits,
        )?;
        self.telemetry.add_source(Arc::clone(running.status()));
        Ok(running)
    }

    /// Tells everybody of troubles of sources and streams that began or are over. To be called about once a second.
    pub fn tell_news(&self) {
        let sources = self.telemetry.sources();
        let streams = self.streams.streams().iter();
        let dropped = streams.map(|entry| {
            let report = entry.stats.report();
            (entry.stream.title.as_str(), report.dropped_messages)
        });
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        let news = watch.observe(&sources, dropped, self.clock.now());
        if news.is_empty() {
            return;
        }
        self.committer.commit(|_| {
            let mut transaction = Transaction::new();
            for (severity, text) in news {
                transaction.notify(severity, text);
            }
            transaction
        });
    }

    /// Bytes of messages that wait for reduction.
    pub fn queued_bytes(&self) -> usize {
        self.intake.level().bytes
    }

    /// Bytes that the tables of all jobs take.
    pub fn job_bytes(&self) -> usize {
        self.engine.job_bytes()
    }

    /// Bytes of messages that wait for others of their pulses.
    pub fn held_bytes(&self) -> usize {
        self.engine.held_bytes()
    }

    /// What has ended although it should run for as long as the server; none while all is well.
    pub fn failed_part(&self) -> Option<&'static str> {
        if *self.shutdown.borrow() {
            return None;
        }
        let parts = [
            (
                "the engine, which reduces the data",
                self.engine.is_running(),
            ),
            (
                "the frame clock, which computes the layers",
                self.frame_clock.is_running(),
            ),
        ];
        parts
            .into_iter()
            .find(|(_, runs)| !runs)
            .map(|(part, _)| part)
    }

    /// Ends the wakes, so that connections can close, and the threads; what is kept is in one file then.
    pub fn stop(&self) {
        self.shutdown.send_replace(true);
        self.frame_clock.stop();
        self.engine.shutdown();
        self.store.checkpoint(Duration::ZERO);
    }
}

/// The state that everybody shares, empty at first.
fn committer(clock: &Clock) -> Committer {
    // Milliseconds since 1970 ascend over restarts, and faster than notifications are made.
    let notice_head = (clock.now().0 / 1_000_000).max(0) as u64;
    let state = SharedState::new(Epoch::random(), notice_head);
    Committer::new(state, Limits::default(), clock.clone())
}

/// What turns results into pictures, and when.
fn plotting(
    committer: &Arc<Committer>,
    data: &Arc<DataService>,
    sessions: &Arc<SessionRegistry>,
    rate: TickRate,
) -> (Arc<PlottingController>, Arc<FrameClock>) {
    let plotting = PlottingController::new(Arc::clone(committer), Arc::clone(data));
    let plotting = Arc::new(plotting);
    let frames = PlotDataService::new(Arc::clone(committer));
    let clock = FrameClock::new(Arc::clone(&plotting), frames, Arc::clone(sessions), rate);
    (plotting, Arc::new(clock))
}
