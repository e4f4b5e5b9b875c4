//! What this page changed, to be taken back and done again, as long as nobody else changed it since.

use std::sync::Arc;

use super::{Changes, Seen};
use shared::topology::{Edited, PieceId, StoredTemplate};
use shared::version::Stamp;
use uuid::Uuid;

/// Edits that can be taken back.
const MAX_ENTRIES: usize = 100;

/// The edits of one page, the newest last.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Entry>,
    undone: Vec<Entry>,
    /// The versions that this page's own edits made.
    own: Seen,
}

/// What an edit does, in the words of who takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Such as `move Panel 0`.
    pub label: String,
    /// Edits of one gesture are taken back together.
    pub gesture: Option<Uuid>,
}

impl From<String> for Deed {
    fn from(label: String) -> Self {
        let gesture = None;
        Self { label, gesture }
    }
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    deed: Deed,
    done: Done,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Done {
    /// What is arranged was changed.
    Edit {
        changes: Changes,
        /// The state that it led to.
        stamp: Stamp,
    },
    /// A template was let go, which is nothing that is arranged and has no versions.
    Removal(Arc<StoredTemplate>),
}

/// What goes one step back or forth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// The changes, the versions that they are based on, and the state that what holds them may be of.
    Edit(Changes, Seen, Stamp),
    /// The template that comes back, or goes again.
    Template(Arc<StoredTemplate>),
}

/// Which way through the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What was done is taken back.
    Back,
    /// What was taken back is done again.
    Forth,
}

impl Way {
    /// What became of a step that was gone.
    pub(super) fn told(self) -> &'static str {
        match self {
            Self::Back => "undone",
            Self::Forth => "done again",
        }
    }
}

impl History {
    /// What would be taken back.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|entry| entry.deed.label.as_str())
    }

    /// What would be done again.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|entry| entry.deed.label.as_str())
    }

    /// Remembers an edit that was carried out. Older ones of pieces that somebody else changed before it cannot be taken
    /// back any more: that would undo the other's work, too. `seen` are the versions that it was based on.
    pub fn record(&mut self, deed: Deed, changes: Changes, seen: &Seen, edited: &Edited) {
        let is_foreign = |id: &PieceId| {
            let (own, based_on) = (self.own.get(id), seen.get(id));
            own.is_some() && based_on.is_some() && own != based_on
        };
        let foreign: Vec<PieceId> = changes.pieces().filter(is_foreign).collect();
        self.done
            .retain(|entry| !entry.pieces().any(|id| foreign.contains(&id)));
        self.undone.clear();
        self.note(edited);
        let goes_on = |last: &mut Entry| deed.gesture.is_some() && last.deed == deed;
        let changes = match self.done.pop_if(goes_on).map(|begun| begun.done) {
            Some(Done::Edit { changes: begun, .. }) => begun.then(changes),
            _ => changes,
        };
        if changes.is_empty() {
            return;
        }
        let stamp = edited.stamp;
        self.push(deed, Done::Edit { changes, stamp });
    }

    /// Remembers that a template was let go.
    pub fn record_removal(&mut self, template: StoredTemplate) {
        self.undone.clear();
        let label = format!("remove the template {}", template.title);
        self.push(label.into(), Done::Removal(Arc::new(template)));
    }

    fn push(&mut self, deed: Deed, done: Done) {
        self.done.push(Entry { deed, done });
        if self.done.len() > MAX_ENTRIES {
            self.done.remove(0);
        }
    }

    /// The template that would come back.
    pub fn removed_template(&self) -> Option<&Arc<StoredTemplate>> {
        match &self.done.last()?.done {
            Done::Removal(template) => Some(template),
            Done::Edit { .. } => None,
        }
    }

    /// What goes one step back or forth.
    pub fn next(&self, way: Way) -> Option<Next> {
        let entry = match way {
            Way::Back => self.done.last()?,
            Way::Forth => self.undone.last()?,
        };
        Some(match (&entry.done, way) {
            (Done::Removal(template), _) => Next::Template(Arc::clone(template)),
            (Done::Edit { changes, stamp }, way) => {
                let next = match way {
                    Way::Back => changes.reversed(),
                    Way::Forth => changes.clone(),
                };
                Next::Edit(next, self.own.clone(), self.as_of(changes, *stamp))
            }
        })
    }

    /// Whether the next step makes a piece.
    pub fn brings(&self, way: Way, piece: PieceId) -> bool {
        match self.next(way) {
            Some(Next::Edit(changes, ..)) => {
                let mut all = changes.iter();
                all.any(|(id, before, after)| id == piece && before.is_none() && after.is_some())
            }
            Some(Next::Template(_)) | None => false,
        }
    }

    /// The next step cannot be done: somebody was there.
    pub fn drop_next(&mut self, way: Way) {
        match way {
            Way::Back => self.done.pop(),
            Way::Forth => self.undone.pop(),
        };
    }

    /// The newest state that this page made of the pieces of an edit: what holds them may not be newer.
    fn as_of(&self, changes: &Changes, stamp: Stamp) -> Stamp {
        let own = changes.pieces().filter_map(|id| self.own.get(&id));
        let newest = own.map(|it| it.revision).max();
        let revision = newest.map_or(stamp.revision, |it| it.max(stamp.revision));
        Stamp { revision, ..stamp }
    }

    /// The next step was done, which was an edit.
    pub fn went(&mut self, way: Way, edited: &Edited) {
        self.turn(way, |done| {
            if let Done::Edit { stamp, .. } = done {
                *stamp = edited.stamp;
            }
        });
        self.note(edited);
    }

    /// The next step was done, which was about a template, as it is now.
    pub fn went_template(&mut self, way: Way, template: Arc<StoredTemplate>) {
        self.turn(way, |done| *done = Done::Removal(template));
    }

    fn turn(&mut self, way: Way, renew: impl FnOnce(&mut Done)) {
        let (from, to) = match way {
            Way::Back => (&mut self.done, &mut self.undone),
            Way::Forth => (&mut self.undone, &mut self.done),
        };
        if let Some(mut entry) = from.pop() {
            renew(&mut entry.done);
            to.push(entry);
        }
    }

    fn note(&mut self, edited: &Edited) {
        for put in &edited.pieces {
            let version = Stamp {
                epoch: edited.stamp.epoch,
                revision: put.version,
            };
            self.own.insert(put.piece.id(), version);
        }
        for id in &edited.removed {
            self.own.remove(id);
        }
    }
}

impl Entry {
    fn pieces(&self) -> impl Iterator<Item = PieceId> {
        let changes = match &self.done {
            Done::Edit { changes, .. } => Some(changes),
            Done::Removal(_) => None,
        };
        changes.into_iter().flat_map(Changes::pieces)
    }
}

#[cfg(test)]
mod tests;
