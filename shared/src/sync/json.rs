//! The answer for people, scripts and tests: the same fields, frames always whole.

use serde_json::{Value, json};

use super::message::{Answer, Change};
use super::state::SharedState;
use crate::object::{Object, ObjectId};

/// The JSON form of an answer built from `state`.
pub fn answer_to_json(answer: &Answer, state: &SharedState) -> Value {
    let frames: Vec<Value> = answer
        .frames
        .iter()
        .map(|update| {
            let frame = state
                .frames_of(update.layer)
                .and_then(|slot| slot.current());
            json!({
                "layer": update.layer,
                "version": update.version,
                "count": update.count,
                "frame": frame.map(|(_, frame)| &**frame.frame()),
            })
        })
        .collect();
    json!({
        "protocol": answer.protocol,
        "stamp": answer.stamp,
        "base": answer.base,
        "server_time_ns": answer.server_time,
        "changes": answer.changes.iter().map(change_to_json).collect::<Vec<_>>(),
        "frames": frames,
        "notices": answer.notices,
        "deferred": answer.deferred,
    })
}

fn change_to_json(change: &Change) -> Value {
    json!({
        "kind": change.id.kind(),
        "op": if change.value.is_some() { "upsert" } else { "remove" },
        "id": id_to_json(&change.id),
        "version": change.version,
        "value": change.value.as_deref().map(object_to_json),
    })
}

fn id_to_json(id: &ObjectId) -> Value {
    match id {
        ObjectId::Grid(id) => json!(id),
        ObjectId::Cell(id) => json!(id),
        ObjectId::Layer(id) | ObjectId::LayerState(id) => json!(id),
        ObjectId::Workflow(id) => json!(id),
        ObjectId::Job(id) => json!(id),
    }
}

/// An object as its address gives it; the kind is said beside it.
pub fn object_to_json(object: &Object) -> Value {
    match object {
        Object::Grid(grid) => json!(grid),
        Object::Cell(cell) => json!(cell),
        Object::Layer(layer) => json!(layer),
        Object::LayerState(state) => json!(state),
        Object::Workflow(workflow) => json!(workflow),
        Object::Job(job) => json!(job),
    }
}
