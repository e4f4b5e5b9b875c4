//! What a source of messages is, and the thread it runs on.

use std::error::Error;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use serde::Serialize;

use super::{Intake, IntakeLimits, Sender, StopToken, StreamTable};

/// Something that brings messages: a broker, the simulator, a recording.
pub trait Source: Send {
    /// Short name for the status page and the logs.
    fn name(&self) -> &str;

    /// Hands every message to `intake` until `stop`, or until there are no more.
    ///
    /// Troubles that may pass (a lost broker) are the source's to survive, told through
    /// [`Intake::status`].
    ///
    /// # Errors
    /// It cannot go on, whatever happens.
    fn run(self: Box<Self>, intake: Intake, stop: StopToken) -> Result<(), SourceError>;
}

/// Why a source cannot go on; its text says what to do.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct SourceError(Box<dyn Error + Send + Sync>);

impl SourceError {
    /// Wraps the source's own error or message.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(error.into())
    }
}

/// How a source is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceState {
    /// Not there yet: connecting, reading.
    Starting,
    /// Bringing messages, or ready to.
    Running,
    /// Something is missing (a topic, the broker); it goes on trying.
    Degraded,
    /// Came to its end or was stopped.
    Stopped,
    /// Gave up.
    Failed,
}

/// What a source says about itself and how much it brought; shared with the status page.
#[derive(Debug)]
pub struct SourceStatus {
    name: String,
    state: Mutex<(SourceState, String)>,
    messages: AtomicU64,
    bytes: AtomicU64,
}

impl SourceStatus {
    /// A source that has not begun.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            state: Mutex::new((SourceState::Starting, String::new())),
            messages: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    /// Sets state and message for people.
    pub fn set(&self, state: SourceState, message: impl Into<String>) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = (state, message.into());
    }

    pub(super) fn count(&self, bytes: usize) {
        self.messages.fetch_add(1, Relaxed);
        self.bytes.fetch_add(bytes as u64, Relaxed);
    }

    /// State and counts now.
    pub fn report(&self) -> SourceReport {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        SourceReport {
            name: self.name.clone(),
            state: state.0,
            message: state.1.clone(),
            messages: self.messages.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
        }
    }
}

/// One source on the status page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceReport {
    /// Its name.
    pub name: String,
    /// How it is doing.
    pub state: SourceState,
    /// What it says about that, for people; may be empty.
    pub message: String,
    /// Messages it brought, good and bad.
    pub messages: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// A source on its thread. Dropping it leaves the source running.
pub struct RunningSource {
    status: Arc<SourceStatus>,
    stop: StopToken,
    thread: JoinHandle<()>,
}

impl fmt::Debug for RunningSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RunningSource").field(&self.status).finish()
    }
}

impl RunningSource {
    /// How it is doing.
    pub fn status(&self) -> &Arc<SourceStatus> {
        &self.status
    }

    /// What asks it to end.
    pub fn stop_token(&self) -> StopToken {
        self.stop.clone()
    }

    /// Asks it to end and waits until it has.
    pub fn stop(self) {
        self.stop.stop();
        self.join();
    }

    /// Waits until it ends by itself.
    pub fn join(self) {
        self.thread
            .join()
            .expect("a source's thread catches its panics");
    }
}

/// Runs `source` on a thread of its own, its messages held to `limits`. However it ends, its status says so.
///
/// # Errors
/// The system has no thread to give.
pub fn spawn(
    source: Box<dyn Source>,
    table: Arc<StreamTable>,
    sender: Sender,
    limits: IntakeLimits,
) -> Result<RunningSource, SourceError> {
    let status = Arc::new(SourceStatus::new(source.name()));
    let stop = StopToken::default();
    let intake = Intake::new(table, sender, Arc::clone(&status)).with_limits(limits);
    let thread_name = format!("source-{}", source.name());
    let run = {
        let (status, stop) = (Arc::clone(&status), stop.clone());
        move || {
            let result = catch_unwind(AssertUnwindSafe(|| source.run(intake, stop)));
            let failure = match result {
                Ok(Ok(())) => return status.set(SourceState::Stopped, ""),
                Ok(Err(error)) => error.to_string(),
                Err(_) => "the source panicked; see the log, and please report it".to_owned(),
            };
            tracing::error!(source = status.name, "source failed: {failure}");
            status.set(SourceState::Failed, failure);
        }
    };
    let thread = thread::Builder::new().name(thread_name).spawn(run);
    let thread = thread.map_err(SourceError::new)?;
    Ok(RunningSource {
        status,
        stop,
        thread,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::channel;
    use super::*;
    use crate::instrument;

    enum Fate {
        WaitForStop,
        Fail,
        Panic,
    }

    impl Source for Fate {
        fn name(&self) -> &'static str {
            "fate"
        }

        fn run(self: Box<Self>, _: Intake, stop: StopToken) -> Result<(), SourceError> {
            match *self {
                Self::WaitForStop => {
                    stop.wait(Duration::from_mins(1));
                    Ok(())
                }
                Self::Fail => Err(SourceError::new("no broker; start one")),
                Self::Panic => panic!("on purpose"),
            }
        }
    }

    fn start(fate: Fate) -> RunningSource {
        let instrument = instrument::load("dummy", None).expect("shipped");
        let (sender, _receiver) = channel(1024);
        let table = Arc::new(StreamTable::new(&instrument));
        spawn(Box::new(fate), table, sender, IntakeLimits::default()).expect("a thread")
    }

    fn end(fate: Fate, stop: bool) -> (SourceState, String) {
        let running = start(fate);
        let status = Arc::clone(running.status());
        if stop {
            running.stop();
        } else {
            running.join();
        }
        let report = status.report();
        (report.state, report.message)
    }

    #[test]
    fn the_status_tells_how_a_source_ended() {
        assert_eq!(end(Fate::WaitForStop, true).0, SourceState::Stopped);
        let failed = (SourceState::Failed, "no broker; start one".to_owned());
        assert_eq!(end(Fate::Fail, false), failed);
        let (state, message) = end(Fate::Panic, false);
        assert_eq!(state, SourceState::Failed);
        assert!(message.contains("panicked"), "{message}");
    }
}
