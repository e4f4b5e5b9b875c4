//! The server's half: one immutable state that answers are built from, and the commits that make the next one.

mod answer;
mod commit;
mod frames;

use std::sync::Arc;

use imbl::{OrdMap, OrdSet, Vector};

pub use commit::Transaction;
pub use frames::{EncodedFrame, FrameSlot, PreparedFrame};

use crate::id::{CellId, GridId, JobId, LayerId, RegionId, WorkflowId};
use crate::job::{Job, Workflow};
use crate::layer_state::LayerState;
use crate::notification::Notification;
use crate::object::{Object, ObjectId};
use crate::region::Region;
use crate::time::TimeNs;
use crate::topology::Layer;
use crate::version::{Epoch, Revision, Stamp};

/// Everything that sessions share, at one revision: objects, their log, frames and notifications.
///
/// Cloning costs nothing worth counting: the collections share structure. One writer clones the newest
/// state, commits to its copy and publishes that; readers keep whichever they took.
///
/// **Invariant:** `log` holds each live object exactly once, at its version, and each tombstone once.
#[derive(Clone, Debug)]
pub struct SharedState {
    epoch: Epoch,
    revision: Revision,
    objects: OrdMap<ObjectId, (Revision, Arc<Object>)>,
    log: OrdMap<(Revision, ObjectId), Option<Arc<Object>>>,
    /// Where the log holds the tombstone of an id.
    removed: OrdMap<ObjectId, Revision>,
    /// Tombstones in order of removal; one whose object came back is skipped when its turn comes.
    tombstones: Vector<(Revision, ObjectId, TimeNs)>,
    /// The newest tombstone discarded: nobody who knows less can be told the difference.
    floor: Revision,
    cells: OrdSet<(GridId, CellId)>,
    layers: OrdSet<(CellId, LayerId)>,
    frames: OrdMap<LayerId, FrameSlot>,
    /// The revision that last changed a frame of the grid.
    ticked: OrdMap<GridId, Revision>,
    /// The revision that last changed what every session sees.
    touched: Revision,
    notices: Vector<Notification>,
    notice_head: u64,
    /// The number that the last notification before this run had.
    notices_before: u64,
}

/// How many tombstones are kept, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Tombstones kept at most.
    pub tombstones: usize,
    /// How long a tombstone is kept, ns.
    pub tombstone_age_ns: i64,
    /// Notifications kept at most.
    pub notices: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tombstones: 10_000,
            tombstone_age_ns: 3_600_000_000_000,
            notices: 1_000,
        }
    }
}

impl SharedState {
    /// The empty state of a new server run. Notification numbers go on after `notice_head`, since pages keep
    /// their cursors over restarts.
    pub fn new(epoch: Epoch, notice_head: u64) -> Self {
        Self {
            epoch,
            revision: Revision(0),
            objects: OrdMap::new(),
            log: OrdMap::new(),
            removed: OrdMap::new(),
            tombstones: Vector::new(),
            floor: Revision(0),
            cells: OrdSet::new(),
            layers: OrdSet::new(),
            frames: OrdMap::new(),
            ticked: OrdMap::new(),
            touched: Revision(0),
            notices: Vector::new(),
            notice_head,
            notices_before: notice_head,
        }
    }

    /// Where this state stands.
    pub fn stamp(&self) -> Stamp {
        Stamp {
            epoch: self.epoch,
            revision: self.revision,
        }
    }

    /// All live objects with their versions, ascending by id.
    pub fn objects(&self) -> impl Iterator<Item = (&ObjectId, Revision, &Arc<Object>)> {
        self.objects
            .iter()
            .map(|(id, (version, value))| (id, *version, value))
    }

    /// One object with its version.
    pub fn object(&self, id: &ObjectId) -> Option<(Revision, &Arc<Object>)> {
        self.objects
            .get(id)
            .map(|(version, value)| (*version, value))
    }

    /// What is said of a workflow.
    pub fn workflow(&self, id: &WorkflowId) -> Option<&Workflow> {
        match &**self.object(&ObjectId::Workflow(id.clone()))?.1 {
            Object::Workflow(workflow) => Some(workflow),
            _ => None,
        }
    }

    /// What is known of a workflow running for one source.
    pub fn job(&self, id: &JobId) -> Option<&Job> {
        match &**self.object(&ObjectId::Job(id.clone()))?.1 {
            Object::Job(job) => Some(job),
            _ => None,
        }
    }

    /// A layer as it is arranged.
    pub fn layer(&self, id: LayerId) -> Option<&Layer> {
        match &**self.object(&ObjectId::Layer(id))?.1 {
            Object::Layer(layer) => Some(layer),
            _ => None,
        }
    }

    /// A region, if there is one.
    pub fn region(&self, id: RegionId) -> Option<&Region> {
        match &**self.object(&ObjectId::Region(id))?.1 {
            Object::Region(region) => Some(region),
            _ => None,
        }
    }

    /// What a layer is doing.
    pub fn layer_state(&self, id: LayerId) -> Option<&LayerState> {
        match &**self.object(&ObjectId::LayerState(id))?.1 {
            Object::LayerState(state) => Some(state),
            _ => None,
        }
    }

    /// All layers, ascending by id.
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        self.objects().filter_map(|(_, _, object)| match &**object {
            Object::Layer(layer) => Some(layer),
            _ => None,
        })
    }

    /// The cells of a grid, ascending by id.
    pub fn cells_of(&self, grid: GridId) -> impl Iterator<Item = CellId> {
        self.cells
            .range((grid, CellId(uuid::Uuid::nil()))..)
            .take_while(move |(g, _)| *g == grid)
            .map(|(_, cell)| *cell)
    }

    /// The layers of a cell, ascending by id.
    pub fn layers_of_cell(&self, cell: CellId) -> impl Iterator<Item = LayerId> {
        self.layers
            .range((cell, LayerId(uuid::Uuid::nil()))..)
            .take_while(move |(c, _)| *c == cell)
            .map(|(_, layer)| *layer)
    }

    /// The layers of a grid, cell by cell.
    pub fn layers_of(&self, grid: GridId) -> impl Iterator<Item = LayerId> {
        self.cells_of(grid)
            .flat_map(|cell| self.layers_of_cell(cell))
    }

    /// The layers of a grid without those that are hidden from everybody.
    pub fn shown_layers_of(&self, grid: GridId) -> impl Iterator<Item = LayerId> {
        self.layers_of(grid).filter(|layer| !self.is_hidden(*layer))
    }

    /// Whether a layer is hidden from everybody.
    pub fn is_hidden(&self, layer: LayerId) -> bool {
        self.layer(layer).is_some_and(|layer| layer.hidden)
    }

    /// The grid that shows a layer.
    pub fn grid_of(&self, layer: LayerId) -> Option<GridId> {
        let cell = ObjectId::Cell(self.layer(layer)?.cell);
        let Object::Cell(cell) = &**self.object(&cell)?.1 else {
            return None;
        };
        Some(cell.grid)
    }

    /// The frames of a layer; none before it had its first.
    pub fn frames_of(&self, layer: LayerId) -> Option<&FrameSlot> {
        self.frames.get(&layer)
    }

    /// The newest revision that a session looking at `grids` needs to know of.
    pub fn concerns(&self, grids: &[GridId]) -> Revision {
        let ticked = grids.iter().filter_map(|grid| self.ticked.get(grid));
        ticked.fold(self.touched, |newest, ticked| newest.max(*ticked))
    }
}
