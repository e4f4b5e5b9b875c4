//! `GET /grids`: what is arranged, whole.

use axum::extract::State;
use axum::response::Json;
use serde_json::{Value, json};
use shared::object::ObjectId;
use shared::sync::json::JsonObject;

use super::App;

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

fn is_topology(id: &ObjectId) -> bool {
    matches!(
        id,
        ObjectId::Grid(_) | ObjectId::Cell(_) | ObjectId::Layer(_) | ObjectId::LayerState(_)
    )
}
