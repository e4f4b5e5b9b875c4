//! The one way to change what is arranged.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::topology::{Arrangement, Edit, Edited, PieceId};
use shared::version::Stamp;

use super::super::{Changes, Deed, Seen};
use super::{Base, Setback, Workspace};
use crate::browser::timer;
use crate::live::Live;
use crate::session::{EditError, own_name, send_edit};

/// How often something is tried that others changed otherwise each time.
const TRIES: usize = 4;
/// The synchronisation brings what others did within some of these pauses, or is interrupted.
const CATCH_UP: (usize, u32) = (60, 50);

impl Workspace {
    /// Changes what is arranged, as soon as the edit under way is done: `edit` sees what that made. Regions are changed
    /// whoever changed them before. `then` hears whether it could be.
    pub(crate) fn edit_then(
        self,
        live: &Live,
        deed: impl Into<Deed>,
        edit: impl FnOnce(&mut Arrangement) + 'static,
        then: impl FnOnce(Result<(), Setback>) + 'static,
    ) {
        let (live, deed) = (live.clone(), deed.into());
        self.when_free(move || {
            let base = self.arranged(&live);
            self.carry_out(live, base, deed, edit, then);
        });
    }

    /// The same, by somebody who decided on seeing what was arranged a while ago.
    pub(crate) fn edit_as_seen(
        self,
        live: &Live,
        base: Base,
        deed: impl Into<Deed>,
        edit: impl FnOnce(&mut Arrangement) + 'static,
        then: impl FnOnce(Result<(), Setback>) + 'static,
    ) {
        let (live, deed) = (live.clone(), deed.into());
        self.when_free(move || self.carry_out(live, base, deed, edit, then));
    }

    /// The same as [`Self::edit_then`]; what kept it from being is told, with what can be done about it.
    pub(crate) fn edit(
        self,
        live: &Live,
        label: String,
        edit: impl FnOnce(&mut Arrangement) + 'static,
    ) {
        let teller = live.clone();
        self.edit_then(live, label, edit, move |outcome| {
            if let Err(setback) = outcome {
                setback.tell(&teller);
            }
        });
    }

    fn carry_out(
        self,
        live: Live,
        (before, mut seen): Base,
        deed: Deed,
        edit: impl FnOnce(&mut Arrangement),
        then: impl FnOnce(Result<(), Setback>) + 'static,
    ) {
        let wish = match Changes::of(&before, edit) {
            Ok(changes) => changes,
            Err(misfit) => return then(Err(Setback::of_rule(misfit))),
        };
        self.is_busy.set(true);
        spawn_local(async move {
            let mut changes = wish.clone();
            let outcome = self.see_through(&live, &mut changes, &mut seen).await;
            self.is_busy.set(false);
            let outcome = match outcome {
                Ok(Some(edited)) => {
                    self.history
                        .update(|it| it.record(deed, changes, &seen, &edited));
                    Ok(())
                }
                Ok(None) => Ok(()),
                Err(error) => Err(Setback::new(self, &live, error, deed, wish)),
            };
            then(outcome);
            self.go_on();
        });
    }

    /// Sends changes until they are made or somebody has to decide: what others did to the same pieces beside them is
    /// kept. Nothing comes back when there is nothing to change.
    async fn see_through(
        self,
        live: &Live,
        changes: &mut Changes,
        seen: &mut Seen,
    ) -> Result<Option<Edited>, EditError> {
        let wish = changes.clone();
        for is_last in (1..=TRIES).map(|it| it == TRIES) {
            if changes.is_empty() {
                return Ok(None);
            }
            // What somebody adds meanwhile does not go with what holds it.
            let outcome = self.send(live, changes, &checked(seen), newest(seen)).await;
            let lost = match outcome {
                Err(EditError::Lost(lost)) => lost,
                outcome => return outcome.map(Some),
            };
            let can_go_on = !is_last && catch_up(live, lost.stamp).await;
            let (now, versions) = self.arranged(live);
            if !can_go_on || wish.race(&now, lost.piece).is_some() {
                return Err(EditError::Lost(lost));
            }
            *changes = Changes::of(&now, |it| wish.wish(it))?;
            *seen = versions;
        }
        Ok(None)
    }

    pub(super) async fn send(
        self,
        live: &Live,
        changes: &Changes,
        seen: &Seen,
        as_of: Option<Stamp>,
    ) -> Result<Edited, EditError> {
        let steps = changes.steps(seen, as_of);
        let by = own_name();
        let edited = send_edit(live, &Edit { steps, by }).await?;
        self.ahead.update_value(|it| it.note(&edited));
        Ok(edited)
    }
}

/// Waits until the page knows a state. False when it does not come.
pub(super) async fn catch_up(live: &Live, to: Option<Stamp>) -> bool {
    let Some(to) = to else { return false };
    live.pictures.handle_stamp(to);
    let is_there = |at: Stamp| at.epoch == to.epoch && at.revision >= to.revision;
    let (pauses, pause_ms) = CATCH_UP;
    for _ in 0..pauses {
        if live.pictures.stamp().is_some_and(is_there) {
            return true;
        }
        timer::pause(pause_ms).await;
    }
    false
}

/// The newest of these versions.
pub(super) fn newest(seen: &Seen) -> Option<Stamp> {
    seen.values().copied().max_by_key(|it| it.revision)
}

/// The versions that an edit is to be held against: who draws a region last wins.
fn checked(seen: &Seen) -> Seen {
    let is_checked = |id: &PieceId| !matches!(id, PieceId::Region(_));
    let checked = seen.iter().filter(|(id, _)| is_checked(id));
    checked.map(|(id, version)| (*id, *version)).collect()
}
