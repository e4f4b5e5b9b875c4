//! The grids and regions that were removed last, so that who looked at one, or follows a link to it, learns what became of
//! it.

use std::collections::VecDeque;

use shared::time::TimeNs;
use shared::topology::{Arrangement, Piece, PieceId, Removal};

/// How many are remembered.
const REMEMBERED: usize = 200;

/// The newest first. They are forgotten with the server's run.
#[derive(Debug, Default)]
pub(super) struct Removals(VecDeque<(PieceId, Removal)>);

impl Removals {
    /// Remembers the grids and regions among the pieces that an edit removed from `before`.
    pub(super) fn note(&mut self, before: &Arrangement, gone: &[PieceId], by: &str, now: TimeNs) {
        for id in gone {
            let title = match before.piece(*id) {
                Some(Piece::Grid(grid)) => grid.title,
                Some(Piece::Region(region)) => region.name,
                _ => continue,
            };
            let removal = Removal {
                title,
                by: by.to_owned(),
                time_ns: now,
            };
            self.0.push_front((*id, removal));
        }
        self.0.truncate(REMEMBERED);
    }

    /// What is known of the last removal of a piece.
    pub(super) fn find(&self, id: PieceId) -> Option<Removal> {
        let found = self.0.iter().find(|(it, _)| *it == id);
        found.map(|(_, removal)| removal.clone())
    }
}

#[cfg(test)]
mod tests {
    use shared::id::GridId;
    use shared::topology::Grid;

    use super::*;

    fn arranged(name: &str) -> Arrangement {
        let mut arrangement = Arrangement::default();
        arrangement.put(Piece::Grid(Grid {
            id: GridId::derived(name),
            title: name.to_owned(),
            nrows: 1,
            ncols: 1,
            enabled: true,
            order: 0,
        }));
        arrangement
    }

    #[test]
    fn the_last_removal_of_a_grid_counts_and_the_oldest_are_forgotten() {
        let mut removed = Removals::default();
        let mut remove = |name: &str, by: &str, now: i64| {
            let id = GridId::derived(name).into();
            removed.note(&arranged(name), &[id], by, TimeNs(now));
            removed.find(id).map(|it| (it.title, it.by, it.time_ns.0))
        };
        let told = |by: &str, now| Some(("a".to_owned(), by.to_owned(), now));
        assert_eq!(remove("a", "Anna", 1), told("Anna", 1));
        assert_eq!(remove("a", "Bo", 2), told("Bo", 2));
        for n in 0..REMEMBERED {
            remove(&n.to_string(), "", 3);
        }
        assert_eq!(removed.find(GridId::derived("a").into()), None);
        assert_eq!(removed.0.len(), REMEMBERED);
    }
}
