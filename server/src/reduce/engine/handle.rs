//! Starting the engine, and talking to it from other threads.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use shared::id::{JobId, JobNumber};
use shared::region::Region;
use shared::topology::JsonText;

use super::memory::JobMemory;
use super::run::Run;
use super::{EngineConfig, ResultSink};
use crate::ingest::{Receiver, StreamTable};
use crate::instrument::Instrument;
use crate::reduce::raster::RasterConfig;
use crate::reduce::{CreateError, plan};

/// Makes engines.
#[derive(Debug)]
pub struct Engine;

/// What the engine is told.
#[derive(Debug)]
pub(super) enum Command {
    Start(JobId, JobNumber, JsonText),
    Stop(JobId, JobNumber),
    Regions(JobId, Arc<[Region]>),
    Shutdown,
}

/// Talks to a running engine.
#[derive(Clone, Debug)]
pub struct EngineHandle {
    instrument: Arc<Instrument>,
    commands: SyncSender<Command>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
    held_bytes: Arc<AtomicUsize>,
    memory: Arc<JobMemory>,
}

/// Commands that may wait; the engine takes them between batches, so that few ever do.
const MAX_COMMANDS: usize = 1_024;

impl Engine {
    /// Starts the engine of `instrument` on a thread of its own.
    pub fn spawn(
        instrument: Arc<Instrument>,
        streams: Arc<StreamTable>,
        receiver: Receiver,
        sink: impl ResultSink,
        config: EngineConfig,
    ) -> io::Result<EngineHandle> {
        let (commands, inbox) = sync_channel(MAX_COMMANDS);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(config.threads)
            .thread_name(|index| format!("reduce-{index}"))
            .build()
            .map_err(io::Error::other)?;
        let raster = RasterConfig::new(instrument.pulse_rate_hz, config.slot_pulses);
        let run = Run::new(
            Arc::clone(&instrument),
            streams,
            Box::new(sink),
            pool,
            raster,
            config.wire,
        );
        let held_bytes = run.held_bytes();
        let thread = thread::Builder::new()
            .name("engine".to_owned())
            .spawn(move || run.until_shutdown(&receiver, &inbox))?;
        Ok(EngineHandle {
            instrument,
            commands,
            thread: Arc::new(Mutex::new(Some(thread))),
            held_bytes,
            memory: Arc::new(JobMemory::new(config.jobs_bytes)),
        })
    }
}

impl EngineHandle {
    /// Says why one of these jobs could not be started, or all of them together.
    pub fn check(&self, ids: &[JobId], params: &JsonText) -> Result<(), String> {
        let needs = |id: &JobId| Ok((id.clone(), self.bytes_of(id, params)?));
        let needed: Result<BTreeMap<JobId, usize>, CreateError> = ids.iter().map(needs).collect();
        let needed = needed.map_err(|error| error.to_string())?;
        self.memory.check(&needed)
    }

    /// Starts a job, in place of any older generation of it.
    pub fn start(&self, id: JobId, number: JobNumber, params: JsonText) {
        let bytes = self.bytes_of(&id, &params).unwrap_or(0);
        self.memory.take(id.clone(), bytes);
        self.send(Command::Start(id, number, params));
    }

    /// Ends the newest generation of a job, which runs under this number.
    pub fn stop(&self, id: JobId, number: JobNumber) {
        self.memory.give_back(&id);
        self.send(Command::Stop(id, number));
    }

    /// Tells which regions of interest lie on the images of a job, now and in generations to come.
    pub fn set_regions(&self, id: JobId, regions: Arc<[Region]>) {
        self.send(Command::Regions(id, regions));
    }

    /// Bytes that the tables of all jobs take.
    pub fn job_bytes(&self) -> usize {
        self.memory.taken()
    }

    /// Bytes of messages that wait for a later slot of data time; at most 64 MiB and one message.
    pub fn held_bytes(&self) -> usize {
        self.held_bytes.load(Relaxed)
    }

    /// True while the thread is there: messages are reduced.
    pub fn is_running(&self) -> bool {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }

    /// Ends the engine after the batch it is in, and waits for it.
    pub fn shutdown(&self) {
        self.send(Command::Shutdown);
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the engine had panicked");
        }
    }

    fn bytes_of(&self, id: &JobId, params: &JsonText) -> Result<usize, CreateError> {
        plan(&self.instrument, &id.workflow, &id.source, params).map(|plan| plan.bytes())
    }

    fn send(&self, command: Command) {
        if self.commands.send(command).is_err() {
            tracing::warn!("the engine has ended: a command was ignored");
        }
    }
}
