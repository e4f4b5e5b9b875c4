//! What a person asks of the server. The outcome comes by synchronisation, like everybody else's.

use serde::Deserialize;
use serde_json::json;
use shared::id::WorkflowId;
use shared::version::Stamp;
use uuid::Uuid;

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

/// What every answer to a command says.
#[derive(Deserialize)]
struct Stamped {
    stamp: Stamp,
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
    let key = Uuid::new_v4().to_string();
    match fetch::post_json::<Stamped>(&path, &body, &key).await {
        Ok(answer) => live.pictures.handle_stamp(answer.stamp),
        Err(error) => live.say(format!("Could not {verb} {}: {error}", sources.join(", "))),
    }
}
