//! `GET /grids`: what is arranged, whole; and what became of a grid that is not.

use axum::extract::State;
use axum::response::Json;
use serde_json::{Value, json};
use shared::id::GridId;
use shared::object::ObjectId;
use shared::sync::json::JsonObject;
use shared::topology::RemovedGrid;

use super::App;
use super::path::Path;
use super::problem::Problem;

pub(super) async fn list_grids(State(app): State<App>) -> Json<Value> {
    let state = app.committer.read();
    let of_kind = |wanted: &str| -> Vec<Value> {
        let objects = state
            .objects()
            .filter(|(id, _, _)| is_topology(id) && id.kind() == wanted);
        objects
            .map(|(_, version, object)| json!({"version": version, "value": JsonObject(object)}))
            .collect()
    };
    Json(json!({
        "stamp": state.stamp(),
        "grids": of_kind("grid"),
        "cells": of_kind("cell"),
        "layers": of_kind("layer"),
        "layer_states": of_kind("layer_state"),
    }))
}

/// The last removal of a grid, as far as it is remembered.
pub(super) async fn show_removal(
    State(app): State<App>,
    Path(id): Path<GridId>,
) -> Result<Json<RemovedGrid>, Problem> {
    let removed = app.topology.removed_grid(id).map(Json);
    removed.ok_or_else(|| {
        Problem::not_found(
            "no removal of this grid is known: it is there, never was, or was removed long ago or before the server started; GET /api/v1/grids lists what exists",
        )
    })
}

fn is_topology(id: &ObjectId) -> bool {
    matches!(
        id,
        ObjectId::Grid(_) | ObjectId::Cell(_) | ObjectId::Layer(_) | ObjectId::LayerState(_)
    )
}
