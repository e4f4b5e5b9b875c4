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

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{CellId, GridId, JobId, LayerId, RegionId, WorkflowId};
use shared::job::{Job, Workflow};
use shared::layer_state::LayerState;
use shared::object::{Object, ObjectId};
use shared::plot::params::BarStyle;
use shared::plot::{AxisUnits, UnitClash};
use shared::presence::Presence;
use shared::region::Region;
use shared::sync::mirror::{Applied, LayerFrame, Mirror};
use shared::time::{TimeInterval, TimeNs};
use shared::topology::{Cell, Grid, Layer};

use self::feed::Feed;
use crate::session::Pictures;
use crate::snapshot::{Reading, Snapshot};

pub use condition::{JobCondition, Note};
pub use connection::Connection;
pub use details::{Detail, as_text};
pub use mark::{LayerGlance, Mark};
pub use outline::{Outline, cell_title};
pub use shown_frame::{FrameKind, ShownFrame};
pub use signal_map::SignalMap;
pub use toasts::Toasts;

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
            live.put_data_end(glance.layer, glance.time);
            live.readings
                .put(&glance.layer, Some(glance.readings.clone()));
        }
        live
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
        self.put_data_end(layer, picture.and_then(|it| it.frame.time));
        self.frames
            .put(&layer, picture.map(|it| ShownFrame::of(it, server_time)));
    }

    /// Tells how far a layer's data reach. A source whose clock is fast must not pass for live after it died, so they
    /// reach no further than now.
    fn put_data_end(&self, layer: LayerId, time: Option<TimeInterval>) {
        let now = self.now.get_untracked();
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
        self.regions_of
            .retain(|job| outline.regions.contains_key(job));
        for (job, regions) in &outline.regions {
            self.regions_of.put(job, Some(regions.clone()));
        }
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

    /// The mark of a cell. Tracks everything that it depends on.
    pub fn mark_of(&self, cell: &CellId) -> Mark {
        let glance = |layer: &Layer| LayerGlance {
            fed: !layer.config.sources.is_empty(),
            broken: self.feed_of(layer).is_broken(),
            state: self.states.signal(&layer.id).get(),
            data_end: self.data_ends.signal(&layer.id).get(),
        };
        let layers: Vec<LayerGlance> = self.shown_in(cell).iter().map(glance).collect();
        Mark::of_cell(&layers, self.now.get())
    }

    /// What a cell must say about its layers. Tracks everything that it depends on.
    pub fn notes_of(&self, cell: &CellId) -> Vec<Note> {
        let layers = self.shown_in(cell);
        if layers.is_empty() {
            let is_empty = self.layers_in(cell).is_empty();
            return vec![if is_empty {
                Note::of_no_layers()
            } else {
                Note::of_hidden_layers()
            }];
        }
        let several = layers.len() > 1;
        let of_layer = |layer: &Layer| {
            let phase = self.states.signal(&layer.id).get().map(|it| it.phase);
            let has_data = self.data_ends.signal(&layer.id).with(Option::is_some);
            let note = Note::of_layer(phase, has_data)?;
            Some(if several {
                note.about(&layer.title)
            } else {
                note
            })
        };
        let mut notes: Vec<Note> = Vec::new();
        let (_, clashes) = self.units_of(cell);
        for layer in &layers {
            if let Some((_, clash)) = clashes.iter().find(|(id, _)| *id == layer.id) {
                notes.push(Note::of_error(&clash.to_string()).about(&layer.title));
            }
            let feed = self.feed_of(layer);
            for note in of_layer(layer).into_iter().chain(feed.notes()) {
                // Layers of one job have the same trouble.
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        notes
    }

    /// The units of a cell's axes, which are those of its lowest layers, and the layers that cannot be drawn in them.
    /// Tracks the pictures.
    pub fn units_of(&self, cell: &CellId) -> (AxisUnits, Vec<(LayerId, UnitClash)>) {
        let mut units = AxisUnits::default();
        let of_layer = |layer: Layer| {
            let frame = self.frames.signal(&layer.id).get()?;
            Some((layer.id, units.join(&frame.units).err()?))
        };
        let clashes = self
            .shown_in(cell)
            .into_iter()
            .filter_map(of_layer)
            .collect();
        (units, clashes)
    }

    /// Tells this page's reader something.
    pub fn say(&self, message: String) {
        let now = self.now.get_untracked();
        self.toasts.update(|it| it.add_own(message, now));
    }

    /// What limits the pictures of a cell, though they can be trusted. Tracks everything that it depends on.
    pub fn remarks_of(&self, cell: &CellId) -> Vec<String> {
        let frames = self.frames_in(cell).into_iter();
        let mut remarks: Vec<String> = frames
            .filter_map(|(_, frame)| Some(frame.note?.to_string()))
            .collect();
        for layer in self.shown_in(cell) {
            for remark in self.feed_of(&layer).remarks() {
                if !remarks.contains(&remark) {
                    remarks.push(remark);
                }
            }
        }
        remarks
    }

    /// The jobs behind a layer. Tracks each of them.
    fn feed_of(&self, layer: &Layer) -> Feed {
        let entries = layer.config.sources.values().flat_map(|data| {
            let workflow = self.workflows.signal(&data.workflow).get();
            data.sources.iter().map(move |name| {
                let known = workflow.iter().flat_map(|it| &it.sources);
                let title = known.into_iter().find(|it| it.name == *name);
                let title = title.map_or(name, |it| &it.title).clone();
                let job = JobId {
                    workflow: data.workflow.clone(),
                    source: name.clone(),
                };
                (title, self.jobs.signal(&job).get().map(|it| it.state))
            })
        });
        Feed(entries.collect())
    }

    /// The newest data time of a cell whose pictures are dated; none while they are up to date. Tracks everything that
    /// it depends on.
    pub fn as_of(&self, cell: &CellId) -> Option<TimeNs> {
        let all_dated = self.connection.get().is_dated();
        let frames = self.frames_in(cell).into_iter();
        let dated = frames.filter(|(_, frame)| all_dated || !frame.current);
        dated.filter_map(|(_, frame)| Some(frame.time?.end)).max()
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
mod tests;
