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
mod tests {
    use shared::id::{CellId, TemplateId};
    use shared::time::TimeNs;
    use shared::topology::{Arrangement, KeptTemplate, Piece, Step, Versioned};
    use shared::version::Revision;

    use super::super::changes::tests::{arranged, seen, stamp};
    use super::*;

    /// The server's answer to an edit that put the cell as it is in `after`.
    fn answer(after: &Arrangement, revision: u64) -> Edited {
        let cell = after.piece(CellId::derived("c").into()).expect("there");
        Edited {
            stamp: stamp(revision),
            pieces: vec![Versioned {
                version: Revision(revision),
                piece: cell,
            }],
            removed: Vec::new(),
        }
    }

    /// The cell moved to a row, and what that changed.
    fn moved(before: &Arrangement, row: u32) -> (Arrangement, Changes) {
        let mut after = before.clone();
        let id = CellId::derived("c");
        after.cells.get_mut(&id).expect("there").geometry.row = row;
        let changes = Changes::of(before, |it| *it = after.clone()).expect("good");
        (after, changes)
    }

    fn row_of(step: &Step) -> Option<(u32, Option<Stamp>)> {
        match step {
            Step::Put {
                piece: Piece::Cell(cell),
                based_on,
            } => Some((cell.geometry.row, *based_on)),
            _ => None,
        }
    }

    /// A history of two edits of the cell, first down and then up. The second is based on a version of it, and made
    /// another; the cell lies as in the first and the second arrangement.
    fn down_and_up(based_on: u64, made: u64) -> (History, [Arrangement; 2]) {
        let first = arranged();
        let mut history = History::default();
        let (second, changes) = moved(&first, 1);
        let down = answer(&second, 2);
        history.record("down".to_owned().into(), changes, &seen(&first, 1), &down);
        let (third, changes) = moved(&second, 0);
        let based_on = [(CellId::derived("c").into(), stamp(based_on))].into();
        history.record(
            "up".to_owned().into(),
            changes,
            &based_on,
            &answer(&third, made),
        );
        (history, [first, second])
    }

    /// The row that a step of these changes puts the cell in, and the version that it is based on.
    fn target(next: Next) -> Option<(u32, Option<Stamp>)> {
        match next {
            Next::Edit(changes, own, _) => row_of(&changes.steps(&own, None)[0]),
            Next::Template(_) => None,
        }
    }

    #[test]
    fn edits_of_one_piece_are_taken_back_one_by_one_and_done_again() {
        let (mut history, [first, second]) = down_and_up(2, 3);
        assert_eq!(history.undo_label(), Some("up"));
        let undo = history.next(Way::Back).expect("two edits");
        assert_eq!(target(undo), Some((1, Some(stamp(3)))));
        history.went(Way::Back, &answer(&second, 4));
        let undo = history.next(Way::Back).expect("one edit");
        assert_eq!(target(undo), Some((0, Some(stamp(4)))));
        history.went(Way::Back, &answer(&first, 5));
        let labels = (history.undo_label(), history.redo_label());
        assert_eq!(labels, (None, Some("down")));
        let redo = history.next(Way::Forth).expect("an edit taken back");
        assert_eq!(target(redo), Some((1, Some(stamp(5)))));
    }

    #[test]
    fn edits_of_one_gesture_are_taken_back_together() {
        let first = arranged();
        let mut history = History::default();
        let mut record = |before: &Arrangement, row, revision| {
            let (after, changes) = moved(before, row);
            let deed = Deed {
                label: "move".to_owned(),
                gesture: Some(Uuid::from_u128(7)),
            };
            let made = answer(&after, revision);
            history.record(deed, changes, &seen(before, revision - 1), &made);
            (after, history.next(Way::Back).map(target))
        };
        let (second, undo) = record(&first, 1, 2);
        assert_eq!(undo, Some(Some((0, Some(stamp(2))))));
        let (back, undo) = record(&second, 0, 3);
        assert_eq!(undo, None, "all is as it was");
        let (_, undo) = record(&back, 1, 4);
        assert_eq!(undo, Some(Some((0, Some(stamp(4))))));
    }

    #[test]
    fn own_later_edits_do_not_keep_an_earlier_one_from_being_taken_back() {
        let (mut history, [_, second]) = down_and_up(2, 7);
        history.went(Way::Back, &answer(&second, 9));
        let Some(Next::Edit(.., as_of)) = history.next(Way::Back) else {
            panic!("one edit")
        };
        assert_eq!(as_of, stamp(9));
    }

    #[test]
    fn a_template_that_was_let_go_comes_back_in_its_turn() {
        let (mut history, [_, second]) = down_and_up(2, 3);
        let template = StoredTemplate {
            kept: KeptTemplate {
                id: TemplateId::derived("t"),
                by: "Anna".to_owned(),
                time_ns: TimeNs(7),
            },
            title: "Mine".to_owned(),
            document: String::new(),
        };
        history.record_removal(template.clone());
        assert_eq!(history.undo_label(), Some("remove the template Mine"));
        let template = Arc::new(template);
        assert_eq!(history.removed_template(), Some(&template));
        let next = Some(Next::Template(Arc::clone(&template)));
        assert_eq!(history.next(Way::Back), next);
        history.went_template(Way::Back, template);
        assert_eq!(history.removed_template(), None);
        assert_eq!(history.next(Way::Forth), next);
        // The edits before it are where they were.
        let undo = history.next(Way::Back).expect("two edits");
        assert_eq!(target(undo), Some((1, Some(stamp(3)))));
        history.went(Way::Back, &answer(&second, 4));
        assert_eq!(history.redo_label(), Some("up"));
    }

    #[test]
    fn what_others_changed_in_between_is_not_taken_back() {
        // Somebody else made version 3 of it, on which the second edit is based.
        let (mut history, [_, second]) = down_and_up(3, 4);
        history.went(Way::Back, &answer(&second, 5));
        assert_eq!(history.undo_label(), None);
    }
}
