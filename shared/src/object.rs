//! The shared objects that sessions mirror, each with an id, a version and one writer.

use serde::{Deserialize, Serialize};

use crate::id::{CellId, GridId, JobId, LayerId, RegionId, WorkflowId};
use crate::job::{Job, Workflow};
use crate::layer_state::LayerState;
use crate::region::Region;
use crate::topology::{Cell, Grid, Layer};

/// Names any shared object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ObjectId {
    /// A grid.
    Grid(GridId),
    /// A cell.
    Cell(CellId),
    /// A layer.
    Layer(LayerId),
    /// The state of a layer.
    LayerState(LayerId),
    /// A workflow.
    Workflow(WorkflowId),
    /// A job.
    Job(JobId),
    /// A region of interest.
    Region(RegionId),
}

/// Any shared object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Object {
    /// A grid.
    Grid(Grid),
    /// A cell.
    Cell(Cell),
    /// A layer.
    Layer(Layer),
    /// The state of a layer.
    LayerState(LayerState),
    /// A workflow.
    Workflow(Workflow),
    /// A job.
    Job(Job),
    /// A region of interest.
    Region(Region),
}

impl Object {
    /// The id under which it is kept.
    pub fn id(&self) -> ObjectId {
        match self {
            Self::Grid(grid) => ObjectId::Grid(grid.id),
            Self::Cell(cell) => ObjectId::Cell(cell.id),
            Self::Layer(layer) => ObjectId::Layer(layer.id),
            Self::LayerState(state) => ObjectId::LayerState(state.id),
            Self::Workflow(workflow) => ObjectId::Workflow(workflow.id.clone()),
            Self::Job(job) => ObjectId::Job(job.id.clone()),
            Self::Region(region) => ObjectId::Region(region.id),
        }
    }
}

impl ObjectId {
    /// The kind as the JSON form names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Grid(_) => "grid",
            Self::Cell(_) => "cell",
            Self::Layer(_) => "layer",
            Self::LayerState(_) => "layer_state",
            Self::Workflow(_) => "workflow",
            Self::Job(_) => "job",
            Self::Region(_) => "region",
        }
    }
}
