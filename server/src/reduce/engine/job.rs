//! One job: a reducer with its state, the wall around what it may do wrong, and what is known of its health.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use shared::data::DataArray;
use shared::id::{JobId, JobNumber, ResultKey};
use shared::job::{JobState, Temporality};
use shared::region::Region;
use shared::time::TimeInterval;
use shared::topology::JsonText;

use super::window::WindowClock;
use super::{EngineReport, JobResult};
use crate::ingest::StreamIndex;
use crate::instrument::Instrument;
use crate::reduce::{CreateError, Data, LeftOut, ReduceError, Reducer, Span, plan};

/// A piece of a message, with its stream.
pub(super) type Incoming<'a> = (StreamIndex, Data<'a>);

/// A running job. It owns its state; nothing else reads or writes it.
pub(super) struct Job {
    pub(super) id: JobId,
    pub(super) number: JobNumber,
    pub(super) stream: StreamIndex,
    instrument: Arc<Instrument>,
    params: JsonText,
    temporalities: Arc<BTreeMap<String, Temporality>>,
    reducer: Box<dyn Reducer>,
    regions: Arc<[Region]>,
    window: WindowClock,
    /// What the newest results cover; none before the first.
    published: Option<Span>,
    /// Data came since the last results.
    has_data: bool,
    ever_had_data: bool,
    error: Option<String>,
    /// What is said until the job ends: that a panic cost the counts, or that values of its log were left out.
    notice: Option<&'static str>,
    /// What its reducer could not count, as far as that was told.
    left_out: LeftOut,
    reported: Option<JobState>,
    /// Which pieces of the newest batch could not be reduced.
    pub(super) refused: Vec<usize>,
}

impl Job {
    pub(super) fn new(
        instrument: &Arc<Instrument>,
        (id, number, params): (JobId, JobNumber, JsonText),
        stream: StreamIndex,
        temporalities: Arc<BTreeMap<String, Temporality>>,
    ) -> Result<Self, CreateError> {
        Ok(Self {
            reducer: plan(instrument, &id.workflow, &id.source, &params)?.make(),
            instrument: Arc::clone(instrument),
            id,
            number,
            stream,
            params,
            temporalities,
            regions: [].into(),
            window: WindowClock::default(),
            published: None,
            has_data: false,
            ever_had_data: false,
            error: None,
            notice: None,
            left_out: LeftOut::default(),
            reported: None,
            refused: Vec::new(),
        })
    }

