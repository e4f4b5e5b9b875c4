//! What a person asks of the server. The outcome comes by synchronisation, like everybody else's.

use leptos::prelude::*;
use serde_json::json;
use shared::id::WorkflowId;

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
        let now = live.now.get_untracked();
        live.toasts.update(|it| it.add_own(message, now));
    }
}
