//! `/metrics`: telemetry in Prometheus' text exposition format, version 0.0.4.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use shared::status::{SourceStatus, Status, StreamStatus, TopicStatus};

use super::App;
use super::status::{STATE_NAMES, status};

pub(super) async fn metrics(State(app): State<App>) -> impl IntoResponse {
    let content_type = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    (content_type, exposition(&app))
}

const GAUGE: &str = "gauge";
const COUNTER: &str = "counter";

fn exposition(app: &App) -> String {
    let status = status(app);
    let mut text = Exposition::default();
    for (name, kind, help, value) in server_metrics(app, &status) {
        text.family(name, kind, help, [(vec![], value)]);
    }
    for (name, help, count) in STREAM_METRICS {
        let streams = status.streams.iter();
        let samples = streams.map(|it| (vec![("stream", it.name.as_str())], count(it)));
        text.family(name, COUNTER, help, samples);
    }
    let streams = status.streams.iter();
    let errors = streams.flat_map(|it| by_kind(("stream", &it.name), &it.errors));
    text.family("stream_errors_total", COUNTER, "Messages refused", errors);
    for (name, help, count) in TOPIC_METRICS {
        let topics = status.topics.iter();
        let samples = topics.map(|it| (vec![("topic", it.name.as_str())], count(it)));
        text.family(name, COUNTER, help, samples);
    }
    let topics = status.topics.iter();
    let errors = topics.flat_map(|it| by_kind(("topic", &it.name), &it.errors));
    let help = "Messages that could not be read, on topics of several streams";
    text.family("topic_unreadable_total", COUNTER, help, errors);
    let sources = status.sources.iter().flat_map(states);
    let help = "Whether a source is in a state";
    text.family("source_state", GAUGE, help, sources);
    text.0
}

/// A sample with its labels.
type Sample<'a> = (Vec<(&'static str, &'a str)>, u64);

/// A sample per kind of error. A kind that never came has none.
fn by_kind<'a>(
    owner: (&'static str, &'a str),
    errors: &'a BTreeMap<String, u64>,
) -> impl Iterator<Item = Sample<'a>> {
    let errors = errors.iter();
    errors.map(move |(kind, count)| (vec![owner, ("kind", kind)], *count))
}

/// One for the state that a source is in, zero for the others: alarms can wait for either.
fn states(source: &SourceStatus) -> impl Iterator<Item = Sample<'_>> {
    STATE_NAMES.into_iter().map(|state| {
        let labels = vec![("source", source.name.as_str()), ("state", state)];
        (labels, u64::from(source.state == state))
    })
}

fn server_metrics(
    app: &App,
    status: &Status,
) -> [(&'static str, &'static str, &'static str, u64); 11] {
    let sync = app.telemetry.sync();
    let revision = app.committer.read().stamp().revision.0;
    [
        (
            "sessions",
            GAUGE,
            "Sessions that are looking",
            status.sessions,
        ),
        (
            "queued_bytes",
            GAUGE,
            "Messages waiting for reduction",
            status.queued_bytes,
        ),
        (
            "held_bytes",
            GAUGE,
            "Messages waiting for others of their pulses",
            status.held_bytes,
        ),
        ("job_bytes", GAUGE, "Tables of jobs", status.job_bytes),
        (
            "result_bytes",
            GAUGE,
            "Histories of results",
            status.result_bytes,
        ),
        (
            "stale_results_total",
            COUNTER,
            "Results of ended generations",
            status.stale_results,
        ),
        ("revision", COUNTER, "Newest revision", revision),
        (
            "sync_answers_total",
            COUNTER,
            "Answers of sync",
            sync.answers,
        ),
        (
            "sync_snapshots_total",
            COUNTER,
            "Answers that were snapshots",
            sync.snapshots,
        ),
        (
            "sync_frames_total",
            COUNTER,
            "Frames in answers of sync",
            sync.frames,
        ),
        (
            "sync_frame_bytes_total",
            COUNTER,
            "Bytes of these frames in the binary form",
            sync.frame_bytes,
        ),
    ]
}

/// Name, help and value of what is counted for each owner, such as a stream.
type Counted<T> = (&'static str, &'static str, fn(&T) -> u64);

const STREAM_METRICS: [Counted<StreamStatus>; 4] = [
    ("stream_messages_total", "Messages accepted", |s| s.messages),
    ("stream_bytes_total", "Bytes accepted", |s| s.bytes),
    ("stream_dropped_total", "Messages dropped", |s| {
        s.dropped_messages
    }),
    (
        "stream_misplaced_total",
        "Pulses and frames counted in another slot than that of their time",
        |s| s.misplaced,
    ),
];

const TOPIC_METRICS: [Counted<TopicStatus>; 2] = [
    (
        "topic_unmapped_total",
        "Messages of sources that the instrument does not declare",
        |t| t.unmapped,
    ),
    (
        "topic_skipped_total",
        "Messages of schemas that nothing reads",
        |t| t.skipped,
    ),
];

#[derive(Default)]
struct Exposition(String);

impl Exposition {
    /// One metric with its samples.
    fn family<'a>(
        &mut self,
        name: &str,
        kind: &str,
        help: &str,
        samples: impl IntoIterator<Item = Sample<'a>>,
    ) {
        let heading = format!("# HELP beamdeck_{name} {help}.\n# TYPE beamdeck_{name} {kind}\n");
        self.0.push_str(&heading);
        for (labels, value) in samples {
            let labels = labels
                .iter()
                .map(|(label, value)| format!("{label}={value:?}"));
            let labels = labels.collect::<Vec<_>>().join(",");
            let labels = if labels.is_empty() {
                labels
            } else {
                format!("{{{labels}}}")
            };
            writeln!(self.0, "beamdeck_{name}{labels} {value}")
                .expect("writing to memory cannot fail");
        }
    }
}
