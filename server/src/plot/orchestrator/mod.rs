//! The topology's writer: which grids, cells, layers and regions exist.
//!
//! Every change takes one way, [`PlotOrchestrator::edit`]: it is checked, saved, and then committed.

mod authors;
mod conditions;
mod error;
mod put;
mod removed;
mod seed;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use shared::id::{JobId, RegionId, WorkflowId};
use shared::notification::Severity;
use shared::sync::state::{SharedState, Transaction};
use shared::topology::{
    Arrangement, Edit, Edited, Layer, Misfit, Piece, PieceId, Removal, Step, Versioned,
};
use uuid::Uuid;

use authors::Authors;
pub use error::EditError;
use put::put;
use removed::Removals;
pub use seed::layer_config;

use super::FrameClock;
use super::plotters::{region_of, stays_alone};
use super::rules::{check_config, check_region};
use crate::clock::Clock;
use crate::instrument::Instrument;
use crate::jobs::JobRunner;
use crate::state::Committer;
use crate::store::{Answered, Store, StoreError, Writes};

/// The one writer of grids, cells, layers and regions.
#[derive(Debug)]
pub struct PlotOrchestrator {
    committer: Arc<Committer>,
    store: Arc<Store>,
    frame_clock: Arc<FrameClock>,
    runner: Arc<dyn JobRunner>,
    clock: Clock,
    /// Held from reading the state to the commit, so that nobody else changes what is arranged in between. What is
    /// saved is waited for under it, and under no other lock.
    editing: Mutex<()>,
    removed: Mutex<Removals>,
    authors: Mutex<Authors>,
}

/// How a repeat of an edit is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeatable {
    /// The key that its caller gave it.
    pub key: String,
    /// What it asks for: a key is of one request alone.
    pub fingerprint: Uuid,
}

/// What became of an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What it changed, as it is now.
    pub edited: Edited,
    /// True when something is there that was not there before.
    pub is_new: bool,
    /// True when the same request was carried out before; nothing was changed this time.
    pub is_repeat: bool,
}

impl PlotOrchestrator {
    /// An orchestrator that saves in `store` and writes to `committer`; the jobs of `runner` hear of regions.
    pub fn new(
        committer: Arc<Committer>,
        store: Arc<Store>,
        frame_clock: Arc<FrameClock>,
        runner: Arc<dyn JobRunner>,
        clock: Clock,
    ) -> Self {
        Self {
            committer,
            store,
            frame_clock,
            runner,
            clock,
            editing: Mutex::new(()),
            removed: Mutex::default(),
            authors: Mutex::default(),
        }
    }

    /// Arranges what is kept, and those grids of the instrument that never were arranged before: one that somebody
    /// removed stays away.
    ///
    /// # Errors
    /// When what is kept cannot be read, or the instrument's grids cannot be saved.
    pub fn restore(&self, instrument: &Instrument) -> Result<(), StoreError> {
        let _editing = self.lock();
        let mut kept = self.store.kept()?;
        for entry in &kept.unreadable {
            tracing::warn!("left out of what is kept: {entry}");
        }
        let mut writes = Writes {
            now: self.clock.now(),
            ..Writes::default()
        };
        for (order, grid) in instrument.grids.iter().enumerate() {
            let id = seed::grid_id(instrument, grid);
            if !kept.seeded.contains(&id) {
                let pieces = seed::pieces(instrument, order as i32, grid);
                writes.puts.extend(pieces);
                writes.seeded.push(id);
            }
        }
        if !writes.seeded.is_empty() {
            self.store.write(&writes)?;
        }
        for piece in writes.puts {
            kept.arrangement.put(piece);
        }
        let pieces = kept.arrangement.changed_since(&Arrangement::default());
        self.committer.commit(|state| {
            let mut transaction = Transaction::new();
            put(state, &mut transaction, &Arrangement::default(), pieces);
            if let Some(trouble) = self.store.trouble() {
                transaction.notify(Severity::Error, trouble);
            }
            transaction
        });
        self.tell_regions(&Arrangement::default(), &kept.arrangement);
        Ok(())
    }

