//! One job: a reducer with its state, and what is known of its health.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use shared::id::{JobId, JobNumber, ResultKey};
use shared::job::{JobState, Temporality};
use shared::time::{TimeInterval, TimeNs};
use shared::topology::JsonText;

use super::decode::for_each_part;
use super::{EngineReport, JobResult};
use crate::ingest::{RawMessage, StreamIndex};
use crate::instrument::Instrument;
use crate::reduce::{CreateError, Reducer, Span, create};

/// A running job. It owns its state; nothing else reads or writes it.
pub(super) struct Job {
    pub(super) id: JobId,
    pub(super) number: JobNumber,
    pub(super) stream: StreamIndex,
    params: JsonText,
    temporalities: Arc<BTreeMap<String, Temporality>>,
    reducer: Box<dyn Reducer>,
    /// Where the first slot with data began.
    started: Option<TimeNs>,
    /// Where the results published last ended.
    published: Option<TimeNs>,
    has_data: bool,
    state: JobState,
    reported: Option<JobState>,
}

impl Job {
    pub(super) fn new(
        instrument: &Instrument,
        (id, number, params): (JobId, JobNumber, JsonText),
        stream: StreamIndex,
        temporalities: Arc<BTreeMap<String, Temporality>>,
    ) -> Result<Self, CreateError> {
        Ok(Self {
            reducer: create(instrument, &id.workflow, &id.source, &params)?,
            id,
            number,
            stream,
            params,
            temporalities,
            started: None,
            published: None,
            has_data: false,
            state: JobState::Pending,
            reported: None,
        })
    }

    /// Reduces the messages of its stream, in order.
    pub(super) fn feed(&mut self, instrument: &Instrument, messages: &[RawMessage]) {
        let stream = self.stream;
        for message in messages.iter().filter(|message| message.stream == stream) {
            self.guarded(instrument, |job| job.accumulate(message));
        }
    }

    fn accumulate(&mut self, message: &RawMessage) {
        let mut failed = None;
        let (reducer, has_data) = (&mut self.reducer, &mut self.has_data);
        let decoded = for_each_part(message, |data| match reducer.accumulate(data) {
            Ok(()) => *has_data = true,
            Err(error) => failed = Some(error.to_string()),
        });
        let failed = failed.or_else(|| Some(decoded.err()?.to_string()));
        self.state = match failed {
            Some(message) => JobState::Error { message },
            None => JobState::Running,
        };
    }

    /// What it made of the slot; nothing when it had no data.
    pub(super) fn publish(
        &mut self,
        instrument: &Instrument,
        slot: TimeInterval,
    ) -> Vec<JobResult> {
        let mut results = Vec::new();
        if std::mem::take(&mut self.has_data) {
            self.guarded(instrument, |job| results = job.take_results(slot));
        }
        results
    }

    fn take_results(&mut self, slot: TimeInterval) -> Vec<JobResult> {
        let started = *self.started.get_or_insert(slot.start);
        let published = self.published.replace(slot.end).unwrap_or(slot.start);
        // After its clock was set back a stream may publish before its own past.
        let since = |start: TimeNs| TimeInterval {
            start: start.min(slot.start),
            end: slot.end,
        };
        let span = Span {
            window: since(published),
            since_start: since(started),
        };
        let outputs = self.reducer.publish(&span);
        if let (Some(message), JobState::Running) = (self.reducer.warning(), &self.state) {
            self.state = JobState::Warning { message };
        }
        outputs
            .into_iter()
            .map(|(output, data)| self.result(output, data))
            .collect()
    }

    fn result(&self, output: &str, data: shared::data::DataArray) -> JobResult {
        JobResult {
            key: ResultKey {
                workflow: self.id.workflow.clone(),
                source: self.id.source.clone(),
                output: output.to_owned(),
            },
            number: self.number,
            temporality: self
                .temporalities
                .get(output)
                .copied()
                .unwrap_or(Temporality::Window),
            data,
        }
    }

    /// A report, when its state changed since the last.
    pub(super) fn report(&mut self) -> Option<EngineReport> {
        if self.reported.as_ref() == Some(&self.state) {
            return None;
        }
        self.reported = Some(self.state.clone());
        Some(EngineReport {
            id: self.id.clone(),
            number: self.number,
            state: self.state.clone(),
        })
    }

    /// Runs a step that may panic. A reducer that panicked may have torn state, so it starts over.
    fn guarded(&mut self, instrument: &Instrument, step: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| step(self))).is_ok() {
            return;
        }
        tracing::error!(workflow = %self.id.workflow, source = self.id.source, "the job panicked");
        self.state = JobState::Error {
            message:
                "the reduction failed unexpectedly and started over; the server's log has the cause"
                    .to_owned(),
        };
        self.has_data = false;
        self.started = None;
        self.published = None;
        if let Ok(fresh) = create(instrument, &self.id.workflow, &self.id.source, &self.params) {
            self.reducer = fresh;
        }
    }
}
