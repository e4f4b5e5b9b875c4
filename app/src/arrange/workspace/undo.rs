//! Back through what this page did, and forth again.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::topology::PieceId;

use super::super::{Next, Way};
use super::Workspace;
use super::editing::{catch_up, newest};
use crate::live::Live;
use crate::session::{EditError, own_name};

impl Workspace {
    /// What would be taken back. Tracks it.
    pub(crate) fn undo_label(self) -> Option<String> {
        self.history.with(|it| it.undo_label().map(str::to_owned))
    }

    /// What would be done again. Tracks it.
    pub(crate) fn redo_label(self) -> Option<String> {
        self.history.with(|it| it.redo_label().map(str::to_owned))
    }

    /// Which next step of this page has a piece again that is gone. Tracks it.
    pub(crate) fn way_to(self, piece: PieceId) -> Option<Way> {
        let ways = [Way::Back, Way::Forth];
        self.history
            .with(|it| ways.into_iter().find(|way| it.brings(*way, piece)))
    }

    /// Takes the newest edit of this page back.
    pub(crate) fn undo(self, live: &Live) {
        self.go(live.clone(), Way::Back);
    }

    /// Does the newest edit that was taken back again.
    pub(crate) fn redo(self, live: &Live) {
        self.go(live.clone(), Way::Forth);
    }

    fn go(self, live: Live, way: Way) {
        self.when_free(move || self.go_now(live, way));
    }

    fn go_now(self, live: Live, way: Way) {
        let (changes, own, as_of) = match self.history.with_untracked(|it| it.next(way)) {
            Some(Next::Edit(changes, own, as_of)) => (changes, own, as_of),
            Some(Next::Template(template)) => return self.go_template(live, way, template),
            None => return,
        };
        let done = way.told();
        let (now, seen) = self.arranged(&live);
        let reason = if changes.taken_along(&now).next().is_some() {
            Some("somebody added something that would go, too")
        } else if changes.would_draw_over(&now) {
            Some("somebody drew that region again")
        } else {
            None
        };
        if let Some(reason) = reason {
            return live.say(format!("This cannot be {done}: {reason}"));
        }
        // A server that was started anew knows no older versions: what is as it was left is taken as it is there.
        let (own, as_of) = match newest(&seen) {
            Some(newest) if newest.epoch != as_of.epoch && changes.fit(&now) => (seen, newest),
            _ => (own, as_of),
        };
        let changes = changes.by(&own_name());
        self.is_busy.set(true);
        spawn_local(async move {
            let outcome = self.send(&live, &changes, &own, Some(as_of)).await;
            self.is_busy.set(false);
            match outcome {
                Ok(edited) => self.history.update(|it| it.went(way, &edited)),
                Err(EditError::Lost(lost)) => {
                    self.history.update(|it| it.drop_next(way));
                    catch_up(&live, lost.stamp).await;
                    let race = changes.race(&self.arranged(&live).0, lost.piece);
                    let reason = race.map_or(lost.detail, |it| it.cause(&lost.by));
                    live.say(format!("This cannot be {done}: {reason}"));
                }
                Err(error @ (EditError::Refused(_) | EditError::Misfit(_))) => {
                    self.history.update(|it| it.drop_next(way));
                    live.say(format!("This cannot be {done}: {error}"));
                }
                Err(error) => live.say(error.to_string()),
            }
            self.go_on();
        });
    }
}