    /// Carries out `edit` whole or not at all; what it changed is on the disk when this returns. Waits for the disk,
    /// so it is not to be called on a thread that answers others.
    ///
    /// # Errors
    /// When it is not based on what is there now, a rule would be broken, or it cannot be saved.
    pub fn edit(&self, edit: &Edit, repeat: Option<Repeatable>) -> Result<Outcome, EditError> {
        conditions::check_steps(edit)?;
        let _editing = self.lock();
        if let Some(repeat) = &repeat
            && let Some(outcome) = self.repeated(repeat)?
        {
            return Ok(outcome);
        }
        let state = self.committer.read();
        let before = Arrangement::of(state.objects().map(|(_, _, object)| &**object));
        conditions::check_versions(edit, &state, &before)
            .map_err(|it| it.by_author(&self.authors()))?;
        let mut after = before.clone();
        after.apply(&edit.steps);
        check_fit(edit, &state, &before, &after)?;
        let puts = after.changed_since(&before);
        let gone = after.gone_since(&before);
        let is_new = puts.iter().any(|piece| before.piece(piece.id()).is_none());
        // What already is as asked is answered too.
        let asked = edit.steps.iter().map(Step::piece);
        let mut named: BTreeSet<PieceId> = asked.collect();
        named.extend(gone.iter().copied());
        named.extend(puts.iter().map(Piece::id));
        let answered = repeat.map(|it| Answered {
            key: it.key,
            fingerprint: it.fingerprint,
            pieces: named.iter().copied().collect(),
        });
        if !puts.is_empty() || !gone.is_empty() || answered.is_some() {
            self.store.write(&Writes {
                puts: puts.clone(),
                removals: gone.clone(),
                seeded: Vec::new(),
                answered,
                now: self.clock.now(),
            })?;
        }
        self.removed()
            .note(&before, &gone, &edit.by, self.clock.now());
        let changed = puts.iter().map(Piece::id).chain(gone.iter().copied());
        self.authors().note(changed, &edit.by);
        self.publish(&before, puts, &gone);
        self.tell_regions(&before, &after);
        Ok(Outcome {
            edited: edited(&self.committer.read(), named),
            is_new,
            is_repeat: false,
        })
    }

    /// What is known of a grid or a region that was removed since the server started; nothing of those long ago.
    pub fn removal(&self, id: PieceId) -> Option<Removal> {
        self.removed().find(id)
    }

    fn removed(&self) -> MutexGuard<'_, Removals> {
        self.removed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn authors(&self) -> MutexGuard<'_, Authors> {
        self.authors.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        // Whoever panicked under it has committed nothing, or everything.
        self.editing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The outcome of a request that was carried out before.
    fn repeated(&self, repeat: &Repeatable) -> Result<Option<Outcome>, EditError> {
        let Some(answered) = self.store.answered(&repeat.key, self.clock.now())? else {
            return Ok(None);
        };
        if answered.fingerprint != repeat.fingerprint {
            return Err(EditError::KeyReused);
        }
        Ok(Some(Outcome {
            edited: edited(&self.committer.read(), answered.pieces),
            is_new: false,
            is_repeat: true,
        }))
    }

    /// Tells jobs which regions lie on their images now, where these changed. Under the lock, so that jobs hear of
    /// changes in their order.
    fn tell_regions(&self, before: &Arrangement, after: &Arrangement) {
        let of_piece = |piece: Piece| match piece {
            Piece::Region(region) => Some(region.job()),
            _ => None,
        };
        let changed = after.changed_since(before).into_iter();
        let replaced = before.changed_since(after).into_iter();
        let jobs: BTreeSet<JobId> = changed.chain(replaced).filter_map(of_piece).collect();
        for job in jobs {
            let regions = after.regions_of(&job).into_iter().cloned().collect();
            self.runner.set_regions(job, regions);
        }
    }

