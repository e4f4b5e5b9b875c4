//! What this page's own edits made, until the synchronisation brings it.

use std::collections::BTreeMap;

use shared::topology::{Arrangement, Edited, Piece, PieceId};
use shared::version::Stamp;

use super::Seen;

/// What the page knows before the synchronisation does.
#[derive(Clone, Debug, Default)]
pub(super) struct Ahead(BTreeMap<PieceId, Made>);

/// What an edit made of a piece; none where it removed it.
#[derive(Clone, Debug)]
struct Made {
    /// The state that brings it.
    by: Stamp,
    piece: Option<(Piece, Stamp)>,
}

impl Made {
    /// True as long as the page knows a state before it; `stamp` is the one it knows.
    fn is_ahead(&self, stamp: Option<Stamp>) -> bool {
        stamp.is_some_and(|at| at.epoch == self.by.epoch && at.revision < self.by.revision)
    }
}

impl Ahead {
    /// Remembers what the server answered to an edit.
    pub(super) fn note(&mut self, edited: &Edited) {
        let by = edited.stamp;
        for put in &edited.pieces {
            let revision = put.version;
            let piece = Some((put.piece.clone(), Stamp { revision, ..by }));
            self.0.insert(put.piece.id(), Made { by, piece });
        }
        for id in &edited.removed {
            let piece = None;
            self.0.insert(*id, Made { by, piece });
        }
    }

    /// Brings what is known at `stamp` up to the own edits, and forgets those that are in it.
    pub(super) fn overlay(
        &mut self,
        stamp: Option<Stamp>,
        arrangement: &mut Arrangement,
        seen: &mut Seen,
    ) {
        self.0.retain(|_, it| it.is_ahead(stamp));
        for (id, made) in &self.0 {
            if let Some((piece, version)) = &made.piece {
                arrangement.put(piece.clone());
                seen.insert(*id, *version);
            } else {
                arrangement.remove(*id);
                seen.remove(id);
            }
        }
    }

    /// A piece as an own edit made it that is newer than what is known at `stamp`.
    pub(super) fn piece(&self, stamp: Option<Stamp>, piece: PieceId) -> Option<&Piece> {
        let made = self.0.get(&piece).filter(|it| it.is_ahead(stamp))?;
        Some(&made.piece.as_ref()?.0)
    }

    /// True while an own edit of a piece is newer than what is known at `stamp`.
    pub(super) fn is_ahead(&self, stamp: Option<Stamp>, piece: PieceId) -> bool {
        self.0.get(&piece).is_some_and(|it| it.is_ahead(stamp))
    }
}
