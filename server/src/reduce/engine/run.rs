//! The engine's loop: messages into jobs, slots out of them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::Receiver as Inbox;
use std::time::{Duration, Instant};

use rayon::ThreadPool;
use rayon::prelude::*;
use shared::id::{JobId, JobNumber, WorkflowId};
use shared::job::{JobState, Temporality};
use shared::time::{TimeInterval, TimeNs};
use shared::topology::JsonText;

use super::handle::Command;
use super::job::Job;
use super::{EngineReport, ResultSink, SlotResults};
use crate::ingest::{RawMessage, Received, Receiver, StreamTable};
use crate::instrument::{Instrument, StreamKind};
use crate::reduce::declarations;
use crate::reduce::raster::{Placement, Raster, RasterConfig};

/// How long the loop sleeps without messages; commands wait no longer than this.
const IDLE: Duration = Duration::from_millis(20);
/// Messages taken at once: few enough that a backlog is worked off in steps, each with its commands.
const MAX_BATCH_BYTES: usize = 64 << 20;

pub(super) struct Run {
    instrument: Arc<Instrument>,
    streams: Arc<StreamTable>,
    sink: Box<dyn ResultSink>,
    pool: ThreadPool,
    raster: Raster,
    /// Messages of later slots.
    held: Vec<RawMessage>,
    /// The data time of what was reduced since the last slot was published.
    reduced: Option<TimeInterval>,
    jobs: BTreeMap<JobId, Job>,
    temporalities: BTreeMap<WorkflowId, Arc<BTreeMap<String, Temporality>>>,
    /// Jobs that could not be made although their parameters had been checked.
    failed: Vec<EngineReport>,
    /// The zero of the raster's clock.
    started: Instant,
}

impl Run {
    pub(super) fn new(
        instrument: Arc<Instrument>,
        streams: Arc<StreamTable>,
        sink: Box<dyn ResultSink>,
        pool: ThreadPool,
        raster: RasterConfig,
    ) -> Self {
        let temporalities = declarations(&instrument).into_iter().map(|workflow| {
            let outputs = workflow.views.into_iter().flat_map(|view| view.outputs);
            let by_name = outputs
                .map(|output| (output.name, output.temporality))
                .collect();
            (workflow.id, Arc::new(by_name))
        });
        Self {
            temporalities: temporalities.collect(),
            raster: Raster::new(raster),
            held: Vec::new(),
            reduced: None,
            instrument,
            streams,
            sink,
            pool,
            jobs: BTreeMap::new(),
            failed: Vec::new(),
            started: Instant::now(),
        }
    }

    pub(super) fn until_shutdown(mut self, receiver: &Receiver, inbox: &Inbox<Command>) {
        let mut batch = Vec::new();
        loop {
            let received = receiver.recv_many(&mut batch, MAX_BATCH_BYTES, IDLE);
            for command in inbox.try_iter() {
                if self.handle_command(command).is_break() {
                    return;
                }
            }
            self.handle_messages(&mut batch);
            self.handle_overdue();
            self.publish(None);
            if received == Received::Closed {
                // All sources are gone for good; commands may still come.
                std::thread::park_timeout(IDLE);
            }
        }
    }

    /// Reduces messages in order. Those of later slots wait until the open one is published.
    fn handle_messages(&mut self, batch: &mut Vec<RawMessage>) {
        let mut queue: VecDeque<RawMessage> = batch.drain(..).collect();
        let mut open = Vec::new();
        while let Some(message) = queue.pop_front() {
            match self.place(&message) {
                Placement::Now => open.push(message),
                Placement::Hold => self.held.push(message),
            }
            if self.raster.is_complete() {
                self.feed(&open);
                open.clear();
                self.close_slot();
                for held in self.held.drain(..).rev() {
                    queue.push_front(held);
                }
            }
        }
        self.feed(&open);
    }

    fn place(&mut self, message: &RawMessage) -> Placement {
        let now = self.started.elapsed();
        if self.streams.stream(message.stream).stream.kind == StreamKind::Log {
            self.raster.ride_along(now);
            return Placement::Now;
        }
        let time = TimeNs(message.data_ns);
        self.raster.place(message.stream.as_usize(), time, now)
    }

    /// What waited for too long is shown, although nothing says that its slot is over.
    fn handle_overdue(&mut self) {
        if self.raster.is_overdue(self.started.elapsed()) {
            self.close_slot();
            let mut held = std::mem::take(&mut self.held);
            self.handle_messages(&mut held);
        }
    }

    fn close_slot(&mut self) {
        // Without a slot only logs can have come, which carry their own times.
        let slot = self.raster.close().or(self.reduced);
        self.reduced = None;
        self.publish(slot);
    }

    fn feed(&mut self, messages: &[RawMessage]) {
        if messages.is_empty() {
            return;
        }
        let times = messages.iter().map(|message| TimeNs(message.data_ns));
        for start in times {
            let at = TimeInterval {
                start,
                end: start.plus(1),
            };
            self.reduced = Some(self.reduced.map_or(at, |covered| covered.union(at)));
        }
        let (jobs, instrument) = (&mut self.jobs, &*self.instrument);
        self.pool.install(|| {
            jobs.par_iter_mut()
                .for_each(|(_, job)| job.feed(instrument, messages));
        });
    }

    /// Publishes a slot, and in any case what changed about the jobs.
    fn publish(&mut self, interval: Option<TimeInterval>) {
        let mut results = Vec::new();
        if let Some(slot) = interval {
            let (jobs, instrument) = (&mut self.jobs, &*self.instrument);
            let made: Vec<_> = self.pool.install(|| {
                jobs.par_iter_mut()
                    .map(|(_, job)| job.publish(instrument, slot))
                    .collect()
            });
            results = made.into_iter().flatten().collect();
        }
        let mut reports = std::mem::take(&mut self.failed);
        reports.extend(self.jobs.values_mut().filter_map(Job::report));
        if !results.is_empty() || !reports.is_empty() {
            self.sink.publish(SlotResults {
                interval,
                results,
                reports,
            });
        }
    }

    fn handle_command(&mut self, command: Command) -> std::ops::ControlFlow<()> {
        match command {
            Command::Start(id, number, params) => self.start(id, number, params),
            Command::Stop(id, number) => {
                if self.jobs.get(&id).is_some_and(|job| job.number == number) {
                    self.jobs.remove(&id);
                }
            }
            Command::Shutdown => return std::ops::ControlFlow::Break(()),
        }
        std::ops::ControlFlow::Continue(())
    }

    fn start(&mut self, id: JobId, number: JobNumber, params: JsonText) {
        let Some(stream) = self.streams.index_of(&id.source) else {
            return self.fail(id, number, "the instrument has no such stream".to_owned());
        };
        let temporalities = self
            .temporalities
            .get(&id.workflow)
            .cloned()
            .unwrap_or_default();
        let start = (id.clone(), number, params);
        match Job::new(&self.instrument, start, stream, temporalities) {
            Ok(job) => drop(self.jobs.insert(id, job)),
            Err(error) => self.fail(id, number, error.to_string()),
        }
    }

    fn fail(&mut self, id: JobId, number: JobNumber, message: String) {
        self.failed.push(EngineReport {
            id,
            number,
            state: JobState::Error { message },
        });
    }
}
