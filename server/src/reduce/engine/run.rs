//! The engine's loop: messages into jobs, slots out of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::Receiver as Inbox;
use std::time::{Duration, Instant};

use rayon::ThreadPool;
use rayon::prelude::*;
use shared::id::{JobId, JobNumber, WorkflowId};
use shared::job::{JobState, Temporality};
use shared::region::Region;
use shared::time::TimeInterval;
use shared::topology::JsonText;

use super::handle::Command;
use super::held::HeldPieces;
use super::intake::{Piece, split};
use super::job::{Incoming, Job};
use super::log_memory::{Kept, LogMemory};
use super::{EngineReport, JobResult, ResultSink, SlotResults};
use crate::ingest::{RawMessage, Received, Receiver, StreamIndex, StreamTable};
use crate::instrument::Instrument;
use crate::reduce::raster::{Action, Arrival, Fit, Raster, RasterConfig};
use crate::reduce::{Data, LeftOut, declarations};
use crate::wire::Limits;

/// How long the loop sleeps without messages; commands wait no longer than this.
const IDLE: Duration = Duration::from_millis(20);
/// Messages taken at once: few enough that a backlog is worked off in steps, each with its commands.
const MAX_BATCH_BYTES: usize = 64 << 20;
/// Messages that may wait for later slots; beyond that slots close early.
const MAX_HELD_BYTES: usize = 64 << 20;
/// Pieces of the open slot that are collected before jobs get them: a message may have millions of pulses.
const MAX_OPEN: usize = 4096;

pub(super) struct Run {
    instrument: Arc<Instrument>,
    streams: Arc<StreamTable>,
    sink: Box<dyn ResultSink>,
    pool: ThreadPool,
    raster: Raster,
    limits: Limits,
    /// What the raster wants done; empty between calls.
    actions: Vec<Action>,
    /// Pieces of the open slot that are not reduced yet.
    open: Vec<Piece>,
    /// Pieces of later slots.
    held: HeldPieces,
    /// Bytes of these, for the status page.
    held_bytes: Arc<AtomicUsize>,
    /// Since when something has waited for a slot to close.
    waiting_since: Option<Instant>,
    /// The recent past of the logs, for jobs that start later.
    logs: LogMemory,
    /// What jobs that just started made of the past of their logs.
    recalled: Vec<JobResult>,
    jobs: BTreeMap<JobId, Job>,
    /// Regions on the images of jobs, running or not.
    regions: BTreeMap<JobId, Arc<[Region]>>,
    temporalities: BTreeMap<WorkflowId, Arc<BTreeMap<String, Temporality>>>,
    /// Jobs that could not be made although their parameters had been checked.
    failed: Vec<EngineReport>,
}