    /// Shows everybody what was saved, and has computed what nobody has computed yet.
    fn publish(&self, before: &Arrangement, puts: Vec<Piece>, gone: &[PieceId]) {
        let mut due = BTreeSet::new();
        self.committer.commit(|state| {
            let mut transaction = Transaction::new();
            due = put(state, &mut transaction, before, puts);
            for id in gone {
                transaction.remove((*id).into());
            }
            transaction
        });
        // No data will come for what is about a region that went.
        let regions = gone.iter().filter_map(|id| match id {
            PieceId::Region(id) => Some(*id),
            _ => None,
        });
        let regions: BTreeSet<RegionId> = regions.collect();
        if !regions.is_empty() {
            let is_about =
                |it: &&Layer| region_of(&it.config).is_some_and(|id| regions.contains(&id));
            due.extend(before.layers.values().filter(is_about).map(|it| it.id));
        }
        // Without new data nobody else would ask for their pictures.
        self.frame_clock.mark_dirty(due);
        let layers = gone.iter().filter_map(|id| match id {
            PieceId::Layer(id) => Some(*id),
            _ => None,
        });
        self.frame_clock.forget(layers);
    }
}

/// Checks the rules of arrangements, and whether each layer that was configured anew can be drawn.
fn check_fit(
    edit: &Edit,
    state: &SharedState,
    before: &Arrangement,
    after: &Arrangement,
) -> Result<(), Misfit> {
    for step in &edit.steps {
        if matches!(step, Step::Put { .. }) && after.piece(step.piece()).is_none() {
            let reason = "the same edit removes what holds this: put it elsewhere";
            return Err(Misfit::beside(step.piece(), reason));
        }
    }
    after.check(before)?;
    let find = |id: &WorkflowId| state.workflow(id);
    for region in after.regions.values() {
        if before.regions.get(&region.id) != Some(region) {
            check_region(region, find).map_err(|problem| {
                Misfit::at(PieceId::Region(region.id), problem.field, problem.reason)
            })?;
        }
    }
    for layer in after.layers.values() {
        let known = before.layers.get(&layer.id);
        if known.map(|it| (&it.config, it.cell)) != Some((&layer.config, layer.cell)) {
            check_company(layer, after)?;
        }
        if known.map(|it| &it.config) == Some(&layer.config) {
            continue;
        }
        check_config(&layer.config, find).map_err(|problem| {
            let field = format!("config.{}", problem.field);
            Misfit::at(PieceId::Layer(layer.id), field, problem.reason)
        })?;
    }
    Ok(())
}

/// Checks that what stays alone in a cell does.
fn check_company(layer: &Layer, after: &Arrangement) -> Result<(), Misfit> {
    let others = || after.layers_of(layer.cell).filter(|it| it.id != layer.id);
    let mut all = others().chain([layer]).map(|it| it.config.plotter.as_str());
    match all.find(|plotter| stays_alone(plotter)) {
        Some(plotter) if others().next().is_some() => {
            let reason =
                format!("{plotter} stays alone in its cell: put the other layers elsewhere");
            let id = PieceId::Layer(layer.id);
            Err(Misfit::at(id, "config.plotter".to_owned(), reason))
        }
        _ => Ok(()),
    }
}

/// Pieces as they are now.
fn edited(state: &SharedState, ids: impl IntoIterator<Item = PieceId>) -> Edited {
    let mut edited = Edited {
        stamp: state.stamp(),
        pieces: Vec::new(),
        removed: Vec::new(),
    };
    for id in ids {
        match versioned(state, id) {
            Some(piece) => edited.pieces.push(piece),
            None => edited.removed.push(id),
        }
    }
    edited
}

fn versioned(state: &SharedState, id: PieceId) -> Option<Versioned> {
    let (version, object) = state.object(&id.into())?;
    Some(Versioned {
        version,
        piece: Piece::of(object)?,
    })
}
