//! `/workflows`: what can be computed, and commands that start and stop it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Json;
use serde::Deserialize;
use serde_json::{Value, json};
use shared::id::WorkflowId;
use shared::object::Object;
use shared::sync::json::JsonObject;
use shared::topology::JsonText;

use super::App;
use super::blocking::{COMMANDS, blocking};
use super::body::Body;
use super::path::Path;
use super::problem::Problem;
use crate::jobs::JobError;

/// The body of start and stop.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Selection {
    /// The sources meant; all of the workflow's when empty.
    sources: Vec<String>,
    /// Parameters of the new generation; what is absent has its default.
    params: Option<JsonText>,
}

pub(super) async fn list_workflows(State(app): State<App>) -> Json<Value> {
    let state = app.committer.read();
    let mut workflows = Vec::new();
    let mut jobs = Vec::new();
    for (_, version, object) in state.objects() {
        let told = json!({"version": version, "value": JsonObject(object)});
        match &**object {
            Object::Workflow(_) => workflows.push(told),
            Object::Job(_) => jobs.push(told),
            _ => {}
        }
    }
    Json(json!({"stamp": state.stamp(), "workflows": workflows, "jobs": jobs}))
}

pub(super) async fn start_workflow(
    State(app): State<App>,
    Path(path): Path<(String, String, u32)>,
    body: Body,
) -> Result<Json<Value>, Problem> {
    let selection: Selection = body.json()?;
    let params = selection.params.unwrap_or_else(JsonText::empty);
    let id = workflow_id(path);
    let started = blocking(&COMMANDS, move || {
        app.jobs.start(&id, &selection.sources, &params)
    });
    let (number, stamp) = started.await??;
    Ok(Json(json!({"job_number": number, "stamp": stamp})))
}

pub(super) async fn stop_workflow(
    State(app): State<App>,
    Path(path): Path<(String, String, u32)>,
    body: Body,
) -> Result<Json<Value>, Problem> {
    let selection: Selection = body.json()?;
    let id = workflow_id(path);
    let stamp = blocking(&COMMANDS, move || app.jobs.stop(&id, &selection.sources)).await??;
    Ok(Json(json!({"stamp": stamp})))
}

/// The id as it stands in the address: `/workflows/{instrument}/{name}/{version}/…`.
fn workflow_id((instrument, name, version): (String, String, u32)) -> WorkflowId {
    WorkflowId {
        instrument,
        name,
        version,
    }
}

impl From<JobError> for Problem {
    fn from(error: JobError) -> Self {
        let status = match error {
            JobError::UnknownWorkflow(_) => StatusCode::NOT_FOUND,
            JobError::UnknownSource { .. } | JobError::NotStarted { .. } => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
        };
        Self::new(status, error.to_string())
    }
}
