//! What the screen knows, as one signal per thing that can change on its own.
//!
//! Components read signals from here and never from the protocol. Nothing here does I/O or reads a clock.

mod connection;
mod mark;
mod outline;
mod shown_frame;
mod signal_map;

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{CellId, GridId, JobId, LayerId, WorkflowId};
use shared::job::{Job, Workflow};
use shared::layer_state::LayerState;
use shared::notification::Notification;
use shared::object::{Object, ObjectId};
use shared::sync::mirror::LayerFrame;
use shared::time::TimeNs;
use shared::topology::{Cell, Grid, Layer};

use crate::session::Pictures;
use crate::snapshot::{Reading, Snapshot};

pub use connection::Connection;
pub use mark::{LayerGlance, Mark};
pub use outline::{Outline, cell_title};
pub use shown_frame::{FrameKind, ShownFrame};
pub use signal_map::SignalMap;

/// The page's knowledge; cheap to clone, shared by context.
#[derive(Clone, Debug)]
pub struct Live {
    /// The instrument's title.
    pub instrument: Arc<str>,
    /// Grids.
    pub grids: SignalMap<GridId, Grid>,
    /// Cells.
    pub cells: SignalMap<CellId, Cell>,
    /// Layers.
    pub layers: SignalMap<LayerId, Layer>,
    /// How layers are doing.
    pub states: SignalMap<LayerId, LayerState>,
    /// Workflows.
    pub workflows: SignalMap<WorkflowId, Workflow>,
    /// Jobs.
    pub jobs: SignalMap<JobId, Job>,
    /// Grids with a tab, in order.
    pub tabs: ArcRwSignal<Vec<GridId>>,
    /// Cells of a grid, in reading order.
    pub cells_of: SignalMap<GridId, Vec<CellId>>,
    /// Layers of a cell, in drawing order.
    pub layers_of: SignalMap<CellId, Vec<LayerId>>,
    /// Workflows, by title.
    pub workflow_list: ArcRwSignal<Vec<WorkflowId>>,
    /// Jobs, by workflow and source.
    pub job_list: ArcRwSignal<Vec<JobId>>,
    /// What is said about a layer's picture; none without one.
    pub frames: SignalMap<LayerId, ShownFrame>,
    /// Where the pictures themselves are.
    pub pictures: Pictures,
    /// The end of the data time that a layer's frame covers.
    pub data_ends: SignalMap<LayerId, TimeNs>,
    /// A layer's newest single values.
    pub readings: SignalMap<LayerId, Vec<Reading>>,
    /// How the page stands to the server.
    pub connection: ArcRwSignal<Connection>,
    /// The server's clock, advanced about once a second.
    pub now: ArcRwSignal<TimeNs>,
    /// Events that this page has yet to show or is showing, oldest first.
    pub toasts: ArcRwSignal<Vec<Notification>>,
}

impl Live {
    /// What a page knows that starts from `snapshot`.
    pub fn new(snapshot: &Snapshot) -> Self {
        let live = Self {
            instrument: snapshot.instrument.as_str().into(),
            grids: SignalMap::default(),
            cells: SignalMap::default(),
            layers: SignalMap::default(),
            states: SignalMap::default(),
            workflows: SignalMap::default(),
            jobs: SignalMap::default(),
            tabs: ArcRwSignal::default(),
            cells_of: SignalMap::default(),
            layers_of: SignalMap::default(),
            workflow_list: ArcRwSignal::default(),
            job_list: ArcRwSignal::default(),
            frames: SignalMap::default(),
            pictures: Pictures::default(),
            data_ends: SignalMap::default(),
            readings: SignalMap::default(),
            connection: ArcRwSignal::new(Connection::Connecting),
            now: ArcRwSignal::new(snapshot.answer.server_time),
            toasts: ArcRwSignal::default(),
        };
        for object in snapshot.objects() {
            live.put(object);
        }
        live.arrange(snapshot.objects());
        for glance in &snapshot.glances {
            live.data_ends
                .put(&glance.layer, glance.time.map(|time| time.end));
            live.readings
                .put(&glance.layer, Some(glance.readings.clone()));
        }
        live
    }

    /// Tells an object's signal its new value.
    pub fn put(&self, object: &Object) {
        match object {
            Object::Grid(it) => self.grids.put(&it.id, Some(it.clone())),
            Object::Cell(it) => self.cells.put(&it.id, Some(it.clone())),
            Object::Layer(it) => self.layers.put(&it.id, Some(it.clone())),
            Object::LayerState(it) => self.states.put(&it.id, Some(it.clone())),
            Object::Workflow(it) => self.workflows.put(&it.id, Some(it.clone())),
            Object::Job(it) => self.jobs.put(&it.id, Some(it.clone())),
        }
    }

