//! What the two halves say to each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::id::{GridId, LayerId, SessionId};
use crate::notification::Notices;
use crate::object::{Object, ObjectId};
use crate::presence::Presence;
use crate::time::TimeNs;
use crate::version::{Epoch, Revision, Stamp};

/// The protocol that this build speaks. It is read first, alone: another number gets no other field read.
pub const PROTOCOL: u32 = 4;

/// The body of `POST /sync`: what the session knows, sees and has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SyncRequest {
    /// The caller's protocol.
    pub protocol: u32,
    /// Who calls.
    pub session: SessionId,
    /// What the person who looks is called, for others to read; none of a script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The state that the caller's objects are at; none asks for a snapshot.
    pub known: Option<Stamp>,
    /// The grid on the caller's screen.
    pub grid: Option<GridId>,
    /// Further layers wanted.
    #[serde(default)]
    pub also: Vec<LayerId>,
    /// The frames that the caller holds, by version.
    #[serde(default)]
    pub have: Vec<(LayerId, Revision)>,
    /// The last notification read; none asks for the head alone.
    #[serde(default)]
    pub notices: Option<u64>,
    /// Bytes of frames wanted in one answer at most; at least one frame is sent.
    #[serde(default)]
    pub budget_bytes: Option<u64>,
}

/// Bytes of frames in one answer when the caller names no budget: more than a normal grid.
pub const DEFAULT_BUDGET_BYTES: u64 = 16 << 20;

/// The answer of `sync`, built from one state of the server; the bodies of its frames follow it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The server's protocol.
    pub protocol: u32,
    /// The state that this answer leads to.
    pub stamp: Stamp,
    /// The revision that the changes start from; none is a snapshot: what is not in it does not exist.
    pub base: Option<Revision>,
    /// The server's clock.
    pub server_time: TimeNs,
    /// Objects changed or removed, ascending by version.
    pub changes: Vec<Change>,
    /// Frames of visible layers that the caller does not hold.
    pub frames: Vec<FrameUpdate>,
    /// Notifications since the caller's cursor.
    pub notices: Notices,
    /// Layers whose frame was left out for the budget: what the caller has of them is behind, and it asks again at once.
    pub deferred: Vec<LayerId>,
}

/// One object at its newest version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which object.
    pub id: ObjectId,
    /// The revision that made it so.
    pub version: Revision,
    /// The object; none when it was removed.
    pub value: Option<Arc<Object>>,
}

/// What there is to know about one layer's frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameUpdate {
    /// Whose frame.
    pub layer: LayerId,
    /// The revision of the tick that made it.
    pub version: Revision,
    /// How many frames this layer has had, so that a slow caller knows how many it skipped.
    pub count: u64,
    /// How it is told; the bodies follow the answer in the order of the updates.
    pub content: FrameContent,
}

/// How a frame is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameContent {
    /// The layer has no frame now.
    None,
    /// One body: the frame.
    Whole,
    /// As many bodies as `links`: differences to apply in order to exactly the frame in `have`.
    Delta {
        /// Number of differences.
        links: u32,
    },
}

/// The announcement of a new revision: no data, and harmless when lost or repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wake {
    /// The server run.
    pub epoch: Epoch,
    /// Its newest revision.
    pub revision: Revision,
    /// For each session asked for, the newest revision that concerns it.
    #[serde(default)]
    pub sessions: BTreeMap<SessionId, Revision>,
    /// Who is where the sessions look, of those that are not alone. It changes at most once a second.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub presence: BTreeMap<SessionId, Presence>,
}
