//! `/status` for people, `/healthz` and `/readyz` for supervisors: telemetry only. What is counted is read once a
//! second at most, however many ask.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Json, Response};
use shared::status::{SourceStatus, Status, StreamStatus, TopicStatus};
use shared::time::TimeNs;

use super::App;
use crate::ingest::SourceState;

pub(super) async fn show_status(State(app): State<App>) -> Json<Arc<Status>> {
    Json(status(&app))
}

/// The newest sample of everything that is counted.
pub(super) fn status(app: &App) -> Arc<Status> {
    app.telemetry.sample.get(Instant::now(), || sample(app))
}

fn sample(app: &App) -> Status {
    let (result_bytes, stale_results) = app.data.usage();
    Status {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        server_time_ns: app.clock.now(),
        uptime_secs: app.started.elapsed().as_secs_f64(),
        instrument: app.instrument.title.clone(),
        sources: sources(app),
        streams: streams(app),
        topics: topics(app),
        queued_bytes: app.queued_bytes() as u64,
        held_bytes: app.held_bytes() as u64,
        job_bytes: app.job_bytes() as u64,
        result_bytes: result_bytes as u64,
        stale_results,
        sessions: app.sessions.len() as u64,
        store: app.store.trouble(),
    }
}

fn sources(app: &App) -> Vec<SourceStatus> {
    let reports = app.telemetry.sources().into_iter();
    reports
        .map(|report| SourceStatus {
            name: report.name,
            state: state_name(report.state).to_owned(),
            message: report.message,
            messages: report.messages,
            bytes: report.bytes,
        })
        .collect()
}

/// What [`state_name`] can say.
pub(super) const STATE_NAMES: [&str; 5] = ["starting", "running", "degraded", "stopped", "failed"];

fn state_name(state: SourceState) -> &'static str {
    match state {
        SourceState::Starting => "starting",
        SourceState::Running => "running",
        SourceState::Degraded => "degraded",
        SourceState::Stopped => "stopped",
        SourceState::Failed => "failed",
    }
}

fn streams(app: &App) -> Vec<StreamStatus> {
    let entries = app.streams.streams().iter();
    entries
        .map(|entry| {
            let report = entry.stats.report();
            StreamStatus {
                name: entry.stream.name.clone(),
                title: entry.stream.title.clone(),
                topic: entry.stream.topic.clone(),
                messages: report.messages,
                bytes: report.bytes,
                dropped_messages: report.dropped_messages,
                misplaced: report.misplaced,
                last_data_ns: report.last_data_ns.map(TimeNs),
                lag_ns: report.lag_ns,
                errors: owned(report.errors),
            }
        })
        .collect()
}

fn topics(app: &App) -> Vec<TopicStatus> {
    let entries = app.streams.topics().iter();
    entries
        .map(|entry| {
            let report = entry.stats.report();
            TopicStatus {
                name: entry.name.clone(),
                unmapped: report.unmapped,
                skipped: report.skipped,
                errors: owned(report.errors),
            }
        })
        .collect()
}

fn owned(errors: BTreeMap<&'static str, u64>) -> BTreeMap<String, u64> {
    errors
        .into_iter()
        .map(|(kind, count)| (kind.to_owned(), count))
        .collect()
}

/// The process runs and answers.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// The server can show data: its threads run, no source has given up, and it is not stopping.
pub(super) async fn readyz(State(app): State<App>) -> Response {
    if *app.shutdown.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    if let Some(part) = app.failed_part() {
        let text = format!("{part}, has ended: restart the server; its log has the cause\n");
        return (StatusCode::SERVICE_UNAVAILABLE, text).into_response();
    }
    let failed = app
        .telemetry
        .sources()
        .into_iter()
        .find(|source| source.state == SourceState::Failed);
    match failed {
        Some(source) => {
            let text = format!("source {} has failed: {}\n", source.name, source.message);
            (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
        }
        None => "ready\n".into_response(),
    }
}