    /// Tells an object's signal that it is gone.
    pub fn remove(&self, id: &ObjectId) {
        match id {
            ObjectId::Grid(id) => self.grids.put(id, None),
            ObjectId::Cell(id) => self.cells.put(id, None),
            ObjectId::Layer(id) => {
                self.layers.put(id, None);
                self.show(*id, None);
                self.readings.put(id, None);
            }
            ObjectId::LayerState(id) => self.states.put(id, None),
            ObjectId::Workflow(id) => self.workflows.put(id, None),
            ObjectId::Job(id) => self.jobs.put(id, None),
        }
    }

    /// Tells a layer's signals about its picture.
    pub fn show(&self, layer: LayerId, picture: Option<&LayerFrame>) {
        let end = picture.and_then(|it| it.frame.time).map(|time| time.end);
        self.data_ends.put(&layer, end);
        self.frames.put(&layer, picture.map(ShownFrame::of));
    }

    /// Tells the lists of children what they hold now.
    pub fn arrange<'a>(&self, objects: impl Iterator<Item = &'a Object>) {
        let outline = Outline::of(objects);
        put_list(&self.tabs, &outline.tabs);
        put_list(&self.workflow_list, &outline.workflows);
        put_list(&self.job_list, &outline.jobs);
        self.cells_of
            .retain(|grid| outline.cells.contains_key(grid));
        for (grid, cells) in &outline.cells {
            self.cells_of.put(grid, Some(cells.clone()));
        }
        self.layers_of
            .retain(|cell| outline.layers.contains_key(cell));
        for (cell, layers) in &outline.layers {
            self.layers_of.put(cell, Some(layers.clone()));
        }
    }

    /// The layers of a cell that exist, in drawing order. Tracks the list and each layer.
    pub fn layers_in(&self, cell: &CellId) -> Vec<Layer> {
        let ids = self.layers_of.signal(cell).get().unwrap_or_default();
        ids.iter()
            .filter_map(|id| self.layers.signal(id).get())
            .collect()
    }

    /// What is said about the pictures in a cell, in drawing order. Tracks each of them.
    pub fn frames_in(&self, cell: &CellId) -> Vec<(LayerId, ShownFrame)> {
        let ids = self.layers_of.signal(cell).get().unwrap_or_default();
        let shown = |id: LayerId| Some((id, self.frames.signal(&id).get()?));
        ids.into_iter().filter_map(shown).collect()
    }

    /// The mark of a cell. Tracks everything that it depends on.
    pub fn mark_of(&self, cell: &CellId) -> Mark {
        let glance = |layer: Layer| LayerGlance {
            state: self.states.signal(&layer.id).get(),
            data_end: self.data_ends.signal(&layer.id).get(),
            fed: !layer.config.sources.is_empty(),
        };
        let layers: Vec<LayerGlance> = self.layers_in(cell).into_iter().map(glance).collect();
        Mark::of_cell(&layers, self.now.get())
    }
}

fn put_list<T: PartialEq + Clone + Send + Sync + 'static>(
    signal: &ArcRwSignal<Vec<T>>,
    list: &[T],
) {
    if signal.with_untracked(|held| held != list) {
        signal.set(list.to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::sync::message::Change;
    use shared::version::Revision;

    fn grid(title: &str) -> Object {
        Object::Grid(Grid {
            id: GridId::derived("a"),
            title: title.to_owned(),
            nrows: 1,
            ncols: 1,
            enabled: true,
            order: 0,
        })
    }

    #[test]
    fn a_page_starts_from_its_snapshot_and_hears_of_changes() {
        let mut snapshot = Snapshot::empty();
        let old = grid("Old");
        snapshot.answer.changes.push(Change {
            id: old.id(),
            version: Revision(1),
            value: Some(old.into()),
        });
        let live = Live::new(&snapshot);
        let id = GridId::derived("a");
        assert_eq!(live.tabs.get_untracked(), [id]);
        let signal = live.grids.signal(&id);
        live.put(&grid("New"));
        assert_eq!(signal.get_untracked().unwrap().title, "New");
        live.remove(&ObjectId::Grid(id));
        live.arrange([].iter());
        assert_eq!(signal.get_untracked(), None);
        assert!(live.tabs.get_untracked().is_empty());
    }
}
