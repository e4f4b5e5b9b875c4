//! Whether an edit is based on what is there now.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::presence::MAX_NAME_CHARS;
use shared::sync::state::SharedState;
use shared::topology::{Arrangement, Edit, MAX_STEPS, Piece, PieceId, Step};
use shared::version::{Revision, Stamp};

use super::{EditError, versioned};

/// Checks what can be told without the state.
pub(super) fn check_steps(edit: &Edit) -> Result<(), EditError> {
    if edit.steps.is_empty() {
        return Err(EditError::Steps("an edit needs at least one step"));
    }
    if edit.steps.len() > MAX_STEPS {
        return Err(EditError::TooLong);
    }
    if edit.by.chars().count() > MAX_NAME_CHARS {
        return Err(EditError::LongName);
    }
    let mut seen = BTreeSet::new();
    if edit.steps.iter().all(|step| seen.insert(step.piece())) {
        Ok(())
    } else {
        let reason = "an edit names each piece once at most: say only what it shall be in the end";
        Err(EditError::Steps(reason))
    }
}

/// Checks each step against the version that it was based on.
pub(super) fn check_versions(
    edit: &Edit,
    state: &SharedState,
    before: &Arrangement,
) -> Result<(), EditError> {
    edit.steps.iter().try_for_each(|step| match step {
        Step::Put { piece, based_on } => check_put(state, piece, *based_on),
        Step::Remove {
            piece,
            based_on,
            as_of,
        } => {
            check_removal(state, *piece, *based_on)?;
            let held = as_of.map(|as_of| (as_of, before.descendants(*piece)));
            held.map_or(Ok(()), |(as_of, held)| check_held(state, as_of, &held))
        }
    })
}

fn check_put(state: &SharedState, piece: &Piece, based_on: Option<Stamp>) -> Result<(), EditError> {
    let id = piece.id();
    let present = version_of(state, id);
    if present == based_on {
        return Ok(());
    }
    if based_on.is_some() {
        return Err(lost(state, id));
    }
    if is_last_writer_s(id) {
        return Ok(());
    }
    // Who creates what is there already has created it, if it is the same.
    match versioned(state, id) {
        Some(present) if present.piece == *piece => Ok(()),
        _ => Err(EditError::Unseen { piece: id }),
    }
}

fn check_removal(
    state: &SharedState,
    piece: PieceId,
    based_on: Option<Stamp>,
) -> Result<(), EditError> {
    let present = version_of(state, piece);
    match based_on {
        None if is_last_writer_s(piece) && present.is_some() => Ok(()),
        None if present.is_some() => Err(EditError::Unseen { piece }),
        _ if present.is_some() && present == based_on => Ok(()),
        _ => Err(lost(state, piece)),
    }
}

/// Whether a piece may be replaced by who has not seen it: a region is drawn and drawn again, and who draws last wins.
fn is_last_writer_s(piece: PieceId) -> bool {
    matches!(piece, PieceId::Region(_))
}

fn check_held(state: &SharedState, as_of: Stamp, held: &[PieceId]) -> Result<(), EditError> {
    let is_newer = |id: &&PieceId| {
        let version = version_of(state, **id);
        version.is_some_and(|it| it.epoch != as_of.epoch || it.revision > as_of.revision)
    };
    held.iter()
        .find(is_newer)
        .map_or(Ok(()), |id| Err(lost(state, *id)))
}

fn lost(state: &SharedState, piece: PieceId) -> EditError {
    EditError::Lost {
        piece,
        current: versioned(state, piece).map(Box::new),
        by: Arc::from(""),
        stamp: state.stamp(),
    }
}

/// The version of a piece, as its writers name it.
fn version_of(state: &SharedState, id: PieceId) -> Option<Stamp> {
    let (revision, _): (Revision, _) = state.object(&id.into())?;
    Some(Stamp {
        epoch: state.stamp().epoch,
        revision,
    })
}
