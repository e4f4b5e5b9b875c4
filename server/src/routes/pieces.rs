//! `/grids/{id}`, `/cells/{id}`, `/layers/{id}` and `/regions/{id}`: one piece of what is arranged, for scripts.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Json, Response};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use shared::id::WorkflowId;
use shared::object::{Object, ObjectId};
use shared::sync::json::JsonObject;
use shared::sync::state::SharedState;
use shared::topology::{Edit, Piece, PieceId, Step, Versioned};
use shared::version::{Revision, Stamp};

use super::App;
use super::body::Body;
use super::conditions::Conditions;
use super::edits::{carry_out, marked};
use super::merge_patch::merge;
use super::path::Path;
use super::problem::Problem;
use crate::plot::{EditError, Outcome};

pub(super) async fn show<I>(State(app): State<App>, Path(id): Path<I>) -> Result<Response, Problem>
where
    I: Into<PieceId> + DeserializeOwned + Send,
{
    let id = id.into();
    let state = app.committer.read();
    let (version, object) = state.object(&id.into()).ok_or_else(|| unknown(id))?;
    Ok(told(StatusCode::OK, state.stamp(), version, object))
}

pub(super) async fn put<I>(
    State(app): State<App>,
    Path(id): Path<I>,
    conditions: Conditions,
    body: Body,
) -> Result<Response, Problem>
where
    I: Into<PieceId> + DeserializeOwned + Send,
{
    let id = id.into();
    let piece = piece_of(&app.committer.read(), id, body.json()?)?;
    let based_on = conditions.based_on;
    let steps = vec![Step::Put { piece, based_on }];
    let outcome = carry_out(&app, by_script(steps), &conditions, &body).await??;
    let status = if outcome.is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    told_of(id, status, outcome)
}

