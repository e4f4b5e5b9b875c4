//! What the screen knows, as one signal per thing that can change on its own.
//!
//! Components read signals from here and never from the protocol. Nothing here does I/O or reads a clock.

mod condition;
mod connection;
mod details;
mod feed;
mod mark;
mod outline;
mod shown_frame;
mod signal_map;
mod toasts;
mod told;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{CellId, GridId, JobId, LayerId, RegionId, WorkflowId};
use shared::job::{Job, Workflow};
use shared::layer_state::LayerState;
use shared::notification::Severity;
use shared::object::{Object, ObjectId};
use shared::plot::params::BarStyle;
use shared::presence::Presence;
use shared::region::Region;
use shared::sync::mirror::{Applied, LayerFrame, Mirror};
use shared::time::{TimeInterval, TimeNs};
use shared::topology::{Cell, Grid, Layer};

use crate::readers::shed;
use crate::session::Pictures;
use crate::snapshot::{Reading, Snapshot};

pub use condition::{JobCondition, Note};
pub use connection::Connection;
pub use details::{Detail, as_text};
pub use mark::{LayerGlance, Mark};
pub use outline::Outline;
pub use shown_frame::{FrameKind, ShownFrame};
pub use signal_map::SignalMap;
pub use toasts::{ToastOffer, Toasts};

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
    /// Regions of interest.
    pub regions: SignalMap<RegionId, Region>,
    /// Grids with a tab, in order.
    pub tabs: ArcRwSignal<Vec<GridId>>,
    /// Grids without one.
    pub hidden_tabs: ArcRwSignal<Vec<GridId>>,
    /// Cells of a grid, in reading order.
    pub cells_of: SignalMap<GridId, Vec<CellId>>,
    /// Layers of a cell, in drawing order.
    pub layers_of: SignalMap<CellId, Vec<LayerId>>,
    /// Regions on the images of a job, by name.
    pub regions_of: SignalMap<JobId, Vec<RegionId>>,
    /// The layers that show profiles through the images of a job.
    pub profiles_of: SignalMap<JobId, Vec<LayerId>>,
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
    /// Who else is here; nobody as far as one knows while wakes are missing.
    pub presence: ArcRwSignal<Presence>,
    /// Events that this page shows.
    pub toasts: ArcRwSignal<Toasts>,
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
            regions: SignalMap::default(),
            tabs: ArcRwSignal::default(),
            hidden_tabs: ArcRwSignal::default(),
            cells_of: SignalMap::default(),
            layers_of: SignalMap::default(),
            regions_of: SignalMap::default(),
            profiles_of: SignalMap::default(),
            workflow_list: ArcRwSignal::default(),
            job_list: ArcRwSignal::default(),
            frames: SignalMap::default(),
            pictures: Pictures::default(),
            data_ends: SignalMap::default(),
            readings: SignalMap::default(),
            connection: ArcRwSignal::new(Connection::Connecting),
            now: ArcRwSignal::new(snapshot.answer.server_time),
            presence: ArcRwSignal::default(),
            toasts: ArcRwSignal::default(),
        };
        for object in snapshot.objects() {
            live.put(object);
        }
        live.arrange(snapshot.objects());
        for glance in &snapshot.glances {
            live.put_data_end(glance.layer, glance.time, snapshot.answer.server_time);
            live.readings
                .put(&glance.layer, Some(glance.readings.clone()));
        }
        live
    }

    /// Has all signals forget readers that are gone; see [`crate::readers`].
    pub(crate) fn shed_readers(&self) {
        self.grids.shed_readers();
        self.cells.shed_readers();
        self.layers.shed_readers();
        self.states.shed_readers();
        self.workflows.shed_readers();
        self.jobs.shed_readers();
        self.regions.shed_readers();
        self.cells_of.shed_readers();
        self.layers_of.shed_readers();
        self.regions_of.shed_readers();
        self.profiles_of.shed_readers();
        self.frames.shed_readers();
        self.data_ends.shed_readers();
        self.readings.shed_readers();
        shed(&self.connection);
        shed(&self.now);
        shed(&self.presence);
    }

    /// Tells the signals of everything that an answer changed. Only what is created, removed or moved can change who
    /// belongs to whom.
    pub fn apply(&self, mirror: &Mirror, applied: &Applied, server_time: TimeNs) {
        let mut is_rearranged = false;
        for id in &applied.objects {
            is_rearranged |= match mirror.object(id) {
                Some(object) => self.put(object),
                None => self.remove(id),
            };
        }
        if is_rearranged {
            self.arrange(mirror.objects().map(|(_, _, object)| &**object));
        }
        for layer in &applied.layers {
            self.show(*layer, mirror.frame(*layer), server_time);
        }
    }

    /// Tells an object's signal its new value; true when it is new, or has its place elsewhere now.
    fn put(&self, object: &Object) -> bool {
        match object {
            Object::Grid(it) => self.grids.put_placed(&it.id, it, outline::is_moved_grid),
            Object::Cell(it) => self.cells.put_placed(&it.id, it, outline::is_moved_cell),
            Object::Layer(it) => self.layers.put_placed(&it.id, it, outline::is_moved_layer),
            Object::Workflow(it) => self
                .workflows
                .put_placed(&it.id, it, |old, new| old.title != new.title),
            Object::Job(it) => self.jobs.put_placed(&it.id, it, |_, _| false),
            Object::Region(it) => self
                .regions
                .put_placed(&it.id, it, outline::is_moved_region),
            Object::LayerState(it) => {
                self.states.put(&it.id, Some(it.clone()));
                false
            }
        }
    }

    /// Tells an object's signal that it is gone; true when it had a place.
    fn remove(&self, id: &ObjectId) -> bool {
        match id {
            ObjectId::Grid(id) => self.grids.remove(id),
            ObjectId::Cell(id) => self.cells.remove(id),
            ObjectId::Layer(id) => {
                self.layers.remove(id);
                self.frames.remove(id);
                self.data_ends.remove(id);
                self.readings.remove(id);
            }
            ObjectId::Workflow(id) => self.workflows.remove(id),
            ObjectId::Job(id) => self.jobs.remove(id),
            ObjectId::Region(id) => self.regions.remove(id),
            ObjectId::LayerState(id) => {
                self.states.remove(id);
                return false;
            }
        }
        true
    }

    /// Tells a layer's signals about its picture.
    fn show(&self, layer: LayerId, picture: Option<&LayerFrame>, server_time: TimeNs) {
        self.put_data_end(layer, picture.and_then(|it| it.frame.time), server_time);
        self.frames
            .put(&layer, picture.map(|it| ShownFrame::of(it, server_time)));
    }

    /// Tells how far a layer's data reach. A source whose clock is fast must not pass for live after it died, so they
    /// reach no further than now.
    fn put_data_end(&self, layer: LayerId, time: Option<TimeInterval>, now: TimeNs) {
        self.data_ends
            .put(&layer, time.map(|time| time.end.min(now)));
    }

    /// Tells the lists of children what they hold now.
    fn arrange<'a>(&self, objects: impl Iterator<Item = &'a Object>) {
        let outline = Outline::of(objects);
        put_list(&self.tabs, &outline.tabs);
        put_list(&self.hidden_tabs, &outline.hidden_tabs);
        put_list(&self.workflow_list, &outline.workflows);
        put_list(&self.job_list, &outline.jobs);
        put_lists(&self.cells_of, outline.cells);
        put_lists(&self.layers_of, outline.layers);
        put_lists(&self.regions_of, outline.regions);
        put_lists(&self.profiles_of, outline.profiles);
    }

    /// The layers of a cell that exist, in drawing order. Tracks the list and each layer.
    pub fn layers_in(&self, cell: &CellId) -> Vec<Layer> {
        let ids = self.layers_of.signal(cell).get().unwrap_or_default();
        ids.iter()
            .filter_map(|id| self.layers.signal(id).get())
            .collect()
    }

    /// The same without those that are hidden.
    pub fn shown_in(&self, cell: &CellId) -> Vec<Layer> {
        let mut layers = self.layers_in(cell);
        layers.retain(|it| !it.hidden);
        layers
    }

    /// What is said about the pictures in a cell, in drawing order, without those that are hidden. Tracks each of them.
    pub fn frames_in(&self, cell: &CellId) -> Vec<(LayerId, ShownFrame)> {
        let shown = self.shown_in(cell).into_iter();
        let frame = |it: Layer| Some((it.id, self.frames.signal(&it.id).get()?));
        shown.filter_map(frame).collect()
    }

    /// The layer that a cell shows as a table, if it shows one. Tracks its layers and their pictures.
    pub fn table_in(&self, cell: &CellId) -> Option<Layer> {
        let is_table = |layer: &Layer| {
            let kind = self.frames.signal(&layer.id).get().map(|it| it.kind);
            kind == Some(FrameKind::Scalars) && BarStyle::of_layer(&layer.config).is_none()
        };
        self.shown_in(cell).into_iter().find(is_table)
    }

    /// Tells this page's reader what went wrong.
    pub fn say(&self, message: String) {
        self.tell(Severity::Error, message);
    }

    /// Tells this page's reader something.
    pub fn tell(&self, severity: Severity, message: String) {
        self.tell_with(severity, message, None);
    }

    /// The same with what can be done about it.
    pub fn tell_with(&self, severity: Severity, message: String, offer: Option<ToastOffer>) {
        let now = self.now.get_untracked();
        self.toasts
            .update(|it| it.add_own(severity, message, offer, now));
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

fn put_lists<K, T>(signals: &SignalMap<K, Vec<T>>, lists: BTreeMap<K, Vec<T>>)
where
    K: Ord + Clone,
    T: PartialEq + Clone + Send + Sync + 'static,
{
    signals.retain(|it| lists.contains_key(it));
    for (of, list) in lists {
        signals.put(&of, Some(list));
    }
}

#[cfg(test)]
mod tests;
