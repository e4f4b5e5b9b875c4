//! What a person asks of the server. The outcome comes by synchronisation, like everybody else's.

use leptos::prelude::*;
use serde_json::json;
use shared::id::WorkflowId;
use shared::notification::{Notification, Severity};

use super::toasts;
use crate::browser::fetch;
use crate::live::Live;

/// What is to become of a workflow's jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JobCommand {
    /// A new generation begins.
    Start,
    /// The running one ends.
    Stop,
}

impl JobCommand {
    fn verb(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
        }
    }
}

/// Starts or stops `workflow` for `sources`; a refusal is shown as a toast.
pub(crate) async fn send_job_command(
    live: &Live,
    workflow: &WorkflowId,
    sources: &[String],
    command: JobCommand,
) {
    let verb = command.verb();
    let [instrument, name] =
        [&workflow.instrument, &workflow.name].map(|it| fetch::path_segment(it));
    let version = workflow.version;
    let path = format!("/api/v1/workflows/{instrument}/{name}/{version}/{verb}");
    let body = json!({ "sources": sources }).to_string();
    if let Err(error) = fetch::post_json(&path, &body).await {
        let message = format!("Could not {verb} {}: {error}", sources.join(", "));
        report(live, message);
    }
}

/// Shows an error of this page alone.
fn report(live: &Live, message: String) {
    let now = live.now.get_untracked();
    let local = live.toasts.with_untracked(|shown| {
        let lowest = shown.iter().map(|it| it.number).max().unwrap_or(0);
        // Numbers of the server count up from one: those of the page count from the middle.
        lowest.max(u64::MAX / 2) + 1
    });
    let event = Notification {
        number: local,
        time: now,
        severity: Severity::Error,
        message,
    };
    live.toasts.update(|shown| toasts::add(shown, vec![event]));
}
