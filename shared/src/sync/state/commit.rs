//! Commits: all changes of a transaction under one revision, or none.

use std::sync::Arc;

use super::{Limits, PreparedFrame, SharedState};
use crate::id::LayerId;
use crate::notification::{Notification, Severity};
use crate::object::{Object, ObjectId};
use crate::time::TimeNs;
use crate::version::Revision;

/// Changes that belong together.
#[derive(Clone, Debug, Default)]
pub struct Transaction {
    upserts: Vec<Object>,
    removals: Vec<ObjectId>,
    clears: Vec<LayerId>,
    frames: Vec<PreparedFrame>,
    notices: Vec<(Severity, String)>,
}

impl Transaction {
    /// No changes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates the object, or replaces the one with its id.
    pub fn upsert(&mut self, object: Object) -> &mut Self {
        self.upserts.push(object);
        self
    }

    /// Removes the object and what it holds: the cells of a grid, the layers of a cell, their states and frames. What
    /// the same transaction moves elsewhere stays.
    pub fn remove(&mut self, id: ObjectId) -> &mut Self {
        self.removals.push(id);
        self
    }

    /// Forgets the frames of a layer: they show something that no longer holds.
    pub fn clear_frames(&mut self, layer: LayerId) -> &mut Self {
        self.clears.push(layer);
        self
    }

    /// Shows a computed frame, unless the layer is cleared before this commits.
    pub fn frame(&mut self, frame: PreparedFrame) -> &mut Self {
        self.frames.push(frame);
        self
    }

    /// Tells every session.
    pub fn notify(&mut self, severity: Severity, message: impl Into<String>) -> &mut Self {
        self.notices.push((severity, message.into()));
        self
    }
}

impl SharedState {
    /// Applies a transaction under the next revision and says whether anything changed; what already is as
    /// asked does not count as a change.
    pub fn commit(&mut self, transaction: Transaction, now: TimeNs, limits: Limits) -> bool {
        let before = self.revision;
        let revision = before.next();
        let mut changed = false;
        // What moves out of something that is removed is out before it goes.
        for object in transaction.upserts {
            changed |= self.upsert(object, revision);
        }
        for id in transaction.removals {
            changed |= self.remove(id, revision, now);
        }
        for layer in transaction.clears {
            changed |= self.clear(layer, revision);
        }
        if changed {
            self.touched = revision;
        }
        for frame in transaction.frames {
            changed |= self.push_frame(frame, revision);
        }
        if !transaction.notices.is_empty() {
            changed = true;
            self.touched = revision;
            self.push_notices(transaction.notices, now, limits.notices);
        }
        if changed {
            self.revision = revision;
        }
        self.discard_tombstones(now, limits);
        changed
    }

    fn upsert(&mut self, object: Object, revision: Revision) -> bool {
        let id = object.id();
        let mut computed_as_before = false;
        if let Some((version, present)) = self.objects.get(&id) {
            if **present == object {
                return false;
            }
            computed_as_before = computed_alike(present, &object);
            self.log.remove(&(*version, id.clone()));
            let present = Arc::clone(present);
            self.unlink(&present);
        }
        if let Some(removed) = self.removed.remove(&id) {
            self.log.remove(&(removed, id.clone()));
        }
        match &object {
            Object::Cell(cell) => drop(self.cells.insert((cell.grid, cell.id))),
            Object::Layer(layer) => {
                self.layers.insert((layer.cell, layer.id));
                if !computed_as_before {
                    self.frames.entry(layer.id).or_default().clear(revision);
                }
            }
            _ => {}
        }
        let object = Arc::new(object);
        self.log
            .insert((revision, id.clone()), Some(Arc::clone(&object)));
        self.objects.insert(id, (revision, object));
        true
    }

    /// Forgets which grid or cell holds the object.
    fn unlink(&mut self, object: &Object) {
        match object {
            Object::Cell(cell) => drop(self.cells.remove(&(cell.grid, cell.id))),
            Object::Layer(layer) => drop(self.layers.remove(&(layer.cell, layer.id))),
            _ => {}
        }
    }

    fn remove(&mut self, id: ObjectId, revision: Revision, now: TimeNs) -> bool {
        let Some((version, object)) = self.objects.remove(&id) else {
            return false;
        };
        self.log.remove(&(version, id.clone()));
        let children: Vec<ObjectId> = match &*object {
            Object::Grid(grid) => {
                self.ticked.remove(&grid.id);
                self.cells_of(grid.id).map(ObjectId::Cell).collect()
            }
            Object::Cell(cell) => self.layers_of_cell(cell.id).map(ObjectId::Layer).collect(),
            Object::Layer(layer) => {
                self.frames.remove(&layer.id);
                vec![ObjectId::LayerState(layer.id)]
            }
            _ => Vec::new(),
        };
        self.unlink(&object);
        for child in children {
            self.remove(child, revision, now);
        }
        self.log.insert((revision, id.clone()), None);
        self.removed.insert(id.clone(), revision);
        self.tombstones.push_back((revision, id, now));
        true
    }

