//! Who changed each piece last, so that who comes too late learns who was faster.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::topology::PieceId;

/// How many pieces at most; those changed longest ago are forgotten first. More than there can be of all kinds but the
/// largest arrangements.
const REMEMBERED: usize = 10_000;

/// By piece, also of pieces that are gone. They are forgotten with the server's run.
#[derive(Debug, Default)]
pub(super) struct Authors {
    edits: u64,
    by_piece: BTreeMap<PieceId, (u64, Arc<str>)>,
}

impl Authors {
    /// Remembers who changed or removed these pieces.
    pub(super) fn note(&mut self, pieces: impl IntoIterator<Item = PieceId>, by: &str) {
        self.edits += 1;
        let by: Arc<str> = by.into();
        for piece in pieces {
            self.by_piece.insert(piece, (self.edits, by.clone()));
        }
        while self.by_piece.len() > REMEMBERED {
            let oldest = self.by_piece.values().map(|(edit, _)| *edit).min();
            self.by_piece.retain(|_, (edit, _)| Some(*edit) != oldest);
        }
    }

    /// What the one who changed a piece last is called; empty where nobody said.
    pub(super) fn find(&self, piece: PieceId) -> &str {
        self.by_piece.get(&piece).map_or("", |(_, by)| by)
    }
}

#[cfg(test)]
mod tests {
    use shared::id::GridId;

    use super::*;

    #[test]
    fn the_last_author_counts_and_what_is_long_ago_is_forgotten() {
        let piece = |n: usize| PieceId::from(GridId::derived(&n.to_string()));
        let mut authors = Authors::default();
        assert_eq!(authors.find(piece(0)), "");
        authors.note([piece(0), piece(1)], "Anna");
        authors.note([piece(1)], "Bo");
        assert_eq!([0, 1].map(|n| authors.find(piece(n))), ["Anna", "Bo"]);
        authors.note((2..=REMEMBERED).map(piece), "");
        assert_eq!([0, 1].map(|n| authors.find(piece(n))), ["", "Bo"]);
    }
}
