//! The answer for people, scripts and tests: the same fields, frames always whole. Nothing is copied: it borrows the
//! state that the answer was built from, and is written straight to text.

use serde::{Serialize, Serializer};

use super::message::{Answer, Change, FrameUpdate};
use super::state::SharedState;
use crate::id::LayerId;
use crate::notification::Notices;
use crate::object::{Object, ObjectId};
use crate::plot::frame::Frame;
use crate::time::TimeNs;
use crate::version::{Revision, Stamp};

/// The JSON form of an answer.
#[derive(Debug, Serialize)]
pub struct JsonAnswer<'a> {
    protocol: u32,
    stamp: Stamp,
    base: Option<Revision>,
    server_time_ns: TimeNs,
    changes: Vec<JsonChange<'a>>,
    frames: Vec<JsonFrame<'a>>,
    notices: &'a Notices,
    deferred: &'a [LayerId],
}

#[derive(Debug, Serialize)]
struct JsonChange<'a> {
    kind: &'static str,
    op: &'static str,
    id: JsonId<'a>,
    version: Revision,
    value: Option<JsonObject<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonFrame<'a> {
    layer: LayerId,
    version: Revision,
    count: u64,
    frame: Option<&'a Frame>,
}

/// An object as its address gives it; the kind is said beside it.
#[derive(Clone, Copy, Debug)]
pub struct JsonObject<'a>(pub &'a Object);

#[derive(Debug)]
struct JsonId<'a>(&'a ObjectId);

impl<'a> JsonAnswer<'a> {
    /// The JSON form of `answer`, which was built from `state`.
    pub fn new(answer: &'a Answer, state: &'a SharedState) -> Self {
        Self {
            protocol: answer.protocol,
            stamp: answer.stamp,
            base: answer.base,
            server_time_ns: answer.server_time,
            changes: answer.changes.iter().map(change).collect(),
            frames: answer.frames.iter().map(|it| frame(it, state)).collect(),
            notices: &answer.notices,
            deferred: &answer.deferred,
        }
    }
}

fn frame<'a>(update: &FrameUpdate, state: &'a SharedState) -> JsonFrame<'a> {
    let slot = state.frames_of(update.layer);
    let current = slot.and_then(|slot| slot.current());
    JsonFrame {
        layer: update.layer,
        version: update.version,
        count: update.count,
        frame: current.map(|(_, frame)| &**frame.frame()),
    }
}

fn change(change: &Change) -> JsonChange<'_> {
    JsonChange {
        kind: change.id.kind(),
        op: if change.value.is_some() {
            "upsert"
        } else {
            "remove"
        },
        id: JsonId(&change.id),
        version: change.version,
        value: change.value.as_deref().map(JsonObject),
    }
}

impl Serialize for JsonId<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ObjectId::Grid(id) => id.serialize(serializer),
            ObjectId::Cell(id) => id.serialize(serializer),
            ObjectId::Layer(id) | ObjectId::LayerState(id) => id.serialize(serializer),
            ObjectId::Workflow(id) => id.serialize(serializer),
            ObjectId::Job(id) => id.serialize(serializer),
            ObjectId::Region(id) => id.serialize(serializer),
        }
    }
}

impl Serialize for JsonObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Object::Grid(grid) => grid.serialize(serializer),
            Object::Cell(cell) => cell.serialize(serializer),
            Object::Layer(layer) => layer.serialize(serializer),
            Object::LayerState(state) => state.serialize(serializer),
            Object::Workflow(workflow) => workflow.serialize(serializer),
            Object::Job(job) => job.serialize(serializer),
            Object::Region(region) => region.serialize(serializer),
        }
    }
}
