//! The engine's loop: messages into jobs, slots out of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::Receiver as Inbox;
use std::time::{Duration, Instant};

use rayon::ThreadPool;
use rayon::prelude::*;
use shared::id::{JobId, JobNumber, WorkflowId};
use shared::job::{JobState, Temporality};
use shared::time::TimeInterval;
use shared::topology::JsonText;

use super::handle::Command;
use super::intake::{Piece, split};
use super::job::{Incoming, Job};
use super::log_memory::LogMemory;
use super::{EngineReport, ResultSink, SlotResults};
use crate::ingest::{RawMessage, Received, Receiver, StreamTable};
use crate::instrument::Instrument;
use crate::reduce::raster::{Placement, Raster, RasterConfig};
use crate::reduce::{Data, declarations};

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
    /// Pieces of the open slot that are not reduced yet.
    open: Vec<Piece>,
    /// Pieces of later slots.
    held: Vec<Piece>,
    /// The recent past of the logs, for jobs that start later.
    logs: LogMemory,
    /// The data time of the logs that came since the last slot was published.
    logged: Option<TimeInterval>,
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
            open: Vec::new(),
            held: Vec::new(),
            logs: LogMemory::default(),
            logged: None,
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
                    self.handle_messages(&mut batch);
                    return self.close_slot();
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

    /// Sorts messages into slots, in order, and closes those that are complete.
    fn handle_messages(&mut self, batch: &mut Vec<RawMessage>) {
        let mut pieces = Vec::new();
        for message in batch.drain(..) {
            if let Err(error) = split(&message, &mut pieces) {
                let stats = &self.streams.stream(message.stream).stats;
                stats.errors.add(error.kind());
            }
            for piece in pieces.drain(..) {
                self.place(piece);
                self.close_complete();
            }
        }
        self.feed();
    }

    fn place(&mut self, piece: Piece) {
        let now = self.started.elapsed();
        let placement = if piece.gates {
            let stream = piece.message.stream.as_usize();
            self.raster.place(stream, piece.time, now)
        } else {
            self.raster.ride_along(now);
            let at = TimeInterval {
                start: piece.time,
                end: piece.time.plus(1),
            };
            self.logged = Some(self.logged.map_or(at, |logged| logged.union(at)));
            Placement::Now
        };
        match placement {
            Placement::Now => self.open.push(piece),
            Placement::Hold => self.held.push(piece),
        }
    }

    fn close_complete(&mut self) {
        while self.raster.is_complete() {
            self.close_slot();
        }
    }

    /// What waited for too long is shown, although nothing says that its slot is over.
    fn handle_overdue(&mut self) {
        if self.raster.is_overdue(self.started.elapsed()) {
            self.close_slot();
            self.close_complete();
            self.feed();
        }
    }

    /// Publishes the open slot and sorts what waited into the next.
    fn close_slot(&mut self) {
        self.feed();
        // Without a slot only logs can have come, which carry their own times.
        let logged = self.logged.take();
        let slot = self.raster.close().or(logged);
        self.publish(slot);
        for piece in std::mem::take(&mut self.held) {
            self.place(piece);
        }
    }

    /// Hands what the open slot has got to the jobs, which run in parallel; returns when all are done.
    fn feed(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let open = std::mem::take(&mut self.open);
        let mut batch: Vec<Incoming<'_>> = Vec::with_capacity(open.len());
        for piece in &open {
            let stream = piece.message.stream;
            match piece.data() {
                Ok(data) => {
                    if let Data::Log(sample) = data {
                        self.logs.keep(stream.as_usize(), sample);
                    }
                    batch.push((stream, data));
                }
                Err(error) => self.streams.stream(stream).stats.errors.add(error.kind()),
            }
        }
        let jobs = &mut self.jobs;
        self.pool.install(|| {
            jobs.par_iter_mut().for_each(|(_, job)| job.feed(&batch));
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
        drop(batch);
        self.open = open;
        self.open.clear();
    }

    /// Publishes a slot, and in any case what changed about the jobs.
    fn publish(&mut self, interval: Option<TimeInterval>) {
        let mut results = Vec::new();
        if let Some(slot) = interval {
            let jobs = &mut self.jobs;
            let made: Vec<_> = self.pool.install(|| {
                let published = jobs.par_iter_mut().map(|(_, job)| job.publish(slot));
                published.collect()
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
            Ok(mut job) => {
                self.recall(&mut job);
                self.jobs.insert(id, job);
            }
            Err(error) => self.fail(id, number, error.to_string()),
        }
    }

    /// Gives a new job what is known of its log.
    fn recall(&mut self, job: &mut Job) {
        let samples = self.logs.of(job.stream.as_usize());
        let past: Vec<Incoming<'_>> = samples.map(|s| (job.stream, Data::Log(s))).collect();
        let Some((Data::Log(first), Data::Log(last))) =
            past.first().zip(past.last()).map(|(a, b)| (a.1, b.1))
        else {
            return;
        };
        job.feed(&past);
        let known = TimeInterval {
            start: first.time,
            end: last.time.plus(1),
        };
        self.logged = Some(self.logged.map_or(known, |logged| logged.union(known)));
        self.raster.ride_along(self.started.elapsed());
    }

    fn fail(&mut self, id: JobId, number: JobNumber, message: String) {
        self.failed.push(EngineReport {
            id,
            number,
            state: JobState::Error { message },
        });
    }
}