    fn clear(&mut self, layer: LayerId, revision: Revision) -> bool {
        if !self.objects.contains_key(&ObjectId::Layer(layer)) {
            return false;
        }
        self.frames.entry(layer).or_default().clear(revision);
        true
    }

    fn push_frame(&mut self, frame: PreparedFrame, revision: Revision) -> bool {
        let layer = frame.layer;
        let Some(grid) = self.grid_of(layer) else {
            return false;
        };
        if !self.frames.entry(layer).or_default().push(revision, frame) {
            return false;
        }
        self.ticked.insert(grid, revision);
        true
    }

    fn push_notices(&mut self, notices: Vec<(Severity, String)>, now: TimeNs, limit: usize) {
        for (severity, message) in notices {
            self.notice_head += 1;
            self.notices.push_back(Notification {
                number: self.notice_head,
                time: now,
                severity,
                message,
            });
        }
        while self.notices.len() > limit {
            self.notices.pop_front();
        }
    }

    fn discard_tombstones(&mut self, now: TimeNs, limits: Limits) {
        while let Some((revision, id, removed_at)) = self.tombstones.front() {
            let expired = now.since(*removed_at) > limits.tombstone_age_ns;
            if self.tombstones.len() <= limits.tombstones && !expired {
                return;
            }
            let (revision, id) = (*revision, id.clone());
            self.tombstones.pop_front();
            // The object may have come back since, and be gone again under a later tombstone.
            if self.removed.get(&id) == Some(&revision) {
                self.removed.remove(&id);
                self.log.remove(&(revision, id));
                self.floor = revision;
            }
        }
    }
}

/// True for two states of a layer whose frames show the same: an edit of its title, place or style keeps its picture.
fn computed_alike(before: &Object, after: &Object) -> bool {
    matches!((before, after), (Object::Layer(a), Object::Layer(b)) if a.config.is_computed_like(&b.config))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::id::{CellId, GridId};
    use crate::topology::{Cell, CellGeometry, Grid, Layer, LayerConfig};
    use crate::version::Epoch;

    fn grid(name: &str) -> Object {
        Object::Grid(Grid {
            id: GridId::derived(name),
            title: name.to_owned(),
            nrows: 1,
            ncols: 1,
            enabled: true,
            order: 0,
        })
    }

    fn cell(grid: &str) -> Object {
        Object::Cell(Cell {
            id: CellId::derived("cell"),
            grid: GridId::derived(grid),
            geometry: CellGeometry::between((0, 0), (0, 0)),
            title: None,
        })
    }

    fn layer(params: &str) -> Object {
        Object::Layer(Layer {
            id: LayerId::derived("layer"),
            cell: CellId::derived("cell"),
            order: 0,
            title: "Layer".to_owned(),
            config: LayerConfig {
                plotter: "lines".to_owned(),
                sources: BTreeMap::new(),
                params: serde_json::from_str(params).unwrap(),
            },
            hidden: false,
        })
    }

    fn commit(state: &mut SharedState, upserts: Vec<Object>, removals: Vec<ObjectId>) {
        let mut transaction = Transaction::new();
        for object in upserts {
            transaction.upsert(object);
        }
        for id in removals {
            transaction.remove(id);
        }
        state.commit(transaction, TimeNs(0), Limits::default());
    }

    #[test]
    fn what_moves_out_of_something_removed_keeps_what_it_holds() {
        let mut state = SharedState::new(Epoch::random(), 0);
        let before = vec![grid("old"), grid("new"), cell("old"), layer("{}")];
        commit(&mut state, before, Vec::new());
        let old = ObjectId::Grid(GridId::derived("old"));
        commit(&mut state, vec![cell("new")], vec![old.clone()]);
        assert!(state.object(&old).is_none());
        let layer = LayerId::derived("layer");
        assert_eq!(state.grid_of(layer), Some(GridId::derived("new")));
        assert!(state.frames_of(layer).is_some());
    }

    #[test]
    fn a_change_of_style_clears_no_frame() {
        let mut state = SharedState::new(Epoch::random(), 0);
        commit(
            &mut state,
            vec![grid("g"), cell("g"), layer("{}")],
            Vec::new(),
        );
        let barrier = |state: &SharedState| {
            state
                .frames_of(LayerId::derived("layer"))
                .unwrap()
                .barrier()
        };
        let first = barrier(&state);
        commit(
            &mut state,
            vec![layer(r#"{"style":{"mode":"points"}}"#)],
            Vec::new(),
        );
        assert_eq!(barrier(&state), first);
        commit(
            &mut state,
            vec![layer(r#"{"window":{"seconds":2}}"#)],
            Vec::new(),
        );
        assert!(barrier(&state) > first);
    }
}
