//! `POST /topology`: several changes of what is arranged, all or none. And what is said of any refused edit.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Json, Response};
use serde_json::Value;
use shared::topology::Edit;

use super::App;
use super::blocking::{COMMANDS, blocking};
use super::body::Body;
use super::conditions::Conditions;
use super::problem::Problem;
use crate::plot::{EditError, Outcome};

/// Says that the request had been carried out before.
const REPLAYED: &str = "idempotency-replayed";

pub(super) async fn edit(
    State(app): State<App>,
    conditions: Conditions,
    body: Body,
) -> Result<Response, Problem> {
    if conditions.based_on.is_some() {
        return Err(Problem::bad_request(
            "each step says by based_on which version it is based on: leave If-Match out",
        ));
    }
    let edit: Edit = body.json()?;
    let outcome = carry_out(&app, edit, &conditions, &body).await??;
    let answer = Json(&outcome.edited).into_response();
    Ok(marked(answer, &outcome))
}

/// Carries out an edit on a thread that may wait for the disk.
pub(super) async fn carry_out(
    app: &App,
    edit: Edit,
    conditions: &Conditions,
    body: &Body,
) -> Result<Result<Outcome, EditError>, Problem> {
    let topology = app.topology.clone();
    let repeatable = conditions.repeatable(body);
    blocking(&COMMANDS, move || topology.edit(&edit, repeatable)).await
}

/// The answer, marked when nothing was done for it.
pub(super) fn marked(mut answer: Response, outcome: &Outcome) -> Response {
    if outcome.is_repeat {
        let yes = axum::http::HeaderValue::from_static("true");
        answer.headers_mut().insert(REPLAYED, yes);
    }
    answer
}

impl From<EditError> for Problem {
    fn from(error: EditError) -> Self {
        let problem = Self::new(status_of(&error), error.to_string());
        match error {
            EditError::Unseen { piece } => problem.with("piece", told(&piece)),
            EditError::Lost {
                piece,
                current,
                by,
                stamp,
            } => problem
                .with("piece", told(&piece))
                .with("current", told(&current))
                .with("by", &*by)
                .with("stamp", told(&stamp)),
            EditError::Misfit(misfit) => {
                let problem = problem.with("piece", told(&misfit.piece));
                match misfit.field {
                    Some(field) => problem.with("field", field),
                    None => problem,
                }
            }
            EditError::Steps(_)
            | EditError::LongName
            | EditError::TooLong
            | EditError::KeyReused
            | EditError::Store(_) => problem,
        }
    }
}

fn status_of(error: &EditError) -> StatusCode {
    match error {
        EditError::Steps(_) | EditError::LongName => StatusCode::BAD_REQUEST,
        EditError::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
        EditError::Unseen { .. } => StatusCode::PRECONDITION_REQUIRED,
        EditError::Lost { .. } => StatusCode::PRECONDITION_FAILED,
        EditError::Misfit(misfit) if misfit.field.is_none() => StatusCode::CONFLICT,
        EditError::Misfit(_) | EditError::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        EditError::Store(error) if error.is_full() => StatusCode::INSUFFICIENT_STORAGE,
        EditError::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn told(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("plain data can be written as JSON")
}