impl Run {
    pub(super) fn new(
        instrument: Arc<Instrument>,
        streams: Arc<StreamTable>,
        sink: Box<dyn ResultSink>,
        pool: ThreadPool,
        raster: RasterConfig,
        limits: Limits,
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
            limits,
            actions: Vec::new(),
            open: Vec::new(),
            held: HeldPieces::default(),
            held_bytes: Arc::default(),
            waiting_since: None,
            logs: LogMemory::default(),
            recalled: Vec::new(),
            instrument,
            streams,
            sink,
            pool,
            jobs: BTreeMap::new(),
            regions: BTreeMap::new(),
            failed: Vec::new(),
        }
    }

    /// Where it is told how many bytes wait for a later slot.
    pub(super) fn held_bytes(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.held_bytes)
    }

    pub(super) fn until_shutdown(mut self, receiver: &Receiver, inbox: &Inbox<Command>) {
        let mut batch = Vec::new();
        loop {
            let received = receiver.recv_many(&mut batch, MAX_BATCH_BYTES, IDLE);
            for command in inbox.try_iter() {
                if self.handle_command(command).is_break() {
                    return self.finish(&mut batch);
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

    /// Sorts messages into slots, in order, and publishes those that are over.
    pub(super) fn handle_messages(&mut self, batch: &mut Vec<RawMessage>) {
        let limits = self.limits;
        for message in batch.drain(..) {
            if let Err(error) = split(&message, &limits, |piece| self.place(piece)) {
                let stats = &self.streams.stream(message.stream).stats;
                stats.errors.add(error.kind());
            }
        }
        self.feed();
    }

    fn place(&mut self, piece: Piece) {
        let arrival = Arrival {
            stream: piece.message.stream.as_usize(),
            gates: piece.gates,
            time: piece.time,
        };
        self.raster.handle(arrival, &mut self.actions);
        self.obey(Some(piece));
        while self.held.bytes() > MAX_HELD_BYTES {
            self.raster.relieve(&mut self.actions);
            self.obey(None);
        }
        if self.open.len() >= MAX_OPEN {
            self.feed();
        }
    }

    /// Does what the raster wants, in order, with the piece that arrived and those that are held.
    fn obey(&mut self, mut arrived: Option<Piece>) {
        let mut actions = std::mem::take(&mut self.actions);
        for action in actions.drain(..) {
            match action {
                Action::Reduce(fit) => self.take_in(arrived.take(), fit),
                Action::Hold(ticket) => {
                    if let Some(piece) = arrived.take() {
                        self.held.insert(ticket, piece);
                    }
                }
                Action::Release(ticket, fit) => {
                    let piece = self.held.take(ticket);
                    self.take_in(piece, fit);
                }
                Action::Close(slot) => {
                    self.feed();
                    self.publish(Some(slot));
                    self.waiting_since = None;
                }
                Action::Rewind => self.jobs.values_mut().for_each(Job::rewind),
            }
        }
        self.actions = actions;
        self.held_bytes.store(self.held.bytes(), Relaxed);
    }

    fn take_in(&mut self, piece: Option<Piece>, fit: Fit) {
        let Some(piece) = piece else { return };
        if fit == Fit::Misplaced {
            self.streams.stream(piece.message.stream).stats.misplaced();
        }
        self.open.push(piece);
    }

    /// What waited for too long is shown, although nothing says that its slot is over.
    fn handle_overdue(&mut self) {
        if self.raster.is_buffering() {
            let idle = self
                .waiting_since
                .get_or_insert_with(Instant::now)
                .elapsed();
            let idle_ns = u64::try_from(idle.as_nanos()).unwrap_or(u64::MAX);
            self.raster.poll(idle_ns, &mut self.actions);
            self.obey(None);
        }
    }

    /// Publishes all there is, each message in its slot.
    pub(super) fn finish(&mut self, batch: &mut Vec<RawMessage>) {
        self.handle_messages(batch);
        self.raster.flush(&mut self.actions);
        self.obey(None);
        self.publish(None);
    }

    /// Hands what the open slot has got to the jobs; returns when all are done.
    fn feed(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let open = std::mem::take(&mut self.open);
        let mut batch: Vec<Incoming<'_>> = Vec::with_capacity(open.len());
        for piece in &open {
            let stream = piece.message.stream;
            self.streams.stream(stream).stats.reduced(piece.time.0);
            match piece.data(&self.limits) {
                Ok(Data::Log(sample)) => match self.logs.keep(stream.as_usize(), sample) {
                    Kept::New => batch.push((stream, Data::Log(sample))),
                    Kept::Repeated => {}
                    Kept::Older => self.leave_out(stream, "older_value"),
                    Kept::Contradicting => self.leave_out(stream, "contradicting_value"),
                    Kept::SetBack => {
                        self.reduce(&batch);
                        batch.clear();
                        self.set_back(stream);
                    }
                },
                Ok(data) => batch.push((stream, data)),
                Err(error) => self.streams.stream(stream).stats.errors.add(error.kind()),
            }
        }
        self.reduce(&batch);
        drop(batch);
        self.open = open;
        self.open.clear();
    }

    /// Lets the jobs reduce, in parallel.
    fn reduce(&mut self, batch: &[Incoming<'_>]) {
        let jobs = &mut self.jobs;
        self.pool.install(|| {
            jobs.par_iter_mut().for_each(|(_, job)| job.feed(batch));
        });
        // A message counts once, however many jobs refuse it.
        let refused = self
            .jobs
            .values()
            .flat_map(|job| job.refused.iter().copied());
        for position in refused.collect::<BTreeSet<_>>() {
            let stats = &self.streams.stream(batch[position].0).stats;
            stats.errors.add("not_reducible");
        }
    }

    /// A value of a log is not newer than those before it.
    fn leave_out(&mut self, stream: StreamIndex, kind: &'static str) {
        self.streams.stream(stream).stats.errors.add(kind);
        let jobs = self.jobs.values_mut();
        jobs.filter(|job| job.stream == stream)
            .for_each(Job::note_gap);
    }

    /// The values of a log go on from an older time. Its jobs show its past anew, without what was newer.
    fn set_back(&mut self, stream: StreamIndex) {
        let entry = self.streams.stream(stream);
        entry.stats.errors.add("older_value");
        tracing::warn!(
            stream = entry.stream.name,
            "values go on from an older time: those that were newer are forgotten; check the device's clock"
        );
        for job in self.jobs.values_mut().filter(|job| job.stream == stream) {
            job.note_gap();
            job.set_back();
            self.recalled.extend(recall(&self.logs, job));
        }
    }

    /// Publishes a slot, and in any case what changed about the jobs and what new ones recalled.
    fn publish(&mut self, interval: Option<TimeInterval>) {
        let mut results = std::mem::take(&mut self.recalled);
        if let Some(slot) = interval {
            let jobs = &mut self.jobs;
            let made: Vec<_> = self.pool.install(|| {
                let published = jobs.par_iter_mut().map(|(_, job)| job.publish(slot));
                published.collect()
            });
            results.extend(made.into_iter().flatten());
            self.count_left_out();
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

    /// Adds what jobs could not count to the telemetry of their streams; once, if several could not.
    fn count_left_out(&mut self) {
        let mut by_stream = BTreeMap::<StreamIndex, LeftOut>::new();
        for job in self.jobs.values_mut() {
            let new = job.take_left_out();
            if new != LeftOut::default() {
                let most = by_stream.entry(job.stream).or_default();
                most.unmapped = most.unmapped.max(new.unmapped);
                most.saturated = most.saturated.max(new.saturated);
            }
        }
        for (stream, left_out) in by_stream {
            let errors = &self.streams.stream(stream).stats.errors;
            errors.add_many("unmapped_events", left_out.unmapped);
            errors.add_many("saturated_events", left_out.saturated);
        }
    }

    pub(super) fn handle_command(&mut self, command: Command) -> std::ops::ControlFlow<()> {
        match command {
            Command::Start(id, number, params) => self.start(id, number, params),
            Command::Stop(id, number) => {
                if self.jobs.get(&id).is_some_and(|job| job.number == number) {
                    self.jobs.remove(&id);
                }
            }
            Command::Regions(id, regions) => {
                if let Some(job) = self.jobs.get_mut(&id) {
                    self.recalled.extend(job.set_regions(&regions));
                }
                if regions.is_empty() {
                    self.regions.remove(&id);
                } else {
                    self.regions.insert(id, regions);
                }
            }
            Command::Shutdown => return std::ops::ControlFlow::Break(()),
        }
        std::ops::ControlFlow::Continue(())
    }

    fn start(&mut self, id: JobId, number: JobNumber, params: JsonText) {
        // First, so that two generations never take memory at once.
        self.jobs.remove(&id);
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
            Ok(mut job) => {
                if let Some(regions) = self.regions.get(&id) {
                    job.set_regions(regions);
                }
                self.recalled.extend(recall(&self.logs, &mut job));
                self.jobs.insert(id, job);
            }
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

/// Gives a job what is known of its log, to be shown at once: the next value may be long in coming.
fn recall(logs: &LogMemory, job: &mut Job) -> Vec<JobResult> {
    let samples = logs.of(job.stream.as_usize());
    let past: Vec<Incoming<'_>> = samples.map(|s| (job.stream, Data::Log(s))).collect();
    let Some((Data::Log(first), Data::Log(last))) =
        past.first().zip(past.last()).map(|(a, b)| (a.1, b.1))
    else {
        return Vec::new();
    };
    job.feed(&past);
    job.publish(TimeInterval {
        start: first.time,
        end: last.time.plus(1),
    })
}
