//! `GET /regions`: all regions of interest; and what may be left out of one that is put.

use axum::extract::State;
use axum::response::Json;
use serde_json::{Map, Value, json};
use shared::id::RegionId;
use shared::object::{Object, ObjectId};
use shared::region::{Region, free_look};
use shared::sync::json::JsonObject;
use shared::sync::state::SharedState;

use super::App;

pub(super) async fn list_regions(State(app): State<App>) -> Json<Value> {
    let state = app.committer.read();
    let regions: Vec<Value> = state
        .objects()
        .filter(|(id, _, _)| matches!(id, ObjectId::Region(_)))
        .map(|(_, version, object)| json!({"version": version, "value": JsonObject(object)}))
        .collect();
    Json(json!({"stamp": state.stamp(), "regions": regions}))
}

/// Fills in what a region leaves out: what it is called and its colour stay as they are, or are free ones.
pub(super) fn complete(state: &SharedState, id: RegionId, value: &mut Map<String, Value>) {
    let regions = || {
        state
            .objects()
            .filter_map(|(_, _, object)| match &**object {
                Object::Region(region) => Some(region),
                _ => None,
            })
    };
    let present = regions().find(|region| region.id == id);
    let told = |key: &str| value.get(key).and_then(Value::as_str);
    let beside = |it: &&Region| {
        told("workflow") == Some(it.workflow.to_string().as_str())
            && told("source") == Some(it.source.as_str())
    };
    let beside: Vec<&Region> = regions().filter(beside).collect();
    let (free_name, free_colour) = free_look(beside.iter().copied());
    let colour = present.map_or(free_colour, |it| it.colour);
    let name = present.map_or(free_name, |it| it.name.clone());
    value.entry("colour").or_insert(colour.into());
    value.entry("name").or_insert(name.into());
    value.entry("units").or_insert(json!(["", ""]));
    value.entry("changed_by").or_insert("a script".into());
}
