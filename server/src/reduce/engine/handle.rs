//! Starting the engine, and talking to it from other threads.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use shared::id::{JobId, JobNumber};
use shared::topology::JsonText;

use super::run::Run;
use super::{EngineConfig, ResultSink};
use crate::ingest::{Receiver, StreamTable};
use crate::instrument::Instrument;
use crate::reduce::raster::RasterConfig;
use crate::reduce::validate;

/// Makes engines.
#[derive(Debug)]
pub struct Engine;

/// What the engine is told.
#[derive(Debug)]
pub(super) enum Command {
    Start(JobId, JobNumber, JsonText),
    Stop(JobId, JobNumber),
    Shutdown,
}

/// Talks to a running engine.
#[derive(Clone, Debug)]
pub struct EngineHandle {
    instrument: Arc<Instrument>,
    commands: SyncSender<Command>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
    held_bytes: Arc<AtomicUsize>,
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
        })
    }
}

impl EngineHandle {
    /// Says why a job could not be started.
    pub fn check(&self, id: &JobId, params: &JsonText) -> Result<(), String> {
        validate(&self.instrument, &id.workflow, &id.source, params)
            .map_err(|error| error.to_string())
    }

    /// Starts a job, in place of any older generation of it.
    pub fn start(&self, id: JobId, number: JobNumber, params: JsonText) {
        self.send(Command::Start(id, number, params));
    }

    /// Ends a job, if it still runs under this number.
    pub fn stop(&self, id: JobId, number: JobNumber) {
        self.send(Command::Stop(id, number));
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

    fn send(&self, command: Command) {
        if self.commands.send(command).is_err() {
            tracing::warn!("the engine has ended: a command was ignored");
        }
    }
}