/// Changes fields of the version seen of a piece, by a JSON merge patch (RFC 7396): what the body does not name stays,
/// what it gives as `null` goes back to nothing.
pub(super) async fn patch<I>(
    State(app): State<App>,
    Path(id): Path<I>,
    conditions: Conditions,
    body: Body,
) -> Result<Response, Problem>
where
    I: Into<PieceId> + DeserializeOwned + Send,
{
    let id = id.into();
    let patch: Map<String, Value> = body.json()?;
    let piece = patched(&app.committer.read(), id, patch)?;
    let based_on = conditions.based_on;
    if based_on.is_none() {
        return Err(EditError::Unseen { piece: id }.into());
    }
    let steps = vec![Step::Put { piece, based_on }];
    match carry_out(&app, by_script(steps), &conditions, &body).await? {
        Ok(outcome) => told_of(id, StatusCode::OK, outcome),
        Err(EditError::Lost { current: None, .. }) => Err(unknown(id)),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn remove<I>(
    State(app): State<App>,
    Path(id): Path<I>,
    conditions: Conditions,
    body: Body,
) -> Result<Response, Problem>
where
    I: Into<PieceId> + DeserializeOwned + Send,
{
    let piece = id.into();
    let steps = vec![Step::Remove {
        piece,
        based_on: conditions.based_on,
        as_of: None,
    }];
    match carry_out(&app, by_script(steps), &conditions, &body).await? {
        Ok(outcome) => Ok(marked(Json(&outcome.edited).into_response(), &outcome)),
        Err(EditError::Lost { current: None, .. }) => Err(unknown(piece)),
        Err(error) => Err(error.into()),
    }
}

/// A piece as it is now, with what a patch says of it.
fn patched(state: &SharedState, id: PieceId, patch: Map<String, Value>) -> Result<Piece, Problem> {
    let object = state.object(&id.into()).map(|(_, object)| object);
    let piece = object
        .and_then(|it| Piece::of(it))
        .ok_or_else(|| unknown(id))?;
    let unreadable =
        |error| Problem::bad_request(format!("the {} cannot be changed: {error}", id.kind()));
    let mut value = serde_json::to_value(piece).map_err(unreadable)?["value"].take();
    merge(&mut value, Value::Object(patch));
    let value = serde_json::from_value(value).map_err(unreadable)?;
    piece_of(state, id, value)
}

/// The piece that a body describes. It may leave out the id, which stands in the address, and what can be told from
/// the rest: a place among others stays as it is, or is the last.
fn piece_of(
    state: &SharedState,
    id: PieceId,
    mut value: Map<String, Value>,
) -> Result<Piece, Problem> {
    let id_text = json!(id)["id"].take();
    let named = value.insert("id".to_owned(), id_text.clone());
    if named.is_some_and(|it| it != id_text) {
        return Err(Problem::bad_request(
            "the id in the body is not that of the address: leave it out",
        ));
    }
    match id {
        PieceId::Grid(_) => {
            value.entry("enabled").or_insert(Value::Bool(true));
        }
        PieceId::Layer(_) => {
            if let Some(title) = workflow_title(state, &value) {
                value.entry("title").or_insert(Value::String(title));
            }
        }
        PieceId::Region(id) => super::regions::complete(state, id, &mut value),
        PieceId::Cell(_) => {}
    }
    if matches!(id, PieceId::Grid(_) | PieceId::Layer(_)) {
        let order = order(state, id, &value);
        value.entry("order").or_insert(order.into());
    }
    serde_json::from_value(json!({"kind": id.kind(), "value": value}))
        .map_err(|error| Problem::bad_request(format!("the body is no {}: {error}", id.kind())))
}

fn workflow_title(state: &SharedState, layer: &Map<String, Value>) -> Option<String> {
    let workflow = layer
        .get("config")?
        .pointer("/sources/primary/workflow")?
        .as_str()?;
    let id: WorkflowId = workflow.parse().ok()?;
    Some(state.workflow(&id)?.title.clone())
}

/// The place that a grid or layer has now; a new one comes last.
fn order(state: &SharedState, id: PieceId, value: &Map<String, Value>) -> i32 {
    let cell = value.get("cell").and_then(Value::as_str);
    let mut last = None;
    for (other, _, object) in state.objects() {
        let order = match &**object {
            Object::Grid(grid) if matches!(id, PieceId::Grid(_)) => grid.order,
            Object::Layer(layer)
                if matches!(id, PieceId::Layer(_))
                    && cell == Some(layer.cell.to_string().as_str()) =>
            {
                layer.order
            }
            _ => continue,
        };
        if *other == ObjectId::from(id) {
            return order;
        }
        last = last.max(Some(order));
    }
    last.map_or(0, |last| last.saturating_add(1))
}

fn told_of(id: PieceId, status: StatusCode, mut outcome: Outcome) -> Result<Response, Problem> {
    let Some(Versioned { version, piece }) = outcome.edited.pieces.pop() else {
        let detail = format!(
            "this was done before, and the {} was removed since",
            id.kind()
        );
        return Err(Problem::gone(detail));
    };
    let answer = told(status, outcome.edited.stamp, version, &piece.into());
    Ok(marked(answer, &outcome))
}

fn told(status: StatusCode, stamp: Stamp, version: Revision, object: &Object) -> Response {
    let tag = Stamp {
        epoch: stamp.epoch,
        revision: version,
    };
    let headers = [
        (header::ETAG, format!("\"{tag}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let body = json!({"stamp": stamp, "version": version, "value": JsonObject(object)});
    (status, headers, Json(body)).into_response()
}

/// Scripts have no name.
fn by_script(steps: Vec<Step>) -> Edit {
    let by = String::new();
    Edit { steps, by }
}

fn unknown(id: PieceId) -> Problem {
    let list = match id {
        PieceId::Region(_) => "regions",
        _ => "grids",
    };
    Problem::not_found(format!(
        "there is no such {}: GET /api/v1/{list} lists what exists",
        id.kind()
    ))
}
