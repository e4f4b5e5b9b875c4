//! Who changed what last, so that whoever comes too late learns by whom.

use std::collections::VecDeque;
use std::sync::Arc;

use shared::topology::PieceId;

/// How many changes are remembered: whoever writes on something older than those has not looked for long.
const REMEMBERED: usize = 1_000;

/// The newest first. They are forgotten with the server's run.
#[derive(Debug, Default)]
pub(super) struct Authors(VecDeque<(PieceId, Arc<str>)>);

impl Authors {
    /// Remembers that `by` changed or removed pieces.
    pub(super) fn note(&mut self, pieces: impl Iterator<Item = PieceId>, by: &str) {
        let by: Arc<str> = by.into();
        for piece in pieces {
            self.0.push_front((piece, Arc::clone(&by)));
        }
        self.0.truncate(REMEMBERED);
    }

    /// Who changed a piece last; empty where nobody said, or nobody knows any more.
    pub(super) fn find(&self, piece: PieceId) -> Arc<str> {
        let found = self.0.iter().find(|(it, _)| *it == piece);
        found.map_or_else(|| "".into(), |(_, by)| Arc::clone(by))
    }
}

#[cfg(test)]
mod tests {
    use shared::id::CellId;

    use super::*;

    #[test]
    fn the_last_one_counts_and_the_oldest_are_forgotten() {
        let mut authors = Authors::default();
        let cell = |n: usize| PieceId::Cell(CellId::derived(&n.to_string()));
        authors.note([cell(1), cell(2)].into_iter(), "Anna");
        authors.note([cell(2)].into_iter(), "Bo");
        let told = [1, 2, 3].map(|n| authors.find(cell(n)).to_string());
        assert_eq!(told, ["Anna", "Bo", ""]);
        authors.note((3..3 + REMEMBERED - 1).map(cell), "");
        let told = [1, 2].map(|n| authors.find(cell(n)).to_string());
        assert_eq!(told, ["", "Bo"]);
        assert_eq!(authors.0.len(), REMEMBERED);
    }
}
