//! `/metrics`: telemetry in Prometheus' text exposition format, version 0.0.4.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use shared::status::{Status, StreamStatus};

use super::App;
use super::status::status;

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
        text.family(name, kind, help, [("", value)]);
    }
    for (name, help, count) in STREAM_METRICS {
        let samples = status
            .streams
            .iter()
            .map(|stream| (stream.name.as_str(), count(stream)));
        text.family(name, COUNTER, help, samples);
    }
    text.0
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

/// How a count of a stream is read.
type Count = fn(&StreamStatus) -> u64;

/// Name, help and value of what is counted for each stream.
const STREAM_METRICS: [(&str, &str, Count); 5] = [
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
    ("stream_errors_total", "Messages refused", |s| {
        s.errors.values().sum()
    }),
];

#[derive(Default)]
struct Exposition(String);

impl Exposition {
    /// One metric with a sample per stream, or one sample without a name.
    fn family<'a>(
        &mut self,
        name: &str,
        kind: &str,
        help: &str,
        samples: impl IntoIterator<Item = (&'a str, u64)>,
    ) {
        let heading = format!("# HELP beamdeck_{name} {help}.\n# TYPE beamdeck_{name} {kind}\n");
        self.0.push_str(&heading);
        for (stream, value) in samples {
            let label = if stream.is_empty() {
                String::new()
            } else {
                format!("{{stream={stream:?}}}")
            };
            writeln!(self.0, "beamdeck_{name}{label} {value}")
                .expect("writing to memory cannot fail");
        }
    }
}