    /// Reduces the pieces of its stream, in order.
    pub(super) fn feed(&mut self, batch: &[Incoming<'_>]) {
        self.refused.clear();
        for (position, (stream, data)) in batch.iter().enumerate() {
            if *stream != self.stream {
                continue;
            }
            let reducer = &mut self.reducer;
            let result = catch_unwind(AssertUnwindSafe(|| reducer.accumulate(data)));
            if let Ok(result) = result {
                self.note(position, result);
            } else {
                self.refused.push(position);
                self.start_over();
            }
        }
    }

    /// From now on these regions lie on its images. Their spectra of what was accumulated, if no results are about to
    /// come that would bring them.
    pub(super) fn set_regions(&mut self, regions: &Arc<[Region]>) -> Vec<JobResult> {
        self.regions = Arc::clone(regions);
        self.reducer.set_regions(regions);
        let Some(span) = self.published.filter(|_| !self.has_data) else {
            return Vec::new();
        };
        let reducer = &mut self.reducer;
        let outputs = catch_unwind(AssertUnwindSafe(|| reducer.publish_regions(&span)));
        let Ok(outputs) = outputs else {
            self.start_over();
            return Vec::new();
        };
        let result = |output| self.result(output);
        outputs.into_iter().map(result).collect()
    }

    /// What it made of the slot; nothing when it had no data.
    pub(super) fn publish(&mut self, slot: TimeInterval) -> Vec<JobResult> {
        if !std::mem::take(&mut self.has_data) {
            return Vec::new();
        }
        let span = self.window.span(slot);
        let reducer = &mut self.reducer;
        let outputs = catch_unwind(AssertUnwindSafe(|| reducer.publish(&span)));
        let Ok(outputs) = outputs else {
            self.start_over();
            return Vec::new();
        };
        self.published = Some(span);
        let result = |output| self.result(output);
        outputs.into_iter().map(result).collect()
    }

    /// The clock of the data was set back.
    pub(super) fn rewind(&mut self) {
        self.window.rewind();
    }

    /// The times of its log go on from an older one: it is about to be fed anew.
    pub(super) fn set_back(&mut self) {
        self.reducer.rewind();
        self.window.rewind();
        self.has_data = false;
    }

    /// A value of its log was not newer than those before it.
    pub(super) fn note_gap(&mut self) {
        self.notice.get_or_insert(GAPS);
    }

    /// What it could not count since the last call.
    pub(super) fn take_left_out(&mut self) -> LeftOut {
        let all = self.reducer.left_out();
        let told = std::mem::replace(&mut self.left_out, all);
        LeftOut {
            unmapped: all.unmapped.saturating_sub(told.unmapped),
            saturated: all.saturated.saturating_sub(told.saturated),
        }
    }

    /// A report, when its state changed since the last.
    pub(super) fn report(&mut self) -> Option<EngineReport> {
        let state = self.state();
        if self.reported.as_ref() == Some(&state) {
            return None;
        }
        self.reported = Some(state.clone());
        Some(EngineReport {
            id: self.id.clone(),
            number: self.number,
            state,
        })
    }

    fn note(&mut self, position: usize, result: Result<(), ReduceError>) {
        match result {
            Ok(()) => {
                self.error = None;
                self.has_data = true;
                self.ever_had_data = true;
            }
            Err(error) => {
                self.error = Some(error.to_string());
                self.refused.push(position);
            }
        }
    }

    /// A reducer that panicked may have torn state, so it begins anew. The panic itself is in the log.
    fn start_over(&mut self) {
        tracing::error!(workflow = %self.id.workflow, source = self.id.source, "the job panicked");
        let text =
            "the reduction failed unexpectedly and started over; the server's log has the cause";
        self.error = Some(text.to_owned());
        self.notice = Some(STARTED_OVER);
        self.window = WindowClock::default();
        self.published = None;
        self.has_data = false;
        self.left_out = LeftOut::default();
        let (instrument, id) = (&self.instrument, &self.id);
        if let Ok(fresh) = plan(instrument, &id.workflow, &id.source, &self.params) {
            self.reducer = fresh.make();
            self.reducer.set_regions(&self.regions);
        }
    }

    fn state(&self) -> JobState {
        if let Some(message) = self.error.clone() {
            return JobState::Error { message };
        }
        if !self.ever_had_data {
            return JobState::Pending;
        }
        let warning = self.notice.or_else(|| self.reducer.warning());
        warning.map_or(JobState::Running, |message| JobState::Warning {
            message: message.to_owned(),
        })
    }

    fn result(&self, (output, data): (&'static str, DataArray)) -> JobResult {
        let temporality = self.temporalities.get(output).copied();
        JobResult {
            key: ResultKey {
                workflow: self.id.workflow.clone(),
                source: self.id.source.clone(),
                output: output.to_owned(),
            },
            number: self.number,
            temporality: temporality.unwrap_or(Temporality::Window),
            data,
        }
    }
}

const STARTED_OVER: &str = "counts began anew after the reduction failed unexpectedly";
const GAPS: &str = "values that are not newer than those before them were left out; the status page has their number";

#[cfg(test)]
mod tests {
    use shared::time::TimeNs;

    use super::*;
    use crate::ingest::StreamTable;
    use crate::instrument;
    use crate::wire::ev44::Pulse;

    /// Panics at negative times, refuses logs.
    struct Delicate;

    impl Reducer for Delicate {
        fn accumulate(&mut self, data: &Data<'_>) -> Result<(), ReduceError> {
            let Data::Events(pulse) = data else {
                return Err(ReduceError::NoPixels);
            };
            assert!(pulse.reference_time_ns >= 0, "a bug");
            Ok(())
        }

        fn publish(&mut self, _span: &Span) -> Vec<(&'static str, DataArray)> {
            panic!("another bug");
        }
    }

    fn pulse(time: i64) -> Data<'static> {
        Data::Events(Pulse {
            reference_time_ns: time,
            time_of_flight_ns: (&[1_000][..]).into(),
            pixel_id: (&[1][..]).into(),
        })
    }

    fn slot(number: i64) -> TimeInterval {
        TimeInterval {
            start: TimeNs(number * 100),
            end: TimeNs(number * 100 + 100),
        }
    }

    fn job() -> Job {
        let instrument = Arc::new(instrument::load("dummy", None).expect("shipped"));
        let stream = StreamTable::new(&instrument)
            .index_of("panel_0")
            .expect("declared");
        let id = JobId {
            workflow: "dummy/total_counts/1".parse().expect("an id"),
            source: "panel_0".to_owned(),
        };
        let start = (id, JobNumber::random(), JsonText::empty());
        Job::new(&instrument, start, stream, Arc::default()).expect("good parameters")
    }

    fn total(results: &[JobResult]) -> (Option<f64>, TimeInterval) {
        let found = results
            .iter()
            .find(|result| result.key.output == "total_counts");
        let data = &found.expect("published").data;
        (data.scalar(), data.time)
    }

    #[test]
    fn a_refused_piece_is_an_error_until_the_next_good_one() {
        let mut job = job();
        let stream = job.stream;
        assert_eq!(job.report().expect("new").state, JobState::Pending);
        let log = Data::Log(crate::reduce::Sample {
            time: TimeNs(0),
            value: 0.0,
        });
        job.feed(&[(stream, pulse(0)), (stream, log)]);
        assert_eq!(job.refused, [1]);
        let state = job.report().expect("changed").state;
        assert!(
            matches!(state, JobState::Error { message } if message.contains("values of a device"))
        );
        assert_eq!(
            total(&job.publish(slot(0))).0,
            Some(1.0),
            "what was counted is kept"
        );
        job.feed(&[(stream, pulse(100))]);
        assert_eq!(job.report().expect("changed").state, JobState::Running);
        assert_eq!(job.report(), None);
        assert_eq!(
            total(&job.publish(slot(1))),
            (Some(2.0), slot(0).union(slot(1)))
        );
    }

    #[test]
    fn a_panic_costs_the_counts_and_says_so() {
        let mut job = job();
        let stream = job.stream;
        job.feed(&[(stream, pulse(0))]);
        job.publish(slot(0));
        job.reducer = Box::new(Delicate);
        job.feed(&[(stream, pulse(-1)), (stream, pulse(100))]);
        assert_eq!(job.refused, [0]);
        let state = job.report().expect("changed").state;
        assert!(
            matches!(state, JobState::Warning { message } if message.starts_with("counts began anew"))
        );
        assert_eq!(total(&job.publish(slot(1))), (Some(1.0), slot(1)));
    }

    #[test]
    fn a_panic_while_publishing_gives_no_results_and_heals() {
        let mut job = job();
        let stream = job.stream;
        job.reducer = Box::new(Delicate);
        job.feed(&[(stream, pulse(0))]);
        assert_eq!(job.publish(slot(0)), []);
        let state = job.report().expect("changed").state;
        assert!(matches!(state, JobState::Error { .. }));
        job.feed(&[(stream, pulse(100))]);
        assert_eq!(total(&job.publish(slot(1))).0, Some(1.0));
    }
}
